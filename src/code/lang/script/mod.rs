//! What shell and terminal sessions share: scripts through brush-parser, which agrees with `bash -n`.
//!
//! Placeholders are replaced by a word of the same length before parsing, so every span of the
//! tree is a span of the block.

mod output;
mod placeholders;
mod prompts;
mod walk;
mod words;

use super::{Content, Fault, Judgement, Verdict, fill, templates};
use crate::source::Span;
use brush_parser::{ParseError, Parser, ParserOptions, ast};

pub(super) use output::{is_only_commands, output_start};
pub(super) use prompts::session;

/// The largest script that is parsed, in bytes.
const MAX_SCRIPT: usize = 1 << 18;

/// The deepest nesting of braces and compound commands that is parsed: the parser recurses.
const MAX_NESTING: usize = 48;

/// The most parentheses and `case`s that may be open at once: each doubles the time.
const MAX_DOUBLING: usize = 10;

/// Whether a block is too long for the parser; nothing in it is looked at then.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > MAX_SCRIPT
}

/// Judges `script`, which has the length of `text`, the block as written.
pub(super) fn judge_plain(script: &str, text: &str) -> Judgement {
    if is_too_long(script) || !is_tame(script) {
        return Judgement::new(Verdict::NotChecked, Content::Opaque);
    }
    let (filled, holes) = filled(script);
    match parse(&filled) {
        Err(fault) => Judgement::broken(vec![fault]),
        Ok(program) => {
            let mut walk = walk::Walk::new(&filled, text, &holes);
            walk.program(&program);
            if walk.faults.is_empty() {
                Judgement::new(Verdict::Valid, Content::Shell(walk.commands))
            } else {
                Judgement::broken(walk.faults)
            }
        }
    }
}

/// The script with words in place of placeholders, and where these are.
pub(super) fn filled(script: &str) -> (String, Vec<Span>) {
    let holes = placeholders::find(script);
    let mut bytes = script.as_bytes().to_vec();
    for &hole in &holes {
        fill(&mut bytes, hole, b'x');
    }
    (String::from_utf8_lossy(&bytes).into_owned(), holes)
}

/// Parses a script whose nesting is bounded.
fn parse(script: &str) -> Result<ast::Program, Fault> {
    // Without a line behind it, a here-document whose name is empty never ends for the parser.
    let ended: std::borrow::Cow<'_, str> =
        if script.ends_with('\n') { script.into() } else { format!("{script}\n").into() };
    // The parser is foreign and has been seen to assert; its panic says that it does not know.
    let result = std::panic::catch_unwind(|| {
        Parser::new(ended.as_bytes(), &ParserOptions::default()).parse_program()
    });
    let end = script.trim_end().len();
    match result {
        Ok(Ok(program)) => Ok(program),
        Err(_) => Ok(ast::Program { complete_commands: Vec::new() }),
        Ok(Err(ParseError::ParsingNear(position))) => {
            let at = byte_of(script, position.index);
            let span = reserved_before(script, at).unwrap_or_else(|| token_at(script, at));
            let token = &script[span.start..span.end];
            let message = if token.trim().is_empty() {
                "the shell does not expect the end of the line here".to_owned()
            } else {
                format!("the shell does not expect `{token}` here")
            };
            Err(Fault::new(span, message))
        }
        Ok(Err(ParseError::ParsingAtEndOfInput)) => {
            let message = "the script ends in the middle of a command";
            let span = reserved_before(script, end).unwrap_or(Span::new(end, end));
            Err(Fault::new(span, message))
        }
        Ok(Err(ParseError::Tokenizing { inner, position })) => {
            let at = position.map_or(end, |position| byte_of(script, position.index).min(end));
            let at = open_quote(script).unwrap_or(at);
            Err(Fault::new(Span::new(at, at + 1).clamped(script), never_closed(&inner.to_string())))
        }
    }
}

/// What the tokenizer says, without its own positions: the finding has one.
fn never_closed(said: &str) -> String {
    if said.contains("quote") {
        return "this quote is never closed".to_owned();
    }
    if said.contains("here document") {
        return "a here-document is never closed".to_owned();
    }
    said.split(" near ").next().unwrap_or(said).to_owned()
}

/// The parser counts characters.
fn byte_of(text: &str, chars: usize) -> usize {
    if text.is_ascii() {
        return chars.min(text.len());
    }
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

fn token_at(text: &str, at: usize) -> Span {
    let rest = &text[at..];
    let start = at + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
    let rest = &text[start..];
    let operator = |c: char| "()|&;<>".contains(c);
    let len = match rest.chars().next() {
        None => 0,
        Some(c) if operator(c) => rest.find(|d| d != c).unwrap_or(rest.len()),
        Some(_) => rest.find(|c: char| c.is_whitespace() || operator(c)).unwrap_or(rest.len()),
    };
    Span::new(start, start + len)
}

/// The reserved word that ends at a position: the parser names the place behind it.
fn reserved_before(text: &str, at: usize) -> Option<Span> {
    let before = &text[..at];
    let word = before.rsplit(|c: char| c.is_whitespace() || c == ';').next()?;
    let reserved = ["fi", "done", "then", "else", "elif", "esac", "do", "}"];
    reserved.contains(&word).then(|| Span::new(at - word.len(), at))
}

/// Where a quote opens that nothing closes, as far as a plain scan can tell.
fn open_quote(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Option<(u8, usize)> = None;
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], open) {
            (b'\\', Some((b'\'', _))) => {}
            (b'\\', _) => at += 1,
            (b'#', None) if at == 0 || bytes[at - 1].is_ascii_whitespace() => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
            }
            (quote @ (b'"' | b'\'' | b'`'), None) => open = Some((quote, at)),
            (byte, Some((quote, _))) if byte == quote => open = None,
            _ => {}
        }
        at += 1;
    }
    open.map(|(_, at)| at)
}

/// Whether the parser is trusted with a script: its time doubles with each open parenthesis or
/// `case` that is not closed, and it recurses.
fn is_tame(text: &str) -> bool {
    let (mut parens, mut braces, mut words, mut cases) = (0usize, 0usize, 0usize, 0usize);
    let mut squares = 0usize;
    let mut quote: Option<char> = None;
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        match (c, quote) {
            ('\\', None | Some('"')) => len += rest[len..].chars().next().map_or(0, char::len_utf8),
            // The index of an array: `a[`.
            ('[', None | Some('"')) => squares += 1,
            (']', None | Some('"')) => squares = squares.saturating_sub(1),
            (_, Some(open)) => quote = quote.filter(|_| c != open),
            ('"' | '\'', None) => quote = Some(c),
            ('#', None) if before.is_whitespace() || before == ';' => {
                len = rest.find('\n').unwrap_or(rest.len());
            }
            ('(', None) => parens += 1,
            // Inside `case`, a parenthesis ends a pattern and says nothing.
            (')', None) if cases == 0 => parens = parens.saturating_sub(1),
            ('{', None) => braces += 1,
            ('}', None) => braces = braces.saturating_sub(1),
            (_, None) if c.is_alphanumeric() && !before.is_alphanumeric() => {
                let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                len = end;
                match &rest[..end] {
                    "case" => cases += 1,
                    "esac" => cases = cases.saturating_sub(1),
                    "if" | "while" | "until" | "for" | "select" | "coproc" | "time" => words += 1,
                    "fi" | "done" => words = words.saturating_sub(1),
                    _ => {}
                }
            }
            _ => {}
        }
        if parens + cases > MAX_DOUBLING || braces.max(words).max(squares) > MAX_NESTING {
            return false;
        }
        before = rest[..len].chars().next_back().unwrap_or(' ');
        rest = &rest[len..];
    }
    true
}

#[cfg(test)]
mod tests;
