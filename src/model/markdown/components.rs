//! The table of components: all facts about each.
//!
//! A component that looks like one of the others is one row here. A new kind of look also needs an
//! arm in the renderer and one in the writer of twins.

#[cfg(test)]
mod tests;

/// Where the id of a component comes from, if there is no explicit one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdRule {
    /// It has none.
    None,
    /// The slug of an attribute.
    Attr(&'static str),
    /// The slug of an attribute, whose text the list of headings has, too.
    Entry(&'static str),
    /// `param-` and the slug of the parameter's name.
    Param,
}

/// An attribute that a component reads, besides `id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: AttributeKind,
}

/// The kind of value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// A text for readers.
    Text,
    /// A name or a value, as it stands in code.
    Name,
    /// No value: the attribute is present or not.
    Flag,
    /// A number.
    Number,
    /// The address of a page.
    Link,
    /// The address of a picture or of another file that is shown.
    Picture,
    /// The name of an icon.
    Icon,
}

/// The HTML of a component. Containers look like callouts, boxes, elements, groups of code, steps,
/// tabs and cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Html {
    /// An aside with a title: the word for its class, which is also its default title.
    Callout(&'static str),
    /// A box that can be folded, with this class.
    Details(&'static str),
    /// The definition of the term in the paragraph before it.
    Definition,
    /// A fixed element: its opening and its closing tag.
    Element(&'static str, &'static str),
    /// Tabs, each of which is a block of code, with these classes.
    CodeGroup(&'static str),
    /// One step of several.
    Step,
    /// One tab of several.
    Tab,
    /// Cards beside each other, with these classes.
    Cards(&'static str),
    /// One card.
    Card,
    /// A parameter or a part of a response.
    Field,
    /// A picture with a caption.
    Frame,
    /// A numbered listing.
    Listing,
    /// An entry of a changelog.
    Update,
    /// A video with its caption.
    Video,
    /// A term with its explanation.
    Tooltip,
    /// An icon.
    Icon,
}

/// The Markdown of a component in the twin of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twin {
    /// An alert of this kind, as GitHub writes it.
    Alert(&'static str),
    /// A numbered list.
    Steps,
    /// An item of a numbered list.
    Step,
    /// An item of a list, with the link of the card.
    Card,
    /// An item of a list, with the description of the parameter.
    Field,
    /// Its content with a caption below.
    Captioned,
    /// A link to the video, and its caption.
    Video,
    /// Its content with the name of its file above and a caption below.
    Listing,
    /// Its content below a line with this attribute in bold letters, and with its description.
    Titled(&'static str),
}

/// A component that authors can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    /// Its name.
    pub name: &'static str,
    /// The names of the containers that look like it, in lower case: `:::details`.
    pub containers: &'static [&'static str],
    /// Whether it can be used inside a paragraph.
    pub inline: bool,
    /// Where its id comes from.
    pub id: IdRule,
    /// The attributes that it reads.
    pub attributes: &'static [Attribute],
    /// Attributes that Mintlify has for it and docgen does not show.
    pub unshown: &'static [&'static str],
    /// Its HTML.
    pub html: Html,
    /// Its Markdown in the twin of a page.
    pub twin: Twin,
}

/// Attributes that any component may have, and that docgen does not show.
const UNSHOWN: &[&str] =
    &["class", "className", "color", "icon", "iconType", "id", "key", "style", "type"];

/// The beginnings of attributes that any element may have.
const OPEN_NAMES: &[&str] = &["aria-", "data-", "on"];

impl Component {
    /// Whether the attribute means something, here or in Mintlify.
    pub fn knows(&self, name: &str) -> bool {
        self.attributes.iter().any(|one| one.name == name)
            || self.unshown.contains(&name)
            || UNSHOWN.contains(&name)
            || OPEN_NAMES.iter().any(|start| name.starts_with(start))
    }
}

const fn attribute(name: &'static str, kind: AttributeKind) -> Attribute {
    Attribute { name, kind }
}

const TITLE: Attribute = attribute("title", AttributeKind::Text);
const DESCRIPTION: Attribute = attribute("description", AttributeKind::Text);
const ICON: Attribute = attribute("icon", AttributeKind::Icon);

/// The attributes of boxes that can be folded.
const DETAILS: &[Attribute] =
    &[TITLE, DESCRIPTION, ICON, attribute("defaultOpen", AttributeKind::Flag)];

/// The attributes of cards.
const CARD: &[Attribute] = &[
    TITLE,
    DESCRIPTION,
    attribute("href", AttributeKind::Link),
    attribute("img", AttributeKind::Picture),
    ICON,
    attribute("cta", AttributeKind::Text),
];

/// The attributes of groups of cards.
const CARDS: &[Attribute] = &[attribute("cols", AttributeKind::Number)];

/// The attributes of parameters and parts of responses.
const FIELD: &[Attribute] = &[
    attribute("query", AttributeKind::Name),
    attribute("path", AttributeKind::Name),
    attribute("body", AttributeKind::Name),
    attribute("header", AttributeKind::Name),
    attribute("name", AttributeKind::Name),
    attribute("type", AttributeKind::Name),
    attribute("required", AttributeKind::Flag),
    attribute("deprecated", AttributeKind::Flag),
    attribute("default", AttributeKind::Name),
];

/// A component without attributes, as an element around its content.
const fn element(name: &'static str, open: &'static str, close: &'static str) -> Component {
    Component {
        name,
        containers: &[],
        inline: false,
        id: IdRule::None,
        attributes: &[],
        unshown: &[],
        html: Html::Element(open, close),
        twin: Twin::Titled("title"),
    }
}

const fn callout(
    name: &'static str,
    kind: &'static str,
    alert: &'static str,
    containers: &'static [&'static str],
) -> Component {
    Component {
        containers,
        attributes: &[TITLE, ICON],
        html: Html::Callout(kind),
        twin: Twin::Alert(alert),
        ..element(name, "", "")
    }
}

const fn details(name: &'static str, class: &'static str) -> Component {
    Component {
        id: IdRule::Attr("title"),
        attributes: DETAILS,
        html: Html::Details(class),
        ..element(name, "", "")
    }
}

const fn code_group(name: &'static str, class: &'static str) -> Component {
    Component { unshown: &["dropdown"], html: Html::CodeGroup(class), ..element(name, "", "") }
}

const fn cards(name: &'static str, class: &'static str) -> Component {
    Component { attributes: CARDS, html: Html::Cards(class), ..element(name, "", "") }
}

const fn card(name: &'static str) -> Component {
    Component {
        attributes: CARD,
        unshown: &["arrow", "disabled", "horizontal"],
        html: Html::Card,
        twin: Twin::Card,
        ..element(name, "", "")
    }
}

const fn field(name: &'static str) -> Component {
    Component {
        id: IdRule::Param,
        attributes: FIELD,
        unshown: &["defaultOpen", "initialValue", "placeholder", "post", "pre"],
        html: Html::Field,
        twin: Twin::Field,
        ..element(name, "", "")
    }
}

/// Components of MDX that only hold their content together.
pub const TRANSPARENT: &[&str] = &["Fragment", "React.Fragment"];

/// The callout that any unknown kind of container looks like.
const NOTE: Component = callout(
    "Note",
    "note",
    "NOTE",
    &[
        "note",
        "admonition",
        "cite",
        "example",
        "faq",
        "help",
        "question",
        "quote",
        "secondary",
        "seealso",
    ],
);

/// Every component, sorted by name.
pub static COMPONENTS: &[Component] = &[
    Component {
        containers: &["details", "collapse", "expandable"],
        ..details("Accordion", "accordion")
    },
    element("AccordionGroup", "<div class=\"accordion-group\">", "</div>"),
    Component {
        inline: true,
        unshown: &["disabled", "shape", "size", "stroke"],
        ..element("Badge", "<span class=\"badge\">", "</span>")
    },
    callout("Callout", "note", "NOTE", &[]),
    Component { containers: &["card"], ..card("Card") },
    cards("CardGrid", "cards"),
    Component { containers: &["cards"], ..cards("CardGroup", "cards") },
    callout("Check", "check", "TIP", &["success", "check", "done"]),
    Component {
        containers: &["code-group", "codegroup"],
        ..code_group("CodeGroup", "tabs code-group")
    },
    cards("Columns", "cards columns"),
    callout(
        "Danger",
        "danger",
        "CAUTION",
        &["danger", "error", "failure", "fail", "missing", "bug"],
    ),
    details("Expandable", "expandable"),
    Component { containers: &["features"], ..cards("Features", "cards features") },
    Component {
        containers: &["file-tree", "filetree"],
        ..element("FileTree", "<div class=\"file-tree\">", "</div>")
    },
    Component {
        attributes: &[
            attribute("caption", AttributeKind::Text),
            attribute("hint", AttributeKind::Text),
        ],
        html: Html::Frame,
        twin: Twin::Captioned,
        ..element("Frame", "", "")
    },
    Component {
        containers: &["hero"],
        ..element("Hero", "<section class=\"hero\">", "</section>")
    },
    Component {
        inline: true,
        attributes: &[ICON, attribute("name", AttributeKind::Icon)],
        unshown: &["library", "size", "src"],
        html: Html::Icon,
        ..element("Icon", "", "")
    },
    callout("Info", "info", "NOTE", &["info", "abstract", "summary", "tldr", "todo"]),
    card("LinkCard"),
    Component {
        attributes: &[
            attribute("number", AttributeKind::Name),
            attribute("caption", AttributeKind::Text),
            attribute("file-name", AttributeKind::Name),
        ],
        html: Html::Listing,
        twin: Twin::Listing,
        ..element("Listing", "", "")
    },
    NOTE,
    element("Panel", "<aside class=\"panel\">", "</aside>"),
    field("Param"),
    field("ParamField"),
    code_group("RequestExample", "tabs code-group example"),
    code_group("ResponseExample", "tabs code-group example"),
    field("ResponseField"),
    Component {
        containers: &["step"],
        id: IdRule::Attr("title"),
        attributes: &[TITLE, ICON],
        unshown: &["noAnchor", "stepNumber", "titleSize"],
        html: Html::Step,
        twin: Twin::Step,
        ..element("Step", "", "")
    },
    Component {
        containers: &["steps"],
        unshown: &["titleSize"],
        twin: Twin::Steps,
        ..element("Steps", "<ol class=\"steps\">", "</ol>")
    },
    Component {
        containers: &["tab", "tabitem", "tab-item"],
        id: IdRule::Attr("title"),
        attributes: &[TITLE, ICON],
        html: Html::Tab,
        ..element("Tab", "", "")
    },
    Component {
        attributes: &[attribute("label", AttributeKind::Text), ICON],
        unshown: &["attributes", "default", "value"],
        html: Html::Tab,
        twin: Twin::Titled("label"),
        ..element("TabItem", "", "")
    },
    Component {
        containers: &["tabs", "tab-set"],
        unshown: &["borderBottom", "defaultTabIndex", "sync"],
        ..element("Tabs", "<div class=\"tabs\">", "</div>")
    },
    callout("Tip", "tip", "TIP", &["tip", "hint"]),
    Component {
        inline: true,
        attributes: &[
            attribute("headline", AttributeKind::Text),
            attribute("tip", AttributeKind::Text),
            attribute("cta", AttributeKind::Text),
            attribute("href", AttributeKind::Link),
        ],
        html: Html::Tooltip,
        ..element("Tooltip", "", "")
    },
    Component {
        id: IdRule::Entry("label"),
        attributes: &[attribute("label", AttributeKind::Text), DESCRIPTION],
        unshown: &["rss", "tags"],
        html: Html::Update,
        twin: Twin::Titled("label"),
        ..element("Update", "", "")
    },
    Component {
        attributes: &[
            attribute("src", AttributeKind::Picture),
            attribute("poster", AttributeKind::Picture),
            attribute("captions", AttributeKind::Picture),
            TITLE,
        ],
        unshown: &["autoPlay", "controls", "height", "loop", "muted", "playsInline", "width"],
        html: Html::Video,
        twin: Twin::Video,
        ..element("Video", "", "")
    },
    callout("Warning", "warning", "WARNING", &["warning", "attention"]),
];

/// A box without any styles.
const PLAIN: Component = Component {
    containers: &[
        "raw",
        "v-pre",
        "html",
        "center",
        "left",
        "right",
        "caption",
        "figure-caption",
        "columns",
        "column",
        "div",
    ],
    ..element("div", "<div>", "</div>")
};

/// The definition of a term.
const DEFINITION: Component = Component { html: Html::Definition, ..element("definition", "", "") };

/// The looks that only containers have: no component is written with these names.
const ONLY_CONTAINERS: &[Component] = &[
    callout("caution", "caution", "CAUTION", &["caution"]),
    callout("important", "important", "IMPORTANT", &["important"]),
    PLAIN,
];

/// The alerts of GitHub, each of which looks like the container of its name: `> [!NOTE]`.
pub const ALERTS: &[&str] = &["CAUTION", "IMPORTANT", "NOTE", "TIP", "WARNING"];

/// Every name of a container, in lower case.
pub fn container_names() -> impl Iterator<Item = &'static str> {
    COMPONENTS.iter().chain(ONLY_CONTAINERS).flat_map(|one| one.containers).copied()
}

/// What a container of this name looks like, if there is such a name.
pub fn of_known_container(name: &str) -> Option<&'static Component> {
    let named = |one: &&Component| one.containers.iter().any(|own| own.eq_ignore_ascii_case(name));
    COMPONENTS.iter().chain(ONLY_CONTAINERS).find(named)
}

/// What a container of this name looks like; a note, if there is no such name.
pub fn of_container(name: &str) -> &'static Component {
    of_known_container(name).unwrap_or(&NOTE)
}

/// What an admonition of this kind looks like, which is always a callout.
pub fn of_admonition(kind: &str) -> &'static Component {
    let found = of_container(kind);
    if matches!(found.html, Html::Callout(_)) { found } else { &NOTE }
}

/// What a container without a name looks like: a box without any styles.
pub fn of_nameless_container() -> &'static Component {
    &PLAIN
}

/// The look of the definition of a term.
pub fn of_definition() -> &'static Component {
    &DEFINITION
}

/// The component called `name`.
pub fn find(name: &str) -> Option<&'static Component> {
    COMPONENTS.binary_search_by(|component| component.name.cmp(name)).ok().map(|at| &COMPONENTS[at])
}

/// Whether a tag of this name is written like a component.
pub fn is_component_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && !super::html::is_shouted(name)
}
