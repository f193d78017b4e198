//! A closing tag that closes nothing, or comes in the wrong order.

use std::collections::HashSet;

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::{crossed_tags, fences};

/// The rule.
pub static RULE: Rule = Rule {
    name: "stray-close",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/stray-close.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let facts = context.facts();
    elements(context, out);
    if facts.stray.is_empty() {
        return;
    }
    // An unclosed code block may contain the opening tags.
    let swallowed = fences::swallows_from(facts, context.text());
    // So may indented code, which MDX does not have.
    let indented = indented_names(context);
    for ((name, span), open) in facts.stray.iter().zip(crossed_tags::openings(facts)) {
        if let Some(open) = open {
            let message =
                format!("`</{name}>` comes after the end of the element that contains `<{name}>`");
            let finding = Finding::new(context.path(), *span, message)
                .help("close the inner element before the outer one")
                .related(context.path(), facts.components[open].span, "it is opened here");
            out.push(finding);
            continue;
        }
        if indented.contains(name.as_str()) || swallowed.is_some_and(|start| start < span.start) {
            continue;
        }
        let finding = Finding::new(context.path(), *span, format!("`</{name}>` closes nothing"))
            .help("remove it, or add its opening tag");
        out.push(finding);
    }
}

/// HTML elements, and components of other tools.
fn elements(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let said: HashSet<Span> = context.facts().stray.iter().map(|(_, span)| *span).collect();
    let mut swallowed = None;
    for half in
        context.unpaired_tags.iter().filter(|half| !half.opens && !said.contains(&half.span))
    {
        let start = *swallowed
            .get_or_insert_with(|| fences::swallows_from(context.facts(), context.text()));
        if start.is_some_and(|start| start < half.span.start) {
            return;
        }
        let message = format!("`</{}>` closes nothing", half.name);
        out.push(
            Finding::new(context.path(), half.span, message)
                .help("remove it, or add its opening tag")
                .severity(context.severity_of_unpaired_tag(half)),
        );
    }
}

/// The names of tags that are opened in indented code.
fn indented_names<'a>(context: &PageContext<'a>) -> HashSet<&'a str> {
    let source = context.text();
    let mut names = HashSet::new();
    for code in context.facts().code.iter().filter(|code| !code.fenced) {
        let text = &source[code.span.start..code.span.end];
        for at in memchr::memchr_iter(b'<', text.as_bytes()) {
            let rest = &text[at + 1..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            names.insert(&rest[..end]);
        }
    }
    names
}
