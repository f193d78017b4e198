//! The presentation of a site: templates, texts of the theme, and data about files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::shown;
use crate::assets::Assets;
use crate::config::words::Words;
use crate::diagnostic::Finding;
use crate::project::{LoadFault, Model};
use crate::source::{Span, VPath};
use crate::template::{TemplateFault, Theme};

/// Everything that the pages of a site share besides the model.
pub struct Presentation {
    pub(super) theme: Theme,
    pub(super) words: BTreeMap<String, Words>,
    pub(super) assets: Assets,
    pub(super) days: HashMap<String, String>,
    broken: Vec<TemplateFault>,
}

impl Presentation {
    /// The templates and texts of a site. Without data about files: pictures have no sizes,
    /// addresses no hashes, and pages no date of their last change.
    pub fn new(model: &Model) -> Self {
        let own: Vec<(String, String)> = model
            .templates
            .iter()
            .filter_map(|one| {
                let name = one.path.as_str().strip_prefix("templates/")?;
                Some((name.to_owned(), one.text.clone()))
            })
            .collect();
        let (theme, broken) = Theme::new(&own);
        let pages = model.index.ids().map(|page| model.page_language(page));
        let languages: BTreeSet<String> = pages.chain([model.config.language.clone()]).collect();
        let words = languages.into_iter().map(|code| {
            let words = Words::new(&code, &model.config.words);
            (code, words)
        });
        let (assets, days) = Default::default();
        Self { theme, words: words.collect(), assets, days, broken }
    }

    /// Adds the data of files that pages show; `read` returns the bytes of a file.
    #[must_use]
    pub fn with_files(
        self,
        model: &Model,
        read: impl Fn(&VPath) -> Option<Vec<u8>> + Sync,
    ) -> Self {
        Self { assets: shown::look(model, read), ..self }
    }

    /// Adds the dates of the last changes of pages, by the paths of their files.
    #[must_use]
    pub fn with_days(self, days: HashMap<String, String>) -> Self {
        Self { days, ..self }
    }

    /// The site's own templates that are not used because they have errors; built-in ones, if there
    /// are any, replace them.
    pub fn templates_left_out(&self, model: &Model) -> Vec<String> {
        let unread = model.faults.iter().filter(|(kind, _)| *kind == LoadFault::Template);
        let unread = unread.map(|(_, finding)| finding.path.as_str().to_owned());
        let left_out = self.theme.left_out().iter().map(|name| format!("templates/{name}"));
        let all: BTreeSet<String> = unread.chain(left_out).collect();
        all.into_iter().collect()
    }

    /// The errors in the site's own templates, which are then not used.
    pub fn broken_templates(&self) -> impl Iterator<Item = Finding> {
        self.broken.iter().map(template_finding)
    }
}

/// The finding about an error in a template.
pub fn template_finding(fault: &TemplateFault) -> Finding {
    let path = VPath::new(&format!("templates/{}", fault.template));
    let path = path.or_else(|| VPath::new("templates")).expect("a constant inside the root");
    Finding::new(&path, Span::new(fault.range.start, fault.range.end), fault.message.clone())
}
