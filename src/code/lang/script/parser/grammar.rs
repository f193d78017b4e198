//! The grammar: lists, pipelines, simple and compound commands.

use super::here_documents::HereDocument;
use super::tokens::{Kind, Token};
use super::{Parser, Result, SimpleCommand};

impl Parser<'_> {
    /// The whole script.
    pub(super) fn script(&mut self) -> Result<()> {
        loop {
            let token = self.peek()?;
            match token.kind {
                Kind::End => return self.read_here_documents(),
                Kind::Newline => {
                    self.advance()?;
                }
                _ => {
                    self.pipelines(false)?;
                    let token = self.peek()?;
                    if !matches!(token.kind, Kind::Newline | Kind::End) {
                        return Err(self.unexpected(token));
                    }
                }
            }
        }
    }

    /// Line ends.
    pub(super) fn newlines(&mut self) -> Result<()> {
        while self.peek()?.kind == Kind::Newline {
            self.advance()?;
        }
        Ok(())
    }

    /// The list inside a compound command or a substitution.
    pub(super) fn list(&mut self) -> Result<()> {
        self.newlines()?;
        self.pipelines(true)
    }

    /// Pipelines and what joins them; inside a compound command line ends join them too.
    fn pipelines(&mut self, inside: bool) -> Result<()> {
        self.pipeline()?;
        loop {
            match self.peek()?.kind {
                Kind::And | Kind::Or => {
                    self.advance()?;
                    self.newlines()?;
                }
                Kind::Semicolon | Kind::Ampersand => {
                    self.advance()?;
                    if inside {
                        self.newlines()?;
                    }
                    if !begins_command(self.peek()?) {
                        return Ok(());
                    }
                }
                Kind::Newline if inside => {
                    self.newlines()?;
                    if !begins_command(self.peek()?) {
                        return Ok(());
                    }
                }
                _ => return Ok(()),
            }
            self.pipeline()?;
        }
    }

    fn pipeline(&mut self) -> Result<()> {
        while matches!(self.peek()?.kind, Kind::Not | Kind::Time) {
            self.advance()?;
            while self.peek()?.kind == Kind::TimeOption {
                self.advance()?;
            }
            // `time` alone is a command, and so is `!`.
            if matches!(self.peek()?.kind, Kind::Newline | Kind::Semicolon | Kind::End) {
                return Ok(());
            }
        }
        self.command()?;
        while matches!(self.peek()?.kind, Kind::Pipe | Kind::PipeBoth) {
            self.advance()?;
            self.newlines()?;
            self.command()?;
        }
        Ok(())
    }

    fn command(&mut self) -> Result<()> {
        let token = self.peek()?;
        match token.kind {
            Kind::Function => {
                self.advance()?;
                self.expect(Kind::Word)?;
                if self.peek()?.kind == Kind::Open {
                    self.advance()?;
                    self.expect(Kind::Close)?;
                }
                self.newlines()?;
                self.body()
            }
            Kind::Coproc => self.coprocess(),
            kind if begins_compound(kind) => self.body(),
            kind if begins_simple(kind) => self.simple(),
            _ => Err(self.unexpected(token)),
        }
    }

    /// A compound command and its redirections.
    fn body(&mut self) -> Result<()> {
        self.nested(Self::compound)?;
        while begins_redirection(self.peek()?.kind) {
            self.redirection()?;
        }
        Ok(())
    }

    fn coprocess(&mut self) -> Result<()> {
        self.advance()?;
        let token = self.peek()?;
        if begins_compound(token.kind) {
            return self.body();
        }
        if !begins_simple(token.kind) {
            return Err(self.unexpected(token));
        }
        if token.kind != Kind::Word {
            return self.simple();
        }
        self.advance()?;
        if begins_compound(self.peek()?.kind) {
            return self.body();
        }
        self.rest_of_simple(token.span.start, Some(token))
    }

    fn simple(&mut self) -> Result<()> {
        let start = self.peek()?.span.start;
        self.rest_of_simple(start, None)
    }

    /// A simple command whose first word may have been read, or a function.
    fn rest_of_simple(&mut self, start: usize, first: Option<Token>) -> Result<()> {
        let mut words: Vec<_> = first.iter().map(|token| token.span).collect();
        let (mut assignments, mut redirections) = (0usize, 0usize);
        loop {
            let token = self.peek()?;
            match token.kind {
                Kind::Word => {
                    self.advance()?;
                    words.push(token.span);
                }
                Kind::Assignment => {
                    self.advance()?;
                    if words.is_empty() {
                        assignments += 1;
                    } else {
                        words.push(token.span);
                    }
                }
                Kind::Open
                    if first.is_none() && words.len() == 1 && assignments + redirections == 0 =>
                {
                    self.advance()?;
                    self.expect(Kind::Close)?;
                    self.newlines()?;
                    return self.body();
                }
                kind if begins_redirection(kind) => {
                    self.redirection()?;
                    redirections += 1;
                }
                _ => break,
            }
            self.state.only_redirections = words.is_empty() && assignments == 0;
        }
        self.state.only_redirections = false;
        if !words.is_empty() {
            self.commands.push(SimpleCommand { start, words });
        }
        Ok(())
    }

    fn redirection(&mut self) -> Result<()> {
        if matches!(self.peek()?.kind, Kind::Number | Kind::Descriptor) {
            self.advance()?;
        }
        let operator = self.peek()?;
        if !matches!(operator.kind, Kind::Redirect | Kind::Duplicate | Kind::HereDocument) {
            return Err(self.unexpected(operator));
        }
        self.advance()?;
        let target = self.peek()?;
        match (operator.kind, target.kind) {
            (_, Kind::Word) | (Kind::Duplicate, Kind::Number | Kind::Dash) => self.advance()?,
            _ => return Err(self.unexpected(target)),
        };
        if operator.kind == Kind::HereDocument {
            let document = HereDocument::new(self.text, operator.span, target.span);
            self.state.pending.push(document);
        }
        Ok(())
    }

    fn compound(&mut self) -> Result<()> {
        let token = self.peek()?;
        if !begins_compound(token.kind) {
            return Err(self.unexpected(token));
        }
        self.advance()?;
        match token.kind {
            Kind::Open => {
                self.list()?;
                self.expect(Kind::Close)?;
            }
            Kind::OpenBrace => {
                self.list()?;
                self.expect(Kind::CloseBrace)?;
            }
            Kind::If => self.branches()?,
            Kind::While | Kind::Until => {
                self.list()?;
                self.expect(Kind::Do)?;
                self.list()?;
                self.expect(Kind::Done)?;
            }
            Kind::For | Kind::Select => self.loop_over_words()?,
            Kind::Case => self.cases()?,
            Kind::OpenCondition => self.condition()?,
            _ => {}
        }
        Ok(())
    }

    fn branches(&mut self) -> Result<()> {
        self.list()?;
        self.expect(Kind::Then)?;
        self.list()?;
        loop {
            let token = self.peek()?;
            match token.kind {
                Kind::Elif => {
                    self.advance()?;
                    self.list()?;
                    self.expect(Kind::Then)?;
                    self.list()?;
                }
                Kind::Else => {
                    self.advance()?;
                    self.list()?;
                    self.expect(Kind::Fi)?;
                    return Ok(());
                }
                Kind::Fi => {
                    self.advance()?;
                    return Ok(());
                }
                _ => return Err(self.unexpected(token)),
            }
        }
    }

    /// The rest of a loop after `for` or `select`.
    fn loop_over_words(&mut self) -> Result<()> {
        if self.peek()?.kind == Kind::ArithmeticFor {
            self.advance()?;
            if matches!(self.peek()?.kind, Kind::Semicolon | Kind::Newline) {
                self.advance()?;
                self.newlines()?;
            }
            return self.loop_body();
        }
        self.expect(Kind::Word)?;
        if self.peek()?.kind == Kind::Semicolon {
            self.advance()?;
            self.newlines()?;
            return self.loop_body();
        }
        self.newlines()?;
        if self.peek()?.kind == Kind::In {
            self.advance()?;
            while self.peek()?.kind == Kind::Word {
                self.advance()?;
            }
            let token = self.peek()?;
            if !matches!(token.kind, Kind::Semicolon | Kind::Newline) {
                return Err(self.unexpected(token));
            }
            self.advance()?;
            self.newlines()?;
        }
        self.loop_body()
    }

    fn loop_body(&mut self) -> Result<()> {
        let token = self.peek()?;
        let end = match token.kind {
            Kind::Do => Kind::Done,
            Kind::OpenBrace => Kind::CloseBrace,
            _ => return Err(self.unexpected(token)),
        };
        self.advance()?;
        self.list()?;
        self.expect(end)?;
        Ok(())
    }

    /// The rest of a statement after `case`.
    fn cases(&mut self) -> Result<()> {
        self.expect(Kind::Word)?;
        self.newlines()?;
        self.expect(Kind::In)?;
        loop {
            self.newlines()?;
            match self.peek()?.kind {
                Kind::Esac => {
                    self.advance()?;
                    return Ok(());
                }
                Kind::Open => {
                    self.advance()?;
                }
                _ => {}
            }
            self.expect(Kind::Word)?;
            while self.peek()?.kind == Kind::Pipe {
                self.advance()?;
                self.expect(Kind::Word)?;
            }
            self.expect(Kind::Close)?;
            self.newlines()?;
            if begins_command(self.peek()?) {
                self.pipelines(true)?;
            }
            if self.peek()?.kind != Kind::EndOfCase {
                self.expect(Kind::Esac)?;
                return Ok(());
            }
            self.advance()?;
        }
    }
}

fn begins_redirection(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Redirect | Kind::Duplicate | Kind::HereDocument | Kind::Number | Kind::Descriptor
    )
}

fn begins_simple(kind: Kind) -> bool {
    matches!(kind, Kind::Word | Kind::Assignment) || begins_redirection(kind)
}

fn begins_compound(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Open
            | Kind::OpenBrace
            | Kind::If
            | Kind::While
            | Kind::Until
            | Kind::For
            | Kind::Select
            | Kind::Case
            | Kind::Arithmetic
            | Kind::OpenCondition
    )
}

fn begins_command(token: Token) -> bool {
    let kind = token.kind;
    begins_simple(kind)
        || begins_compound(kind)
        || matches!(kind, Kind::Not | Kind::Time | Kind::Function | Kind::Coproc)
}
