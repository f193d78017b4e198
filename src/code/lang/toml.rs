//! TOML, including templates and placeholders.

use super::{
    Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, NearMiss, Repair, Strings,
    Verdict, fill, templates,
};
use crate::data::toml;
use crate::source::Span;

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
    let filled = filled(text);
    if filled != text
        && let Ok(node) = toml::parse(&filled)
    {
        return Judgement::new(Verdict::Elision, Content::Data(vec![node]));
    }
    // Alternatives repeat keys or tables; each is parsed as a document.
    let parts = apart(&filled);
    let repeats = faults.first().is_some_and(is_repeat);
    if repeats && parts.len() > 1 && parts.iter().all(|part| toml::parse(part).is_ok()) {
        return Judgement::new(Verdict::Several, Content::Opaque);
    }
    let (repeats, others): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(is_repeat);
    let repeats = repeats.into_iter().filter(|fault| !is_choice(text, fault.span));
    let repeats = repeats.map(|fault| repeated(text, fault)).collect();
    if others.is_empty() {
        return Judgement::new(Verdict::Valid, Content::Opaque).with_repeats(repeats);
    }
    Judgement::broken(others).with_repeats(repeats)
}

fn is_repeat(fault: &Fault) -> bool {
    fault.message.contains("duplicate key")
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
        // Front matter is shown with its delimiters.
        if matches!(words, "..." | "…" | "+++") || tags {
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
            if placeholder || matches!(value, "..." | "…") {
                fill(&mut bytes, Span::new(at, at + value.len()), b'1');
            }
        }
        start += line.len();
    }
    String::from_utf8_lossy(&bytes).replace("[...]", "[   ]")
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
            ("a = 1\na = 2\n", Valid),
            ("a = <x>\nb = [1, 2\n", Broken),
            ("a = \n", Broken),
        ];
        for (text, verdict) in cases {
            assert_eq!(judge(text).verdict, verdict, "{text}");
        }
    }
}
