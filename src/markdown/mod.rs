//! Markdown: from a source text to the facts of a page, and the walk that the renderer takes.

pub mod collect;
pub mod components;
pub mod facts;
pub mod front_matter;
pub mod html;
pub mod info;
mod lines;
pub mod offsets;
pub mod parse;
mod pieces;
pub mod scan;
mod shift;
pub mod slug;
mod tokens;

use facts::PageFacts;
use scan::{Scan, ScanOptions};
use slug::SlugRule;

/// How a tree writes Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Components are MDX: unknown capitalised tags count, `<div>` holds Markdown.
    pub mdx: bool,
    /// The rule for ids.
    pub slugs: SlugRule,
}

/// A page, ready for the walk.
pub fn prepare<'a>(text: &'a str, path_is_mdx: bool, body: usize, dialect: Dialect) -> Scan<'a> {
    scan::scan(text, body, ScanOptions { mdx: dialect.mdx || path_is_mdx, esm: path_is_mdx })
}

/// The facts of a page.
pub fn facts(text: &str, path_is_mdx: bool, dialect: Dialect) -> PageFacts {
    let (front, body) = front_matter::read(text);
    let scan = prepare(text, path_is_mdx, body, dialect);
    collect::collect(text, &scan, front, dialect.slugs)
}
