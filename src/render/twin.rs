//! The Markdown twin of a page, for machines: the source with components converted to plain
//! Markdown and with published addresses in its links.

mod frame;

use crate::source::line_start;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag as MdTag, TagEnd};

use self::frame::{Frame, Kind};
use super::components::Attrs;
use super::cursor::Cursor;
use super::jsx;
use super::links::Links;
use super::listing;
use crate::config::words::Words;
use crate::markdown::Dialect;
use crate::markdown::components::{Component, Twin as TwinKind, find, is_component_name};
use crate::markdown::containers::Container;
use crate::markdown::extensions::attributes;
use crate::markdown::heading::split_attributes;
use crate::markdown::html::{self, Tag, TagKind};
use crate::markdown::parse::{self, Item};
use crate::markdown::scan::{Markup, Role, ScanTag};
use crate::site::index::Page;
use crate::site::target::Target;

/// The deepest nesting of components that are converted inside their container; it bounds time.
const DEEPEST: usize = 16;
/// The longest prefix of a line, in bytes; longer ones are text.
const LONGEST_PREFIX: usize = 512;

/// The inputs of a twin.
pub struct Twin<'a> {
    /// The page.
    pub page: &'a Page,
    /// The targets of its links, in order.
    pub targets: &'a [Target],
    /// Writes addresses.
    pub links: &'a Links<'a>,
    /// What stands above its text: a title that the text has not, the top of a landing page.
    pub top: String,
    /// The Markdown dialect of the pages.
    pub dialect: Dialect,
    /// Protocol and host of the site; empty if unknown.
    pub origin: &'a str,
    /// The words of the theme in the language of the page.
    pub words: &'a Words,
}

impl Twin<'_> {
    /// The text.
    pub fn markdown(&self) -> String {
        let page = self.page;
        let scan = page.scan(self.dialect);
        let mut writer = Writer::new(self, &scan.text);
        writer.out.push_str(&self.top);
        writer.fresh = true;
        parse::walk(&page.source.text, &scan, |item, range| writer.take(item, range));
        writer.finish()
    }
}

/// A link or an image whose text is being read.
struct OpenLink {
    /// The offset of its `](`.
    end: usize,
    /// The text to write after it; `None` for a link that stays as it is.
    tail: Option<String>,
}

struct Writer<'a> {
    source: &'a str,
    page: &'a Page,
    origin: &'a str,
    words: &'a Words,
    /// Whether links, images and code may have attributes in braces behind them.
    attributes: bool,
    cursor: Cursor<'a>,
    /// The text that the parser saw.
    text: &'a str,
    /// The offset up to which it has been written or skipped.
    done: usize,
    out: String,
    /// Whether to skip blank lines at the start of the next text.
    fresh: bool,
    /// Link reference definitions, which are dropped because all links are written inline.
    definitions: Vec<Range<usize>>,
    links: Vec<OpenLink>,
    heading: usize,
    frames: Vec<Frame>,
    /// Components that are open in a line of text: the name, and the text to write after them.
    inline: Vec<(String, String)>,
}

impl<'a> Writer<'a> {
    fn new(input: &'a Twin<'a>, text: &'a str) -> Self {
        let page = input.page;
        let mut definitions: Vec<Range<usize>> = Vec::new();
        if memchr::memmem::find(text.as_bytes(), b"]:").is_some() {
            let parser = Parser::new_ext(text, parse::OPTIONS);
            let found = parser.reference_definitions().iter();
            definitions.extend(found.map(|(_, found)| found.span.clone()));
            definitions.sort_by_key(|range| range.start);
        }
        Self {
            source: &page.source.text,
            page,
            origin: input.origin,
            words: input.words,
            attributes: input.dialect.extensions.attributes,
            cursor: Cursor::new(&page.source.text, input.targets, input.links),
            text,
            done: 0,
            out: String::with_capacity(text.len() + text.len() / 8),
            fresh: false,
            definitions,
            links: Vec::new(),
            heading: 0,
            frames: Vec::new(),
            inline: Vec::new(),
        }
    }

    fn finish(mut self) -> String {
        self.copy(self.text.len());
        while !self.frames.is_empty() {
            self.close();
        }
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        self.out.push('\n');
        self.out
    }

    /// Copies the text up to an offset.
    fn copy(&mut self, end: usize) {
        while self.done < end {
            let behind = self.definitions.partition_point(|range| range.end <= self.done);
            let next = self.definitions.get(behind).cloned();
            let stop = next.as_ref().map_or(end, |range| range.start.clamp(self.done, end));
            self.push(stop);
            if let Some(range) = next.filter(|range| range.start < end) {
                self.done = range.end.min(end);
            }
        }
    }

    fn push(&mut self, end: usize) {
        let chunk = &self.text[self.done..end];
        self.done = end;
        self.append(chunk);
    }

    fn append(&mut self, mut chunk: &str) {
        if self.fresh {
            while let Some((line, rest)) = chunk.split_once('\n') {
                if !line.trim().is_empty() {
                    break;
                }
                chunk = rest;
            }
            self.fresh = chunk.trim().is_empty();
        }
        self.out.push_str(chunk);
    }

    fn take(&mut self, item: Item<'_>, range: Range<usize>) {
        match item {
            Item::Markdown(event) => self.event(event, range),
            Item::Tag { tag, role, number } => {
                self.reach(range.end);
                self.tag(&tag, role, number, range);
            }
            Item::Container { mark, number } => self.container(mark, number, range),
            Item::Expression(text) => {
                self.reach(range.end);
                self.copy(range.start);
                self.done = self.done.max(range.end);
                self.append(&frame::literally(text));
            }
            Item::Raw(_) => {
                self.reach(range.end);
                self.copy(range.start);
                let text = &self.text[self.done.min(range.end)..range.end];
                self.done = self.done.max(range.end);
                self.raw(text);
            }
        }
    }

    /// Raw HTML without the comments of its author.
    fn raw(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("<!--") {
            self.append(before);
            rest = behind.split_once("-->").map_or("", |(_, rest)| rest);
        }
        self.append(rest);
    }

    /// The text of the enclosing link extends to here.
    fn reach(&mut self, end: usize) {
        if let Some(link) = self.links.last_mut() {
            link.end = link.end.max(end);
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(MdTag::Link { link_type, dest_url, title, .. }) => {
                let mail = link_type == LinkType::Email;
                let href = if mail {
                    self.cursor.next(&format!("mailto:{dest_url}"))
                } else {
                    self.cursor.next(&dest_url)
                };
                let bare = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let tail = (!bare).then(|| self.tail(&href, &title));
                self.links.push(OpenLink { end: range.start + 1, tail });
            }
            Event::Start(MdTag::Image { dest_url, title, .. }) => {
                let src = self.cursor.next(&dest_url);
                let tail = Some(self.tail(&src, &title));
                self.links.push(OpenLink { end: range.start + 2, tail });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(OpenLink { end, tail: Some(tail) }) = self.links.pop() {
                    self.copy(end);
                    self.out.push_str(&tail);
                    self.done = self.done.max(range.end);
                }
                self.reach(range.end);
                self.skip_attributes(range.end);
            }
            Event::Code(_) => {
                self.reach(range.end);
                self.skip_attributes(range.end);
            }
            Event::End(TagEnd::Heading(_)) => {
                self.heading += 1;
                let marked = |at: usize| self.page.facts.headings[at].attributes;
                if self.heading <= self.page.facts.headings.len() && marked(self.heading - 1) {
                    self.copy(range.end);
                    self.strip_attributes();
                }
            }
            Event::Start(_) => {}
            _ => self.reach(range.end),
        }
    }

    /// Leaves out the attributes behind something, which are for style sheets.
    fn skip_attributes(&mut self, at: usize) {
        let list = self.text.get(at..).filter(|_| self.attributes).and_then(attributes);
        if let Some((_, length)) = list {
            self.copy(at);
            self.done = self.done.max(at + length);
        }
    }

    fn tail(&self, href: &str, title: &str) -> String {
        frame::link_end(self.absolute(href), title)
    }

    fn absolute(&self, href: &str) -> String {
        let rooted = href.starts_with('/') && !href.starts_with("//");
        format!("{}{href}", if rooted { self.origin } else { "" })
    }

    /// Removes attributes in braces from the end of the heading that was just written.
    fn strip_attributes(&mut self) {
        let end = self.out.trim_end().len();
        let line = line_start(&self.out, end);
        if let Some((shown, _)) = split_attributes(&self.out[line..end]) {
            let keep = line + shown.trim_end().len();
            self.out.replace_range(keep..end, "");
        }
    }

    fn tag(&mut self, tag: &Tag, role: Role, number: Option<usize>, range: Range<usize>) {
        let name = tag.name(self.source);
        self.copy(range.start);
        self.done = self.done.max(range.end);
        if role == Role::Stray {
            return;
        }
        if let Role::Close { of } = role {
            return self.close_through(of);
        }
        let component = find(name);
        if component.is_none() && !is_component_name(name) {
            return self.element(tag, role, number, range);
        }
        if tag.kind == TagKind::Close {
            if let Some(open) = self.inline.iter().rposition(|(open, _)| open == name) {
                let behind: String = self.inline.drain(open..).map(|(_, behind)| behind).collect();
                self.out.push_str(&behind);
            } else if component.is_none() {
                self.unknown(tag);
            }
            return;
        }
        if self.page.facts.is_unknown(tag.range.start) || component.is_none() && number.is_none() {
            return self.unknown(tag);
        }
        let attrs = self.cursor.attrs(tag);
        let open = matches!(role, Role::Open { .. });
        let tip = frame::tip(&attrs, |href| self.absolute(href));
        match component {
            Some(component) if component.inline && !open => match tag.kind {
                TagKind::Open => self.inline.push((name.to_owned(), tip)),
                _ => self.out.push_str(&tip),
            },
            _ if tag.kind == TagKind::Open && !open => {
                self.inline.push((name.to_owned(), String::new()));
            }
            _ => {
                let kind = self.kind(component, &attrs);
                self.open(kind, range.start, number.filter(|_| open));
                if !open {
                    self.close();
                }
            }
        }
    }

    /// The Markdown form of a component.
    fn kind(&mut self, component: Option<&Component>, attrs: &dyn Attrs) -> Kind {
        let text = |key: &str| attrs.get(key).unwrap_or_default();
        match component.map_or(TwinKind::Titled("title"), |component| component.twin) {
            TwinKind::Alert(kind) => Kind::Alert(kind, text("title")),
            TwinKind::Steps => Kind::Steps(0),
            TwinKind::Step => self.step(frame::bold(&text("title"))),
            TwinKind::Card => frame::card(attrs, |href| self.absolute(href)),
            TwinKind::Field => {
                Kind::Item { marker: "- ".to_owned(), head: frame::field(attrs, self.words) }
            }
            TwinKind::Video => Kind::Titled(frame::video(attrs, |src| self.absolute(src))),
            TwinKind::Captioned => Kind::Captioned { hint: text("hint"), caption: text("caption") },
            TwinKind::Listing => Kind::Listing {
                file: attrs
                    .get("file-name")
                    .map_or_else(String::new, |name| self.words.filled("file_name", &name)),
                caption: listing::caption(attrs, self.words).unwrap_or_default(),
            },
            TwinKind::Titled(title) => {
                let head = [frame::bold(&text(title)), text("description")].join(" ");
                Kind::Titled(head.trim().to_owned())
            }
        }
    }

    /// The number of the next step.
    fn step(&mut self, head: String) -> Kind {
        let around = self.frames.iter_mut().rev().find_map(|frame| match &mut frame.kind {
            Kind::Steps(count) => Some(count),
            _ => None,
        });
        let number = around.map_or(1, |count| {
            *count += 1;
            *count
        });
        Kind::Item { marker: format!("{number}. "), head }
    }

    /// Writes a tag that docgen does not know, if readers see it.
    fn unknown(&mut self, tag: &Tag) {
        if self.page.facts.is_unknown(tag.range.start) {
            self.append(&self.source[tag.range.clone()]);
        }
    }

    fn element(&mut self, tag: &Tag, role: Role, number: Option<usize>, range: Range<usize>) {
        let name = tag.name(self.source);
        if !html::is_html_element(name) || self.page.facts.is_unknown(tag.range.start) {
            return self.append(&self.source[tag.range.clone()]);
        }
        let mut urls = self.cursor.urls(tag);
        for (attr, url) in &mut urls {
            if attr != "srcset" {
                *url = self.absolute(url);
            }
        }
        let arranges = frame::only_arranges(name);
        if arranges && role == Role::Alone && number.is_some() && html::is_block(name) {
            return;
        }
        if let (Role::Open { .. }, Some(number)) = (role, number) {
            let mut head = String::new();
            if !arranges {
                jsx::tag(&mut head, self.source, tag, |_, attr| urls.get(attr).cloned());
            }
            return self.open(Kind::Element(head, name.to_owned()), range.start, Some(number));
        }
        let mut html = String::new();
        jsx::tag(&mut html, self.source, tag, |_, attr| urls.get(attr).cloned());
        self.append(&html);
    }

    fn container(&mut self, mark: &ScanTag, number: usize, range: Range<usize>) {
        self.copy(range.start);
        self.done = self.done.max(range.end);
        match (&mark.markup, mark.role) {
            (Markup::Container(container), _) => {
                let kind = self.container_kind(container);
                self.open(kind, range.start, Some(number));
            }
            (Markup::TitleEnd, _) => {
                if let Some(frame) = self.frames.last_mut() {
                    let title = self.out.split_off(frame.start);
                    frame.kind.set_title(title.trim());
                    self.fresh = true;
                }
            }
            (Markup::AlertTitle, _) => {
                // The title takes the line of its mark.
                let gap =
                    self.text[self.done..].bytes().take_while(|byte| b"\n >\t".contains(byte));
                self.done += gap.count();
                self.out.push_str("**");
            }
            (Markup::AlertTitleEnd, _) => {
                let line = self.out.rfind('\n').unwrap_or(self.out.len());
                let prefix = self.out.split_off(line);
                self.out.push_str("**");
                self.out.push_str(prefix.trim_end());
            }
            (Markup::End, Role::Close { of }) => self.close_through(of),
            _ => {}
        }
    }

    fn container_kind(&mut self, container: &Container) -> Kind {
        match container.like.twin {
            TwinKind::Alert(alert) => Kind::Alert(alert, String::new()),
            TwinKind::Steps => Kind::Steps(0),
            TwinKind::Step => self.step(String::new()),
            TwinKind::Card => Kind::Item { marker: "- ".to_owned(), head: String::new() },
            _ => Kind::Titled(String::new()),
        }
    }

    /// Starts the content of a component whose tag is at `at`.
    fn open(&mut self, kind: Kind, at: usize, number: Option<usize>) {
        let near = at.saturating_sub(LONGEST_PREFIX);
        let line = memchr::memrchr(b'\n', &self.text.as_bytes()[near..at]);
        let prefix = line.map_or(if near == 0 { &self.text[..at] } else { "x" }, |line| {
            &self.text[near + line + 1..at]
        });
        let kind = if self.frames.len() < DEEPEST { kind } else { Kind::Flat };
        let mut frame = Frame::new(kind, prefix, number);
        if let Some(kept) = self.out.strip_suffix(prefix).filter(|_| !frame.begins_item) {
            let kept = kept.len();
            self.out.truncate(kept);
            self.blank_line();
        }
        frame.start = self.out.len();
        self.frames.push(frame);
        self.fresh = true;
    }

    fn close_through(&mut self, of: usize) {
        let Some(depth) = self.frames.iter().rposition(|frame| frame.number == Some(of)) else {
            return;
        };
        while self.frames.len() > depth {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if !matches!(frame.kind, Kind::Flat) {
            let inside = self.out.split_off(frame.start.min(self.out.len()));
            frame.write(&inside, &mut self.out);
        }
        self.blank_line();
        self.fresh = true;
    }

    fn blank_line(&mut self) {
        let start = self.frames.last().map_or(0, |frame| frame.start);
        if self.out.len() > start {
            let end = self.out.trim_end_matches([' ', '\n']).len().max(start);
            self.out.truncate(end);
            self.out.push_str(if end > start { "\n\n" } else { "" });
        }
    }
}
