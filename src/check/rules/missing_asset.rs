//! A picture, download or other file that does not exist.

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::site::target::{Missing, Target};
use crate::{address, near};

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-asset",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/missing-asset.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (link, target) in context.destinations() {
        let Target::Missing(Missing::Asset(path)) = target else { continue };
        if address::is_host(&link.dest, link.kind) {
            continue;
        }
        let near = near::assets(&context.site.index.assets, path);
        let fix = near.clear().and_then(|asset| address::to_asset(context, link, asset));
        let message = format!("no file at `{}`", link.dest);
        let finding = context
            .about(link, message)
            .maybe_help(near.help(|asset| format!("/{asset}")))
            .maybe_fix(fix);
        out.push(finding);
    }
}
