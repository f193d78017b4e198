//! A mark that was meant to accept findings, and accepts none.

use crate::diagnostic::Severity;
use crate::rule::{Check, Rule};

/// The rule. What it finds is known when the marks of a page are read, for all rules at once.
pub static RULE: Rule = Rule {
    name: "invalid-suppression",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/invalid-suppression.md"),
    check: Check::Site(|_, _| {}),
};
