//! Markdown: the facts of a page, and the walk over it that the renderer uses as well.

pub mod active;
pub mod cjk;
pub mod collect;
pub mod components;
pub mod containers;
pub mod destination;
pub mod expand;
mod expressions;
pub mod extensions;
pub mod facts;
pub mod front_keys;
pub mod front_links;
pub mod front_matter;
pub mod glossary;
pub mod heading;
pub mod hidden;
pub mod html;
pub mod info;
pub mod landing;
pub mod facts_cache;
pub mod kept_outline;
mod lines;
mod modules;
pub mod offsets;
pub mod outline;
pub mod own_components;
#[cfg(test)]
mod page_tests;
pub mod parse;
mod pieces;
pub mod scan;
pub mod scanned;
mod shift;
mod shortcodes;
pub mod slug;
mod tokens;

use extensions::Extensions;
use facts::PageFacts;
use kept_outline::KeptOutline;
use scan::{Scan, ScanOptions};
use slug::SlugRule;

/// The dialect of Markdown of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dialect {
    /// MDX: unknown capitalised tags are components, `<div>` contains Markdown.
    pub mdx: bool,
    /// The rule for ids.
    pub slugs: SlugRule,
    /// Whether headings also have the ids of other rules: true if docgen publishes the tree; other
    /// generators have only their own ids.
    pub aliases: bool,
    /// Containers that are not components: admonitions, tabs.
    pub containers: Containers,
    /// Whether what follows `> [!NOTE]` on its line is the title of the alert.
    pub alert_titles: bool,
    /// How a page includes the text of another file.
    pub includes: Includes,
    /// Whether `$x$` and `$$x$$` are formulas.
    pub math: bool,
    /// Syntax beyond that of GitHub.
    pub extensions: Extensions,
    /// Whether `{{< ref "page" >}}` is a link. Front matter then contains no links.
    pub shortcodes: bool,
    /// Whether the site has components of its own: any tag that is written like one is a component.
    pub own_components: bool,
    /// Whether a `<script>` is part of the component of the page, and not published.
    pub component_scripts: bool,
    /// Whether an HTML block ends with the closing tag of its element, and Markdown may follow in
    /// the next line; otherwise only a blank line ends it.
    pub closed_html: bool,
}

/// The syntax of containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Containers {
    /// There are none.
    None,
    /// `!!! note`, `??? tip "Title"`, `=== "Tab"`, with the body indented.
    Indented,
    /// `:::note` … `:::`
    Colons,
}

/// How a page includes the text of another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Includes {
    /// It cannot.
    None,
    /// `{{#include file:anchor}}`
    MdBook,
    /// `{{#include file:part}}`, and variables as `{{ name }}`
    Parts,
    /// `--8<-- "file:section"`
    Snippets,
    /// `<<< @/file#region` and `<!--@include: ./file-->`
    VitePress,
    /// `import Name from "./file.md"` and `<Name />`
    Modules,
}

impl Dialect {
    /// The dialect of GitHub, with docgen's components.
    pub const GITHUB: Self = Self {
        mdx: false,
        slugs: SlugRule::GitHub,
        aliases: true,
        containers: Containers::None,
        alert_titles: false,
        includes: Includes::None,
        math: false,
        extensions: Extensions { emoji: true, ..Extensions::NONE },
        shortcodes: false,
        own_components: false,
        component_scripts: false,
        closed_html: false,
    };
    /// The dialect of Mintlify.
    pub const MINTLIFY: Self = Self {
        mdx: true,
        slugs: SlugRule::Mintlify,
        alert_titles: true,
        includes: Includes::Modules,
        extensions: Extensions::NONE,
        ..Self::GITHUB
    };
}

/// A page, ready for the walk.
pub fn prepare<'a>(text: &'a str, path_is_mdx: bool, body: usize, dialect: Dialect) -> Scan<'a> {
    // A generator that treats every page as MDX accepts modules in every page.
    let esm = path_is_mdx || (dialect.mdx && !dialect.aliases);
    let options = ScanOptions {
        mdx: dialect.mdx || path_is_mdx,
        esm,
        own_components: dialect.own_components,
        containers: dialect.containers,
        alert_titles: dialect.alert_titles,
        math: dialect.math,
        extensions: dialect.extensions,
        closed_html: dialect.closed_html,
    };
    let mut scan = scan::scan(text, body, options);
    scan.separated = cjk::Separated::new(&scan.text, parse::options(&scan));
    scan
}

/// The facts of a page.
pub fn facts(text: &str, path_is_mdx: bool, dialect: Dialect) -> PageFacts {
    read(text, path_is_mdx, dialect).0
}

/// The facts of a page, and its outline unless it is too long to keep.
pub fn read(text: &str, path_is_mdx: bool, dialect: Dialect) -> (PageFacts, Option<KeptOutline>) {
    let (front, body) = front_matter::read(text);
    let scan = prepare(text, path_is_mdx, body, dialect);
    let front_links = front_links::links(&front);
    let (facts, outline) = collect::collect(text, &scan, front, dialect);
    let front_links =
        if dialect.shortcodes { shortcodes::links(text, &facts.code) } else { front_links };
    (PageFacts { front_links, ..facts }, outline)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An author can write the placeholders of the scan, which must not be taken as tags.
    #[test]
    fn marks_of_an_author_stand_for_nothing() {
        let text =
            "<!--dg:0-->\n\n<Card href=\"/a\">\n\n<dg-0> <!--dg:1-->\n\n</Card>\n\n<!--dg:0-->\n";
        let facts = facts(text, false, Dialect::GITHUB);
        assert_eq!(facts.links.len(), 1, "{:?}", facts.links);
    }

    /// Tags in text, and those of them that are placeholders.
    #[test]
    fn placeholders_are_told_from_components_and_custom_elements() {
        for (text, unknown, components) in [
            ("a Vec<String> and a <user-name>.", vec!["String", "user-name"], vec![]),
            ("a <Foo>b</Foo> and a <Bar />", vec![], vec!["Foo", "Bar"]),
            ("an <x-y>b</x-y>, <x-z a=\"1\"> and <x-w/>", vec![], vec![]),
            ("a <foo>, a<BR>b, <em>c</em>, `<Code>` and <Icon />", vec!["foo"], vec![]),
            ("Map<K, V>, Map<K,V> and Option<T>", vec!["T"], vec![]),
        ] {
            let facts = facts(text, false, Dialect::GITHUB);
            let names: Vec<&str> = facts.unknown.iter().map(|tag| tag.name.as_str()).collect();
            assert_eq!(names, unknown, "{text}");
            let used = facts.components.iter().filter(|component| !component.known);
            let names: Vec<&str> = used.map(|component| component.name.as_str()).collect();
            assert_eq!(names, components, "{text}");
            for tag in &facts.unknown {
                assert!(facts.is_unknown(tag.span.start));
            }
        }
    }
}
