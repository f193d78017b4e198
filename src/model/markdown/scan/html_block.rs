//! Where an HTML block ends, for dialects in which the closing tag of its element does that:
//! Python-Markdown reads the line below `</h3>` as Markdown, CommonMark as more HTML.

use std::ops::Range;

use super::Line;
use crate::markdown::html::{self, TagKind};
use crate::markdown::scanned::Markup;
use crate::markdown::tokens::{Class, Token};

/// The HTML block around a line.
#[derive(Default)]
pub(super) struct HtmlBlock {
    /// The name of the element that it began with; empty if no block is open.
    name: Range<usize>,
    /// How often that element is open.
    depth: usize,
    /// The indentation of the line before, if a block ended with it.
    ended: Option<usize>,
}

impl HtmlBlock {
    /// Reads the tags of a line.
    pub(super) fn read(&mut self, text: &str, line: &Line, from: usize, tokens: &[Token]) {
        if self.name.is_empty() {
            let begins = |token: &&Token| {
                let name = token.tag.name(text);
                token.markup == Markup::Tag
                    && token.class == Class::Other
                    && token.tag.kind == TagKind::Open
                    && html::is_block(name)
                    && !html::is_void(name)
                    && text[from..token.tag.range.start].trim().is_empty()
            };
            let Some(first) = tokens.first().filter(begins) else { return };
            (self.name, self.depth) = (first.tag.name.clone(), 0);
        }
        for token in tokens {
            if !token.tag.name(text).eq_ignore_ascii_case(&text[self.name.clone()]) {
                continue;
            }
            match token.tag.kind {
                TagKind::Open => self.depth += 1,
                TagKind::Close => self.depth = self.depth.saturating_sub(1),
                TagKind::SelfClosing => {}
            }
            if self.depth == 0 {
                self.name = 0..0;
                let is_last = text[token.tag.range.end..line.end].trim().is_empty();
                self.ended = is_last.then_some(line.indent);
                return;
            }
        }
    }

    /// A blank line is a border of its own.
    pub(super) fn pass_blank(&mut self) {
        self.ended = None;
    }

    /// Whether a line with text is behind the end of a block, and Markdown. Deeper indentation would
    /// make it code.
    pub(super) fn parts(&mut self, line: &Line) -> bool {
        self.ended.take().is_some_and(|indent| line.indent < indent + 4)
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::outline::{InlineKind, Mark, Outline};
    use crate::markdown::{Dialect, prepare};

    /// The emphasised texts of a page where closing tags end HTML blocks.
    fn emphasised(text: &str) -> Vec<&str> {
        let dialect = Dialect { closed_html: true, ..Dialect::GITHUB };
        let scan = prepare(text, false, 0, dialect);
        let outline = Outline::new(text, &scan);
        let open = InlineKind::Open(Mark::Emphasis);
        let opened = outline.inlines.iter().filter(|inline| inline.kind == open);
        opened.map(|inline| &text[inline.span.start..inline.span.end]).collect()
    }

    #[test]
    fn markdown_follows_a_closing_tag() {
        for text in [
            "<h3>a</h3>\n_b_ c\n",
            "> <h3>a</h3>\n> _b_\n> c\n",
            "- x\n\n  <h3>a</h3>\n  _b_\n",
            "<div>\n<div>\n_x_\n</div>\n_y_\n</div>\n_b_\n",
            "<p>a</p>\n<p>c</p>\n_b_\n",
            "<DIV>a</div>\nsee <b>x</b> _b_\n",
            "<div>\n\n<p>x</p>\n</div>\n_b_\n",
        ] {
            assert_eq!(emphasised(text), ["_b_"], "{text}");
        }
        assert_eq!(emphasised("<h3>a</h3>\n```\n_b_\n```\n"), [""; 0]);
    }

    #[test]
    fn other_lines_stay_in_the_block() {
        for text in [
            "<h3>a</h3> b\n_b_\n",
            "<div>\n<h3>a</h3>\n_b_\n</div>\n",
            "<p>a\n_b_\n",
            "<h3>a</h3>\n      _b_\n",
        ] {
            assert_eq!(emphasised(text), [""; 0], "{text}");
        }
        let scan = prepare("<h3>a</h3>\n_b_\n", false, 0, Dialect::GITHUB);
        assert_eq!(scan.text, "<h3>a</h3>\n_b_\n");
    }
}
