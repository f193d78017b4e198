//! What a finding is recognised by, in a later run or in another version of the tree.

use rapidhash::v3::rapidhash_v3;

use super::rule::Diagnostic;
use crate::source::{Source, Span, line_at};

/// A longer line is told apart by how it begins.
const LONGEST: usize = 400;

/// A shorter text says too little by itself: the line around it counts.
const LEAST: usize = 8;

/// A number for the rule and the text that it stumbled over: not the path, the line or the message,
/// so that a page can move and grow. The same on every machine.
///
/// Two findings can have one; who compares has to count.
pub fn of(diagnostic: &Diagnostic, source: Option<&Source>) -> u64 {
    let span = diagnostic.finding.span;
    let text = source.map_or(String::new(), |source| {
        let own = source.text.get(span.start..span.end).unwrap_or_default();
        // What stands beside it on its line may change without it.
        let enough = (LEAST..=LONGEST).contains(&own.len()) && !own.contains('\n');
        if enough { own.to_owned() } else { line(source, span.start) }
    });
    rapidhash_v3(format!("{}\n{text}", diagnostic.rule.name).as_bytes())
}

/// The line around a place, with single blanks.
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
        if out.len() > LONGEST {
            break;
        }
    }
    let cut = out.char_indices().nth(LONGEST).map_or(out.len(), |(at, _)| at);
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
        // Kept, for files that are written today are read tomorrow.
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
