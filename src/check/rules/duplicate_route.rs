//! Two pages, or a page and another file, with the same path in the site.

use crate::diagnostic::{Finding, Severity};
use crate::project::LoadFault;
use crate::rule::{Check, Rule, SiteContext};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-route",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/duplicate-route.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    out.extend(context.faults_of(LoadFault::DuplicateRoute));
    for clash in &context.index.clashes {
        let (kept, lost) = (&context.index.pages[clash.kept], &context.index.pages[clash.lost]);
        let start = Span::new(0, 0);
        let message =
            format!("this page and `{}` have the same address, `{}`", kept.source.path, lost.route);
        let finding = Finding::new(&lost.source.path, start, message)
            .help("rename one of them; until then this one is not published")
            .related(&kept.source.path, start, "this one is published");
        out.push(finding);
    }
}
