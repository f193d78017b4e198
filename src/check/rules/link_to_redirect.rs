//! A link to an old address that redirects to a page.

use crate::address;
use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::site::target::{Fragment, Target};

/// The rule.
pub static RULE: Rule = Rule {
    name: "link-to-redirect",
    severity: Some(Severity::Note),
    doc: include_str!("../../../content/manual/rules/link-to-redirect.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (link, target) in context.destinations() {
        let Target::Page { page, fragment, redirected: true, .. } = target else { continue };
        let id = match fragment {
            Fragment::Missing(_) => continue,
            Fragment::None => None,
            Fragment::Found(id) | Fragment::Alias { primary: id, .. } => Some(id.as_str()),
        };
        let route = context.site.index.pages[*page].route.trim_end_matches('/');
        let message = format!("`{}` redirects to `{route}/`", link.dest);
        let fix = address::to_page(context, link, *page, id, Safety::Safe);
        let finding = context
            .about(link, message)
            .help("the link works, but breaks if the redirect is ever removed");
        out.push(finding.maybe_fix(fix));
    }
}
