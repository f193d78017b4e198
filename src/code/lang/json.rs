//! Strict JSON.
use super::{Judgement, Language, notation};
use crate::data::json::Dialect;

pub(super) static LANGUAGE: Language = Language { name: "json", labels: &["json"], judge };

fn judge(text: &str) -> Judgement {
    notation::judge_as(text, Dialect::Json)
}
