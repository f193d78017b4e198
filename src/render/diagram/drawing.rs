//! Reads a drawing: whether it may be published, its size, and what it says of itself.

use roxmltree::{Document, Node};

use super::Drawing;

/// What an SVG file names a kind of diagram, and what people call it.
const KINDS: [(&str, &str); 11] = [
    ("class", "class diagram"),
    ("classDiagram", "class diagram"),
    ("er", "entity relationship diagram"),
    ("flowchart-v2", "flowchart"),
    ("gantt", "Gantt chart"),
    ("gitGraph", "Git graph"),
    ("journey", "user journey"),
    ("pie", "pie chart"),
    ("sequence", "sequence diagram"),
    ("stateDiagram", "state diagram"),
    ("timeline", "timeline"),
];
/// Elements that run code or hold other documents.
const ACTIVE: [&str; 6] = ["audio", "embed", "foreignObject", "iframe", "script", "video"];
/// No screen shows more, and browsers stop at a size.
const LARGEST: f64 = 30_000.0;

/// A drawing; none if it is not one, or more than a drawing.
pub(super) fn read(svg: String) -> Option<Drawing> {
    let document = Document::parse(&svg).ok()?;
    let root = document.root_element();
    if !document.descendants().all(is_inert) {
        return None;
    }
    let numbers = root.attribute("viewBox")?.split_ascii_whitespace().map(str::parse);
    let numbers: Vec<f64> = numbers.collect::<Result<_, _>>().ok()?;
    let [_, _, width, height] = numbers[..] else { return None };
    let size = (pixels(width)?, pixels(height)?);
    let name = root.attribute("aria-roledescription").unwrap_or_default();
    let kind = KINDS.iter().find(|(of, _)| *of == name).map_or(name, |(_, kind)| kind).to_owned();
    let said: Vec<String> = ["title", "desc"].iter().filter_map(|of| text(root, of)).collect();
    let title = (!said.is_empty()).then(|| said.join(". "));
    Some(Drawing { svg: sized(&svg, size), size, title, kind })
}

/// Whether a node neither runs nor loads anything.
fn is_inert(node: Node<'_, '_>) -> bool {
    let own = |value: &str| value.starts_with('#') || value.starts_with("data:image/");
    !ACTIVE.contains(&node.tag_name().name())
        && node.attributes().all(|attribute| match attribute.name() {
            "href" | "src" => own(attribute.value().trim()),
            name => !name.starts_with("on"),
        })
}

fn text(root: Node<'_, '_>, name: &str) -> Option<String> {
    let node = root.children().find(|node| node.tag_name().name() == name);
    let text = node?.text()?.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn pixels(side: f64) -> Option<u32> {
    (side.is_finite() && (1.0..=LARGEST).contains(&side)).then(|| side.ceil() as u32)
}

/// With the size as the attributes of the root: a picture as wide as what it stands in has no size
/// of its own, so browsers could neither reserve space for it nor enlarge it.
fn sized(svg: &str, (width, height): (u32, u32)) -> String {
    let end = svg.find('>').unwrap_or(0);
    let root = svg[..end].replacen(
        " width=\"100%\"",
        &format!(" width=\"{width}\" height=\"{height}\""),
        1,
    );
    root + &svg[end..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(content: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" viewBox=\"0 0 10.2 20\" \
             aria-roledescription=\"er\">{content}</svg>"
        )
    }

    #[test]
    fn what_a_drawing_says_of_itself() {
        let drawing = read(svg("<title>A  b</title><desc>c</desc><a href='#x'/>")).unwrap();
        assert_eq!(drawing.size, (11, 20));
        assert_eq!(drawing.title.as_deref(), Some("A b. c"));
        assert_eq!(drawing.kind, "entity relationship diagram");
        assert!(drawing.svg.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"11\""));
        assert_eq!(read(svg("")).unwrap().title, None);
    }

    #[test]
    fn what_runs_or_loads_something_is_no_drawing() {
        for content in [
            "<script/>",
            "<g onclick='x'/>",
            "<foreignObject/>",
            "<image href='https://a.dev/b.png'/>",
            "<a href='javascript:x'/>",
        ] {
            assert_eq!(read(svg(content)), None, "{content}");
        }
        assert_eq!(read("<svg".to_owned()), None);
        assert_eq!(read("<svg viewBox='0 0 1e9 1'/>".to_owned()), None);
        assert_eq!(read("<svg viewBox='0 0 NaN 1'/>".to_owned()), None);
    }
}
