//! TypeScript with elements in it.

use super::ecma::{Dialect, judge, language};
use super::{Judgement, Language};

pub(super) static LANGUAGE: Language =
    Language { mistaken_for: &["ts"], judge: Some(tsx), ..language(&["tsx"]) };

fn tsx(text: &str) -> Judgement {
    // What only TypeScript without elements has, such as `<T>x`, is at home here to a reader.
    match judge(text, Dialect::Tsx, LANGUAGE.mistaken_for) {
        Judgement { verdict: super::Verdict::Mislabelled(_), content, .. } => {
            Judgement::new(super::Verdict::Valid, content)
        }
        judgement => judgement,
    }
}
