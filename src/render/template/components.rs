//! The components of a site while one page is rendered: one limit applies to all of them together.

use tera::{Context, Tera};

use super::steps::{self, Page};
use super::{TemplateFault, Theme, fault};

/// The stack that must be left, in bytes: templates may be nested.
const STACK: usize = 32 << 20;

/// Renders components of one page.
pub struct PageComponents<'t> {
    theme: &'t Theme,
    /// The engine with the counter of the page.
    tera: Option<Tera>,
    left: usize,
}

impl Theme {
    /// For the components of one page.
    pub fn components(&self) -> PageComponents<'_> {
        PageComponents { theme: self, tera: None, left: steps::COMPONENTS }
    }
}

impl PageComponents<'_> {
    /// Whether there is a template of this name that can be used.
    pub fn has(&self, template: &str) -> bool {
        self.theme.has(template)
    }

    /// Renders the template of a component.
    pub fn render(&mut self, template: &str, context: &Context) -> Result<String, TemplateFault> {
        let theme = self.theme;
        let tera = self.tera.get_or_insert_with(|| {
            let mut tera = theme.tera.clone();
            steps::count(&mut tera);
            tera
        });
        let mut out = Page::new(0, self.left);
        let render = || tera.render_to(template, context, &mut out);
        stacker::maybe_grow(STACK, steps::STACK, render)
            .map_err(|error| fault(template, &theme.own, &error))?;
        self.left -= out.bytes.len();
        Ok(String::from_utf8_lossy(&out.bytes).into_owned())
    }
}
