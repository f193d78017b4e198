//! A redirect of the settings or of a page that leads to nothing.

use crate::check::near;
use crate::check::rule::{Check, Rule, SiteContext};
use crate::diagnostic::{Finding, Severity};
use crate::markdown::facts::LinkKind;
use crate::site::resolve::{Fragment, Missing, Target};
use crate::site::route;

/// The rule.
pub const RULE: Rule = Rule {
    name: "broken-redirect",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/broken-redirect.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let resolver = context.resolver();
    for redirect in &context.config.redirects {
        if !route::is_possible(route::key(&redirect.from)) {
            let message = format!("a site cannot have the address `{}`", redirect.from);
            out.push(Finding::new(&redirect.path, redirect.span, message));
            continue;
        }
        if redirect.to.contains([':', '*']) && redirect.to.starts_with('/') {
            continue;
        }
        let own = route::key(&redirect.from);
        let to_itself = route::key(&redirect.to) == own;
        let target = resolver.dest(None, &redirect.to, LinkKind::Link);
        let Some(message) = complaint(&target, &redirect.from, &redirect.to, to_itself) else {
            continue;
        };
        let help = help(context, &redirect.to);
        out.push(Finding::new(&redirect.path, redirect.span, message).maybe_help(help));
    }
    pages(context, out);
}

/// The pages that send their readers on.
fn pages(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let resolver = context.resolver();
    for page in &context.index.pages {
        let Some(to) = page.redirect() else { continue };
        let to_itself = route::key(to) == route::key(&page.route);
        let target = resolver.dest(None, to, LinkKind::Link);
        let Some(message) = complaint(&target, &page.route, to, to_itself) else { continue };
        let front = &page.facts.front;
        let node = front.node.as_ref().and_then(|node| node.get("redirect"));
        let span = node.map_or(front.span, |node| node.span);
        out.push(Finding::new(&page.source.path, span, message).maybe_help(help(context, to)));
    }
}

/// What is wrong with a redirect, if something is.
fn complaint(target: &Target, from: &str, to: &str, to_itself: bool) -> Option<String> {
    match target {
        Target::Missing(Missing::Redirect(_)) if to_itself => {
            Some(format!("`{from}` redirects to itself"))
        }
        Target::Missing(_) => Some(format!("`{from}` redirects to `{to}`, where no page is")),
        Target::Page { fragment: Fragment::Missing(id), .. } => {
            Some(format!("`{from}` redirects to the anchor `#{id}`, which that page does not have"))
        }
        _ => None,
    }
}

fn help(context: &SiteContext<'_>, to: &str) -> Option<String> {
    near::page(context.index, to).map(|page| format!("did you mean `{page}`?"))
}
