//! Front matter that cannot be read, or has values or keys that are wrong.

use crate::data::{Member, Value};
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::markdown::front_keys::{self, Expected};
use crate::near_keys;
use crate::rule::{Check, PageContext, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "front-matter",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/front-matter.md"),
    check: Check::Page(check),
};

/// The number of pages with a key that shows that it is not a typo.
const HABIT: usize = 3;

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let front = &context.facts().front;
    if let Some((span, message)) = &front.fault {
        let yaml = context.text()[front.span.start..].starts_with("---");
        let help = yaml.then(|| "a value with `: ` or `#` in it needs quotes".to_owned());
        let message = format!("front matter cannot be read: {message}");
        out.push(Finding::new(context.path(), *span, message).maybe_help(help));
    }
    let Some(node) = &front.node else { return };
    for member in node.members() {
        out.extend(match front_keys::expected(&member.key) {
            Some(Expected::Text) => text(context, member),
            Some(Expected::Switch) => switch(context, member),
            Some(Expected::Day) => day(context, member),
            Some(Expected::Any) | None => misspelled(context, member),
        });
    }
}

fn text(context: &PageContext<'_>, member: &Member) -> Option<Finding> {
    let kind = match member.value.value {
        Value::String(_) | Value::Null | Value::Number(_) | Value::Elision => return None,
        Value::Bool(_) => "a truth value",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    };
    let message = format!("`{}` must be text, but this is {kind}", member.key);
    let finding = Finding::new(context.path(), member.value.span, message);
    Some(finding.help("put it in quotes").severity(Severity::Warning))
}

fn switch(context: &PageContext<'_>, member: &Member) -> Option<Finding> {
    let known = ["true", "false", "yes", "no", "on", "off", ""];
    let kind = match &member.value.value {
        Value::String(text) if known.contains(&text.to_ascii_lowercase().as_str()) => return None,
        // A template fills it in.
        Value::String(text) if text.contains(['{', '$', '%']) => return None,
        Value::Bool(_) | Value::Null | Value::Number(_) | Value::Elision => return None,
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    };
    let message = format!("`{}` must be `true` or `false`, but this is {kind}", member.key);
    Some(Finding::new(context.path(), member.value.span, message).severity(Severity::Warning))
}

/// The finding about a date that does not exist, if it is written as year, month and day.
fn day(context: &PageContext<'_>, member: &Member) -> Option<Finding> {
    let text = member.value.as_str()?;
    let mut parts = text.get(..10)?.split('-');
    let mut number = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let fine = (1..=days).contains(&day);
    let message = format!("`{}` is not a date", &text[..10]);
    let finding = Finding::new(context.path(), member.value.span, message)
        .help("write it as year, month and day: `2026-01-31`")
        .severity(Severity::Warning);
    (!fine).then_some(finding)
}

fn misspelled(context: &PageContext<'_>, member: &Member) -> Option<Finding> {
    let meant = near_keys::meant(context.site.config.flavour, &member.key)?;
    let node = context.facts().front.node.as_ref()?;
    let has = |node: &crate::data::Node, key: &str| node.get(key).is_some();
    if has(node, meant) {
        return None;
    }
    let fronts = context.site.index.pages.iter().filter_map(|page| page.facts.front.node.as_ref());
    if fronts.filter(|front| has(front, &member.key)).nth(HABIT - 1).is_some() {
        return None;
    }
    let message = format!("`{}` is not a known key", member.key);
    let finding = Finding::new(context.path(), member.key_span, message)
        .help(format!("did you mean `{meant}`?"))
        .severity(Severity::Warning);
    let span = member.key_span;
    let plain = context.text().get(span.start..span.end) == Some(member.key.as_str());
    let edit = Edit { path: context.path().clone(), span, replacement: meant.to_owned() };
    let title = format!("write `{meant}`");
    let fix = plain.then(|| Fix { title, safety: Safety::Unsafe, edits: vec![edit] });
    Some(finding.maybe_fix(fix))
}
