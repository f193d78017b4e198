//! A link that leads to no page.

use crate::check::near;
use crate::check::rule::{Check, PageContext, Rule};
use crate::diagnostic::{Finding, Severity};
use crate::site::resolve::{Missing, Target};

/// The rule.
pub const RULE: Rule = Rule {
    name: "broken-link",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/broken-link.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (link, target) in context.links() {
        let Target::Missing(missing) = target else { continue };
        let found = Finding::new(context.path(), link.span, String::new());
        let (message, help) = match missing {
            Missing::Asset(_) => continue,
            Missing::Page(key) => {
                let help = near::page(context.site.index, key);
                (
                    format!("no page at `{}`", link.dest),
                    help.map(|page| format!("did you mean `{page}`?")),
                )
            }
            Missing::Case(actual) if context.site.index.assets.contains_key(actual) => continue,
            Missing::Case(actual) => (
                format!("no page at `{}`: its name has other capitals", link.dest),
                Some(format!("write `{actual}`; only some file systems find it as it is")),
            ),
            Missing::Outside => (
                format!("`{}` leaves the documentation", link.dest),
                Some("link to a full URL".to_owned()),
            ),
            Missing::Redirect(to) => {
                (format!("`{}` redirects to `{to}`, where no page is", link.dest), None)
            }
        };
        out.push(Finding { message, ..found }.maybe_help(help));
    }
}
