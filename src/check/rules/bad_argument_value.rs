//! A value that its flag or argument does not accept.

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::truth::command::FaultKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "bad-argument-value",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/bad-argument-value.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    out.extend(context.commands.of(&[FaultKind::BadValue, FaultKind::MissingValue]));
}
