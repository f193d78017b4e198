//! Components that a site makes itself: a template in `templates/components/` for each. What
//! attributes it has is what its template reads.

use std::collections::{BTreeMap, BTreeSet};

use super::components::{find, is_component_name};
use crate::suggest::nearest;

/// The folder of their templates, below that of all templates.
pub const FOLDER: &str = "components/";

/// The components of a site, by name.
pub type OwnComponents = BTreeMap<String, OwnComponent>;

/// A component that a site makes itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnComponent {
    /// The name of its template.
    pub template: String,
    /// The attributes that its template reads.
    pub attributes: BTreeSet<String>,
}

impl OwnComponent {
    /// The component of a template with this text.
    pub fn new(template: &str, text: &str) -> Self {
        Self { template: template.to_owned(), attributes: attributes(text) }
    }

    /// Whether an attribute means something: that its template reads it, or that it is the id of
    /// the place, which every component may have.
    pub fn knows(&self, name: &str) -> bool {
        name == "id" || self.attributes.contains(name)
    }

    /// What to do about an attribute that it does not have.
    pub fn help(&self, name: &str) -> String {
        let names = || self.attributes.iter().map(String::as_str);
        if let Some(near) = nearest(name, names()) {
            return format!("did you mean `{near}`?");
        }
        let template = format!("`templates/{}`", self.template);
        if self.attributes.is_empty() {
            return format!("{template} reads none");
        }
        let known: Vec<String> = names().take(MAX_LISTED).map(|one| format!("`{one}`")).collect();
        format!("{template} reads {}", known.join(", "))
    }
}

/// The most attributes that a message lists.
const MAX_LISTED: usize = 8;

/// The name of the component of a template: `components/price-table.html` is `<PriceTable>`, and so
/// is `components/PriceTable.html`. `None` if it is the template of none.
pub fn name_of(template: &str) -> Option<String> {
    let stem = template.strip_prefix(FOLDER)?.strip_suffix(".html")?;
    let mut name = String::with_capacity(stem.len());
    for part in stem.split('-') {
        let mut chars = part.chars();
        name.extend(chars.next()?.to_uppercase());
        name.extend(chars);
    }
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (plain && is_component_name(&name)).then_some(name)
}

/// Whether docgen has a component of this name itself, which a site cannot replace.
pub fn is_built_in(name: &str) -> bool {
    find(name).is_some()
}

/// The attributes that a template reads: `attributes.title` or `attributes["title"]`.
fn attributes(text: &str) -> BTreeSet<String> {
    const NAME: &str = "attributes";
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices(NAME) {
        if text[..at].ends_with(|c: char| is_word(c) || c == '.') {
            continue;
        }
        let rest = &text[at + NAME.len()..];
        let read = match rest.strip_prefix('.') {
            Some(rest) => rest.split(|c| !is_word(c)).next(),
            None => ["[\"", "['"]
                .iter()
                .zip(['"', '\''])
                .find_map(|(open, close)| Some(rest.strip_prefix(open)?.split_once(close)?.0)),
        };
        found.extend(read.filter(|name| !name.is_empty()).map(str::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_components() {
        for (template, expected) in [
            ("components/price.html", Some("Price")),
            ("components/price-table.html", Some("PriceTable")),
            ("components/PriceTable.html", Some("PriceTable")),
            ("components/kbd.html", Some("Kbd")),
            ("components/_part.html", None),
            ("components/a/b.html", None),
            ("components/a--b.html", None),
            ("components/1.html", None),
            ("components/\u{e9}.html", None),
            ("partials/price.html", None),
        ] {
            assert_eq!(name_of(template).as_deref(), expected, "{template}");
        }
    }

    #[test]
    fn attributes_are_read_from_the_template() {
        let text = "{{ attributes.title }}{% if attributes['data-x'] and attributes[\"b\"] %}\
                    {{ my_attributes.no }}{{ page.attributes.no }}{{ attributes }}{% endif %}";
        let own = OwnComponent::new("components/a.html", text);
        let names: Vec<&str> = own.attributes.iter().map(String::as_str).collect();
        assert_eq!(names, ["b", "data-x", "title"]);
        assert!(own.knows("title") && own.knows("id") && !own.knows("titel"));
        assert_eq!(own.help("titel"), "did you mean `title`?");
        assert_eq!(own.help("zzzz"), "`templates/components/a.html` reads `b`, `data-x`, `title`");
        let none = OwnComponent::new("components/a.html", "");
        assert_eq!(none.help("a"), "`templates/components/a.html` reads none");
    }
}
