//! JavaScript, including JSX.

use super::ecma::{Dialect, judge, language};
use super::{Judgement, Language};

pub(super) static LANGUAGE: Language = Language {
    mistaken_for: &["ts", "tsx", "bash"],
    judge: Some(javascript),
    ..language(&["javascript", "js", "mjs", "cjs", "jsx", "es6", "node"])
};

fn javascript(text: &str) -> Judgement {
    judge(text, Dialect::JavaScript, LANGUAGE.mistaken_for)
}
