//! A component or a container that is opened and never closed.

use std::collections::HashSet;

use crate::diagnostic::{Finding, Severity};
use crate::markdown::Containers;
use crate::markdown::components::of_known_container;
use crate::rule::{Check, PageContext, Rule};
use crate::{crossed_tags, fences};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unclosed-component",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/unclosed-component.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    elements(context, out);
    open_containers(context, out);
    let facts = context.facts();
    if facts.components.iter().all(|component| component.closed) {
        return;
    }
    // An open fence or comment hides closing tags, and is the one error to fix.
    let swallowed = fences::swallows_from(facts, context.text()).or(facts.open_comment);
    // Tags that are closed in the wrong order are reported by `stray-close`.
    let crossed: HashSet<usize> = crossed_tags::openings(facts).into_iter().flatten().collect();
    for (number, component) in facts.components.iter().enumerate() {
        if component.closed
            || crossed.contains(&number)
            || swallowed.is_some_and(|start| component.span.start < start)
        {
            continue;
        }
        let message = format!("`<{}>` is never closed", component.name);
        let finding = Finding::new(context.path(), component.span, message).help(format!(
            "add `</{}>` where it ends; until then it contains the rest of the page",
            component.name
        ));
        out.push(finding);
    }
}

/// Containers in marks, which end with the list item or the quote around them in other generators,
/// and in any case not where their author meant.
fn open_containers(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let facts = context.facts();
    if facts.containers.iter().all(|container| container.closed) {
        return;
    }
    let swallowed = fences::swallows_from(facts, context.text()).or(facts.open_comment);
    // Without the extension that has blocks, `/// Some words` is text.
    let blocks = context.site.config.dialect().containers == Containers::Indented;
    for container in facts.containers.iter().filter(|container| !container.closed) {
        let name = &context.text()[container.name.start..container.name.end];
        if blocks && of_known_container(name).is_none() {
            continue;
        }
        if swallowed.is_some_and(|start| container.span.start < start) {
            continue;
        }
        let shown = &container.marked;
        let marks = shown.trim_end_matches(|c| !matches!(c, ':' | '/'));
        let message = format!("`{shown}` is never closed");
        let help = format!("add `{marks}` where it ends; until then it contains what follows");
        out.push(Finding::new(context.path(), container.span, message).help(help));
    }
}

/// HTML elements, and components of other tools.
fn elements(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let facts = context.facts();
    let mut swallowed = None;
    for half in context.unpaired_tags.iter().filter(|half| half.opens) {
        let start = *swallowed.get_or_insert_with(|| {
            fences::swallows_from(facts, context.text()).or(facts.open_comment)
        });
        if start.is_some_and(|start| half.span.start < start) {
            return;
        }
        let (name, message) = (&half.name, format!("`<{}>` is never closed", half.name));
        let help = format!("add `</{name}>` where it ends; until then it contains what follows");
        out.push(
            Finding::new(context.path(), half.span, message)
                .help(help)
                .severity(context.severity_of_unpaired_tag(half)),
        );
    }
}
