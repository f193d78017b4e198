//! INI files. Programs differ in their syntax, so only what none of them accepts is a fault.

use super::{Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, Strings, Verdict};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Loose,
    comments: Comments::HASH_OR_SEMICOLON,
    strings: Some(Strings::PLAIN),
    holds_markup: false,
    judge: Some(judge),
    ..Language::new(&["ini", "cfg", "editorconfig", "gitconfig", "systemd", "desktop"])
};

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    let mut faults = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        // An indented line continues the value before it.
        if line.starts_with('[') && !closes(words) {
            let span = Span::new(at, at + words.len());
            faults.push(Fault::new(span, "the name of this section is never closed by `]`"));
        }
        at += line.len();
    }
    if faults.is_empty() {
        Judgement::new(Verdict::Valid, Content::Opaque)
    } else {
        Judgement::broken(faults)
    }
}

/// Whether a line that begins with `[` is a section: the bracket closes before a comment.
fn closes(line: &str) -> bool {
    let name = line.split([';', '#']).next().unwrap_or(line);
    name.contains(']') || line.ends_with(']')
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("[a]\nb = c\nd: e\nskip-networking\n; f\n", Valid),
            ("[*.{js,ts}] # x\nindent = 2\n", Valid),
            ("a =\n    [b\n    c\n", Valid),
            ("[a\nb = c\n", Broken),
        ];
        crate::lang::testing::verdicts(|text| judge(text).verdict, cases);
    }
}
