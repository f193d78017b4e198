//! The table of contents of a book: chapters before, in and after a numbered list, with titles of
//! parts between them.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::config::{Chapter, NavItem};
use crate::markdown::destination;
use crate::source::Span;

/// The entries of a SUMMARY.md.
pub fn items(text: &str) -> Vec<NavItem> {
    let mut reader = Reader { text, ..Reader::default() };
    for (event, range) in Parser::new(text).into_offset_iter() {
        reader.take(&event, range);
    }
    reader.close_part();
    reader.done
}

/// A link that is being read.
struct Link {
    title: String,
    dest: String,
    range: Range<usize>,
}

/// An item of a list that is being read.
#[derive(Default)]
struct Item {
    /// The entry of its link.
    entry: Option<NavItem>,
    /// The entries of the lists below it.
    below: Vec<NavItem>,
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    done: Vec<NavItem>,
    /// The title of the current part, and its entries.
    part: Option<(String, Vec<NavItem>)>,
    /// The title of a part while it is read.
    heading: Option<String>,
    /// The open items, outermost first.
    open: Vec<Item>,
    /// The number of open lists.
    depth: usize,
    /// The number of chapters so far on each level. The first level is not reset between parts.
    numbers: Vec<usize>,
    link: Option<Link>,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if self.depth == 0 => {
                self.heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                let Some(title) = self.heading.take() else { return };
                let first = self.done.is_empty() && self.part.is_none();
                self.close_part();
                // The first is the title of the table itself.
                if !first && !title.trim().is_empty() {
                    self.part = Some((title.trim().to_owned(), Vec::new()));
                } else {
                    self.part = Some(Default::default());
                }
            }
            Event::Start(Tag::List(_)) => {
                self.depth += 1;
                self.numbers.resize(self.depth, 0);
            }
            Event::End(TagEnd::List(_)) => {
                self.depth -= 1;
                self.numbers.truncate(self.depth.max(1));
            }
            Event::Start(Tag::Item) => self.open.push(Item::default()),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let (title, dest) = (String::new(), dest_url.trim().to_owned());
                self.link = Some(Link { title, dest, range });
            }
            Event::End(TagEnd::Link) => {
                if let Some(link) = self.link.take() {
                    self.entry(link);
                }
            }
            Event::Rule if self.depth == 0 => self.put(NavItem::Separator),
            Event::Text(text) | Event::Code(text) => self.words(text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        let into = self.link.as_mut().map(|link| &mut link.title).or(self.heading.as_mut());
        into.into_iter().for_each(|words| words.push_str(text));
    }

    fn entry(&mut self, link: Link) {
        if self.depth > 0 && self.open.last().is_none_or(|item| item.entry.is_some()) {
            return;
        }
        let (path, query, _) = destination::split(&link.dest);
        let is_page = path.is_empty() || path.ends_with(".md");
        let elsewhere = link.dest.contains("://") || !query.is_empty() || !is_page;
        let entry = if elsewhere {
            NavItem::Link { label: link.title, url: link.dest }
        } else {
            let number = if self.depth > 0 { self.number() } else { String::new() };
            // A draft has a title and no page yet.
            let target = (!path.is_empty()).then(|| (decoded(path), self.span(&link, path)));
            NavItem::Chapter(Chapter { title: link.title, number, target, items: Vec::new() })
        };
        match self.open.last_mut() {
            Some(item) => item.entry = Some(entry),
            None => {
                // Chapters after the list of a part belong to no part.
                if self.part.as_ref().is_some_and(|(_, items)| items.iter().any(is_numbered)) {
                    self.close_part();
                }
                self.put(entry);
            }
        }
    }

    fn number(&mut self) -> String {
        if let Some(last) = self.numbers.last_mut() {
            *last += 1;
        }
        self.numbers.iter().map(|number| format!("{number}.")).collect()
    }

    /// The bytes of a destination, or of the whole link if it is written in another way.
    fn span(&self, link: &Link, path: &str) -> Span {
        let whole = self.text.get(link.range.clone()).unwrap_or_default();
        match whole.rfind(path) {
            Some(at) => Span::new(link.range.start + at, link.range.start + at + path.len()),
            None => Span::new(link.range.start, link.range.end),
        }
    }

    fn end_item(&mut self) {
        let Some(Item { entry, below }) = self.open.pop() else { return };
        match entry {
            Some(NavItem::Chapter(chapter)) => {
                self.put(NavItem::Chapter(Chapter { items: below, ..chapter }));
            }
            other => other.into_iter().chain(below).for_each(|item| self.put(item)),
        }
    }

    fn put(&mut self, item: NavItem) {
        let part = self.part.as_mut().map_or(&mut self.done, |(_, items)| items);
        self.open.last_mut().map_or(part, |open| &mut open.below).push(item);
    }

    fn close_part(&mut self) {
        match self.part.take() {
            Some((title, items)) if title.is_empty() => self.done.extend(items),
            Some((title, items)) if !items.is_empty() => {
                self.done.push(NavItem::Group { title, icon: String::new(), folded: None, items });
            }
            _ => {}
        }
    }
}

fn is_numbered(item: &NavItem) -> bool {
    matches!(item, NavItem::Chapter(chapter) if !chapter.number.is_empty())
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, items: &[NavItem], depth: usize, out: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        for item in items {
            match item {
                NavItem::Chapter(chapter) => {
                    let target = chapter.target.as_ref().map_or("draft", |(path, span)| {
                        assert_eq!(&text[span.start..span.end], path);
                        path
                    });
                    let Chapter { number, title, .. } = chapter;
                    out.push(format!("{indent}{number}{title}: {target}"));
                    written(text, &chapter.items, depth + 1, out);
                }
                NavItem::Group { title, items, .. } => {
                    out.push(format!("{indent}[{title}]"));
                    written(text, items, depth + 1, out);
                }
                NavItem::Link { url, .. } => out.push(format!("{indent}{url}")),
                NavItem::Separator => out.push(format!("{indent}---")),
                NavItem::Page { .. } => unreachable!("a book has chapters"),
            }
        }
    }

    #[test]
    fn chapters_parts_and_drafts() {
        let text = "# Summary\n\n[Title](title.md)\n\n- [A](a.md)\n    - [B `x` *y*](a/b.md)\n    \
                    - [Later]()\n        - [C](a/c.md#x)\n- [Draft]()\n- [Web](https://x.example)\n\
                    <!-- - [Old](old.md) -->\n\n---\n\n# Part\n\n* [D](<c d.md>)\n\n---\n\n\
                    [End](end.md)\n[More](more.md)\n";
        let mut found = Vec::new();
        written(text, &items(text), 0, &mut found);
        let expected = [
            "Title: title.md",
            "1.A: a.md",
            "  1.1.B x y: a/b.md",
            "  1.2.Later: draft",
            "    1.2.1.C: a/c.md",
            "2.Draft: draft",
            "https://x.example",
            "---",
            "[Part]",
            "  3.D: c d.md",
            "  ---",
            "End: end.md",
            "More: more.md",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn any_text_is_a_table() {
        for text in ["", "- ", "- x\n  - [a](b.md)\n", "# \n\n# \n", "- [a](b.md) [c](d.md)", "[x"]
        {
            let mut found = Vec::new();
            written(text, &items(text), 0, &mut found);
            assert!(found.len() <= 1, "{text}: {found:?}");
        }
    }
}
