//! Prompts: which lines of a block are commands.

use std::ops::Range;

use super::fill;
use crate::source::Span;

/// The most here-documents whose end is looked for and not found.
const MAX_LOST: usize = 50;

/// The most lines of a here-document.
const MAX_LINES: usize = 500;

/// The block with prompts and output blanked, if it has prompts. `hash` says whether `# ` is a
/// prompt: it looks like a comment, so it counts only if there is no other prompt.
pub(in crate::lang) fn session(text: &str, hash: bool) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let (mut start, mut found, mut continued, mut behind_prompt) = (0, false, false, false);
    let (mut body, mut lost) = (0..0, 0);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let in_body = body.contains(&start);
        let prompt = if continued || in_body { None } else { prompt(line, hash) };
        if in_body {
            // The text of a here-document, which may have any form.
            fill(&mut bytes, Span::new(start, end), b' ');
        } else if continued {
            continued = line.trim_end().ends_with('\\');
        } else if let Some(len) = prompt {
            fill(&mut bytes, Span::new(start, start + len), b' ');
            (found, behind_prompt) = (true, true);
            continued = line.trim_end().ends_with('\\');
        } else if behind_prompt && line.starts_with("> ") {
            fill(&mut bytes, Span::new(start, start + 2), b' ');
            continued = line.trim_end().ends_with('\\');
        } else {
            fill(&mut bytes, Span::new(start, end), b' ');
            behind_prompt = false;
        }
        let opens = prompt.is_some() || !in_body && behind_prompt;
        if opens && lost < MAX_LOST && line.contains("<<") {
            match here_document(text, Span::new(start, end)) {
                Some((operator, lines)) => {
                    fill(&mut bytes, operator, b' ');
                    body = lines;
                }
                None => lost += 1,
            }
        }
        start = end;
    }
    found.then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// The operator of a here-document on a line, with its word, and its body, with the line that closes
/// it. The command may go on below before the body begins. Sessions show its lines with the second
/// prompt or without one.
fn here_document(text: &str, line: Span) -> Option<(Span, Range<usize>)> {
    let written = &text[line.start..line.end];
    let at = written.find("<<")?;
    let behind = written[at + 2..].trim_start_matches('-');
    if behind.starts_with('<') {
        return None;
    }
    let word = behind.trim_start_matches([' ', '\'', '"', '\\']);
    let len = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(word.len());
    let name = &word[..len];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return None;
    }
    let quote = usize::from(word[len..].starts_with(['\'', '"']));
    let stop = written.len() - word.len() + len + quote;
    let (mut begin, mut end, mut continued) =
        (line.end, line.end, written.trim_end().ends_with('\\'));
    for below in text[line.end..].split_inclusive('\n').take(MAX_LINES) {
        end += below.len();
        if continued {
            (begin, continued) = (end, below.trim_end().ends_with('\\'));
        } else if below.strip_prefix("> ").unwrap_or(below).trim() == name {
            return Some((Span::new(line.start + at, line.start + stop), begin..end));
        }
    }
    None
}

/// The length of the prompt of a line: `$ `, `(env) $ `, `user@host:~/x$ `.
fn prompt(line: &str, hash: bool) -> Option<usize> {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    let marks: &[char] = if hash { &['$', '%', '#'] } else { &['$', '%'] };
    let at = words.find(marks)?;
    let behind = words[at + 1..].chars().next();
    let plain = words[..at].is_empty() && words.starts_with('$')
        || hash && words[..at].is_empty() && words.starts_with('#');
    let host = &words[..at];
    let named = host.contains('@') && host.contains(':') && !host.contains([' ', '"', '\'', '/'])
        || host.starts_with('(') && host.ends_with(") ");
    if plain && words.starts_with('#') && is_remark(&words[1..]) {
        return None;
    }
    if plain && behind.is_some_and(|c| c == ' ') || named && behind == Some(' ') {
        return Some(indent + at + 2);
    }
    // With a path in it, `user@host:~/x# ` is one as well.
    let mark = words.find("$ ").or_else(|| words.find("# "))?;
    let host = &words[..mark];
    let named = host.contains('@') && host.contains(":~") && !host.contains([' ', '"', '\'']);
    named.then_some(indent + mark + 2)
}

/// Whether a line behind a `#` is a sentence, and not a command of root.
fn is_remark(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or("");
    let letters = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | ',' | ':' | '.');
    let name = first.chars().all(letters);
    let capital = first.starts_with(char::is_uppercase) && first.contains(char::is_lowercase);
    let short = first.contains(['\'', '’']) && !first.starts_with('\'');
    name && (capital || short) && words.next().is_some()
}
