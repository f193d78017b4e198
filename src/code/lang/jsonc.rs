//! JSON with comments and trailing commas.
use super::{Judgement, Language, notation};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language =
    Language { name: "jsonc", labels: &["jsonc", "json-with-comments"], judge };

fn judge(text: &str) -> Judgement {
    notation::judge_as(text, Dialect::Jsonc)
}
