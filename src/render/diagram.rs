//! Diagrams that are drawn while the site is built: an SVG file for a light ground and one for a
//! dark one, shown as pictures, in which a browser runs no script and loads nothing.

#[cfg(feature = "mermaid")]
mod draw;
#[cfg(feature = "mermaid")]
mod drawing;

use super::assets::mark;
use super::escape;
use crate::config::Config;
use crate::config::words::Words;
use crate::lang::{self, Drawn};
use crate::markdown::facts::CodeBlock;

/// The ground that a drawing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A light one.
    Light,
    /// A dark one.
    Dark,
}

/// The grounds: the class of the pictures for each, and the end of the names of their files.
const GROUNDS: [(Ground, &str, &str); 2] =
    [(Ground::Light, "only-light", ""), (Ground::Dark, "only-dark", "-dark")];

/// A drawn diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The file.
    pub svg: String,
    /// Its size in pixels.
    pub size: (u32, u32),
    /// What it shows, if its author says so.
    pub title: Option<String>,
    /// What kind of diagram it is, as Mermaid names it.
    pub kind: String,
}

/// Whether a block is a diagram that is drawn, unless a script of the site draws it, or its source
/// is what matters.
pub fn is_wanted(config: &Config, block: &CodeBlock) -> bool {
    cfg!(feature = "mermaid")
        && matches!(lang::drawn(&block.info.language), Some(Drawn::Diagram(_)))
        && config.theme.mermaid.is_empty()
        && block.info.bad.is_none()
}

/// The drawing of a source; none if it cannot be drawn.
#[cfg(feature = "mermaid")]
pub fn drawn(source: &str, ground: Ground) -> Option<Drawing> {
    let svg = crate::panics::caught(|| draw::draw(source, ground)).ok()??;
    drawing::read(svg)
}

/// The drawing of a source; none, since this program cannot draw.
#[cfg(not(feature = "mermaid"))]
pub fn drawn(_source: &str, _ground: Ground) -> Option<Drawing> {
    None
}

/// The files of a diagram: their paths, and their grounds.
pub fn files(source: &str) -> impl Iterator<Item = (String, Ground)> {
    let name = name(source);
    GROUNDS.into_iter().map(move |(ground, _, end)| (format!("{name}{end}.svg"), ground))
}

/// The name of the files of a diagram. Another version may draw it in another way, and browsers
/// keep files.
fn name(source: &str) -> String {
    let drawn = format!("{} {source}", env!("CARGO_PKG_VERSION"));
    format!("docgen/diagrams/{}{}", mark(source.as_bytes()), mark(drawn.as_bytes()))
}

/// Writes the pictures of a diagram and the start of its source, which stands in what
/// [`close`] ends. `route` makes an address of the path of a file.
pub fn open(
    out: &mut String,
    drawing: &Drawing,
    source: &str,
    words: &Words,
    route: impl Fn(&str) -> String,
) {
    out.push_str("<figure class=\"diagram\">");
    let name = name(source);
    let said = drawing.title.clone();
    let said = said.unwrap_or_else(|| words.filled("diagram", &drawing.kind));
    for (_, class, end) in GROUNDS {
        out.push_str("<img");
        escape::attribute(out, "class", class);
        escape::attribute(out, "src", &route(&format!("/{name}{end}.svg")));
        escape::attribute(out, "alt", &said);
        escape::attribute(out, "width", &drawing.size.0.to_string());
        escape::attribute(out, "height", &drawing.size.1.to_string());
        out.push_str(" loading=\"lazy\">");
    }
    out.push_str("<details class=\"diagram-source\"><summary>");
    escape::text(out, words.get("diagram_source"));
    out.push_str("</summary>");
}

/// Ends the source of a diagram.
pub fn close(out: &mut String) {
    out.push_str("</details></figure>");
}

#[cfg(all(test, feature = "mermaid"))]
mod tests;
