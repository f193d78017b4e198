//! A variable that is not defined, or whose text cannot stand where it is used.

use crate::diagnostic::{Finding, Severity};
use crate::project::LoadFault;
use crate::rule::{Check, Rule, SiteContext};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-variable",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unknown-variable.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    out.extend(context.faults_of(LoadFault::UnknownVariable));
}
