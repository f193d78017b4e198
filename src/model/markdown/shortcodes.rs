//! Hugo shortcodes that link to a page: `{{< ref "page.md#id" >}}` and `{{% relref page %}}`.

use memchr::memmem;

use super::facts::{CodeBlock, Link, LinkKind};
use crate::source::Span;

/// The longest name of a page, in bytes.
const MAX_LEN: usize = 1000;

/// The links in the shortcodes of a page, in order. Those in code blocks are skipped, since they
/// are mostly examples.
pub fn links(source: &str, code: &[CodeBlock]) -> Vec<Link> {
    let mut out = Vec::new();
    for at in memmem::find_iter(source.as_bytes(), b"{{") {
        let behind = code.partition_point(|block| block.span.start <= at);
        if behind.checked_sub(1).is_some_and(|before| at < code[before].span.end) {
            continue;
        }
        if let Some((start, end)) = named(source, at + 2) {
            let dest = source[start..end].to_owned();
            let (span, kind) = (Span::new(start, end), LinkKind::Link);
            out.push(Link { dest, span, kind, definition: None });
        }
    }
    out
}

/// The range of the name of a page in the shortcode that begins at `at`.
fn named(source: &str, at: usize) -> Option<(usize, usize)> {
    let end = source.floor_char_boundary(source.len().min(at + MAX_LEN));
    let text = source.get(at..end)?;
    let inner = text.strip_prefix(['<', '%'])?;
    let inner = inner.trim_start();
    let rest = inner.strip_prefix("relref").or_else(|| inner.strip_prefix("ref"))?;
    let rest = rest.starts_with([' ', '\t']).then(|| rest.trim_start())?;
    let rest = rest.strip_prefix("path=").unwrap_or(rest);
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '`'));
    let (name, behind) = match quote {
        Some(quote) => rest[1..].split_once(quote)?,
        None => rest.split_at(rest.find(char::is_whitespace)?),
    };
    // A name that is made by a template is not known, and options in a map are another form.
    let closed = behind.find("}}").is_some_and(|close| !behind[..close].contains("{{"));
    if !closed || name.is_empty() || name.contains(['{', '\n', '(']) || name.contains("}}") {
        return None;
    }
    let start = name.as_ptr() as usize - source.as_ptr() as usize;
    Some((start, start + name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pages() {
        for (text, expected) in [
            ("[a]({{< ref \"x.md#y\" >}})", "x.md#y"),
            ("[a]({{% relref \"/docs/x\" %}})", "/docs/x"),
            ("[a]({{<relref x.md>}})", ""),
            ("{{< ref x.md >}} {{< relref path=\"y\" lang=\"fr\" >}}", "x.md y"),
            ("{{</* ref \"x\" */>}} {{< reference \"x\" >}} {{ ref \"x\" }}", ""),
            ("{{< ref \"x", ""),
            ("{{< ref \"\" >}} {{", ""),
        ] {
            let found = links(text, &[]);
            let names: Vec<&str> = found.iter().map(|link| link.dest.as_str()).collect();
            assert_eq!(names.join(" "), expected, "{text}");
            for link in &found {
                assert_eq!(&text[link.span.start..link.span.end], link.dest);
            }
        }
    }
}
