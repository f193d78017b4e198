//! JSON5.
use super::{Judgement, Language, json};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language = Language { name: "json5", labels: &["json5"], judge };

fn judge(text: &str) -> Judgement {
    json::judge_as(text, Dialect::Json5)
}
