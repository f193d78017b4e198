//! Looks up an address of the site: a page, an anchor in it, or a redirect, which is followed to
//! its end.

use percent_encoding::percent_decode_str;

use super::index::Index;
use super::pages::PageId;
use super::reason::Reason;
use super::route;
use super::target::{Fragment, Missing, Target};
use crate::config::Flavour;
use crate::markdown::destination::{is_external, split};
use crate::markdown::facts::AnchorKind;

/// The longest chain of redirects that is followed.
const MAX_HOPS: usize = 8;

/// The index, read by the rules of a flavour.
pub(super) struct Lookup<'a> {
    pub(super) index: &'a Index,
    pub(super) flavour: Flavour,
}

impl Lookup<'_> {
    /// The page, or the target of its redirect.
    pub(super) fn through(&self, page: PageId, fragment: Option<&str>, query: &str) -> Target {
        match self.index.pages[page].redirect() {
            Some(to) => self.follow(to, fragment, query),
            None => self.page(page, fragment, false, query),
        }
    }

    /// The final target of a redirect.
    pub(super) fn follow(&self, to: &str, fragment: Option<&str>, query: &str) -> Target {
        let mut to = to.to_owned();
        for _ in 0..MAX_HOPS {
            if is_external(&to) {
                let own = if to.contains('#') { String::new() } else { suffix(fragment) };
                return Target::Redirect(format!("{to}{own}"));
            }
            let (path, own_query, own) = split(&to);
            let query = if own_query.is_empty() { query } else { own_query };
            let file = path.trim_start_matches('/');
            if self.index.assets.contains_key(file) {
                return Target::Asset(
                    file.to_owned(),
                    format!("{query}{}", suffix(own.or(fragment))),
                );
            }
            let key = route::key(route::stem(path)).to_owned();
            let key = key.strip_suffix("/index").unwrap_or(&key);
            let next = self.index.redirect(key);
            match (next, self.index.page_at(key)) {
                (Some(next), _) => to = next,
                (None, Some(page)) => return self.page(page, own.or(fragment), true, query),
                (None, None) => return Target::Missing(Missing::Redirect(to)),
            }
        }
        Target::Missing(Missing::Redirect(to))
    }

    /// The page at an address without slashes around it.
    pub(super) fn page_or_missing(&self, key: &str, fragment: Option<&str>, query: &str) -> Target {
        match self.index.page_at(key) {
            Some(page) => self.page(page, fragment, false, query),
            None => Target::Missing(Missing::Page(key.to_owned())),
        }
    }

    /// A page, and the anchor in it.
    pub(super) fn page(
        &self,
        page: PageId,
        fragment: Option<&str>,
        redirected: bool,
        query: &str,
    ) -> Target {
        let fragment = fragment.map_or(Fragment::None, |fragment| self.fragment(page, fragment));
        if let Fragment::Missing(id) = &fragment
            && self.index.layout.maker.is_some()
            && id.contains(|c: char| c == '.' || c == ':' || c.is_ascii_uppercase())
        {
            // No heading has such an id by the rules of these generators.
            return Target::Unknown(Reason::PluginAnchor);
        }
        if matches!(fragment, Fragment::Missing(_)) && self.index.pages[page].open {
            return Target::Unknown(Reason::OpenPage);
        }
        Target::Page { page, fragment, redirected, query: query.to_owned() }
    }

    /// The anchor of a fragment, as browsers find it: as it is written, then decoded.
    fn fragment(&self, page: PageId, written: &str) -> Fragment {
        let id = written.split_once(":~:").map_or(written, |(id, _)| id);
        if id.is_empty() || id.eq_ignore_ascii_case("top") {
            return Fragment::None;
        }
        let decoded = percent_decode_str(id).decode_utf8_lossy();
        let found = self.index.anchor(page, id).or_else(|| self.index.anchor(page, &decoded));
        let other = || (self.flavour.links.other_id)(&decoded);
        let found = found.or_else(|| self.index.anchor(page, &other()?));
        match found {
            None => Fragment::Missing(decoded.into_owned()),
            Some(anchor) => match (&anchor.kind, &anchor.primary) {
                (AnchorKind::Alias, Some(primary)) => {
                    Fragment::Alias { written: anchor.id.clone(), primary: primary.clone() }
                }
                _ => Fragment::Found(anchor.id.clone()),
            },
        }
    }
}

fn suffix(fragment: Option<&str>) -> String {
    fragment.map_or_else(String::new, |fragment| format!("#{fragment}"))
}
