//! Code blocks with what their language says of them: judged once, for all rules.

use crate::lang::{self, Judgement, Language};
use crate::markdown::facts::CodeBlock;
use crate::source::Span;

/// A code block with its judgement.
pub struct Block<'a> {
    /// The block.
    pub code: &'a CodeBlock,
    /// Its language, if docgen checks it.
    pub language: Option<&'static Language>,
    /// What the language says.
    pub judgement: Option<Judgement>,
    source: &'a str,
}

impl<'a> Block<'a> {
    /// Judges a block of `source`.
    pub fn new(code: &'a CodeBlock, source: &'a str) -> Self {
        let language = lang::find(&code.info.language);
        // A block that never ends holds the rest of the page: what it says means nothing.
        let judged = language.filter(|_| !code.info.unchecked && code.closed);
        let judgement = judged.map(|language| (language.judge)(&shown(code.text(source))));
        Self { code, language, judgement, source }
    }

    /// The bytes of the page that a range of the block was made from.
    pub fn span(&self, span: Span) -> Span {
        self.code.source_span(self.source, span)
    }
}

/// The text as it is after the change that marks such as `[!code --]` show: lines that go and the
/// marks themselves are blanked, so that offsets stay.
fn shown(text: String) -> String {
    if !text.contains("[!code ") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        let kept = match content.find("[!code ") {
            None => content.len(),
            Some(at) if content[at..].starts_with("[!code --") => 0,
            Some(at) => ["//", "#", "/*", "<!--", "--", ";"]
                .into_iter()
                .filter_map(|comment| content[..at].trim_end().strip_suffix(comment))
                .map(str::len)
                .min()
                .unwrap_or(content.len()),
        };
        out.push_str(&content[..kept]);
        out.extend(std::iter::repeat_n(' ', content.len() - kept));
        out.push_str(&line[content.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn marks_of_a_change_are_not_part_of_the_code() {
        for (text, expected) in [
            ("a: 1 # [!code --]\na: 2 # [!code ++]\n", "\na: 2\n"),
            ("{\n  \"a\": 1 // [!code highlight]\n}", "{\n  \"a\": 1\n}"),
            ("a [!code ++]", "a [!code ++]"),
            ("a", "a"),
        ] {
            let blanked = shown(text.to_owned());
            assert_eq!(blanked.len(), text.len(), "offsets stay");
            let lines: Vec<&str> = blanked.split('\n').map(str::trim_end).collect();
            assert_eq!(lines.join("\n"), expected);
        }
    }
}
