//! Damaged characters in code blocks: Markdown or HTML escapes that a paste left in code, quotes
//! that a word processor changed, invisible characters.
//!
//! Each kind has its own rule. They are found here, when a block is parsed, since they also cause
//! syntax errors and one finding is enough.

mod entities;
mod escapes;
mod hyphens;
mod invisible;
mod lexer;
mod quotes;

use super::judged::Judged;
use crate::lang::{self, Family, Judgement, Language, Verdict};
use crate::source::Span;

pub use entities::{is_entity, is_placeholder};
pub use escapes::is_name;
pub use invisible::{flag_dash, flag_hyphens, hyphens_help, name_of};
pub use lexer::{Lexed, Part};

pub use super::judged::{Damage, Kind};

/// A block that is searched for damage.
pub struct Subject<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its label.
    pub label: &'a str,
    /// Its language, if docgen knows it.
    pub language: Option<&'static Language>,
    /// The judgement of its parser.
    pub judgement: Option<&'a Judgement>,
    lexed: Option<Lexed>,
}

impl<'a> Subject<'a> {
    /// Whether it is not valid in its language.
    pub fn is_broken(&self) -> bool {
        self.judgement.is_some_and(|judgement| judgement.verdict == Verdict::Broken)
    }

    /// Whether it is not valid as it is, but would be with another text.
    pub fn is_fixed_by(&self, text: &str) -> bool {
        let takes = |language: &Language| is_fine(language.judge(text).verdict);
        self.is_broken() && self.language.is_some_and(takes)
    }

    /// Whether its language has a property; `false` if the language is not known.
    pub fn has(&self, fact: impl FnOnce(&Language) -> bool) -> bool {
        self.language.is_some_and(fact)
    }

    /// Whether enough is known about its language to be certain what is damage.
    pub fn is_known(&self) -> bool {
        self.has(|language| language.is_parsed() || language.strings.is_some())
    }

    /// The part that the byte at an offset belongs to.
    pub fn part(&self, offset: usize) -> Part {
        self.lexed.as_ref().map_or(Part::Code, |lexed| lexed.at(offset))
    }

    /// Whether a backslash at an offset is a character of a string like any other.
    pub fn is_raw(&self, offset: usize) -> bool {
        let strings = self.language.and_then(|language| language.strings);
        let pair = self.lexed.as_ref().zip(strings);
        pair.is_some_and(|(lexed, strings)| lexed.is_raw(self.text, strings, offset))
    }

    /// The family of its language, if text can be told from code in it.
    pub fn family(&self) -> Option<Family> {
        self.language.filter(|language| language.strings.is_some()).map(|language| language.family)
    }

    /// Whether it is text for people and not for programs, or has no label.
    pub fn is_text(&self) -> bool {
        use Family::{Diff, Drawing, Markdown, Output, Text};
        self.label.is_empty()
            || self.has(|one| matches!(one.family, Text | Markdown | Output | Drawing | Diff))
    }

    /// Whether it is plain text, or has no label.
    pub fn is_plain(&self) -> bool {
        self.label.is_empty() || self.has(|language| language.family == Family::Text)
    }

    /// The line around an offset, without its break.
    pub fn line(&self, offset: usize) -> Span {
        line(self.text, offset)
    }
}

fn is_fine(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Broken | Verdict::NotChecked(_))
}

/// The line around an offset, without its break; for a very long one, only the part nearby.
pub fn line(text: &str, offset: usize) -> Span {
    let near = Span::new(offset.saturating_sub(MAX_LINE), offset + MAX_LINE).clamped(text);
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[near.start..offset]).map(|at| near.start + at + 1);
    let end = memchr::memchr(b'\n', &bytes[offset..near.end]).map(|len| offset + len);
    Span::new(start.unwrap_or(near.start), end.unwrap_or(near.end))
}

/// How much of a line is read to either side, in bytes.
const MAX_LINE: usize = 500;

/// The most damages of one kind that are reported in one block.
const MAX_DAMAGES: usize = 50;

/// The most places of one kind that are checked in one block.
const MAX_PLACES: usize = 2000;

/// The largest block that is checked, in bytes.
const MAX_BLOCK: usize = 1 << 20;

/// Finds all damage of a block, and keeps only the syntax errors that it does not explain.
pub fn of(text: &str, label: &str, judged: &mut Judged) {
    let plain = text.is_ascii();
    let suspicious = !plain || memchr::memchr2(b'\\', b'&', text.as_bytes()).is_some();
    if !suspicious || text.len() > MAX_BLOCK {
        return;
    }
    let language = lang::find(label);
    let lexed = language.and_then(|language| Lexed::new(text, language));
    let judgement = judged.judgement.as_ref();
    let subject = Subject { text, label, language, judgement, lexed };
    let mut found = Vec::new();
    escapes::find(&subject, &mut found);
    entities::find(&subject, &mut found);
    if !plain {
        quotes::find(&subject, &mut found);
        invisible::find(&subject, &mut found);
    }
    found.sort_by_key(|damage| damage.span);
    let faults = unexplained(&subject, &found);
    found.truncate(MAX_DAMAGES);
    judged.damages = found;
    if let Some(faults) = faults {
        judged.faults = Some(faults);
    }
}

/// The faults that damage does not explain: none if the block is valid without it, else those on
/// other lines.
fn unexplained(subject: &Subject<'_>, found: &[Damage]) -> Option<Vec<usize>> {
    let judgement = subject.judgement.filter(|_| subject.is_broken() && !found.is_empty())?;
    let mut edits: Vec<_> = found.iter().flat_map(|damage| damage.edits.iter().copied()).collect();
    edits.sort_unstable();
    if subject.is_fixed_by(&edited(subject.text, &edits)) {
        return Some(Vec::new());
    }
    let lines: Vec<Span> = found.iter().map(|damage| subject.line(damage.span.start)).collect();
    let covered = |span: Span| {
        let behind = lines.partition_point(|line| line.start <= span.start);
        behind.checked_sub(1).is_some_and(|at| span.start <= lines[at].end)
    };
    let faults = judgement.faults.iter().enumerate();
    Some(faults.filter(|(_, fault)| !covered(fault.span)).map(|(at, _)| at).collect())
}

/// A text after edits, which are sorted; those that overlap an earlier one are skipped.
pub fn edited(text: &str, edits: &[(Span, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, replacement) in edits {
        if span.start < at {
            continue;
        }
        out.push_str(&text[at..span.start]);
        out.push_str(replacement);
        at = span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// One damage for each line with edits.
fn by_line(
    subject: &Subject<'_>,
    edits: Vec<(Span, &'static str)>,
    mut damage: impl FnMut(Span, Vec<(Span, &'static str)>) -> Damage,
) -> Vec<Damage> {
    let mut found: Vec<Damage> = Vec::new();
    let mut rest = edits.into_iter().peekable();
    while let Some(first) = rest.next() {
        let end = subject.line(first.0.start).end;
        let mut edits = vec![first];
        while let Some(next) = rest.next_if(|(span, _)| span.start < end) {
            edits.push(next);
        }
        found.push(damage(first.0, edits));
    }
    found
}

#[cfg(test)]
mod tests;
