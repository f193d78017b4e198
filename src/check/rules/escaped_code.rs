//! Markdown escapes that a paste or a formatter left in code.

use crate::character_damage::{Kind, is_name};
use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::{code_spans, fix, mentions, report, short};

/// The rule.
pub static RULE: Rule = Rule {
    name: "escaped-code",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/escaped-code.md"),
    check: Check::Page(check),
};

/// The escapes of prose that are looked for in code spans.
const ESCAPES: &[&str] = &["\\_", "\\<"];

/// Words of a text that shows such an escape on purpose.
const ABOUT: &[&str] =
    &["escap", "backslash", "markdown", "latex", "tex ", "regular expression", "regex", "sql"];

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    report(context, Kind::Escape, "remove the backslashes", out);
    let text = context.text();
    if !ESCAPES.iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
    {
        return;
    }
    for code in code_spans(context) {
        let written = &text[code.span.start..code.span.end];
        if !ESCAPES.iter().any(|mark| written.contains(mark)) {
            continue;
        }
        let marks: &[&str] = match &*code.text {
            text if is_escaped_name(text) => &["\\_"],
            text if has_escaped_brackets(text) => &["\\<", "\\>"],
            _ => continue,
        };
        if mentions(text, code.span, ABOUT) {
            continue;
        }
        let message =
            format!("`{}` shows the backslashes of its escapes as text", short(&code.text));
        let places = marks.iter().flat_map(|mark| written.match_indices(mark));
        let edits = places.map(|(at, _)| {
            let start = code.span.start + at;
            (Span::new(start, start + 1), String::new())
        });
        out.push(
            Finding::new(context.path(), code.span, message)
                .help("code spans need no escapes: remove the backslashes")
                .fix(fix(context, "remove the backslashes", Safety::Safe, edits)),
        );
    }
}

/// Whether each word with `\_` in it is a name, and at least one has a letter on both sides.
fn is_escaped_name(code: &str) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = code.as_bytes();
    let inside = code
        .match_indices("\\_")
        .any(|(at, _)| at > 0 && letter(bytes.get(at - 1)) && letter(bytes.get(at + 2)));
    let mut words = code.split(|c: char| c.is_whitespace() || "\"'`,;()[]{}<>|=".contains(c));
    inside && words.all(|word| !word.contains('\\') || is_name(word))
}

/// Whether each bracket of a tag or a type is escaped: `Array\<string\>`, `\<Card\>`. Around a
/// word that stands alone they are also the word boundaries of patterns, so that the brackets must
/// belong to a name before them, or to a tag or a type in them.
fn has_escaped_brackets(code: &str) -> bool {
    let plain = code.replace("\\<", "").replace("\\>", "");
    if plain.contains(['\\', '<', '*', '^', '$']) || plain.contains('>') && !plain.contains("=>") {
        return false;
    }
    if code.matches("\\<").count() != code.matches("\\>").count() {
        return false;
    }
    code.match_indices("\\<").any(|(at, _)| {
        let inner = &code[at + 2..];
        let name = inner.starts_with('/')
            || inner.starts_with(|c: char| c.is_ascii_uppercase())
            || inner.split("\\>").next().is_some_and(|inner| inner.contains(['-', '=', '/', '_']));
        code[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) || name
    })
}

#[cfg(test)]
mod tests {
    use super::{has_escaped_brackets, is_escaped_name};

    #[test]
    fn escaped_types_are_told_from_the_boundaries_of_words() {
        for code in [
            "Array\\<string\\>",
            "\\<Card\\>",
            "\\<div\\>\\</div\\>",
            "x \\<your-name\\>",
            "f(a: Map\\<A, B\\>) => C",
        ] {
            assert!(has_escaped_brackets(code), "{code}");
        }
        for code in ["\\<word\\>", "\\<", "a \\< b", "Array<string\\>", "\\<a.*\\>", "\\<A\\d\\>"] {
            assert!(!has_escaped_brackets(code), "{code}");
        }
    }

    #[test]
    fn names_are_told_from_patterns_and_paths() {
        for name in ["A\\_B", "a\\_b(c)", "--x\\_y=1", "https://x.y/a\\_b", "a_b\\_c"] {
            assert!(is_escaped_name(name), "{name}");
        }
        for other in
            ["a_b", "\\_", "\\_x", "C:\\_x", "a\\_b\\.c", "a\\b\\_c", "[a\\_b]\\d", "a\\\\_b"]
        {
            assert!(!is_escaped_name(other), "{other}");
        }
    }
}
