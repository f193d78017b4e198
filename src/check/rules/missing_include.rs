//! An included text that does not exist or may not be read.

use crate::diagnostic::{Finding, Severity};
use crate::project::LoadFault;
use crate::rule::{Check, Rule, SiteContext};

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-include",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/missing-include.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    out.extend(context.faults_of(LoadFault::MissingInclude));
}
