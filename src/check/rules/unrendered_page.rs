//! A page that docgen fails to render.

use crate::rule::{Check, Rule};
use docgen_base::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unrendered-page",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/unrendered-page.md"),
    check: Check::Rendering,
};
