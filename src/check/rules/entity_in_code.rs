//! HTML entities in code, which shows them as they are written.

use crate::character_damage::{Kind, is_entity, is_placeholder};
use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::{code_spans, fix, mentions, report, short};

/// The rule.
pub static RULE: Rule = Rule {
    name: "entity-in-code",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/entity-in-code.md"),
    check: Check::Page(check),
};

/// Words of a text that shows an entity on purpose.
const ABOUT: &[&str] = &[
    "escap",
    "entit",
    "encod",
    "sanitiz",
    "sanitis",
    "html",
    "xml",
    "jsx",
    "mdx",
    "xss",
    "ampersand",
    "&amp;amp",
    "character reference",
    "svg",
    "markup",
];

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let mut found = Vec::new();
    report(context, Kind::Entity, "write the characters themselves", &mut found);
    let text = context.text();
    let doubtful = |finding: &Finding| finding.severity != Some(Severity::Error);
    found.retain(|finding| !(doubtful(finding) && mentions(text, finding.span, ABOUT)));
    out.append(&mut found);
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return;
    }
    for code in code_spans(context) {
        let written = &text[code.span.start..code.span.end];
        if !written.contains('&') || !is_damaged(&code.text) || mentions(text, code.span, ABOUT) {
            continue;
        }
        let mut edits = Vec::new();
        for (at, _) in written.match_indices('&') {
            if let Some((len, with)) = is_entity(&written[at..]) {
                let start = code.span.start + at;
                edits.push((Span::new(start, start + len), with.to_owned()));
            }
        }
        let message = format!("`{}` shows its HTML entities as text", short(&code.text));
        out.push(
            Finding::new(context.path(), code.span, message)
                .help("code spans need no escapes: write the characters themselves")
                .severity(severity(&code.text))
                .fix(fix(context, "write the characters themselves", Safety::Safe, edits)),
        );
    }
}

/// The severity for a code span: a single placeholder may be an example of escaping, but a command
/// is not.
fn severity(code: &str) -> Severity {
    let inner = code.strip_prefix("&lt;").and_then(|rest| rest.strip_suffix("&gt;"));
    let alone = inner.is_some_and(|inner| !inner.contains('&'));
    if alone { Severity::Warning } else { Severity::Error }
}

/// Whether a code span contains entities that were not meant: a placeholder, an arrow, `&&`.
fn is_damaged(code: &str) -> bool {
    let first = code.match_indices("&lt;").any(|(at, _)| is_placeholder(&code[at..]));
    // With real tags next to them, the entities are part of HTML.
    let tags = code.contains('<');
    let quoted = code.matches("&quot;").count() >= 2 && code.contains(['=', ':', '(']);
    !tags
        && (first
            || ["-&gt;", "=&gt;", "&amp;&amp;"].iter().any(|arrow| code.contains(arrow))
            || quoted)
}

#[cfg(test)]
mod tests {
    use super::is_damaged;

    #[test]
    fn entities_that_are_shown_on_purpose_are_let_alone() {
        for code in
            ["x &lt;token&gt;", "Vec&lt;T&gt;", "a -&gt; b", "a &amp;&amp; b", "a=&quot;b&quot;"]
        {
            assert!(is_damaged(code), "{code}");
        }
        for code in
            ["&lt;", "&amp;", "&nbsp;", "&lt;br&gt;", "a&lt=1", "<b>&lt;x&gt;</b>", "a & b;"]
        {
            assert!(!is_damaged(code), "{code}");
        }
    }
}
