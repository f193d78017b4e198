//! Fingerprints: recognise a finding in a later run or in another version of the tree.

use rapidhash::v3::rapidhash_v3;

use super::rule::Diagnostic;
use crate::source::{Source, Span, line_at};

/// The part of a line that counts, in characters.
const MAX_LINE_CHARS: usize = 400;

/// The shortest text, in bytes, that identifies a finding; otherwise its line counts too.
const MIN_TEXT_BYTES: usize = 8;

/// A hash of the rule and the text of the finding. It does not include the path, the line or the
/// message, so that pages can move and change. The same on every machine.
///
/// Several findings can have the same fingerprint, so callers have to count.
pub fn of(diagnostic: &Diagnostic, source: Option<&Source>) -> u64 {
    let span = diagnostic.finding.span;
    let text = source.map_or(String::new(), |source| {
        let own = source.text.get(span.start..span.end).unwrap_or_default();
        // The rest of its line may change independently.
        let enough = (MIN_TEXT_BYTES..=MAX_LINE_CHARS).contains(&own.len()) && !own.contains('\n');
        if enough { own.to_owned() } else { line(source, span.start) }
    });
    rapidhash_v3(format!("{}\n{text}", diagnostic.rule.name).as_bytes())
}

/// The line around a location, with runs of whitespace collapsed.
pub fn line(source: &Source, at: usize) -> String {
    let text = source.text.as_str();
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let Span { start, end } = line_at(text, at);
    let mut out = String::new();
    for word in text[start..end].split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if out.len() > MAX_LINE_CHARS {
            break;
        }
    }
    let cut = out.char_indices().nth(MAX_LINE_CHARS).map_or(out.len(), |(at, _)| at);
    out.truncate(cut);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Finding, Severity};
    use crate::rule::Rule;
    use crate::rules::{broken_link, code_syntax};
    use crate::source::{Span, VPath};

    fn print(rule: &'static Rule, text: &str, at: usize) -> u64 {
        let path = VPath::new("a.md").unwrap();
        let finding = Finding::new(&path, Span::new(at, at), text.len().to_string());
        let source = Source::new(path, text.to_owned());
        of(&Diagnostic { rule, severity: Severity::Error, finding }, Some(&source))
    }

    #[test]
    fn it_is_of_the_rule_and_the_line() {
        let one = print(&code_syntax::RULE, "a  b\n", 1);
        assert_eq!(one, print(&code_syntax::RULE, "# New\n\n  a b\r\nmore\n", 9));
        assert_ne!(one, print(&broken_link::RULE, "a b\n", 1));
        assert_ne!(one, print(&code_syntax::RULE, "a c\n", 1));
        // Must never change: baseline files contain these values.
        assert_eq!(print(&broken_link::RULE, "[a](b.md)\n", 4), 5_511_619_314_269_741_182);
    }

    #[test]
    fn any_place_of_any_text_has_one() {
        for text in ["", "ä", "a\n", &"é ".repeat(10_000), "\u{feff}# A"] {
            for at in [0, 1, 2, text.len(), usize::MAX] {
                print(&code_syntax::RULE, text, at);
            }
        }
    }
}
