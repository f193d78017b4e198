//! Signs that a text is cut off: how it ends, compared with the other texts of its page, and with
//! how the words of the tree are used.
//!
//! The vocabulary of the tree needs no list of words. A text may end with a word with which
//! phrases end; it is cut off where the letters at its end often stand at the beginning of words
//! or inside phrases, and next to never at the end of a phrase.

use std::cell::Cell;
use std::collections::HashMap;

use super::function_words::Spoken;
use super::onward::{self, is_torn};
use super::prose::{self, Leaf};
use super::rule::PageContext;
use crate::markdown::outline::{BlockKind, InlineKind, Outline};
use crate::site::dictionary;
use crate::site::vocabulary::{Uses, Vocabulary};
use crate::source::line_start;

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A paragraph, also one inside a component.
    Paragraph,
    /// A paragraph of a block quote or a footnote, which may end with a name.
    Quote,
    /// The text of a tight list item.
    Item,
    /// A paragraph of a loose list item.
    LooseItem,
    /// A heading.
    Heading,
}

impl Role {
    /// Whether it is the text of a list item.
    pub fn is_item(self) -> bool {
        matches!(self, Self::Item | Self::LooseItem)
    }

    /// The role of a block of text, if it has one here.
    pub fn of(outline: &Outline<'_>, leaf: &Leaf<'_, '_>) -> Option<Self> {
        Some(match leaf.block.kind {
            BlockKind::Heading(_) => Self::Heading,
            BlockKind::Item => Self::Item,
            BlockKind::Paragraph if leaf.block.parent.is_none() => Self::Paragraph,
            BlockKind::Paragraph if outline.is_inside(leaf.number, BlockKind::Item) => {
                Self::LooseItem
            }
            BlockKind::Paragraph => Self::Quote,
            _ => return None,
        })
    }
}

/// How many texts there are, and how many of them end like a sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    all: u32,
    ended: u32,
}

/// How the texts of a page end, and the words of the tree in its language.
pub struct Texts<'c> {
    /// The words.
    pub words: &'c Vocabulary,
    /// The language of the page.
    pub spoken: Spoken<'c>,
    /// How many of the uses of the last word of a text are that of the text itself.
    own: u32,
    paragraphs: Ends,
    loose: Ends,
    /// By the list that the items are in.
    items: HashMap<Option<usize>, Ends>,
    /// Paragraphs above code, a list or a table.
    leading: Ends,
    /// The numbers of the paragraphs, and whether each ends like a sentence.
    order: Vec<(usize, bool)>,
    /// How many bytes may still be searched for words of this page.
    left: Cell<usize>,
}

impl<'c> Texts<'c> {
    /// The words alone, which suffice for headings and cells.
    pub fn words(context: &PageContext<'c>) -> Self {
        let words = dictionary::vocabulary(context.site.index, &context.page.content_path);
        Self {
            words,
            spoken: Spoken::new(&context.page.content_path, context.text()),
            own: u32::from(words.has_page(number_of(context))),
            paragraphs: Ends::default(),
            loose: Ends::default(),
            items: HashMap::new(),
            leading: Ends::default(),
            order: Vec::new(),
            left: Cell::new(MAX_SEARCHED),
        }
    }

    /// Looks at the texts of a page.
    pub fn new(context: &PageContext<'c>) -> Self {
        let source = context.text();
        let mut texts = Self::words(context);
        for number in 0..context.outline.blocks.len() {
            let kind = context.outline.blocks[number].kind;
            if !matches!(kind, BlockKind::Paragraph | BlockKind::Item) {
                continue;
            }
            let Some(leaf) = prose::leaf(context.outline, number) else { continue };
            let ended = u32::from(prose::ends_a_sentence(&source[leaf.span.start..leaf.span.end]));
            let count = |ends: &mut Ends| {
                ends.all += 1;
                ends.ended += ended;
            };
            match Role::of(context.outline, &leaf) {
                Some(Role::Item) => count(texts.items.entry(leaf.block.parent).or_default()),
                Some(Role::LooseItem) => {
                    count(&mut texts.loose);
                    count(&mut texts.paragraphs);
                }
                _ => {
                    count(&mut texts.paragraphs);
                    if leads_on(context, &leaf) {
                        count(&mut texts.leading);
                    }
                    texts.order.push((number, ended > 0));
                }
            }
        }
        texts
    }

    /// How the texts beside one end that does not end like a sentence itself.
    fn others(&self, role: Role, leaf: &Leaf<'_, '_>) -> Ends {
        let ends = match role {
            Role::Paragraph | Role::Quote => self.paragraphs,
            Role::LooseItem => self.loose,
            Role::Item => self.items.get(&leaf.block.parent).copied().unwrap_or_default(),
            Role::Heading => return Ends::default(),
        };
        Ends { all: ends.all.saturating_sub(1), ..ends }
    }
}

impl Texts<'_> {
    /// Whether the texts of the page that lead to code, a list or a table end with punctuation, all
    /// but the one that is looked at.
    fn lead_with_colons(&self) -> bool {
        self.leading.all >= 3 && self.leading.ended + 1 >= self.leading.all
    }

    /// Whether this many bytes may still be searched, which are then counted.
    pub fn spend(&self, bytes: usize) -> bool {
        self.left.set(self.left.get().saturating_sub(bytes));
        !self.is_spent()
    }

    /// Whether nothing may be searched for this page any more.
    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// The uses of a word besides the one at the end of the text that is looked at.
    pub fn uses(&self, small: &str) -> Uses {
        self.less(self.words.uses(small))
    }

    /// The uses of a pair of characters besides the one at the end of the text.
    pub fn pair(&self, first: char, last: char) -> Uses {
        self.less(self.words.pair([first, last]))
    }

    fn less(&self, uses: Uses) -> Uses {
        let last = uses.last.saturating_sub(self.own);
        Uses { all: uses.all.saturating_sub(self.own).max(last), last, ..uses }
    }

    /// Whether a text ends with something with which phrases seldom end.
    pub fn are_odd_after(&self, text: &str) -> bool {
        if let Some((first, last)) = last_pair(text) {
            let uses = self.pair(first, last);
            return uses.all == 0 || is_odd(uses, 0, 2);
        }
        last_word(text).is_some_and(|word| {
            let small = word.to_lowercase();
            is_odd(self.uses(&small), self.words.longer(&small), 4)
        })
    }

    /// Whether the texts around one end like sentences, and it should.
    fn are_alike(&self, role: Role, leaf: &Leaf<'_, '_>) -> bool {
        let Ends { all, ended } = self.others(role, leaf);
        match role {
            Role::Paragraph | Role::Quote => {
                let at = self.order.partition_point(|(number, _)| *number < leaf.number);
                let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                let open = beside.filter_map(|at| self.order.get(at)).any(|(_, ended)| !ended);
                all >= 3 && ended * 100 >= all * 85 && !open
            }
            Role::Item | Role::LooseItem => all >= 2 && ended == all,
            Role::Heading => false,
        }
    }
}

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

/// Whether a text leads to the code, the list or the table below it.
fn leads_on(context: &PageContext<'_>, leaf: &Leaf<'_, '_>) -> bool {
    let next = context.outline.blocks.get(leaf.number + 1).map(|block| block.kind);
    matches!(next, Some(BlockKind::Code(_) | BlockKind::List | BlockKind::Table))
}

/// The longer text that a heading has elsewhere, and how often, if it seems to be cut off
/// inside a word.
pub fn longer_heading<'c>(
    context: &PageContext<'_>,
    texts: &Texts<'c>,
    text: &str,
) -> Option<(&'c str, u32)> {
    /// The number of other pages from which on a heading is usual.
    const USUAL: u32 = 5;
    let last = text.chars().next_back().filter(|last| last.is_alphanumeric())?;
    let (own, longer) = texts.words.heading(text);
    let (longer, count) =
        longer.filter(|(_, count)| *count >= USUAL && own <= 1.max(count / 20))?;
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
        if let Some(open) = prose::open_bracket(self.context.text(), &self.leaf.runs()) {
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
        let compares = self.alike && !self.leads_on && !self.leads_to_code() && self.has_words(3);
        if compares && small == word && texts.spoken.cannot_end_with(word) {
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
        let open = prose::open_bracket(self.context.text(), &self.leaf.runs());
        let open = open.filter(|_| end.is_alphanumeric())?;
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

/// The last word of a text, if it is one and no part of an address, a path or a number with a
/// unit.
pub fn last_word(text: &str) -> Option<&str> {
    let word = prose::last_word(text);
    let front = &text[..text.len() - word.len()];
    let apart = front.chars().next_back().is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '"' | '“' | '„' | '-') || prose::is_unspaced(c)
    });
    let unit = word.chars().count() <= 3 && front.trim_end().ends_with(char::is_numeric);
    let is_word = !word.is_empty() && word.chars().all(char::is_alphabetic);
    (apart && is_word && !unit).then_some(word)
}

/// The last two characters of a text, if they are Chinese or Japanese.
pub fn last_pair(text: &str) -> Option<(char, char)> {
    let mut chars = text.chars().rev();
    let (last, first) = (chars.next()?, chars.next()?);
    (is_han(first) && is_han(last)).then_some((first, last))
}

/// Whether a character is Chinese or Japanese.
fn is_han(c: char) -> bool {
    c.is_alphanumeric() && matches!(u32::from(c), 0x2E80..=0x9FFF)
}

/// Whether phrases go on after a word at least this many times as often as they end with it.
pub fn is_odd(uses: Uses, longer: u32, times: u32) -> bool {
    2 * (uses.all - uses.last + longer) > times * (2 * uses.last + 1)
}

/// The number of the page.
fn number_of(context: &PageContext<'_>) -> usize {
    let pages = context.site.index.pages.as_slice();
    pages.partition_point(|page| page.source.path < *context.path())
}

/// The most bytes that are searched for all words of a page: a page may end ten thousand texts with
/// words that nobody knows.
const MAX_SEARCHED: usize = 256 << 20;
