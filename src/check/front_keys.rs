//! The keys of front matter that generators know.

use crate::config::Flavour;

/// Keys with a meaning in most generators.
const COMMON: &[&str] =
    &["title", "description", "docgen-ignore", "draft", "keywords", "image", "tags"];

const NATIVE: &[&str] =
    &["language", "order", "redirect", "sidebarTitle", "summary", "weight", "hidden"];

#[rustfmt::skip]
const MINTLIFY: &[&str] = &[
    "api", "asyncapi", "canonical", "deprecated", "groups", "hidden", "hideApiMarker", "hideFooter",
    "hideFooterPagination", "icon", "iconType", "mode", "noindex", "openapi", "playground", "public",
    "rss", "sidebarTitle", "summary", "tag", "timestamp", "url", "version", "redirect",
];

#[rustfmt::skip]
const DOCUSAURUS: &[&str] = &[
    "author", "author_image_url", "author_title", "author_url", "authors", "custom_edit_url",
    "date", "displayed_sidebar", "format", "hide_table_of_contents", "hide_title", "id",
    "last_update", "mdx", "pagination_label", "pagination_next", "pagination_prev",
    "parse_number_prefixes", "sidebar_class_name", "sidebar_custom_props", "sidebar_key",
    "sidebar_label", "sidebar_position", "slug", "title_meta", "toc_max_heading_level",
    "toc_min_heading_level", "unlisted", "wrapperClassName",
];

#[rustfmt::skip]
const VITEPRESS: &[&str] = &[
    "aside", "editLink", "externalLinkIcon", "features", "footer", "head", "hero", "isHome", "lang",
    "lastUpdated", "layout", "markdownStyles", "navbar", "next", "outline", "pageClass", "prev",
    "search", "sidebar", "titleTemplate",
];

#[rustfmt::skip]
const STARLIGHT: &[&str] = &[
    "banner", "editUrl", "head", "hero", "lastUpdated", "next", "pagefind", "prev", "sidebar",
    "slug", "tableOfContents", "template",
];

#[rustfmt::skip]
const HUGO: &[&str] = &[
    "aliases", "audio", "author", "authors", "build", "cascade", "categories", "date", "expiryDate",
    "headless", "images", "isCJKLanguage", "lastmod", "layout", "linkTitle", "markup", "menu",
    "menus", "noindex", "outputs", "params", "publishDate", "resources", "series", "sitemap",
    "slug", "summary", "toc", "translationKey", "type", "url", "videos", "weight",
];

#[rustfmt::skip]
const MKDOCS: &[&str] = &[
    "authors", "boost", "categories", "comments", "date", "hide", "icon", "links", "pin",
    "readtime", "search", "slug", "social", "status", "subtitle", "template",
];

/// Keys of other tools, which are nobody's misspelling.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "audience", "bibliography", "category", "contributors", "created", "css", "excerpt", "image_alt",
    "index", "keyword", "label", "labels", "language", "license", "locale", "modified", "name",
    "nav_exclude", "nav_order", "nav_title", "owner", "page_title", "parent", "permalink",
    "position", "published", "reviewed", "reviewers", "script", "section", "seo", "status",
    "style", "styles", "subject", "theme", "titles", "topic", "topics", "updated", "uuid",
];

const ALL: [&[&str]; 9] =
    [COMMON, NATIVE, MINTLIFY, DOCUSAURUS, VITEPRESS, STARLIGHT, HUGO, MKDOCS, OTHERS];

/// A longer key is nobody's misspelling.
const LONGEST: usize = 40;

/// The keys that the generator of a flavour acts on, beside those that most know.
fn of(flavour: Flavour) -> &'static [&'static str] {
    match flavour {
        Flavour::Native => NATIVE,
        Flavour::Mintlify => MINTLIFY,
        Flavour::MkDocs => MKDOCS,
        Flavour::Docusaurus => DOCUSAURUS,
        Flavour::VitePress => VITEPRESS,
        Flavour::Starlight => STARLIGHT,
        Flavour::Hugo => HUGO,
        Flavour::MdBook | Flavour::Plain => &[],
    }
}

/// The key that `written` is most likely a misspelling of. Keys that any generator knows are none,
/// and short ones are like too many words.
pub fn meant(flavour: Flavour, written: &str) -> Option<&'static str> {
    if written.len() < 4
        || written.len() > LONGEST
        || ALL.iter().any(|keys| keys.contains(&written))
    {
        return None;
    }
    let lower = written.to_lowercase();
    let near = |key: &&&str| {
        if key.len().abs_diff(written.len()) > 1 {
            return false;
        }
        let other = key.to_lowercase();
        // Hugo does not tell capitals from small letters.
        if lower == other {
            return flavour != Flavour::Hugo;
        }
        let plural =
            lower.strip_suffix('s') == Some(&other) || other.strip_suffix('s') == Some(&lower);
        key.len() > 4 && !plural && strsim::osa_distance(&lower, &other) == 1
    };
    COMMON.iter().chain(of(flavour)).find(near).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings() {
        for (flavour, written, expected) in [
            (Flavour::Plain, "descripton", Some("description")),
            (Flavour::Plain, "tilte", Some("title")),
            (Flavour::Plain, "Title", Some("title")),
            (Flavour::Hugo, "Title", None),
            (Flavour::Docusaurus, "sidebar_postion", Some("sidebar_position")),
            (Flavour::Docusaurus, "sidebar-label", Some("sidebar_label")),
            (Flavour::Mintlify, "sidebar_postion", None),
            (Flavour::Mintlify, "sidebartitle", Some("sidebarTitle")),
            (Flavour::Plain, "titles", None),
            (Flavour::Plain, "subtitle", None),
            (Flavour::Plain, "dates", None),
            (Flavour::Hugo, "dat", None),
            (Flavour::Docusaurus, "read_when", None),
        ] {
            assert_eq!(meant(flavour, written), expected, "{written}");
        }
    }
}
