//! TypeScript with elements in it.

use super::ecma::{Dialect, judge};
use super::{Judgement, Language};

pub(super) static LANGUAGE: Language = Language { name: "tsx", labels: &["tsx"], judge: tsx };

fn tsx(text: &str) -> Judgement {
    // What only TypeScript without elements has, such as `<T>x`, is at home here to a reader.
    match judge(text, Dialect::Tsx, &[(Dialect::TypeScript, "ts")]) {
        Judgement { verdict: super::Verdict::Mislabelled(_), content, .. } => {
            Judgement::new(super::Verdict::Valid, content)
        }
        judgement => judgement,
    }
}
