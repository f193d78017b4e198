//! YAML: documents, templates, and text that is YAML only by its label.

use super::notation::{has_elision, is_alternative, repeat_fault};
use super::{
    Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, NearMiss, Repair, Strings,
    Verdict, fill, script, templates,
};
use crate::data::{Node, Repeat, Value, elisions, repeats, toml, yaml};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Yaml,
    comments: Comments::HASH,
    strings: Some(Strings { quotes: b"\"'", multiline: b"\"'", literal: b"'" }),
    holds_markup: false,
    near_miss: Some(NearMiss {
        separators: &[":"],
        separators_in_brackets: &[",", ":"],
        blanks: false,
        colon_in_words: true,
        repairs: &[Repair::Indent, Repair::QuotePlainValue],
        ..NearMiss::WORDS
    }),
    mistaken_for: &["toml", "bash"],
    judge: Some(judge),
    ..Language::new(&["yaml", "yml"])
};

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    let (documents, elided) = match yaml::parse(text) {
        Ok(documents) => (documents, false),
        Err(fault) => match yaml::parse(&without_templates(text)) {
            Ok(documents) if without_templates(text) != text => (documents, true),
            // The anchor of an alias may be shown elsewhere, and the rest of the text as well.
            Err(other) if is_alias_missing(text, &fault, &other) => return Judgement::fragment(),
            _ if is_right_in_pieces(text) => {
                return Judgement::new(Verdict::Elision, Content::Opaque);
            }
            _ if is_toml(text) => {
                return Judgement::new(Verdict::Mislabelled("toml"), Content::Opaque);
            }
            _ if is_command(text) => {
                return Judgement::new(Verdict::Mislabelled("bash"), Content::Opaque);
            }
            _ => {
                // Branches of a template show several texts at once, or lines that are not YAML.
                let doubtful = has_branches(text) || fault.doubtful;
                return Judgement::broken(vec![Fault { doubtful, ..fault }]);
            }
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
        } else if !(elided && (repeat.key.starts_with('x') || is_branch(text, &repeat))) {
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

/// Whether all that is wrong with a text, or with what is left of it without templates, is that the
/// anchor of an alias is not in it.
fn is_alias_missing(text: &str, fault: &Fault, other: &Fault) -> bool {
    without_aliases(text, fault).is_some()
        || without_aliases(&without_templates(text), other).is_some()
}

/// Whether each piece between marks of what is left out is valid, wherever it is indented to: the
/// keys around it may be among what is left out.
fn is_right_in_pieces(text: &str) -> bool {
    const MOST: usize = 20;
    let mut pieces: Vec<Vec<&str>> = vec![Vec::new()];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if elisions::mark(text, start + indent).is_some() {
            pieces.push(Vec::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(line.trim_end_matches('\n'));
        }
        start += line.len();
    }
    let valid = |piece: &Vec<&str>| {
        let filled = piece.iter().filter(|line| !line.trim().is_empty());
        let indent = filled.map(|line| line.len() - line.trim_start_matches(' ').len()).min();
        let lines: Vec<&str> =
            piece.iter().map(|line| line.get(indent.unwrap_or(0)..).unwrap_or("")).collect();
        yaml::parse(&without_templates(&lines.join("\n"))).is_ok()
    };
    (2..=MOST).contains(&pieces.len()) && pieces.iter().all(valid)
}

/// The documents of a text with undefined aliases replaced by words.
fn without_aliases(text: &str, fault: &Fault) -> Option<Vec<Node>> {
    const MOST: usize = 20;
    let (mut text, mut fault) = (text.to_owned(), fault.clone());
    for _ in 0..MOST {
        if !fault.message.contains("unknown anchor") {
            return None;
        }
        let star = fault.span.start + text[fault.span.start..].find('*')?;
        let rest = &text[star..];
        let len = rest.find(|c: char| c.is_whitespace() || ",]}".contains(c));
        let mut bytes = text.as_bytes().to_vec();
        fill(&mut bytes, Span::new(star, star + len.unwrap_or(rest.len())), b'x');
        text = String::from_utf8_lossy(&bytes).into_owned();
        match yaml::parse(&text) {
            Ok(documents) => return Some(documents),
            Err(next) => fault = next,
        }
    }
    None
}

/// Whether a template decides which of its lines are printed.
fn has_branches(text: &str) -> bool {
    templates(text).iter().any(|span| is_control(&text[span.start..span.end]))
}

/// Whether a tag is a statement, and not a value that is inserted.
fn is_control(tag: &str) -> bool {
    let inner = tag.trim_start_matches(['{', '<', '%', '-', ' ', '$', '\n', '+']);
    let word = inner.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    tag.starts_with("{%")
        || tag.starts_with("<%") && !tag.starts_with("<%=")
        || inner.starts_with("/*")
        || ["if", "else", "end", "range", "with", "define", "block", "for", "each"].contains(&word)
}

/// Whether the two occurrences of a key are in different branches of a template.
fn is_branch(text: &str, repeat: &Repeat) -> bool {
    has_branches(&text[repeat.first.end..repeat.again.start])
}

/// Whether a text is a command that gets a here-document: `cat <<EOF | kubectl apply -f -`.
fn is_command(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or("");
    first.contains("<<") && script::judge_plain(text, text).verdict == Verdict::Valid
}

fn is_toml(text: &str) -> bool {
    toml::parse(text).is_ok_and(|node| !node.members().is_empty())
}

/// The text with template tags replaced by words, and lines blanked that are only tags or marks of
/// something left out.
fn without_templates(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in templates(text) {
        fill(&mut bytes, span, b'x');
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let indent = line.len() - line.trim_start().len();
        let elided = elisions::mark(text, start + indent).is_some();
        let tags = ["{{", "{%", "{#", "<%"].iter().any(|open| words.starts_with(open))
            && templates(words).last().is_some_and(|last| last.end == words.len());
        if elided || tags {
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
            ("a: 1\n. . .\nb: 2\n", Elision),
            ("a:\n  b: 1\n  ...\n     c: 2\n     d:\n  ...\n  e: 3\n", Elision),
            ("a:\n  b: 1\n  ...\n    c: [2\n", Broken),
            ("a: 1\n--snip--\nb: 2\n", Elision),
            ("a:\n  <<: *b\n  ...\n  c: 1\n", Fragment),
            ("a:\n<% for b in c %>\n  - <%= b %>\n<% end %>\n", Elision),
            ("a: ...\n", Elision),
            ("{{- if .x }}\na: {{ .Values.b }}\n{{- end }}\n", Elision),
            ("x: !!python/name:a.b\ny: !ENV z\n", Valid),
            ("a = 1\n[b]\nc = \"d\"\n", Mislabelled("toml")),
            ("a: 1\na: 2\n", Valid),
            ("a: *b\nc: {d: *b}\n", Fragment),
            ("a <<E | b -f -\nc: 1\nE\n", Mislabelled("bash")),
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
