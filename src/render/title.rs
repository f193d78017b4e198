//! Titles from attributes: a line of Markdown with code and emphasis and nothing else. A title is
//! the same text wherever it stands, as HTML, as plain text or in the Markdown of a page.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::escape;

/// What is put before a title while it is parsed, so that it is never a list or a heading.
const LEAD: &str = "x ";

/// A part of a title.
enum Part<'t> {
    Text(&'t str),
    Code(String),
    Open(&'static str),
    Close(&'static str),
}

/// Writes a title as HTML.
pub fn html(out: &mut String, title: &str) {
    parts(title, |part, _| match part {
        Part::Text(text) => escape::text(out, text),
        Part::Code(code) => {
            out.push_str("<code>");
            escape::text(out, &code);
            out.push_str("</code>");
        }
        Part::Open(name) => out.push_str(&format!("<{name}>")),
        Part::Close(name) => out.push_str(&format!("</{name}>")),
    });
}

/// A title as plain text.
pub fn plain(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    parts(title, |part, _| match part {
        Part::Text(text) => out.push_str(text),
        Part::Code(code) => out.push_str(&code),
        Part::Open(_) | Part::Close(_) => {}
    });
    out
}

/// The Markdown of a title without bold parts, so that it can be bold as a whole.
pub fn without_bold(title: &str) -> String {
    let mut marks: Vec<Range<usize>> = Vec::new();
    parts(title, |part, range| match part {
        Part::Open("strong") => marks.push(range.start..range.start + 2),
        Part::Close("strong") => marks.push(range.end - 2..range.end),
        _ => {}
    });
    let mut out = String::with_capacity(title.len());
    let mut done = 0;
    for mark in marks {
        out.push_str(title.get(done..mark.start).unwrap_or_default());
        done = done.max(mark.end);
    }
    out.push_str(title.get(done..).unwrap_or_default());
    out
}

/// Calls `take` for each part of a title, with its bytes.
fn parts(title: &str, mut take: impl FnMut(Part<'_>, Range<usize>)) {
    let line = [LEAD, &title.replace(['\n', '\r', '\t'], " ")].concat();
    let options = Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(&line, options).into_offset_iter() {
        let written = &line[range.start.max(LEAD.len()).min(range.end)..range.end];
        let range = range.start.saturating_sub(LEAD.len())..range.end.saturating_sub(LEAD.len());
        // Names such as `__init__` and `_private` are written in titles as well.
        let underscores = written.starts_with('_');
        let part = match event {
            Event::Start(Tag::Emphasis) if !underscores => Part::Open("em"),
            Event::End(TagEnd::Emphasis) if !underscores => Part::Close("em"),
            Event::Start(Tag::Strong) if !underscores => Part::Open("strong"),
            Event::End(TagEnd::Strong) if !underscores => Part::Close("strong"),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => Part::Text("_"),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => Part::Text("__"),
            Event::Start(Tag::Strikethrough) => Part::Open("del"),
            Event::End(TagEnd::Strikethrough) => Part::Close("del"),
            Event::Code(code) => Part::Code(code.into_string()),
            // As it is written: entities of the attribute were read before.
            Event::Text(_) | Event::InlineHtml(_) => Part::Text(written),
            Event::SoftBreak | Event::HardBreak => Part::Text(" "),
            _ => continue,
        };
        take(part, range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_text_everywhere() {
        for (title, as_html, as_text, in_bold) in [
            ("**x** `y`", "<strong>x</strong> <code>y</code>", "x y", "x `y`"),
            (
                "Use `a<b>` & *c*",
                "Use <code>a&lt;b&gt;</code> &amp; <em>c</em>",
                "Use a<b> & c",
                "Use `a<b>` & *c*",
            ),
            ("1. <T> &lt;", "1. &lt;T&gt; &amp;lt;", "1. <T> &lt;", "1. <T> &lt;"),
            ("# a - b", "# a - b", "# a - b", "# a - b"),
            ("- a", "- a", "- a", "- a"),
            ("__init__ and _x_", "__init__ and _x_", "__init__ and _x_", "__init__ and _x_"),
            ("~~a~~ b\nc", "<del>a</del> b c", "a b c", "~~a~~ b\nc"),
            ("2 * 3 * 4", "2 * 3 * 4", "2 * 3 * 4", "2 * 3 * 4"),
            ("[a](b.md) é", "a é", "a é", "[a](b.md) é"),
            ("\\*a\\*", "*a*", "*a*", "\\*a\\*"),
            ("a`b", "a`b", "a`b", "a`b"),
            ("<script>x", "&lt;script&gt;x", "<script>x", "<script>x"),
            ("", "", "", ""),
        ] {
            let mut out = String::new();
            html(&mut out, title);
            assert_eq!((out.as_str(), plain(title).as_str()), (as_html, as_text), "{title}");
            assert_eq!(without_bold(title), in_bold);
        }
    }
}
