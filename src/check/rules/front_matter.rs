//! Front matter that cannot be read, or says something that no page can use.

use crate::check::rule::{Check, PageContext, Rule};
use crate::data::Value;
use crate::diagnostic::{Finding, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    name: "front-matter",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/front-matter.md"),
    check: Check::Page(check),
};

/// Keys whose value is shown to readers or followed as an address.
const TEXTS: &[&str] = &["title", "description", "summary", "sidebarTitle", "redirect"];

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let front = &context.facts().front;
    if let Some((span, message)) = &front.fault {
        let yaml = context.text()[front.span.start..].starts_with("---");
        let help = yaml.then(|| "a value with `: ` or `#` in it needs quotes".to_owned());
        let message = format!("front matter cannot be read: {message}");
        out.push(Finding::new(context.path(), *span, message).maybe_help(help));
    }
    let Some(node) = &front.node else { return };
    for member in node.members().iter().filter(|member| TEXTS.contains(&member.key.as_str())) {
        let kind = match member.value.value {
            Value::String(_) | Value::Null | Value::Number(_) | Value::Elision => continue,
            Value::Bool(_) => "a truth value",
            Value::Array(_) => "a list",
            Value::Object(_) => "a table",
        };
        let message = format!("`{}` must be a text, and this is {kind}", member.key);
        let finding =
            Finding::new(context.path(), member.value.span, message).help("put it in quotes");
        out.push(finding.severity(Severity::Warning));
    }
}
