//! Constructs that end with a closing character: quotes, `${…}`, `$(…)`, `((…))`, subscripts.

use super::tokens::Kind;
use super::{Parser, Result, State, unclosed};

/// The opening and closing characters of a construct, and what is recognised inside.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    /// The opener as shown in messages.
    opener: &'static str,
    open: u8,
    close: u8,
    /// Whether openers inside do not count.
    first_close: bool,
    /// Whether a backslash prevents the single quote after it from closing.
    escapes: bool,
    /// Which expansions are recognised inside.
    expansions: Expansions,
}

/// Kinds of expansions that are recognised.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expansions {
    None,
    /// `$(…)`
    Commands,
    /// `$(…)`, `${…}`, `$[…]`, `<(…)`
    All,
}

impl Pair {
    const fn new(opener: &'static str, open: u8, close: u8, expansions: Expansions) -> Self {
        Self { opener, open, close, first_close: false, escapes: false, expansions }
    }

    /// The parentheses of patterns.
    pub(super) const GROUP: Self = Self::new("(", b'(', b')', Expansions::None);
    /// `NAME[…]`
    pub(super) const SUBSCRIPT: Self = Self::new("[", b'[', b']', Expansions::All);
    /// `$[…]`
    pub(super) const OLD_ARITHMETIC: Self = Self::new("$[", b'[', b']', Expansions::Commands);
    /// `${…}`
    pub(super) const PARAMETER: Self =
        Self { first_close: true, ..Self::new("${", b'{', b'}', Expansions::All) };
    const ARITHMETIC: Self = Self::new("((", b'(', b')', Expansions::Commands);
    const ARITHMETIC_EXPANSION: Self = Self::new("$((", b'(', b')', Expansions::Commands);

    const fn quote(byte: u8, escapes: bool) -> Self {
        let opener = match byte {
            b'"' => "\"",
            b'\'' => "'",
            _ => "`",
        };
        Self { escapes, ..Self::new(opener, byte, byte, Expansions::None) }
    }
}

impl Parser<'_> {
    /// Reads to the end of the quote that opens before the position.
    pub(super) fn quoted(&mut self, byte: u8, escapes: bool) -> Result<()> {
        self.pair(self.at - 1, Pair::quote(byte, escapes))
    }

    /// Reads to the parenthesis that closes the second of `((`; the position is after it.
    pub(super) fn arithmetic(&mut self, start: usize) -> Result<()> {
        self.pair(start, Pair::ARITHMETIC)
    }

    /// Reads to the end of a pair; the position is after its opener, which is at `start`.
    pub(super) fn pair(&mut self, start: usize, pair: Pair) -> Result<()> {
        self.nested(|parser| parser.inside(start, pair))
    }

    fn inside(&mut self, start: usize, pair: Pair) -> Result<()> {
        let quotes = pair.open == pair.close;
        let mut open = 1usize;
        let (mut escaped, mut dollar, mut angle) = (false, false, false);
        loop {
            let byte = if escaped || pair.open == b'\'' { self.raw() } else { self.byte() };
            let Some(byte) = byte else { return Err(unclosed(start, pair.opener)) };
            self.bump();
            if std::mem::take(&mut escaped) {
                continue;
            }
            if byte == pair.close {
                open -= 1;
            } else if byte == pair.open && (!pair.first_close || dollar) {
                open += 1;
            }
            if open == 0 {
                return Ok(());
            }
            if pair.open == b'\'' {
                escaped = pair.escapes && byte == b'\\';
                continue;
            }
            escaped = byte == b'\\';
            let bracket = matches!(byte, b'(' | b'{' | b'[');
            let expands = if quotes {
                pair.open == b'"' && dollar && bracket
            } else {
                let all = pair.expansions == Expansions::All;
                all && (dollar && bracket || angle && byte == b'(')
                    || pair.expansions == Expansions::Commands && dollar && byte == b'('
            };
            if expands {
                open -= usize::from(byte == pair.open);
                let at = self.at - 2;
                match byte {
                    b'(' => self.substitution(at)?,
                    b'{' => self.pair(at, Pair::PARAMETER)?,
                    _ => self.pair(at, Pair::OLD_ARITHMETIC)?,
                }
            } else if !quotes && matches!(byte, b'"' | b'\'' | b'`') {
                self.quoted(byte, dollar && byte == b'\'')?;
            } else if pair.open == b'"' && byte == b'`' {
                self.quoted(byte, false)?;
            }
            angle = matches!(byte, b'<' | b'>') && !angle;
            dollar = byte == b'$' && !dollar;
        }
    }

    /// Reads `$(…)` and similar constructs, from after the parenthesis; the opener is at `start`.
    pub(super) fn substitution(&mut self, start: usize) -> Result<()> {
        if self.byte() == Some(b'(') {
            return self.pair(start, Pair::ARITHMETIC_EXPANSION);
        }
        let inner = State {
            last: Kind::Substitution,
            substitution: Some(start),
            takes_assignments: self.state.takes_assignments,
            ..State::new()
        };
        let outer = std::mem::replace(&mut self.state, inner);
        self.nested(|parser| {
            parser.newlines()?;
            if parser.peek()?.kind != Kind::Close {
                parser.list()?;
            }
            parser.expect(Kind::Close)
        })?;
        if !self.state.pending.is_empty() {
            self.read_here_documents_below()?;
        }
        self.state = outer;
        Ok(())
    }
}
