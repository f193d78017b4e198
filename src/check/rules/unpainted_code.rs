//! Code that could not be highlighted.

use crate::rule::{Check, Rule};
use docgen_base::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unpainted-code",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unpainted-code.md"),
    check: Check::Rendering,
};
