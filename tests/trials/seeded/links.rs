//! Faults in links: the page is gone, or the anchor, at each position of the syntax.

use std::ops::Range;

use docgen::markdown::facts::LinkKind;
use docgen::markdown::outline::BlockKind;
use docgen::site::target::{Fragment, Target};

use super::mutant::{Mutant, Near, View};

/// Where a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Text,
    List,
    Table,
    Heading,
    Image,
    Component,
    Html,
    Reference,
    Front,
    Other,
}

fn place(view: &View<'_>, at: usize, kind: LinkKind) -> Place {
    let before = &view.text[..at];
    let front = view.facts.front.span;
    if front.start <= at && at < front.end {
        return Place::Front;
    }
    if before.ends_with("](") || before.ends_with("](<") {
        return match kind {
            LinkKind::Asset => Place::Image,
            LinkKind::Link if view.is_in(at, BlockKind::Table) => Place::Table,
            LinkKind::Link if view.is_in(at, BlockKind::Item) => Place::List,
            LinkKind::Link if (1..=6).any(|n| view.is_in(at, BlockKind::Heading(n))) => {
                Place::Heading
            }
            LinkKind::Link => Place::Text,
        };
    }
    if before.ends_with(['"', '\'', '=']) {
        let name = before.rfind('<').map_or("", |open| &before[open + 1..]);
        let component = name.starts_with(|c: char| c.is_ascii_uppercase());
        return if component { Place::Component } else { Place::Html };
    }
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let definition = before[line..].trim_start();
    if definition.starts_with('[') && definition.trim_end().ends_with("]:") {
        return Place::Reference;
    }
    Place::Other
}

/// Takes the place of a path, of an anchor, and what the link leads to.
type Offer<'o> = &'o mut dyn FnMut(Range<usize>, Option<Range<usize>>, &Target);

/// Links of one position that lead into the tree, with the place of their path and of their anchor.
fn links(view: &View<'_>, wanted: Place, offer: Offer<'_>) {
    links_where(view, &|found| found == wanted, offer);
}

/// The same at any position.
pub fn links_anywhere(view: &View<'_>, offer: Offer<'_>) {
    links_where(view, &|_| true, offer);
}

fn links_where(view: &View<'_>, wanted: &dyn Fn(Place) -> bool, offer: Offer<'_>) {
    let front = view.facts.front_links.iter().zip(&view.site.front_targets[view.page]);
    for (link, target) in view.facts.links.iter().zip(view.targets).chain(front) {
        let span = link.definition.unwrap_or(link.span);
        let (start, end) = (span.start, span.end);
        let internal = matches!(target, Target::Page { .. } | Target::Asset(..));
        if !internal || view.text[start..end] != link.dest || !wanted(place(view, start, link.kind))
        {
            continue;
        }
        let hash = link.dest.find('#');
        let path = link.dest.find(['#', '?']).unwrap_or(link.dest.len());
        let anchor = hash.map(|at| start + at + 1..end);
        offer(start..start + path, anchor, target);
    }
}

/// Whether a part of an address needs no escapes in any syntax.
pub fn is_plain(part: &str) -> bool {
    part.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c))
}

/// Puts letters into the last part of the path, before its suffix.
fn broken_path(view: &View<'_>, wanted: Place, offer: &mut dyn FnMut(Mutant)) {
    links(view, wanted, &mut |path, _, _| {
        let text = &view.text[path.clone()];
        let name = text.trim_end_matches('/').rfind('/').map_or(0, |at| at + 1);
        let part = &text[name..];
        if part.starts_with(|c: char| c.is_alphanumeric()) {
            let first = part.chars().next().map_or(0, char::len_utf8);
            let at = path.start + name + first;
            offer(view.mutant(at..at, "zq", Near::Line));
        }
    });
}

fn broken_anchor(view: &View<'_>, wanted: Place, offer: &mut dyn FnMut(Mutant)) {
    links(view, wanted, &mut |_, anchor, target| {
        let found = matches!(
            target,
            Target::Page { fragment: Fragment::Found(_) | Fragment::Alias { .. }, .. }
        );
        if let Some(anchor) = anchor.filter(|_| found) {
            offer(view.mutant(anchor.end..anchor.end, "-zq", Near::Line));
        }
    });
}

macro_rules! at_each_position {
    ($($path:ident $anchor:ident $place:ident),*) => {
        $(
            pub fn $path(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
                broken_path(view, Place::$place, offer);
            }
            pub fn $anchor(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
                broken_anchor(view, Place::$place, offer);
            }
        )*
    };
}

at_each_position! {
    path_in_text anchor_in_text Text,
    path_in_list anchor_in_list List,
    path_in_table anchor_in_table Table,
    path_in_heading anchor_in_heading Heading,
    path_of_image anchor_of_image Image,
    path_of_component anchor_of_component Component,
    path_of_html anchor_of_html Html,
    path_of_reference anchor_of_reference Reference,
    path_in_front anchor_in_front Front,
    path_elsewhere anchor_elsewhere Other
}
