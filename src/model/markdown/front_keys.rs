//! What the keys of front matter mean: a row for each key that is read, from whatever generator it
//! comes. Where several keys mean the same, the first of them counts. The address of a page is a
//! matter of its flavour.

use super::front_matter::{FrontMatter, text};
use crate::data::{Node, Value};

/// What leads readers to pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finder {
    /// Search engines and other machines: sitemap, `llms.txt`, and a tag in the page itself.
    Engines,
    /// A navigation that is made of all pages; one that names them may name any.
    Navigation,
    /// The search of the site.
    Search,
}

/// What a key says about its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Its title.
    Title,
    /// A shorter title, for the navigation.
    Label,
    /// A sentence about it.
    Description,
    /// Its icon in the navigation.
    Icon,
    /// How that icon is drawn, or the library it is from.
    IconStyle,
    /// A word or two beside its title in the navigation.
    Badge,
    /// What it is about, in the words of its site.
    Tags,
    /// The interface it describes, which its title comes from.
    Interface,
    /// Where it sends readers.
    Redirect,
    /// Addresses that it had before.
    OldAddress,
    /// Its place among its neighbours.
    Order,
    /// The day of its last change.
    Changed,
    /// With this truth value, that it is hidden from these.
    Hidden(bool, &'static [Finder]),
    /// With this truth value, that its author does not mean readers to come across it.
    Withheld(bool),
    /// That it stands for another address, if it is a text.
    Elsewhere,
    /// That it has a layout of its own, unless the value is one of these.
    Layout(&'static [&'static str]),
    /// Something that only its generator reads.
    Foreign,
}

/// What the value of a key has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text that readers see, or an address.
    Text,
    /// A truth value.
    Switch,
    /// A date.
    Day,
    /// Anything.
    Any,
}

/// A row: the key, maybe with keys of tables after dots, its meaning and its value.
type Row = (&'static str, Meaning, Expected);

/// All keys that mean something.
#[rustfmt::skip]
static KEYS: &[Row] = {
    use Expected::{Any, Day, Switch, Text};
    use Finder::{Engines, Navigation, Search};
    use Meaning::*;
    &[
        ("title", Title, Text),
        ("sidebarTitle", Label, Text),
        ("sidebar_label", Label, Any),
        ("linkTitle", Label, Any),
        ("nav_title", Label, Any),
        ("description", Description, Text),
        ("summary", Description, Text),
        ("icon", Icon, Any),
        ("iconType", IconStyle, Any),
        ("badge", Badge, Any),
        ("tag", Badge, Any),
        ("sidebar.badge", Badge, Any),
        ("sidebar.badge.text", Badge, Any),
        ("tags", Tags, Any),
        ("api", Interface, Any),
        ("openapi", Interface, Any),
        ("asyncapi", Interface, Any),
        ("redirect", Redirect, Text),
        ("aliases", OldAddress, Any),
        ("redirect_from", OldAddress, Any),
        ("order", Order, Any),
        ("weight", Order, Any),
        ("lastmod", Changed, Day),
        ("lastUpdated", Changed, Any),
        ("last_updated", Changed, Any),
        ("last_modified", Changed, Any),
        ("date", Foreign, Day),
        ("expiryDate", Foreign, Day),
        ("publishDate", Foreign, Day),
        ("hidden", Hidden(true, &[Engines, Navigation, Search]), Switch),
        ("noindex", Hidden(true, &[Engines, Search]), Switch),
        ("unlisted", Hidden(true, &[Engines, Navigation, Search]), Switch),
        ("search", Hidden(false, &[Search]), Any),
        ("draft", Withheld(true), Switch),
        ("private", Withheld(true), Any),
        ("nav_exclude", Withheld(true), Any),
        ("headless", Withheld(true), Any),
        ("orphan", Withheld(true), Any),
        ("published", Withheld(false), Any),
        ("sidebar", Withheld(false), Any),
        ("sidebar.hidden", Withheld(true), Any),
        ("search.exclude", Withheld(true), Any),
        ("url", Elsewhere, Any),
        ("hero", Layout(&[]), Any),
        ("layout", Layout(&[]), Any),
        ("template", Layout(&["doc", "default"]), Any),
        ("mode", Layout(&["doc", "default"]), Any),
        ("hide_table_of_contents", Foreign, Switch),
        ("hide_title", Foreign, Switch),
    ]
};

/// What the value of a key has to be, if the key means something.
pub fn expected(key: &str) -> Option<Expected> {
    KEYS.iter().find(|(name, _, _)| *name == key).map(|(_, _, expected)| *expected)
}

/// The keys with a meaning.
pub fn keys_of(wanted: Meaning) -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(move |(_, meaning, _)| *meaning == wanted).map(|(name, _, _)| *name)
}

/// The value of a row.
fn value<'n>(front: &'n Node, name: &str) -> Option<&'n Node> {
    name.split('.').try_fold(front, |table, key| table.get(key))
}

impl FrontMatter {
    /// The values with this meaning, in the order of their keys in the table.
    pub fn all(&self, wanted: Meaning) -> impl Iterator<Item = &Node> {
        let node = self.node.as_ref();
        keys_of(wanted).filter_map(move |name| value(node?, name))
    }

    /// The first text with this meaning.
    pub fn said(&self, wanted: Meaning) -> Option<&str> {
        self.all(wanted).find_map(text)
    }

    /// The tags: a list of texts or of tables with a `label`, or one text with commas between them.
    pub fn tags(&self) -> Vec<&str> {
        let mut tags = Vec::new();
        for said in self.all(Meaning::Tags) {
            let list = said.items().iter().filter_map(|one| text(one.get("label").unwrap_or(one)));
            let written = text(said).into_iter().flat_map(|all| all.split(','));
            for tag in list.chain(written).map(str::trim).filter(|tag| !tag.is_empty()) {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
        tags
    }

    /// Whether it hides the page from a finder.
    pub fn hides_from(&self, finder: Finder) -> bool {
        self.any(|meaning, value| match meaning {
            Meaning::Hidden(on, from) => from.contains(&finder) && value.as_bool() == Some(on),
            _ => false,
        })
    }

    /// Whether it says that readers are not meant to come across the page.
    pub fn withholds(&self) -> bool {
        self.any(|meaning, value| match meaning {
            Meaning::Withheld(on) => value.as_bool() == Some(on),
            Meaning::Elsewhere => matches!(value.value, Value::String(_)),
            _ => false,
        })
    }

    /// Whether it gives the page a layout of its own.
    pub fn lays_out(&self) -> bool {
        self.any(|meaning, value| match meaning {
            Meaning::Layout([]) => true,
            Meaning::Layout(usual) => value.as_str().is_some_and(|name| !usual.contains(&name)),
            _ => false,
        })
    }

    fn any(&self, holds: impl Fn(Meaning, &Node) -> bool) -> bool {
        let Some(node) = &self.node else { return false };
        let mut rows = KEYS.iter();
        rows.any(|(name, meaning, _)| value(node, name).is_some_and(|value| holds(*meaning, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::front_matter::read;

    #[test]
    fn tags_are_lists_or_a_text() {
        let tags = |text: &str| read(&format!("---\ntags{text}\n---\n")).0.tags().join("|");
        for (text, expected) in [
            (": [Setup, 2.0, Setup]", "Setup|2.0"),
            (":\n  - label: Setup\n    permalink: /s\n  - ''\n  - true\n  - b", "Setup|b"),
            (": Setup, first steps,", "Setup|first steps"),
            (": true", ""),
            (":", ""),
        ] {
            assert_eq!(tags(text), expected, "{text}");
        }
    }

    #[test]
    fn what_keys_mean() {
        let front = |text: &str| read(&format!("---\n{text}\n---\n")).0;
        assert_eq!(front("nav_title: b\nlinkTitle: a").said(Meaning::Label), Some("a"));
        assert_eq!(front("summary: a").said(Meaning::Description), Some("a"));
        assert_eq!(front("sidebar:\n  badge: New").said(Meaning::Badge), Some("New"));
        let with_variant = front("sidebar:\n  badge:\n    text: New\n    variant: tip");
        assert_eq!(with_variant.said(Meaning::Badge), Some("New"));
        for (text, hidden, withheld, laid_out) in [
            ("title: a", false, false, false),
            ("noindex: true", true, false, false),
            ("noindex: false", false, false, false),
            ("draft: true", false, true, false),
            ("published: false", false, true, false),
            ("sidebar:\n  hidden: true", false, true, false),
            ("url: https://a.b", false, true, false),
            ("layout: doc", false, false, true),
            ("template: doc", false, false, false),
            ("template: splash", false, false, true),
        ] {
            let front = front(text);
            let said = (front.hides_from(Finder::Engines), front.withholds(), front.lays_out());
            assert_eq!(said, (hidden, withheld, laid_out), "{text}");
        }
    }
}
