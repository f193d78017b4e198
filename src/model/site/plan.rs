//! The files of the site and their paths, and which file loses if two have the same path.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::Config;
use crate::config::flavours::policy::Publishes;
use crate::diagnostic::{Finding, Severity};
use crate::site::index::Index;
use crate::site::pages::{PageId, PageVec};
use crate::site::route;
use crate::site::target::Target;
use crate::source::{Span, VPath};

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A page.
    Page(PageId),
    /// A page that redirects: the address as written.
    Redirect(String),
    /// A page as Markdown.
    Twin(PageId),
    /// A file for machines.
    Machine(MachineFile),
    /// The page for addresses that do not exist.
    NotFound,
    /// The sitemap.
    Sitemap,
    /// A file of the default theme, by its name.
    Theme(&'static str),
    /// A drawing of a diagram: its page, the number of its code block, and whether it is for a dark
    /// ground.
    Drawing(PageId, usize, bool),
    /// A file that is published as it is.
    Asset(VPath),
}

/// A file for programs that is made from the whole site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MachineFile {
    /// Response headers, as Netlify and Cloudflare Pages read them.
    Headers,
    /// Redirects, as Netlify and Cloudflare Pages read them.
    Redirects,
    /// All addresses.
    Urls,
    /// The text of all pages.
    LlmsFull,
    /// A list of all pages.
    Llms,
    /// What crawlers may read.
    Robots,
}

impl MachineFile {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Headers, Self::Redirects, Self::Urls, Self::LlmsFull, Self::Llms, Self::Robots];

    /// Its published path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Headers => "_headers",
            Self::Redirects => "_redirects",
            Self::Urls => "docs-urls.json",
            Self::LlmsFull => "llms-full.txt",
            Self::Llms => "llms.txt",
            Self::Robots => "robots.txt",
        }
    }

    /// Whether a site has it.
    fn is_wanted(self, config: &Config) -> bool {
        !matches!(self, Self::LlmsFull | Self::Llms) || config.twins
    }
}

/// Every file of a site by its path, and the files that lost their path to another.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files.
    pub files: BTreeMap<String, Output>,
    /// The files that are not published, and the path that another file has.
    lost: Vec<(Output, String)>,
}

impl Plan {
    /// The plan of a site.
    pub fn new(config: &Config, index: &Index, targets: &PageVec<Vec<Target>>) -> Self {
        let mut plan = Self::default();
        plan.assets(config, index, targets);
        for name in THEME_FILES {
            plan.files.entry(format!("docgen/{name}")).or_insert(Output::Theme(name));
        }
        for redirect in &config.redirects {
            if let Some(path) = redirect_file(&redirect.from) {
                plan.put(path, Output::Redirect(redirect.to.clone()));
            }
        }
        for at in index.published() {
            let page = &index.pages[at];
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
            for at in index.published() {
                if index.pages[at].has_twin() {
                    let path = twin_file(route::key(&index.pages[at].route));
                    plan.files.entry(path).or_insert(Output::Twin(at));
                }
            }
        }
        for file in MachineFile::ALL.into_iter().filter(|file| file.is_wanted(config)) {
            plan.files.entry(file.path().to_owned()).or_insert(Output::Machine(file));
        }
        let not_found = route::key(route::NOT_FOUND);
        // The tree of another generator may have its own file there.
        let has_own = match plan.files.get(not_found) {
            Some(Output::Page(_)) => true,
            Some(_) => config.flavour.is_foreign(),
            None => false,
        };
        if !has_own {
            plan.put(not_found.to_owned(), Output::NotFound);
        }
        // Its addresses have a host.
        if config.base_url.is_some() {
            plan.put("sitemap.xml".to_owned(), Output::Sitemap);
        }
        plan.settle();
        plan
    }

    fn assets(&mut self, config: &Config, index: &Index, targets: &PageVec<Vec<Target>>) {
        let linked: HashSet<&str> = targets
            .iter()
            .flatten()
            .filter_map(|target| match target {
                Target::Asset(path, _) => Some(path.as_str()),
                _ => None,
            })
            .collect();
        for (published, path) in &index.assets {
            // A root that is not only documentation publishes the files that its pages use.
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

    /// Resolves paths that are both a file and a folder: an asset loses, and of two others the one
    /// below.
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

    /// A finding for every file of the author's that is not published, or that another may replace.
    pub fn findings(&self, index: &Index) -> Vec<Finding> {
        let mut found = self.lost(index);
        found.extend(self.alike(index));
        found
    }

    fn lost(&self, index: &Index) -> Vec<Finding> {
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
            let message = format!("this {what} and {winner} have the same path in the site");
            let help = format!("rename one of them; until then this {what} is not published");
            Some(Finding::new(&path, start, message).help(help).severity(severity))
        };
        self.lost.iter().filter_map(finding).collect()
    }

    /// A finding for each file whose path differs from that of another only in upper and lower
    /// case, at the later one.
    fn alike(&self, index: &Index) -> Vec<Finding> {
        let mut seen: HashMap<String, &VPath> = HashMap::new();
        let mut found = Vec::new();
        for (path, output) in &self.files {
            let source = match output {
                Output::Asset(source) => source,
                Output::Page(page) => &index.pages[*page].source.path,
                _ => continue,
            };
            let Some(other) = seen.insert(path.to_lowercase(), source) else { continue };
            let start = Span::new(0, 0);
            let message =
                format!("the address of this file differs from that of `{other}` only in case");
            let finding = Finding::new(source, start, message)
                .help("rename one of them; Windows and macOS keep only one of the two")
                .related(other, start, "this is the other one");
            found.push(finding.severity(Severity::Warning));
        }
        found
    }
}

/// The files of the default theme, by their names below `docgen/`.
pub const THEME_FILES: &[&str] = &[
    "docgen.css",
    "docgen.js",
    "favicon.svg",
    "fonts/inter-cyrillic.woff2",
    "fonts/inter-greek.woff2",
    "fonts/inter-latin-ext.woff2",
    "fonts/inter-latin.woff2",
    "fonts/inter-vietnamese.woff2",
    "fonts/mono-cyrillic.woff2",
    "fonts/mono-greek.woff2",
    "fonts/mono-latin-ext.woff2",
    "fonts/mono-latin.woff2",
    "redirect.js",
    "search.css",
    "search.js",
    "theme.js",
];

/// The file of an address without slashes around it.
fn file(key: &str) -> String {
    if key.ends_with(".html") {
        return key.to_owned();
    }
    if key.is_empty() { "index.html".to_owned() } else { format!("{key}/index.html") }
}

/// The file of the Markdown twin of an address without slashes around it.
pub fn twin_file(key: &str) -> String {
    let stem = key.strip_suffix(".html").unwrap_or(key);
    format!("{}.md", if stem.is_empty() { "index" } else { stem })
}

/// The addresses of redirects that have no file, so that they only work on hosts that read
/// `_redirects`.
pub fn redirects_of_hosts(config: &Config) -> Vec<String> {
    let possible = |from: &str| route::is_possible(route::key(from));
    let froms = config.redirects.iter().map(|one| &one.from);
    froms.filter(|from| possible(from) && redirect_file(from).is_none()).cloned().collect()
}

/// The file of a redirect; `None` for a pattern, which has no file, and for an address that a site
/// cannot have, which is a finding.
fn redirect_file(from: &str) -> Option<String> {
    let key = route::key(from);
    if key.contains([':', '*', '?', '#']) || !route::is_possible(key) {
        return None;
    }
    VPath::new(&file(key)).map(|path| path.as_str().to_owned())
}
