//! The tokens of HTML, as browsers read them. The tokenizer is generic, so each crate that calls
//! it compiles it again; all others call this.

use crate::source::Span;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Token, Tokenizer};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HtmlToken {
    /// An opening tag.
    Start(StartTag),
    /// A closing tag: its name in lower case.
    End(String),
    /// Text, with entities resolved.
    Text(String),
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTag {
    /// Its name in lower case.
    pub name: String,
    /// Its attributes, by their names in lower case, with entities resolved.
    pub attributes: Vec<(String, String)>,
    /// Whether it ends with `/>`.
    pub self_closing: bool,
    /// Its bytes.
    pub span: Span,
}

/// Reads HTML, without comments. With `verbatim`, the content of elements such as `<script>` is
/// text.
pub fn html_tokens(html: &str, verbatim: bool, see: &mut dyn FnMut(HtmlToken)) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(verbatim);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => see(HtmlToken::Start(StartTag {
                name: text(&tag.name),
                attributes: tag
                    .attributes
                    .iter()
                    .map(|(key, value)| (text(key), text(value)))
                    .collect(),
                self_closing: tag.self_closing,
                span: Span::new(tag.span.start, tag.span.end),
            })),
            Token::EndTag(tag) => see(HtmlToken::End(text(&tag.name))),
            Token::String(string) => see(HtmlToken::Text(text(&string))),
            _ => {}
        }
    }
}

fn text(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(html: &str, verbatim: bool) -> Vec<String> {
        let mut out = Vec::new();
        html_tokens(html, verbatim, &mut |token| {
            out.push(match token {
                HtmlToken::Start(tag) => {
                    let Span { start, end } = tag.span;
                    format!("{}{:?}{start}..{end}", tag.name, tag.attributes)
                }
                HtmlToken::End(name) => format!("/{name}"),
                HtmlToken::Text(text) => text,
            });
        });
        out
    }

    #[test]
    fn tags_and_texts_in_order() {
        let html = "a &lt;<!-- c --><B Id='x&amp;' d>e</b>";
        let expected = ["a <", "b[(\"d\", \"\"), (\"id\", \"x&\")]16..33", "e", "/b"];
        assert_eq!(names(html, false), expected);
        assert_eq!(names("<script>a<b></script>", true), ["script[]0..8", "a<b>", "/script"]);
        assert_eq!(names("<script><b>", false), ["script[]0..8", "b[]8..11"]);
    }
}
