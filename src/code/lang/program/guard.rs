//! Runs recursive third-party parsers with a stack that the text cannot overflow.

use crate::lang::Unchecked;

/// The most tokens of a block that is parsed; no real example has so many.
const MAX_TOKENS: usize = 20_000;

/// The most stack that one token can take, in bytes: one level of brackets in the most expensive
/// of the parsers, measured and doubled. Frames of debug builds are larger.
const PER_TOKEN: usize = if cfg!(debug_assertions) { 64 << 10 } else { 12 << 10 };

/// The deepest nesting of brackets: some parsers look ahead from each, which takes quadratic time
/// or worse.
const MAX_DEPTH: usize = 100;

/// Base stack size, in bytes.
const BASE: usize = 256 << 10;

/// Runs a parser with enough stack for the most deeply nested text of as many tokens. It does not
/// run at all if there are too many.
///
/// Tokens are counted rather than brackets, because chains of operators nest as well, and only a
/// parser knows what is inside a string. Unused stack costs nothing.
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

/// The deepest nesting of brackets of one kind, ignoring that some may be inside strings.
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

/// An upper bound of the number of tokens of a text: its words, and each character that is neither
/// part of a word nor a blank.
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
