//! JavaScript, elements in it included.

use super::ecma::{Dialect, judge};
use super::{Judgement, Language};

pub(super) static LANGUAGE: Language = Language {
    name: "javascript",
    labels: &["javascript", "js", "mjs", "cjs", "jsx", "es6", "node"],
    judge: javascript,
};

fn javascript(text: &str) -> Judgement {
    judge(text, Dialect::JavaScript, &[(Dialect::TypeScript, "ts"), (Dialect::Tsx, "tsx")])
}
