//! The table of components: what docgen knows by name, and where their ids come from.

/// Where a component's id comes from, if the author wrote none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdRule {
    /// It has none.
    None,
    /// The slug of an attribute.
    Attr(&'static str),
    /// `param-` and the slug of the parameter's name.
    Param,
}

/// A component that authors can use.
#[derive(Debug)]
pub struct Component {
    /// Its name.
    pub name: &'static str,
    /// Whether it stands inside a paragraph.
    pub inline: bool,
    /// Where its id comes from.
    pub id: IdRule,
}

const fn block(name: &'static str) -> Component {
    Component { name, inline: false, id: IdRule::None }
}

const fn titled(name: &'static str, attr: &'static str) -> Component {
    Component { name, inline: false, id: IdRule::Attr(attr) }
}

const fn param(name: &'static str) -> Component {
    Component { name, inline: false, id: IdRule::Param }
}

const fn inline(name: &'static str) -> Component {
    Component { name, inline: true, id: IdRule::None }
}

/// Every component, sorted by name.
pub static COMPONENTS: &[Component] = &[
    titled("Accordion", "title"),
    block("AccordionGroup"),
    inline("Badge"),
    block("Callout"),
    block("Card"),
    block("CardGroup"),
    block("Check"),
    block("CodeGroup"),
    block("Columns"),
    block("Danger"),
    titled("Expandable", "title"),
    block("Frame"),
    inline("Icon"),
    block("Info"),
    block("Listing"),
    block("Note"),
    block("Panel"),
    param("Param"),
    param("ParamField"),
    block("RequestExample"),
    block("ResponseExample"),
    param("ResponseField"),
    titled("Step", "title"),
    block("Steps"),
    titled("Tab", "title"),
    block("Tabs"),
    block("Tip"),
    inline("Tooltip"),
    titled("Update", "label"),
    block("Warning"),
];

/// The component called `name`.
pub fn find(name: &str) -> Option<&'static Component> {
    COMPONENTS.binary_search_by(|component| component.name.cmp(name)).ok().map(|at| &COMPONENTS[at])
}

/// Whether a tag of this name is written like a component.
pub fn is_component_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && !super::html::is_shouted(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(COMPONENTS.is_sorted_by_key(|component| component.name));
    }
}
