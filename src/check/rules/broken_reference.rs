//! A reference without a definition on the page.

use std::collections::HashSet;

use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::markdown::outline::InlineKind;
use crate::rule::{Check, PageContext, Rule};
use crate::source::{Span, line_start};
use crate::suggest::typo_of;

/// The rule.
pub static RULE: Rule = Rule {
    name: "broken-reference",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/broken-reference.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let facts = context.facts();
    if !facts.undefined_refs.is_empty() {
        // A plugin that makes pages may make references as well.
        let made = context.site.config.layout.maker.is_some();
        let taken_in = made || takes_something_in(context);
        out.extend(
            facts
                .undefined_refs
                .iter()
                .filter_map(|(label, span)| reference(context, label, *span, taken_in)),
        );
    }
    for definition in &facts.definitions {
        let Some(earlier) = definition.earlier.map(|at| &facts.definitions[at]) else { continue };
        let dest = |span: Span| &context.text()[span.start..span.end];
        if dest(earlier.dest_span) != dest(definition.dest_span) {
            let message =
                format!("`[{}]` is already defined, with a different address", definition.label);
            let finding = Finding::new(context.path(), definition.label_span, message)
                .help("the first definition counts; remove one of the two")
                .related(context.path(), earlier.label_span, "this one counts");
            out.push(finding.severity(Severity::Note));
        }
    }
    footnotes(context, out);
}

/// A reference without a definition, if it was meant to be one.
fn reference(
    context: &PageContext<'_>,
    label: &str,
    mut span: Span,
    taken_in: bool,
) -> Option<Finding> {
    let text = context.text();
    // The parser reports only the first pair of brackets.
    if text.get(span.start..span.end)?.ends_with(']') && text[span.end..].starts_with("[]") {
        span.end += 2;
    }
    let written = text.get(span.start..span.end)?;
    let before = text[..span.start].chars().next_back().unwrap_or(' ');
    let after = text[span.end..].chars().next().unwrap_or(' ');
    // `list[0][1]`, `f(x)[a][b]`, `[a][b][c]`: array indexes, in code that is not marked as code.
    if is_wordy(before) || "])}$\\[".contains(before) || is_wordy(after) || "[({:".contains(after) {
        return None;
    }
    let collapsed = written.ends_with("[]");
    let shown = written.trim_start_matches('!').trim_start_matches('[');
    let shown = if collapsed { label } else { shown.split("][").next().unwrap_or(shown) };
    let definitions = &context.facts().definitions;
    let flavour = context.site.config.flavour;
    let plugins = flavour.makes_references;
    let near = typo_of(label, definitions.iter().map(|one| one.label.as_str()));
    // A code span in two pairs of brackets is nothing but a reference.
    let resolved = context.site.config.layout.link_hook;
    let of_code =
        !resolved && collapsed && label.len() > 2 && label.starts_with('`') && label.ends_with('`');
    let severity = match near {
        Some(_) if taken_in || plugins && !label.contains(' ') => Severity::Warning,
        Some(_) => Severity::Error,
        None if taken_in => return None,
        None if !of_code && !is_label(label, definitions.iter().map(|one| one.label.as_str())) => {
            return None;
        }
        None if letters(shown) < 2 => return None,
        None if plugins && (definitions.is_empty() || !label.contains([' ', '-'])) => return None,
        None if plugins || definitions.is_empty() || !looks_meant(shown, label) => {
            Severity::Warning
        }
        // The name of a class or a setting, which a plugin may link.
        None if !label.contains(' ') && label.contains(['.', ':']) => Severity::Warning,
        None => Severity::Error,
    };
    let message = format!("nothing on this page defines `[{label}]`");
    if let Some(place) = not_a_definition(context, label) {
        let finding = Finding::new(context.path(), span, message)
            .help("put an empty line before the definition; without it, the definition is part of the text above")
            .related(context.path(), place, "this looks like the definition")
            .severity(severity);
        return (!flavour.definitions_anywhere).then_some(finding);
    }
    let help = match near {
        Some(near) => format!("did you mean `[{near}]`?"),
        None => format!("readers see the brackets; define it with `[{label}]: address`"),
    };
    let finding = Finding::new(context.path(), span, message).help(help).severity(severity);
    Some(finding.maybe_fix(near.and_then(|near| repair(context, label, near, span, collapsed))))
}

/// A line that looks like the definition of a label, but is part of the paragraph above it.
fn not_a_definition(context: &PageContext<'_>, label: &str) -> Option<Span> {
    let written = format!("[{label}]: ");
    let text = context.text();
    let at = memchr::memmem::find(text.as_bytes(), written.as_bytes())?;
    let line = line_start(text, at);
    let code = &context.facts().code;
    let behind = code.partition_point(|block| block.span.start <= at);
    let in_code = behind.checked_sub(1).is_some_and(|before| at < code[before].span.end);
    let alone = text[line..at].trim().is_empty() && !in_code;
    alone.then(|| Span::new(at, at + written.len() - 1))
}

/// Replaces the label with the one that was probably meant.
fn repair(
    context: &PageContext<'_>,
    label: &str,
    near: &str,
    span: Span,
    collapsed: bool,
) -> Option<Fix> {
    let end = if collapsed { span.end } else { span.end - 1 };
    let start = if collapsed { span.end - 1 } else { end.checked_sub(label.len())? };
    let place = Span::new(start, if collapsed { start } else { end });
    let there = context.text().get(place.start..place.end)?;
    if !collapsed && there != label {
        return None;
    }
    let edit = Edit { path: context.path().clone(), span: place, replacement: near.to_owned() };
    let title = format!("write `[{near}]`");
    Some(Fix { title, safety: Safety::Unsafe, edits: vec![edit] })
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether a label looks like a name, and not like code or a pattern. Numbers are labels only if
/// other definitions have numbers.
fn is_label<'a>(label: &str, mut others: impl Iterator<Item = &'a str>) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if number(label) {
        return others.any(number);
    }
    let named = |c: char| c.is_alphanumeric() || " -_.:/`#',&".contains(c);
    letters(label) > 1
        && label.len() < 200
        && label.chars().all(named)
        && !label.contains("a-z")
        && !label.contains("A-Z")
}

/// Whether a reference is not just two single words in brackets, which may be anything.
fn looks_meant(shown: &str, label: &str) -> bool {
    let apart = |c: char| c.is_whitespace() || "-._:/`".contains(c);
    shown.contains(apart)
        || label.contains(apart)
        || label.bytes().any(|byte| byte.is_ascii_digit())
        || shown.chars().next().is_some_and(char::is_uppercase)
}

/// Whether definitions may come from a text that the page includes outside of its code blocks.
fn takes_something_in(context: &PageContext<'_>) -> bool {
    let text = context.text();
    let code = &context.facts().code;
    let in_code = |at: usize| {
        let behind = code.partition_point(|block| block.span.start <= at);
        behind.checked_sub(1).is_some_and(|before| at < code[before].span.end)
    };
    ["{{#", "--8<--", "{%", "{{<", "{{%", "<!--@include", "<!-- @include"].iter().any(|mark| {
        memchr::memmem::find_iter(text.as_bytes(), mark.as_bytes()).any(|at| !in_code(at))
    })
}

/// References to footnotes that do not exist, on pages that have other footnotes.
fn footnotes(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let defined: HashSet<&str> =
        context.facts().anchors.iter().filter_map(|anchor| anchor.id.strip_prefix("fn-")).collect();
    if defined.is_empty() {
        return;
    }
    for inline in context.outline.inlines.iter().filter(|one| one.kind == InlineKind::Text) {
        let line = &text[inline.span.start..inline.span.end];
        // The parser splits a text at its brackets: `[`, `^name`, `]`.
        let name = line.strip_prefix("[^").or_else(|| {
            let opened = text[..inline.span.start].ends_with('[')
                && !text[..inline.span.start].ends_with("\\[");
            line.strip_prefix('^').filter(|_| opened)
        });
        let Some(name) = name else { continue };
        let start = inline.span.end - name.len();
        let rest = &text[start..];
        let len =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
        let name = &rest[..len.count()];
        let closed = rest[name.len()..].starts_with(']') && !rest[name.len()..].starts_with("]:");
        if name.is_empty() || !closed || defined.contains(name) || name.contains("a-z") {
            continue;
        }
        let number = name.bytes().all(|byte| byte.is_ascii_digit());
        let near = typo_of(name, defined.iter().copied());
        let severity = if number || near.is_some() { Severity::Error } else { Severity::Warning };
        let message = format!("nothing on this page defines the footnote `[^{name}]`");
        let span = Span::new(start - 2, start + name.len() + 1);
        let help = near.map(|near| format!("did you mean `[^{near}]`?"));
        out.push(Finding::new(context.path(), span, message).maybe_help(help).severity(severity));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (label, expected) in [
            ("install guide", true),
            ("std::vec", true),
            ("`Vec`", true),
            ("a", false),
            ("0", false),
            ("^x", false),
            ("a-z0-9", false),
            ("@smith", false),
            ("x|y", false),
        ] {
            assert_eq!(is_label(label, std::iter::empty()), expected, "{label}");
        }
        assert!(is_label("3", ["1", "2"].into_iter()));
        assert!(!is_label("2020", ["smith"].into_iter()));
    }
}
