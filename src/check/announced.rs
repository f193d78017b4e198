//! Whether a page says of a code block that it is wrong, in the heading above it or in the
//! paragraph that introduces it: its errors are then what the page is about.

use super::rule::PageContext;
use crate::markdown::outline::{Block, BlockKind, InlineKind};

/// Words that say so wherever they stand: in a heading, in a label such as `**Invalid:**`, and in
/// the sentence before the block.
const WRONG: &[&str] = &[
    "compile error",
    "does not compile",
    "does not parse",
    "doesn't compile",
    "doesn't parse",
    "doesn’t compile",
    "doesn’t parse",
    "ill-formed",
    "incorrect",
    "invalid",
    "malformed",
    "not valid",
    "parse error",
    "syntax error",
    "syntax errors",
    "won't compile",
    "won't parse",
    "won’t compile",
    "won’t parse",
    "wrong",
];

/// Words that say so in a heading or a label, which has few others.
const IN_LABEL: &[&str] = &[
    "anti-pattern",
    "avoid",
    "bad",
    "broken",
    "do not",
    "don't",
    "don’t",
    "fails",
    "❌",
    "✗",
    "✘",
    "🚫",
    "👎",
];

/// Words that say so in a sentence about this very block.
const IN_SENTENCE: &[&str] =
    &["are missing", "fails", "forgot", "is missing", "mistake", "omitted", "typo"];

/// Words that point at the block.
const POINTING: &[&str] = &["below", "example", "following", "here", "these", "this"];

/// Words of a sentence that introduces what is right, or that tells what may happen.
const RIGHT: &[&str] = &[
    "if",
    "when",
    "avoid",
    "correct",
    "corrected",
    "fix",
    "fixed",
    "instead",
    "otherwise",
    "prevent",
    "resolve",
    "right",
    "should be",
    "to solve",
    "unless",
    "valid",
    "write",
];

/// The most blocks that are looked through for one beside another.
const NEAR: usize = 100;

/// The most words of a label.
const MAX_LABEL: usize = 6;

/// Whether the page says that the block with a number is wrong.
pub fn is_wrong(context: &PageContext<'_>, number: usize) -> bool {
    // A block that names the rule that must find something is held to it.
    if context.blocks[number].code.info.bad.is_some() {
        return false;
    }
    // Both are in the order of the text. A page may have thousands of wrong blocks, and none of them
    // looks through all of it.
    let start = context.blocks[number].code.span.start;
    let headings = &context.facts().headings;
    let behind = headings.partition_point(|heading| heading.span.start < start);
    let heading = behind.checked_sub(1).map(|at| &headings[at]);
    if heading.is_some_and(|heading| is_label(&heading.text.to_lowercase())) {
        return true;
    }
    let blocks = &context.outline.blocks;
    let behind = blocks.partition_point(|block| block.span.start < start);
    let own = |block: &Block| block.kind == BlockKind::Code(number);
    let Some(at) = blocks.iter().skip(behind).take(NEAR).position(own).map(|at| behind + at) else {
        return false;
    };
    let parent = blocks[at].parent;
    let mut near = blocks[..at].iter().rev().take(NEAR);
    let Some(before) = near.find(|block| block.parent == parent) else {
        return false;
    };
    if before.kind != BlockKind::Paragraph {
        return false;
    }
    let text = said(context, before);
    let short = text.split_whitespace().count() <= MAX_LABEL;
    short && is_label(&text) || announces(&text)
}

/// Whether a heading, or a few words before a block, say that what follows is wrong.
fn is_label(text: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| has_word(text, word));
    says(WRONG) && !says(RIGHT) || says(IN_LABEL)
}

/// Whether the last sentence of a paragraph says that what follows is wrong.
fn announces(text: &str) -> bool {
    let text = text.trim_end();
    let cut = [". ", "! ", "? "].iter().filter_map(|end| text.rfind(end)).max();
    let last = &text[cut.map_or(0, |at| at + 2)..];
    let says = |words: &[&str]| words.iter().any(|word| has_word(last, word));
    let wrong = says(WRONG) && (last.ends_with(':') || says(POINTING));
    (wrong || says(IN_SENTENCE) && says(POINTING) && last.ends_with(':')) && !says(RIGHT)
}

/// Whether a text contains a phrase, not as part of a longer word. `not valid` is no `valid`.
fn has_word(text: &str, phrase: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    text.match_indices(phrase).any(|(at, _)| {
        let before = &text[..at];
        let behind = &text[at + phrase.len()..];
        let part = letter(before.chars().next_back()) || letter(behind.chars().next());
        let denied = phrase == "valid" && before.ends_with("not ");
        !part && !denied
    })
}

/// The words of a block in lower case, without its code.
fn said(context: &PageContext<'_>, block: &Block) -> String {
    let mut text = String::new();
    for one in &context.outline.inlines[block.inlines.clone()] {
        match one.kind {
            InlineKind::Text => text.push_str(&one.text),
            InlineKind::Code => text.push('`'),
            InlineKind::Break => text.push(' '),
            _ => {}
        }
    }
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{announces, is_label};

    #[test]
    fn wrong_code_is_announced() {
        for text in
            ["invalid", "incorrect code", "bad:", "❌ bad", "don't do this", "syntax errors"]
        {
            assert!(is_label(text), "{text}");
        }
        for text in
            ["valid", "fix invalid syntax", "correct", "settings", "badges", "without errors"]
        {
            assert!(!is_label(text), "{text}");
        }
        for text in [
            "the parser recovers; in this example the parentheses of ` are missing:",
            "the following is not valid json:",
            "it reads all. this is invalid:",
            "for example, this does not compile",
        ] {
            assert!(announces(text), "{text}");
        }
        for text in [
            "invalid values are ignored. set it here:",
            "if the key is missing, add it:",
            "to fix this syntax error, add a comma:",
            "instead of the wrong form, write this:",
            "the following is valid:",
            "an invalid value is ignored.",
            "if you get a syntax error, check this:",
        ] {
            assert!(!announces(text), "{text}");
        }
    }
}
