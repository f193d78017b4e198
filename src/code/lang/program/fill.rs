//! Replaces the marks of code that was left out, so that a parser accepts the rest.

use crate::lang::{fill, templates};
use crate::source::{Span, line_at};

/// The text of a language with braces and `//` comments, with names or blanks in place of `...`,
/// `…`, comments where a value should be, `<your key>` and template tags. The length is kept.
pub(in crate::lang) fn c_like(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    tags(text, &mut bytes);
    dotted_names(text, &mut bytes);
    dots(text, &mut bytes);
    comments(text, &mut bytes);
    placeholders(text, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Replaces template tags: with blanks on their own line, with names elsewhere.
fn tags(text: &str, bytes: &mut [u8]) {
    for span in templates(text) {
        let written = &text[span.start..span.end];
        // The value of a JSX attribute looks the same.
        if written.contains('\n') || text[..span.start].ends_with('=') {
            continue;
        }
        let line = line_at(text, span.start);
        let alone = text[line.start..line.end].trim() == written;
        fill(bytes, span, if alone { b' ' } else { b'x' });
    }
}

/// Replaces the dots in signatures of members, such as `function Deno.open(path)`.
fn dotted_names(text: &str, bytes: &mut [u8]) {
    for (at, word) in text.match_indices("function ") {
        let start = at + word.len();
        let name = text[start..].split('(').next().unwrap_or("");
        if name.chars().all(|c| c.is_alphanumeric() || "_$.".contains(c)) {
            for (dot, _) in name.match_indices('.') {
                bytes[start + dot] = b'_';
            }
        }
    }
    // `agents.run(prompt: string): Promise<string>` at the beginning of a line.
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let name = text[start..].split(['(', '<']).next().unwrap_or("");
        let plain = name.chars().all(|c| c.is_alphanumeric() || "_$.".contains(c));
        if plain && name.starts_with(char::is_alphabetic) && !name.contains("..") {
            for (dot, _) in name.match_indices('.') {
                bytes[start + dot] = b'_';
            }
        }
        at += line.len();
    }
}

/// The characters before and after a span, ignoring blanks.
fn around(text: &str, span: Span) -> (Option<char>, Option<char>) {
    let before = text[..span.start].trim_end().chars().next_back();
    let behind = text[span.end..].trim_start().chars().next();
    (before, behind)
}

fn dots(text: &str, bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(step) = text[at..].find(['.', '…']) {
        let start = at + step;
        let rest = &text[start..];
        let len = rest.len() - rest.trim_start_matches(['.', '…']).len();
        at = start + len;
        if len < 3 {
            continue;
        }
        let (span, glued) = (Span::new(start, at), text[at..].chars().next());
        // `...rest`
        if glued.is_some_and(|c| c.is_alphanumeric() || "_$[{('\"`".contains(c)) {
            continue;
        }
        fill(bytes, span, if needs_value(text, span) { b'x' } else { b' ' });
    }
}

/// Whether a value is required at a span: after an operator, or between two commas.
fn needs_value(text: &str, span: Span) -> bool {
    let (before, behind) = around(text, span);
    let closes = matches!(behind, None | Some(')' | ']' | '}' | '>'));
    match before {
        None | Some('{' | ';' | '}') => false,
        Some('(' | '[' | ',') => !closes && behind == Some(','),
        Some('=' | ':' | '?' | '|' | '&' | '<' | '+' | '-' | '*' | '/' | '!') => true,
        // `=> ...`
        Some('>') => text[..span.start].trim_end().ends_with("=>"),
        Some(_) => false,
    }
}

/// Fills comments in place of a value: `const x = /* … */;`, `x: // yours`.
fn comments(text: &str, bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(step) = text[at..].find('/') {
        let start = at + step;
        let rest = &text[start..];
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else {
            at = start + 1;
            continue;
        };
        at = start + len;
        let span = Span::new(start, at);
        let (before, behind) = around(text, span);
        // `{/* … */}` is in place of attributes or elements.
        if before == Some('{') && behind == Some('}') && text[..start].ends_with('{') {
            let end = at + text[at..].find('}').unwrap_or(0) + 1;
            fill(bytes, Span::new(start - 1, end), b' ');
            continue;
        }
        let ends =
            matches!(behind, None | Some(')' | ']' | '}' | ';' | ',')) || ends_here(text, span);
        let head = text[..start].trim_end();
        let nothing = before == Some('(') && behind == Some(')') && {
            let head = head[..head.len() - 1].trim_end();
            head.ends_with("return") || head.ends_with(['=', '>', '?', ':', '&'])
        };
        let operator = matches!(before, Some('=' | ':' | '?')) || head.ends_with("=>") || nothing;
        // The `//` of a URL in a string is not a comment, but filling it does no harm.
        if operator && !text[..start].ends_with(':') && ends {
            fill(bytes, span, b'x');
        }
    }
}

/// Whether the line ends here, and the next one is not indented more.
fn ends_here(text: &str, span: Span) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = line_at(text, span.start);
    let Some((rest, below)) = text[span.end..].split_once('\n') else { return true };
    let next = below.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    rest.trim().is_empty() && indent(next) <= indent(&text[own.start..own.end])
}

/// Fills placeholders such as `<your-token>`.
fn placeholders(text: &str, bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(step) = text[at..].find('<') {
        let start = at + step;
        at = start + 1;
        let line = text[start..].lines().next().unwrap_or("");
        let Some(close) = line.find('>') else { continue };
        let inner = &line[1..close];
        let name = inner.starts_with(char::is_alphabetic)
            && inner.chars().all(|c| c.is_alphanumeric() || " _-.'/".contains(c));
        let span = Span::new(start, start + close + 1);
        let (before, behind) = around(text, span);
        let place = matches!(before, Some('=' | ':' | '(' | ',' | '['));
        let ends = matches!(behind, None | Some(')' | ']' | '}' | ';' | ','))
            || text[span.end..].trim_start_matches(' ').starts_with('\n');
        if name && place && ends && !text.contains(&format!("</{inner}>")) {
            fill(bytes, span, b'x');
            at = span.end;
        }
    }
}
