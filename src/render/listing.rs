//! Numbered listings around code blocks, as in the Rust book.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::attributes::Attrs;
use super::escape;
use crate::config::words::Words;

/// The HTML above the code: the name of its file.
pub(super) fn open(out: &mut String, attrs: &dyn Attrs, words: &Words) {
    out.push_str("<figure class=\"listing\">");
    if let Some(name) = attrs.get("file-name") {
        out.push_str("<p class=\"file-name\">");
        escape::text(out, &words.filled("file_name", &name));
        out.push_str("</p>");
    }
}

/// The Markdown below it: the number and the caption, if any.
pub(super) fn caption(attrs: &dyn Attrs, words: &Words) -> Option<String> {
    let number = attrs.get("number").map(|number| words.filled("listing_number", &number));
    match (number, attrs.get("caption")) {
        (Some(number), Some(caption)) => Some(format!("{number}: {caption}")),
        (number, caption) => number.or(caption),
    }
}

pub(super) fn close(out: &mut String, caption: Option<&str>) {
    if let Some(caption) = caption {
        out.push_str("<figcaption>");
        inline(out, caption);
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>");
}

/// Writes a line of Markdown with only code and emphasis; the rest is text.
fn inline(out: &mut String, text: &str) {
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Emphasis) => out.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
            Event::Start(Tag::Strong) => out.push_str("<strong>"),
            Event::End(TagEnd::Strong) => out.push_str("</strong>"),
            Event::Code(code) => {
                out.push_str("<code>");
                escape::text(out, &code);
                out.push_str("</code>");
            }
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => {
                escape::text(out, &text);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_markdown_and_never_html() {
        for (text, expected) in [
            ("A `Vec<T>` of *x*", "A <code>Vec&lt;T&gt;</code> of <em>x</em>"),
            ("a <b> & c", "a &lt;b&gt; &amp; c"),
            ("<script>x", "&lt;script&gt;x"),
            ("", ""),
        ] {
            let mut out = String::new();
            inline(&mut out, text);
            assert_eq!(out, expected);
        }
    }
}
