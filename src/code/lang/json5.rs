//! JSON5.
use super::{Judgement, Language, notation};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language = Language { name: "json5", labels: &["json5"], judge };

fn judge(text: &str) -> Judgement {
    notation::judge_as(text, Dialect::Json5)
}
