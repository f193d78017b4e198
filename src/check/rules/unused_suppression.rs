//! A suppression without any finding to accept.

use crate::diagnostic::Severity;
use crate::rule::{Check, Rule};

/// The rule. Its findings are known after all other rules have run.
pub static RULE: Rule = Rule {
    name: "unused-suppression",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unused-suppression.md"),
    check: Check::Site(|_, _| {}),
};
