//! TOML, including templates and placeholders.

use super::{
    Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, NearMiss, Repair, Strings,
    Verdict, fill, templates,
};
use crate::data::{elisions, toml};
use crate::source::{Span, line_at};

pub(super) static LANGUAGE: Language = Language {
    family: Family::Toml,
    comments: Comments::HASH,
    strings: Some(Strings { literal: b"'", ..Strings::PLAIN }),
    holds_markup: false,
    closes_brackets: true,
    near_miss: Some(NearMiss {
        separators: &["=", ","],
        separators_in_brackets: &["=", ","],
        swaps: &[(b':', "=", ": for =")],
        lines_of_yaml: true,
        repairs: &[Repair::QuoteWord],
        ..NearMiss::WORDS
    }),
    judge: Some(judge),
    ..Language::new(&["toml"])
};

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    let (node, faults) = toml::parse_recovering(text);
    if let (Some(node), true) = (node, faults.is_empty()) {
        return Judgement::new(Verdict::Valid, Content::Data(vec![node]));
    }
    // What stands for something else is no fault, whatever else is wrong: from here on the filled
    // text is read, whose places are the same.
    let filled = filled(text);
    let (node, faults) = toml::parse_recovering(&filled);
    if let (Some(node), true) = (node, faults.is_empty()) {
        return Judgement::new(Verdict::Elision, Content::Data(vec![node]));
    }
    // Alternatives repeat keys or tables; each is parsed as a document.
    let parts = apart(&filled);
    let repeats = faults.first().is_some_and(is_repeat);
    if repeats && parts.len() > 1 && parts.iter().all(|part| is_document(part)) {
        return Judgement::new(Verdict::Several, Content::Opaque);
    }
    let (repeats, others): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(is_repeat);
    let repeats = repeats.into_iter().take(MAX_REPEATS).filter(|fault| {
        !is_choice(text, fault.span) && !is_listed(text, fault.span) && !is_extended(fault)
    });
    let repeats = repeats.map(|fault| repeated(text, fault)).collect();
    if others.is_empty() {
        return Judgement::new(Verdict::Valid, Content::Opaque).with_repeats(repeats);
    }
    Judgement::broken(by_place(text, others)).with_repeats(repeats)
}

/// The first fault of each run of faults on lines that follow one another: once the parser is lost,
/// it complains about all that comes next.
fn by_place(text: &str, mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.span.start);
    let mut last: Option<Span> = None;
    faults.retain(|fault| {
        // A line may be long, and have many.
        if last.is_some_and(|last| fault.span.start <= last.end) {
            return false;
        }
        let line = line_at(text, fault.span.start);
        let lost = last.is_some_and(|last| line.start <= last.end + 1);
        last = Some(line);
        !lost
    });
    faults
}

/// Whether a part is a document, apart from keys that follow one another as alternatives.
fn is_document(part: &str) -> bool {
    toml::parse_recovering(part)
        .1
        .iter()
        .take(MAX_REPEATS)
        .all(|fault| is_extended(fault) || is_repeat(fault) && is_listed(part, fault.span))
}

/// The most repeated keys of a block that are looked at.
const MAX_REPEATS: usize = 200;

fn is_repeat(fault: &Fault) -> bool {
    fault.message.contains("duplicate key") || is_extended(fault)
}

/// Whether a key is a value and a table at once, `a = 1` and `a.b = 2`: nobody means both, so that
/// they are alternatives.
fn is_extended(fault: &Fault) -> bool {
    fault.message.starts_with("cannot extend value")
}

/// Whether a key is repeated on lines that follow one another, with a comment above that speaks of
/// all of them.
fn is_listed(text: &str, again: Span) -> bool {
    // Nobody has the choice between more.
    const MOST: usize = 20;
    let key = &text[again.start..again.end];
    let own = |line: &str| line.split('=').next().is_some_and(|name| name.trim() == key);
    let mut above =
        text[..line_at(text, again.start).start].lines().rev().map(str::trim).take(MOST);
    let comment = above.find(|line| !own(line)).is_some_and(|line| line.starts_with('#'));
    // Lines with other keys behind them are one table.
    let mut below = text[again.end..].lines().skip(1).map(str::trim).take(MOST);
    let below = below.find(|line| !own(line));
    comment && below.is_none_or(|line| line.is_empty() || line.starts_with(['#', '[']))
}

/// Whether the line before has the same key, with a comment that says when to choose it.
fn is_choice(text: &str, again: Span) -> bool {
    let key = &text[again.start..again.end];
    let line = text[..again.start].rfind('\n').unwrap_or(0);
    let before = text[..line].rsplit('\n').next().unwrap_or_default().trim_start();
    let same = before.split('=').next().is_some_and(|name| {
        name.trim() == key || {
            let last = name.trim().rsplit('.').next();
            last == Some(key)
        }
    });
    same && before.match_indices(" #").any(|(at, _)| {
        let quotes = before[..at].bytes().filter(|byte| *byte == b'"').count();
        quotes % 2 == 0
    })
}

/// The fault of a repeated key, with docgen's message.
fn repeated(text: &str, fault: Fault) -> Fault {
    let key = &text[fault.span.start..fault.span.end];
    Fault::new(fault.span, format!("the key `{key}` is already in this table"))
        .help("TOML readers refuse it: remove one")
}

/// The parts between blank lines and lines that hold only a comment.
fn apart(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if (content.is_empty() || content.starts_with('#')) && !text[start..at].trim().is_empty() {
            parts.push(&text[start..at]);
            start = at;
        }
        at += line.len();
    }
    parts.push(&text[start..]);
    parts
}

/// The text with digits in place of templates, placeholders and dots: digits are valid as a key, as
/// a value and inside strings.
fn filled(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in templates(text) {
        fill(&mut bytes, span, b'1');
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let tags = words.starts_with("{%") || words.starts_with("{{") && words.ends_with("}}");
        let indent = line.len() - line.trim_start().len();
        // Front matter is shown with its delimiters.
        if words == "+++" || tags || elisions::mark(text, start + indent).is_some() {
            fill(&mut bytes, Span::new(start, start + line.len()), b' ');
        } else if words.starts_with('[') && !line.contains('=') {
            // `[tools.<name>]`
            let mut from = 0;
            while let Some(open) = line[from..].find('<').map(|at| from + at) {
                let Some(len) = line[open..].find('>') else { break };
                fill(&mut bytes, Span::new(start + open, start + open + len + 1), b'1');
                from = open + len + 1;
            }
        } else if let Some((_, value)) = line.split_once('=') {
            let at = start + line.len() - value.trim_start().len();
            let value = value.trim();
            let placeholder = value.starts_with('<') && value.ends_with('>');
            let variable = value.strip_prefix('$').is_some_and(|name| {
                name.chars().all(|c| c.is_ascii_alphanumeric() || "_{}".contains(c))
            });
            if placeholder || variable || matches!(value, "..." | "…") {
                fill(&mut bytes, Span::new(at, at + value.len()), b'1');
            }
        }
        start += line.len();
    }
    dots_in_brackets(text, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Fills dots that stand for more of a list or of an inline table: `[1, ...]`, `{ a = 1, ... }`.
fn dots_in_brackets(text: &str, bytes: &mut [u8]) {
    // What is open, and the number of dots that are keys of it.
    let mut open: Vec<u8> = Vec::new();
    let (mut at, mut quote, mut number) = (0, None, 0usize);
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'\\' if quote == Some(b'"') => at += 1,
            b'\n' => quote = None,
            _ if quote.is_some() => quote = quote.filter(|&quote| quote != byte),
            b'"' | b'\'' => quote = Some(byte),
            b'#' => {
                at = text[at..].find('\n').map_or(bytes.len(), |len| at + len);
                continue;
            }
            b'[' | b'{' => open.push(byte),
            b']' | b'}' => drop(open.pop()),
            _ => {}
        }
        let dots = text.get(at..).filter(|rest| rest.starts_with("...") || rest.starts_with('…'));
        if let (Some(rest), None, Some(&bracket)) = (dots, quote, open.last()) {
            let len = rest.len() - rest.trim_start_matches(['.', '…']).len();
            let behind = rest[len..].trim_start();
            if behind.starts_with([',', ']', '}', '#']) {
                // `{ ... }` is any table, and keys of one table differ.
                let span = Span::new(at, at + len);
                fill(bytes, span, b'1');
                if bracket == b'{' && len >= 3 {
                    bytes[at + 1] = b'=';
                    bytes[at] = b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
                    number += 1;
                }
            }
            at += len;
            continue;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("a = 1\n[b]\nc = [1]\n", Valid),
            ("a = <number>\n", Elision),
            ("a = {{ x }}\n...\n", Elision),
            ("[tools.<name>]\na = 1\n", Elision),
            ("+++\na = 1\n+++\n", Elision),
            ("a = 1\n\na = 2\n", Several),
            ("a = 1\na.b = 2\n\n[c.<name>]\nd = 1\n", Several),
            ("[<a>]\nb = 1\n\n[<a>]\nb = ...\n", Several),
            ("# one\na = 1\na = 2\n\n# two\na = 3\n", Several),
            ("a = [1, ...]\nb = { c = 1, ... }\nd = {...}\n", Elision),
            ("a = { ..., b = 1, ... }\nc = [\n  1, # ...\n  ...\n]\n", Elision),
            ("a = \"...\"\nb = $C\n", Elision),
            ("a = 1\n.\n.\n.\n[snip]\nb = 2\n", Elision),
            ("a = \"\\.\"\n", Broken),
            ("a = [1, ...\nb = 2\n", Broken),
            ("a = 1\na = 2\n", Valid),
            ("a = <x>\nb = [1, 2\n", Broken),
            ("a = \n", Broken),
        ];
        for (text, verdict) in cases {
            assert_eq!(judge(text).verdict, verdict, "{text}");
        }
    }

    #[test]
    fn one_place_is_one_fault() {
        for (text, places) in [
            ("a = <x>\nb = [1, 2\n", &[17][..]),
            ("a = [1, 2}\n", &[9]),
            ("a = [1, 2\nb = 3\n", &[10]),
            ("a = \n\nb = 1\n\nc = \"x\n", &[4, 19]),
            ("[a.<b>]\nc = <d>\ne = \n", &[20]),
        ] {
            let found: Vec<usize> = judge(text).faults.iter().map(|one| one.span.start).collect();
            assert_eq!(found, places, "{text}");
        }
    }

    #[test]
    fn alternatives_are_told_from_repetitions() {
        for (text, count) in [
            ("a = 1\na = 2\n", 1),
            ("# one\na = 1\na = 2\n", 0),
            ("# one\na = 1\na = 2\nb = 3\n", 1),
            ("# one\na = 1\nb = 2\na = 3\n", 1),
            ("a = 1\na.b = 2\n", 0),
        ] {
            assert_eq!(judge(text).repeats.len(), count, "{text}");
        }
    }
}
