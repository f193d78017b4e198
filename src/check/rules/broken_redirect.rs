//! A redirect of the settings or of a page that leads nowhere, to another redirect, or never
//! applies.

use std::collections::HashMap;

use crate::config::Redirect;
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::markdown::active::is_code_address;
use crate::markdown::destination::{is_external, split};
use crate::markdown::facts::LinkKind;
use crate::near;
use crate::rule::{Check, Rule, SiteContext};
use crate::site::pages::PageId;
use crate::site::route;
use crate::site::target::{Fragment, Missing, Target};
use crate::source::{Span, VPath};

/// The rule.
pub static RULE: Rule = Rule {
    name: "broken-redirect",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/broken-redirect.md"),
    check: Check::Site(check),
};

/// The longest chain of redirects that is followed.
const MAX_HOPS: usize = 8;

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let chains = Chains::new(context);
    for redirect in &context.config.redirects {
        if !route::is_possible(route::key(&redirect.from)) {
            let message = format!("a site cannot have the address `{}`", redirect.from);
            out.push(Finding::new(&redirect.path, redirect.span, message));
            continue;
        }
        if is_code_address(&redirect.to) {
            let message = format!("`{}` redirects to code, not to an address", redirect.from);
            out.push(Finding::new(&redirect.path, redirect.span, message));
            continue;
        }
        if is_pattern(&redirect.to) && redirect.to.starts_with('/') {
            continue;
        }
        let (path, span) = (&redirect.path, redirect.span);
        out.extend(judge(context, &chains, &redirect.from, &redirect.to, path, span));
    }
    shadowed(context, &chains, out);
    below_base(context, out);
    for page in &context.index.pages {
        for (node, key) in page.aliases() {
            let Err(why) = key else { continue };
            let written = node.as_str().unwrap_or_default().escape_debug();
            let message = format!("`{written}` cannot be an earlier address of this page: {why}");
            out.push(Finding::new(&page.source.path, node.span, message));
        }
    }
    for page in &context.index.pages {
        let Some(to) = page.redirect() else { continue };
        let front = &page.facts.front;
        let node = front.node.as_ref().and_then(|node| node.get("redirect"));
        let span = node.map_or(front.span, |node| node.span);
        out.extend(judge(context, &chains, &page.route, to, &page.source.path, span));
    }
}

/// The target of each redirected address, without patterns.
struct Chains<'a>(HashMap<&'a str, &'a str>);

impl<'a> Chains<'a> {
    fn new(context: &SiteContext<'a>) -> Self {
        let mut chains = HashMap::new();
        for redirect in context.config.redirects.iter().filter(|one| !is_pattern(&one.from)) {
            chains.entry(route::key(&redirect.from)).or_insert(redirect.to.as_str());
        }
        for page in &context.index.pages {
            if let Some(to) = page.redirect() {
                chains.insert(route::key(&page.route), to);
            }
        }
        Self(chains)
    }

    /// The addresses that follow after `to`, and whether they form a circle.
    fn follow(&self, from: &'a str, to: &'a str) -> (Vec<&'a str>, bool) {
        let mut seen = vec![route::key(from)];
        let mut hops = vec![to];
        let mut here = to;
        while hops.len() < MAX_HOPS && !is_external(here) {
            let key = route::key(route::stem(split(here).0));
            if seen.contains(&key) {
                return (hops, true);
            }
            seen.push(key);
            let Some(next) = self.0.get(key) else { break };
            hops.push(next);
            here = next;
        }
        (hops, false)
    }
}

/// The finding about a redirect, if any.
fn judge(
    context: &SiteContext<'_>,
    chains: &Chains<'_>,
    from: &str,
    to: &str,
    path: &VPath,
    span: Span,
) -> Option<Finding> {
    let (hops, circle) = chains.follow(from, to);
    let found = |message: String| Finding::new(path, span, message);
    if circle {
        let own = hops.len() == 1;
        let way = hops.iter().map(|hop| format!("`{hop}`")).collect::<Vec<_>>().join(", then ");
        let message = if own {
            format!("`{from}` redirects to itself")
        } else {
            format!("`{from}` redirects in a circle: to {way}")
        };
        return Some(found(message).help("make one of them lead to a page, or remove it"));
    }
    let near = |to: &str| {
        let page =
            |page: &PageId| context.index.pages[*page].route.trim_end_matches('/').to_owned();
        near::pages(context.index, split(to).0).help(page)
    };
    match context.resolver().dest(None, to, LinkKind::Link) {
        Target::Missing(Missing::Redirect(last)) if last != to => {
            let message =
                format!("`{from}` redirects to `{to}` and then to `{last}`, which is not a page");
            Some(found(message).maybe_help(near(&last)))
        }
        Target::Missing(_) => {
            let message = format!("`{from}` redirects to `{to}`, which is not a page");
            Some(found(message).maybe_help(near(to)))
        }
        Target::Page { page, fragment: Fragment::Missing(id), .. } => {
            let message =
                format!("`{from}` redirects to the anchor `#{id}`, which that page does not have");
            let near = near::anchors(context.index, page, &id, &context.config.language);
            Some(found(message).maybe_help(near.help(|id| format!("#{id}"))))
        }
        _ if hops.len() > 1 => {
            let last = hops.last().copied().unwrap_or(to);
            let message = format!("`{from}` redirects to `{to}`, which redirects again");
            let finding = found(message)
                .severity(Severity::Warning)
                .help(format!("redirect to `{last}` directly"));
            Some(finding.maybe_fix(shortcut(path, span, to, last)))
        }
        _ => None,
    }
}

/// Replaces the target `to` with the last address of the chain.
fn shortcut(path: &VPath, span: Span, to: &str, last: &str) -> Option<Fix> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:~#%?=&+@".contains(c);
    // With a fragment in the chain as well, it is not known which one is meant.
    if !last.chars().all(plain) || to.contains(['#', '?']) {
        return None;
    }
    let quotes = (span.end - span.start).checked_sub(to.len())?;
    let inner = match quotes {
        0 => span,
        2 => Span::new(span.start + 1, span.end - 1),
        _ => return None,
    };
    let edit = Edit { path: path.clone(), span: inner, replacement: last.to_owned() };
    Some(Fix { title: format!("write `{last}`"), safety: Safety::Safe, edits: vec![edit] })
}

/// Redirects of the settings that never apply, or that hide a page.
fn shadowed(context: &SiteContext<'_>, chains: &Chains<'_>, out: &mut Vec<Finding>) {
    let mut first: HashMap<&str, &Redirect> = HashMap::new();
    let mut patterns: Vec<&Redirect> = Vec::new();
    for redirect in &context.config.redirects {
        let key = route::key(&redirect.from);
        let found = |message: String| {
            let finding = Finding::new(&redirect.path, redirect.span, message);
            finding.severity(Severity::Warning)
        };
        if let Some(before) = first.get(key) {
            let message =
                format!("`{}` is redirected twice, to different addresses", redirect.from);
            if route::key(&before.to) != route::key(&redirect.to) {
                let finding = found(message).help("remove one of the two");
                out.push(finding.related(&before.path, before.span, "first here"));
            }
            continue;
        }
        first.insert(key, redirect);
        if is_pattern(key) {
            patterns.push(redirect);
            continue;
        }
        if let Some(page) = hidden(context, chains, redirect) {
            let path = &context.index.pages[page].source.path;
            let message =
                format!("`{}` is redirected, but is also the address of `{path}`", redirect.from);
            out.push(
                found(message)
                    .help("readers see only one of the two; remove the redirect or the page"),
            );
        }
        let wins = |pattern: &&&Redirect| {
            !context.config.flavour.exact_redirects_first
                && matches(route::key(&pattern.from), key)
                && pattern.to != redirect.to
        };
        if let Some(pattern) = patterns.iter().find(wins) {
            let message = format!(
                "`{}` never applies, because `{}` comes before it",
                redirect.from, pattern.from
            );
            let finding = found(message).help("move it before the pattern");
            out.push(finding.related(
                &pattern.path,
                pattern.span,
                "this pattern matches the address",
            ));
        }
    }
}

/// Redirects whose address repeats the path of the site, which is put before each of them. A tree
/// with pages below such an address may mean it.
fn below_base(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let base = context.config.base_path();
    let prefix = format!("{}/", base.trim_start_matches('/'));
    // Other generators have rules of their own for this.
    let foreign = context.config.flavour.is_foreign();
    if foreign || base.is_empty() || context.index.keys().any(|key| key.starts_with(&prefix)) {
        return;
    }
    for redirect in &context.config.redirects {
        let key = route::key(&redirect.from);
        let Some(rest) = key.strip_prefix(&prefix).filter(|rest| !rest.is_empty()) else {
            continue;
        };
        let message = format!(
            "`{}` repeats the path of the site: readers would find it at `{base}/{key}`",
            redirect.from
        );
        let finding = Finding::new(&redirect.path, redirect.span, message);
        let help = format!("write `/{rest}`: the path comes from the address of the site");
        out.push(finding.help(help).severity(Severity::Warning));
    }
}

/// The page that a redirect hides.
fn hidden(context: &SiteContext<'_>, chains: &Chains<'_>, redirect: &Redirect) -> Option<PageId> {
    let page = context.index.page_at(route::key(&redirect.from))?;
    let sent_on = context.index.pages[page].redirect().is_some();
    let (_, circle) = chains.follow(&redirect.from, &redirect.to);
    (!sent_on && !circle).then_some(page)
}

fn is_pattern(address: &str) -> bool {
    !is_external(address) && address.contains([':', '*', '('])
}

/// Whether a pattern certainly matches an address: `:name` matches one segment, and `*` at the end
/// matches all that follow.
fn matches(pattern: &str, key: &str) -> bool {
    let mut parts = key.split('/');
    for wanted in pattern.split('/') {
        let name = wanted.strip_prefix(':').unwrap_or("");
        if wanted == "*" || name.ends_with('*') {
            return parts.next().is_some();
        }
        let Some(part) = parts.next() else { return false };
        let any = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !any && wanted != part {
            return false;
        }
    }
    parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_take_addresses() {
        for (pattern, key, expected) in [
            ("old/*", "old/a", true),
            ("old/*", "old", false),
            ("old/:slug*", "old/a/b", true),
            ("old/:slug", "old/a", true),
            ("old/:slug", "old/a/b", false),
            (":lang/a", "fr/a", true),
            (":lang/a", "fr/b", false),
            ("old/:a(\\d+)", "old/a", false),
            ("old/x*", "old/xy", false),
        ] {
            assert_eq!(matches(pattern, key), expected, "{pattern} {key}");
        }
    }
}
