//! Markdown in the text of HTML elements, which is not read there.

use super::{KINDS, Kind, Place, Raw, Shown, is_address, is_apart};
use crate::markdown::html::{self, Tag, TagKind, Tags};
use crate::markdown::outline::{InlineKind, Outline};
use crate::source::Span;

/// Elements whose text is shown as it is written, or not at all.
const OPAQUE: &[&str] =
    &["code", "kbd", "math", "pre", "samp", "script", "style", "svg", "template", "textarea", "tt"];

/// The content of a shortcode may be read as Markdown by its template, whatever it stands in.
const CALLS: [&str; 2] = ["{{%", "{{<"];

/// The end of one.
const ENDS: [&str; 4] = ["{{% /", "{{%/", "{{< /", "{{</"];

/// Whether nobody sees an element.
fn is_hidden(source: &str, tag: &Tag) -> bool {
    let style = tag.value(source, "style").unwrap_or_default();
    let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    let none = rules.any(|(name, value)| name.trim() == "display" && value.trim() == "none");
    let hides = none || tag.attr(source, "hidden").is_some();
    hides && !html::is_void(&source[tag.name.clone()])
}

/// Finds markup in the HTML of a page.
pub(super) fn find(
    source: &str,
    outline: &Outline<'_>,
    wanted: &dyn Fn(&Kind) -> bool,
    take: &mut dyn FnMut(&'static Kind, &Shown<'_>, Raw),
) {
    let (mut tags, mut found) = (Tags::default(), Vec::new());
    let (mut opaque, mut extended) = (Vec::<&str>::new(), Vec::<&str>::new());
    let mut in_call = false;
    for inline in outline.inlines.iter() {
        match inline.kind {
            InlineKind::Tag => {
                let Some(tag) = tags.at(source, inline.span.start) else { continue };
                let name = &source[tag.name.clone()];
                let is_extended = tag.attr(source, "markdown").is_some();
                let hides = OPAQUE.contains(&name) || opaque.last() == Some(&name);
                match tag.kind {
                    TagKind::Open if hides || is_hidden(source, &tag) => opaque.push(name),
                    TagKind::Open if is_extended && !html::is_void(name) => extended.push(name),
                    TagKind::Close if opaque.last() == Some(&name) => drop(opaque.pop()),
                    TagKind::Close if extended.last() == Some(&name) => drop(extended.pop()),
                    _ => {}
                }
            }
            InlineKind::Raw if opaque.is_empty() => {
                let written = &source[inline.span.start..inline.span.end];
                if written != inline.text || written.contains("<!--") {
                    continue;
                }
                for line in lines(source, inline.span) {
                    let text = &source[line.start..line.end];
                    let called = in_call || CALLS.iter().any(|call| text.contains(call));
                    in_call = called && !ENDS.iter().any(|end| text.contains(end));
                    let here = if extended.is_empty() { Place::Html } else { Place::Extended };
                    let kinds = KINDS
                        .iter()
                        .filter(|kind| kind.place == here && !called || kind.place == Place::Both);
                    let has = |mark: &&str| mark.chars().all(|c| text.contains(c));
                    for kind in kinds.filter(|kind| wanted(kind) && kind.marks.iter().any(has)) {
                        let shown = Shown::of_span(source, line);
                        (kind.find)(&shown, &mut found);
                        found.drain(..).for_each(|raw| take(kind, &shown, raw));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The lines of a span that have a text.
fn lines(source: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    source[span.start..span.end].split_inclusive('\n').filter_map(move |line| {
        let from = start;
        start += line.len();
        (!line.trim().is_empty()).then(|| Span::new(from, from + line.trim_end().len()))
    })
}

/// `**bold**`, `_emphasis_`, `[text](address)`, `` `code` `` in the text of an element.
pub fn unread(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    let (mut at, mut found) = (0, None);
    while let Some(len) = text[at..].find(['*', '[', '`', '_', '~']) {
        let start = at + len;
        let rest = shown.ahead(start);
        let end = strong(rest).or_else(|| words(rest)).or_else(|| link(rest));
        let end = end.or_else(|| code(rest));
        match end.filter(|_| is_apart(shown.before(start))) {
            Some(len) => {
                found.get_or_insert(start..start).end = start + len;
                at = start + len;
            }
            None => at = start + 1,
        }
    }
    // All of a line stands in the same element, which is one fault.
    out.extend(found.map(Raw::new));
}

fn strong(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix("**")?;
    let len = inner.find("**")?;
    let text = &inner[..len];
    let tight = !text.is_empty() && text.trim() == text && text.contains(char::is_alphanumeric);
    (tight && is_apart(inner[len + 2..].chars().next())).then_some(len + 4)
}

/// `_emphasis_`, `*emphasis*`, `__very bold__`, `~~gone~~` around words alone: names and patterns
/// have such marks as well.
fn words(rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|mark| matches!(mark, '_' | '*' | '~'))?;
    let inner = rest.trim_start_matches(mark);
    let marks = rest.len() - inner.len();
    let text = &inner[..inner.find(mark)?];
    let behind = &inner[text.len()..];
    let after = behind.trim_start_matches(mark);
    let plain = text.chars().all(|c| c.is_alphabetic() || " -'’,".contains(c));
    let tight = text.starts_with(char::is_alphabetic) && text.ends_with(char::is_alphabetic);
    let fits = match (mark, marks) {
        ('_' | '*', 1) | ('~', 2) => true,
        // `__init__` is a name.
        ('_', 2) => text.contains(' '),
        _ => false,
    };
    let whole = behind.len() - after.len() == marks && is_apart(after.chars().next());
    (fits && plain && tight && whole).then_some(2 * marks + text.len())
}

fn link(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let close = inner.find(']')?;
    let behind = inner[close..].strip_prefix("](")?;
    let end = behind.find(')')?;
    let plain = !inner[..close].is_empty() && is_address(&behind[..end]);
    plain.then_some(1 + close + 2 + end + 1)
}

fn code(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('`').filter(|inner| !inner.starts_with('`'))?;
    let len = inner.find('`')?;
    let text = &inner[..len];
    let tight = !text.is_empty() && text.trim() == text;
    (tight && is_apart(inner[len + 1..].chars().next())).then_some(len + 2)
}
