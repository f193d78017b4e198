//! Data about files that pages show: the size of a picture, so that the layout is stable while it
//! loads, and a hash of the content, so that browsers can cache a file until it changes.

use std::collections::HashMap;

use rapidhash::v3::rapidhash_v3;

use crate::markdown::destination::{split, split_path};

/// Data about one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asset {
    /// Width and height in CSS pixels, if the file says them.
    pub size: Option<(usize, usize)>,
    /// Width and height in any unit, of a drawing without a size too.
    pub shape: Option<(usize, usize)>,
    mark: String,
}

impl Asset {
    /// Reads the data from the bytes of a file.
    pub fn of(bytes: &[u8]) -> Self {
        let (size, shape) = match imagesize::blob_size(bytes) {
            Ok(size) => (Some((size.width, size.height)), None),
            Err(_) => svg_size(bytes),
        };
        let seen = |(width, height): &(usize, usize)| *width > 0 && *height > 0;
        Self { size: size.filter(seen), shape: size.or(shape).filter(seen), mark: mark(bytes) }
    }
}

/// A short hash of some bytes.
pub fn mark(bytes: &[u8]) -> String {
    format!("{:08x}", rapidhash_v3(bytes) as u32)
}

/// The files of a site, by their URL paths.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    files: HashMap<String, Asset>,
}

impl Assets {
    /// The data of the file at an address, whose fragment and query are ignored.
    pub fn get(&self, address: &str) -> Option<&Asset> {
        self.files.get(split(address).0)
    }

    /// The address with the hash of the file's content as its query. The file keeps its name, so
    /// that cached pages still find it. An address that has a query already stays as it is.
    pub fn marked(&self, address: &str) -> String {
        match self.get(address) {
            Some(asset) if !address.contains('?') => {
                let (path, fragment) = split_path(address);
                format!("{path}?v={}{fragment}", asset.mark)
            }
            _ => address.to_owned(),
        }
    }
}

impl FromIterator<(String, Asset)> for Assets {
    fn from_iter<I: IntoIterator<Item = (String, Asset)>>(files: I) -> Self {
        Self { files: files.into_iter().collect() }
    }
}

/// The size of an SVG in pixels, if it has one, and that of its drawing in hundredths of its unit.
type SvgSize = (Option<(usize, usize)>, Option<(usize, usize)>);

fn svg_size(bytes: &[u8]) -> SvgSize {
    svg_root(bytes).unwrap_or_default()
}

fn svg_root(bytes: &[u8]) -> Option<SvgSize> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains("<svg"))?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let root = Some(document.root_element()).filter(|root| root.tag_name().name() == "svg")?;
    let length = |name: &str| {
        let said = root.attribute(name)?.trim();
        let number: f64 = said.strip_suffix("px").unwrap_or(said).parse().ok()?;
        (1.0..1e6).contains(&number).then_some(number.round() as usize)
    };
    let drawing = root.attribute("viewBox").and_then(|said| {
        let numbers: Result<Vec<f64>, _> =
            said.split([' ', ',']).filter(|one| !one.is_empty()).map(str::parse).collect();
        let [_, _, width, height] = numbers.ok()?.try_into().ok()?;
        let sides = [width, height].map(|side: f64| (0.01..1e6).contains(&side));
        sides
            .into_iter()
            .all(|fits| fits)
            .then(|| ((width * 100.0).round() as usize, (height * 100.0).round() as usize))
    });
    Some((length("width").zip(length("height")), drawing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_what_the_file_says() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xc8\x08\x06\0\0\0";
        assert_eq!(Asset::of(png).size, Some((320, 200)));
        for (text, size) in [
            (
                "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20.4px'/>",
                Some((40, 20)),
            ),
            ("<?xml version='1.0'?><!-- x --><svg width='10' height='5'></svg>", Some((10, 5))),
            ("<svg viewBox='0 0 40 20'/>", None),
            ("<svg width='100%' height='20'/>", None),
            ("<svg width='0' height='20'/>", None),
            ("<html><svg width='1' height='1'/></html>", None),
            ("<svg width='1'", None),
            ("", None),
        ] {
            assert_eq!(Asset::of(text.as_bytes()).size, size, "{text}");
        }
    }

    #[test]
    fn drawings_without_a_size_have_a_shape() {
        for (text, shape) in [
            ("<svg viewBox='0 0 40.5 20'/>", Some((4050, 2000))),
            ("<svg viewBox='-1,-1, 40 20'/>", Some((4000, 2000))),
            ("<svg width='30' height='10' viewBox='0 0 40 20'/>", Some((30, 10))),
            ("<svg width='100%' height='100%' viewBox='0 0 4 2'/>", Some((400, 200))),
            ("<svg viewBox='0 0 40'/>", None),
            ("<svg viewBox='0 0 0 20'/>", None),
            ("<svg viewBox='0 0 a 20'/>", None),
            ("<svg viewBox='0 0 1e9 20'/>", None),
        ] {
            assert_eq!(Asset::of(text.as_bytes()).shape, shape, "{text}");
        }
    }

    #[test]
    fn addresses_change_with_the_content() {
        let assets: Assets = [("/a b.png".to_owned(), Asset::of(b"1"))].into_iter().collect();
        let marked = assets.marked("/a b.png#only-dark");
        assert_eq!(marked, format!("/a b.png?v={}#only-dark", mark(b"1")));
        assert_ne!(mark(b"1"), mark(b"2"));
        for address in ["/a b.png?x=1", "/other.png", "https://example.com/a b.png"] {
            assert_eq!(assets.marked(address), address);
        }
    }
}
