//! What a link leads to. Checks and renderer read the same answer.

use percent_encoding::percent_decode_str;

use super::index::Index;
use super::pages::PageId;
use super::places::Tail;
use super::reason::Reason;
use super::route;
use crate::config::Flavour;
use crate::config::flavours::policy::FrontLinks;
use crate::markdown::facts::{AnchorKind, Link, LinkKind};
use crate::source::VPath;

/// Where inside the target page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// The page itself.
    None,
    /// The anchor with this id.
    Found(String),
    /// The anchor `primary`, written under another rule as `written`.
    Alias {
        /// As written.
        written: String,
        /// The anchor's own id.
        primary: String,
    },
    /// No such anchor.
    Missing(String),
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Somewhere else on the network: not looked at.
    External,
    /// A page.
    Page {
        /// Its number.
        page: PageId,
        /// Where in it.
        fragment: Fragment,
        /// It was reached through a redirect.
        redirected: bool,
        /// The query, with its question mark.
        query: String,
    },
    /// A file that is not a page: its published path, and what stands behind it.
    Asset(String, String),
    /// An address that redirects to another site.
    Redirect(String),
    /// Cannot be known from the tree; why.
    Unknown(Reason),
    /// Nothing is there.
    Missing(Missing),
}

/// What is missing where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No page at this address (without slashes around it).
    Page(String),
    /// No file at this path.
    Asset(String),
    /// The link leaves the tree.
    Outside,
    /// Nothing under the name as it is written, and this under a name that differs in the case of
    /// letters alone: found where the file system does not mind, and nowhere else.
    Case(String),
    /// A redirect that leads to nothing; the last address.
    Redirect(String),
}

/// The longest chain of redirects that is followed.
const MAX_HOPS: usize = 8;

/// Resolves the links of one page.
pub struct Resolver<'a> {
    pub(super) index: &'a Index,
    pub(super) flavour: Flavour,
}

impl<'a> Resolver<'a> {
    /// A resolver over an index.
    pub fn new(index: &'a Index, flavour: Flavour) -> Self {
        Self { index, flavour }
    }

    /// What a link on page `from` leads to.
    pub fn link(&self, from: PageId, link: &Link) -> Target {
        let target = self.dest(Some(from), &link.dest, link.kind);
        let dead = is_dead(&target);
        // No reader sees the page, unless it is part of another, where its links may mean others.
        if dead && self.index.pages[from].dropped {
            return Target::Unknown(Reason::PageNotPublished);
        }
        target
    }

    /// What a link of a text leads to that page `from` takes in from another file: generators
    /// differ in which of the two it is seen from.
    pub fn link_in(&self, from: PageId, link: &Link, file: &VPath) -> Target {
        let target = self.link(from, link);
        let relative = !link.dest.starts_with(['/', '#']);
        if !is_dead(&target) || !relative || !self.flavour.is_foreign() {
            return target;
        }
        let other = self.dest_in(file, &link.dest, link.kind);
        other.filter(|other| !is_dead(other)).unwrap_or(target)
    }

    /// What a link in the front matter of page `from` leads to.
    pub fn front_link(&self, from: PageId, link: &Link) -> Target {
        match self.flavour.links.front_matter {
            FrontLinks::Shortcodes => self.shortcode(from, &link.dest),
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
        let (rest, fragment) =
            dest.split_once('#').map_or((dest, None), |(rest, id)| (rest, Some(id)));
        let (path, query) = rest.find('?').map_or((rest, ""), |at| (&rest[..at], &rest[at..]));
        if path.is_empty() {
            return match from {
                Some(page) => self.page(page, fragment, false, query),
                None => self.page_or_missing("", fragment, query),
            };
        }
        let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
        self.written(from, &decoded, Tail { fragment, query, kind })
    }

    /// The page, or where it sends its readers.
    pub(super) fn through(&self, page: PageId, fragment: Option<&str>, query: &str) -> Target {
        match self.index.pages[page].redirect() {
            Some(to) => self.follow(to, fragment, query),
            None => self.page(page, fragment, false, query),
        }
    }

    pub(super) fn follow(&self, to: &str, fragment: Option<&str>, query: &str) -> Target {
        let mut to = to.to_owned();
        for _ in 0..MAX_HOPS {
            if is_external(&to) {
                let own = if to.contains('#') { String::new() } else { suffix(fragment) };
                return Target::Redirect(format!("{to}{own}"));
            }
            let (path, own) =
                to.split_once('#').map_or((to.as_str(), None), |(path, id)| (path, Some(id)));
            let (path, own_query) =
                path.find('?').map_or((path, ""), |at| (&path[..at], &path[at..]));
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

    fn page_or_missing(&self, key: &str, fragment: Option<&str>, query: &str) -> Target {
        match self.index.page_at(key) {
            Some(page) => self.page(page, fragment, false, query),
            None => Target::Missing(Missing::Page(key.to_owned())),
        }
    }

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
            // No heading has such an id under the rules of these generators.
            return Target::Unknown(Reason::PluginAnchor);
        }
        if matches!(fragment, Fragment::Missing(_)) && self.index.pages[page].open {
            return Target::Unknown(Reason::OpenPage);
        }
        Target::Page { page, fragment, redirected, query: query.to_owned() }
    }

    /// As browsers find it: the fragment as it is, then decoded.
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

/// Whether readers find nothing there.
fn is_dead(target: &Target) -> bool {
    matches!(target, Target::Missing(_) | Target::Page { fragment: Fragment::Missing(_), .. })
}

/// Whether a destination is a word that something puts an address in the place of:
/// `ENGLISH_VERSION_URL`.
fn is_placeholder(dest: &str) -> bool {
    let capitals = dest.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    capitals && ["_URL", "_LINK", "_HREF"].iter().any(|end| dest.ends_with(end))
}

/// Whether a path ends like a file rather than like an address.
pub(super) fn looks_like_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(stem, ext)| {
        !stem.is_empty()
            && (1..=5).contains(&ext.len())
            && ext.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !ext.bytes().all(|byte| byte.is_ascii_digit())
            && !matches!(ext, "md" | "mdx" | "html" | "htm")
    })
}

/// Whether a destination names another host or another protocol.
pub fn is_external(dest: &str) -> bool {
    if dest.starts_with("//") {
        return true;
    }
    let scheme = dest
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
        .count();
    scheme > 1
        && dest.as_bytes()[0].is_ascii_alphabetic()
        && dest.as_bytes().get(scheme) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn external() {
        for dest in ["https://a", "mailto:a@b", "//cdn", "tel:1", "vscode://x"] {
            assert!(is_external(dest), "{dest}");
        }
        for dest in ["/a:b", "a/b", "#x", "C", "", ":x", "./a:b"] {
            assert!(!is_external(dest), "{dest}");
        }
    }
}
