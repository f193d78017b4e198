//! `[[ … ]]`: expressions with their own tokens.

use super::tokens::{Kind, Token};
use super::{Condition, Parser, Result};

/// The letters of operators with one operand: `-f`.
const UNARY: &str = "abcdefghknoprstuvwxzGLOSNR";

/// Operators with two operands; `<` and `>` are separate tokens.
const BINARY: &[&str] =
    &["=", "==", "!=", "=~", "-nt", "-ot", "-ef", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

impl Parser<'_> {
    /// The expression after `[[`, and its end.
    pub(super) fn condition(&mut self) -> Result<()> {
        self.state.condition = Condition::Expression;
        let end = self.alternatives()?;
        if end.kind != Kind::CloseCondition {
            return Err(self.unexpected(end));
        }
        self.state.condition = Condition::None;
        self.state.last = Kind::CloseCondition;
        Ok(())
    }

    /// Terms joined by `&&` and `||`; returns the token after them.
    fn alternatives(&mut self) -> Result<Token> {
        loop {
            let token = self.term()?;
            if !matches!(token.kind, Kind::And | Kind::Or) {
                return Ok(token);
            }
        }
    }

    /// One term; returns the token after it.
    fn term(&mut self) -> Result<Token> {
        let mut token = self.token_below()?;
        while token.kind == Kind::Word && self.word(token) == "!" {
            token = self.token_below()?;
        }
        match token.kind {
            Kind::Open => {
                let end = self.nested(Self::alternatives)?;
                if end.kind != Kind::Close {
                    return Err(self.unexpected(end));
                }
                return self.token_below();
            }
            Kind::Word => {}
            _ => return Err(self.unexpected(token)),
        }
        let unary = self.word(token).strip_prefix('-');
        if !unary.is_some_and(|letter| letter.len() == 1 && UNARY.contains(letter)) {
            let operator = self.read_token()?;
            let word = self.word(operator);
            match operator.kind {
                Kind::Word if BINARY.contains(&word) => {
                    self.state.condition = match word {
                        "=~" => Condition::Regex,
                        "=" | "==" | "!=" => Condition::Pattern,
                        _ => Condition::Expression,
                    };
                }
                Kind::Redirect if matches!(word, "<" | ">") => {}
                Kind::CloseCondition | Kind::And | Kind::Or | Kind::Close => return Ok(operator),
                _ => return Err(self.unexpected(operator)),
            }
        }
        let operand = self.read_token()?;
        self.state.condition = Condition::Expression;
        if operand.kind != Kind::Word {
            return Err(self.unexpected(operand));
        }
        self.token_below()
    }

    /// The next token that is not a line end.
    fn token_below(&mut self) -> Result<Token> {
        loop {
            let token = self.read_token()?;
            if token.kind != Kind::Newline {
                return Ok(token);
            }
        }
    }

    fn word(&self, token: Token) -> &str {
        &self.text[token.span.start..token.span.end]
    }
}
