//! Failures of rendering, and the content that replaces files that failed.
//!
//! Rendering uses third-party libraries on untrusted text. If it fails for one page, that is a
//! finding, and all other pages are still made.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::presentation::template_finding;
use crate::body::Written;
use crate::check::rule::Rule;
use crate::check::rules::{lost_text, template_error, unpainted_code, unrendered_page};
use crate::check::text::short;
use crate::diagnostic::Finding;
use crate::error::Error;
use crate::escape;
use crate::project::Model;
use crate::site::pages::PageId;
use crate::site::plan::Output;
use crate::source::{Span, VPath};
use crate::template::TemplateFault;

/// Why a file could not be made.
#[derive(Debug)]
pub enum Failure {
    /// A template of the site has an error.
    Template(TemplateFault),
    /// The file could not be written.
    Place(Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(fault) => write!(f, "templates/{}: {}", fault.template, fault.message),
            Self::Place(error) => error.fmt(f),
        }
    }
}

/// Findings of rendering a site, and their rules. Files are made in parallel, so findings are
/// sorted when they are read.
pub(super) struct Findings<'a> {
    site: &'a Model,
    found: Mutex<Vec<(&'static Rule, Finding)>>,
}

impl<'a> Findings<'a> {
    /// None yet.
    pub(super) fn new(site: &'a Model) -> Self {
        Self { site, found: Mutex::default() }
    }

    fn push(&self, rule: &'static Rule, finding: Finding) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).push((rule, finding));
    }

    /// All of them. A fault of a template is told once, with the first of its uses.
    pub(super) fn all(&self) -> Vec<(&'static Rule, Finding)> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let use_of = |one: &Finding| one.related.first().map(|one| (one.path.clone(), one.span));
        found.sort_by_cached_key(|(_, one)| use_of(one));
        let mut seen = HashSet::new();
        found.retain(|(rule, one)| {
            rule != &&template_error::RULE
                || seen.insert((one.path.clone(), one.span, one.message.clone()))
        });
        found
    }

    /// Adds the findings of the body of a page.
    pub(super) fn note(&self, page: PageId, written: &Written) {
        let source = &self.site.index.pages[page].source;
        for (span, reason) in &written.unpainted {
            let message = format!("this code is shown without colours: {reason}");
            self.push(&unpainted_code::RULE, Finding::new(&source.path, *span, message));
        }
        self.note_components(&source.path, written);
    }

    /// Adds the faults of the site's own components on a page, each with a use of the component.
    fn note_components(&self, path: &VPath, written: &Written) {
        for (span, fault) in &written.own_faults {
            let finding = template_finding(fault);
            self.push(&template_error::RULE, finding.related(path, *span, "a use of it"));
        }
    }

    /// Adds a finding about a text that the body of a page does not have.
    pub(super) fn lost(&self, page: PageId, span: Span) {
        let source = &self.site.index.pages[page].source;
        let span = span.clamped(&source.text);
        let words = short(&source.text[span.start..span.end]);
        let message = format!("`{words}` is not shown: the component around it leaves it out");
        let help = "write it in an attribute that the component shows, or outside it";
        self.push(&lost_text::RULE, Finding::new(&source.path, span, message).help(help));
    }

    /// Adds a finding about a page that failed to render, with the offset.
    pub(super) fn failed(&self, page: PageId, at: usize, what: &str, panic: &str) {
        let source = &self.site.index.pages[page].source;
        let line = source.text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let span = Span::new(at, at + line.len()).clamped(&source.text);
        let message = format!("{what}: {panic}");
        let help = "this is a bug in docgen: please report it, with the text in this place";
        self.push(&unrendered_page::RULE, Finding::new(&source.path, span, message).help(help));
    }

    /// The content that replaces a file that failed; `at` is the offset that its page had reached.
    pub(super) fn instead(
        &self,
        output: &Output,
        at: usize,
        panic: &str,
    ) -> Result<Vec<u8>, Failure> {
        let text = |page: PageId| {
            let page = &self.site.index.pages[page];
            without_comments(page.source.text.get(page.facts.front.span.end..).unwrap_or_default())
        };
        match output {
            Output::Page(page) => {
                self.failed(*page, at, "this page cannot be rendered", panic);
                let title = &self.site.index.pages[*page].title;
                Ok(plain_page(title, &text(*page)).into_bytes())
            }
            Output::Twin(page) => {
                self.failed(*page, at, "the Markdown of this page cannot be rendered", panic);
                Ok(text(*page).into_bytes())
            }
            other => {
                let message = format!("cannot make {}: {panic}", named(other));
                Err(Failure::Place(Error::new(message)))
            }
        }
    }
}

/// The name of a file that does not belong to a page.
fn named(output: &Output) -> &'static str {
    match output {
        Output::Page(_) | Output::Twin(_) => "a page",
        Output::Redirect(_) => "the page of a redirect",
        Output::Machine(_) => "a list for machines",
        Output::NotFound => "the page for addresses that do not exist",
        Output::Sitemap => "the sitemap",
        Output::Drawing(..) => "the drawing of a diagram",
        Output::Theme(_) | Output::Asset(_) => "a file of the theme",
    }
}

/// A page without templates, which could fail as well.
fn plain_page(title: &str, text: &str) -> String {
    let mut html = String::from("<!doctype html><meta charset=\"utf-8\"><title>");
    escape::text(&mut html, title);
    html.push_str("</title><pre>");
    escape::text(&mut html, text);
    html.push_str("</pre>\n");
    html
}

/// The text without comments.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = behind.split_once("-->").map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Inputs;

    const PAGE: &str =
        "---\ntitle: A < B\n---\n\nOne.\n\n<!-- not for readers -->\n\nTwo <b>& three</b>.\n";

    /// The text of a page that failed is published all the same, and the finding names its line.
    #[test]
    fn a_page_that_failed_is_published_as_text() {
        let files = vec![("content/index.md".to_owned(), PAGE.to_owned())];
        let model = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
        let findings = Findings::new(&model);
        let page = model.index.ids().next().unwrap();
        let at = PAGE.find("Two").unwrap();

        let html = findings.instead(&Output::Page(page), at, "boom").unwrap();
        let html = String::from_utf8(html).unwrap();
        assert!(html.contains("<title>A &lt; B</title>"), "{html}");
        assert!(html.contains("Two &lt;b&gt;&amp; three&lt;/b&gt;."), "{html}");
        assert!(!html.contains("not for readers") && !html.contains("title:"), "{html}");
        let twin = findings.instead(&Output::Twin(page), at, "boom").unwrap();
        assert!(String::from_utf8(twin).unwrap().contains("Two <b>& three</b>."));

        let found = findings.all();
        assert_eq!(found.len(), 2, "{found:?}");
        for (rule, finding) in found {
            assert_eq!(rule, &unrendered_page::RULE);
            assert_eq!(&PAGE[finding.span.start..finding.span.end], "Two <b>& three</b>.");
            assert!(finding.message.ends_with(": boom"), "{}", finding.message);
        }
        assert!(findings.instead(&Output::Sitemap, 0, "boom").is_err());
    }
}
