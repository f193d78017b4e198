//! What a link means on a page that another generator publishes: first as a path between files,
//! then as an address, as that generator has it.

use super::resolve::{Missing, Resolver, Target, looks_like_file};
use super::route;
use crate::config::layout::{inside, joined};
use crate::markdown::facts::LinkKind;
use crate::source::VPath;

/// A page that the navigation names and the tree does not have: that is said once, there.
pub const PROMISED: &str = "page of the navigation that is not in the tree";

/// A way to read what was written.
enum Way {
    /// A path of a file from the root.
    File(String),
    /// An address without slashes around it.
    Address(String),
}

/// What stands behind the path, and what the link is for.
#[derive(Clone, Copy)]
pub(super) struct Tail<'l> {
    pub(super) fragment: Option<&'l str>,
    pub(super) query: &'l str,
    pub(super) kind: LinkKind,
}

impl Resolver<'_> {
    /// What a written path leads to, seen from a page or from the root of the content.
    pub(super) fn foreign(&self, from: Option<usize>, path: &str, tail: Tail<'_>) -> Target {
        let ways = self.ways(from, path);
        let found = ways.iter().find_map(|way| match way {
            Way::File(file) => self.file(file, tail),
            Way::Address(key) => self.address(key, tail),
        });
        found.unwrap_or_else(|| self.nothing(from, path, &ways, tail.kind))
    }

    /// What a relative path leads to, seen from a file that need not be a page.
    pub(super) fn dest_in(&self, file: &VPath, dest: &str, kind: LinkKind) -> Option<Target> {
        let (rest, fragment) =
            dest.split_once('#').map_or((dest, None), |(rest, id)| (rest, Some(id)));
        let (path, query) = rest.find('?').map_or((rest, ""), |at| (&rest[..at], &rest[at..]));
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let whole = file.join(&decoded)?;
        self.file(whole.as_str(), Tail { fragment, query, kind })
    }

    fn ways(&self, from: Option<usize>, path: &str) -> Vec<Way> {
        let layout = &self.index.layout;
        if let Some(rest) = path.strip_prefix("@site/") {
            return vec![Way::File(joined(&layout.project, rest))];
        }
        let page = from.map(|page| &self.index.pages[page]).filter(|_| !path.starts_with('/'));
        let mut ways = Vec::new();
        let Some(page) = page else {
            let rest = path.trim_start_matches('/');
            let own = from.and_then(|page| self.index.pages[page].mount);
            let as_files = route::is_page(path)
                || layout.absolute_is_content
                || from.is_none()
                || self.flavour.links.absolute_files;
            if as_files {
                let mounts = own.into_iter().chain(0..layout.mounts.len());
                let folders = mounts.map(|at| layout.mounts[at].folder.as_str());
                let folders = folders.chain([layout.project.as_str()]);
                let files = folders.filter_map(|folder| VPath::new(&joined(folder, rest)));
                ways.extend(files.map(|file| Way::File(file.as_str().to_owned())));
            }
            let below = layout.base.as_deref().and_then(|base| inside(rest, base));
            let keys = below.into_iter().chain([rest]);
            ways.extend(keys.filter_map(VPath::new).map(|key| Way::Address(key.to_string())));
            return ways;
        };
        if let Some(file) = page.source.path.join(path) {
            let stand_in = self.stand_in(file.as_str());
            let page_like = route::is_page(path);
            let bare = self.flavour.links.bare_paths_are_addresses;
            let is_file = page_like || !bare || looks_like_file(path);
            if is_file {
                ways.push(Way::File(file.as_str().to_owned()));
                ways.extend(stand_in.map(Way::File));
            }
            if self.flavour.links.from_content && page_like {
                let mount = page.mount.map(|at| layout.mounts[at].folder.as_str());
                let folders = mount.into_iter().chain([layout.project.as_str()]);
                let files = folders.filter_map(|folder| VPath::new(&joined(folder, path)));
                ways.extend(files.map(|file| Way::File(file.as_str().to_owned())));
            }
        }
        let folder = page.route.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut folders = vec![folder];
        if self.flavour.links.slash_is_open {
            folders.push(folder.rsplit_once('/').map_or("", |(up, _)| up));
        }
        let keys = folders.into_iter().filter_map(|folder| VPath::new(&joined(folder, path)));
        ways.extend(keys.map(|key| Way::Address(key.to_string())));
        ways
    }

    /// The file that stands in for one that a translation lacks.
    fn stand_in(&self, file: &str) -> Option<String> {
        let layout = &self.index.layout;
        let (at, inside) = layout.mount_of(file)?;
        Some(joined(layout.mounts[at].stands_in.as_deref()?, inside))
    }

    pub(super) fn file(&self, file: &str, tail: Tail<'_>) -> Option<Target> {
        let index = self.index;
        if let Some(published) = index.asset_of(file) {
            let behind = tail.fragment.map_or_else(String::new, |id| format!("#{id}"));
            return Some(Target::Asset(published.to_owned(), format!("{}{behind}", tail.query)));
        }
        if tail.kind == LinkKind::Asset {
            return None;
        }
        if let Some(page) = index.page_of_file(file) {
            return Some(self.through(page, tail.fragment, tail.query));
        }
        let links = &self.flavour.links;
        let stem = file.strip_suffix(".html").filter(|_| links.html_files).unwrap_or(file);
        let names = links.suffixes.iter().map(|end| format!("{stem}{end}"));
        let mut names: Vec<String> = names.collect();
        let stem = route::stem(file);
        if stem.len() != file.len() {
            names.extend([format!("{stem}.mdx"), format!("{stem}.md")]);
            names.extend(links.bundles.iter().map(|end| format!("{stem}{end}")));
        }
        let page = names.iter().find_map(|name| index.page_of_file(name))?;
        Some(self.through(page, tail.fragment, tail.query))
    }

    pub(super) fn address(&self, key: &str, tail: Tail<'_>) -> Option<Target> {
        let index = self.index;
        let behind = tail.fragment.map_or_else(String::new, |id| format!("#{id}"));
        if index.assets.contains_key(key) {
            return Some(Target::Asset(key.to_owned(), format!("{}{behind}", tail.query)));
        }
        if tail.kind == LinkKind::Link {
            let plain = key.strip_suffix(".html").unwrap_or(key);
            let plain = if plain == "index" { "" } else { plain };
            let plain = plain.strip_suffix("/index").unwrap_or(plain);
            let with_suffix = format!("{key}.html");
            let small = self.flavour.links.small_letters;
            let small = if small { key.to_lowercase() } else { key.to_owned() };
            for key in [key, plain, &with_suffix, &small] {
                if let Some(page) = index.page_at(key).or_else(|| self.untranslated(key)) {
                    return Some(self.through(page, tail.fragment, tail.query));
                }
                if let Some(to) = index.redirect(key) {
                    return Some(self.follow(&to, tail.fragment, tail.query));
                }
            }
        }
        if matches!(key, "sitemap.xml" | "robots.txt" | "llms.txt" | "llms-full.txt") {
            return Some(Target::Unknown("made by the generator"));
        }
        let layout = &index.layout;
        if let Some(why) = layout.maker_of(key) {
            return Some(Target::Unknown(why));
        }
        self.flavour.section_lists.filter(|_| index.folders.contains(key)).map(Target::Unknown)
    }

    /// The page of the main language that stands in for one that another lacks.
    fn untranslated(&self, key: &str) -> Option<usize> {
        let layout = &self.index.layout;
        if !self.flavour.links.translations_fall_back {
            return None;
        }
        let (code, rest) = key.split_once('/').unwrap_or((key, ""));
        if !layout.languages.iter().any(|one| one == code) {
            return None;
        }
        let main = layout.main_language.as_deref().map(|main| joined(main, rest));
        main.and_then(|key| self.index.page_at(&key)).or_else(|| self.index.page_at(rest))
    }

    /// Whether a path ends like a file that a hook for links leaves alone.
    fn names_file(&self, path: &str) -> bool {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        self.flavour.links.plain_files.contains(&ending)
    }

    /// What to say of a link that leads to nothing that is known.
    fn nothing(&self, from: Option<usize>, path: &str, ways: &[Way], kind: LinkKind) -> Target {
        let layout = &self.index.layout;
        let page_like = route::is_page(path);
        if ways.is_empty() {
            return outside(page_like && kind == LinkKind::Link && !layout.link_hook);
        }
        if path.starts_with('/') && !page_like && from.is_some() {
            let base = layout.base.as_deref();
            let site = if self.flavour.links.adds_base { Some("") } else { base };
            let rest = path.trim_start_matches('/');
            if site.is_none_or(|base| !base.is_empty() && inside(rest, base).is_none()) {
                return Target::Unknown("address on the same host");
            }
        }
        let mut keys: Vec<String> = Vec::new();
        for way in ways {
            match way {
                Way::Address(key) => keys.push(key.clone()),
                Way::File(file) => {
                    let Some((at, rest)) = layout.mount_of(file) else { continue };
                    keys.push(joined(&layout.mounts[at].at, rest));
                }
            }
        }
        let relative = !path.starts_with(['/', '@']);
        let first_is_out = matches!(&ways[0], Way::File(file)
            if layout.mount_of(file).is_none() && layout.static_path(file).is_none());
        if first_is_out && relative && from.is_some() {
            if page_like && kind == LinkKind::Link {
                if layout.link_hook {
                    return Target::Unknown("address that a hook of the site reads");
                }
                return Target::Missing(Missing::Outside);
            }
            if self.flavour.links.bundler || keys.is_empty() {
                return Target::Unknown("outside of the folders that were read");
            }
        }
        if path.starts_with("@site/") && first_is_out {
            return Target::Unknown("outside of the folders that were read");
        }
        if path.starts_with("~/") || path.starts_with('@') && !path.starts_with("@site/") {
            return Target::Unknown("alias of a bundler");
        }
        if layout.link_hook && relative && !page_like && !self.names_file(path) {
            return Target::Unknown("address that a hook of the site reads");
        }
        if keys.iter().any(|key| self.index.is_promised(key)) {
            return Target::Unknown(PROMISED);
        }
        if let Some(why) = keys.iter().find_map(|key| layout.maker_of(route::stem(key))) {
            return Target::Unknown(why);
        }
        let files = ways.iter().filter_map(|way| match way {
            Way::File(file) => Some(file.as_str()),
            Way::Address(_) => None,
        });
        let names: Vec<&str> = keys.iter().map(String::as_str).chain(files).collect();
        if names.iter().any(|name| self.index.is_unpublished(name.trim_end_matches('/'))) {
            return Target::Unknown("draft");
        }
        let mut names = names.into_iter();
        if let Some(actual) = names.find_map(|name| self.index.in_another_case(name)) {
            return Target::Missing(Missing::Case(actual.to_owned()));
        }
        let asset = kind == LinkKind::Asset || looks_like_file(path);
        let key = keys.into_iter().next().unwrap_or_else(|| path.trim_matches('/').to_owned());
        let shown = kind == LinkKind::Asset || asset && key.contains('/');
        if layout.maker.is_some() && !shown && !self.index.has_neighbours(route::stem(&key)) {
            return Target::Unknown("page that a plugin may make");
        }
        Target::Missing(if asset { Missing::Asset(key) } else { Missing::Page(key) })
    }
}

/// A link that leaves the site: a page there is one that nobody publishes.
fn outside(page: bool) -> Target {
    if page { Target::Missing(Missing::Outside) } else { Target::Unknown("outside of the site") }
}
