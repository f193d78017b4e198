//! Diffs. People write them by hand to show a change, so line counts are verified only in a patch
//! that names its files and has counts.

use super::{Content, Family, Fault, Judgement, Language, MAX_BLOCK, Verdict};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Diff,
    holds_entities: true,
    holds_backslashes: true,
    judge: Some(judge),
    ..Language::new(&["diff", "patch"])
};

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    let files = text.starts_with("--- ") || text.contains("\n--- ");
    if !files || !text.contains("\n+++ ") {
        return Judgement::new(Verdict::Fragment, Content::Opaque);
    }
    if text.contains("...") || text.contains('…') {
        return Judgement::new(Verdict::Elision, Content::Opaque);
    }
    let mut faults = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // A hunk without numbers is written by hand.
        if line.starts_with("@@ -") && !line[3..].contains("@@") {
            let span = Span::new(at, at + line.trim_end().len());
            faults.push(Fault::new(span, "the header of this hunk is not closed by `@@`"));
        }
        at += line.len();
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
        assert_eq!(judge("-a\n+b\n").verdict, Verdict::Fragment);
        assert_eq!(judge("--- a\n+++ b\n@@ -1 +1 @@ f\n-a\n+b\n").verdict, Verdict::Valid);
        assert_eq!(judge("--- a\n+++ b\n@@ -1,2 +1,2\n-a\n").verdict, Verdict::Broken);
    }
}
