//! A suppression that is invalid and accepts nothing.

use crate::diagnostic::Severity;
use crate::rule::{Check, Rule};

/// The rule. Its findings are collected when the suppressions of a page are read.
pub static RULE: Rule = Rule {
    name: "invalid-suppression",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/invalid-suppression.md"),
    check: Check::Site(|_, _| {}),
};
