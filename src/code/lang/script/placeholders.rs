//! Placeholders in scripts: `<token>`, `[options]`, `{{ value }}`, `...`.

use super::templates;
use crate::source::Span;

/// The longest placeholder, in bytes.
const LONGEST: usize = 1 << 10;

/// All placeholders of a script, in order, not overlapping.
pub(super) fn find(text: &str) -> Vec<Span> {
    let mut found = templates(text);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| matches!(b, b'<' | b'[')) {
        let start = at + step;
        let before = start.checked_sub(1).map(|at| bytes[at]);
        let near = &text[start..text.floor_char_boundary((start + LONGEST).min(text.len()))];
        let line = near.lines().next().unwrap_or("");
        let len = match bytes[start] {
            b'<' if before != Some(b'<') => angle(line),
            b'[' if before.is_none_or(|b| b.is_ascii_whitespace()) => square(line),
            _ => None,
        };
        match len {
            Some(len) => {
                found.push(Span::new(start, start + len));
                at = start + len;
            }
            None => at = start + 1,
        }
    }
    found.sort();
    let mut end = 0;
    found.retain(|span| {
        let free = span.start >= end;
        if free {
            end = span.end;
        }
        free
    });
    found
}

/// `<a>`, `<a|b>`, `<your key>`: a name directly after the bracket, and no space before the other.
/// `< in > out` and `<in >out` are redirections.
fn angle(line: &str) -> Option<usize> {
    let close = line.find('>')?;
    let inner = &line[1..close];
    let first = inner.chars().next()?;
    let starts = first.is_alphanumeric() || "_/.@-$".contains(first);
    let last = inner.chars().next_back()?;
    // A digit after a space belongs to `2>&1`.
    let descriptor = inner.rsplit_once(' ').is_some_and(|(_, word)| matches!(word, "1" | "2"));
    let clean = !inner.contains(['"', '`', '<', ';', '\\']) && !inner.contains(" |");
    (starts && clean && !last.is_whitespace() && !descriptor).then_some(close + 1)
}

/// `[options]`, `[--flag <x>]`, `[a|b]`; not `[ -f x ]` and not `[[ … ]]`.
fn square(line: &str) -> Option<usize> {
    let mut depth = 0usize;
    let close = line.char_indices().find_map(|(at, c)| {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let inner = &line[1..close];
    let starts = inner.starts_with(|c: char| c.is_alphanumeric() || "-<.…".contains(c));
    let after = line[close + 1..].chars().next();
    let ends = after.is_none_or(|c| c.is_whitespace() || ".…".contains(c));
    (starts && ends && !inner.contains(['"', '\'', '`', '$', ';'])).then_some(close + 1)
}
