//! Curly quotes where a language needs straight ones.

use super::{Damage, Kind, Part, Subject, by_line, edited};
use crate::diagnostic::Severity;
use crate::lang::{Family, Verdict};
use crate::source::Span;

const HELP: &str = "use straight quotes";

fn straight(quote: char) -> Option<&'static str> {
    match quote {
        '“' | '”' | '„' | '‟' => Some("\""),
        '‘' | '’' | '‚' | '‛' => Some("'"),
        _ => None,
    }
}

pub(super) fn find(subject: &Subject<'_>, out: &mut Vec<Damage>) {
    let text = subject.text;
    // All of them are U+2018 to U+201F.
    if memchr::memmem::find(text.as_bytes(), b"\xe2\x80").is_none()
        || subject.has(|language| language.takes_curly_quotes)
        || !subject.is_known()
    {
        return;
    }
    let code: Vec<(Span, &'static str)> = memchr::memmem::find_iter(text.as_bytes(), b"\xe2\x80")
        .filter_map(|at| {
            let quote = text[at..].chars().next()?;
            Some((Span::new(at, at + quote.len_utf8()), straight(quote)?))
        })
        .filter(|(span, _)| subject.part(span.start) == Part::Code)
        .take(super::MAX_PLACES)
        .collect();
    if code.is_empty() {
        return;
    }
    let fixed = subject.is_fixed_by(&edited(text, &code));
    let judged =
        subject.judgement.is_some_and(|one| !matches!(one.verdict, Verdict::NotChecked(_)));
    let edits: Vec<_> = match subject.family() {
        _ if fixed => code,
        Some(Family::Yaml | Family::Loose) => {
            code.chunks(2).filter(|pair| is_value(subject, pair)).flatten().copied().collect()
        }
        Some(Family::Shell) => {
            code.into_iter().filter(|(span, _)| is_in_command(subject, *span)).collect()
        }
        // An apostrophe belongs to prose in the block, for example after an unclosed fence.
        _ if judged => code
            .into_iter()
            .filter(|(span, _)| is_fault(subject, *span) && !is_apostrophe(text, *span))
            .collect(),
        // Between tags there is text.
        Some(Family::Script) if text.contains("</") => Vec::new(),
        Some(Family::Program | Family::Script) => {
            code.into_iter().filter(|(span, _)| !is_apostrophe(text, *span)).collect()
        }
        _ => Vec::new(),
    };
    out.extend(by_line(subject, edits, |span, edits| {
        let written = &text[span.start..span.end];
        let message = format!("`{written}` is a curly quote, which is not a quote in code");
        let line = subject.line(span.start);
        let line = &text[line.start..line.end];
        // A straight quote on the line could end the string early.
        let one_way = fixed || !edits.iter().any(|(_, with)| line.contains(with));
        let edits = if one_way { edits } else { Vec::new() };
        Damage { kind: Kind::Quote, span, message, help: HELP, severity: Severity::Error, edits }
    }));
}

/// Whether there is a syntax error at a quote on the line of this quote.
fn is_fault(subject: &Subject<'_>, span: Span) -> bool {
    let line = subject.line(span.start);
    let faults = subject.judgement.map_or(&[][..], |judgement| &judgement.faults);
    faults.iter().take(50).any(|fault| {
        let at = fault.span.clamped(subject.text);
        line.contains(Span::new(at.start, at.start))
            && subject.text[at.start..].chars().next().is_some_and(|c| straight(c).is_some())
    })
}

/// Whether there is a shell error on the line of this quote, or it is part of an argument.
fn is_in_command(subject: &Subject<'_>, span: Span) -> bool {
    let line = subject.line(span.start);
    let line = &subject.text[line.start..line.end];
    let value = ["=“", "=”", "=‘", "=’"].iter().any(|open| line.contains(open));
    // The output of programs has such quotes as well, but hardly after a flag.
    let argument = [" “", " ‘"].iter().any(|open| {
        line.match_indices(open).any(|(at, _)| {
            line[..at].split_whitespace().next_back().is_some_and(|word| word.starts_with('-'))
        })
    });
    value || argument || is_fault(subject, span)
}

fn is_apostrophe(text: &str, span: Span) -> bool {
    let letter = |c: char| c.is_alphabetic();
    text[..span.start].ends_with(letter) && text[span.end..].starts_with(letter)
}

/// Whether two quotes enclose exactly a value: `key: “value”`.
fn is_value(subject: &Subject<'_>, pair: &[(Span, &'static str)]) -> bool {
    let [(open, with), (close, other)] = pair else { return false };
    let line = subject.line(open.start);
    if with != other || !line.contains(*close) {
        return false;
    }
    let before = subject.text[line.start..open.start].trim_end();
    let behind = subject.text[close.end..line.end].trim();
    let inner = &subject.text[open.end..close.start];
    // The quotes of a sentence may be part of the text.
    let sentence = !inner.is_ascii() || inner.ends_with(['.', '!', '?']);
    let opens = before.is_empty() || before.ends_with([':', '-', '=', '[', ',', '{']);
    let closes = behind.is_empty() || behind.starts_with([',', ']', '}', ':', '#']);
    opens && closes && !sentence && !(before.is_empty() && behind.is_empty())
}
