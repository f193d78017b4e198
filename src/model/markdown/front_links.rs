//! Links in front matter: the buttons and cards of a home page, the previous and the next page.

use super::facts::{Link, LinkKind};
use super::front_matter::FrontMatter;
use super::landing::PICTURES;
use crate::data::Node;
use crate::icons;

/// The links of a page's front matter, in order.
pub fn links(front: &FrontMatter) -> Vec<Link> {
    let mut out = Vec::new();
    let Some(node) = &front.node else { return out };
    let mut add = |node: Option<&Node>, kind: LinkKind| {
        if let Some((dest, span)) = node.and_then(|node| Some((node.as_str()?, node.span)))
            && !dest.trim().is_empty()
        {
            out.push(Link { dest: dest.trim().to_owned(), span, kind, definition: None });
        }
    };
    if let Some(hero) = node.get("hero") {
        for action in hero.get("actions").map_or(&[][..], Node::items) {
            add(action.get("link"), LinkKind::Link);
            add(action.get("icon").filter(|icon| is_picture(icon)), LinkKind::Asset);
        }
        if let Some(image) = hero.get("image") {
            for node in pictures(image) {
                add(Some(node), LinkKind::Asset);
            }
        }
    }
    for feature in node.get("features").map_or(&[][..], Node::items) {
        add(feature.get("link"), LinkKind::Link);
        for node in feature.get("icon").into_iter().flat_map(pictures) {
            add(Some(node).filter(|node| is_picture(node)), LinkKind::Asset);
        }
    }
    for key in ["prev", "next"] {
        add(node.get(key).and_then(|node| node.get("link")), LinkKind::Link);
    }
    out
}

fn is_picture(node: &Node) -> bool {
    node.as_str().is_some_and(icons::is_picture)
}

/// The addresses of a picture: its value, or those of its variants.
fn pictures(node: &Node) -> impl Iterator<Item = &Node> {
    let own = node.as_str().map(|_| node);
    own.into_iter().chain(PICTURES.iter().filter_map(|key| node.get(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_page_links_from_its_front_matter() {
        let text = "---\nhero:\n  image:\n    src: /logo.svg\n  actions:\n    - text: Start\n      \
                    link: /guide/\n    - text: No link\nfeatures:\n  - title: A\n    link: ./a.md\n    icon: {src: ./i.svg}\n  - title: B\n    icon: rocket\n\
                    prev: Only a title\nnext:\n  link: /b\n---\n";
        let (front, _) = super::super::front_matter::read(text);
        let links = links(&front);
        let dests: Vec<&str> = links.iter().map(|link| link.dest.as_str()).collect();
        assert_eq!(dests, ["/guide/", "/logo.svg", "./a.md", "./i.svg", "/b"]);
        for link in &links {
            assert!(text[link.span.start..link.span.end].contains(&link.dest));
        }
    }
}
