//! What the JSON dialects share, and what all data languages share.

use std::collections::HashSet;

use super::{
    Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, NearMiss, Strings, Verdict,
};
use crate::data::json::{Dialect, Liberty, Parsed, parse, sets_apart};
use crate::data::{Node, Repeat, Value, repeats};
use crate::source::Span;
use serde::de::IgnoredAny;

/// The record that the JSON dialects have in common.
pub(super) const fn json(labels: &'static [&'static str]) -> Language {
    Language {
        family: Family::Json,
        comments: Comments::SLASHES,
        strings: Some(Strings::PLAIN),
        holds_markup: false,
        near_miss: Some(NearMiss::JSON),
        ..Language::new(labels)
    }
}

/// The verdict on a block that claims to be of a dialect.
pub(super) fn judge_as(text: &str, label: Dialect) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    // JSON front matter is shown between lines of dashes.
    let dashed = text.trim_start().starts_with("---\n").then(|| text.replace("---\n", "   \n"));
    let text = dashed.as_deref().unwrap_or(text);
    let mut parsed = parse(text, Dialect::Docs);
    let (apart, repeats) = repeated(text, &parsed);
    if label != Dialect::Json5 {
        refuse_loose(text, &mut parsed);
    }
    if !parsed.faults.is_empty() {
        parsed.faults.sort_by_key(|fault| fault.span.start);
        return Judgement::broken(parsed.faults).with_repeats(repeats);
    }
    if let Err(fault) = confirm(text, label, &parsed) {
        return Judgement::broken(vec![fault]);
    }
    if let Some(fault) = encoded_twice(&parsed) {
        return Judgement::broken(vec![fault]);
    }
    let verdict = grade(label, &parsed, apart);
    Judgement::new(verdict, Content::Data(parsed.values)).with_repeats(repeats)
}

/// A text that is nothing but a string with an object or a list in it.
fn encoded_twice(parsed: &Parsed) -> Option<Fault> {
    let [Node { value: Value::String(inner), span }] = parsed.values.as_slice() else {
        return None;
    };
    if !inner.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let inner = parse(inner, Dialect::Json);
    let [only] = inner.values.as_slice() else { return None };
    let filled = match &only.value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    let message = "this JSON is encoded twice: all of it is one string";
    let help = "write what is in the string, without its quotes and backslashes";
    (filled && inner.faults.is_empty())
        .then(|| Fault { help: Some(help.to_owned()), ..Fault::new(*span, message) })
}

fn grade(label: Dialect, parsed: &Parsed, apart: bool) -> Verdict {
    let elided = [Liberty::Elision, Liberty::Placeholder].iter().any(|&l| parsed.took(l));
    let comments = parsed.took(Liberty::Comment);
    if apart {
        Verdict::Several
    } else if parsed.is_exact(label) {
        Verdict::Valid
    } else if parsed.is_exact(Dialect::Jsonc) && !comments && parsed.took(Liberty::ElidedComment) {
        Verdict::Elision
    } else if parsed.is_exact(Dialect::Jsonc) {
        Verdict::Mislabelled("jsonc")
    } else if parsed.is_exact(Dialect::Json5) {
        Verdict::Mislabelled("json5")
    } else if elided {
        Verdict::Elision
    } else if parsed.took(Liberty::Several) {
        Verdict::Several
    } else {
        Verdict::Fragment
    }
}

/// Whether there are alternatives, and the faults of repeated keys that are not alternatives.
fn repeated(text: &str, parsed: &Parsed) -> (bool, Vec<Fault>) {
    let mut apart = false;
    let mut faults = Vec::new();
    // In a fragment, the same key on the next line is an alternative.
    let lines = parsed.took(Liberty::Members);
    let top: HashSet<usize> =
        parsed.values.iter().flat_map(Node::members).map(|member| member.key_span.start).collect();
    let next_line = |repeat: &Repeat| {
        lines
            && top.contains(&repeat.again.start)
            && repeat.gaps.iter().all(|gap| text[gap.start..gap.end].contains('\n'))
    };
    let found: Vec<Repeat> = parsed.values.iter().flat_map(repeats).collect();
    for repeat in found {
        if is_alternative(text, &repeat) || next_line(&repeat) {
            apart = true;
        } else {
            faults.push(repeat_fault(repeat));
        }
    }
    (apart, faults)
}

/// Names of things that are only made up.
const DUMMIES: &[&str] = &["bar", "baz", "foo", "ipsum", "lorem"];

/// Whether a comment or a blank line is between a key and its repetition. In an object that is a
/// part of another, blank lines set entries apart, so that a third one between the two is no
/// alternative.
pub(super) fn is_alternative(text: &str, repeat: &Repeat) -> bool {
    // Dots in place of a key are not a key.
    let elided = repeat.key.chars().all(|c| matches!(c, '.' | '\u{2026}'));
    // A comment after the first value says when to choose it.
    let remark = |gap: &str| {
        let behind = gap.trim_start_matches([' ', '\t', ',']);
        (behind.starts_with('#') || behind.starts_with("//")) && behind.contains('\n')
    };
    let between = |gap: &&Span| sets_apart(&text[gap.start..gap.end]);
    let plain =
        |gap: &Span| text[gap.start..gap.end].bytes().all(|b| b.is_ascii_whitespace() || b == b',');
    if repeat.nested
        && repeat.gaps.iter().filter(between).count() > 1
        && repeat.gaps.iter().all(plain)
    {
        return false;
    }
    elided
        || DUMMIES.contains(&repeat.key.as_str())
        || repeat.gaps.iter().any(|gap| {
            let gap = &text[gap.start..gap.end];
            sets_apart(gap) || remark(gap)
        })
}

/// The fault of a key that its object already has.
pub(super) fn repeat_fault(repeat: Repeat) -> Fault {
    Fault::new(repeat.again, format!("the key `{}` is already in this object", repeat.key))
        .help("most readers keep only the last value: remove one")
}

/// Makes the liberties that only JSON5 allows and nobody means faults.
fn refuse_loose(text: &str, parsed: &mut Parsed) {
    for &(liberty, span) in &parsed.liberties {
        let written = &text[span.start..span.end];
        let fault = match liberty {
            Liberty::Loose if written.starts_with('\\') => {
                Fault::new(span, format!("`{written}` is not a JSON escape"))
                    .help("write `\\\\` for a backslash, or remove it")
            }
            Liberty::Loose => Fault::new(span, "this string contains a control character"),
            Liberty::Space => {
                let code = written.chars().next().map_or(0, |c| c as u32);
                Fault::new(span, format!("invisible character U+{code:04X}"))
                    .help("replace it with a space")
            }
            _ => continue,
        };
        parsed.faults.push(fault);
    }
}

/// Confirms with the reference parsers that a text is valid.
fn confirm(text: &str, label: Dialect, parsed: &Parsed) -> Result<(), Fault> {
    let nothing = Fault::new(Span::new(0, 0), "this is not valid");
    if parsed.is_exact(Dialect::Json) {
        serde_json::from_str::<IgnoredAny>(text).map(drop).map_err(|error| {
            let at = offset(text, error.line(), error.column());
            Fault { span: at, message: error.to_string(), ..nothing }
        })
    } else if parsed.is_exact(Dialect::Jsonc) {
        let blanked = blanked(text, parsed);
        serde_json::from_str::<IgnoredAny>(&blanked).map(drop).map_err(|error| {
            let at = offset(text, error.line(), error.column());
            Fault { span: at, message: error.to_string(), ..nothing }
        })
    } else if parsed.is_exact(Dialect::Json5) || label == Dialect::Json5 && parsed.is_exact(label) {
        // Its depth is bounded, since our own parser accepted it.
        json5::from_str::<IgnoredAny>(text).map(drop).map_err(|error| {
            let at = error.position().map_or(nothing.span, |position| {
                offset(text, position.line + 1, position.column + 1)
            });
            Fault { span: at, message: error.to_string(), ..nothing }
        })
    } else {
        Ok(())
    }
}

fn blanked(text: &str, parsed: &Parsed) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for &(_, span) in &parsed.liberties {
        super::fill(&mut bytes, span, b' ');
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn offset(text: &str, line: usize, column: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = start + column.saturating_sub(1);
    Span::new(at, at + 1).clamped(text)
}

/// Whether a tree contains an elision.
pub(super) fn has_elision(node: &Node) -> bool {
    node.value == crate::data::Value::Elision
        || node.members().iter().any(|member| has_elision(&member.value))
        || node.items().iter().any(has_elision)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("{\"a\": [1]}", Valid),
            ("\"gateway\": { \"port\": 1 }", Fragment),
            ("\"a\": 1,\n\"b\": 2,\n", Fragment),
            ("{\"a\": 1}, {\"a\": 2}", Fragment),
            ("{\"a\": 1, ...}", Elision),
            ("{\"a\": [...], \"b\": …}", Elision),
            ("{\"a\": 1, // ...\n}", Elision),
            ("{\"a\": <token>, \"b\": {{ x }}, \"c\": ${VAR}}", Elision),
            ("{\"id\": 1}\n{\"id\": 2}", Several),
            ("{\n// one\n\"a\": 1,\n// or\n\"a\": 2\n}", Several),
            ("\"a\": 1\n\n\"a\": 2\n", Several),
            ("{\"a\": 1} // c", Mislabelled("jsonc")),
            ("{a: 1}", Mislabelled("json5")),
            ("{\"a\": \"\\.\"}", Broken),
            ("{\"a\":\u{a0}1}", Broken),
            ("\"gateway\": { \"port\": 1 \"b\": 2 }", Broken),
            ("{..., \"a\": [1, 2}", Broken),
            (r#""{\n  \"a\": [1]\n}""#, Broken),
            (r#""[\"a\"]""#, Broken),
            (r#""{name}""#, Valid),
            (r#""[]""#, Valid),
            (r#"{"a": "{\"b\": 1}"}"#, Valid),
        ];
        for (text, verdict) in cases {
            assert_eq!(judge_as(text, Dialect::Json).verdict, verdict, "{text}");
        }
        let repeated = judge_as("{\"a\": 1, \"a\": 2}", Dialect::Json);
        assert_eq!((repeated.verdict, repeated.repeats[0].span.start), (Valid, 9));
        assert_eq!(judge_as("{a: 1,} // c", Dialect::Json5).verdict, Valid);
        assert_eq!(judge_as("{\"a\": 1,} // c", Dialect::Jsonc).verdict, Valid);
        assert_eq!(judge_as("{a: 1; b: 2}", Dialect::Json5).faults[0].span.start, 5);
        assert_eq!(judge_as("{a: 180_000}", Dialect::Json5).verdict, Broken);
    }
}
