//! Renders the body of a page to HTML, walking the same events as the collection of facts.

mod annotations;
mod blocks;
mod containers;
mod extensions;
mod folders;
mod footnotes;
mod own_components;

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, Tag as MdTag, TagEnd};

use self::annotations::Annotations;
use self::extensions::{Terms, Toggle};
use self::folders::Folders;
use self::footnotes::Footnotes;
use self::own_components::OpenOwn;
use super::assets::Assets;
use super::components;
use super::cursor::Cursor;
use super::escape;
use super::highlight::{Highlighter, Unpainted};
use super::jsx;
use super::links::Links;
use super::math;
use super::template::components::PageComponents;
use super::template::{TemplateFault, Theme};
use crate::config::flavours::policy::UnknownTags;
use crate::config::words::Words;
use crate::config::{Config, Flavour};
use crate::markdown::Dialect;
use crate::markdown::components::{Component, find, is_component_name};
use crate::markdown::extensions::{Abbreviation, abbreviations};
use crate::markdown::facts::{Ids, PageFacts};
use crate::markdown::heading::split_attributes;
use crate::markdown::html::{self, Tag, TagKind};
use crate::markdown::parse::{self, Item};
use crate::markdown::scan::Role;
use crate::site::index::Page;
use crate::site::target::Target;
use crate::source::Span;

/// The inputs of a body.
pub struct Body<'a> {
    /// The page.
    pub page: &'a Page,
    /// The targets of its links, in order.
    pub targets: &'a [Target],
    /// Writes addresses.
    pub links: &'a Links<'a>,
    /// Data about the files that it shows.
    pub assets: &'a Assets,
    /// The words of the theme.
    pub words: &'a Words,
    /// The schema or command specification that each valid block was checked against, by the
    /// block's offset.
    pub validated_by: Option<&'a HashMap<usize, String>>,
    /// The templates of the site's own components.
    pub theme: &'a Theme,
    /// Highlights code.
    pub highlighter: &'a Highlighter,
    /// The settings.
    pub config: &'a Config,
    /// The tree's flavour.
    pub flavour: Flavour,
    /// The Markdown dialect of its pages.
    pub dialect: Dialect,
}

/// A rendered body.
pub struct Written {
    /// The HTML.
    pub html: String,
    /// Code blocks that could not be highlighted: their offsets and the reasons.
    pub unpainted: Vec<(Span, Unpainted)>,
    /// Faults of the site's own components, each with its first use.
    pub own_faults: Vec<(Span, TemplateFault)>,
}

impl Body<'_> {
    /// The HTML of the body.
    pub fn html(&self) -> String {
        self.written(&Cell::default()).html
    }

    /// Renders the body. `at` always holds the offset that is being rendered, so that a panic can
    /// be reported with its location.
    pub fn written(&self, at: &Cell<usize>) -> Written {
        let text = &self.page.source.text;
        let scan = self.page.scan(self.dialect);
        let mut writer = Writer::new(self, text.len());
        parse::walk(text, &scan, |item, range| {
            at.set(range.start);
            writer.take(item);
        });
        writer.finish()
    }
}

/// An open element that the writer has to close itself.
struct OpenComponent<'a> {
    number: usize,
    /// The name of an element of HTML.
    element: Option<String>,
    /// The component, or the one that a container looks like.
    component: Option<&'static Component>,
    caption: Option<String>,
    /// The component of the site.
    own: Option<OpenOwn<'a>>,
}

struct Writer<'a> {
    input: &'a Body<'a>,
    source: &'a str,
    facts: &'a PageFacts,
    out: String,
    cursor: Cursor<'a>,
    heading: usize,
    code: usize,
    in_code: bool,
    annotations: Annotations,
    folders: Folders,
    /// The end of the default title of the last alert, which its own title replaces.
    alert: Option<usize>,
    /// The alternative text of an image is being read.
    image: Option<(String, String, String)>,
    image_depth: usize,
    open: Vec<OpenComponent<'a>>,
    table: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    footnotes: Footnotes,
    /// Text that may continue in the next event: the parser splits an address at each underscore.
    text: String,
    in_link: bool,
    /// How many elements of text are open.
    depth: usize,
    /// Marks that may begin marked text.
    toggles: Vec<Toggle>,
    /// Where the tag begins that an attribute list would be about.
    tag_before: Option<usize>,
    /// Where the tag of the open link begins.
    link_start: usize,
    abbreviations: Vec<Abbreviation>,
    terms: Terms,
    /// Where the paragraph that is being written begins, if it has tags of its own.
    paragraph: Option<usize>,
    /// The last paragraph, tags included, which may turn out to be the term of a definition.
    last_paragraph: Option<Range<usize>>,
    /// Components that are open in a line of text.
    inline: Vec<(String, Option<String>)>,
    unpainted: Vec<(Span, Unpainted)>,
    components: PageComponents<'a>,
    /// Components of the site that are open in a line of text.
    inline_own: Vec<OpenOwn<'a>>,
    own_faults: Vec<(Span, TemplateFault)>,
    /// Whether the JavaScript of the page is being skipped.
    in_component_script: bool,
}

impl<'a> Writer<'a> {
    fn new(input: &'a Body<'a>, size: usize) -> Self {
        Self {
            input,
            source: &input.page.source.text,
            facts: &input.page.facts,
            out: String::with_capacity(size * 2),
            cursor: Cursor::new(&input.page.source.text, input.targets, input.links),
            heading: 0,
            code: 0,
            in_code: false,
            annotations: Annotations::default(),
            folders: Folders::default(),
            alert: None,
            image: None,
            image_depth: 0,
            open: Vec::new(),
            table: Vec::new(),
            cell: 0,
            in_head: false,
            footnotes: Footnotes::default(),
            text: String::new(),
            in_link: false,
            depth: 0,
            toggles: Vec::new(),
            tag_before: None,
            link_start: 0,
            abbreviations: match input.dialect.extensions.abbreviations {
                true => abbreviations(&input.page.source.text),
                false => Vec::new(),
            },
            terms: Terms::default(),
            paragraph: None,
            last_paragraph: None,
            inline: Vec::new(),
            unpainted: Vec::new(),
            components: input.theme.components(),
            inline_own: Vec::new(),
            own_faults: Vec::new(),
            in_component_script: false,
        }
    }

    fn finish(mut self) -> Written {
        self.flush();
        self.close_down_to(0);
        self.all_footnotes();
        Written { html: self.out, unpainted: self.unpainted, own_faults: self.own_faults }
    }

    fn take(&mut self, item: Item<'_>) {
        if self.image.is_some() {
            return self.image_text(item);
        }
        if let Item::Markdown(Event::End(TagEnd::Heading(_))) = &item
            && self.facts.headings.get(self.heading).is_some_and(|heading| heading.attributes)
            && let Some((shown, _)) = split_attributes(&self.text)
        {
            self.text.truncate(shown.len());
        }
        match &item {
            Item::Markdown(Event::Text(text)) if !self.in_code => return self.text.push_str(text),
            Item::Expression(text) => return self.text.push_str(text),
            Item::Markdown(Event::End(TagEnd::Paragraph | TagEnd::Item)) => self.drop_attributes(),
            _ => {}
        }
        if !self.text.is_empty() {
            self.flush();
        }
        self.tag_before = None;
        self.ends(&item);
        match item {
            Item::Markdown(event) => self.event(event),
            Item::Tag { tag, role, number } => self.tag(&tag, role, number),
            Item::Container { mark, number } => self.container(mark, number),
            Item::Raw(_) if self.in_component_script => {}
            Item::Expression(_) => {}
            Item::Raw(text) => self.out.push_str(&text),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            // Only text outside code is buffered; code is written from the source.
            Event::Text(_) => {}
            Event::Code(text) => {
                self.tag_before = Some(self.out.len());
                self.out.push_str("<code>");
                escape::text(&mut self.out, &text);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) => self.mention(&label),
            Event::TaskListMarker(checked) => {
                let (state, label) = if checked { (" checked", "done") } else { ("", "to_do") };
                self.out.push_str(&format!("<input type=\"checkbox\" disabled{state}"));
                escape::attribute(&mut self.out, "aria-label", self.input.words.get(label));
                self.out.push_str("> ");
            }
            Event::InlineMath(formula) => math::write(&mut self.out, &formula, false),
            Event::DisplayMath(formula) => math::write(&mut self.out, &formula, true),
            Event::Html(_) | Event::InlineHtml(_) => {}
        }
    }

    fn start(&mut self, tag: MdTag<'_>) {
        match tag {
            MdTag::Paragraph => self.start_paragraph(),
            MdTag::Heading { level, .. } => self.start_heading(level as u8),
            MdTag::BlockQuote(kind) => self.start_quote(kind),
            MdTag::CodeBlock(_) => self.code_block(),
            MdTag::List(start) => self.start_list(start),
            MdTag::Item => self.start_item(),
            MdTag::FootnoteDefinition(label) => self.start_footnote(&label),
            MdTag::Table(alignments) => {
                self.table = alignments;
                self.out.push_str("<div class=\"table\"><table>");
            }
            MdTag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            MdTag::TableRow => {
                self.cell = 0;
                self.out.push_str("<tr>");
            }
            MdTag::TableCell => self.start_cell(),
            MdTag::Emphasis => self.open_text("<em>"),
            MdTag::Strong => self.open_text("<strong>"),
            MdTag::Strikethrough => self.open_text("<del>"),
            MdTag::Superscript => self.open_text("<sup>"),
            MdTag::Subscript => self.open_text("<sub>"),
            MdTag::DefinitionList => self.out.push_str("<dl>\n"),
            MdTag::DefinitionListTitle => self.out.push_str("<dt>"),
            MdTag::DefinitionListDefinition => self.out.push_str("<dd>"),
            MdTag::Link { dest_url, title, link_type, .. } => {
                let mail = link_type == pulldown_cmark::LinkType::Email;
                let dest: CowStr<'_> =
                    if mail { format!("mailto:{dest_url}").into() } else { dest_url };
                let href = self.cursor.next(&dest);
                self.in_link = true;
                self.link_start = self.out.len();
                self.open_text("<a");
                escape::attribute(&mut self.out, "href", &href);
                if !title.is_empty() {
                    escape::attribute(&mut self.out, "title", &title);
                }
                self.out.push('>');
            }
            MdTag::Image { dest_url, title, .. } => {
                let src = self.cursor.next(&dest_url);
                self.image = Some((src, title.to_string(), String::new()));
                self.image_depth = 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let html = match tag {
            TagEnd::Paragraph if self.paragraph.is_some() => {
                self.out.push_str("</p>\n");
                let end = self.out.len();
                self.last_paragraph = self.paragraph.take().map(|start| start..end);
                return;
            }
            TagEnd::Paragraph => "\n",
            TagEnd::Heading(level) => return self.end_heading(level as u8),
            TagEnd::BlockQuote(Some(_)) => "</aside>\n",
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::CodeBlock => {
                self.in_code = false;
                return;
            }
            TagEnd::List(numbered) => {
                self.end_list();
                if numbered { "</ol>\n" } else { "</ul>\n" }
            }
            TagEnd::Item => self.end_item(),
            TagEnd::FootnoteDefinition => return self.end_footnote(),
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>"
            }
            TagEnd::TableRow => "</tr>",
            TagEnd::TableCell => {
                self.cell += 1;
                if self.in_head { "</th>" } else { "</td>" }
            }
            TagEnd::Emphasis => self.close_text("</em>"),
            TagEnd::Strong => self.close_text("</strong>"),
            TagEnd::Strikethrough => self.close_text("</del>"),
            TagEnd::Superscript => self.close_text("</sup>"),
            TagEnd::Subscript => self.close_text("</sub>"),
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Link => {
                self.in_link = false;
                self.tag_before = Some(self.link_start);
                self.close_text("</a>")
            }
            _ => "",
        };
        self.out.push_str(html);
    }

    fn tag(&mut self, tag: &Tag, role: Role, number: Option<usize>) {
        let name = tag.name(self.source);
        if role == Role::Stray {
            return;
        }
        if let Role::Close { of } = role {
            return self.close_through(of);
        }
        let component = find(name);
        if component.is_none() && !is_component_name(name) {
            return self.element(tag, role, number);
        }
        if component.is_none()
            && let Some(own) = self.own(name)
        {
            return self.own_tag(own, tag, role, number);
        }
        if tag.kind == TagKind::Close {
            match component {
                Some(_) => {
                    if let Some(open) = self.inline.iter().rposition(|(open, _)| open == name) {
                        let caption = self.inline.drain(open..).next().and_then(|(_, one)| one);
                        components::close(&mut self.out, component, caption.as_deref());
                        self.leave_component(component);
                    }
                }
                None => self.unknown_inline(tag),
            }
            return;
        }
        if component.is_some() && self.facts.is_unknown(tag.range.start) {
            return self.unknown_inline(tag);
        }
        let attrs = self.cursor.attrs(tag);
        if component.is_none() && number.is_none() {
            return self.unknown_inline(tag);
        }
        let caption = components::caption(name, &attrs, self.input.words);
        let ids = number.and_then(|number| self.facts.ids_of(number));
        let library = self.input.config.icon_library;
        self.enter_component(component);
        components::open(&mut self.out, name, &attrs, ids, self.input.words, library);
        match (role, number) {
            (Role::Open { .. }, Some(number)) => self.open.push(OpenComponent {
                number,
                element: None,
                component,
                caption,
                own: None,
            }),
            _ if tag.kind == TagKind::SelfClosing => {
                components::close(&mut self.out, component, caption.as_deref());
                self.leave_component(component);
            }
            (Role::Alone, _) => self.inline.push((name.to_owned(), caption)),
            _ => {}
        }
    }

    /// An unknown capitalised tag in a line of text: a component, of which only the content is
    /// shown, or a placeholder such as `<Name>`, which is shown as text.
    fn unknown_inline(&mut self, tag: &Tag) {
        if self.facts.is_unknown(tag.range.start) {
            escape::text(&mut self.out, &self.source[tag.range.clone()]);
        }
    }

    fn element(&mut self, tag: &Tag, role: Role, number: Option<usize>) {
        let name = tag.name(self.source);
        if self.input.dialect.component_scripts && name.eq_ignore_ascii_case("script") {
            self.in_component_script = tag.kind == TagKind::Open;
            return;
        }
        let known = html::is_html_element(name) && !self.facts.is_unknown(tag.range.start);
        if !known && self.input.flavour.unknown_tags != UnknownTags::Github {
            escape::text(&mut self.out, &self.source[tag.range.clone()]);
            return;
        }
        if matches!(name, "a" | "code" | "pre") {
            // Text inside these is a link already, or not meant to become one.
            self.in_link = tag.kind == TagKind::Open;
        }
        if role == Role::Alone && number.is_some() && html::is_block(name) {
            self.unwrap_paragraph();
        }
        let urls = self.cursor.urls(tag);
        let assets = self.input.assets;
        jsx::tag(&mut self.out, self.source, tag, |_, attr| match attr {
            "src" => urls.get(attr).map(|url| assets.marked(url)),
            _ => urls.get(attr).cloned(),
        });
        if name == "img" && tag.kind != TagKind::Close {
            self.complete_image(tag, urls.get("src").map_or("", String::as_str));
        }
        let headings = &self.facts.html_headings;
        if let Ok(at) = headings.binary_search_by_key(&tag.range.start, |(start, _)| *start) {
            let ids = Ids { primary: String::new(), aliases: vec![headings[at].1.clone()] };
            components::aliases(&mut self.out, &ids);
        }
        if let (Role::Open { .. }, Some(number)) = (role, number) {
            self.open.push(OpenComponent {
                number,
                element: Some(name.to_owned()),
                component: None,
                caption: None,
                own: None,
            });
        }
    }
}
