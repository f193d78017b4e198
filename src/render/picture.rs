//! Attributes that are added to pictures: the size, so that the layout is stable while they load,
//! and the theme that a picture is for.

use super::assets::Assets;
use super::escape;

/// The attributes that the author wrote in a tag.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// `width`
    pub width: Option<String>,
    /// `height`
    pub height: Option<String>,
    /// Whether there is a `class`.
    pub class: bool,
    /// Whether there is a `style`.
    pub style: bool,
    /// Whether there is a `loading`.
    pub loading: bool,
}

/// Writes the attributes that are missing.
pub fn complete(out: &mut String, src: &str, said: &Said, assets: &Assets) {
    if let Some(class) = variant(src).filter(|_| !said.class) {
        escape::attribute(out, "class", class);
    }
    // The author's styles may set only one side; the other must stay in proportion.
    let free = !said.class && !said.style || said.width.is_some() || said.height.is_some();
    if let Some(size) = assets.get(src).and_then(|asset| asset.size).filter(|_| free) {
        for (name, value) in missing(size, said.width.as_deref(), said.height.as_deref()) {
            escape::attribute(out, name, &value.to_string());
        }
    }
    if !said.loading {
        out.push_str(" loading=\"lazy\"");
    }
}

/// The theme that the fragment of an address names, as on GitHub and in Material for MkDocs.
fn variant(src: &str) -> Option<&'static str> {
    match src.rsplit_once('#')?.1 {
        "only-light" | "gh-light-mode-only" => Some("only-light"),
        "only-dark" | "gh-dark-mode-only" => Some("only-dark"),
        _ => None,
    }
}

/// The missing one of width and height, in the proportions of the file.
fn missing(
    (width, height): (usize, usize),
    said_width: Option<&str>,
    said_height: Option<&str>,
) -> Vec<(&'static str, usize)> {
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let scaled = |said: usize, of: usize, by: usize| (said * of + by / 2).checked_div(by);
    match (said_width, said_height) {
        (None, None) => vec![("width", width), ("height", height)],
        (Some(said), None) => {
            let other = number(said).and_then(|said| scaled(said, height, width));
            other.map(|other| ("height", other)).into_iter().collect()
        }
        (None, Some(said)) => {
            let other = number(said).and_then(|said| scaled(said, width, height));
            other.map(|other| ("width", other)).into_iter().collect()
        }
        (Some(_), Some(_)) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Asset;

    #[test]
    fn what_the_author_wrote_counts() {
        let svg = Asset::of(b"<svg width='40' height='20'/>");
        let assets: Assets = [("/a.svg".to_owned(), svg)].into_iter().collect();
        let text = |text: &str| Some(text.to_owned());
        for (src, said, expected) in [
            ("/a.svg", Said::default(), " width=\"40\" height=\"20\" loading=\"lazy\""),
            ("/b.svg", Said::default(), " loading=\"lazy\""),
            ("/b.png#only-dark", Said { loading: true, ..Said::default() }, " class=\"only-dark\""),
            (
                "/b.png#gh-light-mode-only",
                Said { class: true, loading: true, ..Said::default() },
                "",
            ),
            (
                "/a.svg",
                Said { width: text("100"), loading: true, ..Said::default() },
                " height=\"50\"",
            ),
            (
                "/a.svg",
                Said { height: text("10"), loading: true, ..Said::default() },
                " width=\"20\"",
            ),
            ("/a.svg", Said { style: true, loading: true, ..Said::default() }, ""),
            ("/a.svg", Said { width: text("50%"), loading: true, ..Said::default() }, ""),
        ] {
            let mut out = String::new();
            complete(&mut out, src, &said, &assets);
            assert_eq!(out, expected, "{src} {said:?}");
        }
    }
}
