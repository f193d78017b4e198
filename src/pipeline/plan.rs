//! What is published where, and who goes without when two want one place.

use std::collections::{BTreeMap, HashSet};

use super::extra::EXTRAS;
use super::publisher::Output;
use crate::config::Config;
use crate::config::flavours::policy::Publishes;
use crate::diagnostic::{Finding, Severity};
use crate::render::template::STATIC;
use crate::site::index::Index;
use crate::site::resolve::Target;
use crate::site::route;
use crate::source::{Span, VPath};

/// Every file of a site by its path, and what found its place taken.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files.
    pub files: BTreeMap<String, Output>,
    /// What is not published, and the path of what is published instead.
    lost: Vec<(Output, String)>,
}

impl Plan {
    /// The plan of a site.
    pub fn new(config: &Config, index: &Index, targets: &[Vec<Target>]) -> Self {
        let mut plan = Self::default();
        plan.assets(config, index, targets);
        for (at, (name, _)) in STATIC.iter().enumerate() {
            plan.files.entry(format!("docgen/{name}")).or_insert(Output::Theme(at));
        }
        for redirect in &config.redirects {
            if let Some(path) = redirect_file(&redirect.from) {
                plan.put(path, Output::Redirect(redirect.to.clone()));
            }
        }
        for (at, page) in index.pages.iter().enumerate().filter(|(at, _)| index.is_published(*at)) {
            let output = match page.redirect() {
                Some(to) => Output::Redirect(to.to_owned()),
                None => Output::Page(at),
            };
            plan.put(file(route::key(&page.route)), output);
        }
        for (from, page) in index.old_addresses() {
            let Some(path) = redirect_file(&from) else { continue };
            let to = Output::Redirect(index.pages[page].route.clone());
            plan.files.entry(path).or_insert(to);
        }
        if config.twins {
            for at in (0..index.pages.len()).filter(|at| index.is_published(*at)) {
                if index.pages[at].redirect().is_none() {
                    let path = twin_file(route::key(&index.pages[at].route));
                    plan.files.entry(path).or_insert(Output::Twin(at));
                }
            }
        }
        for (at, extra) in EXTRAS.iter().enumerate().filter(|(_, extra)| (extra.wanted)(config)) {
            plan.files.entry(extra.path.to_owned()).or_insert(Output::Extra(at));
        }
        // A tree of another generator may have a page of its own there.
        if !(config.flavour.is_foreign() && plan.files.contains_key("404.html")) {
            plan.put("404.html".to_owned(), Output::NotFound);
        }
        plan.put("sitemap.xml".to_owned(), Output::Sitemap);
        plan.settle();
        plan
    }

    fn assets(&mut self, config: &Config, index: &Index, targets: &[Vec<Target>]) {
        let linked: HashSet<&str> = targets
            .iter()
            .flatten()
            .filter_map(|target| match target {
                Target::Asset(path, _) => Some(path.as_str()),
                _ => None,
            })
            .collect();
        for (published, path) in &index.assets {
            // A root that is not only documentation publishes what its pages ask for.
            let whole = match config.flavour.publishes {
                Publishes::All => true,
                Publishes::ContentFolder => !config.content.is_empty(),
                Publishes::Linked => false,
            };
            if whole || linked.contains(published.as_str()) {
                self.files.insert(published.clone(), Output::Asset(path.clone()));
            }
        }
    }

    fn put(&mut self, path: String, output: Output) {
        if let Some(lost) = self.files.insert(path.clone(), output) {
            self.lost.push((lost, path));
        }
    }

    /// A path cannot be a file and a folder: an asset yields, and of two others the one below.
    fn settle(&mut self) {
        let paths: Vec<String> = self.files.keys().cloned().collect();
        for path in paths {
            let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            let Some(above) = folders.rfind(|above| self.files.contains_key(*above)) else {
                continue;
            };
            let yields = matches!(self.files[above], Output::Asset(_));
            let (lost, kept) = if yields { (above, path.as_str()) } else { (path.as_str(), above) };
            let kept = kept.to_owned();
            if let Some(output) = self.files.remove(lost) {
                self.lost.push((output, kept));
            }
        }
    }

    /// A finding for every file of the author's that is not published.
    pub fn findings(&self, index: &Index) -> Vec<Finding> {
        let finding = |(output, place): &(Output, String)| {
            let path = match output {
                Output::Asset(path) => path.clone(),
                Output::Page(page) => index.pages[*page].source.path.clone(),
                _ => return None,
            };
            let start = Span::new(0, 0);
            let what = if matches!(output, Output::Page(_)) { "page" } else { "file" };
            let (winner, severity) = match self.files.get(place) {
                Some(Output::Page(page)) => {
                    (format!("the page `{}`", index.pages[*page].source.path), Severity::Error)
                }
                Some(Output::NotFound | Output::Sitemap) => {
                    (format!("docgen's own `{place}`"), Severity::Warning)
                }
                _ => (format!("`{place}`"), Severity::Error),
            };
            let message = format!("this {what} and {winner} want the same place in the site");
            let help = format!("rename one of them; until then this {what} is not published");
            Some(Finding::new(&path, start, message).help(help).severity(severity))
        };
        self.lost.iter().filter_map(finding).collect()
    }
}

/// The file of an address without slashes around it.
fn file(key: &str) -> String {
    if key.ends_with(".html") {
        return key.to_owned();
    }
    if key.is_empty() { "index.html".to_owned() } else { format!("{key}/index.html") }
}

/// The file of the Markdown twin of an address without slashes around it.
pub(super) fn twin_file(key: &str) -> String {
    let stem = key.strip_suffix(".html").unwrap_or(key);
    format!("{}.md", if stem.is_empty() { "index" } else { stem })
}

/// The file of a redirect; none for a pattern, which no file can stand for, and none for an
/// address that no site can have, which is a finding of its own.
fn redirect_file(from: &str) -> Option<String> {
    let key = route::key(from);
    if key.contains([':', '*', '?', '#']) || !route::is_possible(key) {
        return None;
    }
    VPath::new(&file(key)).map(|path| path.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::Output;
    use crate::pipeline::{Inputs, Site};

    fn site(files: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut files: Vec<(String, String)> =
            files.iter().map(|path| ((*path).to_owned(), "# x\n".to_owned())).collect();
        files.push(("docgen.toml".to_owned(), "twins = false\n".to_owned()));
        let site = Site::new(Inputs::from_texts(files).unwrap()).unwrap();
        let findings = site.check().0.into_iter().map(|one| one.finding.path.to_string());
        let files = site.plan().files.into_iter();
        let own =
            files.filter(|(_, output)| !matches!(output, Output::Theme(_) | Output::Extra(_)));
        (own.map(|(name, _)| name).collect(), findings.collect())
    }

    #[test]
    fn nobody_goes_without_in_silence() {
        for (path, lost, kept) in [
            ("content/a/index.html", "content/a/index.html", "a/index.html"),
            ("content/a", "content/a", "a/index.html"),
            ("content/404.html", "content/404.html", "404.html"),
            ("content/404.html/x.png", "content/404.html/x.png", "404.html"),
            ("content/index.html/b.md", "content/index.html/b.md", "index.html"),
        ] {
            let (names, findings) = site(&["content/index.md", "content/a.md", path]);
            assert_eq!(findings, [lost], "{path}");
            assert!(names.contains(&kept.to_owned()), "{path}: {names:?}");
            assert_eq!(names.len(), 4, "{path}: {names:?}");
        }
        assert!(site(&["content/index.md", "content/a/b.md", "content/a/c.png"]).1.is_empty());
    }
}
