//! Which attributes of tags are links.

use std::ops::Range;

use crate::icons;
use crate::markdown::components;
use crate::markdown::facts::LinkKind;
use crate::markdown::html::{self, AttrValue, Tag};

/// Visits the attributes of a tag that are links: the range of the value in the source, or `None`
/// if the value is code.
pub fn for_each_link(
    source: &str,
    tag: &Tag,
    mut visit: impl FnMut(&str, Option<Range<usize>>, LinkKind),
) {
    let element = tag.name(source);
    for attr in &tag.attrs {
        let name = &source[attr.name.clone()];
        let Some(kind) = link_attr(element, name) else { continue };
        if attr.value == AttrValue::None {
            continue;
        }
        let bound = name.starts_with([':', '@']);
        match html::literal(source, &attr.value).filter(|_| !bound) {
            Some(range) if name == "icon" && !icons::is_picture(&source[range.clone()]) => {}
            Some(range) if name == "cta" && !is_address(&source[range.clone()]) => {}
            Some(range) if name == "srcset" => {
                for candidate in srcset(&source[range.clone()]) {
                    let (start, end) = (range.start + candidate.start, range.start + candidate.end);
                    visit(name, Some(start..end), kind);
                }
            }
            Some(range) => visit(name, Some(range), kind),
            None => visit(name, None, kind),
        }
    }
}

/// The kind of link that an attribute of an element is, if it is one.
pub fn link_attr(element: &str, attr: &str) -> Option<LinkKind> {
    let component = components::is_component_name(element);
    match attr {
        "href" | ":href" if element != "link" && element != "base" => Some(LinkKind::Link),
        "cta" if component => Some(LinkKind::Link),
        "src" | ":src" | "poster" => Some(LinkKind::Asset),
        "srcset" if matches!(element, "img" | "source") => Some(LinkKind::Asset),
        "captions" | "img" | "icon" | "image" if component => Some(LinkKind::Asset),
        _ => None,
    }
}

/// The addresses of a `srcset`, separated by commas, each with an optional size after it.
fn srcset(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(skip) = value[at..].find(|c: char| !c.is_whitespace() && c != ',') {
        let start = at + skip;
        let len = value[start..].find(char::is_whitespace).unwrap_or(value.len() - start);
        let address = value[start..start + len].trim_end_matches(',');
        found.push(start..start + address.len());
        at = start + len;
        // An address that ends in a comma has no size.
        if address.len() == len {
            at += value[at..].find(',').map_or(value.len() - at, |comma| comma + 1);
        }
    }
    found
}

/// Whether a text is an address and not a label.
fn is_address(text: &str) -> bool {
    text.starts_with(['/', '.', '#']) || text.contains("://")
}

/// Resolves the character references of an attribute.
pub fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let named = text
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    named.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_a_srcset() {
        for (value, expected) in [
            ("a.png", vec!["a.png"]),
            (" a.png 2x ", vec!["a.png"]),
            ("a.png 1x, b.png 2x", vec!["a.png", "b.png"]),
            ("a.png, b.png 100w,c.png", vec!["a.png", "b.png", "c.png"]),
            (
                "data:image/png;base64,AA== 1x, b,c.png",
                vec!["data:image/png;base64,AA==", "b,c.png"],
            ),
            ("", vec![]),
            (",", vec![]),
        ] {
            let found: Vec<&str> = srcset(value).into_iter().map(|range| &value[range]).collect();
            assert_eq!(found, expected, "{value}");
        }
    }
}
