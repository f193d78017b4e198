//! A tag that is neither a component nor an HTML element, and containers and alerts with names that
//! nobody knows.

use crate::config::flavours::policy::UnknownTags;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::components::{self, ALERTS, COMPONENTS, container_names, of_known_container};
use crate::markdown::outline::{BlockKind, InlineKind};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::suggest::{nearest, typo_of};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-component",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unknown-component.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    // Only the generator knows which components its pages may use.
    let flavour = context.site.config.flavour;
    let plain = flavour.unknown_tags == UnknownTags::Github && !context.page.is_mdx();
    let foreign = flavour.is_foreign() || plain;
    let own = &context.site.config.own_components;
    let components = context.facts().components.iter();
    let strange = |name: &String| !own.contains_key(name);
    for component in components.filter(|one| !one.known && !foreign && strange(&one.name)) {
        let names = COMPONENTS.iter().map(|known| known.name).chain(own.keys().map(String::as_str));
        let empty = context.text()[..component.span.end].ends_with("/>");
        let help = match nearest(&component.name, names) {
            Some(near) => format!("did you mean `<{near}>`?"),
            None if empty => "nothing is shown in its place".to_owned(),
            None => "its content is shown without any styling".to_owned(),
        };
        let message = format!("unknown component `<{}>`", component.name);
        out.push(Finding::new(context.path(), component.span, message).help(help));
    }
    unknown_containers(context, out);
    unknown_alerts(context, out);
    // Other generators hide such a word, which `swallowed-content` reports.
    let shown = flavour.unknown_tags == UnknownTags::Text;
    for tag in context.facts().unknown.iter().filter(|_| shown) {
        let message = match components::find(&tag.name) {
            Some(_) => {
                format!("`<{}>` is opened in a line of text but not closed there", tag.name)
            }
            None => format!("`<{}>` is neither HTML nor a component", tag.name),
        };
        let help = "it is shown as text; write it as code, in backticks, or as `&lt;`";
        out.push(Finding::new(context.path(), tag.span, message).help(help));
    }
}

fn unknown_containers(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    // A plugin of another generator may define any name, but hardly one that looks like a typo.
    let foreign = context.site.config.flavour.is_foreign();
    for container in &context.facts().containers {
        let name = &context.text()[container.name.start..container.name.end];
        if name.is_empty() || of_known_container(name).is_some() {
            continue;
        }
        let names = container_names();
        let near = if foreign { typo_of(name, names) } else { nearest(name, names) };
        if foreign && near.is_none() {
            continue;
        }
        let marks = container.marked.trim_end_matches(name);
        let help = match near {
            Some(near) => format!("did you mean `{marks}{near}`?"),
            None => "it is shown as a note with this name".to_owned(),
        };
        let message = format!("unknown container `{}`", container.marked);
        out.push(Finding::new(context.path(), container.span, message).help(help));
    }
}

/// Quotes that begin with an alert that GitHub does not have, so that its name is shown as text.
fn unknown_alerts(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let flavour = context.site.config.flavour;
    if !flavour.alerts {
        return;
    }
    // A plain folder may be shown by a program that has more of them.
    let foreign = flavour.is_foreign() || flavour.guesses_generator;
    for (at, block) in context.outline.blocks.iter().enumerate() {
        let first = context.outline.blocks.get(at + 1);
        let text = first.filter(|first| {
            let own = first.kind == BlockKind::Paragraph && first.parent == Some(at);
            own && block.kind == BlockKind::Quote
        });
        let inlines = text.map(|text| context.outline.inlines_of(text)).unwrap_or_default();
        let Some(inline) = inlines.first().filter(|inline| inline.kind == InlineKind::Text) else {
            continue;
        };
        let start = inline.span.start;
        let Some(name) = alert_at(&context.text()[start..]) else { continue };
        let span = Span::new(start, start + "[!]".len() + name.len());
        if ALERTS.iter().any(|alert| alert.eq_ignore_ascii_case(name)) {
            let help = "only a space and a title may follow it on its line";
            let message = format!("`[!{name}]` is shown as text");
            out.extend((!foreign).then(|| Finding::new(context.path(), span, message).help(help)));
            continue;
        }
        let near = nearest(name, ALERTS.iter().copied());
        if foreign && (near.is_none() || of_known_container(name).is_some()) {
            continue;
        }
        let help = match near {
            Some(near) => format!("did you mean `[!{near}]`?"),
            None => format!("it is shown as text; the alerts are {}", ALERTS.join(", ")),
        };
        let message = format!("unknown alert `[!{name}]`");
        out.push(Finding::new(context.path(), span, message).help(help));
    }
}

/// The name in `[!NAME]` at the start of a text.
fn alert_at(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix("[!")?.split_once(']')?;
    let word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (!name.is_empty() && name.bytes().all(word)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_are_words_in_brackets() {
        assert_eq!(alert_at("[!NOTES] a"), Some("NOTES"));
        for text in ["[!]", "[!a b]", "[! a]", "[a]", "![a]", "[!a", ""] {
            assert_eq!(alert_at(text), None, "{text}");
        }
    }
}
