//! TypeScript.

use super::ecma::{Dialect, judge, language};
use super::{Judgement, Language};

pub(super) static LANGUAGE: Language = Language {
    mistaken_for: &["tsx", "bash"],
    judge: Some(typescript),
    ..language(&["typescript", "ts", "mts", "cts"])
};

fn typescript(text: &str) -> Judgement {
    judge(text, Dialect::TypeScript, LANGUAGE.mistaken_for)
}
