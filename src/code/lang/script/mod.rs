//! What shell scripts and terminal sessions share: a parser that agrees with `bash -n`.
//!
//! Placeholders are first replaced with words of the same length, so every span is a span of the
//! block.

mod commands;
mod output;
mod parser;
mod placeholders;
mod powershell;
mod prompts;
mod words;

use super::{Content, Fault, Judgement, Verdict, fill, templates};
use crate::source::Span;
use commands::Commands;
use parser::Refusal;

pub(super) use output::{is_only_commands, output_start};
pub(super) use powershell::is_powershell;
pub(super) use prompts::session;

/// The largest script that is parsed, in bytes.
const MAX_SCRIPT: usize = 1 << 18;

/// Whether a block is too long to be parsed.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > MAX_SCRIPT
}

/// Judges `script`, which has the length of `text`, the block as written.
pub(super) fn judge_plain(script: &str, text: &str) -> Judgement {
    if is_too_long(script) {
        return Judgement::too_large();
    }
    let (filled, holes) = filled(script);
    match parser::commands(&filled) {
        Err(Refusal::TooDeep) => Judgement::too_deep(),
        Err(Refusal::Fault(mut fault)) => {
            fault.span = fault.span.clamped(text);
            Judgement::broken(vec![fault])
        }
        Err(Refusal::Unfinished) => Judgement::broken(vec![unfinished(&filled)]),
        Ok(found) => {
            let mut commands = Commands::new(text, &holes);
            let read = commands.read(found);
            if commands.faults.is_empty() {
                Judgement::new(Verdict::Valid, Content::Shell(read))
            } else {
                Judgement::broken(commands.faults)
            }
        }
    }
}

/// The fault of a script that ends within a command: at the reserved word at its end, or at its
/// end.
fn unfinished(script: &str) -> Fault {
    let end = script.trim_end().len();
    let span = reserved_before(script, end).unwrap_or(Span::new(end, end));
    Fault::new(span, "the script ends in the middle of a command")
}

/// The script with words in place of placeholders, and their spans.
pub(super) fn filled(script: &str) -> (String, Vec<Span>) {
    let holes = placeholders::find(script);
    let mut bytes = script.as_bytes().to_vec();
    for &hole in &holes {
        fill(&mut bytes, hole, b'x');
    }
    (String::from_utf8_lossy(&bytes).into_owned(), holes)
}

/// The reserved word that ends at a position.
fn reserved_before(text: &str, at: usize) -> Option<Span> {
    let before = &text[..at];
    let word = before.rsplit(|c: char| c.is_whitespace() || c == ';').next()?;
    let reserved = ["fi", "done", "then", "else", "elif", "esac", "do", "}"];
    reserved.contains(&word).then(|| Span::new(at - word.len(), at))
}

#[cfg(test)]
mod tests;
