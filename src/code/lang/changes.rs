//! Lines of a change, marked with `+` and `-`, in a block of any language.

use super::fill;
use crate::source::Span;

/// A side of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The text before it.
    Before,
    /// The text after it.
    After,
}

/// One side of a change, with blanks in place of the marks and the lines of the other side; `None`
/// if no line is marked as added.
pub(super) fn side(text: &str, side: Side) -> Option<String> {
    let (kept, gone) = match side {
        Side::Before => ('-', '+'),
        Side::After => ('+', '-'),
    };
    // `--flag` and `++x` are not marked.
    let marked = |line: &str, mark| {
        let rest = line.strip_prefix(mark);
        rest.is_some_and(|rest| !rest.starts_with(mark))
    };
    if !text.lines().any(|line| marked(line, '+')) {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if marked(line, gone) {
            fill(&mut bytes, Span::new(at, at + line.len()), b' ');
        } else if marked(line, kept) {
            bytes[at] = b' ';
        }
        at += line.len();
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_keeps_its_lines() {
        let text = "a\n-b\n+c\n--d\n";
        assert_eq!(side(text, Side::Before).as_deref(), Some("a\n b\n  \n--d\n"));
        assert_eq!(side(text, Side::After).as_deref(), Some("a\n  \n c\n--d\n"));
        // A list of YAML.
        assert_eq!(side("- a\n- b\n", Side::After), None);
    }
}
