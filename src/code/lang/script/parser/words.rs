//! Words: text between blanks and operators, including quotes and expansions.

use super::expansions::Pair;
use super::tokens::{Kind, is_assignment, is_name};
use super::{Condition, Parser, Result, unclosed};

impl Parser<'_> {
    /// Reads the word at the position; after `=~` it may be empty.
    pub(super) fn read_word(&mut self, start: usize) -> Result<()> {
        while let Some(byte) = self.byte() {
            match byte {
                b'\\' => {
                    self.bump();
                    self.bump();
                }
                b'"' | b'\'' | b'`' => {
                    self.bump();
                    self.quoted(byte, false)?;
                }
                b'(' if self.state.condition == Condition::Regex => {
                    let at = self.at;
                    self.bump();
                    self.pair(at, Pair::GROUP)?;
                }
                b'|' if self.state.condition == Condition::Regex => self.bump(),
                b'?' | b'*' | b'+' | b'@' | b'!' if self.takes_extended_patterns() => {
                    self.bump();
                    if self.byte() == Some(b'(') {
                        let at = self.at;
                        self.bump();
                        self.pair(at, Pair::GROUP)?;
                    }
                }
                b'$' | b'<' | b'>' => {
                    if !self.expansion(byte)? {
                        return Ok(());
                    }
                }
                b'[' if self.opens_subscript(start) => {
                    let at = self.at;
                    self.bump();
                    self.pair(at, Pair::SUBSCRIPT)?;
                }
                b'=' if self.ends_name(start) => {
                    self.bump();
                    if self.byte() == Some(b'(') {
                        self.array()?;
                    }
                }
                b' ' | b'\t' | b'\n' | b'(' | b')' | b';' | b'|' | b'&' => return Ok(()),
                _ => self.bump(),
            }
        }
        Ok(())
    }

    fn takes_extended_patterns(&self) -> bool {
        self.extended_patterns || self.state.condition == Condition::Pattern
    }

    /// Whether `[` after the start of a word opens a subscript.
    fn opens_subscript(&self, start: usize) -> bool {
        let read = &self.text[start..self.at];
        self.takes_assignment() && is_name(read) || read.is_empty() && self.state.in_array
    }

    /// Whether `=` after the start of a word is an assignment.
    fn ends_name(&self, start: usize) -> bool {
        let read = &self.text[start..=self.at];
        (self.takes_assignment() || self.state.takes_assignments)
            && is_assignment(read, self.state.in_array)
            && !read[..read.len() - 1].contains('=')
    }

    /// Reads the expansion that `$`, `<` or `>` begins inside a word; `false` if it ends the word.
    fn expansion(&mut self, byte: u8) -> Result<bool> {
        let at = self.at;
        self.bump();
        match (byte, self.byte()) {
            (_, Some(b'(')) => {
                self.bump();
                self.substitution(at)?;
            }
            (b'$', Some(b'{')) => {
                self.bump();
                self.pair(at, Pair::PARAMETER)?;
            }
            (b'$', Some(b'[')) => {
                self.bump();
                self.pair(at, Pair::OLD_ARITHMETIC)?;
            }
            (b'$', Some(quote @ (b'\'' | b'"'))) => {
                self.bump();
                self.quoted(quote, quote == b'\'')?;
            }
            (b'$', Some(b'$')) => self.bump(),
            (b'$', _) => {}
            _ => {
                self.at = at;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The items of an array, from the parenthesis on.
    fn array(&mut self) -> Result<()> {
        let at = self.at;
        self.bump();
        let outer = self.state.clone();
        self.state.last = Kind::Word;
        self.state.in_array = true;
        self.state.condition = Condition::None;
        self.state.expecting_in = 0;
        self.state.open_cases = 0;
        self.nested(|parser| {
            loop {
                let token = parser.read_token()?;
                match token.kind {
                    Kind::Close => return Ok(()),
                    Kind::Newline | Kind::Word | Kind::Assignment => {}
                    Kind::End => return Err(unclosed(at, "(")),
                    _ => return Err(parser.unexpected(token)),
                }
            }
        })?;
        let pending = std::mem::take(&mut self.state.pending);
        self.state = outer;
        self.state.pending = pending;
        Ok(())
    }
}
