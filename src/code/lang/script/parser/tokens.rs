//! Tokens: operators, reserved words where they are allowed, words, line ends.

use std::borrow::Cow;

use super::{Condition, Parser, Refusal, Result};
use crate::lang::Fault;
use crate::source::Span;

/// A token and its span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Span,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The end of the script.
    End,
    Newline,
    /// `;`
    Semicolon,
    /// `&`
    Ampersand,
    /// `|`
    Pipe,
    /// `|&`
    PipeBoth,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `;;`, `;&`, `;;&`
    EndOfCase,
    /// `>`, `<`, `>>`, `>|`, `<>`, `<<<`, `&>`, `&>>`
    Redirect,
    /// `>&`, `<&`
    Duplicate,
    /// `<<`, `<<-`
    HereDocument,
    /// The `-` after `>&`.
    Dash,
    Word,
    /// `NAME=value` before a command.
    Assignment,
    /// The number before a redirection.
    Number,
    /// `{name}` before a redirection.
    Descriptor,
    /// `((…))`
    Arithmetic,
    /// `((…))` after `for`.
    ArithmeticFor,
    /// The start of `$(…)`, before its first token.
    Substitution,
    If,
    Then,
    Else,
    Elif,
    Fi,
    Case,
    Esac,
    For,
    Select,
    While,
    Until,
    Do,
    Done,
    In,
    Function,
    Time,
    /// `-p` and `--` after `time`.
    TimeOption,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `!`
    Not,
    /// `[[`
    OpenCondition,
    /// `]]`
    CloseCondition,
    Coproc,
}

const RESERVED: &[(&str, Kind)] = &[
    ("if", Kind::If),
    ("then", Kind::Then),
    ("else", Kind::Else),
    ("elif", Kind::Elif),
    ("fi", Kind::Fi),
    ("case", Kind::Case),
    ("esac", Kind::Esac),
    ("for", Kind::For),
    ("select", Kind::Select),
    ("while", Kind::While),
    ("until", Kind::Until),
    ("do", Kind::Do),
    ("done", Kind::Done),
    ("in", Kind::In),
    ("function", Kind::Function),
    ("time", Kind::Time),
    ("{", Kind::OpenBrace),
    ("}", Kind::CloseBrace),
    ("!", Kind::Not),
    ("[[", Kind::OpenCondition),
    ("]]", Kind::CloseCondition),
    ("coproc", Kind::Coproc),
];

/// Commands that take assignments, including arrays, as arguments.
const TAKES_ASSIGNMENTS: &[&str] =
    &["alias", "declare", "export", "local", "readonly", "typeset", "eval", "let"];

impl Parser<'_> {
    pub(super) fn read_token(&mut self) -> Result<Token> {
        while matches!(self.byte(), Some(b' ' | b'\t')) {
            self.bump();
        }
        let start = self.at;
        let Some(byte) = self.raw() else { return Ok(self.token(Kind::End, start)) };
        if byte == b'#' {
            let rest = &self.text[self.at..];
            self.at += rest.find('\n').unwrap_or(rest.len());
            if self.raw().is_none() {
                return Ok(self.token(Kind::Newline, self.at));
            }
        }
        if byte == b'#' || byte == b'\n' {
            let token = self.token(Kind::Newline, self.at);
            self.bump();
            self.state.takes_assignments = false;
            self.read_here_documents()?;
            return Ok(token);
        }
        if self.state.condition != Condition::Regex
            && b"();<>|&".contains(&byte)
            && let Some(kind) = self.operator(byte, start)?
        {
            return Ok(self.token(kind, start));
        }
        if byte == b'-' && self.state.last == Kind::Duplicate {
            self.bump();
            return Ok(self.token(Kind::Dash, start));
        }
        self.read_word(start)?;
        let text = self.text;
        // A line continuation directly after a word is not part of it.
        let written = text[start..self.at].trim_end_matches("\\\n");
        let word: Cow<'_, str> = match written.contains("\\\n") {
            true => written.replace("\\\n", "").into(),
            false => written.into(),
        };
        let kind = self.kind_of_word(&word);
        Ok(Token { kind, span: Span::new(start, start + written.len()) })
    }

    fn token(&self, kind: Kind, start: usize) -> Token {
        Token { kind, span: Span::new(start, self.at.max(start)) }
    }

    /// Takes a byte if it is the next.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.byte() == Some(byte);
        if found {
            self.bump();
        }
        found
    }

    /// The operator that begins with a byte; `None` for a process substitution.
    fn operator(&mut self, byte: u8, start: usize) -> Result<Option<Kind>> {
        self.state.takes_assignments = false;
        self.bump();
        let kind = match byte {
            b'<' if self.take(b'<') => {
                if self.take(b'<') {
                    Kind::Redirect
                } else {
                    self.take(b'-');
                    Kind::HereDocument
                }
            }
            b'>' if self.take(b'>') => Kind::Redirect,
            b'<' | b'>' if self.take(b'&') => Kind::Duplicate,
            b'<' if self.take(b'>') => Kind::Redirect,
            b'>' if self.take(b'|') => Kind::Redirect,
            b'<' | b'>' if self.byte() == Some(b'(') => {
                self.at = start;
                return Ok(None);
            }
            b'<' | b'>' => Kind::Redirect,
            b';' if self.take(b';') => {
                self.take(b'&');
                self.state.in_pattern = true;
                Kind::EndOfCase
            }
            b';' if self.take(b'&') => {
                self.state.in_pattern = true;
                Kind::EndOfCase
            }
            b';' => Kind::Semicolon,
            b'&' if self.take(b'&') => Kind::And,
            b'&' if self.take(b'>') => {
                self.take(b'>');
                Kind::Redirect
            }
            b'&' => Kind::Ampersand,
            b'|' if self.take(b'|') => Kind::Or,
            b'|' if self.take(b'&') => Kind::PipeBoth,
            b'|' => Kind::Pipe,
            b'(' if self.byte() == Some(b'(') => self.double_parenthesis(start)?,
            b'(' => Kind::Open,
            _ => {
                self.state.in_pattern = false;
                Kind::Close
            }
        };
        Ok(Some(kind))
    }

    /// The construct that `((` opens; the position is after the first parenthesis.
    fn double_parenthesis(&mut self, start: usize) -> Result<Kind> {
        let head = self.state.last == Kind::For;
        if !head && !self.takes_reserved_word() || self.subshells.contains(&start) {
            return Ok(Kind::Open);
        }
        let behind = (self.at, self.jump, self.commands.len());
        self.bump();
        self.arithmetic(start)?;
        if self.raw() == Some(b')') {
            self.bump();
            if !head {
                return Ok(Kind::Arithmetic);
            }
            let span = Span::new(start, self.at);
            if semicolons(&self.text[start..self.at]) != 2 {
                let message = "the head of this loop does not have three parts";
                return Err(Refusal::Fault(Fault::new(span, message)));
            }
            return Ok(Kind::ArithmeticFor);
        }
        if head {
            let message = "the head of this loop does not end with `))`";
            return Err(Refusal::Fault(Fault::new(Span::new(start, start + 2), message)));
        }
        (self.at, self.jump) = (behind.0, behind.1);
        self.commands.truncate(behind.2);
        self.subshells.insert(start);
        Ok(Kind::Open)
    }

    /// The kind of token that a word is.
    fn kind_of_word(&mut self, word: &str) -> Kind {
        let redirects = matches!(self.raw(), Some(b'<' | b'>'));
        let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if digits
            && (redirects || self.state.last == Kind::Duplicate)
            && word.parse::<i32>().is_ok()
        {
            return Kind::Number;
        }
        if let Some(kind) = self.special(word).or_else(|| self.reserved(word)) {
            return kind;
        }
        if self.takes_command() && TAKES_ASSIGNMENTS.contains(&word) {
            self.state.takes_assignments = true;
        }
        let name = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        if redirects && name.is_some_and(is_name) {
            return Kind::Descriptor;
        }
        let assigns = self.takes_assignment() || self.state.in_array;
        if assigns && is_assignment(word, self.state.in_array) {
            return Kind::Assignment;
        }
        if matches!(self.state.last, Kind::For | Kind::Select | Kind::Case) {
            self.state.expecting_in += 1;
        }
        Kind::Word
    }

    /// The kind of a word that is special because of the token before it.
    fn special(&mut self, word: &str) -> Option<Kind> {
        let state = &mut self.state;
        let head = matches!(state.before_last, Kind::For | Kind::Select | Kind::Case);
        let behind_name = state.last == Kind::Word && head;
        let expected = state.expecting_in > 0;
        match word {
            "in" if behind_name || expected && matches!(state.last, Kind::Word | Kind::Newline) => {
                let cases = match behind_name {
                    true => state.before_last == Kind::Case,
                    false => state.in_case_head,
                };
                if cases {
                    state.in_pattern = true;
                    state.open_cases += 1;
                }
                state.expecting_in = state.expecting_in.saturating_sub(1);
                Some(Kind::In)
            }
            "do" if expected && matches!(state.last, Kind::Newline | Kind::Semicolon)
                || behind_name && state.before_last != Kind::Case
                || state.last == Kind::ArithmeticFor =>
            {
                if state.last != Kind::ArithmeticFor {
                    state.expecting_in = state.expecting_in.saturating_sub(1);
                }
                Some(Kind::Do)
            }
            "esac" if state.open_cases > 0 && state.last == Kind::In => {
                state.open_cases -= 1;
                state.in_pattern = false;
                Some(Kind::Esac)
            }
            "{" if state.last == Kind::ArithmeticFor => Some(Kind::OpenBrace),
            "-p" if state.last == Kind::Time => Some(Kind::TimeOption),
            "--" if matches!(state.last, Kind::Time | Kind::TimeOption) => Some(Kind::TimeOption),
            "]]" if state.condition != Condition::None => Some(Kind::CloseCondition),
            _ => None,
        }
    }

    fn reserved(&mut self, word: &str) -> Option<Kind> {
        if !self.takes_reserved_word() {
            return None;
        }
        let &(_, kind) = RESERVED.iter().find(|(name, _)| *name == word)?;
        let last = self.state.last;
        if self.state.in_pattern && (kind != Kind::Esac || matches!(last, Kind::Pipe | Kind::Open))
            || kind == Kind::Time && !self.takes_time()
        {
            return None;
        }
        match kind {
            Kind::Esac => {
                self.state.in_pattern = false;
                self.state.in_case_head = false;
                self.state.open_cases = self.state.open_cases.saturating_sub(1);
            }
            Kind::Case => self.state.in_case_head = true,
            _ => {}
        }
        Some(kind)
    }

    /// Whether a reserved word may follow the last token.
    fn takes_reserved_word(&self) -> bool {
        let behind_name = self.state.last == Kind::Word
            && matches!(self.state.before_last, Kind::Coproc | Kind::Function);
        behind_name
            || matches!(
                self.state.last,
                Kind::Newline
                    | Kind::Semicolon
                    | Kind::Open
                    | Kind::Close
                    | Kind::Pipe
                    | Kind::PipeBoth
                    | Kind::Ampersand
                    | Kind::And
                    | Kind::Or
                    | Kind::OpenBrace
                    | Kind::CloseBrace
                    | Kind::Arithmetic
                    | Kind::Not
                    | Kind::CloseCondition
                    | Kind::Do
                    | Kind::Done
                    | Kind::Elif
                    | Kind::Else
                    | Kind::Esac
                    | Kind::Fi
                    | Kind::If
                    | Kind::EndOfCase
                    | Kind::Then
                    | Kind::Time
                    | Kind::TimeOption
                    | Kind::Coproc
                    | Kind::Until
                    | Kind::While
                    | Kind::Substitution
            )
    }

    /// Whether `time` is reserved after the last token.
    fn takes_time(&self) -> bool {
        match self.state.last {
            Kind::Semicolon | Kind::Newline => self.state.before_last != Kind::Pipe,
            Kind::And
            | Kind::Or
            | Kind::Ampersand
            | Kind::While
            | Kind::Do
            | Kind::Until
            | Kind::If
            | Kind::Then
            | Kind::Elif
            | Kind::Else
            | Kind::OpenBrace
            | Kind::Open
            | Kind::Close
            | Kind::Not
            | Kind::Time
            | Kind::TimeOption
            | Kind::Substitution => true,
            _ => false,
        }
    }

    /// Whether the next word is a command or precedes one.
    fn takes_command(&self) -> bool {
        let last = self.state.last;
        let redirects = matches!(last, Kind::Redirect | Kind::Duplicate | Kind::HereDocument);
        last == Kind::Assignment
            || self.state.only_redirections && !redirects
            || last != Kind::EndOfCase && self.takes_reserved_word()
    }

    /// Whether the next word may be an assignment.
    pub(super) fn takes_assignment(&self) -> bool {
        self.takes_command() && !self.state.in_pattern
    }
}

/// Whether a text is the name of a variable.
pub(super) fn is_name(text: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.starts_with(|c: char| word(c) && !c.is_ascii_digit()) && text.chars().all(word)
}

/// Whether a word is an assignment: `NAME=`, `NAME+=`, `NAME[x]=`; among the items of an array
/// `[x]=` as well.
pub(super) fn is_assignment(word: &str, in_array: bool) -> bool {
    let name = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(word.len());
    let named = is_name(&word[..name]);
    let mut rest = &word[name..];
    if rest.starts_with('[') && (named || in_array && name == 0) {
        let Some(end) = subscript_end(rest) else { return false };
        rest = &rest[end..];
    } else if !named {
        return false;
    }
    rest.strip_prefix('+').unwrap_or(rest).starts_with('=')
}

/// The length of `[…]` at the beginning of a text.
fn subscript_end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = None;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match (byte, quote) {
            (b'\\', None | Some(b'"')) => {
                bytes.next();
            }
            (byte, Some(open)) => quote = quote.filter(|_| byte != open),
            (b'"' | b'\'' | b'`', None) => quote = Some(byte),
            (b'[', None) => depth += 1,
            (b']', None) => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The number of semicolons in the head of a loop, ignoring those in quotes.
fn semicolons(text: &str) -> usize {
    let mut quote = None;
    let mut count = 0;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match (byte, quote) {
            (b'\\', None | Some(b'"')) => {
                bytes.next();
            }
            (byte, Some(open)) => quote = quote.filter(|_| byte != open),
            (b'"' | b'\'' | b'`', None) => quote = Some(byte),
            (b';', None) => count += 1,
            _ => {}
        }
    }
    count
}
