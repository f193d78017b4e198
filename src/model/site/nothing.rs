//! The target of a link that leads to no file, page or redirect: missing, or unknown with the
//! reason.

use super::lookup::Lookup;
use super::pages::PageId;
use super::places::Place;
use super::reason::Reason;
use super::route;
use super::target::{Missing, Target};
use crate::config::layout::{inside, joined};
use crate::markdown::destination::looks_like_file;
use crate::markdown::facts::LinkKind;

impl Lookup<'_> {
    /// The target of a path that leads to nothing in any of `places`.
    pub(super) fn nothing(
        &self,
        from: Option<PageId>,
        path: &str,
        places: &[Place],
        kind: LinkKind,
    ) -> Target {
        let (foreign, layout) = (self.flavour.is_foreign(), &self.index.layout);
        // A page outside of the site is not published, unless a hook handles the link.
        let to_page = route::is_page(path) && kind == LinkKind::Link;
        let lost = foreign && to_page && !layout.link_hook;
        if places.is_empty() {
            return match self.flavour.links.files_only {
                true => Target::Unknown(Reason::OutsideOfCheckedFolder),
                false if lost || !foreign => Target::Missing(Missing::Outside),
                false => Target::Unknown(Reason::OutsideOfSite),
            };
        }
        if lost && from.is_some() && is_relative(path) && self.begins_outside(places) {
            return Target::Missing(Missing::Outside);
        }
        let keys = self.keys(places);
        let uncertain = match foreign {
            true => self.uncertain(from, path, places, &keys, kind),
            false => self.uncertain_among_files(path, &keys),
        };
        if let Some(why) = uncertain {
            return Target::Unknown(why);
        }
        let names = || keys.iter().map(String::as_str).chain(files(places));
        if let Some(actual) = names().find_map(|name| self.index.in_another_case(name)) {
            return Target::Missing(Missing::Case(actual.to_owned()));
        }
        let key = keys.into_iter().next().unwrap_or_else(|| path.trim_matches('/').to_owned());
        let asset = kind == LinkKind::Asset || looks_like_file(if foreign { path } else { &key });
        let shown = kind == LinkKind::Asset || asset && key.contains('/');
        let made = foreign && layout.maker.is_some();
        if made && !shown && !self.index.has_neighbours(route::stem(&key)) {
            return Target::Unknown(Reason::PluginPage);
        }
        Target::Missing(if asset { Missing::Asset(key) } else { Missing::Page(key) })
    }

    /// The addresses of the places that are in the site.
    fn keys(&self, places: &[Place]) -> Vec<String> {
        let layout = &self.index.layout;
        let key = |place: &Place| match place {
            Place::Address(key) | Place::Content(key) => Some(key.clone()),
            Place::File(file) => {
                let (at, rest) = layout.mount_of(file)?;
                Some(joined(&layout.mounts[at].at, rest))
            }
        };
        places.iter().filter_map(key).collect()
    }

    /// Whether the first place is a file outside of the folders that were read.
    fn begins_outside(&self, places: &[Place]) -> bool {
        let layout = &self.index.layout;
        matches!(places.first(), Some(Place::File(file))
            if layout.mount_of(file).is_none() && layout.static_path(file).is_none())
    }

    /// Why the target of a path is unknown in a folder of Markdown without settings.
    fn uncertain_among_files(&self, path: &str, keys: &[String]) -> Option<Reason> {
        if !self.flavour.links.files_only {
            return None;
        }
        if keys.first().is_some_and(|key| self.index.folders.contains(key)) {
            return Some(Reason::FolderWithoutIndex);
        }
        let layout = &self.index.layout;
        if layout.maker.is_some() && (path.starts_with('/') || !route::is_page(path)) {
            return Some(Reason::UnknownGenerator);
        }
        // A path from the top of the repository, of which only a part is checked.
        let below = layout.base.as_deref().is_some_and(|base| !base.is_empty());
        (below && path.starts_with('/')).then_some(Reason::OutsideOfCheckedFolder)
    }

    /// Why the target of a path is unknown in the tree of another generator.
    fn uncertain(
        &self,
        from: Option<PageId>,
        path: &str,
        places: &[Place],
        keys: &[String],
        kind: LinkKind,
    ) -> Option<Reason> {
        let (links, layout) = (&self.flavour.links, &self.index.layout);
        let page_like = route::is_page(path);
        if path.starts_with('/') && !page_like && from.is_some() {
            let base = layout.base.as_deref();
            let site = if links.adds_base { Some("") } else { base };
            let rest = path.trim_start_matches('/');
            if site.is_none_or(|base| !base.is_empty() && inside(rest, base).is_none()) {
                return Some(Reason::SameHost);
            }
        }
        let (relative, outside) = (is_relative(path), self.begins_outside(places));
        if outside && relative && from.is_some() {
            if page_like && kind == LinkKind::Link {
                return Some(Reason::LinkHook);
            }
            if links.bundler || keys.is_empty() {
                return Some(Reason::OutsideOfFolders);
            }
        }
        if path.starts_with("@site/") && outside {
            return Some(Reason::OutsideOfFolders);
        }
        if path.starts_with("~/") || path.starts_with('@') && !path.starts_with("@site/") {
            return Some(Reason::BundlerAlias);
        }
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let plain_file = links.plain_files.contains(&ending);
        if layout.link_hook && relative && !page_like && !plain_file {
            return Some(Reason::LinkHook);
        }
        if keys.iter().any(|key| self.index.is_nav_only(key)) {
            return Some(Reason::MissingNavPage);
        }
        if let Some(what) = keys.iter().find_map(|key| layout.maker_of(route::stem(key))) {
            return Some(Reason::MadeBy(what));
        }
        let mut names = keys.iter().map(String::as_str).chain(files(places));
        let draft = names.any(|name| self.index.is_unpublished(name.trim_end_matches('/')));
        draft.then_some(Reason::Draft)
    }
}

/// The paths of files among the places.
fn files(places: &[Place]) -> impl Iterator<Item = &str> {
    places.iter().filter_map(|place| match place {
        Place::File(file) => Some(file.as_str()),
        Place::Address(_) | Place::Content(_) => None,
    })
}

/// Whether a path is relative to the page, and not to a root or an alias.
fn is_relative(path: &str) -> bool {
    !path.starts_with(['/', '@'])
}
