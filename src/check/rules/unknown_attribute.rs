//! An attribute that a component does not have.

use std::collections::HashSet;

use crate::diagnostic::{Finding, Severity};
use crate::markdown::components::{self, Component};
use crate::markdown::containers::attributes;
use crate::markdown::facts::ComponentUse;
use crate::markdown::html;
use crate::markdown::own_components::OwnComponent;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::suggest::nearest;
use crate::text::own_names;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-attribute",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unknown-attribute.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    // Only the generator knows which attributes its components have.
    let flavour = context.site.config.flavour;
    if flavour.is_foreign() || flavour.guesses_generator {
        return;
    }
    let source = context.text();
    // Read at most once, and only where it matters.
    let mut own = None;
    for used in &context.facts().components {
        if let Some(component) = context.site.config.own_components.get(&used.name) {
            of_own(context, used, component, out);
            continue;
        }
        let Some(component) = components::find(&used.name) else { continue };
        let Some(tag) = html::tag_at(source, used.span.start) else { continue };
        for attr in &tag.attrs {
            let name = &source[attr.name.clone()];
            let is_own = |own: &mut Option<HashSet<_>>| {
                own.get_or_insert_with(|| own_names(source)).contains(used.name.as_str())
            };
            if !component.knows(name) && !is_own(&mut own) {
                let span = Span::new(attr.name.start, attr.name.end);
                let known = component.attributes.iter().map(|one| one.name);
                let message = format!("`<{}>` has no attribute `{name}`", used.name);
                out.push(Finding::new(context.path(), span, message).help(help(name, known)));
            }
        }
    }
    containers(context, out);
}

/// The attributes of a component that the site makes itself.
fn of_own(
    context: &PageContext<'_>,
    used: &ComponentUse,
    component: &OwnComponent,
    out: &mut Vec<Finding>,
) {
    let source = context.text();
    let Some(tag) = html::tag_at(source, used.span.start) else { return };
    for attr in &tag.attrs {
        let name = &source[attr.name.clone()];
        if !component.knows(name) {
            let span = Span::new(attr.name.start, attr.name.end);
            let message = format!("`<{}>` has no attribute `{name}`", used.name);
            out.push(Finding::new(context.path(), span, message).help(component.help(name)));
        }
    }
}

fn containers(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let source = context.text();
    for container in &context.facts().containers {
        let name = &source[container.name.start..container.name.end];
        let Some(like) = components::of_known_container(name) else { continue };
        for (attr, _) in attributes(source, container.name.end, container.span.end) {
            let attribute = &source[attr.clone()];
            if ["title", "id", "class"].contains(&attribute) {
                continue;
            }
            let span = Span::new(attr.start, attr.end);
            let message =
                format!("the container `{}` has no attribute `{attribute}`", container.marked);
            out.push(
                Finding::new(context.path(), span, message).help(container_help(attribute, like)),
            );
        }
    }
}

fn container_help(name: &str, like: &Component) -> String {
    let is_tag = components::find(like.name).is_some();
    match like.attributes.iter().find(|one| is_tag && one.name == name) {
        Some(_) => format!("write it as a tag: `<{} {name}=…>`", like.name),
        None => help(name, ["title"].into_iter()),
    }
}

fn help(name: &str, known: impl Iterator<Item = &'static str> + Clone) -> String {
    if let Some(near) = nearest(name, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    let known: Vec<String> = known.map(|one| format!("`{one}`")).collect();
    match known.is_empty() {
        true => "it has no effect; remove it".to_owned(),
        false => format!("it has no effect; those that have one are {}", known.join(", ")),
    }
}
