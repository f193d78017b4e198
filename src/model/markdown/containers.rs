//! Containers that are not components, such as admonitions and tabs, which lines open and close.

use std::ops::Range;

/// The look of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A box with a title.
    Callout,
    /// A box that opens at a click.
    Details,
    /// Tabs of which one is shown.
    Tabs,
    /// One of several tabs.
    Tab,
    /// Steps of a procedure.
    Steps,
    /// One of them.
    Step,
    /// Cards side by side.
    Cards,
    /// One of them.
    Card,
    /// Code blocks of which one is shown.
    Group,
    /// A box without any styles.
    Plain,
}

/// A container as its first line describes it; ranges are relative to the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its kind, as written; may be empty.
    pub name: Range<usize>,
    /// Its title, which is Markdown.
    pub title: Option<Range<usize>>,
    /// Its look.
    pub shape: Shape,
}

/// A line of container marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marked {
    /// `:::note Title`, and how many marks there are.
    Open(Container, usize),
    /// `:::`, and how many marks there are.
    Close(usize),
}

/// Reads a line of three or more `mark`: `text[from..end]` is the line without its indentation.
pub(super) fn marked(text: &str, from: usize, end: usize, mark: u8) -> Option<Marked> {
    let content = text[from..end].trim_end();
    let marks = content.bytes().take_while(|byte| *byte == mark).count();
    if marks < 3 {
        return None;
    }
    let end = from + content.len();
    let mut pos = skip_spaces(text, from + marks, end);
    if pos == end {
        return Some(Marked::Close(marks));
    }
    if text[pos..end].starts_with('{') {
        let container = Container { name: pos..pos, title: None, shape: Shape::Plain };
        return text[pos..end].ends_with('}').then_some(Marked::Open(container, marks));
    }
    let name = pos..pos + name_len(&text[pos..end]);
    if name.is_empty() {
        return None;
    }
    pos = name.end;
    let rest = &text[pos..end];
    let title = if mark == b'/' {
        pos = skip_spaces(text, pos, end);
        text[pos..end].strip_prefix('|').map(|_| pos + 1..end)
    } else if rest.starts_with('[') {
        let close = rest.rfind(']')?;
        Some(pos + 1..pos + close)
    } else if rest.is_empty() || rest.starts_with([' ', '\t', '{']) {
        Some(pos..without_attributes(text, pos, end))
    } else {
        return None;
    };
    let title = title.map(|range| trimmed(text, range)).filter(|range| !range.is_empty());
    let shape = shape(&text[name.clone()]);
    Some(Marked::Open(Container { name, title, shape }, marks))
}

/// Reads the first line of a container with an indented body: `!!! note "Title"`, `??? tip`,
/// `=== "Tab"`, or the definition of a term.
pub(super) fn indented(text: &str, from: usize, end: usize) -> Option<Container> {
    let content = text[from..end].trim_end();
    let end = from + content.len();
    let (mark, shape) = match content.get(..3)? {
        "!!!" => (3, Shape::Callout),
        "???" => (3 + usize::from(content[3..].starts_with('+')), Shape::Details),
        "===" => {
            let more = content[3..].bytes().take_while(|byte| b"+!".contains(byte)).count();
            (3 + more, Shape::Tab)
        }
        _ => return None,
    };
    let mut pos = skip_spaces(text, from + mark, end);
    let name_start = pos;
    let mut name_end = pos;
    let name_len = |pos: usize| if shape == Shape::Tab { 0 } else { name_len(&text[pos..end]) };
    while name_len(pos) > 0 {
        name_end = pos + name_len(pos);
        pos = skip_spaces(text, name_end, end);
    }
    let rest = &text[pos..end];
    let title = match rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(title) if !title.contains('"') || shape != Shape::Tab => Some(pos + 1..end - 1),
        None if rest.is_empty() && shape != Shape::Tab && name_end > name_start => None,
        _ => return None,
    };
    let named = name_end > name_start || shape != Shape::Callout;
    named.then_some(Container { name: name_start..name_end, title, shape })
}

/// The start of the text of the definition of a term.
pub(super) fn definition(content: &str) -> Option<usize> {
    let rest = content.strip_prefix(':')?;
    let spaces = rest.bytes().take_while(|byte| *byte == b' ').count();
    ((1..=3).contains(&spaces) && rest.len() > spaces).then_some(1 + spaces)
}

/// Whether a text may contain containers of a kind.
pub(super) fn may_hold(text: &str, containers: super::Containers) -> bool {
    let holds = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    match containers {
        super::Containers::None => false,
        super::Containers::Colons => holds(":::"),
        super::Containers::Indented => {
            ["!!! ", "???", "===", "///", "\n: "].iter().any(|mark| holds(mark))
        }
    }
}

fn shape(name: &str) -> Shape {
    match name {
        "details" | "collapse" | "expandable" => Shape::Details,
        "tab" | "tabitem" | "tab-item" => Shape::Tab,
        "code-group" | "codegroup" => Shape::Group,
        "tabs" | "tab-set" => Shape::Tabs,
        "steps" => Shape::Steps,
        "step" => Shape::Step,
        "cards" => Shape::Cards,
        "card" => Shape::Card,
        "raw" | "v-pre" | "html" | "center" | "left" | "right" | "caption" | "figure-caption"
        | "columns" | "column" | "div" => Shape::Plain,
        _ => Shape::Callout,
    }
}

fn name_len(text: &str) -> usize {
    if !text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return 0;
    }
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count()
}

fn skip_spaces(text: &str, pos: usize, end: usize) -> usize {
    pos + text[pos..end].bytes().take_while(|byte| b" \t".contains(byte)).count()
}

/// The end of a title, without attributes after it: `Title {.cls open}`.
fn without_attributes(text: &str, from: usize, end: usize) -> usize {
    let title = &text[from..end];
    let open = title.ends_with('}').then(|| title.rfind('{')).flatten();
    open.filter(|open| title[open + 1..].starts_with(['.', '#', ' ']) || *open == 0)
        .map_or(end, |open| from + open)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    start..start + inner.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_marks() {
        for (text, expected) in [
            (":::note", Some(("note", None, Shape::Callout, 3))),
            ("::: tip Read *this*", Some(("tip", Some("Read *this*"), Shape::Callout, 3))),
            ("::::tip[A [b](c)]{.x}", Some(("tip", Some("A [b](c)"), Shape::Callout, 4))),
            (
                "::: details Click {open}",
                Some(("details", Some("Click {open}"), Shape::Details, 3)),
            ),
            ("::: details Click {.a}", Some(("details", Some("Click"), Shape::Details, 3))),
            ("::: code-group", Some(("code-group", None, Shape::Group, 3))),
            (":::{.cls}", Some(("", None, Shape::Plain, 3))),
            (":::note{#id}", Some(("note", None, Shape::Callout, 3))),
            (":::note:::", None),
            (":: note", None),
            ("::: 1", None),
        ] {
            let found = marked(text, 0, text.len(), b':');
            let found = found.map(|found| match found {
                Marked::Open(one, marks) => {
                    (&text[one.name], one.title.map(|title| &text[title]), one.shape, marks)
                }
                Marked::Close(marks) => ("close", None, Shape::Plain, marks),
            });
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(marked("::::  ", 0, 6, b':'), Some(Marked::Close(4)));
    }

    #[test]
    fn first_lines_of_indented_bodies() {
        for (text, expected) in [
            ("!!! note", Some(("note", None, Shape::Callout))),
            ("!!! note \"A [b](c)\"", Some(("note", Some("A [b](c)"), Shape::Callout))),
            ("!!! note inline end \"\"", Some(("note inline end", Some(""), Shape::Callout))),
            ("??? tip \"T\"", Some(("tip", Some("T"), Shape::Details))),
            ("???+ tip", Some(("tip", None, Shape::Details))),
            ("??? \"T\"", Some(("", Some("T"), Shape::Details))),
            ("=== \"Linux\"", Some(("", Some("Linux"), Shape::Tab))),
            ("===! \"Linux\"", Some(("", Some("Linux"), Shape::Tab))),
            ("===", None),
            ("!!!", None),
            ("!!! Watch out, \"this\" is text", None),
            ("!!!note", Some(("note", None, Shape::Callout))),
            ("!!! \"T\"", None),
            ("???", None),
        ] {
            let found = indented(text, 0, text.len());
            let found =
                found.map(|one| (&text[one.name], one.title.map(|title| &text[title]), one.shape));
            assert_eq!(found, expected, "{text}");
        }
    }
}
