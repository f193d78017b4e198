//! Containers that are not components, such as admonitions and tabs, which lines open and close.

use std::ops::Range;

use super::components::{self, Component, Html};

/// A container as its first line describes it; ranges are relative to the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its kind, as written; may be empty.
    pub name: Range<usize>,
    /// Its title, which is Markdown.
    pub title: Option<Range<usize>>,
    /// The component that it looks like.
    pub like: &'static Component,
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
        let like = components::of_nameless_container();
        let container = Container { name: pos..pos, title: None, like };
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
        pos = skip_spaces(text, pos, end);
        let shown = trimmed(text, pos..without_attributes(text, pos, end));
        if shown.is_empty() { title_attribute(text, pos, end) } else { Some(shown) }
    } else {
        return None;
    };
    let title = title.map(|range| trimmed(text, range)).filter(|range| !range.is_empty());
    let like = components::of_container(&text[name.clone()]);
    Some(Marked::Open(Container { name, title, like }, marks))
}

/// Reads the first line of a container with an indented body: `!!! note "Title"`, `??? tip`,
/// `=== "Tab"`, or the definition of a term.
pub(super) fn indented(text: &str, from: usize, end: usize) -> Option<Container> {
    let content = text[from..end].trim_end();
    let end = from + content.len();
    let (mark, look) = match content.get(..3)? {
        "!!!" => (3, None),
        "???" => (3 + usize::from(content[3..].starts_with('+')), Some("details")),
        "===" => {
            let more = content[3..].bytes().take_while(|byte| b"+!".contains(byte)).count();
            (3 + more, Some("tab"))
        }
        _ => return None,
    };
    let look = look.map(components::of_container);
    let is_tab = look.is_some_and(|like| like.html == Html::Tab);
    let mut pos = skip_spaces(text, from + mark, end);
    let name_start = pos;
    let mut name_end = pos;
    let name_len = |pos: usize| if is_tab { 0 } else { name_len(&text[pos..end]) };
    while name_len(pos) > 0 {
        name_end = pos + name_len(pos);
        pos = skip_spaces(text, name_end, end);
    }
    let rest = &text[pos..end];
    let title = match rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(title) if !title.contains('"') || !is_tab => Some(pos + 1..end - 1),
        None if rest.is_empty() && !is_tab && name_end > name_start => None,
        _ => return None,
    };
    let name = name_start..name_end;
    if name.is_empty() && look.is_none() {
        return None;
    }
    let kind = text[name.clone()].split_whitespace().next().unwrap_or_default();
    let like = look.unwrap_or_else(|| components::of_admonition(kind));
    Some(Container { name, title, like })
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

/// The value of the title in attributes: `{.cls title="A title"}`.
fn title_attribute(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let all = attributes(text, from, end);
    all.into_iter().find(|(name, _)| &text[name.clone()] == "title").map(|(_, value)| value)
}

/// The names and values of the attributes in the first line of a container, from `from` on; words
/// without a value are none. What follows a quote that is never closed is left out.
pub fn attributes(text: &str, from: usize, end: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let mut all = Vec::new();
    let Some(open) = text[from..end].find('{') else { return all };
    let mut pos = from + open + 1;
    loop {
        pos = trimmed(text, pos..end).start;
        let is_end = |c: char| c.is_whitespace() || matches!(c, '=' | '}');
        let Some(word) = text[pos..end].find(is_end) else { return all };
        let name = pos..pos + word;
        pos += word;
        let Some(value) = text[pos..end].strip_prefix('=') else {
            if text[pos..end].starts_with('}') {
                return all;
            }
            continue;
        };
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let start = pos + 1 + quote.map_or(0, char::len_utf8);
        let len = match quote {
            Some(quote) => text[start..end].find(quote),
            None => text[start..end].find(|c: char| c.is_whitespace() || c == '}'),
        };
        let Some(len) = len else { return all };
        all.push((name, start..start + len));
        pos = start + len + usize::from(quote.is_some());
    }
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
            (":::note", Some(("note", None, "Note", 3))),
            ("::: tip Read *this*", Some(("tip", Some("Read *this*"), "Tip", 3))),
            ("::::tip[A [b](c)]{.x}", Some(("tip", Some("A [b](c)"), "Tip", 4))),
            ("::: details Click {open}", Some(("details", Some("Click {open}"), "Accordion", 3))),
            ("::: details Click {.a}", Some(("details", Some("Click"), "Accordion", 3))),
            ("::: code-group", Some(("code-group", None, "CodeGroup", 3))),
            (":::tip{title=\"Read *this*\"}", Some(("tip", Some("Read *this*"), "Tip", 3))),
            (
                "::: tip {.a open title='It is \"so\"' #b}",
                Some(("tip", Some("It is \"so\""), "Tip", 3)),
            ),
            (":::tip {title=\"Read\"}", Some(("tip", Some("Read"), "Tip", 3))),
            (":::tip{\u{a0}title=\"Read\"}", Some(("tip", Some("Read"), "Tip", 3))),
            (":::tip{title=Read .a}", Some(("tip", Some("Read"), "Tip", 3))),
            (":::tip{subtitle=\"title=x\"}", Some(("tip", None, "Tip", 3))),
            (":::tip{title=\"Read}", Some(("tip", None, "Tip", 3))),
            (":::tip{=}", Some(("tip", None, "Tip", 3))),
            (":::{.cls}", Some(("", None, "div", 3))),
            (":::note{#id}", Some(("note", None, "Note", 3))),
            (":::note:::", None),
            (":: note", None),
            ("::: 1", None),
        ] {
            let found = marked(text, 0, text.len(), b':');
            let found = found.map(|found| match found {
                Marked::Open(one, marks) => {
                    (&text[one.name], one.title.map(|title| &text[title]), one.like.name, marks)
                }
                Marked::Close(marks) => ("close", None, "", marks),
            });
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(marked("::::  ", 0, 6, b':'), Some(Marked::Close(4)));
    }

    #[test]
    fn first_lines_of_indented_bodies() {
        for (text, expected) in [
            ("!!! note", Some(("note", None, "Note"))),
            ("!!! note \"A [b](c)\"", Some(("note", Some("A [b](c)"), "Note"))),
            ("!!! note inline end \"\"", Some(("note inline end", Some(""), "Note"))),
            ("??? tip \"T\"", Some(("tip", Some("T"), "Accordion"))),
            ("???+ tip", Some(("tip", None, "Accordion"))),
            ("??? \"T\"", Some(("", Some("T"), "Accordion"))),
            ("=== \"Linux\"", Some(("", Some("Linux"), "Tab"))),
            ("===! \"Linux\"", Some(("", Some("Linux"), "Tab"))),
            ("===", None),
            ("!!!", None),
            ("!!! Watch out, \"this\" is text", None),
            ("!!!note", Some(("note", None, "Note"))),
            ("!!! \"T\"", None),
            ("???", None),
        ] {
            let found = indented(text, 0, text.len());
            let found = found
                .map(|one| (&text[one.name], one.title.map(|title| &text[title]), one.like.name));
            assert_eq!(found, expected, "{text}");
        }
    }
}
