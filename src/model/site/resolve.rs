//! The targets of links, which checks and renderer share.

use percent_encoding::percent_decode_str;

use super::index::Index;
use super::lookup::Lookup;
use super::pages::PageId;
use super::places::{Place, Tail};
use super::plan::MachineFile;
use super::reason::Reason;
use super::route;
use super::target::{Fragment, Target};
use crate::config::Flavour;
use crate::config::flavours::policy::FrontLinks;
use crate::config::layout::{inside, joined};
use crate::markdown::Includes;
use crate::markdown::destination::{below, is_external, is_placeholder, split, split_path};
use crate::markdown::facts::{Link, LinkKind};
use crate::source::VPath;

/// Resolves the links of one page.
pub struct Resolver<'a> {
    lookup: Lookup<'a>,
}

impl<'a> Resolver<'a> {
    /// A resolver over an index.
    pub fn new(index: &'a Index, flavour: Flavour) -> Self {
        Self { lookup: Lookup { index, flavour } }
    }

    /// The target of a link on page `from`.
    pub fn link(&self, from: PageId, link: &Link) -> Target {
        let target = self.dest(Some(from), &link.dest, link.kind);
        let dead = is_dead(&target);
        // The page is not published, except as part of others, where its links may have other
        // targets.
        if dead && self.lookup.index.pages[from].dropped {
            return Target::Unknown(Reason::PageNotPublished);
        }
        target
    }

    /// The target of a link in a text that page `from` includes from another file: generators
    /// differ in which of the two it is relative to.
    pub fn link_in(&self, from: PageId, link: &Link, file: &VPath) -> Target {
        let target = self.link(from, link);
        let relative = !link.dest.starts_with(['/', '#']);
        if self.lookup.flavour.dialect.includes == Includes::Parts {
            let own = self.beside(file, &link.dest).filter(|_| relative);
            let own = own.map(|dest| self.dest(None, &dest, link.kind));
            return own.filter(|own| !is_dead(own)).unwrap_or(target);
        }
        if !is_dead(&target) || !relative || !self.lookup.flavour.is_foreign() {
            return target;
        }
        let other = self.dest_in(file, &link.dest, link.kind);
        other.filter(|other| !is_dead(other)).unwrap_or(target)
    }

    /// A destination that is relative to a file, as one from the root of the site; `None` if it is
    /// no path in the content.
    fn beside(&self, file: &VPath, dest: &str) -> Option<String> {
        let (path, tail) = split_path(dest);
        if is_external(dest) || path.is_empty() {
            return None;
        }
        let file = VPath::new(&joined(file.parent(), path))?;
        let content = self.lookup.index.layout.mounts.first();
        let inside = inside(file.as_str(), content.map_or("", |content| &content.folder))?;
        Some(format!("/{inside}{tail}"))
    }

    /// The target of a link in the front matter of page `from`.
    pub fn front_link(&self, from: PageId, link: &Link) -> Target {
        match self.lookup.flavour.links.front_matter {
            FrontLinks::Shortcodes => self.lookup.shortcode(from, &link.dest),
            FrontLinks::Root if !link.dest.starts_with('#') => {
                self.dest(None, &link.dest, link.kind)
            }
            FrontLinks::Root | FrontLinks::Page => self.link(from, link),
        }
    }

    /// The target of a destination, relative to a page or to the root.
    pub fn dest(&self, from: Option<PageId>, dest: &str, kind: LinkKind) -> Target {
        let dest = dest.trim();
        if is_external(dest) {
            return self.own_address(dest, kind).unwrap_or(Target::External);
        }
        if is_placeholder(dest) {
            return Target::Unknown(Reason::Placeholder);
        }
        if ["{{", "${", "{%", "<%"].iter().any(|mark| dest.contains(mark)) {
            return Target::Unknown(Reason::Template);
        }
        let (path, query, fragment) = split(dest);
        if path.is_empty() {
            return match from {
                Some(page) => self.lookup.page(page, fragment, false, query),
                None => self.lookup.page_or_missing("", fragment, query),
            };
        }
        let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
        self.written(from, &decoded, Tail { fragment, query, kind })
    }

    /// The target of an absolute address, if it is one of this site. In the tree of another
    /// generator, the site may have more at its host than this tree: there it must exist.
    fn own_address(&self, dest: &str, kind: LinkKind) -> Option<Target> {
        let Lookup { index, flavour } = &self.lookup;
        let (path, query, fragment) = split(below(dest, index.base_url.as_deref()?)?);
        let path = percent_decode_str(path).decode_utf8_lossy();
        let key = match path.trim_matches('/') {
            "" => String::new(),
            inside => VPath::new(inside)?.to_string(),
        };
        // The Markdown of a page, and the lists of all pages, are made for machines.
        if route::is_page(&key) || MachineFile::ALL.iter().any(|file| file.path() == key) {
            return None;
        }
        let place = Place::Address(key);
        let found = self.lookup.at(&place, Tail { fragment, query, kind });
        match found {
            None if !flavour.is_foreign() => Some(self.lookup.nothing(None, &path, &[place], kind)),
            found => found,
        }
    }

    /// The target of a written path, relative to a page or to the root of the content.
    fn written(&self, from: Option<PageId>, path: &str, tail: Tail<'_>) -> Target {
        let places = match self.lookup.flavour.is_foreign() {
            true => self.lookup.foreign_places(from, path),
            false => self.lookup.own_places(from, path),
        };
        let found = places.iter().find_map(|place| self.lookup.at(place, tail));
        found.unwrap_or_else(|| self.lookup.nothing(from, path, &places, tail.kind))
    }

    /// The target of a relative path in a file that need not be a page.
    fn dest_in(&self, file: &VPath, dest: &str, kind: LinkKind) -> Option<Target> {
        let (path, query, fragment) = split(dest);
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let whole = file.join(&decoded)?;
        self.lookup.at(&Place::File(whole.to_string()), Tail { fragment, query, kind })
    }
}

/// Whether the target does not exist.
fn is_dead(target: &Target) -> bool {
    matches!(target, Target::Missing(_) | Target::Page { fragment: Fragment::Missing(_), .. })
}
