//! Markup of extensions that something must understand, because the pages of a tree without settings
//! use it all over. Nobody writes a hundred admonitions that readers see as text: such a folder is
//! published by a generator whose settings are elsewhere.

use crate::config::Config;
use crate::raw_markup::{self, KINDS, Kind};
use crate::rule::SiteContext;
use crate::site::index::{Index, Page};

/// The fewest pages that make a convention.
const FEWEST: usize = 3;

/// One in so many pages makes a convention.
const SHARE: usize = 50;

/// Whether another generator than docgen understands markup of this kind, as far as the tree can
/// tell.
pub fn understands(site: &SiteContext<'_>, kind: &'static Kind) -> bool {
    let (config, index) = (site.config, site.index);
    let flavour = config.flavour;
    if !kind.is_extension || flavour.is_foreign() || !flavour.guesses_generator {
        return kind.is_extension && flavour.is_foreign();
    }
    let number = KINDS.iter().position(|one| std::ptr::eq(one, kind)).unwrap_or(KINDS.len());
    let common = || is_common(config, index, kind);
    config.layout.maker.is_some() || site.conventions.answer(number, common)
}

/// Whether enough pages use it.
fn is_common(config: &Config, index: &Index, kind: &'static Kind) -> bool {
    let wanted = FEWEST.max(index.pages.len() / SHARE);
    let using = index.pages.entries().filter(|(_, page)| uses(config, page, kind));
    using.take(wanted).count() == wanted
}

fn uses(config: &Config, page: &Page, kind: &'static Kind) -> bool {
    let text = &page.source.text;
    let has =
        |mark: &&str| mark.bytes().all(|byte| memchr::memchr(byte, text.as_bytes()).is_some());
    kind.marks.iter().any(has)
        && page.with_outline(config.dialect(), |outline| {
            let mut used = false;
            let wanted = |one: &Kind| std::ptr::eq(one, kind);
            raw_markup::find(text, outline, page.is_mdx(), &wanted, &mut |_, _, _| used = true);
            used
        })
}
