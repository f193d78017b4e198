//! A link that differs from the name of the file only in upper and lower case.

use crate::address;
use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::site::target::{Missing, Target};

/// The rule.
pub static RULE: Rule = Rule {
    name: "case-mismatch",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/case-mismatch.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let index = context.site.index;
    for (link, target) in context.destinations() {
        let Target::Missing(Missing::Case(actual)) = target else { continue };
        let page = index.page_with_path(actual).or_else(|| index.page_at(actual));
        let fix = match page {
            Some(page) => address::to_page(context, link, page, None, Safety::Safe),
            None => address::to_asset(context, link, actual),
        };
        let message = format!("`{}` differs from `{actual}` in upper and lower case", link.dest);
        let finding =
            context.about(link, message).help("it works only on case-insensitive file systems");
        out.push(finding.maybe_fix(fix));
    }
}
