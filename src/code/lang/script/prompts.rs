//! Prompts: which lines of a block are commands.

use super::fill;
use crate::source::Span;

/// The block with prompts and output blanked, if it has prompts. `hash` says whether `# ` is a
/// prompt: it looks like a comment, so it counts only if there is no other prompt.
pub(in crate::lang) fn session(text: &str, hash: bool) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let (mut start, mut found, mut continued, mut behind_prompt) = (0, false, false, false);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if continued {
            continued = line.trim_end().ends_with('\\');
        } else if let Some(len) = prompt(line, hash) {
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
        start = end;
    }
    found.then(|| String::from_utf8_lossy(&bytes).into_owned())
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
    if plain && behind.is_some_and(|c| c == ' ') || named && behind == Some(' ') {
        return Some(indent + at + 2);
    }
    // With a path in it, `user@host:~/x# ` is one as well.
    let mark = words.find("$ ").or_else(|| words.find("# "))?;
    let host = &words[..mark];
    let named = host.contains('@') && host.contains(":~") && !host.contains([' ', '"', '\'']);
    named.then_some(indent + mark + 2)
}
