//! Shell scripts through brush-parser, which agrees with `bash -n`.
//!
//! Placeholders are replaced by a word of the same length before parsing, so every span of the
//! tree is a span of the block.

mod placeholders;
mod prompts;
mod walk;
mod words;

use super::{Content, Fault, Judgement, Language, Verdict, fill, templates};
use crate::source::Span;
use brush_parser::{ParseError, Parser, ParserOptions, ast};

pub(super) use prompts::session;

pub(super) static LANGUAGE: Language = Language {
    name: "shell",
    labels: &["shell", "bash", "sh", "zsh", "ksh", "shellscript"],
    judge,
};

/// The largest script that is parsed, in bytes.
const MAX_SCRIPT: usize = 1 << 18;

/// The deepest nesting of brackets and compound commands that is parsed: the parser recurses.
const MAX_NESTING: usize = 24;

fn judge(text: &str) -> Judgement {
    match session(text, false) {
        Some(commands) => judge_plain(&commands, text),
        None => judge_plain(text, text),
    }
}

/// Judges `script`, which has the length of `text`, the block as written.
pub(super) fn judge_plain(script: &str, text: &str) -> Judgement {
    if script.len() > MAX_SCRIPT || nesting(script) > MAX_NESTING {
        return Judgement::new(Verdict::NotChecked, Content::Opaque);
    }
    let holes = placeholders::find(script);
    let mut bytes = script.as_bytes().to_vec();
    for &hole in &holes {
        fill(&mut bytes, hole, b'x');
    }
    let filled = String::from_utf8_lossy(&bytes).into_owned();
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

/// Parses a script whose nesting is bounded.
fn parse(script: &str) -> Result<ast::Program, Fault> {
    // The parser is foreign and has been seen to assert; its panic says that it does not know.
    let result = std::panic::catch_unwind(|| {
        Parser::new(script.as_bytes(), &ParserOptions::default()).parse_program()
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
            Err(Fault::new(Span::new(at, at + 1).clamped(script), inner.to_string()))
        }
    }
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

/// An upper bound of the nesting, quotes and comments not minded.
fn nesting(text: &str) -> usize {
    let (mut brackets, mut deepest) = (0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'(' | b'{' => brackets += 1,
            b')' | b'}' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(brackets);
    }
    let (mut words, mut deepest_words, mut bangs) = (0usize, 0usize, 0usize);
    for word in
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '!' | '/' | '.')))
    {
        match word {
            "if" | "while" | "until" | "for" | "case" | "select" | "coproc" | "function" => {
                words += 1
            }
            "fi" | "done" | "esac" => words = words.saturating_sub(1),
            "!" | "time" => bangs += 1,
            _ => {}
        }
        deepest_words = deepest_words.max(words);
    }
    deepest.max(deepest_words / 4).max(bangs / 16)
}

#[cfg(test)]
mod tests;
