//! A template that cannot be read or rendered, or that no page uses.

use crate::diagnostic::{Finding, Severity};
use crate::project::LoadFault;
use crate::rule::{Check, Rule, SiteContext};

/// The rule.
pub static RULE: Rule = Rule {
    name: "template-error",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/template-error.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    out.extend(context.faults_of(LoadFault::Template));
}
