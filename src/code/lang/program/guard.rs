//! Foreign parsers recurse: they get a stack that the text cannot fill.

use crate::lang::Unchecked;

/// A block of more tokens is not parsed: no example for a reader has so many.
const MAX_TOKENS: usize = 20_000;

/// What one token can cost in stack at most: one level of brackets in the deepest of the parsers,
/// measured and doubled. Unoptimised frames are larger.
const PER_TOKEN: usize = if cfg!(debug_assertions) { 64 << 10 } else { 12 << 10 };

/// Brackets that are open at once: some parsers read ahead from each, and take time that grows with
/// the square of them, or worse.
const MAX_DEPTH: usize = 100;

/// What any text costs.
const BASE: usize = 256 << 10;

/// Runs a parser with stack enough for the most deeply nested text that has as many tokens, or not
/// at all if there are too many.
///
/// Tokens are counted and not brackets: chains of operators nest as well, and what is inside of a
/// string only the language itself can tell. Stack that nobody touches costs nothing.
pub(in crate::lang) fn guarded<T>(text: &str, run: impl FnOnce() -> T) -> Result<T, Unchecked> {
    let tokens = tokens(text);
    if tokens > MAX_TOKENS {
        return Err(Unchecked::TooLarge);
    }
    if depth(text) > MAX_DEPTH {
        return Err(Unchecked::TooDeep);
    }
    let need = BASE + tokens * PER_TOKEN;
    Ok(stacker::maybe_grow(need, need + BASE, run))
}

/// How many brackets of one kind are open at most, as far as one can tell who knows no strings.
fn depth(text: &str) -> usize {
    let mut open = [0usize; 4];
    let mut most = 0;
    for byte in text.bytes() {
        let (kind, opens) = match byte {
            b'(' | b')' => (0, byte == b'('),
            b'[' | b']' => (1, byte == b'['),
            b'{' | b'}' => (2, byte == b'{'),
            b'<' | b'>' => (3, byte == b'<'),
            _ => continue,
        };
        open[kind] = if opens { open[kind] + 1 } else { open[kind].saturating_sub(1) };
        most = most.max(open[kind]);
    }
    most
}

/// The most tokens that a text can have: words, and each character that is neither of a word nor
/// a blank.
fn tokens(text: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for byte in text.bytes() {
        let word = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        if !(byte.is_ascii_whitespace() || word && in_word) {
            count += 1;
        }
        in_word = word;
    }
    count
}
