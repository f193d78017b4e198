//! A page that lost its end, or a large part, since the revision of `--since`.

use crate::diagnostic::{Finding, Severity};
use crate::earlier_version::losses;
use crate::rule::{Check, Rule, SiteContext};
use crate::source::{Span, line_start};

/// The rule.
pub static RULE: Rule = Rule {
    name: "shrunken-page",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/shrunken-page.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let Some(earlier) = &context.earlier else { return };
    for (at, what) in losses(context.index, earlier) {
        let page = &context.index.pages[at];
        let text = page.source.text.trim_end();
        let start = line_start(text, text.len());
        out.push(
            Finding::new(&page.source.path, Span::new(start, text.len()), what)
                .help("restore it, or accept this finding if it was removed on purpose"),
        );
    }
}
