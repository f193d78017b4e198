//! What a line begins with, and where what it begins ends.

use std::collections::HashMap;

/// Elements whose text is not Markdown: how they end.
pub(super) fn raw_element(rest: &str) -> Option<&'static str> {
    let rest = rest.strip_prefix('<')?;
    [("script", "</script>"), ("style", "</style>"), ("pre", "</pre>"), ("textarea", "</textarea>")]
        .into_iter()
        .find(|(name, _)| {
            rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
                && !rest[name.len()..]
                    .starts_with(|next: char| next.is_ascii_alphanumeric() || next == '-')
        })
        .map(|(_, close)| close)
}

/// The length of quote and list markers at the start of a line, with the space behind them.
pub(super) fn prefix_len(content: &str) -> usize {
    let bytes = content.as_bytes();
    let mut pos = 0;
    loop {
        let marker = marker_len(&bytes[pos..]);
        if marker == 0 {
            return pos;
        }
        pos += marker;
        while pos < bytes.len() && matches!(bytes[pos], b' ' | b'\t') {
            pos += 1;
        }
    }
}

/// The length of one quote or list marker, without the space behind it.
pub(super) fn marker_len(bytes: &[u8]) -> usize {
    let spaced = |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
    match bytes.first() {
        Some(b'>') => 1,
        Some(b'-' | b'*' | b'+') if spaced(1) => 1,
        Some(b'0'..=b'9') => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let ends = matches!(bytes.get(digits), Some(b'.' | b')'));
            if digits <= 9 && ends && spaced(digits + 1) { digits + 1 } else { 0 }
        }
        _ => 0,
    }
}

pub(super) fn opens_fence(rest: &str) -> Option<(u8, usize)> {
    let byte = *rest.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let len = rest.bytes().take_while(|other| *other == byte).count();
    (len >= 3 && (byte == b'~' || !rest[len..].contains('`'))).then_some((byte, len))
}

/// Whether a line closes a fence; quote marks count only where the fence was opened in a quote.
pub(super) fn closes_fence(content: &str, byte: u8, len: usize, quoted: bool) -> bool {
    let content = if quoted { content.trim_start_matches(['>', ' ', '\t']) } else { content };
    let content = content.trim_end();
    content.len() >= len && content.bytes().all(|other| other == byte)
}

/// The code spans of one line.
#[derive(Default)]
pub(super) struct Ticks {
    /// Where the last run of each length begins, once it is worth counting them.
    last: Option<HashMap<usize, usize>>,
    /// Runs that closed nothing.
    vain: usize,
}

/// So many runs are looked for before all of them are counted.
const MAX_VAIN: usize = 8;

impl Ticks {
    /// Where the code span that begins at `at` ends; behind its backticks if it does not end here.
    /// The line ends at `end`.
    pub(super) fn span_end(&mut self, text: &str, at: usize, end: usize) -> usize {
        let bytes = text.as_bytes();
        let len = run(bytes, at, end);
        let mut pos = at + len;
        if self.vain >= MAX_VAIN {
            let last = self.last.get_or_insert_with(|| runs(bytes, pos, end));
            if last.get(&len).is_none_or(|last| *last < pos) {
                return pos;
            }
        }
        while let Some(next) = memchr::memchr(b'`', &bytes[pos..end]) {
            let found = run(bytes, pos + next, end);
            if found == len {
                return pos + next + len;
            }
            pos += next + found;
        }
        self.vain += 1;
        at + len
    }
}

/// How many backticks stand at `from`.
fn run(bytes: &[u8], from: usize, end: usize) -> usize {
    bytes[from..end].iter().take_while(|byte| **byte == b'`').count()
}

/// Where the last run of each length begins.
fn runs(bytes: &[u8], mut pos: usize, end: usize) -> HashMap<usize, usize> {
    let mut last = HashMap::new();
    while let Some(next) = memchr::memchr(b'`', &bytes[pos..end]) {
        let len = run(bytes, pos + next, end);
        last.insert(len, pos + next);
        pos += next + len;
    }
    last
}
