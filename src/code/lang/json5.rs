//! JSON5.
use super::{Judgement, Language, notation};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language = Language {
    closes_brackets: true,
    takes_unicode_spaces: true,
    mistaken_for: &["jsonc"],
    judge: Some(judge),
    ..notation::json(&["json5"])
};

fn judge(text: &str) -> Judgement {
    notation::judge_as(text, Dialect::Json5)
}
