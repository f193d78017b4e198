//! Changes that may correct a near miss, most likely first.

use std::borrow::Cow;

use crate::character_damage::line;
use crate::lang::{NearMiss, Repair};
use crate::source::{Span, line_start};

/// A change of a text, and the kind of mistake that it corrects.
pub(super) struct Correction {
    pub span: Span,
    pub text: Cow<'static, str>,
    pub kind: &'static str,
}

/// Changes that may correct a text with a syntax error at a place, most likely first.
pub(super) fn corrections(language: &NearMiss, text: &str, fault: Span) -> Vec<Correction> {
    let mut found = Vec::new();
    separators(language, text, fault, &mut found);
    replaced(language, text, fault, &mut found);
    brackets(text, &mut found);
    quotes(text, fault, &mut found);
    ends(text, language.closers, &mut found);
    for keyword in language.keywords {
        let places = text.match_indices(keyword).take(8);
        found.extend(places.map(|(at, _)| insert(at, ";", ";")));
    }
    for repair in language.repairs {
        match repair {
            Repair::Indent => indentation(text, fault, &mut found),
            Repair::QuotePlainValue => value_in_quotes(text, fault, &mut found),
            Repair::QuoteWord => word_in_quotes(text, fault, &mut found),
            Repair::QuoteValueUnlessTypes if names_types(text) => {}
            Repair::QuoteValueUnlessTypes => word_in_quotes(text, fault, &mut found),
            Repair::CloseElements => tags(text, &mut found),
        }
    }
    // The text there may be superfluous. A colon in a plain value makes it prose.
    let mark = text[fault.start..].chars().next();
    if mark.is_some_and(|c| ",;:=\\".contains(c) && (c != ':' || !language.colon_in_words)) {
        found.push(put(Span::new(fault.start, fault.start + 1), "", "too much"));
    }
    found
}

fn put(span: Span, text: &'static str, kind: &'static str) -> Correction {
    Correction { span, text: Cow::Borrowed(text), kind }
}

fn insert(at: usize, text: &'static str, kind: &'static str) -> Correction {
    put(Span::new(at, at), text, kind)
}

/// Something is missing between two words: before the error, or after the word before it.
fn separators(language: &NearMiss, text: &str, fault: Span, found: &mut Vec<Correction>) {
    let in_brackets = text[..fault.start].contains(['[', '{']);
    let marks = if in_brackets { language.separators_in_brackets } else { language.separators };
    let before = text[..fault.start].trim_end().len();
    let line = text[..fault.start].rfind('\n').map_or(0, |at| text[..at].trim_end().len());
    let mut places = vec![fault.start, before, line];
    places.dedup();
    // After a colon a value is missing, which no punctuation can replace.
    places.retain(|&at| !text[..at].ends_with(':'));
    for mark in marks {
        let apart =
            |at: usize| !language.colon_in_words || text[at..].starts_with(char::is_whitespace);
        let places = places.iter().filter(|&&at| *mark != ":" || apart(at));
        found.extend(places.map(|&at| insert(at, mark, mark)));
    }
    if language.blanks {
        found.push(insert(fault.start, " ", " "));
        found.push(insert(fault.start, "\n", "\n"));
    }
}

/// The wrong punctuation is used.
fn replaced(language: &NearMiss, text: &str, fault: Span, found: &mut Vec<Correction>) {
    let mark = Span::new(fault.start, fault.start + 1);
    let written = text.as_bytes().get(fault.start);
    let swaps = language.swaps.iter().filter(|(wrong, ..)| Some(wrong) == written);
    found.extend(swaps.map(|&(_, right, kind)| put(mark, right, kind)));
    // A backslash that should have been doubled.
    let near = Span::new(fault.start.saturating_sub(2), fault.start + 2).clamped(text);
    if let Some(step) = text[near.start..near.end].rfind('\\') {
        found.push(insert(near.start + step, "\\", "\\"));
    }
    if language.lines_of_yaml {
        let around = line(text, fault.start);
        let row = &text[around.start..around.end];
        if let Some((key, value)) = row.split_once(": ") {
            let value = value.trim().trim_matches('"');
            let text = format!("{key} = \"{value}\"").into();
            found.push(Correction { span: around, text, kind: "a line of YAML" });
        }
    }
}

/// A bracket has no partner: that is missing at the end or start of a line, or the bracket is
/// superfluous.
fn brackets(text: &str, found: &mut Vec<Correction>) {
    let count = |bracket: &str| text.matches(bracket).count();
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}")] {
        let kind = close;
        let (opened, closed) = (count(open), count(close));
        if opened > closed {
            ends_of_lines(text, close, kind, found);
        } else if closed > opened {
            starts_and_ends(text, open, kind, found);
        }
        let single = opened.abs_diff(closed) == 1;
        let many = if opened > closed { open } else { close };
        if single {
            let places = text.match_indices(many).take(40);
            found.extend(places.map(|(at, _)| put(Span::new(at, at + 1), "", kind)));
        }
    }
    swapped(text, found);
    // A text that was cut off lacks all closing brackets.
    let missing = unclosed(text);
    if missing.len() > 1 {
        let end = text.trim_end().len();
        for before in ["", ": 0", " 0"] {
            let missing = missing.replacen('"', &format!("\"{before}"), 1);
            let missing =
                if missing.starts_with('"') { missing } else { [before, &missing].concat() };
            found.push(Correction { span: Span::new(end, end), text: missing.into(), kind: "cut" });
        }
    }
}

/// A bracket is closed by one of another kind.
fn swapped(text: &str, found: &mut Vec<Correction>) {
    const PAIRS: [(char, char, &str); 3] = [('(', ')', ")"), ('[', ']', "]"), ('{', '}', "}")];
    let lacks = |&(open, close, _): &(char, char, &str)| {
        text.matches(open).count().cmp(&text.matches(close).count())
    };
    for (_, _, right) in PAIRS.iter().filter(|pair| lacks(pair).is_gt()) {
        for (_, wrong, _) in PAIRS.iter().filter(|pair| lacks(pair).is_lt()) {
            let places = text.match_indices(*wrong).take(20);
            found.extend(places.map(|(at, _)| put(Span::new(at, at + 1), right, "swapped")));
        }
    }
    // Two that changed places: `[{]}`.
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some((_, _, close)) = PAIRS.iter().find(|pair| pair.0 == c) {
            open.push(*close);
        } else if PAIRS.iter().any(|pair| pair.1 == c)
            && let Some(right) = open.pop()
            && !right.starts_with(c)
        {
            found.push(put(Span::new(at, at + 1), right, "swapped"));
            return;
        }
    }
}

/// The closing quote and brackets that a text lacks, innermost first.
fn unclosed(text: &str) -> String {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '"' if open.last() == Some(&'"') => drop(open.pop()),
            '"' => open.push('"'),
            _ if open.last() == Some(&'"') => {}
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.last() == Some(&c) => drop(open.pop()),
            _ => {}
        }
    }
    open.iter().rev().collect()
}

fn ends_of_lines(text: &str, mark: &'static str, kind: &'static str, found: &mut Vec<Correction>) {
    let mut at = 0;
    let mut places = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        let bare = at + line.trim_end().trim_end_matches([',', ';', ':', '{']).trim_end().len();
        places.extend([end, bare]);
        // A call within a line: try before each bracket or punctuation.
        let marks = line.match_indices([',', ')', ']', '}', ';']).map(|(step, _)| at + step);
        places.extend(marks.take(8));
        at += line.len();
    }
    places.sort_unstable();
    places.dedup();
    // The place of the missing bracket is mostly near the end.
    found.extend(places.into_iter().rev().take(60).map(|at| insert(at, mark, kind)));
}

fn starts_and_ends(
    text: &str,
    mark: &'static str,
    kind: &'static str,
    found: &mut Vec<Correction>,
) {
    let mut at = 0;
    let mut places = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let end = at + line.trim_end().len();
        places.extend([start.min(end), end]);
        // Behind a name, a colon or an equals sign.
        let marks = line.match_indices([' ', ':', '=', '(', '[', '{', '"']);
        places.extend(marks.map(|(step, _)| at + step + 1).take(12));
        at += line.len();
    }
    places.sort_unstable();
    places.dedup();
    places.retain(|&at| text.is_char_boundary(at));
    found.extend(places.into_iter().take(80).map(|at| insert(at, mark, kind)));
}

/// A quote has no partner.
fn quotes(text: &str, fault: Span, found: &mut Vec<Correction>) {
    let around = line(text, fault.start);
    for quote in ["\"", "'", "`"] {
        if text.matches(quote).count().is_multiple_of(2) {
            continue;
        }
        let mut at = 0;
        for row in text.split_inclusive('\n') {
            let near = at == around.start;
            if near || !row.matches(quote).count().is_multiple_of(2) {
                let edges = edges(row.trim_end()).into_iter().take(60);
                found.extend(edges.map(|step| insert(at + step, quote, quote)));
                let marks = row.match_indices(quote).map(|(step, _)| at + step).take(20);
                found.extend(marks.map(|at| put(Span::new(at, at + 1), "", "quote")));
            }
            at += row.len();
        }
    }
}

/// The starts and ends of the words of a line, the end of the line first.
fn edges(line: &str) -> Vec<usize> {
    let mut found = vec![line.len()];
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        if word(c) != word(last) || !word(c) {
            found.push(at);
        }
        last = c;
    }
    found
}

/// A line, with the deeper lines below it, is indented too much or too little.
fn indentation(text: &str, fault: Span, found: &mut Vec<Correction>) {
    let around = line(text, fault.start);
    let above = text[..around.start].trim_end();
    for start in [around.start, line_start(above, above.len())] {
        let row = &text[start..];
        let indent = row.len() - row.trim_start_matches(' ').len();
        let mut end = start;
        for (number, line) in row.split_inclusive('\n').enumerate() {
            let deep = line.len() - line.trim_start_matches(' ').len();
            if number > 0 && !line.trim().is_empty() && deep < indent {
                break;
            }
            end += line.len();
            let body = &text[start..end];
            if number > 0 && number < 12 && end < text.len() && deep > indent {
                continue;
            }
            for by in [-1i32, 1, -2, 2, -3, 3, -4, 4] {
                let moved: Option<String> =
                    body.split_inclusive('\n').map(|line| shifted(line, by)).collect();
                let span = Span::new(start, end);
                found.extend(moved.map(|moved| Correction {
                    span,
                    text: moved.into(),
                    kind: "indent",
                }));
            }
            if number >= 12 {
                break;
            }
        }
    }
}

fn shifted(line: &str, by: i32) -> Option<String> {
    if line.trim().is_empty() {
        return Some(line.to_owned());
    }
    let blanks = by.unsigned_abs() as usize;
    if by > 0 {
        return Some([&" ".repeat(blanks), line].concat());
    }
    line.get(..blanks).filter(|cut| cut.trim().is_empty()).map(|_| line[blanks..].to_owned())
}

/// The most words of a value; more are a sentence about it.
const MAX_WORDS: usize = 5;

/// A plain value of YAML contains punctuation that needs quotes.
fn value_in_quotes(text: &str, fault: Span, found: &mut Vec<Correction>) {
    let around = line(text, fault.start);
    let row = &text[around.start..around.end];
    let mark = row.find(": ").map(|at| at + 2).or_else(|| row.find("- ").map(|at| at + 2));
    let Some(step) = mark else { return };
    let value = row[step..].trim();
    let start = around.start + step + (row[step..].len() - row[step..].trim_start().len());
    // Scripts without spaces have words too.
    let others = value.chars().filter(|c| !c.is_ascii()).count() / 4;
    if value.split_whitespace().count() + others <= MAX_WORDS && !value.contains('\'') {
        let span = Span::new(start, start + value.len());
        found.push(Correction { span, text: format!("'{value}'").into(), kind: "value" });
    }
}

/// A word that needs quotes. Constants in capitals are placeholders.
fn word_in_quotes(text: &str, fault: Span, found: &mut Vec<Correction>) {
    let around = line(text, fault.start);
    let rest = &text[fault.start..around.end];
    let part = |c: char| c.is_alphanumeric() || "_-./:@".contains(c);
    let word = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
    if !word.is_empty() && word.contains(char::is_lowercase) {
        let span = Span::new(fault.start, fault.start + word.len());
        found.push(Correction { span, text: format!("\"{word}\"").into(), kind: "value" });
    }
}

/// Whether type names are used in place of values; then other words may be as well.
fn names_types(text: &str) -> bool {
    const TYPES: &[&str] = &[
        "any", "array", "bool", "boolean", "float", "int", "integer", "number", "object", "string",
    ];
    text.split(':').skip(1).any(|value| {
        let value = value.trim_start().trim_start_matches('[');
        let word = value.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        TYPES.contains(&word.to_ascii_lowercase().as_str())
    })
}

/// Keywords that close an open construct.
fn ends(text: &str, words: &[&'static str], found: &mut Vec<Correction>) {
    let end = text.trim_end().len();
    found.extend(words.iter().map(|word| insert(end, word, word)));
}

/// XML tags that are opened more often than they are closed.
fn tags(text: &str, found: &mut Vec<Correction>) {
    let mut names: Vec<&str> = text
        .match_indices('<')
        .filter_map(|(at, _)| {
            let rest = &text[at + 1..];
            let end = rest.find(|c: char| c.is_whitespace() || "/>".contains(c))?;
            Some(&rest[..end]).filter(|name| name.starts_with(char::is_alphabetic))
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names.into_iter().take(20) {
        let close = format!("</{name}>");
        let opened = text.matches(&format!("<{name}")).count();
        if opened <= text.matches(&close).count() {
            continue;
        }
        let mut at = 0;
        for line in text.split_inclusive('\n').take(40) {
            let end = at + line.trim_end().len();
            let span = Span::new(end, end);
            found.push(Correction { span, text: close.clone().into(), kind: "tag" });
            at += line.len();
        }
    }
}
