//! Invisible characters, where they break code, links or words.

use crate::character_damage::{Kind, flag_dash, flag_hyphens, hyphens_help, name_of};
use crate::diagnostic::{Finding, Safety, Severity};
use crate::markdown::destination::split;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::{Prose, code_spans, fix, mentions, report};

/// The rule.
pub static RULE: Rule = Rule {
    name: "invisible-character",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/invisible-character.md"),
    check: Check::Page(check),
};

/// Words of a text that contains such a character on purpose.
const ABOUT: &[&str] = &[
    "trojan source",
    "bidi",
    "right-to-left override",
    "u+20",
    "\\u20",
    "zero-width",
    "zero width",
];

const REMOVE: &str = "remove the character";

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    if text.is_ascii() {
        return;
    }
    let mut found = Vec::new();
    report(context, Kind::Invisible, "write the plain character", &mut found);
    spans(context, &mut found);
    destinations(context, &mut found);
    prose(context, &mut found);
    found.retain(|finding| !mentions(text, finding.span, ABOUT));
    out.append(&mut found);
}

/// Invisible characters in code spans, which readers copy.
fn spans(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for code in code_spans(context).filter(|code| !code.text.is_ascii()) {
        let text = &context.text()[code.span.start..code.span.end];
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let start = code.span.start + at;
            if matches!(c, '–' | '—') {
                let Some(len) = flag_dash(text, at) else { continue };
                let dashes = Span::new(at, at + len);
                let span = Span::new(start, start + len);
                let written = &text[at..at + len];
                let message = format!(
                    "a flag begins with the dash `{written}`, which programs do not accept as hyphens"
                );
                let with = flag_hyphens(text, dashes);
                let finding = Finding::new(context.path(), span, message).help(hyphens_help(with));
                out.push(match with {
                    Some(with) => finding.fix(fix(
                        context,
                        "write hyphens",
                        Safety::Safe,
                        [(span, with.to_owned())],
                    )),
                    None => finding,
                });
                break;
            }
            let Some(name) = name_of(c) else { continue };
            let space = matches!(c, '\u{a0}' | '\u{202f}');
            let inner = text.trim_matches('`');
            let word = |c: char| c.is_ascii_alphanumeric() || space && c.is_ascii_graphic();
            let before = text[..at].ends_with(|c| word(c) && c != '`');
            let behind = &text[at + c.len_utf8()..];
            let behind = behind.starts_with(|c| (word(c) || c == '-') && c != '`');
            // In a span of one or two characters they may be the example itself.
            if !before || !behind || inner.chars().count() < 3 {
                continue;
            }
            let span = Span::new(start, start + c.len_utf8());
            let message = format!("{name} (U+{:04X}) is invisible in this code span", c as u32);
            // A no-break space is often used to keep a command on one line.
            let severity = if space { Severity::Warning } else { Severity::Error };
            let with = if space { " " } else { "" };
            out.push(
                Finding::new(context.path(), span, message)
                    .help("readers who copy the code copy it too")
                    .severity(severity)
                    .fix(fix(
                        context,
                        "write the plain character",
                        Safety::Safe,
                        [(span, with.to_owned())],
                    )),
            );
            break;
        }
    }
}

/// Invisible characters in link destinations, which make them other addresses.
fn destinations(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for link in &context.facts().links {
        let (path, query, _) = split(&link.dest);
        let address = &link.dest[..path.len() + query.len()];
        let hidden = |c: char| matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
        let at = address.char_indices().find(|&(at, c)| {
            hidden(c) && address[at + c.len_utf8()..].chars().next().is_none_or(|c| c.is_ascii())
        });
        let escaped = ["%E2%80%8B", "%e2%80%8b", "%EF%BB%BF"].iter().any(|e| address.contains(e));
        if at.is_none() && !escaped {
            continue;
        }
        let message = "this address contains an invisible character";
        out.push(
            Finding::new(context.path(), link.span, message)
                .help("remove it: with it, this is a different address"),
        );
    }
}

/// Invisible characters in prose, if they do harm.
fn prose(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let mut prose = None;
    for at in memchr::memchr3_iter(0xc2, 0xe2, 0xef, text.as_bytes()) {
        let Some(c) = text[at..].chars().next() else { continue };
        if name_of(c).is_none() {
            continue;
        }
        if !prose.get_or_insert_with(|| Prose::new(context)).covers(at) {
            continue;
        }
        out.extend(seen_in_prose(context, at, c));
        if out.len() > 200 {
            return;
        }
    }
}

fn seen_in_prose(context: &PageContext<'_>, at: usize, c: char) -> Option<Finding> {
    let text = context.text();
    // Only the `#` of a heading before it matter.
    let near = Span::new(at.saturating_sub(40), at).clamped(text);
    let before = text[near.start..at].rsplit('\n').next().unwrap_or_default();
    let behind = &text[at + c.len_utf8()..];
    let span = Span::new(at, at + c.len_utf8());
    let code = format!("U+{:04X}", c as u32);
    let finding = |message: String| Finding::new(context.path(), span, message);
    let hashes = before.trim_start();
    let heading = |marks: &str| (1..=6).contains(&marks.len()) && marks.bytes().all(|b| b == b'#');
    match c {
        '\u{202d}' | '\u{202e}' => Some(
            finding(format!("{code} changes the direction of the text after it"))
                .help("remove it: readers see the letters in a different order than programs"),
        ),
        '\u{a0}' | '\u{202f}' | '\u{2003}' | '\u{2002}' if heading(hashes) => Some(
            finding(format!("{code} after `{hashes}` is not a space, so this is not a heading"))
                .help("use a plain space")
                .fix(fix(context, "use a plain space", Safety::Safe, [(span, " ".to_owned())])),
        ),
        '\u{200b}' | '\u{feff}' | '\u{2060}' if hashes.is_empty() => {
            let marks = behind.trim_start_matches('#');
            let len = behind.len() - marks.len();
            ((1..=6).contains(&len) && marks.starts_with(' ')).then(|| {
                finding(format!(
                    "{code} before `{}` prevents this from being a heading",
                    &behind[..len]
                ))
                .help("remove it")
                .fix(fix(context, REMOVE, Safety::Safe, [(span, String::new())]))
            })
        }
        '\u{200b}' | '\u{feff}' | '\u{2060}' => {
            let letter = |c: char| c.is_ascii_alphanumeric();
            (before.ends_with(letter) && behind.starts_with(letter)).then(|| {
                finding(format!("{code} is invisible in this word"))
                    .help("remove it: searches do not find the word with it")
                    .severity(Severity::Warning)
                    .fix(fix(context, REMOVE, Safety::Safe, [(span, String::new())]))
            })
        }
        _ => None,
    }
}
