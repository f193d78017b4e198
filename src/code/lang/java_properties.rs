//! Java properties files, in which only an escape can be wrong.

use super::{Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, Strings, Verdict};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Loose,
    comments: Comments::HASH_OR_SEMICOLON,
    strings: Some(Strings::PLAIN),
    holds_markup: false,
    judge: Some(judge),
    ..Language::new(&["properties"])
};

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    let mut faults = Vec::new();
    let comments = |line: &str| line.trim_start().starts_with(['#', '!']);
    let (mut at, mut seen, mut comment) = (0, 0, comments(text));
    while let Some(step) = text[at..].find('\\') {
        let start = at + step;
        // Each line is searched once, however many backslashes it has.
        if let Some(end) = text[seen..start].rfind('\n') {
            comment = comments(&text[seen + end + 1..]);
        }
        seen = start;
        at = start + 1 + text[start + 1..].chars().next().map_or(0, char::len_utf8);
        if text[start..].starts_with("\\u") && !comment {
            let digits = text[start + 2..].bytes().take(4).filter(u8::is_ascii_hexdigit).count();
            if digits < 4 {
                let fault = Fault::new(Span::new(start, start + 2), "`\\u` needs four hex digits");
                faults.push(fault.help("write `\\\\` for a backslash"));
            }
        }
    }
    if faults.is_empty() {
        Judgement::new(Verdict::Valid, Content::Opaque)
    } else {
        Judgement::broken(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts() {
        assert_eq!(judge("a=b\nc: d\\\n  e\nf \\u00e9 \\\\users\n").verdict, Verdict::Valid);
        assert_eq!(judge("# C:\\users\n").verdict, Verdict::Valid);
        assert_eq!(judge("a=C:\\users\n").faults[0].span, Span::new(4, 6));
    }
}
