//! Detects pages whose build-time includes may add anchors that docgen cannot see.

use memchr::memmem;

use crate::config::Flavour;
use crate::config::layout::Layout;

/// Whether a page includes content from elsewhere.
pub fn takes_in(layout: &Layout, flavour: Flavour, text: &str) -> bool {
    includes(flavour, text) || (flavour.takes_in)(layout, text)
}

/// Whether a page has an include of a Markdown file, which may have headings, that could not be
/// resolved. Resolved includes are part of the text already.
fn includes(flavour: Flavour, text: &str) -> bool {
    flavour.include_marks.iter().any(|mark| {
        memmem::find_iter(text.as_bytes(), mark.as_bytes()).any(|at| {
            let mut line = text[at..].lines().take(if mark.ends_with('\n') { 3 } else { 1 });
            at_line_start(text, at)
                && line.any(|line| line.contains(".md"))
                && (*mark != "import " || is_used(text, at))
        })
    })
}

/// Whether the import at `at` is used and has not been resolved.
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

/// Whether there are only spaces before an offset in its line.
fn at_line_start(text: &str, at: usize) -> bool {
    text[..at].rsplit('\n').next().is_none_or(|before| before.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_take_in_others() {
        let layout = Layout::default();
        for (flavour, text, open) in [
            ("hugo", "a {{< note >}}b{{< /note >}} {{% tab %}}", false),
            ("hugo", "{{% include \"x.md\" %}}", true),
            ("hugo", "{{</* include */>}} {{ .Title }}", false),
            ("mkdocs", "# A\n\n::: package.module\n", true),
            ("mkdocs", "a ::: b", false),
            ("mkdocs", "--8<-- \"x.md\"\n", true),
            ("mdbook", "{{#include ../x.rs}}\n", false),
            ("mdbook", "\n{{#include x.md:part}}\n", true),
            ("vitepress", "<!--@include: ./x.md-->\n", true),
            ("docusaurus", "import X from './_x.mdx';\n", false),
            ("docusaurus", "import X from './_x.mdx';\n\nA <X /> b\n", true),
            ("docusaurus", "import X, {toc} from './_x.mdx';\n", true),
            ("docusaurus", "::: note\n", false),
        ] {
            let flavour = Flavour::named(flavour).unwrap();
            assert_eq!(takes_in(&layout, flavour, text), open, "{text}");
        }
    }
}
