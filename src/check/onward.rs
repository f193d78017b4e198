//! How the end of a text goes on where the tree has the same letters elsewhere.
//!
//! A word that is cut off is one that nobody uses, and the letters of which are the beginning of
//! words. With the word before it, it is seldom found by chance: where "advanced conf" always goes
//! on to "advanced configuration", a heading "Advanced conf" is not whole.

use std::collections::HashMap;
use std::ops::Range;

use memchr::arch::all::packedpair::HeuristicFrequencyRank;
use memchr::memmem::{Finder, FinderBuilder};

use super::prose;
use super::rule::PageContext;
use super::texts::{self, Role, Texts};

/// How texts go on after the same letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Onward {
    /// In how many places the word ends with them.
    pub ended: u32,
    /// In how many places more letters follow.
    pub longer: u32,
    /// In how many of those the most frequent of these letters follow.
    pub most: u32,
    /// How many letters the most frequent ones are.
    pub missing: usize,
}

impl Onward {
    /// Whether next to no word ends with these letters, and at least this many go on. A few may
    /// end: a tree can have the same text cut off twice.
    pub fn seldom_ends(self, least: u32) -> bool {
        self.longer >= least && self.ended * 20 <= self.longer
    }

    /// Whether it always goes on in the same way. A stem takes several endings.
    pub fn is_same(self) -> bool {
        self.most == self.longer
    }

    /// Whether it goes on in the same way nearly always.
    pub fn is_mostly_same(self) -> bool {
        self.most * 10 >= self.longer * 9
    }
}

/// Why a text seems to be cut off, by what follows its last two words in the tree.
pub fn phrase(
    context: &PageContext<'_>,
    texts: &Texts<'_>,
    role: Role,
    text: &str,
) -> Option<String> {
    let word = texts::last_word(text)?;
    let front = &text[..text.len() - word.len()];
    let previous = prose::last_word(front.trim_end());
    let small = word.to_lowercase();
    let (uses, longer) = (texts.uses(&small), texts.words.longer(&small));
    // The word may stand in one more text that is cut off.
    let is_known = uses.all > 1;
    let short = small.chars().count() < 3;
    // Names in capitals are beginnings by chance, and Korean nouns take particles.
    let capitals = word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase);
    if previous.is_empty()
        || capitals
        || word.chars().any(is_hangul)
        || (is_known || short) && !(short && role == Role::Heading)
        || longer <= 3 * uses.all
        || !texts::is_odd(uses, longer, 4)
        || texts.spoken.has_bare_stems()
    {
        return None;
    }
    // Asked first, as the search is dear.
    let share = share_of_ends(texts, &small);
    if share.is_some_and(|(share, _)| share > 25) {
        return None;
    }
    let forms = [format!("{previous} {word}"), format!("{} {small}", previous.to_lowercase())];
    let forms = [forms[0].as_str(), forms[1].as_str()];
    let forms = if forms[0] == forms[1] { &forms[1..] } else { &forms };
    let on = onward(context, texts, text, forms, false);
    let torn = on.ended == 0
        && match (is_known, share) {
            // A plural, such as "docs".
            _ if role == Role::Beside && on.missing < 2 => false,
            (true, _) => on.longer >= if on.is_same() { 8 } else { 20 },
            (false, None) => on.longer >= 3,
            (false, Some((share, seen))) => {
                // A rare word has rare forms; in an item, it need not be explained anywhere.
                let few = on.is_same() && on.missing > 1 && seen >= 5 && !role.is_item();
                // The endings of a stem are many, and short.
                let one = on.is_mostly_same() || share <= 3 && on.missing > 3;
                share <= 10 && (few || on.longer >= 8 && one) || on.longer >= 20 && one
            }
        };
    torn.then(|| format!("it ends inside a word: \u{201c}{word}\u{201d}"))
}

/// Whether a character is Korean.
fn is_hangul(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF)
}

/// Whether a character is an ideograph, and no kana, which are endings as well.
fn is_ideograph(c: char) -> bool {
    c.is_alphanumeric() && matches!(u32::from(c), 0x3400..=0x9FFF)
}

/// Why a text in a script without spaces seems to be cut off, by what follows its last two
/// characters in the tree, or its last one if that stands alone.
pub fn characters(
    context: &PageContext<'_>,
    texts: &Texts<'_>,
    role: Role,
    text: &str,
) -> Option<String> {
    if role.is_item() {
        return None;
    }
    let end = text.chars().next_back()?;
    let Some((first, last)) = texts::last_pair(text) else {
        // After a number it is a unit.
        let alone = text.chars().rev().nth(1).is_none_or(|before| {
            !before.is_numeric() && !prose::is_unspaced(before) || "，、；".contains(before)
        });
        let torn = alone
            && is_ideograph(end)
            && onward(context, texts, text, &[&end.to_string()], true).seldom_ends(20);
        return torn.then(|| format!("it ends with \u{201c}{end}\u{201d}"));
    };
    let uses = texts.pair(first, last);
    if !is_ideograph(first) || !is_ideograph(last) || uses.all < 8 || !texts::is_odd(uses, 0, 8) {
        return None;
    }
    let bears_ends = matches!(role, Role::Heading | Role::Beside);
    let on = onward(context, texts, text, &[&format!("{first}{last}")], bears_ends);
    let torn = match role {
        Role::Heading | Role::Beside => {
            on.seldom_ends(20) && on.is_mostly_same() || on.seldom_ends(8) && on.is_same()
        }
        _ => on.ended == 0 && on.seldom_ends(20),
    };
    torn.then(|| format!("it ends with \u{201c}{first}{last}\u{201d}"))
}

/// The most bytes of other pages that are searched for a word.
const REACH: usize = 8 << 20;

/// The page, and the others in its language, nearest first, up to the limit of bytes, as long as
/// more may be searched for this page.
fn near<'c>(context: &PageContext<'c>, texts: &'c Texts<'_>) -> impl Iterator<Item = &'c str> {
    let pages = context.site.index.pages.as_slice();
    let (numbers, own) = (texts.words.pages(), context.path());
    let here = numbers.partition_point(|one| pages[*one].source.path < *own);
    let near = (0..2 * numbers.len()).filter_map(move |step| match step % 2 {
        0 => numbers.get(here + step / 2),
        _ => numbers.get(here.checked_sub(step / 2 + 1)?),
    });
    let others = near.map(|at| &pages[*at]).filter(move |page| page.source.path != *own);
    let mut bytes = 0;
    let others = others.map(|page| page.source.text.as_str()).take_while(move |text| {
        bytes += text.len();
        bytes <= REACH
    });
    std::iter::once(context.text()).chain(others).take_while(|text| texts.spend(text.len() + 1))
}

/// How frequent each byte is. A search looks for the two rarest bytes of what it is for, and those
/// that are rare in English are in every word of other scripts.
struct Ranks([u8; 256]);

impl Ranks {
    /// The ranks of the bytes of a text.
    fn new(text: &str) -> Self {
        let mut counts = [0_u32; 256];
        text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
        let mut order: Vec<u8> = (0..=u8::MAX).collect();
        order.sort_unstable_by_key(|byte| counts[usize::from(*byte)]);
        let mut ranks = [0; 256];
        for (rank, byte) in (0..=u8::MAX).zip(order) {
            ranks[usize::from(byte)] = rank;
        }
        Self(ranks)
    }

    /// What finds some bytes in texts like the one of the ranks.
    fn finder<'f>(&self, bytes: &'f [u8]) -> Finder<'f> {
        FinderBuilder::new().build_forward_with_ranker(self, bytes)
    }
}

impl HeuristicFrequencyRank for &Ranks {
    fn rank(&self, byte: u8) -> u8 {
        self.0[usize::from(byte)]
    }
}

/// Finds the forms of some letters. Two that differ only in capitals are found by what they have in
/// common, in one pass.
struct Forms<'f> {
    forms: &'f [&'f str],
    /// What is searched for, where it is in the forms, and their numbers.
    searches: Vec<(Finder<'f>, usize, Range<usize>)>,
}

impl<'f> Forms<'f> {
    /// The fewest bytes in common that are worth it.
    const LEAST: usize = 4;

    fn new(ranks: &Ranks, forms: &'f [&'f str]) -> Self {
        let common = match forms {
            [one, other] if one.len() == other.len() => longest_run(one, other),
            _ => 0..0,
        };
        let searches = if common.len() >= Self::LEAST {
            let bytes = &forms[0].as_bytes()[common.clone()];
            vec![(ranks.finder(bytes), common.start, 0..forms.len())]
        } else {
            let of = |(number, form): (usize, &&'f str)| {
                (ranks.finder(form.as_bytes()), 0, number..number + 1)
            };
            forms.iter().enumerate().map(of).collect()
        };
        Self { forms, searches }
    }

    /// Where a text has them, and the number of the form.
    fn places(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let bytes = text.as_bytes();
        self.searches.iter().flat_map(move |(finder, offset, numbers)| {
            finder.find_iter(bytes).filter_map(move |at| {
                let start = at.checked_sub(*offset)?;
                let is_here =
                    |form: &usize| bytes[start..].starts_with(self.forms[*form].as_bytes());
                Some((start, numbers.clone().find(is_here)?))
            })
        })
    }
}

/// The longest part that two texts of the same length have in the same place.
fn longest_run(one: &str, other: &str) -> Range<usize> {
    let (mut longest, mut start) = (0..0, 0);
    for (at, (a, b)) in one.bytes().zip(other.bytes()).enumerate() {
        if a != b {
            start = at + 1;
        } else if at + 1 - start > longest.len() {
            longest = start..at + 1;
        }
    }
    longest
}

/// How the tree goes on after the letters that a text ends with, besides the text itself. They may
/// be written in several ways. Where no end is borne, nothing is searched after the first one.
fn onward(
    context: &PageContext<'_>,
    texts: &Texts<'_>,
    text: &str,
    forms: &[&str],
    bears_ends: bool,
) -> Onward {
    let mut next: HashMap<&str, u32> = HashMap::new();
    let searched = Forms::new(&Ranks::new(context.text()), forms);
    let unspaced =
        forms.iter().any(|form| form.chars().next_back().is_some_and(prose::is_unspaced));
    let mut ended = vec![0; forms.len()];
    // The text itself ends with one of them.
    let others = |ended: &[u32]| {
        let own = |form: &&str| u32::from(text.ends_with(form));
        ended.iter().zip(forms).map(|(ended, form)| ended.saturating_sub(own(form))).sum::<u32>()
    };
    let mut bytes = 0;
    for body in near(context, texts) {
        bytes += body.len() + 1;
        for (at, form) in searched.places(body) {
            if !unspaced && body[..at].ends_with(prose::is_word_char) {
                continue;
            }
            match following(&body[at + forms[form].len()..], unspaced) {
                "" => ended[form] += 1,
                more => *next.entry(more).or_default() += 1,
            }
        }
        if !bears_ends && others(&ended) > 0 {
            return Onward { ended: others(&ended), ..Onward::default() };
        }
    }
    // Each form counts, so that a page may not search more for words in capitals.
    texts.spend(bytes * (forms.len() - 1));
    let mut found = Onward { ended: others(&ended), ..Onward::default() };
    if texts.is_spent() {
        return Onward::default();
    }
    found.longer = next.values().sum();
    if let Some((more, most)) = next.into_iter().max_by_key(|(more, most)| (*most, more.len())) {
        found.most = most;
        found.missing = more.chars().count();
    }
    found
}

/// The letters that follow: the rest of a word, or one character where there are no spaces.
fn following(rest: &str, unspaced: bool) -> &str {
    /// The most letters of the rest of a word.
    const MOST: usize = 40;
    let more = rest.char_indices().take_while(|(_, c)| match unspaced {
        true => c.is_alphanumeric() && prose::is_unspaced(*c),
        false => prose::is_word_char(*c),
    });
    let end = more.take(if unspaced { 1 } else { MOST }).last();
    &rest[..end.map_or(0, |(at, c)| at + c.len_utf8())]
}

/// Whether letters are the beginning of a word and no word: nothing in the tree is called that, and
/// at most this share, in per cent, of what ends like it are words.
pub fn is_torn(context: &PageContext<'_>, small: &str, texts: &Texts<'_>, likely: u32) -> bool {
    if likely < 100 {
        match share_of_ends(texts, small) {
            None => return likely >= 20,
            Some((share, seen)) if share > likely || seen < 5 && likely < 20 => return false,
            Some(_) => {}
        }
    }
    let mut capital = small.chars();
    let capital: String =
        capital.next().into_iter().flat_map(char::to_uppercase).chain(capital).collect();
    let forms = [small, capital.as_str()];
    let forms = if capital == small { &forms[..1] } else { &forms };
    let forms = Forms::new(&Ranks::new(context.text()), forms);
    // The page has it once: at the end of the text.
    let mut texts_with = near(context, texts).enumerate();
    let found =
        texts_with.any(|(number, text)| is_word_in(&forms, text, if number == 0 { 2 } else { 1 }));
    !found && !texts.is_spent()
}

/// How many of the words of the tree that have the last three letters of this one, in per cent, end
/// with them, and how many words there are.
pub fn share_of_ends(texts: &Texts<'_>, small: &str) -> Option<(u32, u32)> {
    let mut letters = small.chars().rev();
    let (Some(c), Some(b), Some(a)) = (letters.next(), letters.next(), letters.next()) else {
        return None;
    };
    let (last, inside) = texts.words.endings([a, b, c]);
    let seen = last + inside;
    // Rounded up, so that none is more than few.
    Some(((last * 100).div_ceil(seen.max(1)), seen))
}

/// Whether a word stands in a text at least this many times, in one of its forms.
fn is_word_in(forms: &Forms<'_>, text: &str, times: usize) -> bool {
    let is_word = |(at, form): &(usize, usize)| {
        let end = at + forms.forms[*form].len();
        !prose::is_word_char(text[..*at].chars().next_back().unwrap_or(' '))
            && !text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric)
            && !text[end..].starts_with(prose::is_word_char)
    };
    forms.places(text).filter(is_word).take(times).count() >= times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_a_word_follows() {
        for (rest, unspaced, expected) in
            [("ce.", false, "ce"), (" ce", false, ""), ("", false, ""), ("件。", true, "件")]
        {
            assert_eq!(following(rest, unspaced), expected, "{rest}");
        }
        assert_eq!((following("档案", true), following("。", true)), ("档", ""));
    }

    #[test]
    fn forms_are_found_by_what_they_have_in_common() {
        let text = "The Advanced Conf, an advanced conf, Advanced conf; conf Conf Élan élan";
        for (forms, expected) in [
            (&["Advanced Conf", "advanced conf"][..], vec!["Advanced Conf", "advanced conf"]),
            (&["advanced conf"], vec!["advanced conf"]),
            (&["conf", "Conf"], vec!["conf", "conf", "conf", "Conf", "Conf"]),
            (&["élan", "Élan"], vec!["élan", "Élan"]),
        ] {
            let searched = Forms::new(&Ranks::new(text), forms);
            let mut found: Vec<&str> =
                searched.places(text).map(|(at, form)| &text[at..at + forms[form].len()]).collect();
            found.sort_by_key(|one| forms.iter().position(|form| form == one));
            assert_eq!(found, expected, "{forms:?}");
        }
        assert_eq!(longest_run("Advanced Conf", "advanced conf"), 1..9);
    }

    #[test]
    fn few_ends_are_borne_beside_many() {
        let onward = |ended, longer, most| Onward { ended, longer, most, missing: 2 };
        assert!(onward(0, 3, 3).seldom_ends(3) && !onward(1, 3, 3).seldom_ends(3));
        assert!(onward(1, 20, 3).seldom_ends(3) && !onward(0, 2, 2).seldom_ends(3));
        assert!(onward(0, 3, 3).is_same() && !onward(0, 3, 2).is_same());
        assert!(onward(0, 20, 18).is_mostly_same() && !onward(0, 20, 17).is_mostly_same());
    }
}
