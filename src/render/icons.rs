//! Draws icons: as SVG inside of the page, so that a page loads nothing for them, and only those
//! that it shows.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::attributes::Attrs;
use super::escape;
use crate::icon_names::{self, Drawing, Icon, Set};

/// The drawings of each set, in blocks: a table of the offsets of all blocks and of the end, then
/// the blocks. `theme/icons.mjs` writes them.
const LUCIDE: &[u8] = include_bytes!("../model/icons/lucide.bin");
const BRANDS: &[u8] = include_bytes!("../model/icons/brands.bin");

/// How many drawings are deflated together. They are so few that nothing has to be kept between two
/// icons: to inflate a block takes some hundredths of a millisecond.
const PER_BLOCK: usize = 8;

/// The opening tag of the drawings of each set.
const LINES: &str = "<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" \
    fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" \
    stroke-linejoin=\"round\" aria-hidden=\"true\">";
const SHAPES: &str = "<svg class=\"icon icon-brand\" viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" \
    fill=\"currentColor\" aria-hidden=\"true\">";

/// The SVG of an icon, if there is one of this name. `library` is the one that names without a
/// prefix are of, which is `Config::icon_library` for names in pages.
pub fn svg(name: &str, library: &str) -> Option<String> {
    match icon_names::find(name, library) {
        Icon::Drawing(drawing) => Some(drawn(drawing)),
        _ => None,
    }
}

/// The HTML of an icon; nothing for one that is unknown. `address` is the published address of the
/// picture, if it is one.
pub fn html(written: &str, library: &str, address: Option<&str>) -> String {
    let mut out = String::new();
    match icon_names::find(written, library) {
        Icon::Drawing(drawing) => return drawn(drawing),
        Icon::Picture(picture) => {
            out.push_str("<img class=\"icon\" alt=\"\" loading=\"lazy\"");
            escape::attribute(&mut out, "src", address.unwrap_or(picture));
            out.push('>');
        }
        Icon::Text(text) => {
            out.push_str("<span class=\"icon-text\" aria-hidden=\"true\">");
            escape::text(&mut out, text);
            out.push_str("</span>");
        }
        Icon::Unknown => {}
    }
    out
}

/// The SVG of the icon of a file, by the title of a code block; empty for none.
pub fn of_file(title: &str) -> String {
    let name = icon_names::files::of(title);
    name.and_then(|name| svg(name, icon_names::DEFAULT_LIBRARY)).unwrap_or_default()
}

/// The HTML of the icon of a component, or nothing.
pub fn of(attrs: &dyn Attrs, library: &str) -> String {
    let Some(written) = attrs.get("icon").or_else(|| attrs.get("name")) else {
        return String::new();
    };
    let own =
        icon_names::own_library(attrs.get("iconType").as_deref(), attrs.get("library").as_deref());
    html(&written, own.unwrap_or(library), attrs.link("icon").as_deref())
}

fn drawn(drawing: Drawing) -> String {
    let (set, open) = match drawing.set {
        Set::Lucide => (LUCIDE, LINES),
        Set::Brands => (BRANDS, SHAPES),
    };
    let block = block(set, drawing.number / PER_BLOCK);
    let inside = block.lines().nth(drawing.number % PER_BLOCK).unwrap_or_default();
    format!("{open}{inside}</svg>")
}

/// The drawings of a block, one on each line.
fn block(set: &[u8], number: usize) -> String {
    let offset = |at: usize| {
        let bytes = set[4 * at..].first_chunk().expect("the table has an offset for each block");
        u32::from_le_bytes(*bytes) as usize
    };
    let mut text = String::new();
    DeflateDecoder::new(&set[offset(number)..offset(number + 1)])
        .read_to_string(&mut text)
        .expect("the blocks are part of the program");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_icon_has_a_drawing() {
        for set in [Set::Lucide, Set::Brands] {
            let numbers: Vec<usize> = icon_names::numbers(set).collect();
            let last = *numbers.iter().max().expect("an icon");
            for number in numbers {
                let svg = drawn(Drawing { set, number });
                let tree = roxmltree::Document::parse(&svg).expect("valid SVG");
                let root = tree.root_element();
                assert_eq!(root.attribute("aria-hidden"), Some("true"));
                assert!(svg.contains("currentColor") && root.has_children(), "{set:?} {number}");
            }
            let bytes = if set == Set::Lucide { LUCIDE } else { BRANDS };
            let blocks = u32::from_le_bytes(*bytes.first_chunk().expect("a table")) / 4 - 1;
            assert_eq!(last / PER_BLOCK + 1, blocks as usize, "no drawing is without a name");
        }
    }

    #[test]
    fn the_drawing_is_that_of_the_name() {
        let x = svg("x", "lucide").expect("an icon");
        assert!(x.contains("M18 6 6 18") && x.contains("stroke=\"currentColor\""), "{x}");
        assert_eq!(svg("xmark", "lucide"), Some(x));
        let vercel = svg("vercel", "lucide").expect("an icon");
        assert!(vercel.contains("fill=\"currentColor\"") && !vercel.contains("stroke"), "{vercel}");
        assert_eq!(svg("no-such-icon", "lucide"), None);
        assert_eq!(svg("/a.svg", "lucide"), None);
    }

    #[test]
    fn what_is_no_name() {
        let picture = html("./a\".svg", "lucide", None);
        assert_eq!(picture, "<img class=\"icon\" alt=\"\" loading=\"lazy\" src=\"./a&quot;.svg\">");
        assert!(html("./a.svg", "lucide", Some("/b.svg")).contains("\"/b.svg\""));
        assert!(html("🚀", "lucide", None).contains(">🚀</span>"));
        assert_eq!(html("<", "lucide", None).matches('<').count(), 2, "escaped");
        assert_eq!(html("no-such-icon", "lucide", None), "");
    }
}
