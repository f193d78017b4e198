//! Curly quotes where code needs straight ones.

use crate::character_damage::Kind;
use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::{code_spans, fix, report};

/// The rule.
pub static RULE: Rule = Rule {
    name: "smart-quotes-in-code",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/smart-quotes-in-code.md"),
    check: Check::Page(check),
};

const TITLE: &str = "use straight quotes";

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    report(context, Kind::Quote, TITLE, out);
    let text = context.text();
    if memchr::memmem::find(text.as_bytes(), "“".as_bytes()).is_none() {
        return;
    }
    for code in code_spans(context) {
        let written = &text[code.span.start..code.span.end];
        let Some(open) = delimiter(written) else { continue };
        let place =
            |at: usize| Span::new(code.span.start + at, code.span.start + at + '“'.len_utf8());
        let quotes = written.match_indices(['“', '”']);
        let edits = quotes.map(|(at, _)| (place(at), "\"".to_owned()));
        out.push(
            Finding::new(context.path(), place(open), "a string in this code has curly quotes")
                .help("use straight quotes: to programs, curly quotes are letters")
                .fix(fix(context, TITLE, Safety::Safe, edits)),
        );
    }
}

/// The offset of a curly quote that opens an argument or a value: `name(“x”)`, `name=“x”`.
fn delimiter(code: &str) -> Option<usize> {
    if code.contains('"') {
        return None;
    }
    let (open, _) = code.match_indices('“').find(|(at, _)| {
        let before = code[..*at].strip_suffix(['=', '(']).unwrap_or_default();
        before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    })?;
    let close = open + code[open..].find('”')?;
    let behind = code[close + '”'.len_utf8()..].chars().next();
    behind.is_none_or(|c| " ),;`]}>".contains(c)).then_some(open)
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn delimiters_are_told_from_text() {
        for code in ["`f(“a”)`", "`a=“b c”`", "`--x=“y” z`"] {
            assert!(delimiter(code).is_some(), "{code}");
        }
        for code in ["`“a”`", "`say “a”`", "`a = \"“b”\"`", "`（“a”）`", "`f(“a`", "`a: “b”`"]
        {
            assert!(delimiter(code).is_none(), "{code}");
        }
    }
}
