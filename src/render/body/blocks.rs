//! The parts of a body that need more than one tag: cells, headings, quotes, code, images.

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, Tag as MdTag};

use super::Writer;
use crate::diagram::Ground;
use crate::lang::{self, Drawn};
use crate::markdown::collect::unescape;
use crate::markdown::components::Html;
use crate::markdown::facts::CodeBlock;
use crate::markdown::html::{self, Tag};
use crate::markdown::parse::Item;
use crate::markdown::scan::Role;
use crate::picture::{self, Said};
use crate::source::Span;
use crate::{code, components, diagram, escape, math};

impl Writer<'_> {
    pub(super) fn start_cell(&mut self) {
        let align = match self.table.get(self.cell) {
            Some(Alignment::Left) => " style=\"text-align:left\"",
            Some(Alignment::Center) => " style=\"text-align:center\"",
            Some(Alignment::Right) => " style=\"text-align:right\"",
            _ => "",
        };
        self.out.push_str(if self.in_head { "<th" } else { "<td" });
        self.out.push_str(align);
        self.out.push('>');
    }

    pub(super) fn start_heading(&mut self, level: u8) {
        let heading = self.facts.headings.get(self.heading);
        if heading.is_some() {
            self.out.push_str(&format!("<div class=\"heading h{level}\">"));
        }
        self.out.push_str(&format!("<h{level}"));
        if let Some(heading) = heading {
            escape::attribute(&mut self.out, "id", &heading.ids.primary);
            self.out.push('>');
            components::aliases(&mut self.out, &heading.ids);
        } else {
            self.out.push('>');
        }
    }

    /// The link to a heading stands beside it, so that screen readers call the heading by its text alone.
    pub(super) fn end_heading(&mut self, level: u8) {
        self.out.push_str(&format!("</h{level}>"));
        if let Some(heading) = self.facts.headings.get(self.heading) {
            self.out.push_str("<a class=\"anchor\"");
            let href = format!("#{}", escape::fragment(&heading.ids.primary));
            escape::attribute(&mut self.out, "href", &href);
            escape::attribute(&mut self.out, "aria-label", self.input.words.get("section_link"));
            self.out.push_str("></a></div>");
        }
        self.out.push('\n');
        self.heading += 1;
    }

    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let class = match kind {
            None => {
                self.out.push_str("<blockquote>\n");
                return;
            }
            Some(BlockQuoteKind::Note) => "note",
            Some(BlockQuoteKind::Tip) => "tip",
            Some(BlockQuoteKind::Important) => "important",
            Some(BlockQuoteKind::Warning) => "warning",
            Some(BlockQuoteKind::Caution) => "caution",
        };
        components::callout_open(&mut self.out, class, "", self.input.words.get(class));
        self.alert = Some(self.out.len());
    }

    pub(super) fn code_block(&mut self) {
        self.in_code = true;
        let Some(block) = self.facts.code.get(self.code) else { return };
        self.code += 1;
        let html = self.open.last().and_then(|open| open.component).map(|one| one.html);
        let group = matches!(html, Some(Html::CodeGroup(_)));
        if group {
            let title = block.info.title.as_deref().unwrap_or(&block.info.language);
            let title =
                if title.is_empty() { self.input.words.get("untitled_code") } else { title };
            components::code_tab(&mut self.out, title);
        }
        let text = block.text(self.source);
        let end = if group { "</section>" } else { "\n" };
        match lang::drawn(&block.info.language) {
            Some(Drawn::Formula) if self.input.dialect.math => {
                math::write(&mut self.out, &text, true);
                return self.out.push_str(end);
            }
            Some(Drawn::Diagram(_)) if !self.input.config.theme.mermaid.is_empty() => {
                self.out.push_str("<pre class=\"mermaid\">");
                escape::text(&mut self.out, &text);
                self.out.push_str("</pre>");
                return self.out.push_str(end);
            }
            _ => {}
        }
        let drawing = match diagram::is_wanted(self.input.config, block) {
            true => diagram::drawn(&text, Ground::Light),
            false => None,
        };
        if let Some(drawing) = &drawing {
            let route = |path: &str| self.input.links.route(path);
            diagram::open(&mut self.out, drawing, &text, self.input.words, route);
        }
        let list = self.shown(block, &text, group);
        if drawing.is_some() {
            diagram::close(&mut self.out);
        }
        self.out.push_str(end);
        self.expect_list(list);
    }

    /// Writes a block as code. Returns the list below whose items its comments stand for.
    fn shown(&mut self, block: &CodeBlock, text: &str, in_group: bool) -> Option<(String, usize)> {
        let by = self.input.validated_by.and_then(|by| by.get(&block.span.start));
        let said = self.source.get(block.info_span.start..block.info_span.end).unwrap_or_default();
        let everywhere = self.input.config.annotates_code && text.contains("(1)");
        let annotated = (block.info.annotated || everywhere) && !in_group;
        let list = annotated.then(|| self.list_behind(block.span.end)).flatten();
        let options = code::BlockOptions {
            list: list.clone(),
            bad: self.input.words.get("bad_example"),
            output: self.input.words.get("output"),
            checked: by.map(|by| self.input.words.filled("checked_by", by)),
            in_group,
            flags: if self.input.flavour.rustdoc_fences { said } else { "" },
            hiding: self.input.config.hiding(&block.info.language, said),
        };
        let highlighter = self.input.highlighter;
        let unpainted = code::block(&mut self.out, &block.info, text, highlighter, options);
        let place = self.first_line(block);
        self.unpainted.extend(unpainted.map(|reason| (place, reason)));
        list
    }

    /// A paragraph; the text of an element that cannot contain one gets no tags.
    pub(super) fn start_paragraph(&mut self) {
        let around = self.open.last().and_then(|open| open.element.as_deref());
        if !around.is_some_and(html::holds_one_paragraph) {
            self.paragraph = Some(self.out.len());
            self.out.push_str("<p>");
        }
    }

    /// Drops the tags of the paragraph around an element that cannot stand in one.
    pub(super) fn unwrap_paragraph(&mut self) {
        if let Some(start) = self.paragraph.take() {
            self.out.replace_range(start..start + "<p>".len(), "");
        }
    }

    /// The first line of a code block.
    fn first_line(&self, block: &CodeBlock) -> Span {
        let start = block.span.start;
        let text = self.source.get(start..block.span.end).unwrap_or_default();
        Span::new(start, start + text.lines().next().map_or(0, str::len))
    }

    /// Inside an image only text counts: it is the alternative text.
    pub(super) fn image_text(&mut self, item: Item<'_>) {
        let event = match item {
            Item::Markdown(event) => event,
            // Its links are part of the facts, so they must be counted, but none is written.
            Item::Tag { tag, role, .. } => {
                if role != Role::Stray {
                    self.cursor.urls(&tag);
                }
                return;
            }
            Item::Expression(text) => Event::Text(text.into()),
            Item::Container { .. } | Item::Raw(_) => return,
        };
        match event {
            Event::Start(tag) => {
                self.image_depth += 1;
                if matches!(tag, MdTag::Link { .. } | MdTag::Image { .. }) {
                    self.cursor.skip();
                }
            }
            Event::End(_) => {
                self.image_depth -= 1;
                if self.image_depth == 0
                    && let Some((src, title, alt)) = self.image.take()
                {
                    self.write_image(&src, &title, &alt);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, _, alt)) = &mut self.image {
                    alt.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, _, alt)) = &mut self.image {
                    alt.push(' ');
                }
            }
            _ => {}
        }
    }

    /// Adds the attributes that the author of an HTML image left out.
    pub(super) fn complete_image(&mut self, tag: &Tag, src: &str) {
        let value = |name: &str| tag.value(self.source, name).map(unescape);
        let has = |name: &str| tag.attr(self.source, name).is_some();
        let said = Said {
            width: value("width").or_else(|| has("width").then(String::new)),
            height: value("height").or_else(|| has("height").then(String::new)),
            class: has("class") || has("className"),
            style: has("style"),
            loading: has("loading"),
        };
        if self.out.pop() == Some('>') {
            picture::complete(&mut self.out, src, &said, self.input.assets);
            self.out.push('>');
        }
    }

    fn write_image(&mut self, src: &str, title: &str, alt: &str) {
        self.tag_before = Some(self.out.len());
        self.out.push_str("<img");
        escape::attribute(&mut self.out, "src", &self.input.assets.marked(src));
        escape::attribute(&mut self.out, "alt", alt);
        if !title.is_empty() {
            escape::attribute(&mut self.out, "title", title);
        }
        picture::complete(&mut self.out, src, &Said::default(), self.input.assets);
        self.out.push('>');
    }
}
