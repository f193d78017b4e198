//! Whether a page takes in content when it is built, of which the tree does not say what ids it has.

use memchr::memmem;

use crate::config::Flavour;
use crate::config::layout::Layout;

/// Shortcodes that make no headings.
const QUIET: [&str; 38] = [
    "alert",
    "alertbox",
    "blocks",
    "button",
    "callout",
    "card",
    "cardpane",
    "cards",
    "caution",
    "code",
    "code_sample",
    "codenew",
    "columns",
    "comment",
    "danger",
    "details",
    "expand",
    "feature-state",
    "figure",
    "gist",
    "glossary_tooltip",
    "highlight",
    "hint",
    "image",
    "img",
    "imgproc",
    "info",
    "latest-version",
    "mermaid",
    "note",
    "pageinfo",
    "param",
    "ref",
    "relref",
    "skew",
    "tip",
    "warning",
    "youtube",
];

/// Whether the text of a page asks for content from elsewhere.
pub fn takes_in(layout: &Layout, flavour: Flavour, text: &str) -> bool {
    if includes(flavour, text) {
        return true;
    }
    match flavour {
        Flavour::Hugo => {
            shortcodes(text) || layout.term_ids && memmem::find(text.as_bytes(), b"\n: ").is_some()
        }
        // Reference pages of mkdocstrings and mkdocs-click, and macros.
        Flavour::MkDocs => {
            text.starts_with("::: ")
                || layout.maker.is_some() && calls(text)
                || ["\n::: ", "{% include", "{% import"]
                    .iter()
                    .any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
        }
        _ => false,
    }
}

/// Whether a page has comments that a hook reads: `<!-- md:option name -->`.
fn calls(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"<!-- ").any(|at| {
        let word = text[at + 5..].split_whitespace().next().unwrap_or_default();
        word.split_once(':').is_some_and(|(space, name)| {
            let plain =
                |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
            plain(space) && plain(name)
        })
    })
}

/// Whether a page takes in another Markdown file, which has headings of its own. What could be taken
/// in stands in the text by now; what is left is what could not.
fn includes(flavour: Flavour, text: &str) -> bool {
    let marks: &[&str] = match flavour {
        Flavour::MdBook => &["{{#include ", "{{ #include ", "{{#rustdoc_include "],
        Flavour::MkDocs => &["--8<-- ", "-8<- ", "--8<--\n"],
        Flavour::VitePress => &["<!--@include:", "<!-- @include:", "<!--@include :"],
        Flavour::Docusaurus | Flavour::Starlight | Flavour::Mintlify => &["import "],
        _ => return false,
    };
    marks.iter().any(|mark| {
        memmem::find_iter(text.as_bytes(), mark.as_bytes()).any(|at| {
            let mut line = text[at..].lines().take(if mark.ends_with('\n') { 3 } else { 1 });
            at_line_start(text, at)
                && line.any(|line| line.contains(".md"))
                && (*mark != "import " || is_used(text, at))
        })
    })
}

/// Whether what the import at `at` brings is used where nothing stands in its place yet.
fn is_used(text: &str, at: usize) -> bool {
    let line = text[at..].lines().next().unwrap_or_default();
    let name = line["import ".len()..].split(" from ").next().unwrap_or_default().trim();
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    !plain
        || memmem::find_iter(text.as_bytes(), name.as_bytes()).any(|found| {
            let behind = text.as_bytes().get(found + name.len());
            text[..found].ends_with(['<', '{'])
                && !behind.is_some_and(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Whether nothing but spaces stands before a place in its line.
fn at_line_start(text: &str, at: usize) -> bool {
    text[..at].rsplit('\n').next().is_none_or(|before| before.trim().is_empty())
}

/// Whether a page of Hugo has a shortcode that may make a heading.
fn shortcodes(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"{{").any(|at| {
        let rest = &text[at + 2..];
        let Some(inner) = rest.strip_prefix(['%', '<']) else { return false };
        let name = inner.trim_start();
        // A closing tag, or one that is shown and not run.
        if name.starts_with(['/', '*']) {
            return false;
        }
        let end =
            name.find(|c: char| !c.is_alphanumeric() && !"-_".contains(c)).unwrap_or(name.len());
        let name = &name[..end];
        !name.is_empty() && !name.starts_with("tab") && QUIET.binary_search(&name).is_err()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_take_in_others() {
        assert!(QUIET.is_sorted());
        let layout = Layout::default();
        for (flavour, text, open) in [
            (Flavour::Hugo, "a {{< note >}}b{{< /note >}} {{% tab %}}", false),
            (Flavour::Hugo, "{{% include \"x.md\" %}}", true),
            (Flavour::Hugo, "{{</* include */>}} {{ .Title }}", false),
            (Flavour::MkDocs, "# A\n\n::: package.module\n", true),
            (Flavour::MkDocs, "a ::: b", false),
            (Flavour::MkDocs, "--8<-- \"x.md\"\n", true),
            (Flavour::MdBook, "{{#include ../x.rs}}\n", false),
            (Flavour::MdBook, "\n{{#include x.md:part}}\n", true),
            (Flavour::VitePress, "<!--@include: ./x.md-->\n", true),
            (Flavour::Docusaurus, "import X from './_x.mdx';\n", false),
            (Flavour::Docusaurus, "import X from './_x.mdx';\n\nA <X /> b\n", true),
            (Flavour::Docusaurus, "import X, {toc} from './_x.mdx';\n", true),
            (Flavour::Docusaurus, "::: note\n", false),
        ] {
            assert_eq!(takes_in(&layout, flavour, text), open, "{text}");
        }
    }
}
