//! Published addresses of link targets.

use super::escape;
use crate::config::Config;
use crate::markdown::destination::{is_external, split, split_path};
use crate::site::index::Index;
use crate::site::pages::PageId;
use crate::site::target::{Fragment, Missing, Target};

/// Writes addresses.
pub struct Links<'a> {
    index: &'a Index,
    /// The path prefix of the site, without a trailing slash.
    base: String,
}

impl<'a> Links<'a> {
    /// Addresses of the site of `config`.
    pub fn new(config: &Config, index: &'a Index) -> Self {
        Self { index, base: config.base_path() }
    }

    /// The path prefix of the site.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The address of a page.
    pub fn page(&self, page: PageId) -> String {
        self.route(&self.index.pages[page].route)
    }

    /// The address of a route.
    pub fn route(&self, route: &str) -> String {
        format!("{}{}", self.base, escape::path(route))
    }

    /// The address of a target; `dest` is the destination in the source.
    pub fn href(&self, target: &Target, dest: &str) -> String {
        match target {
            Target::External | Target::Unknown(_) => escape::address(dest.trim()),
            Target::Redirect(url) => escape::address(url),
            Target::Page { page, fragment, query, .. } => {
                let same_page = dest.trim().starts_with('#');
                let mut url = if same_page { String::new() } else { self.page(*page) };
                url.push_str(&escape::address(query));
                let id = match fragment {
                    Fragment::None => split(dest).2.unwrap_or_default(),
                    Fragment::Found(id) => id,
                    Fragment::Alias { primary, .. } => primary,
                    Fragment::Missing(id) => id,
                };
                if !id.is_empty() || same_page {
                    url.push('#');
                    url.push_str(&escape::fragment(id));
                }
                url
            }
            Target::Asset(path, suffix) => {
                format!("{}/{}{}", self.base, escape::path(path), escape::address(suffix))
            }
            Target::Missing(missing) => self.missing(missing, dest),
        }
    }

    /// The address of a broken link, which still leads to where its author meant it to.
    fn missing(&self, missing: &Missing, dest: &str) -> String {
        let (_, suffix) = split_path(dest);
        match missing {
            Missing::Page(key) => {
                let file = key.is_empty() || key.ends_with(".html");
                let slash = if file { "" } else { "/" };
                format!("{}/{}{slash}{}", self.base, escape::path(key), escape::address(suffix))
            }
            Missing::Asset(path) => {
                format!("{}/{}{}", self.base, escape::path(path), escape::address(suffix))
            }
            Missing::Redirect(to) => self.absolute(to),
            Missing::Case(_) | Missing::Outside => escape::address(dest),
        }
    }

    /// The address of a setting: external, or from the root of the site.
    pub fn absolute(&self, url: &str) -> String {
        if is_external(url) || url.starts_with('#') {
            return escape::address(url);
        }
        format!("{}/{}", self.base, escape::address(url.trim_start_matches('/')))
    }
}
