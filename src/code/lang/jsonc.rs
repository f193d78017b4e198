//! JSON with comments and trailing commas.
use super::{Judgement, Language, notation};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language = Language {
    closes_brackets: true,
    mistaken_for: &["json5"],
    judge: Some(judge),
    ..notation::json(&["jsonc", "json-with-comments"])
};

fn judge(text: &str) -> Judgement {
    notation::judge_as(text, Dialect::Jsonc)
}
