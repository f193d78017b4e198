//! UTF-8 text that was decoded as Latin-1 or Windows-1252, and characters that were lost.

use crate::character_damage::line;
use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::{fix, mentions, short};

/// The rule.
pub static RULE: Rule = Rule {
    name: "mojibake",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/mojibake.md"),
    check: Check::Page(check),
};

/// Words of a text that shows such damage on purpose.
const ABOUT: &[&str] = &[
    "mojibake",
    "encoding",
    "utf-8",
    "utf8",
    "latin-1",
    "latin1",
    "iso-8859",
    "windows-1252",
    "cp1252",
    "charset",
    "garbled",
    "replacement char",
    "u+fffd",
    "\\ufffd",
    "decode",
    "unicode",
];

/// The number of findings reported on one page.
const MAX_FINDINGS: usize = 50;

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    if text.is_ascii() {
        return;
    }
    let mut end = 0;
    // A wrongly decoded sequence begins with one of U+00C2 to U+00F4.
    for at in memchr::memchr_iter(0xc3, text.as_bytes()) {
        if at < end {
            continue;
        }
        let Some((len, meant)) = wrong(text, at) else { continue };
        let span = Span::new(at, at + len);
        end = span.end;
        if mentions(text, span, ABOUT) {
            continue;
        }
        let message = format!(
            "`{}` should be `{}`: it was decoded with the wrong encoding",
            short(&text[at..end]),
            short(&meant)
        );
        out.push(
            Finding::new(context.path(), span, message)
                .help("UTF-8 was decoded as Windows-1252: restore the characters")
                .fix(fix(context, "decode it", Safety::Safe, [(span, meant)])),
        );
        if out.len() == MAX_FINDINGS {
            return;
        }
    }
    lost(context, out);
}

/// Characters that were lost and replaced by U+FFFD.
fn lost(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let mut end = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}") {
        if at < end {
            continue;
        }
        let rest = &text[at..];
        end = at + rest.len() - rest.trim_start_matches('\u{fffd}').len();
        let letter = |c: char| c.is_alphanumeric();
        let inside = text[..at].ends_with(letter) || text[end..].starts_with(letter);
        let span = Span::new(at, end);
        let here = line(text, at);
        // The output of a program may contain one, and so may a text about it.
        let code = context.facts().code.iter().any(|code| code.span.contains(span));
        let quoted = text[here.start..at].contains('`');
        if code || quoted || !inside && end - at < 6 || mentions(text, span, ABOUT) {
            continue;
        }
        out.push(
            Finding::new(context.path(), span, "a character was lost here and replaced by U+FFFD")
                .help("restore it from the original"),
        );
        if out.len() >= MAX_FINDINGS {
            return;
        }
    }
}

/// The wrongly decoded text at `at`: its length in bytes, and the original text.
fn wrong(text: &str, at: usize) -> Option<(usize, String)> {
    // Most Latin-1 letters are followed by an ASCII character.
    if text.as_bytes().get(at + 2).is_none_or(u8::is_ascii) {
        return None;
    }
    let mut len = 0;
    let mut meant = String::new();
    let mut sequences = 0;
    let mut wide = false;
    while let Some((used, c)) = sequence(&text[at + len..]) {
        len += used;
        meant.push(c);
        sequences += 1;
        wide |= !is_common(c);
        if sequences == 200 {
            break;
        }
    }
    // Letters that look like a sequence by chance rarely do so twice.
    let sure =
        sequences > 0 && !meant.contains(|c: char| c.is_control()) && (!wide || sequences > 1);
    if !sure || sequences == 1 && is_by_chance(text, at, len) {
        return None;
    }
    // The text may have been decoded wrongly twice.
    match wrong(&meant, 0) {
        Some((inner, again)) if inner == meant.len() => Some((len, again)),
        _ => Some((len, meant)),
    }
}

/// Whether a single sequence for this character is evidence enough: Latin letters, punctuation,
/// arrows, lines, emoji.
fn is_common(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{205f}' | '\u{2122}' | '\u{2190}'..='\u{21ff}'
        | '\u{2500}'..='\u{257f}' | '\u{2600}'..='\u{27bf}' | '\u{feff}' | '\u{1f300}'..='\u{1faff}')
}

/// Whether the sequence is the last capital of a word in capitals, and the punctuation after it.
fn is_by_chance(text: &str, at: usize, len: usize) -> bool {
    let behind = text[at..at + len].chars().nth(1).unwrap_or(' ');
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let punctuation = !behind.is_alphanumeric();
    len <= 6
        && text[at..].starts_with(['Â', 'Ã', 'Å', 'Ä', 'Ö', 'Ü'])
        && punctuation
        && (before.is_uppercase() || matches!(before, '«' | '“' | '‘' | '„' | '‚' | '"' | '\''))
}

/// The character that was decoded as several, with their length in bytes.
fn sequence(text: &str) -> Option<(usize, char)> {
    let mut chars = text.chars();
    let lead = byte_of(chars.next()?)?;
    let count = match lead {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => return None,
    };
    let mut bytes = vec![lead];
    for _ in 0..count {
        bytes.push(byte_of(chars.next()?).filter(|byte| (0x80..=0xbf).contains(byte))?);
    }
    let c = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((text.len() - chars.as_str().len(), c))
}

/// The byte that Windows-1252 or Latin-1 decodes as `c`.
fn byte_of(c: char) -> Option<u8> {
    const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match c {
        '\u{80}'..='\u{ff}' => Some(c as u8),
        _ => WINDOWS.chars().position(|known| known == c).map(|at| 0x80 + at as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::wrong;

    fn meant(text: &str) -> Option<String> {
        let at = text.find(|c: char| !c.is_ascii())?;
        wrong(text, at).map(|(_, meant)| meant)
    }

    #[test]
    fn what_was_read_wrongly_is_decoded() {
        for (text, expected) in [
            ("cafÃ©", "é"),
            ("itâ€™s", "’"),
            ("a â€” b", "—"),
            ("30 Â°C", "°"),
            ("Ã¼ber", "ü"),
            ("â†’", "→"),
            ("ðŸš€", "🚀"),
            ("ä¸\u{ad}æ–‡", "中文"),
            ("Ð¿Ñ€Ð¸", "при"),
            ("Ã¢â‚¬â„¢", "’"),
            ("Â\u{a0}x", "\u{a0}"),
            ("ï»¿# x", "\u{feff}"),
        ] {
            assert_eq!(meant(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn letters_that_meet_are_let_alone() {
        for text in [
            "café”",
            "«café»",
            "é’”",
            "PÃO",
            "NÃ»",
            "«Â»",
            "à°",
            "où…",
            "déjà—vu",
            "größe",
            "Å",
            "naïve",
            "ÄÖÜ",
            "à «",
            "Ã",
            "\u{e9}\u{2019}",
            "été–été",
            "ã€",
            "日本",
            "«à»",
            "voilà…",
            "É“",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
