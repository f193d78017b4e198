//! Which attributes of tags hold links.

use std::ops::Range;

use crate::markdown::components;
use crate::markdown::facts::LinkKind;
use crate::markdown::html::{self, AttrValue, Tag};

/// Visits the attributes of a tag that hold links: the range of the value in the source, or
/// `None` where only code could tell it.
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
            Some(range) if name == "icon" && !source[range.clone()].contains('/') => {}
            Some(range) if name == "cta" && !is_address(&source[range.clone()]) => {}
            Some(range) => visit(name, Some(range), kind),
            None => visit(name, None, kind),
        }
    }
}

/// Whether an attribute of an element holds a link, and of what kind.
pub fn link_attr(element: &str, attr: &str) -> Option<LinkKind> {
    let component = components::is_component_name(element);
    match attr {
        "href" | ":href" if element != "link" && element != "base" => Some(LinkKind::Link),
        "cta" if component => Some(LinkKind::Link),
        "src" | ":src" | "poster" => Some(LinkKind::Asset),
        "img" | "icon" | "image" if component => Some(LinkKind::Asset),
        _ => None,
    }
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
