//! Expressions of MDX that need no program: comments, `{/* a */}`, and strings, `{"a"}`.

use std::ops::Range;

/// An expression on a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Expression {
    /// Its bytes. Those of a comment include one of two spaces around it.
    pub range: Range<usize>,
    /// The bytes of the text that it stands for; none for a comment.
    pub text: Range<usize>,
}

/// The longest expression that is looked for, in bytes: searching all of a line for the end of each
/// would take time quadratic in its length.
const REACH: usize = 4 << 10;

/// The expression that begins with the brace at `at`, on a line of text that goes from `from` to
/// `end`.
pub(super) fn at(text: &str, from: usize, at: usize, end: usize) -> Option<Expression> {
    if text[from..at].ends_with('\\') {
        return None;
    }
    let end = text.floor_char_boundary(end.min(at + REACH));
    let inner = text[at + 1..end].trim_start();
    let start = end - inner.len();
    if let Some(comment) = inner.strip_prefix("/*") {
        let close = comment.find("*/")?;
        let behind = comment[close + 2..].trim_start();
        // `## Title {/* #id */}` names the id of a heading.
        let id = text[from..at].starts_with('#') && comment.trim_start().starts_with('#');
        let rest = behind.strip_prefix('}').filter(|_| !id)?;
        let close = end - rest.len();
        let ends_word = rest.is_empty() || rest.starts_with([' ', '\t']) || rest.starts_with("</");
        let spaced = ends_word && at > from && text[from..at].ends_with([' ', '\t']);
        let range = at - usize::from(spaced)..close;
        return Some(Expression { range, text: close..close });
    }
    let quote = inner.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let string = &inner[1..];
    let len = string.find(quote)?;
    let plain = !string[..len].contains('\\') && !string[..len].contains("${");
    let rest = string[len + 1..].trim_start().strip_prefix('}').filter(|_| plain)?;
    Some(Expression { range: at..end - rest.len(), text: start + 1..start + 1 + len })
}

#[cfg(test)]
mod tests {
    use super::at;
    use crate::markdown::outline::{InlineKind, Outline};
    use crate::markdown::{Dialect, facts, prepare};

    /// The expression in a line: what is taken out, and what is put in its place.
    fn read(line: &str) -> Option<(&str, &str)> {
        let brace = line.find('{').unwrap();
        let found = at(line, 0, brace, line.len())?;
        Some((&line[found.range], &line[found.text]))
    }

    #[test]
    fn comments_and_strings() {
        for (line, expected) in [
            ("a {/* b */} c", Some((" {/* b */}", ""))),
            ("a {/* b */}", Some((" {/* b */}", ""))),
            ("a{/* b */}c", Some(("{/* b */}", ""))),
            ("a { /* } */ } c", Some((" { /* } */ }", ""))),
            ("a{\" \"}b", Some(("{\" \"}", " "))),
            ("{'x <T>'}", Some(("{'x <T>'}", "x <T>"))),
            ("{ `x` }", Some(("{ `x` }", "x"))),
            ("## a {/* #own */}", None),
            ("a \\{/* b */}", None),
            ("{/* b", None),
            ("{/* b */ c}", None),
            ("{x}", None),
            ("{'a' + b}", None),
            ("{`${x}`}", None),
            ("{'a\\n'}", None),
            ("{", None),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn pages_show_no_comment_and_the_text_of_strings() {
        for (page, mdx, expected) in [
            ("a {/* b */} c", true, "a c"),
            ("- a{\" \"}b {/* c */}", true, "a b"),
            ("| {/* a */}b | c |\n| - | - |", true, "bc"),
            ("*a*{' '}`b`", true, "a b"),
            ("`{/* a */}` b", true, "{/* a */} b"),
            ("{'a'}", true, "a"),
            ("<Note>{/* a */}</Note>\n\nb {'c'}", true, "b c"),
            ("a {/* b */} c", false, "a {/* b */} c"),
        ] {
            let scan = prepare(page, mdx, 0, Dialect::GITHUB);
            let outline = Outline::new(page, &scan);
            let seen: String = outline
                .inlines
                .iter()
                .filter(|inline| matches!(inline.kind, InlineKind::Text | InlineKind::Code))
                .map(|inline| &*inline.text)
                .collect();
            assert_eq!(seen, expected, "{page}");
        }
        let heading =
            facts("## Set up {/* later */}\n\n## B {'c'}", true, Dialect::GITHUB).headings;
        let heads: Vec<_> = heading.iter().map(|one| (&*one.text, &*one.ids.primary)).collect();
        assert_eq!(heads, [("Set up", "set-up"), ("B c", "b-c")]);
    }
}
