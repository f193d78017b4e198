//! Finds errors in templates before anything is published.

use std::collections::HashMap;

use super::failures::Failure;
use super::presentation::{Presentation, template_finding};
use super::publisher::Publisher;
use crate::check::checker::Validated;
use crate::highlight::Highlighter;
use crate::project::{LoadFault, LoadFaults, Model};
use crate::site::plan::Output;

/// The errors in the site's own templates: of those that cannot be parsed, and the first that
/// occurs when one file of each kind is rendered.
pub fn template_faults(model: &Model) -> LoadFaults {
    if model.templates.is_empty() {
        return LoadFaults::new();
    }
    let presentation = Presentation::new(model);
    let (validated, highlighter) = (Validated::default(), Highlighter::new(HashMap::new()));
    let publisher = Publisher::with(model, &validated, &presentation, &highlighter);
    let index = &model.index;
    let page = index.ids().find(|page| index.pages[*page].redirect().is_none());
    let probes =
        [page.map(Output::Page), Some(Output::NotFound), Some(Output::Redirect("/".to_owned()))];
    let shown = probes.iter().flatten().find_map(|probe| match publisher.render(probe) {
        Err(Failure::Template(fault)) => Some(fault),
        _ => None,
    });
    let broken = presentation.broken_templates();
    let all = broken.chain(shown.iter().map(template_finding));
    all.map(|finding| (LoadFault::Template, finding)).collect()
}
