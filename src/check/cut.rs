//! Signs that a text is cut off: how it ends, compared with the other texts of its page, and with
//! how the words of the tree are used.
//!
//! The vocabulary of the tree needs no list of words. A text may end with a word with which
//! phrases end; it is cut off where the letters at its end often stand at the beginning of words
//! or inside phrases, and next to never at the end of a phrase.

use super::onward::{self, is_torn};
use super::prose::{self, Leaf};
use super::rule::PageContext;
use super::texts::{Ends, Role, Texts, is_odd, last_pair, last_word, leads_on};
use crate::markdown::outline::{BlockKind, InlineKind};
use crate::site::vocabulary::USUAL;
use crate::source::{Span, line_start};

/// Marks that something must follow.
const OPEN_ENDS: &[char] =
    &[',', '(', '[', '{', '–', '—', '&', '=', '\\', '‘', '«', '，', '、', '（', '「', '،'];

/// Why a text seems to be cut off, if it does.
pub fn sign(
    context: &PageContext<'_>,
    texts: &Texts<'_>,
    leaf: &Leaf<'_, '_>,
    role: Role,
) -> Option<String> {
    if leaf.inlines.last()?.kind != InlineKind::Text {
        return None;
    }
    let source = context.text();
    let text = source[leaf.span.start..leaf.span.end].trim_end();
    let end = text.chars().next_back()?;
    // Behind a dash, a quotation has its author.
    let authored = text.starts_with(['—', '–']) || role == Role::Quote && text.contains('—');
    if prose::ends_a_sentence(text) || matches!(end, '}' | '>') || authored {
        return None;
    }
    let before = &source[line_start(source, leaf.span.start)..leaf.span.start];
    let rest = &source[leaf.span.start + text.len()..];
    // The title of a container, a label of a directive or a tab, a comment in the next line.
    if [":::", "===", "!!!", "???"].iter().any(|mark| before.contains(mark))
        || !rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n') && !rest.trim().is_empty()
        || rest.trim_start_matches(['\r', '\n', ' ']).starts_with("<!--")
    {
        return None;
    }
    if role.is_item() && joins_next(text) {
        return None;
    }
    let alike = texts.are_alike(role, leaf);
    let leads = leads_on(context, leaf);
    let leads_on = leads && !texts.lead_with_colons();
    let place = Place { context, leaf, role, alike, leads, leads_on, text };
    let reason = place.compared(texts).or_else(|| match prose::is_unspaced(end) {
        true => place.pair(texts).or_else(|| onward::characters(context, texts, role, text)),
        false => place.word(texts).or_else(|| onward::phrase(context, texts, role, text)),
    });
    let reason = reason.or_else(|| place.open());
    reason.filter(|_| !prose::in_shortcode(source, leaf.span.start))
}

/// The longer text that a heading has elsewhere, and how often, if it seems to be cut off
/// inside a word.
pub fn longer_heading<'c>(
    context: &PageContext<'_>,
    texts: &Texts<'c>,
    text: &str,
) -> Option<(&'c str, u32)> {
    let last = text.chars().next_back().filter(|last| last.is_alphanumeric())?;
    let (longer, count) = texts.words.longer_heading(text)?;
    // "Go" beside "Goals".
    let many = count >= 4 * USUAL;
    let torn = match last_pair(text) {
        // A tree can have the same heading cut off twice.
        Some((first, last)) => texts.pair(first, last).last * 20 <= count && many,
        None if prose::is_unspaced(last) => text.chars().count() == 1 && many,
        None => {
            let small = last_word(text)?.to_lowercase();
            let uses = texts.uses(&small);
            let few = many && uses.all * 50 <= count;
            let short = small.chars().count() < 3;
            // Two words are hardly the beginning of a heading by chance.
            many && text.contains(' ')
                || uses.last * 10 <= count.min(20)
                    && (short || few || uses.all == 0 && is_torn(context, &small, texts, 100))
        }
    };
    torn.then_some((longer, count))
}

/// Whether an item ends with a conjunction that leads to the next: "…; and".
fn joins_next(text: &str) -> bool {
    let before = match text.chars().next_back() {
        Some(last) if prose::is_unspaced(last) => {
            let mut chars = text.chars().rev();
            return chars.by_ref().take(4).any(|c| matches!(c, '；' | '，'));
        }
        _ => text[..text.len() - prose::last_word(text).len()].trim_end(),
    };
    before.ends_with([',', ';', '،', '؛'])
}

/// The end of a text.
struct Place<'c, 'a> {
    context: &'c PageContext<'a>,
    leaf: &'c Leaf<'c, 'a>,
    role: Role,
    /// The texts beside it end like sentences.
    alike: bool,
    /// It stands above code, a list or a table.
    leads: bool,
    /// It may lead to them without a colon.
    leads_on: bool,
    text: &'c str,
}

impl Place<'_, '_> {
    fn has_words(&self, count: usize) -> bool {
        self.text.split_whitespace().nth(count - 1).is_some()
    }

    /// Whether there is code below it.
    fn leads_to_code(&self) -> bool {
        let next = self.context.outline.blocks.get(self.leaf.number + 1);
        next.is_some_and(|block| matches!(block.kind, BlockKind::Code(_)))
    }

    /// A bracket that is not closed. That of an address of a link is told as such.
    fn open_bracket(&self) -> Option<Span> {
        let source = self.context.text();
        let open = prose::open_bracket(source, &self.leaf.runs())?;
        (!source[..open.start].ends_with(']')).then_some(open)
    }

    /// Compares the text with those beside it.
    fn compared(&self, texts: &Texts<'_>) -> Option<String> {
        let end = self.text.chars().next_back()?;
        if !self.alike || self.leads_on || !self.has_words(2) && !prose::is_unspaced(end) {
            return None;
        }
        if OPEN_ENDS.contains(&end) && !(self.leads && matches!(end, '、' | '，')) {
            return Some(format!("it ends with `{end}`"));
        }
        if !end.is_alphanumeric() {
            return None;
        }
        if let Some(open) = self.open_bracket() {
            let bracket = &self.context.text()[open.start..open.end];
            return Some(format!("a `{bracket}` in it is not closed"));
        }
        if self.role != Role::Quote && prose::has_sentence(self.text) {
            let Ends { all, ended } = texts.others(self.role, self.leaf);
            if self.role == Role::Paragraph && all >= 5 && ended == all {
                return Some("its last sentence has no end, unlike all others".to_owned());
            }
            return (!self.leads && texts.are_odd_after(self.text))
                .then(|| "its last sentence is incomplete, unlike those around it".to_owned());
        }
        let listed = self.role == Role::Item && texts.others(self.role, self.leaf).all >= 4;
        (listed && self.has_words(4) && texts.are_odd_after(self.text))
            .then(|| "it is incomplete, unlike the other items of its list".to_owned())
    }

    /// Looks at the last word.
    fn word(&self, texts: &Texts<'_>) -> Option<String> {
        let word = last_word(self.text)?;
        let capitals = word.chars().nth(1).is_some() && !word.chars().any(char::is_lowercase);
        if capitals && word.chars().any(char::is_uppercase) {
            return None;
        }
        let inside = || format!("it ends inside a word: \u{201c}{word}\u{201d}");
        let behind = || format!("it ends with \u{201c}{word}\u{201d}");
        let small = word.to_lowercase();
        // Names look like function words; a word that is all there is has its capital as the first.
        let alone = !self.has_words(2);
        let compares = self.alike && !self.leads_on;
        // "Or" between two blocks of code.
        let counts = alone && !self.leads || self.has_words(3) && small == word;
        if compares && counts && texts.spoken.cannot_end_with(&small) {
            return Some(behind());
        }
        let (words, uses) = (texts.words, texts.uses(&small));
        let paragraph = matches!(self.role, Role::Paragraph | Role::Quote);
        // The code below may be the object: "You can use".
        if self.leads_to_code() && words.longer(&small) < 8 * uses.all {
            return None;
        }
        if uses.all > 0 || self.alike && uses.in_code > 0 {
            if !self.alike && !paragraph {
                return None;
            }
            let longer = words.longer(&small);
            // Words that lead to what follows do not begin other words.
            let begins = longer > uses.all;
            if self.leads_on && (!begins || !self.has_words(3)) {
                return None;
            }
            let ratio = match (paragraph, self.alike && self.has_words(2)) {
                (true, true) if !begins && self.leads => return None,
                (true, true) if !begins && !self.has_words(5) => 100,
                (_, true) => 17,
                (true, false) => 100,
                (false, false) => return None,
            };
            let odd = is_odd(uses, longer, ratio);
            return odd.then(|| if begins { inside() } else { behind() });
        }
        let letters = word.chars().count();
        let longer = if uses.in_code > 0 { 0 } else { words.longer(&small) };
        let (least, likely) = match (self.alike, self.role) {
            (true, Role::Paragraph) => (1, 40),
            (true, _) => (1, 20),
            (false, Role::Paragraph | Role::Quote) => (5, 8),
            (false, Role::Heading) => (5, 3),
            (false, _) => (50, 1),
        };
        (longer >= least && letters >= if self.alike { 1 } else { 3 })
            .then(|| is_torn(self.context, &small, texts, likely))
            .filter(|torn| *torn)
            .map(|_| inside())
    }

    /// Looks for what no whole text has, however those beside it end.
    fn open(&self) -> Option<String> {
        let end = self.text.chars().next_back()?;
        if self.role == Role::Heading {
            return None;
        }
        if self.role == Role::Paragraph && !self.leads && matches!(end, ',' | '，' | '、' | '،')
        {
            return Some(format!("it ends with `{end}`"));
        }
        let open = self.open_bracket().filter(|_| end.is_alphanumeric())?;
        let bracket = &self.context.text()[open.start..open.end];
        Some(format!("a `{bracket}` in it is not closed"))
    }

    /// Looks at the last two characters of a script without spaces between words.
    fn pair(&self, texts: &Texts<'_>) -> Option<String> {
        let (first, last) = last_pair(self.text)?;
        if self.leads_on || !self.alike {
            return None;
        }
        let uses = texts.pair(first, last);
        let Ends { all, ended } = texts.others(self.role, self.leaf);
        let count = self.text.chars().count();
        let sure = all >= 5 && ended * 100 >= all * 95;
        let commas = self.text.contains(['，', '、', '；']) && count >= 15;
        let odd = is_odd(uses, 0, 17)
            || sure && (is_odd(uses, 0, 6) || uses.all == 0 && count >= 4)
            || sure && commas && is_odd(uses, 0, 1);
        odd.then(|| format!("it ends with \u{201c}{first}{last}\u{201d}"))
    }
}
