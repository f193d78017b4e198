//! A link to an anchor that its page does not have.

use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::site::target::{Fragment, Target};
use crate::{address, near};

/// The rule.
pub static RULE: Rule = Rule {
    name: "broken-anchor",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/broken-anchor.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let index = context.site.index;
    for (link, target) in context.destinations() {
        let Target::Page { page, fragment: Fragment::Missing(id), redirected, .. } = target else {
            continue;
        };
        let there = &index.pages[*page];
        let message = if link.dest.starts_with('#') {
            format!("no anchor `#{id}` on this page")
        } else if *redirected {
            format!("no anchor `#{id}` on `{}`, where `{}` redirects to", there.route, link.dest)
        } else {
            format!("no anchor `#{id}` on `{}`", there.source.path)
        };
        let near = near::anchors(index, *page, id, &context.site.config.language);
        let finding = context.about(link, message).maybe_help(near.help(|id| format!("#{id}")));
        let fix = near.clear().and_then(|id| {
            address::to_anchor(context, link, id, Safety::Unsafe).filter(|_| !redirected)
        });
        out.push(finding.maybe_fix(fix));
    }
}
