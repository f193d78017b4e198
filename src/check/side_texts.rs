//! The texts of a page that are no blocks of it: those in its front matter, titles and captions in
//! attributes, texts of pictures, and comments in code.

use std::borrow::Cow;

use crate::data::{Node, Value};
use crate::lang::{self, Language};
use crate::markdown::collect::unescape;
use crate::markdown::components::{self, AttributeKind};
use crate::markdown::facts::{CodeBlock, LinkKind};
use crate::markdown::front_keys::Meaning;
use crate::markdown::html;
use crate::markdown::landing;
use crate::markdown::outline::{InlineKind, Mark};
use crate::rule::PageContext;
use crate::source::Span;

/// Where such a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The title of the page, in its front matter.
    Title,
    /// A sentence about the page, in its front matter.
    Description,
    /// Elsewhere in the front matter, in an attribute of a component, or at a picture.
    Caption,
    /// A comment in code, or the last line of one that has several.
    Comment,
}

impl Place {
    /// What a text in this place is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "the title of this page",
            Self::Description => "this description",
            Self::Caption => "this text",
            Self::Comment => "this comment",
        }
    }
}

/// Such a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideText<'a> {
    /// Where it stands.
    pub place: Place,
    /// The text as readers see it.
    pub text: Cow<'a, str>,
    /// Its bytes in the page.
    pub span: Span,
}

/// Calls a function with each of these texts of a page.
pub fn each<'a>(context: &PageContext<'a>, mut take: impl FnMut(SideText<'a>)) {
    front_matter(context, &mut take);
    attributes(context, &mut take);
    pictures(context, &mut take);
    let source = context.text();
    for code in &context.facts().code {
        comments(source, code, &mut |span| {
            let text = Cow::Borrowed(source[span.start..span.end].trim());
            take(SideText { place: Place::Comment, text, span });
        });
    }
}

fn front_matter<'a>(context: &PageContext<'a>, take: &mut impl FnMut(SideText<'a>)) {
    let front = &context.facts().front;
    let mut node = |place: Place, node: &'a Node| {
        if let Value::String(text) = &node.value {
            take(SideText { place, text: Cow::Borrowed(text.trim()), span: node.span });
        }
    };
    front.all(Meaning::Title).for_each(|title| node(Place::Title, title));
    front.all(Meaning::Label).for_each(|label| node(Place::Caption, label));
    front.all(Meaning::Description).for_each(|text| node(Place::Description, text));
    let Some(landing) = landing::read(front) else { return };
    let source = &context.text()[front.span.start..front.span.end];
    let hero = [landing.name, landing.text, landing.tagline].into_iter().flatten();
    let actions = landing.actions.iter().map(|action| action.text);
    let features =
        landing.features.iter().flat_map(|feature| [Some(feature.title), feature.details]);
    for text in hero.chain(actions).chain(features.flatten()) {
        // One that is not written literally is left out.
        let Some(start) = source.find(text).map(|at| front.span.start + at) else { continue };
        let span = Span::new(start, start + text.len());
        take(SideText { place: Place::Caption, text: Cow::Borrowed(text), span });
    }
}

/// The attributes that the components of the table show as text, and the titles of containers.
fn attributes<'a>(context: &PageContext<'a>, take: &mut impl FnMut(SideText<'a>)) {
    let source = context.text();
    let mut caption = |range: std::ops::Range<usize>| {
        let text = match &source[range.clone()] {
            plain if !plain.contains(['&', '\\']) => Cow::Borrowed(plain.trim()),
            escaped => Cow::Owned(unescape(escaped).trim().to_owned()),
        };
        take(SideText { place: Place::Caption, text, span: Span::new(range.start, range.end) });
    };
    for used in &context.facts().components {
        let Some(component) = components::find(&used.name) else { continue };
        if !component.attributes.iter().any(|one| one.kind == AttributeKind::Text) {
            continue;
        }
        let Some(tag) = html::tag_at(source, used.span.start) else { continue };
        for attr in &tag.attrs {
            let name = &source[attr.name.clone()];
            let is_text =
                |one: &&components::Attribute| one.kind == AttributeKind::Text && one.name == name;
            if component.attributes.iter().find(is_text).is_some()
                && let Some(range) = html::literal(source, &attr.value)
            {
                caption(range);
            }
        }
    }
    for container in &context.facts().containers {
        let rest = &source[container.name.end..];
        let line = rest.lines().next().unwrap_or_default();
        let title = line.trim_matches([' ', '\t', '"']);
        if !title.is_empty() && !title.contains(['{', '[', '=', '|']) {
            let start = container.name.end + line.find(title).unwrap_or_default();
            caption(start..start + title.len());
        }
    }
}

/// The texts that stand for pictures, their titles, and captions in HTML.
fn pictures<'a>(context: &PageContext<'a>, take: &mut impl FnMut(SideText<'a>)) {
    let source = context.text();
    let mut caption = |start: usize, end: usize| {
        let text = Cow::Borrowed(source[start..end].trim());
        take(SideText { place: Place::Caption, text, span: Span::new(start, end) });
    };
    if context.facts().links.iter().any(|link| link.kind == LinkKind::Asset) {
        for window in context.outline.inlines.windows(3) {
            let kinds = [window[0].kind, window[1].kind, window[2].kind];
            let alone =
                [InlineKind::Open(Mark::Image), InlineKind::Text, InlineKind::Close(Mark::Image)];
            if kinds == alone {
                caption(window[1].span.start, window[1].span.end);
            }
        }
    }
    for link in context.facts().links.iter().filter(|link| link.kind == LinkKind::Asset) {
        let behind = link.dest_span().end;
        let rest = source.get(behind..).unwrap_or_default();
        let Some(title) = rest.strip_prefix(" \"") else { continue };
        if let Some(length) = title.find(['"', '\n']).filter(|at| title[*at..].starts_with("\")")) {
            caption(behind + 2, behind + 2 + length);
        }
    }
    const OPEN: &str = "<figcaption>";
    for at in memchr::memmem::find_iter(source.as_bytes(), OPEN) {
        let start = at + OPEN.len();
        let end = source[start..].find('<').map_or(start, |length| start + length);
        // One with markup in it ends with a part of its text.
        if source[end..].starts_with("</figcaption>") {
            caption(start, end);
        }
    }
}

/// The comments of a block of code that are lines of their own. Of several lines below each other,
/// that is the last one.
fn comments(source: &str, code: &CodeBlock, take: &mut impl FnMut(Span)) {
    if code.info.unchecked || code.info.bad.is_some() {
        return;
    }
    // Looked up where a line may be a comment: most blocks have none.
    let mut language: Option<Option<&Language>> = None;
    let mut last: Option<Span> = None;
    for segment in &code.segments {
        let mut start = segment.start;
        while start < segment.end {
            let end = memchr::memchr(b'\n', &source.as_bytes()[start..segment.end])
                .map_or(segment.end, |length| start + length);
            let line = source[start..end].trim();
            let text = if line.starts_with(['#', '/', ';', '-']) {
                let language = language.get_or_insert_with(|| with_comments(code));
                language.and_then(|language| comment(language, line))
            } else {
                None
            };
            match text {
                // A line without text ends a paragraph.
                Some("") | None => last.take().into_iter().for_each(&mut *take),
                Some(text) => {
                    let offset = source[start..end].rfind(text).unwrap_or_default();
                    last = Some(Span::new(start + offset, start + offset + text.len()));
                }
            }
            start = end + 1;
        }
    }
    last.into_iter().for_each(take);
}

/// The language of a block, if its comments are known. In a session, `#` is a prompt.
fn with_comments(code: &CodeBlock) -> Option<&'static Language> {
    lang::find(&code.info.language).filter(|language| !language.is_session)
}

/// The text of a comment that is all of a line.
fn comment<'l>(language: &Language, line: &'l str) -> Option<&'l str> {
    let mark = language.comments.line.iter().find(|mark| line.starts_with(*mark))?;
    let text = line[mark.len()..].trim_start_matches(['/', '!', '#']);
    (text.is_empty() || text.starts_with([' ', '\t'])).then(|| text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, facts};

    fn comments_of(text: &str) -> Vec<&str> {
        let facts = facts(text, false, Dialect::GITHUB);
        let mut found = Vec::new();
        for code in &facts.code {
            comments(text, code, &mut |span| found.push(&text[span.start..span.end]));
        }
        found
    }

    #[test]
    fn comments_are_found_by_the_language() {
        for (text, expected) in [
            ("```sh\n# one\nls # two\n\n# three\n# four\n#\n# five\n```\n", "one|four|five"),
            ("```rust\n/// one\nfn a() {} // two\n    //! three\n```\n", "one|three"),
            ("- ```sql\n  -- one\n  select 1;\n  ```\n", "one"),
            ("```console\n# ls\n```\n", ""),
            ("```text\n# one\n```\n", ""),
            ("```sh validate=false\n# one\n```\n", ""),
            ("```sh\n#!/bin/sh\n#one\n```\n", ""),
        ] {
            assert_eq!(comments_of(text).join("|"), expected, "{text}");
        }
    }
}
