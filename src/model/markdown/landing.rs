//! The layout of a page, and what a landing page shows from its front matter: as VitePress
//! (`layout: home`), Starlight (`template: splash`) and Mintlify (`mode: custom`) write it.

use super::front_matter::FrontMatter;
use crate::data::{Node, Value};

/// The frame around the text of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// With the sidebar and the list of headings.
    #[default]
    Article,
    /// Without the list of headings.
    Wide,
    /// A landing page: the header and the footer of the site, and nothing at its sides.
    Home,
    /// The same, and its text is all that it has: no title is added.
    Blank,
}

/// The keys and values of front matter that choose a layout.
const LAYOUTS: &[(&str, &str, Layout)] = &[
    ("layout", "home", Layout::Home),
    ("layout", "page", Layout::Blank),
    ("layout", "wide", Layout::Wide),
    ("template", "splash", Layout::Home),
    ("mode", "custom", Layout::Blank),
    ("mode", "center", Layout::Blank),
    ("mode", "wide", Layout::Wide),
];

impl Layout {
    /// The layout that the front matter of a page chooses.
    pub fn of(front: &FrontMatter) -> Self {
        let chosen = |(key, value, _): &&(&str, &str, Self)| front.str(key) == Some(value);
        LAYOUTS.iter().find(chosen).map_or(Self::Article, |(_, _, layout)| *layout)
    }

    /// The name of the layout in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Wide => "wide",
            Self::Home => "home",
            Self::Blank => "blank",
        }
    }

    /// Whether the page stands alone: without sidebar, breadcrumbs and neighbours.
    pub fn stands_alone(self) -> bool {
        matches!(self, Self::Home | Self::Blank)
    }
}

/// What stands above the text of a landing page.
#[derive(Clone, Debug, PartialEq)]
pub struct Landing<'a> {
    /// The name of the product, above or instead of the heading.
    pub name: Option<&'a str>,
    /// The heading.
    pub text: Option<&'a str>,
    /// The sentence below.
    pub tagline: Option<&'a str>,
    /// The picture.
    pub picture: Option<Picture<'a>>,
    /// The buttons.
    pub actions: Vec<Action<'a>>,
    /// The boxes below.
    pub features: Vec<Feature<'a>>,
}

/// A picture, which may have a variant for dark screens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Picture<'a> {
    /// The address of the picture.
    pub light: &'a Node,
    /// The address of its variant for dark screens.
    pub dark: Option<&'a Node>,
    /// What it shows, for those who do not see it.
    pub alt: &'a str,
}

/// A button.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Action<'a> {
    /// Its label.
    pub text: &'a str,
    /// Where it leads.
    pub link: &'a Node,
    /// Whether it is the one that most readers want.
    pub primary: bool,
    /// Its icon.
    pub icon: Option<&'a Node>,
}

/// A box about one feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its text.
    pub details: Option<&'a str>,
    /// Its icon: a name, an emoji, or the address of a picture.
    pub icon: Option<&'a Node>,
    /// The picture that it has instead, in variants.
    pub picture: Option<Picture<'a>>,
    /// Where it leads.
    pub link: Option<&'a Node>,
    /// The label of that link.
    pub link_text: Option<&'a str>,
}

/// The values of `theme` and `variant` that do not make an action the primary one.
const SECONDARY: &[&str] = &["alt", "secondary", "minimal", "sponsor"];

/// What the front matter says about a landing page: `hero` and `features`.
pub fn read(front: &FrontMatter) -> Option<Landing<'_>> {
    let node = front.node.as_ref()?;
    let (hero, features) = (node.get("hero"), node.get("features"));
    if hero.is_none() && (features.is_none() || Layout::of(front) != Layout::Home) {
        return None;
    }
    let said = |keys: &[&str]| keys.iter().find_map(|key| text(hero?, key));
    let actions = hero.and_then(|hero| hero.get("actions")).map_or(&[][..], Node::items);
    let features = features.map_or(&[][..], Node::items);
    Some(Landing {
        name: said(&["name"]),
        text: said(&["text", "title"]),
        tagline: said(&["tagline"]),
        picture: hero.and_then(|hero| hero.get("image")).and_then(picture),
        actions: actions.iter().filter_map(action).collect(),
        features: features.iter().filter_map(feature).collect(),
    })
}

impl<'a> Landing<'a> {
    /// Its heading as one text.
    pub fn title(&self) -> Option<&'a str> {
        self.name.or(self.text)
    }
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    let text = match &node.get(key)?.value {
        Value::String(text) | Value::Number(text) => text.trim(),
        _ => "",
    };
    (!text.is_empty()).then_some(text)
}

/// A text with its place.
fn written<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    node.get(key).filter(|node| node.as_str().is_some_and(|dest| !dest.trim().is_empty()))
}

/// The keys of pictures, in the order in which they are tried; the front links read them too.
pub(super) const PICTURES: [&str; 4] = ["src", "file", "light", "dark"];

fn picture(node: &Node) -> Option<Picture<'_>> {
    if node.as_str().is_some_and(|dest| !dest.trim().is_empty()) {
        return Some(Picture { light: node, dark: None, alt: "" });
    }
    let light = PICTURES.iter().find_map(|key| written(node, key))?;
    let dark = written(node, "dark").filter(|dark| dark.span != light.span);
    Some(Picture { light, dark, alt: text(node, "alt").unwrap_or_default() })
}

fn action(node: &Node) -> Option<Action<'_>> {
    let theme = text(node, "theme").or_else(|| text(node, "variant"));
    Some(Action {
        text: text(node, "text")?,
        link: written(node, "link")?,
        primary: !theme.is_some_and(|theme| SECONDARY.contains(&theme)),
        icon: written(node, "icon"),
    })
}

fn feature(node: &Node) -> Option<Feature<'_>> {
    let icon = written(node, "icon");
    Some(Feature {
        title: text(node, "title")?,
        details: text(node, "details").or_else(|| text(node, "description")),
        icon,
        picture: node.get("icon").filter(|_| icon.is_none()).and_then(picture),
        link: written(node, "link"),
        link_text: text(node, "linkText"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::front_matter;
    use super::*;

    #[test]
    fn a_home_page_of_vitepress() {
        let page = "---\nlayout: home\nhero:\n  name: Tea\n  text: Warm\n  tagline: Soon\n  image: \
                    {src: /a.svg, alt: A}\n  actions:\n    - {theme: brand, text: Go, link: /go}\n    \
                    - {theme: alt, text: Code, link: https://x.y}\n    - text: Nowhere\nfeatures:\n  \
                    - {icon: rocket, title: Fast, details: Very, link: /fast, linkText: More}\n  - \
                    {icon: {light: /l.svg, dark: /d.svg}, title: Two}\n---\n";
        let (front, _) = front_matter::read(page);
        let landing = read(&front).unwrap();
        assert_eq!(
            (landing.title(), landing.text, landing.tagline),
            (Some("Tea"), Some("Warm"), Some("Soon"))
        );
        assert_eq!(
            landing.picture.map(|one| (one.light.as_str(), one.dark, one.alt)),
            Some((Some("/a.svg"), None, "A"))
        );
        let actions: Vec<_> = landing.actions.iter().map(|one| (one.text, one.primary)).collect();
        assert_eq!(actions, [("Go", true), ("Code", false)]);
        let [fast, two] = &landing.features[..] else { panic!("{:?}", landing.features) };
        assert_eq!(
            (fast.icon.and_then(Node::as_str), fast.details, fast.link_text),
            (Some("rocket"), Some("Very"), Some("More"))
        );
        assert_eq!(two.picture.and_then(|one| one.dark?.as_str()), Some("/d.svg"));
        assert_eq!(Layout::of(&front), Layout::Home);
    }

    #[test]
    fn a_splash_of_starlight() {
        let page = "---\ntitle: T\ntemplate: splash\nhero:\n  title: Warm\n  image: {dark: ./d.png, \
                    light: ./l.png}\n  actions:\n    - {text: Go, link: /go, variant: minimal}\n---\n";
        let (front, _) = front_matter::read(page);
        let landing = read(&front).unwrap();
        assert_eq!((landing.name, landing.title()), (None, Some("Warm")));
        let picture = landing.picture.unwrap();
        assert_eq!(
            (picture.light.as_str(), picture.dark.and_then(Node::as_str)),
            (Some("./l.png"), Some("./d.png"))
        );
        assert!(!landing.actions[0].primary);
    }

    #[test]
    fn layouts_by_key_and_value() {
        for (front, layout, any) in [
            ("layout: home", Layout::Home, false),
            ("layout: doc", Layout::Article, false),
            ("mode: custom", Layout::Blank, false),
            ("mode: wide", Layout::Wide, false),
            ("template: doc\nhero: {title: A}", Layout::Article, true),
            ("features: [{title: A}]", Layout::Article, false),
            ("layout: home\nfeatures: [{title: A}]", Layout::Home, true),
            ("layout: home\nhero: [1, {a: 2}]\nfeatures: 3", Layout::Home, true),
        ] {
            let page = format!("---\n{front}\n---\n");
            let (read_front, _) = front_matter::read(&page);
            assert_eq!(
                (Layout::of(&read_front), read(&read_front).is_some()),
                (layout, any),
                "{front}"
            );
        }
    }
}
