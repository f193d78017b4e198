//! What a browser does not show, although it was meant to be read.

use std::collections::HashMap;

use crate::check::rule::{Check, PageContext, Rule};
use crate::config::Flavour;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::components;
use crate::markdown::html::{self, TagKind};
use crate::markdown::outline::InlineKind;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "swallowed-content",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/swallowed-content.md"),
    check: Check::Page(check),
};

/// Elements that hide or take over what stands in them.
const HIDING: &[&str] = &[
    "details", "iframe", "noscript", "pre", "script", "select", "style", "template", "textarea",
    "title",
];

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    open_comment(context, out);
    open_elements(context, out);
    vanishing(context, out);
}

fn open_comment(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let Some(start) = context.facts().open_comment else { return };
    let span = Span::new(start, start + 3).clamped(context.text());
    out.push(
        Finding::new(context.path(), span, "this comment is never closed")
            .help("close it where it ends; until then it hides the rest of the page"),
    );
}

/// Elements that are opened and not closed anywhere behind.
fn open_elements(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let source = context.text();
    let mut open: HashMap<String, Vec<Span>> = HashMap::new();
    for inline in context.outline.inlines.iter().filter(|one| one.kind == InlineKind::Tag) {
        let Some(tag) = html::tag_at(source, inline.span.start) else { continue };
        let name = tag.name(source).to_ascii_lowercase();
        if HIDING.binary_search(&name.as_str()).is_err() {
            continue;
        }
        match tag.kind {
            TagKind::Open => open.entry(name).or_default().push(inline.span),
            TagKind::Close => {
                open.get_mut(&name).map(Vec::pop);
            }
            TagKind::SelfClosing => {}
        }
    }
    let mut lost: Vec<(Span, String)> =
        open.into_iter().filter_map(|(name, places)| Some((*places.first()?, name))).collect();
    lost.sort();
    for (span, name) in lost {
        let hides = match name.as_str() {
            "details" => "until it is closed, the rest of the page is folded away with it",
            "pre" => "until it is closed, the rest of the page is shown as it stands",
            _ => "until it is closed, a browser shows nothing of the rest of the page",
        };
        out.push(
            Finding::new(context.path(), span, format!("`<{name}>` is never closed")).help(
                format!("{hides}; if it is meant to be read, write it as code, in backticks"),
            ),
        );
    }
}

/// Types and placeholders that are tags to a browser. docgen itself shows them as text, and
/// `unknown-component` tells of them.
fn vanishing(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let flavour = context.site.config.flavour;
    if matches!(flavour, Flavour::Native | Flavour::Mintlify) {
        return;
    }
    for tag in &context.facts().unknown {
        let message = match components::find(&tag.name) {
            Some(_) => {
                format!("`<{}>` is opened in a line of text and never closed there", tag.name)
            }
            None => format!("`<{}>` is neither HTML nor a component", tag.name),
        };
        let help = match flavour {
            Flavour::Docusaurus | Flavour::Starlight | Flavour::VitePress => {
                "the build fails here or the word is not shown; write it as code, in backticks, or as `&lt;`"
            }
            _ => "a browser hides it from the reader; write it as code, in backticks, or as `&lt;`",
        };
        let mut finding = Finding::new(context.path(), tag.span, message).help(help);
        // `Vec<String>` is a type; what stands alone may be an element that a script defines.
        let before = context.text()[..tag.span.start].chars().next_back();
        if !before.is_some_and(char::is_alphanumeric) {
            finding = finding.severity(Severity::Warning);
        }
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_sorted() {
        assert!(super::HIDING.is_sorted());
    }
}
