//! A mark that accepts findings that are not there.

use crate::diagnostic::Severity;
use crate::rule::{Check, Rule};

/// The rule. What it finds is known when all others have spoken.
pub static RULE: Rule = Rule {
    name: "unused-suppression",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unused-suppression.md"),
    check: Check::Site(|_, _| {}),
};
