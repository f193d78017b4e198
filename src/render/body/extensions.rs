//! Text with the syntax of other generators in it: emoji, keys, marked text, abbreviations,
//! attributes of links and images.

use std::collections::HashSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Writer;
use crate::markdown::extensions::{Flank, Piece, abbreviated, attributes, key_name, pieces};
use crate::markdown::parse::Item;
use crate::{autolink, escape, icon_names, icons, title};

/// The terms of the glossary on a page.
#[derive(Default)]
pub(super) struct Terms {
    /// Those that the page has explained.
    seen: HashSet<usize>,
    /// Headings are not explained: they are short, and repeated in lists.
    in_heading: bool,
}

/// The most marks that wait for their end.
const MAX_OPEN: usize = 16;

/// The attributes that an author may give to a link or an image. None of them runs or loads
/// anything.
const ALLOWED: &[&str] = &[
    "align", "alt", "class", "download", "height", "hreflang", "id", "lang", "loading", "rel",
    "target", "title", "width",
];

/// A mark that may begin marked text.
pub(super) struct Toggle {
    mark: &'static str,
    element: &'static str,
    /// How many elements of text are open around it.
    depth: usize,
    /// Where it stands in the HTML.
    at: usize,
}

/// Each mark and its element.
const MARKS: &[(&str, &str)] = &[("==", "mark"), ("^^", "ins")];

impl Writer<'_> {
    /// Writes the buffered text.
    pub(super) fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut text = text.as_str();
        let extensions = self.input.dialect.extensions;
        if let Some(tag) = self.tag_before.take().filter(|_| extensions.attributes)
            && let Some((list, length)) = attributes(text)
        {
            self.add_attributes(tag, &list);
            text = &text[length..];
        }
        for piece in pieces(text, extensions) {
            match piece {
                Piece::Text(text) => self.words(text),
                Piece::Emoji(emoji) => self.out.push_str(emoji),
                Piece::Icon(name, title) => self.icon(name, title.as_deref()),
                Piece::Keys(names) => {
                    let names: Vec<String> = names.split('+').map(key_name).collect();
                    self.out.push_str("<kbd>");
                    self.out.push_str(&names.join("</kbd>+<kbd>"));
                    self.out.push_str("</kbd>");
                }
                Piece::Subscript(text) => self.script("sub", text),
                Piece::Superscript(text) => self.script("sup", text),
                Piece::Toggle(mark, flank) => self.toggle(mark, flank),
            }
        }
    }

    /// Writes an icon. With a text it says something, else it is decoration.
    fn icon(&mut self, name: &str, title: Option<&str>) {
        if let Some(title) = title {
            self.out.push_str("<span role=\"img\"");
            escape::attribute(&mut self.out, "aria-label", title);
            escape::attribute(&mut self.out, "title", title);
            self.out.push('>');
        }
        self.out.push_str(&icons::html(name, icon_names::DEFAULT_LIBRARY, None));
        self.out.push_str(if title.is_some() { "</span>" } else { "" });
    }

    fn script(&mut self, element: &str, text: &str) {
        self.out.push_str(&format!("<{element}>"));
        escape::text(&mut self.out, text);
        self.out.push_str(&format!("</{element}>"));
    }

    /// Notes what an item ends.
    pub(super) fn ends(&mut self, item: &Item<'_>) {
        if ends_marks(item) {
            self.toggles.clear();
        }
        if ends_text(item) {
            self.end_inline_own();
        }
        match item {
            Item::Markdown(Event::Start(Tag::Heading { .. })) => self.terms.in_heading = true,
            Item::Markdown(Event::End(TagEnd::Heading(_))) => self.terms.in_heading = false,
            _ => {}
        }
    }

    /// Writes text without abbreviations, with the terms of the glossary where the page uses them
    /// first. The glossary itself explains them already.
    fn explained(&mut self, text: &str) {
        let config = self.input.config;
        let is_glossary = config
            .glossary_file
            .as_ref()
            .is_some_and(|glossary| glossary.file == self.input.page.source.path);
        let found = match config.glossary.is_empty() || is_glossary {
            true => Vec::new(),
            false if self.in_link || self.terms.in_heading => Vec::new(),
            false => config.glossary.terms_in(text),
        };
        let mut done = 0;
        for (range, term) in found {
            if !self.terms.seen.insert(term) {
                continue;
            }
            plain(&mut self.out, &text[done..range.start], false);
            // Like a tooltip, it can be reached with the keyboard and by touch.
            self.out.push_str("<abbr class=\"tooltip\" tabindex=\"0\"");
            escape::attribute(&mut self.out, "title", &title::plain(config.glossary.meaning(term)));
            self.out.push('>');
            escape::text(&mut self.out, &text[range.clone()]);
            self.out.push_str("</abbr>");
            done = range.end;
        }
        plain(&mut self.out, &text[done..], self.in_link);
    }

    /// Writes text without marks.
    fn words(&mut self, text: &str) {
        let mut done = 0;
        let found: Vec<(std::ops::Range<usize>, String)> = abbreviated(text, &self.abbreviations)
            .into_iter()
            .map(|(range, long)| (range, long.to_owned()))
            .collect();
        for (range, long) in found {
            self.explained(&text[done..range.start]);
            self.out.push_str("<abbr");
            escape::attribute(&mut self.out, "title", &long);
            self.out.push('>');
            escape::text(&mut self.out, &text[range.clone()]);
            self.out.push_str("</abbr>");
            done = range.end;
        }
        self.explained(&text[done..]);
    }

    /// Writes a mark, or ends the text that it marks. One that nothing ends stays as it is.
    fn toggle(&mut self, mark: &str, flank: Flank) {
        let depth = self.depth;
        let same = |one: &Toggle| one.mark == mark && one.depth == depth;
        if flank.closes
            && let Some(found) = self.toggles.iter().rposition(same)
        {
            let Toggle { at, element, mark, .. } = self.toggles[found];
            self.toggles.truncate(found);
            self.out.replace_range(at..at + mark.len(), &format!("<{element}>"));
            self.out.push_str(&format!("</{element}>"));
            return;
        }
        let known = MARKS.iter().find(|(known, _)| *known == mark);
        if let Some((mark, element)) =
            known.filter(|_| flank.opens && self.toggles.len() < MAX_OPEN)
        {
            self.toggles.push(Toggle { mark, element, depth, at: self.out.len() });
        }
        self.out.push_str(mark);
    }

    /// Writes the start of an element of text.
    pub(super) fn open_text(&mut self, html: &str) {
        self.depth += 1;
        self.out.push_str(html);
    }

    /// Leaves an element of text: a mark ends in the element it began in.
    pub(super) fn close_text(&mut self, html: &'static str) -> &'static str {
        self.depth = self.depth.saturating_sub(1);
        let depth = self.depth;
        self.toggles.retain(|one| one.depth <= depth);
        html
    }

    /// Begins a definition of the paragraph that was just written, or another one of the same term.
    pub(super) fn start_definition(&mut self) {
        let goes_on = |out: &mut String| {
            let list =
                out.trim_end().strip_suffix("</dl>").filter(|list| list.ends_with("</dd>\n"));
            let end = list.map(str::len);
            out.truncate(end.unwrap_or(out.len()));
            end.is_some()
        };
        let out = &mut self.out;
        let term = self.last_paragraph.take().filter(|range| range.end == out.len());
        let Some(range) = term else {
            let more = goes_on(out);
            return out.push_str(if more { "<dd>" } else { "<dl>\n<dd>" });
        };
        let terms = out[range.start + "<p>".len()..range.end - "</p>\n".len()].to_owned();
        out.truncate(range.start);
        if !goes_on(out) {
            out.push_str("<dl>\n");
        }
        out.push_str(&format!("<dt>{}</dt>\n<dd>", terms.replace('\n', "</dt>\n<dt>")));
    }

    /// Drops the attributes in the last line of a paragraph or an item that ends: they are for the
    /// style sheets of the other generator.
    pub(super) fn drop_attributes(&mut self) {
        let text = self.text.trim_end();
        let alone = self.out.ends_with("<p>");
        let is_line = alone || self.out.ends_with('\n');
        let is_list = || attributes(text).is_some_and(|(_, length)| length == text.len());
        if !self.input.dialect.extensions.attributes || !is_line || !is_list() {
            return;
        }
        self.text.clear();
        self.out.truncate(self.out.trim_end().len());
        if alone {
            self.unwrap_paragraph();
        }
    }

    /// Adds attributes to the tag that begins at an offset of the HTML.
    fn add_attributes(&mut self, start: usize, list: &[(String, String)]) {
        let Some(len) = self.out[start..].find('>') else { return };
        let mut tag = self.out[start..start + len].to_owned();
        // The size of a picture is known; one that is asked for goes before it.
        if list.iter().any(|(name, _)| matches!(name.as_str(), "width" | "height")) {
            without(&mut tag, "width");
            without(&mut tag, "height");
        }
        for (name, value) in list {
            if !ALLOWED.contains(&name.as_str()) && !name.starts_with("data-") {
                continue;
            }
            let had = without(&mut tag, name);
            let value = match had.filter(|_| name == "class") {
                Some(classes) => format!("{classes} {value}"),
                None => value.clone(),
            };
            escape::attribute(&mut tag, name, &value);
        }
        // `[](){ #id }` is a place and no link.
        if self.out[start + len..] == *"></a>" && list.iter().any(|(name, _)| name == "id") {
            without(&mut tag, "href");
        }
        self.out.replace_range(start..start + len, &tag);
    }
}

/// Whether no mark before an item can end behind it: it begins a block, or is HTML.
fn ends_marks(item: &Item<'_>) -> bool {
    match item {
        Item::Markdown(Event::Start(tag)) => !matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Item::Markdown(_) | Item::Expression(_) => false,
        Item::Tag { .. } | Item::Container { .. } | Item::Raw(_) => true,
    }
}

/// Whether an item ends a text, with everything that is open in it: it ends or begins a block.
fn ends_text(item: &Item<'_>) -> bool {
    match item {
        Item::Markdown(Event::End(
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
        )) => true,
        Item::Markdown(Event::Start(_)) => ends_marks(item),
        _ => false,
    }
}

/// Writes text, with its addresses as links outside of a link.
fn plain(out: &mut String, text: &str, in_link: bool) {
    if in_link {
        escape::text(out, text);
    } else {
        autolink::text(out, text);
    }
}

/// Removes an attribute from a tag without its last character; returns its escaped value.
fn without(tag: &mut String, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))?;
    let value = start + name.len() + 3;
    let end = value + tag[value..].find('"')?;
    let had = tag[value..end].to_owned();
    tag.replace_range(start..=end, "");
    Some(had)
}
