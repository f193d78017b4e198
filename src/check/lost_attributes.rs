//! Attributes of components whose text the page does not show, since the component has no such
//! attribute or docgen does not know the component.

use crate::markdown::components::{self, AttributeKind};
use crate::markdown::facts::ComponentUse;
use crate::markdown::html::{self, AttrValue, Tags};

/// Attributes that hold a text even if it is one word.
const TEXTS: &[&str] = &["caption", "description", "headline", "label", "text", "title"];

/// Attributes that never hold a text for readers.
const NO_TEXTS: &[&str] = &[
    "allow",
    "class",
    "className",
    "code",
    "d",
    "id",
    "key",
    "media",
    "points",
    "rel",
    "sandbox",
    "sizes",
    "srcset",
    "srcSet",
    "style",
    "transform",
    "viewBox",
];

/// The names of the attributes of a component whose text is not shown.
pub fn of<'s>(source: &'s str, component: &ComponentUse) -> Vec<&'s str> {
    let known = components::find(&component.name);
    let shows = |name: &str| {
        known.is_some_and(|known| {
            let shown = known.attributes.iter().find(|one| one.name == name);
            // `<TabItem value>` is for a program.
            let for_programs = known.unshown.contains(&name) && !TEXTS.contains(&name);
            shown.is_some_and(|one| one.kind != AttributeKind::Flag) || for_programs
        })
    };
    let Some(tag) = Tags::default().at(source, component.span.start) else { return Vec::new() };
    let lost = tag.attrs.iter().filter_map(|attr| {
        let name = &source[attr.name.clone()];
        if attr.value == AttrValue::None || NO_TEXTS.contains(&name) || shows(name) {
            return None;
        }
        let range = html::literal(source, &attr.value)?;
        let value = &source[range.clone()];
        let is_text = TEXTS.contains(&name) || value.trim().contains(char::is_whitespace);
        // A name with a colon is for a program: `client:media`, `on:click`, `x-bind:title`.
        let letters = value.contains(char::is_alphabetic) && !name.contains([':', '@']);
        (is_text && letters).then_some(name)
    });
    lost.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn lost(tag: &str) -> Vec<&str> {
        let span = Span::new(0, tag.len());
        let name = html::tag_at(tag, 0).unwrap().name(tag).to_owned();
        let component = ComponentUse { name, span, closed: true, known: false };
        of(tag, &component)
    }

    #[test]
    fn texts_that_no_component_shows() {
        for (tag, expected) in [
            ("<Card title='a b' href='c'>", vec![]),
            ("<Card title='a' subtitle='b c'>", vec!["subtitle"]),
            ("<HeroCard title='a' href='/b c'/>", vec!["title", "href"]),
            ("<TabItem value='a b' label='c'>", vec![]),
            ("<X label={\"a b\"} note={a} on />", vec!["label"]),
            ("<X className='a b' style='c d' client:media='e f' n='1 2' w='x'/>", vec![]),
        ] {
            assert_eq!(lost(tag), expected, "{tag}");
        }
    }
}
