//! Markdown escapes in code: a backslash before a character that the language does not escape.

use super::{Damage, Kind, Part, Subject, by_line, edited};
use crate::diagnostic::Severity;
use crate::lang::{Family, Verdict};
use crate::source::Span;

/// The characters that formatters escape in Markdown.
const MARKS: &[u8] = b"_{}[]*#<>~&`()!+-.|=:$";

const HELP: &str = "code needs no escapes: remove the backslashes";

pub(super) fn find(subject: &Subject<'_>, out: &mut Vec<Damage>) {
    let meant = subject.has(|language| language.holds_backslashes);
    if meant || memchr::memchr(b'\\', subject.text.as_bytes()).is_none() {
        return;
    }
    let mut edits = judged(subject);
    if edits.is_empty() {
        names(subject, &mut edits);
        match subject.family() {
            Some(Family::Shell) => shell(subject, &mut edits),
            Some(Family::Yaml) => scalars(subject, &mut edits),
            _ => {}
        }
        edits.sort_unstable();
        edits.dedup();
    }
    // A block without a language may be about escapes.
    let severity = if subject.is_known() { Severity::Error } else { Severity::Warning };
    out.extend(by_line(subject, edits, |first, edits| {
        let rest = &subject.text[first.start..];
        let len = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(first.start, first.start + len);
        let written = &rest[..len];
        let message =
            format!("the backslash in `{written}` is a Markdown escape that was left in code");
        Damage { kind: Kind::Escape, span, message, help: HELP, severity, edits }
    }));
}

/// The backslashes without which the block is valid in its language.
fn judged(subject: &Subject<'_>) -> Vec<(Span, &'static str)> {
    if !subject.is_broken() {
        return Vec::new();
    }
    let text = subject.text.as_bytes();
    let shell = subject.family() == Some(Family::Shell);
    let (mut outside, mut names, mut all, mut doubled) = (vec![], vec![], vec![], vec![]);
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'\\', &text[at..]) {
        let start = at + step;
        let edit = (Span::new(start, start + 1), "");
        let next = text.get(start + 1).copied().unwrap_or(b' ');
        at = start + 2;
        if next == b'\\' && text.get(start + 2) == Some(&b'"') {
            doubled.push(edit);
        }
        let mark = MARKS.contains(&next) || next == b'"' && !shell;
        if next == b'_' && is_content(subject, start) {
            continue;
        }
        if next == b'_' {
            names.push(edit);
        } else if mark && subject.part(start) == Part::Code {
            outside.push(edit);
        }
        if mark && !b"().+-|=:$".contains(&next) {
            all.push(edit);
        }
    }
    let mut both = [outside.as_slice(), &names].concat();
    both.sort_unstable();
    // Two escaped quotes enclose a string; a single one may be the end of a Windows path.
    let quotes = |edits: &[(Span, &str)]| {
        edits.iter().filter(|(span, _)| text.get(span.end) == Some(&b'"')).count()
    };
    if quotes(&both) % 2 == 1 {
        both.clear();
    }
    if quotes(&all) % 2 == 1 || outside.is_empty() && names.is_empty() {
        all.clear();
    }
    [names, both, all, doubled]
        .into_iter()
        .find(|edits| !edits.is_empty() && subject.is_fixed_by(&edited(subject.text, edits)))
        .unwrap_or_default()
}

/// `\_` in a name, a flag, a path or an address.
fn names(subject: &Subject<'_>, edits: &mut Vec<(Span, &'static str)>) {
    let text = subject.text;
    let latex = ["\\begin", "\\end{", "\\text", "\\math", "\\frac", "\\sum", "$$"];
    let mut places = memchr::memmem::find_iter(text.as_bytes(), b"\\_").peekable();
    if places.peek().is_none() || latex.iter().any(|word| text.contains(word)) {
        return;
    }
    let mut word = Span::default();
    let mut fits = false;
    for at in places {
        if at >= word.end {
            word = word_around(text, at);
            fits = is_name(&text[word.start..word.end]) && !is_content(subject, at);
        }
        let known = subject.is_known();
        if fits && (known || text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())) {
            edits.push((Span::new(at, at + 1), ""));
        }
        if edits.len() > MAX_NAMES {
            return;
        }
    }
}

/// The most names of one block that are checked.
const MAX_NAMES: usize = 1000;

/// The longest word that is checked, in bytes.
const MAX_WORD: usize = 400;

fn word_around(text: &str, at: usize) -> Span {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,;()[]{}<>|=".contains(byte);
    let bytes = text.as_bytes();
    let before = bytes[..at].iter().rev().take(MAX_WORD).take_while(|byte| !ends(byte)).count();
    let behind = bytes[at..].iter().take(MAX_WORD).take_while(|byte| !ends(byte)).count();
    Span::new(at - before, at + behind).clamped(text)
}

/// Whether a word is a name with `\_` for `_`: it has no other backslash, and is neither a pattern
/// nor a Windows path.
pub fn is_name(word: &str) -> bool {
    let plain = word.replace("\\_", "_");
    let drive =
        plain.starts_with(|c: char| c.is_ascii_alphabetic()) && plain[1..].starts_with(":_");
    let dots = plain.starts_with("._") || plain.starts_with(".._");
    let odd = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !"_-./:@%$#~&?".contains(c);
    plain.contains(|c: char| c.is_ascii_alphanumeric()) && !plain.contains(odd) && !drive && !dots
}

/// Whether a backslash is a part of what is written: in a string without escapes, or a pattern.
fn is_content(subject: &Subject<'_>, at: usize) -> bool {
    subject.is_raw(at) || is_pattern(subject, at)
}

/// Whether the line is about a pattern.
fn is_pattern(subject: &Subject<'_>, at: usize) -> bool {
    let line = subject.line(at);
    let before = &subject.text[line.start..at];
    match subject.family() {
        Some(Family::Shell) if subject.part(at) == Part::Code => {
            const PROGRAMS: &[&str] = &["sed", "grep", "egrep", "awk", "perl", "rg", "expr", "vim"];
            let command = before.rsplit(['|', ';', '&', '(']).next().unwrap_or("");
            return command.split_whitespace().any(|word| PROGRAMS.contains(&word));
        }
        Some(Family::Script) if subject.part(at) == Part::Code && in_regex(before) => return true,
        _ => {}
    }
    let line = subject.text[line.start..line.end].to_ascii_lowercase();
    ["regex", "pattern", "grep", "sed ", "awk ", " like ", "escape"]
        .iter()
        .any(|w| line.contains(w))
}

/// Whether a line up to a place opens a regular expression of JavaScript and does not close it.
fn in_regex(before: &str) -> bool {
    let (mut open, mut escaped) = (false, false);
    let mut last = '(';
    for c in before.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '/' if open => open = false,
            // After a value it divides.
            '/' => open = "(,=:[!&|?{};".contains(last),
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    open
}

/// Escapes that make no sense in a shell command.
fn shell(subject: &Subject<'_>, edits: &mut Vec<(Span, &'static str)>) {
    let mut start = 0;
    for line in subject.text.split_inclusive('\n') {
        if line.contains('\\') {
            let next = subject.text[start + line.len()..].chars().next();
            shell_line(subject, line, start, next, edits);
        }
        start += line.len();
    }
    json_arguments(subject, edits);
}

fn shell_line(
    subject: &Subject<'_>,
    line: &str,
    start: usize,
    next: Option<char>,
    edits: &mut Vec<(Span, &'static str)>,
) {
    let code = |at: usize| subject.part(start + at) == Part::Code;
    let mut remove = |at: usize| edits.push((Span::new(start + at, start + at + 1), ""));
    let words = line.trim_start();
    let indent = line.len() - words.len();
    let patterns = ["expr", "grep", "sed", "awk", "perl", "vim", "rg ", "ag ", "find", "printf"];
    let plain = !patterns.iter().any(|word| line.contains(word));
    if (words.starts_with("\\# ") || words.starts_with("\\$ ")) && code(indent) {
        remove(indent);
    }
    let content = line.trim_end_matches(['\n', ' ']);
    let goes_on = matches!(next, Some(' ' | '\t' | '-'));
    if content.ends_with(" \\\\") && goes_on && code(content.len() - 2) {
        remove(content.len() - 2);
    }
    for (at, _) in line.match_indices(" \\").take(40).filter(|(at, _)| plain && code(at + 1)) {
        let word = line[at + 1..].split([' ', '\n']).next().unwrap_or("");
        match word {
            "\\|" => remove(at + 1),
            "\\&\\&" | "\\|\\|" => {
                remove(at + 1);
                remove(at + 3);
            }
            _ => {
                let inner = word.strip_prefix("\\<").and_then(|rest| rest.strip_suffix("\\>"));
                let name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
                if inner.is_some_and(|inner| !inner.is_empty() && inner.chars().all(name)) {
                    remove(at + 1);
                    remove(at + 1 + word.len() - 2);
                }
            }
        }
    }
}

/// `'{\"a\": 1}'`: nothing is escaped in single quotes.
fn json_arguments(subject: &Subject<'_>, edits: &mut Vec<(Span, &'static str)>) {
    let bytes = subject.text.as_bytes();
    let mut at = 0;
    while let Some(step) = memchr::memmem::find(&bytes[at..], b"'{") {
        let start = at + step + 1;
        let Some(len) = memchr::memchr(b'\'', &bytes[start..]) else { return };
        at = start + len;
        let inner = &subject.text[start..at];
        if subject.part(start) != Part::Text || !inner.contains('\\') {
            continue;
        }
        let marks: Vec<(Span, &'static str)> = inner
            .match_indices(['\\'])
            .filter(|(at, _)| {
                inner[at + 1..].starts_with(|c: char| c == '"' || c == '_' || "{}[]".contains(c))
            })
            .map(|(at, _)| (Span::new(at, at + 1), ""))
            .collect();
        let json = crate::lang::judged("json");
        let verdict = |text: &str| json.map(|json| json.judge(text).verdict);
        if verdict(inner) == Some(Verdict::Broken)
            && verdict(&edited(inner, &marks)) == Some(Verdict::Valid)
        {
            edits.extend(marks.into_iter().map(|(span, with)| (span.shifted(start), with)));
        }
    }
}

/// YAML values and keys that begin and end with an escaped bracket or quote.
fn scalars(subject: &Subject<'_>, edits: &mut Vec<(Span, &'static str)>) {
    let pairs = [("\\[", "\\]"), ("\\{", "\\}"), ("\\\"", "\\\"")];
    let mut start = 0;
    for line in subject.text.split_inclusive('\n') {
        let value = line.find(": \\").map(|at| at + 2).or_else(|| {
            let words = line.trim_start_matches([' ', '-']);
            words.starts_with('\\').then_some(line.len() - words.len())
        });
        if let Some(at) = value.filter(|at| subject.part(start + at) == Part::Code) {
            let value = line[at..].trim_end();
            let pattern = |inner: &str| inner.contains(['\\', '*', '+', '?', '^', '$', '|']);
            let fits = |(open, close): &&(&str, &str)| {
                let inner = value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
                inner.is_some_and(|inner| !pattern(inner))
            };
            if pairs.iter().any(|pair| fits(&pair)) {
                let place = |at: usize| Span::new(start + at, start + at + 1);
                edits.push((place(at), ""));
                edits.push((place(at + value.len() - 2), ""));
            }
        }
        start += line.len();
    }
}
