//! A link to an address of another site that is gone.

use crate::diagnostic::{Finding, Severity};
use crate::project::LoadFault;
use crate::rule::{Check, Rule, SiteContext};

/// The rule. What it finds is asked for before: it only runs with `--external`.
pub static RULE: Rule = Rule {
    name: "dead-external-link",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/dead-external-link.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    out.extend(context.faults_of(LoadFault::ExternalLink));
}
