//! The beginning of a line, and the end of what begins there.

use std::collections::HashMap;

/// The end tag of an element whose text is not Markdown.
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

/// The length of quote and list markers at the start of a line, with the space after them.
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

/// The length of one quote or list marker, without the space after it.
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

/// Whether a line closes a fence; quote markers are allowed only if the fence is in a quote.
pub(super) fn closes_fence(content: &str, byte: u8, len: usize, quoted: bool) -> bool {
    let content = if quoted { content.trim_start_matches(['>', ' ', '\t']) } else { content };
    let content = content.trim_end();
    content.len() >= len && content.bytes().all(|other| other == byte)
}

/// The code spans of one line.
#[derive(Default)]
pub(super) struct Ticks {
    /// The start of the last run of each length, if they were counted.
    last: Option<HashMap<usize, usize>>,
    /// The number of searches for a closing run that found none.
    vain: usize,
}

/// The number of failed searches after which all runs are counted.
const MAX_VAIN: usize = 8;

impl Ticks {
    /// The end of the code span that begins at `at`, or of its backticks if it does not end on this
    /// line, which ends at `end`.
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

/// The number of backticks at `from`.
fn run(bytes: &[u8], from: usize, end: usize) -> usize {
    bytes[from..end].iter().take_while(|byte| **byte == b'`').count()
}

/// The start of the last run of each length.
fn runs(bytes: &[u8], mut pos: usize, end: usize) -> HashMap<usize, usize> {
    let mut last = HashMap::new();
    while let Some(next) = memchr::memchr(b'`', &bytes[pos..end]) {
        let len = run(bytes, pos + next, end);
        last.insert(len, pos + next);
        pos += next + len;
    }
    last
}
