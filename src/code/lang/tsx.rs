//! TypeScript with JSX.

use super::ecma::{Dialect, judge, language};
use super::{Judgement, Language};

pub(super) static LANGUAGE: Language =
    Language { mistaken_for: &["ts"], judge: Some(tsx), ..language(&["tsx"]) };

fn tsx(text: &str) -> Judgement {
    // Syntax of TypeScript without JSX, such as `<T>x`, is accepted as well.
    match judge(text, Dialect::Tsx, LANGUAGE.mistaken_for) {
        Judgement { verdict: super::Verdict::Mislabelled(_), content, .. } => {
            Judgement::new(super::Verdict::Valid, content)
        }
        judgement => judgement,
    }
}
