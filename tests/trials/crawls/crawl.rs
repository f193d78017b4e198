//! A crawl of a built site, by a reader of HTML that knows nothing of how docgen looks links up,
//! against what `check` says: the same dead links, page by page.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::common::rendering::check;
use docgen::markdown::facts::Link;
use docgen::project::Model;
use docgen::render::publish::Output;
use docgen::site::target::{Fragment, Missing, Target};
use libtest_mimic::Failed;
use percent_encoding::percent_decode_str;

use super::Page;

/// The rules that speak of links in the content.
const RULES: &[&str] = &["broken-link", "broken-anchor", "missing-asset", "case-mismatch"];

/// A dead link: the page, and the file and the id that it leads to.
type Dead = BTreeSet<(String, String, String)>;

/// What the two can differ in, by kind, and how often they do.
type Exceptions = BTreeMap<&'static str, usize>;

/// Fails where the crawl and `check` differ, or where there is less to look at than there was.
pub fn agree(
    site: &Model,
    outputs: &BTreeMap<String, Output>,
    pages: &[Page],
    least: usize,
) -> Result<(), Failed> {
    let mut exceptions = Exceptions::new();
    let reported = reported(site, pages, &mut exceptions);
    let unknown = unknown(site, pages);
    let base = site.config.base_path();
    let (count, found) = crawl(outputs, pages, &base, &unknown, &mut exceptions);
    println!("{count} links crawled, {} dead, {} reported", found.len(), reported.len());
    println!("exceptions: {exceptions:?}");
    let line = |what: &str, (page, file, id): &(String, String, String)| {
        format!("{what}: {page} -> {file}#{id}")
    };
    let silent = found.difference(&reported).map(|dead| line("dead and not reported", dead));
    let wrong = reported.difference(&found).map(|dead| line("reported and not dead", dead));
    let differences: Vec<String> = silent.chain(wrong).collect();
    if count < least {
        return Err(format!("only {count} links crawled").into());
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

/// Every dead link that readers meet.
fn crawl(
    outputs: &BTreeMap<String, Output>,
    pages: &[Page],
    base: &str,
    unknown: &HashSet<(String, String, String)>,
    exceptions: &mut Exceptions,
) -> (usize, Dead) {
    let ids: HashMap<&str, HashSet<&str>> = pages
        .iter()
        .map(|page| (page.file.as_str(), page.html.ids.iter().map(String::as_str).collect()))
        .collect();
    let (mut count, mut dead) = (0, Dead::new());
    for page in pages {
        for (href, content) in &page.html.hrefs {
            // An address from the root that is not below the base leads out of the site.
            let inside = href.strip_prefix(base).filter(|_| href.starts_with('/'));
            let Some((file, id)) = target(&page.file, inside.unwrap_or(href)) else { continue };
            count += 1;
            let there = match ids.get(file.as_str()) {
                Some(ids) => id.is_empty() || id == "top" || ids.contains(id.as_str()),
                None => outputs.contains_key(&file),
            };
            if there {
                continue;
            }
            let link = (page.path.clone(), file, id);
            if !content && link.1 == "index.html" {
                *exceptions.entry("the theme's link home, where no page is").or_default() += 1;
            } else if unknown.contains(&link) {
                *exceptions.entry("leads out of what was checked").or_default() += 1;
            } else {
                dead.insert(link);
            }
        }
    }
    (count, dead)
}

/// Every link of the content that `check` calls dead.
fn reported(site: &Model, pages: &[Page], exceptions: &mut Exceptions) -> Dead {
    let files: HashMap<&str, &str> =
        pages.iter().map(|page| (page.path.as_str(), page.file.as_str())).collect();
    let mut links: HashMap<&str, Vec<(&Link, &Target)>> = HashMap::new();
    for (page, targets) in site.index.pages.iter().zip(&site.targets) {
        let pairs = page.facts.links.iter().zip(targets).collect();
        links.insert(page.source.path.as_str(), pairs);
    }
    let mut dead = Dead::new();
    for one in check(site).0.iter().filter(|one| RULES.contains(&one.rule.name)) {
        let path = one.finding.path.as_str();
        let Some(file) = files.get(path) else {
            *exceptions.entry("stands on a page that sends its readers on").or_default() += 1;
            continue;
        };
        let meant = |(link, target): &&(&Link, &Target)| {
            let spans = [link.span, link.dest_span()];
            let missing = matches!(
                target,
                Target::Missing(_) | Target::Page { fragment: Fragment::Missing(_), .. }
            );
            missing && spans.contains(&one.finding.span)
        };
        let Some((link, target)) = links[path].iter().find(meant) else {
            *exceptions.entry("stands in front matter, which is not content").or_default() += 1;
            continue;
        };
        if let Some((to, id)) = published(site, file, link, target) {
            dead.insert((path.to_owned(), to, id));
        }
    }
    dead
}

/// The links that `check` does not judge, as the crawl meets them.
fn unknown(site: &Model, pages: &[Page]) -> HashSet<(String, String, String)> {
    let files: HashMap<&str, &str> =
        pages.iter().map(|page| (page.path.as_str(), page.file.as_str())).collect();
    let mut found = HashSet::new();
    for (page, targets) in site.index.pages.iter().zip(&site.targets) {
        let path = page.source.path.as_str();
        let Some(file) = files.get(path) else { continue };
        for (link, target) in page.facts.links.iter().zip(targets) {
            if let (Target::Unknown(_), Some((to, id))) = (target, self::target(file, &link.dest)) {
                found.insert((path.to_owned(), to, id));
            }
        }
    }
    found
}

/// Where a dead link leads on the built site.
fn published(site: &Model, file: &str, link: &Link, missing: &Target) -> Option<(String, String)> {
    let id = link.dest.split_once('#').map_or("", |(_, id)| id);
    let id = percent_decode_str(id).decode_utf8_lossy().into_owned();
    match missing {
        Target::Page { page, fragment: Fragment::Missing(id), .. } => {
            let route = &site.index.pages[*page].route;
            target(file, route).map(|(file, _)| (file, id.clone()))
        }
        Target::Missing(Missing::Page(key)) if key.is_empty() => Some(("index.html".into(), id)),
        Target::Missing(Missing::Page(key)) if key.ends_with(".html") => Some((key.clone(), id)),
        Target::Missing(Missing::Page(key)) => Some((format!("{key}/index.html"), id)),
        Target::Missing(Missing::Asset(path)) => Some((path.clone(), id)),
        Target::Missing(Missing::Redirect(to)) => {
            target(file, &format!("/{}", to.trim_start_matches('/')))
        }
        Target::Missing(Missing::Case(_) | Missing::Outside) => target(file, &link.dest),
        _ => None,
    }
}

/// The file and the id that an address leads to, seen from a file of the site; none if it leads
/// to another site.
fn target(from: &str, href: &str) -> Option<(String, String)> {
    let href = href.trim();
    let scheme =
        href.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    let scheme = scheme.count();
    if href.starts_with("//") || scheme > 1 && href.as_bytes().get(scheme) == Some(&b':') {
        return None;
    }
    let (path, id) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split('?').next().unwrap_or(path);
    let id = id.split(":~:").next().unwrap_or(id);
    let id = percent_decode_str(id).decode_utf8().ok()?.into_owned();
    if path.is_empty() {
        return Some((from.to_owned(), id));
    }
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(from.split('/'));
        parts.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            // A browser does not go above the root.
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("..");
    if folder || parts.is_empty() {
        parts.push("index.html");
    }
    Some((parts.join("/"), id))
}
