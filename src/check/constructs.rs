//! What the pages of another generator use and docgen does not render: what readers of a build get
//! to see as text, and what they do not get to see at all. A check of such a tree does not report
//! it, since its own generator does understand it; a build has to.

use std::collections::{BTreeMap, BTreeSet};

use super::lost_attributes;
use super::raw_markup;
use super::rule::{Diagnostic, Rule, SiteContext};
use super::rules::{lost_text, raw_markup as raw_rule, unknown_component};
use super::runner;
use super::suppress::read;
use super::understood::understands;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::components::{ALERTS, TRANSPARENT, of_known_container};
use crate::markdown::extensions::is_icon;
use crate::markdown::outline::{BlockKind, InlineKind, Outline};
use crate::markdown::own_components::OwnComponents;
use crate::site::index::Page;
use crate::source::{Span, VPath};

/// What becomes of a construct, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Some of its text is not shown.
    Lost,
    /// Readers see it as it is written.
    ShownAsText,
    /// Nothing is shown in its place.
    Nothing,
    /// Its content is shown, and not what it looks like.
    Plain,
}

impl Fate {
    /// The rule that such a construct is a matter of.
    fn rule(self) -> &'static Rule {
        match self {
            Self::Lost => &lost_text::RULE,
            Self::ShownAsText => &raw_rule::RULE,
            Self::Nothing | Self::Plain => &unknown_component::RULE,
        }
    }
}

/// A construct that is used on the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Construct {
    /// What it is called: `{{< figure >}}`, `<LinkCard>`.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// How bad that is.
    pub severity: Severity,
    /// The attributes whose text is not shown.
    pub attributes: BTreeSet<String>,
    /// How often it is used.
    pub count: usize,
    /// On how many pages.
    pub pages: usize,
    /// Where it is used first: the page and the line.
    pub first: (VPath, usize),
}

/// A use of a construct.
pub struct Use {
    name: String,
    fate: Fate,
    severity: Severity,
    attributes: Vec<String>,
    /// Where it is.
    pub span: Span,
}

/// Counts the constructs that are used on pages, the worst and most frequent first.
pub fn count<'p>(pages: impl Iterator<Item = (&'p Page, Vec<Use>)>) -> Vec<Construct> {
    let mut all: BTreeMap<(Fate, String), Construct> = BTreeMap::new();
    for (page, uses) in pages {
        let mut seen = BTreeSet::new();
        for one in uses {
            let key = (one.fate, one.name);
            let line = page.source.position(one.span.start).line;
            let entry = all.entry(key.clone()).or_insert_with(|| Construct {
                name: key.1.clone(),
                fate: one.fate,
                severity: one.severity,
                attributes: BTreeSet::new(),
                count: 0,
                pages: 0,
                first: (page.source.path.clone(), line),
            });
            entry.count += 1;
            entry.attributes.extend(one.attributes);
            entry.pages += usize::from(seen.insert(key));
        }
    }
    let mut all: Vec<Construct> = all.into_values().collect();
    all.sort_by_key(|one| (one.fate, std::cmp::Reverse(one.count)));
    all
}

/// Whether this is the code of an icon that is drawn, or the attributes of one.
fn is_drawn(text: &str, span: Span) -> bool {
    /// The longest name of an icon, in bytes.
    const REACH: usize = 80;
    let written = &text[span.start..span.end];
    let code = match written.starts_with('{') {
        true => &text[text.floor_char_boundary(span.start.saturating_sub(REACH))..span.start],
        false => written,
    };
    let name = code.strip_suffix(':').and_then(|code| code.rsplit(':').next());
    name.is_some_and(is_icon)
}

/// The uses on a page that are not accepted there, with their severities.
pub fn uses(site: &SiteContext<'_>, page: &Page, outline: &Outline<'_>) -> Vec<Use> {
    let text = &page.source.text;
    let config = site.config;
    let mut uses = Vec::new();
    let wanted = |kind: &raw_markup::Kind| kind.is_extension;
    raw_markup::find(text, outline, page.is_mdx(), &wanted, &mut |kind, shown, raw| {
        if !understands(site, kind) {
            return;
        }
        let span = shown.span(raw.span.start, raw.span.end);
        if !(config.dialect().extensions.icons && is_drawn(text, span)) {
            uses.push(Use::shown(text, span));
        }
    });
    if !config.flavour.is_foreign() {
        return accepted(site, page, uses);
    }
    // A plugin that makes pages or reads links may make references as well.
    let (maker, hook) = (config.layout.maker.is_some(), config.layout.link_hook);
    if config.flavour.makes_references || maker || hook {
        let undefined = page.facts.undefined_refs.iter();
        uses.extend(
            undefined
                .map(|(_, span)| Use { name: "[…][…]".to_owned(), ..Use::shown(text, *span) }),
        );
    }
    components(page, &config.own_components, &mut uses);
    alerts(text, outline, &mut uses);
    accepted(site, page, uses)
}

/// Those that the page does not accept, with their severities.
fn accepted(site: &SiteContext<'_>, page: &Page, uses: Vec<Use>) -> Vec<Use> {
    if uses.is_empty() {
        return uses;
    }
    let text = &page.source.text;
    let accepts = text.contains("docgen-ignore").then(|| read(page, site.config.dialect()));
    let keep = |one: Use| {
        let rule = one.fate.rule();
        let finding = Finding::new(&page.source.path, one.span, "");
        let Diagnostic { severity, .. } = runner::report(site, rule, finding.clone())?;
        let diagnostic = Diagnostic { rule, severity, finding };
        let taken = accepts.as_ref().is_some_and(|one| one.taker(&diagnostic).is_some());
        (!taken).then_some(Use { severity, ..one })
    };
    uses.into_iter().filter_map(keep).collect()
}

impl Use {
    /// The severity is that of its rule, which is known when the settings are.
    fn new(name: String, fate: Fate, span: Span) -> Self {
        Self { name, fate, severity: Severity::Note, attributes: Vec::new(), span }
    }

    fn shown(text: &str, span: Span) -> Self {
        Self::new(name_of(&text[span.start..span.end]), Fate::ShownAsText, span)
    }
}

/// Components and containers that are shown in part or without their look.
fn components(page: &Page, own: &OwnComponents, uses: &mut Vec<Use>) {
    let text = &page.source.text;
    for component in page.facts.components.iter().filter(|one| !own.contains_key(&one.name)) {
        let lost = lost_attributes::of(text, component);
        let fate = match (lost.is_empty(), component.known) {
            (false, _) => Fate::Lost,
            (true, true) => continue,
            (true, false) if TRANSPARENT.contains(&&*component.name) => continue,
            _ if text[..component.span.end].ends_with("/>") => Fate::Nothing,
            _ => Fate::Plain,
        };
        let name = format!("<{}>", component.name);
        let attributes = lost.into_iter().map(str::to_owned).collect();
        uses.push(Use { attributes, ..Use::new(name, fate, component.span) });
    }
    for container in &page.facts.containers {
        let name = &text[container.name.start..container.name.end];
        if !name.is_empty() && of_known_container(name).is_none() {
            uses.push(Use::new(container.marked.clone(), Fate::Plain, container.span));
        }
    }
}

/// Quotes that begin with an alert that docgen does not know.
fn alerts(text: &str, outline: &Outline<'_>, uses: &mut Vec<Use>) {
    for (at, block) in outline.blocks.iter().enumerate() {
        let first = outline.blocks.get(at + 1).filter(|first| first.parent == Some(at));
        let inlines = first.map(|first| outline.inlines_of(first)).unwrap_or_default();
        let Some(inline) = inlines.first().filter(|inline| inline.kind == InlineKind::Text) else {
            continue;
        };
        let written = &text[inline.span.start..];
        let name = written.strip_prefix("[!").and_then(|rest| rest.split_once(']'));
        let Some((name, _)) = name.filter(|_| block.kind == BlockKind::Quote) else { continue };
        let word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if word && !ALERTS.iter().any(|alert| alert.eq_ignore_ascii_case(name)) {
            let end = inline.span.start + "[!]".len() + name.len();
            uses.push(Use::shown(text, Span::new(inline.span.start, end)));
        }
    }
}

/// What a piece of markup is called: its marks and its first word. Variables and attributes have
/// too many names to tell apart.
fn name_of(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")] {
        if let Some(inside) = text.strip_prefix(open) {
            let inside = inside.trim_start_matches(['/', '-', ' ']);
            let name = inside.split(|c| !is_word(c)).next().unwrap_or_default();
            return format!("{open} {name} {close}");
        }
    }
    // A set of icons has too many of them.
    if let Some((set, _)) = text.split_once('-')
        && set.starts_with(':')
        && !set.starts_with("::")
    {
        return format!("{set}-…:");
    }
    for (open, name) in [("{{", "{{ … }}"), ("{", "{…}"), ("[!", "[!…]")] {
        if text.starts_with(open) {
            return name.to_owned();
        }
    }
    let start = text.find(is_word).unwrap_or(text.len());
    let word = text[start..].split(|c| !is_word(c)).next().unwrap_or_default();
    // A dotted name is one of many: the path of a module.
    let word = if word.contains('.') { "…" } else { word };
    format!("{}{word}", &text[..start])
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn names() {
        for (text, expected) in [
            ("{{< figure src=\"a\" >}}", "{{< figure >}}"),
            ("{{</ figure >}}", "{{< figure >}}"),
            ("{{% tip %}}", "{{% tip %}}"),
            ("{{ site.title }}", "{{ … }}"),
            ("{% include \"a\" %}", "{% include %}"),
            ("{: .a }", "{…}"),
            ("{#a}", "{…}"),
            ("[!EXAMPLE] a", "[!…]"),
            (":material-api:", ":material-…:"),
            ("!!! note \"A\"", "!!! note"),
            ("::: pydantic.main", "::: …"),
        ] {
            assert_eq!(name_of(text), expected, "{text}");
        }
    }
}
