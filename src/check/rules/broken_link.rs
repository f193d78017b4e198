//! A link to a page that does not exist.

use crate::diagnostic::{Finding, Safety, Severity};
use crate::markdown::facts::Link;
use crate::rule::{Check, PageContext, Rule};
use crate::site::pages::PageId;
use crate::site::target::{Missing, Target};
use crate::{address, near};

/// The rule.
pub static RULE: Rule = Rule {
    name: "broken-link",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/broken-link.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (link, target) in context.destinations() {
        let Target::Missing(missing) = target else { continue };
        let found = |message: String| context.about(link, message);
        out.push(match missing {
            Missing::Page(_) | Missing::Asset(_) if address::is_host(&link.dest, link.kind) => {
                found(format!("no page at `{}`", link.dest))
                    .help(format!("did you mean `https://{}`?", link.dest))
            }
            Missing::Asset(_) | Missing::Case(_) => continue,
            Missing::Page(key) => no_page(context, link, key),
            Missing::Outside => found(format!("`{}` is outside of the documentation", link.dest))
                .help("link to a full URL"),
            Missing::Redirect(to) => {
                found(format!("`{}` redirects to `{to}`, which is not a page", link.dest))
            }
        });
    }
}

fn no_page(context: &PageContext<'_>, link: &Link, key: &str) -> Finding {
    let index = context.site.index;
    if context.site.config.layout.unlisted.iter().any(|path| path == key) {
        let message = format!("`{key}` is not in `SUMMARY.md`, so mdBook does not publish it");
        return context
            .about(link, message)
            .help("add it to `SUMMARY.md`, or link to another chapter");
    }
    if index.is_unpublished(key) {
        return context
            .about(link, format!("`{}` is a draft, so it is not published", link.dest))
            .help("remove `draft` from its front matter to publish it, or remove the link");
    }
    let near = near::pages(index, key);
    let address = |page: &PageId| match index.pages[*page].route.trim_end_matches('/') {
        "" => "/".to_owned(),
        route => route.to_owned(),
    };
    let fix =
        near.clear().and_then(|page| address::to_page(context, link, *page, None, Safety::Unsafe));
    context
        .about(link, format!("no page at `{}`", link.dest))
        .maybe_help(near.help(address))
        .maybe_fix(fix)
}
