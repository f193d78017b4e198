//! TypeScript.

use super::ecma::{Dialect, judge};
use super::{Judgement, Language};

pub(super) static LANGUAGE: Language =
    Language { name: "typescript", labels: &["typescript", "ts", "mts", "cts"], judge: typescript };

fn typescript(text: &str) -> Judgement {
    judge(text, Dialect::TypeScript, &[(Dialect::Tsx, "tsx")])
}
