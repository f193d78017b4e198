//! A command that its program does not have.

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::truth::command::FaultKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-command",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/unknown-command.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    out.extend(context.commands.of(&[FaultKind::UnknownCommand]));
}
