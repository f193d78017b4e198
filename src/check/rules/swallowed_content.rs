//! Text that a browser does not show, although readers should see it.

use std::collections::{HashMap, HashSet};

use crate::config::flavours::policy::UnknownTags;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::components;
use crate::markdown::html::{self, TagKind};
use crate::markdown::outline::InlineKind;
use crate::prose;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "swallowed-content",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/swallowed-content.md"),
    check: Check::Page(check),
};

/// Elements that hide or change their content.
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
            .help("close it; until then it hides the rest of the page"),
    );
}

/// Elements that are opened and never closed after that.
fn open_elements(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let source = context.text();
    let mut open: HashMap<String, Vec<Span>> = HashMap::new();
    for inline in context.outline.inlines.iter().filter(|one| one.kind == InlineKind::Tag) {
        let name = html::name_at(source, inline.span.start);
        if !HIDING.iter().any(|hiding| hiding.eq_ignore_ascii_case(name)) {
            continue;
        }
        let Some(tag) = html::tag_at(source, inline.span.start) else { continue };
        if is_code(context, inline.span.start) {
            continue;
        }
        let name = name.to_ascii_lowercase();
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
        // A closing tag may be where the parser does not recognise it.
        let count = |mark: &str| {
            let mark = format!("{mark}{name}");
            memchr::memmem::find_iter(source.as_bytes(), mark.as_bytes()).count()
        };
        if count("</") >= count("<") {
            continue;
        }
        let hides = match name.as_str() {
            "details" => "until it is closed, the rest of the page is collapsed with it",
            "pre" => "until it is closed, the rest of the page is shown as preformatted text",
            _ => "until it is closed, browsers do not show the rest of the page",
        };
        let message = format!("`<{name}>` is never closed");
        let mut finding = Finding::new(context.path(), span, message)
            .help(format!("{hides}; if it is meant as text, put it in backticks"));
        // GitHub shows these as text.
        let tamed = matches!(name.as_str(), "iframe" | "script" | "style" | "textarea" | "title");
        if tamed && context.site.config.flavour.unknown_tags == UnknownTags::Github {
            finding = finding.severity(Severity::Warning);
        }
        out.push(finding);
    }
}

/// Whether a tag is in code that MDX recognises and plain Markdown does not, inside an element.
fn is_code(context: &PageContext<'_>, at: usize) -> bool {
    let source = context.text();
    let mdx = context.page.is_mdx() || context.site.config.dialect().mdx;
    if !mdx {
        return false;
    }
    let near = Span::new(at.saturating_sub(2000), at).clamped(source).start;
    let line = source[near..at].rfind('\n').map_or(near, |end| near + end + 1);
    source[line..at].matches('`').count() % 2 == 1
}

/// The names of all closing tags of a text.
fn closed_names(source: &str) -> HashSet<&str> {
    let starts = memchr::memmem::find_iter(source.as_bytes(), b"</").map(|at| at + 2);
    let name = |start: usize| {
        let rest = &source[start..];
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len())]
    };
    starts.map(name).collect()
}

/// Types and placeholders that are tags to a browser. docgen itself shows them as text; then
/// `unknown-component` reports them.
fn vanishing(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let unknown_tags = context.site.config.flavour.unknown_tags;
    if unknown_tags == UnknownTags::Text {
        return;
    }
    let unknown = &context.facts().unknown;
    if unknown.is_empty() {
        return;
    }
    let source = context.text();
    let closed = closed_names(source);
    for tag in unknown {
        let at = tag.span.start;
        // An element that is closed was meant as one, and its content is shown.
        let half = context.unpaired_tags.binary_search_by_key(&at, |half| half.span.start).is_ok();
        if half
            || closed.contains(tag.name.as_str())
            || is_code(context, at)
            || prose::in_shortcode(source, at)
        {
            continue;
        }
        let message = match components::find(&tag.name) {
            Some(_) => {
                format!("`<{}>` is opened in a line of text but not closed there", tag.name)
            }
            None => format!("`<{}>` is neither HTML nor a component", tag.name),
        };
        let help = match unknown_tags {
            UnknownTags::Compiled => {
                "the build fails or the word is not shown; put it in backticks, or write `&lt;`"
            }
            _ => "browsers do not show it; put it in backticks, or write `&lt;`",
        };
        let mut finding = Finding::new(context.path(), tag.span, message).help(help);
        // `Vec<String>` is a type; `<user-name>` alone may be an element that a script defines.
        let before = source[..at].chars().next_back();
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
