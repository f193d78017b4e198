//! Footnotes, which are shown at the end of the page, with links back to the text.

use std::collections::HashMap;

use super::folders::{EXAMPLES_END, is_example};
use super::{OpenComponent, Writer};
use crate::components;
use crate::escape;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The state of each footnote, by its label.
    known: HashMap<String, FactsCache>,
    /// The footnotes that are being written, which may be nested.
    open: Vec<OpenNote>,
    /// The labels and HTML of those that are finished.
    written: Vec<(String, String)>,
}

#[derive(Clone, Copy)]
struct FactsCache {
    /// Its place in the order in which the text mentions them.
    number: usize,
    /// The number of its mentions.
    mentions: usize,
}

struct OpenNote {
    label: String,
    /// The offset in the output where it starts.
    start: usize,
    /// The number of components that were open around it.
    depth: usize,
    /// The closing tags of components around it that were closed inside it; they are written after
    /// the footnote, since a line that follows its text still belongs to it.
    after: String,
}

impl Footnotes {
    fn known(&mut self, label: &str) -> &mut FactsCache {
        let next = FactsCache { number: self.known.len() + 1, mentions: 0 };
        self.known.entry(label.to_owned()).or_insert(next)
    }
}

/// The id of a mention; the first one of a footnote bears its number alone.
fn id(number: usize, mention: usize) -> String {
    if mention > 1 {
        format!("docgen-mention-{number}-{mention}")
    } else {
        format!("docgen-mention-{number}")
    }
}

impl<'a> Writer<'a> {
    pub(super) fn mention(&mut self, label: &str) {
        let known = self.footnotes.known(label);
        known.mentions += 1;
        let (number, id) = (known.number, id(known.number, known.mentions));
        // The number is not part of the word before it.
        self.out.push_str("<sup class=\"footnote-reference\" data-pagefind-ignore><a");
        let to = escape::fragment(&self.input.dialect.slugs.footnote(label));
        escape::attribute(&mut self.out, "href", &format!("#{to}"));
        escape::attribute(&mut self.out, "id", &id);
        self.out.push_str(&format!(">{number}</a></sup>"));
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        let (label, start, depth) = (label.to_owned(), self.out.len(), self.open.len());
        self.footnotes.open.push(OpenNote { label, start, depth, after: String::new() });
    }

    pub(super) fn end_footnote(&mut self) {
        let Some(depth) = self.footnotes.open.last().map(|note| note.depth) else { return };
        self.close_down_to(depth);
        let Some(note) = self.footnotes.open.pop() else { return };
        let text = self.out.split_off(note.start);
        self.folders.examples = None;
        self.out.push_str(&note.after);
        self.footnotes.written.push((note.label, text));
    }

    /// Writes the end of a component; if the component is around an open footnote, after the
    /// footnote.
    pub(super) fn close_component(&mut self, open: OpenComponent<'a>) {
        let at = self.open.len();
        let note = self.footnotes.open.last_mut().filter(|note| at < note.depth);
        if let Some(own) = open.own {
            // One that ends in a note and began outside of it has no content of its own.
            if note.is_none() {
                self.close_own(own);
            }
            return;
        }
        let (example, in_note) = (open.component.is_some_and(is_example), note.is_some());
        let out = note.map_or(&mut self.out, |note| &mut note.after);
        match &open.element {
            Some(name) => out.push_str(&format!("</{name}>")),
            None => components::close(out, open.component, open.caption.as_deref()),
        }
        if example {
            out.push_str(EXAMPLES_END);
            self.folders.examples = (!in_note).then_some(self.out.len());
        }
    }

    /// Writes the list of all footnotes: first in the order of their mentions, then the others.
    pub(super) fn all_footnotes(&mut self) {
        let written = std::mem::take(&mut self.footnotes.written);
        if written.is_empty() {
            return;
        }
        let known = |(label, text): (String, String)| (*self.footnotes.known(&label), label, text);
        let mut notes: Vec<(FactsCache, String, String)> = written.into_iter().map(known).collect();
        notes.sort_by_key(|(known, _, _)| known.number);
        self.out.push_str("<section class=\"footnotes\"");
        escape::attribute(&mut self.out, "aria-label", self.input.words.get("footnotes"));
        self.out.push_str("><ol>\n");
        for (known, label, text) in notes {
            self.out.push_str(&format!("<li value=\"{}\"", known.number));
            let id = self.input.dialect.slugs.footnote(&label);
            escape::attribute(&mut self.out, "id", &id);
            self.out.push('>');
            let text = text.trim_end();
            let (text, end) = text.strip_suffix("</p>").map_or((text, ""), |text| (text, "</p>"));
            self.out.push_str(text);
            self.ways_back(known);
            self.out.push_str(&format!("{end}</li>\n"));
        }
        self.out.push_str("</ol></section>\n");
    }

    fn ways_back(&mut self, known: FactsCache) {
        for mention in 1..=known.mentions {
            let to = id(known.number, mention);
            let start = " <a class=\"footnote-back\" data-pagefind-ignore";
            self.out.push_str(&format!("{start} href=\"#{to}\""));
            escape::attribute(&mut self.out, "aria-label", self.input.words.get("back_to_text"));
            // The variation selector makes it a character, not an emoji.
            self.out.push_str(">\u{21a9}\u{fe0e}");
            if known.mentions > 1 {
                self.out.push_str(&format!("<sup>{mention}</sup>"));
            }
            self.out.push_str("</a>");
        }
    }
}
