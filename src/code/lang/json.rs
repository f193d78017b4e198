//! Strict JSON.
use super::{Judgement, Language, notation};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language = Language {
    closes_brackets: true,
    mistaken_for: &["jsonc", "json5"],
    judge: Some(judge),
    ..notation::json(&["json"])
};

fn judge(text: &str) -> Judgement {
    notation::judge_as(text, Dialect::Json)
}
