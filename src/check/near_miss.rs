//! Decides whether a block with a syntax error is a near miss, that is, meant to be code.
//!
//! In documentation, many labelled blocks are not meant to be parsed: output of a program, a
//! grammar, a description in the form of a file. A near miss (a bracket, a comma or a quote is
//! missing, a line is indented wrongly) parses once that mistake is corrected; anything else does
//! not.

mod corrections;

use std::borrow::Cow;

use super::character_damage::line;
use crate::lang::{Fault, Language, Verdict};
use crate::source::Span;
use corrections::corrections;

/// The most corrections that are tried on a block.
const MAX_TRIES: usize = 160;

/// The most occurrences of the same mistake in one block.
const MAX_ROUNDS: usize = 8;

/// The longest text that is tried, in bytes: a long text is unlikely to be a sketch, and each try
/// takes time.
const MAX_TEXT: usize = 6_000;

/// The deepest nesting of brackets that is tried, since each try takes time.
const MAX_DEPTH: usize = 20;

/// Whether the block parses after correcting one mistake, or several of the same kind. Also true if
/// finding out would take too long.
pub fn is_attempt(language: &Language, text: &str, faults: &[Fault]) -> bool {
    let Some(fault) = faults.iter().min_by_key(|fault| fault.span.start) else { return true };
    let unknown = text.len() > MAX_TEXT || depth(text) > MAX_DEPTH;
    let Some(near_miss) = language.near_miss.filter(|_| !unknown) else { return true };
    let mut text = Cow::Borrowed(text);
    let mut at = fault.span;
    let mut kind = None;
    let mut tries = 0;
    for _ in 0..MAX_ROUNDS {
        let mut best: Option<(Span, String, &'static str)> = None;
        for correction in corrections(&near_miss, &text, at) {
            if kind.is_some_and(|kind| kind != correction.kind) {
                continue;
            }
            tries += 1;
            if tries > MAX_TRIES {
                return false;
            }
            let corrected =
                [&text[..correction.span.start], &correction.text, &text[correction.span.end..]]
                    .concat();
            let judged = language.judge(&corrected);
            let next = judged.faults.iter().map(|fault| fault.span).min_by_key(|span| span.start);
            match next {
                _ if matches!(judged.verdict, Verdict::NotChecked(_)) => {}
                Some(next) if judged.verdict == Verdict::Broken => {
                    let farther = best.as_ref().is_none_or(|(best, ..)| best.start < next.start);
                    if next.start > line(&text, at.start).end && farther {
                        best = Some((next, corrected, correction.kind));
                    }
                }
                _ => return true,
            }
        }
        let Some((next, corrected, found)) = best else { return false };
        (text, at, kind) = (Cow::Owned(corrected), next, Some(found));
    }
    false
}

/// The deepest nesting of brackets, ignoring that some may be inside strings.
fn depth(text: &str) -> usize {
    let (mut open, mut most) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

#[cfg(test)]
mod tests;
