//! Collects the facts of a page from the walk over it.

mod attributes;
mod headings;
mod ids;
mod links;
mod references;

pub use links::{for_each_link, link_attr, unescape};

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag as MdTag, TagEnd};

use super::Dialect;
use super::components::{self, IdRule};
use super::containers::Container;
use super::facts::{
    CodeBlock, ComponentUse, ContainerUse, Formula, Ids, Link, LinkKind, PageFacts, UnknownTag,
};
use super::front_matter::FrontMatter;
use super::html::{self, Tag, TagKind};
use super::info;
use super::kept_outline::{Keeper, KeptOutline};
use super::parse::{self, Item, References};
use super::scan::{Markup, Role, Scan, ScanTag};
use super::slug::SlugRule;
use crate::source::Span;

/// Collects the facts of a page, and keeps its outline.
pub fn collect(
    source: &str,
    scan: &Scan<'_>,
    front: FrontMatter,
    dialect: Dialect,
) -> (PageFacts, Option<KeptOutline>) {
    let mut collector = Collector {
        source,
        scan,
        facts: PageFacts { front, open_comment: scan.open_comment, ..PageFacts::default() },
        titled: Vec::new(),
        explicit: Vec::new(),
        rule: dialect.slugs,
        heading: None,
        html_heading: None,
        images: 0,
        inline: Vec::new(),
        code: None,
        doubtful: Vec::new(),
        closing: HashSet::new(),
        referring: Vec::new(),
    };
    let mut references = References::default();
    let mut keeper = Keeper::new(source, scan);
    parse::walk_references(source, scan, &mut references, |item, range| {
        keeper.take(&item, range.clone());
        collector.take(item, range);
    });
    collector.references(references);
    collector.components();
    collector.settle();
    if dialect.slugs.reads_attributes() {
        collector.attributes();
    }
    collector.ids(dialect);
    (collector.facts, keeper.finish())
}

/// Something that gets an id.
enum Titled {
    /// A heading, and the text for its id if it differs from that of the heading.
    Heading(usize, Option<String>),
    /// A heading in HTML.
    Html(Span, String),
    Component(usize, String),
    Param(usize, String),
}

/// The heading that the walk is in.
struct OpenHeading {
    range: Range<usize>,
    /// The end of the last code span in its text; attributes come after that.
    code: usize,
    /// The text for its id.
    slug: String,
}

struct Collector<'a> {
    source: &'a str,
    scan: &'a Scan<'a>,
    facts: PageFacts,
    titled: Vec<Titled>,
    /// Explicit ids, with the heading or component tag that has them.
    explicit: Vec<(String, Span)>,
    /// The rule for ids.
    rule: SlugRule,
    heading: Option<OpenHeading>,
    /// A heading that is written as HTML: its tag, and its text so far.
    html_heading: Option<(Span, String)>,
    /// How many images are open.
    images: usize,
    /// Components that are open in the current block of text.
    inline: Vec<Tag>,
    code: Option<CodeBlock>,
    /// Tags in text that may be components, custom elements or placeholders, which is known after
    /// all closing tags.
    doubtful: Vec<Tag>,
    /// The names of closing tags that may belong to those.
    closing: HashSet<String>,
    /// Links that refer to a definition: the number of the link, and the label.
    referring: Vec<(usize, String)>,
}

impl Collector<'_> {
    fn take(&mut self, item: Item<'_>, range: Range<usize>) {
        match item {
            Item::Markdown(event) => self.event(event, range),
            Item::Tag { tag, role, number } => self.tag(&tag, role, number),
            Item::Container { .. } => self.end_inline(),
            Item::Expression("") => {}
            Item::Expression(text) => self.event(Event::Text(text.into()), range),
            Item::Raw(text) => {
                if let Some((_, title)) = &mut self.html_heading {
                    title.push_str(&unescape(&text));
                }
            }
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(MdTag::Heading { level, .. }) => self.start_heading(level as u8, range),
            Event::End(TagEnd::Heading(_)) => {
                self.end_inline();
                self.end_heading();
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => self.end_inline(),
            Event::Start(MdTag::CodeBlock(kind)) => self.start_code(kind, range),
            Event::End(TagEnd::CodeBlock) => self.facts.code.extend(self.code.take()),
            Event::Text(text) => {
                if let Some(code) = &mut self.code {
                    self.scan.offsets.pieces(range, |span| push_joined(&mut code.segments, span));
                } else {
                    self.heading_text(&text);
                }
            }
            Event::Code(text) => {
                self.heading_text(&text);
                self.end_heading_code();
            }
            Event::InlineMath(text) => self.formula(&text, false, range),
            Event::DisplayMath(text) => self.formula(&text, true, range),
            Event::SoftBreak | Event::HardBreak => self.heading_text(" "),
            Event::Start(MdTag::Link { link_type, dest_url, id, .. }) => {
                self.refers(link_type, &id);
                self.start_link(link_type, &dest_url, LinkKind::Link, range);
            }
            Event::Start(MdTag::Image { link_type, dest_url, id, .. }) => {
                self.refers(link_type, &id);
                self.start_link(link_type, &dest_url, LinkKind::Asset, range);
                self.images += 1;
            }
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::Start(MdTag::FootnoteDefinition(label)) => {
                let span = self.scan.offsets.span(range);
                self.explicit.push((self.rule.footnote(&label), span));
            }
            _ => {}
        }
    }

    fn formula(&mut self, text: &str, display: bool, range: Range<usize>) {
        self.heading_text(text);
        let span = self.scan.offsets.span(range);
        self.facts.formulas.push(Formula { text: text.to_owned(), span, display });
    }

    /// A component that is opened in text and not closed before its end is only a word that looks
    /// like one: `Press <Check> to go on`.
    fn end_inline(&mut self) {
        let mut texts = Vec::new();
        for tag in std::mem::take(&mut self.inline) {
            let span = Span::new(tag.range.start, tag.range.end);
            self.facts.unknown.push(UnknownTag { name: tag.name(self.source).to_owned(), span });
            // It is shown as text, so its attributes are not links.
            if !tag.attrs.is_empty() {
                texts.push(span);
            }
        }
        self.drop_links(&texts);
    }

    fn start_code(&mut self, kind: CodeBlockKind<'_>, range: Range<usize>) {
        let span = self.scan.offsets.span(range.clone());
        let text = &self.scan.text[range.clone()];
        let mut block = CodeBlock {
            span,
            info_span: Span::new(span.start, span.start),
            info: info::Info::default(),
            segments: Vec::new(),
            fenced: false,
            closed: true,
        };
        if let CodeBlockKind::Fenced(info) = kind {
            let first = text.lines().next().unwrap_or("");
            let fence = first.bytes().next().unwrap_or(b'`');
            let run = first.bytes().take_while(|byte| *byte == fence).count();
            let raw = first[run..].trim();
            let start = range.start + run + (first[run..].len() - first[run..].trim_start().len());
            block.info_span = self.scan.offsets.span(start..start + raw.len());
            // Backslashes and entities are resolved in `info`; the ranges are right if there are
            // none.
            block.info = info::parse(&info);
            block.fenced = true;
            let last =
                text.trim_end_matches(['\n', '\r', ' ', '\t']).rsplit('\n').next().unwrap_or("");
            let last = last.trim_start_matches(['>', ' ', '\t']).trim_end();
            block.closed = text.contains('\n')
                && last.len() >= run
                && last.bytes().all(|byte| byte == fence)
                && text.trim_end().lines().count() > 1;
        }
        self.code = Some(block);
    }

    fn start_link(&mut self, link_type: LinkType, dest: &str, kind: LinkKind, range: Range<usize>) {
        let whole = self.scan.offsets.span(range.clone());
        let span = match link_type {
            LinkType::Inline | LinkType::Autolink | LinkType::Email => {
                let text = &self.scan.text[range.clone()];
                // The destination comes after the text of the link, so it is the last occurrence.
                match dest_in(text, dest) {
                    Some(found) => {
                        let start = range.start + found;
                        self.scan.offsets.span(start..start + dest.len())
                    }
                    None => whole,
                }
            }
            _ => whole,
        };
        let dest =
            if link_type == LinkType::Email { format!("mailto:{dest}") } else { dest.to_owned() };
        self.facts.links.push(Link { dest, span, kind, definition: None });
    }

    fn tag(&mut self, tag: &Tag, role: Role, number: Option<usize>) {
        let span = Span::new(tag.range.start, tag.range.end);
        let name = tag.name(self.source);
        if role == Role::Stray {
            self.facts.stray.push((name.to_owned(), span));
            return;
        }
        self.html_heading(tag, name);
        let component = components::find(name);
        let custom = components::is_component_name(name) || name.contains('-');
        if tag.kind == TagKind::Close {
            if component.is_none() && custom {
                self.closing.insert(name.to_owned());
            }
            // A limit on the cost of closing tags; nobody opens more in one text.
            let nearest = self.inline.len().saturating_sub(100);
            let open = self.inline[nearest..].iter().rposition(|tag| tag.name(self.source) == name);
            if let Some(open) = open.filter(|_| role == Role::Alone) {
                self.inline.remove(nearest + open);
            }
            return;
        }
        if component.is_none() && !html::is_html_element(name) && !custom {
            self.facts.unknown.push(UnknownTag { name: name.to_owned(), span });
            return;
        }
        if component.is_none() && custom && number.is_none() {
            self.doubtful.push(tag.clone());
        }
        if component.is_some() && role == Role::Alone && tag.kind == TagKind::Open {
            self.inline.push(tag.clone());
        }
        if component.is_some() && number.is_none() {
            // One that is left open in a text is reported as a tag.
            let used = ComponentUse { name: name.to_owned(), span, closed: true, known: true };
            self.facts.components.push(used);
        }
        for_each_link(self.source, tag, |_, attr, kind| match attr {
            Some(range) => {
                let dest = unescape(&self.source[range.clone()]);
                let span = Span::new(range.start, range.end);
                self.facts.links.push(Link { dest, span, kind, definition: None });
            }
            None => self.facts.bound_links += 1,
        });
        let id = tag.value(self.source, "id").map(unescape);
        let names =
            if component.is_none() && name == "a" { tag.value(self.source, "name") } else { None };
        if let Some(id) = id.or_else(|| names.map(unescape)).filter(|id| !id.is_empty()) {
            if let (Some(number), true) = (number, component.is_some()) {
                self.facts
                    .component_ids
                    .push((number, Ids { primary: id.clone(), aliases: Vec::new() }));
            }
            self.explicit.push((id, span));
            return;
        }
        if let (Some(number), Some(component)) = (number, component) {
            self.component_title(tag, number, component.id);
        }
    }

    fn component_title(&mut self, tag: &Tag, number: usize, rule: IdRule) {
        let value =
            |name: &str| tag.value(self.source, name).map(unescape).filter(|text| !text.is_empty());
        match rule {
            IdRule::None => {}
            IdRule::Attr(attr) | IdRule::Entry(attr) => {
                if let Some(title) = value(attr) {
                    self.titled.push(Titled::Component(number, title));
                }
            }
            IdRule::Param => {
                let name = ["query", "path", "body", "header", "name"].into_iter().find_map(value);
                if let Some(name) = name {
                    self.titled.push(Titled::Param(number, name));
                }
            }
        }
    }

    fn components(&mut self) {
        for scan_tag in &self.scan.tags {
            let tag = &scan_tag.tag;
            let name = tag.name(self.source);
            if let Markup::Container(container) = &scan_tag.markup {
                self.container(container, scan_tag);
            }
            if scan_tag.markup != Markup::Tag
                || tag.kind == TagKind::Close
                || !components::is_component_name(name)
            {
                continue;
            }
            self.facts.components.push(ComponentUse {
                name: name.to_owned(),
                span: Span::new(tag.range.start, tag.range.end),
                closed: scan_tag.role != Role::Open { closed: false },
                known: components::find(name).is_some(),
            });
        }
    }

    /// Records a container in marks. One with an indented body is never left open.
    fn container(&mut self, container: &Container, tag: &ScanTag) {
        let span = Span::new(tag.tag.range.start, tag.tag.range.end);
        let line = self.source[span.start..span.end].trim_end();
        let mark = line.chars().next().filter(|mark| matches!(mark, ':' | '/'));
        let Some(mark) = mark.filter(|mark| line.starts_with(&mark.to_string().repeat(3))) else {
            return;
        };
        let rest = line.trim_start_matches(mark);
        let name = Span::new(container.name.start, container.name.end);
        let marks = &line[..line.len() - rest.len()];
        self.facts.containers.push(ContainerUse {
            marked: format!("{marks}{}", &self.source[name.start..name.end]),
            name,
            span: Span::new(span.start, span.start + line.len()),
            closed: tag.role != Role::Open { closed: false },
        });
    }

    /// Decides what the doubtful tags are. One that is closed somewhere, or closes itself, is a
    /// component or an element; otherwise `<String>` and `<user-name>` are types and placeholders,
    /// which readers should see.
    fn settle(&mut self) {
        self.end_inline();
        for tag in std::mem::take(&mut self.doubtful) {
            let name = tag.name(self.source);
            let span = Span::new(tag.range.start, tag.range.end);
            let paired = tag.kind == TagKind::SelfClosing || self.closing.contains(name);
            let component = components::is_component_name(name);
            if !paired && (component || tag.attrs.is_empty()) {
                self.facts.unknown.push(UnknownTag { name: name.to_owned(), span });
            } else if component {
                let name = name.to_owned();
                self.facts.components.push(ComponentUse { name, span, closed: true, known: false });
            }
        }
        self.facts.unknown.sort_by_key(|tag| tag.span.start);
        self.facts.components.sort_by_key(|component| component.span.start);
    }
}

/// The offset of the destination in an inline link: after its text, before its title.
fn dest_in(text: &str, dest: &str) -> Option<usize> {
    if dest.is_empty() {
        return None;
    }
    // A limit for images within images, each of which would search all inside it.
    let start = text.floor_char_boundary(text.len().saturating_sub(2 * dest.len() + (8 << 10)));
    let found = dest_behind(&text[start..], dest)?;
    Some(start + found)
}

fn dest_behind(text: &str, dest: &str) -> Option<usize> {
    ["](", "](<", "]( "]
        .into_iter()
        .find_map(|open| text.rfind(&format!("{open}{dest}")).map(|at| at + open.len()))
        .or_else(|| text.rfind(dest))
}

fn push_joined(segments: &mut Vec<Span>, span: Span) {
    match segments.last_mut() {
        Some(last) if last.end == span.start => last.end = span.end,
        _ => segments.push(span),
    }
}
