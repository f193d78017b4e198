//! A parser of shell scripts: it says whether a script is valid, as `bash -n` would, and where its
//! simple commands and their words are. Nothing is expanded and no tree is built.
//!
//! It follows the grammar and the tokenizer of bash 5.2 (`parse.y`). There the meaning of a word
//! depends on the token before it, so tokens are read one at a time, as the grammar needs them.
//! Expansions are read together with their word, so each byte is read once; only `((` may turn out
//! to be two subshells, and is then read again.

mod conditions;
mod expansions;
mod grammar;
mod here_documents;
mod tokens;
mod words;

use std::collections::BTreeSet;

use crate::lang::Fault;
use crate::source::Span;
use here_documents::HereDocument;
use tokens::{Kind, Token};

/// The most commands, expansions and groups that may be open at once: the parser recurses, and
/// takes about 8 kB of stack for each in an unoptimised build.
const MAX_NESTING: usize = 100;

/// A simple command.
#[derive(Debug)]
pub(super) struct SimpleCommand {
    /// Its start, including assignments and redirections.
    start: usize,
    /// Its words without assignments before them and without redirections.
    pub words: Vec<Span>,
}

/// Why a script is not accepted.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The shell refuses it.
    Fault(Fault),
    /// It ends within a command.
    Unfinished,
    /// More is open at once than [`MAX_NESTING`], so it is not checked.
    TooDeep,
}

type Result<T> = std::result::Result<T, Refusal>;

/// The simple commands of a script in the order in which they begin, including those inside `$(…)`
/// and compound commands.
pub(super) fn commands(script: &str) -> Result<Vec<SimpleCommand>> {
    let mut parser = Parser::new(script);
    parser.script()?;
    let mut commands = parser.commands;
    commands.sort_by_key(|command| command.start);
    Ok(commands)
}

/// The position in a script, and what was read up to there.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// A line end that is followed by here-documents that were read already, and their end.
    jump: Option<(usize, usize)>,
    /// The next token, if the grammar has looked at it.
    peeked: Option<Token>,
    state: State,
    depth: usize,
    /// The offsets at which `((` is known to open two subshells.
    subshells: BTreeSet<usize>,
    commands: Vec<SimpleCommand>,
    /// Whether `!(…)` and similar texts are patterns, which the script itself enables.
    extended_patterns: bool,
}

/// What the meaning of the next token depends on. It is reset inside `$(…)`.
#[derive(Clone)]
struct State {
    last: Kind,
    before_last: Kind,
    /// How many `for`, `select` and `case` wait for their `in`.
    expecting_in: usize,
    /// How many `case` wait for their `esac`.
    open_cases: usize,
    /// Whether the last `case` still lacks its `in`.
    in_case_head: bool,
    /// Whether the position is in the patterns of a `case`.
    in_pattern: bool,
    /// Whether the command takes assignments as arguments, as `export` does.
    takes_assignments: bool,
    /// Whether only redirections of the command have been read.
    only_redirections: bool,
    /// Whether the position is in the items of an array.
    in_array: bool,
    condition: Condition,
    /// Here-documents whose text begins on the next line.
    pending: Vec<HereDocument>,
    /// The offset of the `$(` around the position.
    substitution: Option<usize>,
}

/// What is being read inside `[[ … ]]`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    /// Nothing; the position is outside.
    None,
    /// The expression.
    Expression,
    /// The right side of `==` and `!=`.
    Pattern,
    /// The right side of `=~`.
    Regex,
}

impl State {
    fn new() -> Self {
        Self {
            last: Kind::Newline,
            before_last: Kind::Newline,
            expecting_in: 0,
            open_cases: 0,
            in_case_head: false,
            in_pattern: false,
            takes_assignments: false,
            only_redirections: false,
            in_array: false,
            condition: Condition::None,
            pending: Vec::new(),
            substitution: None,
        }
    }
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            jump: None,
            peeked: None,
            state: State::new(),
            depth: 0,
            subshells: BTreeSet::new(),
            commands: Vec::new(),
            extended_patterns: text.contains("extglob"),
        }
    }

    /// The byte at the position, as it is written.
    fn raw(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte at the position, after skipping line continuations. A backslash at the very end
    /// is a continuation as well, since there is nothing for it to quote.
    fn byte(&mut self) -> Option<u8> {
        while self.raw() == Some(b'\\') {
            match self.text.as_bytes().get(self.at + 1) {
                Some(b'\n') => {
                    self.bump();
                    self.bump();
                }
                None => self.bump(),
                Some(_) => break,
            }
        }
        self.raw()
    }

    /// Advances by one byte, and past here-documents.
    fn bump(&mut self) {
        self.at = match self.jump.take_if(|(end, _)| *end == self.at) {
            Some((_, to)) => to,
            None => self.at + 1,
        };
    }

    /// The next token.
    fn peek(&mut self) -> Result<Token> {
        if let Some(token) = self.peeked {
            return Ok(token);
        }
        let token = self.read_token()?;
        self.peeked = Some(token);
        Ok(token)
    }

    /// Takes the next token.
    fn advance(&mut self) -> Result<Token> {
        let token = self.peek()?;
        self.peeked = None;
        self.state.before_last = std::mem::replace(&mut self.state.last, token.kind);
        Ok(token)
    }

    /// Takes the next token, which must be of a kind.
    fn expect(&mut self, kind: Kind) -> Result<Token> {
        let token = self.peek()?;
        if token.kind == kind { self.advance() } else { Err(self.unexpected(token)) }
    }

    /// Runs `read` one level deeper.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == MAX_NESTING {
            return Err(Refusal::TooDeep);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// The refusal of a token that the grammar does not allow here.
    fn unexpected(&self, token: Token) -> Refusal {
        let span = match token.kind {
            Kind::End => {
                return self
                    .state
                    .substitution
                    .map_or(Refusal::Unfinished, |at| unclosed(at, "$("));
            }
            Kind::Newline => Span::new(token.span.start, token.span.start),
            _ => first_word(self.text, token.span),
        };
        let message = match &self.text[span.start..span.end] {
            "" => "the shell does not expect the end of the line here".to_owned(),
            word => format!("the shell does not expect `{word}` here"),
        };
        Refusal::Fault(Fault::new(span, message))
    }
}

/// The refusal of a script that ends before something is closed.
fn unclosed(at: usize, opener: &str) -> Refusal {
    let span = Span::new(at, at + opener.len());
    Refusal::Fault(match opener {
        "'" | "\"" | "`" => Fault::new(span, "this quote is never closed"),
        _ => Fault::new(span, format!("this `{opener}` is never closed")),
    })
}

/// The beginning of a token that a message can show.
fn first_word(text: &str, span: Span) -> Span {
    let token = &text[span.start..span.end];
    let operator = |c: char| "()|&;<>".contains(c);
    let len = match token.find(|c: char| !operator(c)) {
        // An operator, or arithmetic: `((`.
        None => token.len(),
        Some(len) if len > 0 => len,
        Some(_) => token.find(|c: char| c.is_whitespace() || operator(c)).unwrap_or(token.len()),
    };
    Span::new(span.start, span.start + len)
}

#[cfg(test)]
mod tests;
