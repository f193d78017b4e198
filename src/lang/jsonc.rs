//! JSON with comments and trailing commas.
use super::{Judgement, Language, json};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language =
    Language { name: "jsonc", labels: &["jsonc", "json-with-comments"], judge };

fn judge(text: &str) -> Judgement {
    json::judge_as(text, Dialect::Jsonc)
}
