//! What a link leads to. Checks and renderer read the same answer.

use percent_encoding::percent_decode_str;

use super::destination::{is_external, is_placeholder, split};
use super::index::Index;
use super::lookup::Lookup;
use super::pages::PageId;
use super::places::{Place, Tail};
use super::reason::Reason;
use super::target::{Fragment, Target};
use crate::config::Flavour;
use crate::config::flavours::policy::FrontLinks;
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

    /// What a link on page `from` leads to.
    pub fn link(&self, from: PageId, link: &Link) -> Target {
        let target = self.dest(Some(from), &link.dest, link.kind);
        let dead = is_dead(&target);
        // No reader sees the page, unless it is part of another, where its links may mean others.
        if dead && self.lookup.index.pages[from].dropped {
            return Target::Unknown(Reason::PageNotPublished);
        }
        target
    }

    /// What a link of a text leads to that page `from` takes in from another file: generators
    /// differ in which of the two it is seen from.
    pub fn link_in(&self, from: PageId, link: &Link, file: &VPath) -> Target {
        let target = self.link(from, link);
        let relative = !link.dest.starts_with(['/', '#']);
        if !is_dead(&target) || !relative || !self.lookup.flavour.is_foreign() {
            return target;
        }
        let other = self.dest_in(file, &link.dest, link.kind);
        other.filter(|other| !is_dead(other)).unwrap_or(target)
    }

    /// What a link in the front matter of page `from` leads to.
    pub fn front_link(&self, from: PageId, link: &Link) -> Target {
        match self.lookup.flavour.links.front_matter {
            FrontLinks::Shortcodes => self.lookup.shortcode(from, &link.dest),
            FrontLinks::Root if !link.dest.starts_with('#') => {
                self.dest(None, &link.dest, link.kind)
            }
            FrontLinks::Root | FrontLinks::Page => self.link(from, link),
        }
    }

    /// What a destination leads to, seen from a page or from the root.
    pub fn dest(&self, from: Option<PageId>, dest: &str, kind: LinkKind) -> Target {
        let dest = dest.trim();
        if is_external(dest) {
            return Target::External;
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

    /// What a written path leads to, seen from a page or from the root of the content.
    fn written(&self, from: Option<PageId>, path: &str, tail: Tail<'_>) -> Target {
        let places = match self.lookup.flavour.is_foreign() {
            true => self.lookup.foreign_places(from, path),
            false => self.lookup.own_places(from, path),
        };
        let found = places.iter().find_map(|place| self.lookup.at(place, tail));
        found.unwrap_or_else(|| self.lookup.nothing(from, path, &places, tail.kind))
    }

    /// What a relative path leads to, seen from a file that need not be a page.
    fn dest_in(&self, file: &VPath, dest: &str, kind: LinkKind) -> Option<Target> {
        let (path, query, fragment) = split(dest);
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let whole = file.join(&decoded)?;
        self.lookup.at(&Place::File(whole.to_string()), Tail { fragment, query, kind })
    }
}

/// Whether readers find nothing there.
fn is_dead(target: &Target) -> bool {
    matches!(target, Target::Missing(_) | Target::Page { fragment: Fragment::Missing(_), .. })
}
