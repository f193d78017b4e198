//! Finds errors in templates before anything is published.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::failures::Failure;
use super::presentation::{Presentation, template_finding};
use super::publisher::Publisher;
use crate::check::checker::Validated;
use crate::check::rules::template_error;
use crate::config::flavours::policy::Templates;
use crate::diagnostic::{Finding, Severity};
use crate::highlight::Highlighter;
use crate::markdown::own_components::OwnComponent;
use crate::project::{LoadFault, LoadFaults, Model};
use crate::site::pages::PageId;
use crate::site::plan::Output;
use crate::source::{Span, VPath};
use crate::suggest::nearest;
use crate::template::TEMPLATES;

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
    let mut probes: Vec<Output> = page.map(Output::Page).into_iter().collect();
    probes.extend([Output::NotFound, Output::Redirect("/".to_owned())]);
    probes.extend(users(model).into_iter().map(Output::Page));
    let shown = probes.iter().find_map(|probe| match publisher.render(probe) {
        Err(Failure::Template(fault)) => Some(fault),
        _ => None,
    });
    let broken = presentation.broken_templates();
    let found = publisher.findings().into_iter();
    let of_components = found.filter(|(rule, _)| *rule == &template_error::RULE);
    let all = broken
        .chain(shown.iter().map(template_finding))
        .chain(of_components.map(|(_, finding)| finding))
        .chain(unused(model));
    all.map(|finding| (LoadFault::Template, finding)).collect()
}

/// The first page that uses each of the site's own components.
fn users(model: &Model) -> BTreeSet<PageId> {
    let mut wanted: HashSet<&str> =
        model.config.own_components.keys().map(String::as_str).collect();
    let mut users = BTreeSet::new();
    for page in model.index.published() {
        if wanted.is_empty() {
            break;
        }
        let used = model.index.pages[page].facts.components.iter();
        let found = used.filter(|used| wanted.remove(used.name.as_str())).count();
        if found > 0 {
            users.insert(page);
        }
    }
    users
}

/// A warning for each of the site's own templates that the theme does not have, and that no other
/// one names: nothing would ever show it.
fn unused(model: &Model) -> Vec<Finding> {
    // In the trees of other generators, such a folder may belong to something else.
    if model.config.flavour.templates != Templates::Always {
        return Vec::new();
    }
    let texts = model.templates.iter();
    // All that stands between quotes, and more, which does no harm.
    let named: HashSet<&str> = texts.flat_map(|one| one.text.split(['"', '\'', '`'])).collect();
    let faults = model.faults.iter().filter(|(kind, _)| *kind == LoadFault::Template);
    let told: HashSet<&VPath> = faults.map(|(_, finding)| &finding.path).collect();
    let mut found = Vec::new();
    for source in &model.templates {
        let Some(name) = source.path.as_str().strip_prefix("templates/") else { continue };
        let is_own = |own: &OwnComponent| own.template == name;
        if model.config.own_components.values().any(is_own) || told.contains(&source.path) {
            continue;
        }
        if named.contains(name) || TEMPLATES.iter().any(|(one, _)| *one == name) {
            continue;
        }
        let message = "no page uses this template: the theme has none of this name, and no other \
                       template includes it";
        let help = meant(name).map(|name| format!("did you mean `{name}`?"));
        let finding = Finding::new(&source.path, Span::new(0, 0), message);
        found.push(finding.maybe_help(help).severity(Severity::Warning));
    }
    found
}

/// The template of the theme that a name may stand for: one with a similar name, or one of the same
/// name in another folder.
fn meant(name: &str) -> Option<&'static str> {
    let names = || TEMPLATES.iter().map(|(name, _)| *name);
    let last = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
    nearest(name, names()).or_else(|| {
        let own = name.rsplit('/').next().unwrap_or(name);
        let near = nearest(own, names().map(last))?;
        names().find(|name| last(name) == near)
    })
}
