//! JSON Lines: one value a line.
use super::{Judgement, Language, Verdict, notation};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language = Language {
    mistaken_for: &["jsonc", "json5"],
    judge: Some(judge),
    ..notation::json(&["jsonl", "ndjson", "jsonlines"])
};

fn judge(text: &str) -> Judgement {
    let mut judgement = notation::judge_as(text, Dialect::Json);
    // Several values are what this label means.
    if judgement.verdict == Verdict::Several {
        judgement.verdict = Verdict::Valid;
    }
    judgement
}
