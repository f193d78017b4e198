//! The texts of a page and what surrounds them: how they end, and how often the tree uses the words
//! that stand at their ends.

use std::cell::Cell;
use std::collections::HashMap;

use super::function_words::Spoken;
use super::prose::{self, Leaf};
use super::rule::PageContext;
use crate::markdown::outline::{BlockKind, Outline};
use crate::site::dictionary;
use crate::site::vocabulary::{Uses, Vocabulary};

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
    /// A text beside the prose, such as a caption.
    Beside,
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
pub struct Ends {
    /// All of them.
    pub all: u32,
    /// Those that end like a sentence.
    pub ended: u32,
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
    pub fn others(&self, role: Role, leaf: &Leaf<'_, '_>) -> Ends {
        let ends = match role {
            Role::Paragraph | Role::Quote => self.paragraphs,
            Role::LooseItem => self.loose,
            Role::Item => self.items.get(&leaf.block.parent).copied().unwrap_or_default(),
            Role::Heading | Role::Beside => return Ends::default(),
        };
        Ends { all: ends.all.saturating_sub(1), ..ends }
    }
}

impl Texts<'_> {
    /// Whether the texts of the page that lead to code, a list or a table end with punctuation, all
    /// but the one that is looked at.
    pub fn lead_with_colons(&self) -> bool {
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
    pub fn are_alike(&self, role: Role, leaf: &Leaf<'_, '_>) -> bool {
        let Ends { all, ended } = self.others(role, leaf);
        match role {
            Role::Paragraph | Role::Quote => {
                let at = self.order.partition_point(|(number, _)| *number < leaf.number);
                let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                let open = beside.filter_map(|at| self.order.get(at)).any(|(_, ended)| !ended);
                all >= 3 && ended * 100 >= all * 85 && !open
            }
            Role::Item | Role::LooseItem => all >= 2 && ended == all,
            Role::Heading | Role::Beside => false,
        }
    }
}

/// Whether a text leads to the code, the list or the table below it.
pub fn leads_on(context: &PageContext<'_>, leaf: &Leaf<'_, '_>) -> bool {
    let next = context.outline.blocks.get(leaf.number + 1).map(|block| block.kind);
    matches!(next, Some(BlockKind::Code(_) | BlockKind::List | BlockKind::Table))
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
const MAX_SEARCHED: usize = 64 << 20;
