//! A link to an anchor in the style of another generator.

use crate::address;
use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::site::target::{Fragment, Target};

/// The rule.
pub static RULE: Rule = Rule {
    name: "anchor-style",
    severity: Some(Severity::Note),
    doc: include_str!("../../../content/manual/rules/anchor-style.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (link, target) in context.destinations() {
        let Target::Page { fragment: Fragment::Alias { written, primary }, .. } = target else {
            continue;
        };
        let message = format!("`#{written}` is an anchor in the style of another generator");
        let finding = context
            .about(link, message)
            .help(format!("the link works, but the id of the heading is `#{primary}`"));
        out.push(finding.maybe_fix(address::to_anchor(context, link, primary, Safety::Safe)));
    }
}
