//! Diffs. People write them by hand to show a change, so line counts are verified only in a patch
//! that names its files and has counts.

use super::changes::{self, Side};
use super::{Content, Family, Fault, Judgement, Language, MAX_BLOCK, Verdict, notation};
use crate::data::json::Dialect;
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
    if let Some(fault) = broken_json(text) {
        return Judgement::broken(vec![fault]);
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

/// The fault of a change that makes invalid JSON of valid JSON.
fn broken_json(text: &str) -> Option<Fault> {
    let after = changes::side(text, Side::After)?;
    let shape = after.trim();
    if !(shape.starts_with('{') && shape.ends_with('}')
        || shape.starts_with('[') && shape.ends_with(']'))
    {
        return None;
    }
    let before = changes::side(text, Side::Before)?;
    let judged = |text: &str| notation::judge_as(text, Dialect::Jsonc);
    let fault = judged(&after).faults.into_iter().next()?;
    let was = judged(&before).verdict;
    let valid = matches!(was, Verdict::Valid | Verdict::Elision | Verdict::Mislabelled(_));
    valid.then(|| fault.help("it was valid JSON before this change"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts() {
        assert_eq!(judge("-a\n+b\n").verdict, Verdict::Fragment);
        let change = "  {\n-   \"a\": 1,\n+   \"a\": 2\n    \"b\": 3\n  }\n";
        assert_eq!(judge(change).verdict, Verdict::Broken);
        assert_eq!(judge(&change.replace("2\n", "2,\n")).verdict, Verdict::Fragment);
        assert_eq!(judge(&change.replace("1,", "1")).verdict, Verdict::Fragment);
        assert_eq!(judge("--- a\n+++ b\n@@ -1 +1 @@ f\n-a\n+b\n").verdict, Verdict::Valid);
        assert_eq!(judge("--- a\n+++ b\n@@ -1,2 +1,2\n-a\n").verdict, Verdict::Broken);
    }
}
