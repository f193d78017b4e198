//! YAML: documents, templates of other tools, and what is YAML only by its label.

use super::notation::{has_elision, is_alternative, repeat_fault};
use super::{Content, Fault, Judgement, Language, MAX_BLOCK, Verdict, fill, templates};
use crate::data::{Node, Value, repeats, toml, yaml};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language { name: "yaml", labels: &["yaml", "yml"], judge };

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::new(Verdict::NotChecked, Content::Opaque);
    }
    let (documents, elided) = match yaml::parse(text) {
        Ok(documents) => (documents, false),
        Err(fault) => match yaml::parse(&without_templates(text)) {
            Ok(documents) if without_templates(text) != text => (documents, true),
            _ if is_toml(text) => {
                return Judgement::new(Verdict::Mislabelled("toml"), Content::Opaque);
            }
            _ => return Judgement::broken(vec![fault]),
        },
    };
    if let [Node { value: Value::String(_), .. }] = documents[..]
        && is_toml(text)
    {
        return Judgement::new(Verdict::Mislabelled("toml"), Content::Opaque);
    }
    let mut faults: Vec<Fault> = Vec::new();
    let mut apart = false;
    for repeat in documents.iter().flat_map(repeats) {
        if is_alternative(text, &repeat) {
            apart = true;
        } else if !(elided && repeat.key.starts_with('x')) {
            faults.push(repeat_fault(repeat));
        }
    }
    let verdict = if apart {
        Verdict::Several
    } else if elided || documents.iter().any(has_elision) {
        Verdict::Elision
    } else if documents.len() > 1 {
        Verdict::Several
    } else {
        Verdict::Valid
    };
    Judgement::new(verdict, Content::Data(documents)).with_repeats(faults)
}

fn is_toml(text: &str) -> bool {
    toml::parse(text).is_ok_and(|node| !node.members().is_empty())
}

/// The text with template tags as words, and with lines blanked that hold only tags or dots.
fn without_templates(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in templates(text) {
        fill(&mut bytes, span, b'x');
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let dots = !words.is_empty() && words.chars().all(|c| matches!(c, '.' | '…'));
        let tags = (words.starts_with("{{") || words.starts_with("{%") || words.starts_with("{#"))
            && templates(words).last().is_some_and(|last| last.end == words.len());
        if dots && words != "." || tags {
            fill(&mut bytes, Span::new(start, start + line.len()), b' ');
        }
        start += line.len();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("a: 1\nb: [x]\n", Valid),
            ("a: 1\n---\nb: 2\n", Several),
            ("a: 1\n\n# or\na: 2\n", Several),
            ("a:\n  b: 1\n  ...\n", Elision),
            ("a: ...\n", Elision),
            ("{{- if .x }}\na: {{ .Values.b }}\n{{- end }}\n", Elision),
            ("x: !!python/name:a.b\ny: !ENV z\n", Valid),
            ("a = 1\n[b]\nc = \"d\"\n", Mislabelled("toml")),
            ("a: 1\na: 2\n", Valid),
            ("a: \"\\.\"\n", Broken),
            ("a: 1\n  b: 2\n", Broken),
            ("a: [1, 2\n", Broken),
            ("a: {{ x }}\nb: [1, 2\n", Broken),
        ];
        for (text, verdict) in cases {
            assert_eq!(judge(text).verdict, verdict, "{text}");
        }
        assert_eq!(judge("a: 1\na: 2\n").repeats[0].span, Span::new(5, 6));
    }
}
