//! The role of a page, by its path and its front matter: not every Markdown file is a page that
//! readers are meant to find.

use crate::site::index::Page;
use crate::site::route;
use crate::site::visibility::{Finder, is_hidden_from};

/// Files for the maintainers of the tree.
const MAINTAINERS: &[&str] = &[
    "404",
    "agents",
    "changelog",
    "claude",
    "code-of-conduct",
    "code_of_conduct",
    "contributing",
    "license",
    "licence",
    "notice",
    "readme",
    "security",
    "skill",
    "summary",
    "todo",
];

/// Folders of pieces that other pages include.
const PIECES: &[&str] = &[
    "components",
    "fragments",
    "include",
    "includes",
    "layouts",
    "partials",
    "reusables",
    "shared",
    "snippets",
    "templates",
];

/// Whether the page is a piece of others, by its folder or its name.
pub fn is_piece(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(['_', '.']) && !part.starts_with("_index."))
        || path.rsplit_once('/').is_some_and(|(folders, _)| {
            folders.split('/').any(|folder| PIECES.contains(&folder.to_ascii_lowercase().as_str()))
        })
}

/// Whether the page is for the maintainers of the tree.
pub fn is_for_maintainers(path: &str) -> bool {
    let name = route::stem(path).rsplit('/').next().unwrap_or_default();
    let shouted = name.len() > 2
        && name.bytes().any(|byte| byte.is_ascii_uppercase())
        && !name.bytes().any(|byte| byte.is_ascii_lowercase());
    shouted || MAINTAINERS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether the front matter hides the page from readers.
pub fn is_withheld(page: &Page) -> bool {
    is_hidden_from(page, Finder::Engines) || page.facts.front.withholds()
}

/// Whether the page is a landing page with its own layout, which needs no heading.
pub fn is_landing(page: &Page) -> bool {
    page.facts.front.lays_out()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_files_for_maintainers() {
        for (path, piece, maintainers) in [
            ("guide/install.md", false, false),
            ("guide/_index.md", false, false),
            ("guide/_note.md", true, false),
            ("_guide/note.md", true, false),
            ("snippets/note.mdx", true, false),
            ("README.md", false, true),
            ("guide/Contributing.md", false, true),
            ("RELEASE_NOTES.md", false, true),
            ("FAQ.md", false, true),
            ("shared.md", false, false),
        ] {
            assert_eq!((is_piece(path), is_for_maintainers(path)), (piece, maintainers), "{path}");
        }
    }
}
