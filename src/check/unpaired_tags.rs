//! Elements that are opened but not closed, or closed but not opened.
//!
//! docgen's own components are paired when a page is scanned. This module handles HTML elements,
//! and components of other tools that the tree uses in pairs.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::markdown::components;
use crate::markdown::html::{self, TagKind};
use crate::markdown::outline::{InlineKind, Outline};
use crate::site::index::{Index, Page};
use crate::source::{Span, line_start};

/// Elements whose closing tag is required. HTML allows omitting that of a paragraph, an item, a row
/// or a cell.
const PAIRED: &[&str] = &[
    "article",
    "aside",
    "b",
    "blockquote",
    "button",
    "center",
    "code",
    "div",
    "dl",
    "em",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "kbd",
    "main",
    "nav",
    "ol",
    "picture",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "ul",
    "video",
];

/// A tag without a partner.
pub struct UnpairedTag {
    /// The name of the element.
    pub name: String,
    /// The tag.
    pub span: Span,
    /// Whether it is an opening tag.
    pub opens: bool,
}

/// The tags of one name, in the order of the page.
#[derive(Default)]
struct Tags {
    open: Vec<Span>,
    stray: Vec<Span>,
}

/// The tags of a page without a partner, in the order of the page.
pub fn find(
    config: &Config,
    index: &Index,
    page: &Page,
    outline: &Outline<'_>,
) -> Vec<UnpairedTag> {
    let source = page.source.text.as_str();
    let mut names: BTreeMap<&str, Tags> = BTreeMap::new();
    for inline in outline.inlines.iter().filter(|one| one.kind == InlineKind::Tag) {
        let name = html::name_at(source, inline.span.start);
        if name.is_empty() || !is_paired(config, index, page, name, inline.span) {
            continue;
        }
        let Some(tag) = html::tag_at(source, inline.span.start) else { continue };
        let tags = names.entry(name).or_default();
        match tag.kind {
            TagKind::Open => tags.open.push(inline.span),
            TagKind::SelfClosing => {}
            TagKind::Close if tags.open.pop().is_some() => {}
            TagKind::Close => tags.stray.push(inline.span),
        }
    }
    let mut found = Vec::new();
    for (name, tags) in names {
        if tags.open.is_empty() && tags.stray.is_empty() {
            continue;
        }
        // The partner may be in text that is indented like code, where no tags are seen.
        let (opened, closed) = written(page, outline, name);
        let open = opened.saturating_sub(closed).min(tags.open.len());
        let stray = closed.saturating_sub(opened).min(tags.stray.len());
        let half = |span: &Span, opens| UnpairedTag { name: name.to_owned(), span: *span, opens };
        found.extend(tags.open[tags.open.len() - open..].iter().map(|span| half(span, true)));
        found.extend(tags.stray[..stray].iter().map(|span| half(span, false)));
    }
    found.sort_by_key(|half| half.span);
    found
}

/// Whether tags of this name are paired, and are not handled elsewhere.
fn is_paired(config: &Config, index: &Index, page: &Page, name: &str, span: Span) -> bool {
    if components::is_component_name(name) {
        return components::find(name).is_none()
            && !page.is_mdx()
            && !config.dialect().mdx
            && index.is_paired(name)
            && begins_line(&page.source.text, span.start);
    }
    PAIRED.binary_search(&name).is_ok()
}

fn begins_line(source: &str, at: usize) -> bool {
    let line = line_start(source, at);
    source[line..at].bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*'))
}

/// The number of opening and closing tags of a name in the text outside code.
fn written(page: &Page, outline: &Outline<'_>, name: &str) -> (usize, usize) {
    let source = page.source.text.as_str();
    let all = count(source, name);
    let fences = page.facts.code.iter().filter(|code| code.fenced).map(|code| code.span);
    let spans = outline.inlines.iter().filter(|one| one.kind == InlineKind::Code);
    fences.chain(spans.map(|one| one.span)).fold(all, |(opened, closed), span| {
        let inside = count(&source[span.start..span.end], name);
        (opened.saturating_sub(inside.0), closed.saturating_sub(inside.1))
    })
}

fn count(text: &str, name: &str) -> (usize, usize) {
    let (mut opened, mut closed) = (0, 0);
    for at in memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()) {
        let before = &text.as_bytes()[..at];
        let behind = text.as_bytes().get(at + name.len()).copied().unwrap_or(b'>');
        if !(behind.is_ascii_whitespace() || matches!(behind, b'>' | b'/')) {
            continue;
        }
        if before.ends_with(b"</") {
            closed += 1;
        } else if before.ends_with(b"<") {
            let alone = html::tag_at(text, at - 1).is_some_and(|t| t.kind == TagKind::SelfClosing);
            opened += usize::from(!alone);
        }
    }
    (opened, closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(PAIRED.is_sorted());
    }

    #[test]
    fn tags_are_counted_by_what_they_do() {
        assert_eq!(count("<div><div class=\"a\"><div/></div><divider></x>", "div"), (2, 1));
        assert_eq!(count("a < div, b</div", "div"), (0, 1));
    }
}
