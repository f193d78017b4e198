//! Sets of characters: the classes of ECMA-262, made from Unicode tables.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

use super::Refusal;

/// A set of characters with fast lookup.
#[derive(Clone, Debug)]
pub(super) struct CharSet {
    /// One bit for each ASCII character.
    ascii: u128,
    /// All ranges, in order.
    ranges: Box<[(char, char)]>,
}

impl CharSet {
    pub fn new(class: &ClassUnicode) -> Self {
        let ranges: Box<[(char, char)]> =
            class.ranges().iter().map(|range| (range.start(), range.end())).collect();
        let mut ascii = 0;
        for c in 0..128_u8 {
            ascii |= u128::from(inside(&ranges, char::from(c))) << c;
        }
        Self { ascii, ranges }
    }

    pub fn contains(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> (c as u32) & 1 == 1 } else { inside(&self.ranges, c) }
    }
}

fn inside(ranges: &[(char, char)], c: char) -> bool {
    let behind = ranges.partition_point(|(start, _)| *start <= c);
    behind > 0 && c <= ranges[behind - 1].1
}

/// The set of the characters in the ranges.
pub(super) fn of(ranges: &[(char, char)]) -> ClassUnicode {
    ClassUnicode::new(ranges.iter().map(|&(start, end)| ClassUnicodeRange::new(start, end)))
}

/// The class of `\d`, `\w`, `\s` and their capitals.
pub(super) fn shorthand(letter: char) -> Option<ClassUnicode> {
    let mut class = match letter.to_ascii_lowercase() {
        'd' => of(&[('0', '9')]),
        'w' => of(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        's' => of(&[
            ('\t', '\r'),
            (' ', ' '),
            ('\u{a0}', '\u{a0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{2000}', '\u{200a}'),
            ('\u{2028}', '\u{2029}'),
            ('\u{202f}', '\u{202f}'),
            ('\u{205f}', '\u{205f}'),
            ('\u{3000}', '\u{3000}'),
            ('\u{feff}', '\u{feff}'),
        ]),
        _ => return None,
    };
    if letter.is_ascii_uppercase() {
        class.negate();
    }
    Some(class)
}

/// The class of `.`.
pub(super) fn dot(lines: bool) -> ClassUnicode {
    let mut class = match lines {
        true => of(&[]),
        false => of(&[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')]),
    };
    class.negate();
    class
}

/// The characters with a Unicode property: `L`, `Letter`, `Script=Greek`.
pub(super) fn property(name: &str, negated: bool) -> Result<ClassUnicode, Refusal> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '=';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Refusal::Syntax);
    }
    if matches!(name, "Cs" | "Surrogate") {
        // A lone surrogate never occurs in a Rust string, and the tables do not have it.
        let mut class = of(&[]);
        if negated {
            class.negate();
        }
        return Ok(class);
    }
    let hir = regex_syntax::parse(&format!("\\p{{{name}}}")).map_err(|_| Refusal::Syntax)?;
    let HirKind::Class(Class::Unicode(mut class)) = hir.into_kind() else {
        return Err(Refusal::Unsupported);
    };
    if negated {
        class.negate();
    }
    Ok(class)
}

/// The set with the other case of each letter in it.
pub(super) fn fold(class: &mut ClassUnicode) -> Result<(), Refusal> {
    class.try_case_fold_simple().map_err(|_| Refusal::Unsupported)
}
