//! Fixes that rewrite the destination of a link in the style of the old one: from the root or
//! relative, with or without a suffix.

use super::rule::PageContext;
use crate::diagnostic::{Edit, Fix, Safety};
use crate::markdown::destination;
use crate::markdown::facts::{Link, LinkKind};
use crate::site::pages::PageId;
use crate::site::route;
use crate::site::target::{Fragment, Target};
use crate::source::parent;

/// A fix that makes a link lead to a page, with its own fragment or another one.
pub fn to_page(
    context: &PageContext<'_>,
    link: &Link,
    page: PageId,
    fragment: Option<&str>,
    safety: Safety,
) -> Option<Fix> {
    let (path, suffix) = destination::split_path(&link.dest);
    let target = &context.site.index.pages[page];
    let key = route::key(&target.route);
    let written = path.trim_end_matches('/');
    let new = if route::is_page(written) {
        target.content_path.clone()
    } else if written.ends_with(".html") {
        format!("{}.html", if key.is_empty() { "index" } else { key })
    } else if path.ends_with('/') && !key.is_empty() {
        format!("{key}/")
    } else {
        key.to_owned()
    };
    let suffix = match fragment {
        Some(id) => format!("{}#{id}", destination::split(&link.dest).1),
        None => suffix.to_owned(),
    };
    let arrives = |found: &Target| match found {
        Target::Page { page: found, fragment, redirected: false, .. } => {
            *found == page && !matches!(fragment, Fragment::Missing(_))
        }
        _ => false,
    };
    rewritten(context, link, path, &new, &suffix, safety, arrives)
}

/// A fix that makes a link lead to a file.
pub fn to_asset(context: &PageContext<'_>, link: &Link, asset: &str) -> Option<Fix> {
    let (path, suffix) = destination::split_path(&link.dest);
    let arrives = |found: &Target| matches!(found, Target::Asset(found, _) if found == asset);
    rewritten(context, link, path, asset, suffix, Safety::Unsafe, arrives)
}

/// A fix that replaces the fragment of a link.
pub fn to_anchor(context: &PageContext<'_>, link: &Link, id: &str, safety: Safety) -> Option<Fix> {
    let (path, query, Some(_)) = destination::split(&link.dest) else { return None };
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if !id.chars().all(plain) {
        return None;
    }
    fix(context, link, format!("{path}{query}#{id}"), format!("write `#{id}`"), safety)
}

fn rewritten(
    context: &PageContext<'_>,
    link: &Link,
    old: &str,
    new: &str,
    suffix: &str,
    safety: Safety,
    arrives: impl Fn(&Target) -> bool,
) -> Option<Fix> {
    let plain = |c: char| c.is_alphanumeric() || "-_./@~+:".contains(c);
    if !new.chars().all(plain) {
        return None;
    }
    let own = &context.page.content_path;
    let from = context.site.index.page_with_path(own)?;
    let mut spellings = Vec::new();
    if old.starts_with('/') {
        spellings.push(format!("/{new}"));
    } else {
        let folder = parent(own);
        for base in [folder, route::key(&context.page.route)] {
            let path = relative(base, new);
            let dotted = old.starts_with("./") && !path.starts_with("../");
            spellings.push(if dotted { format!("./{path}") } else { path });
        }
    }
    let resolver = context.site.resolver();
    let dest = spellings
        .into_iter()
        .map(|path| format!("{path}{suffix}"))
        .find(|dest| arrives(&resolver.dest(Some(from), dest, link.kind)))?;
    let title = format!("write `{dest}`");
    fix(context, link, dest, title, safety)
}

/// A fix that replaces a destination, if it occurs literally in the source.
fn fix(
    context: &PageContext<'_>,
    link: &Link,
    dest: String,
    title: String,
    safety: Safety,
) -> Option<Fix> {
    let span = link.dest_span();
    if dest == link.dest || context.text().get(span.start..span.end) != Some(&link.dest) {
        return None;
    }
    let edit = Edit { path: context.path().clone(), span, replacement: dest };
    Some(Fix { title, safety, edits: vec![edit] })
}

/// A path relative to a folder.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut out = "../".repeat(from.len() - shared);
    out.push_str(&to[shared..].join("/"));
    if out.is_empty() { "./".to_owned() } else { out }
}

/// Whether a destination is the URL of another host without its scheme: `www.example.com/a`.
pub fn is_host(dest: &str, kind: LinkKind) -> bool {
    const TOP: &[&str] =
        &["ai", "app", "co", "com", "de", "dev", "edu", "gov", "io", "net", "org", "uk"];
    let host = dest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let labels: Vec<&str> = host.split('.').collect();
    let named = |label: &&str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    kind == LinkKind::Link
        && labels.len() > 1
        && labels.iter().all(named)
        && (labels[0] == "www" || labels.last().is_some_and(|last| TOP.contains(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_folders() {
        for (folder, path, expected) in [
            ("", "a.md", "a.md"),
            ("a", "a/b.md", "b.md"),
            ("a/b", "a/c/d.md", "../c/d.md"),
            ("a/b", "c.md", "../../c.md"),
            ("a", "a", "../a"),
            ("a/b", "a/b", "../b"),
        ] {
            assert_eq!(relative(folder, path), expected, "{folder} {path}");
        }
    }

    #[test]
    fn hosts() {
        for dest in ["www.example.com", "example.com/a.html", "docs.example.org#x", "example.dev"] {
            assert!(is_host(dest, LinkKind::Link), "{dest}");
        }
        for dest in
            ["a.md", "/example.com", "./example.com", "x.zip", "a/b.com", "..", "com", "a..com"]
        {
            assert!(!is_host(dest, LinkKind::Link), "{dest}");
        }
    }
}
