//! A redirect of the settings that leads to nothing.

use crate::check::near;
use crate::check::rule::{Check, Rule, SiteContext};
use crate::diagnostic::{Finding, Severity};
use crate::markdown::facts::LinkKind;
use crate::site::resolve::{Fragment, Missing, Target};
use crate::site::route;

/// The rule.
pub const RULE: Rule = Rule {
    name: "broken-redirect",
    severity: Severity::Error,
    doc: include_str!("../../../content/manual/rules/broken-redirect.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let resolver = context.resolver();
    for redirect in &context.config.redirects {
        if redirect.to.contains([':', '*']) && redirect.to.starts_with('/') {
            continue;
        }
        let own = route::key(&redirect.from);
        let message = match resolver.dest(None, &redirect.to, LinkKind::Link) {
            Target::Missing(Missing::Redirect(_)) if route::key(&redirect.to) == own => {
                format!("`{}` redirects to itself", redirect.from)
            }
            Target::Missing(_) => {
                format!("`{}` redirects to `{}`, where no page is", redirect.from, redirect.to)
            }
            Target::Page { fragment: Fragment::Missing(id), .. } => {
                format!(
                    "`{}` redirects to the anchor `#{id}`, which that page does not have",
                    redirect.from
                )
            }
            _ => continue,
        };
        let help =
            near::page(context.index, &redirect.to).map(|page| format!("did you mean `{page}`?"));
        out.push(Finding::new(&redirect.path, redirect.span, message).maybe_help(help));
    }
}
