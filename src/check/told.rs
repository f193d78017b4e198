//! What the words around a code span say of it.

use std::ops::Range;

use crate::markdown::outline::{Block, BlockKind, InlineKind, Outline};

/// How many inlines are looked at on either side.
const NEAR: usize = 60;

/// What the words around a code span tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// Nothing that matters.
    Nothing,
    /// Perhaps that it is not there: there is a "not", or an error is told of.
    Perhaps,
    /// That it is gone, never was, or has another name.
    Gone,
}

/// Phrases that tell that something is gone, has another name, or never was.
const GONE: &[&str] = &[
    "breaking changes",
    "deprecated",
    "deprecates",
    "deprecation",
    "does not exist",
    "do not exist",
    "doesn't exist",
    "doesn’t exist",
    "don't exist",
    "don’t exist",
    "did not exist",
    "dropped",
    "former",
    "formerly",
    "historical",
    "instead of",
    "is no",
    "is not a",
    "isn't a",
    "isn’t a",
    "legacy",
    "migrate",
    "migrated",
    "migrating",
    "migration",
    "misspelled",
    "misspelt",
    "never existed",
    "no longer",
    "no such",
    "nonexistent",
    "obsolete",
    "old",
    "older",
    "planned",
    "previously",
    "proposal",
    "proposed",
    "removal",
    "remove",
    "removed",
    "removes",
    "rename",
    "renamed",
    "renames",
    "replace",
    "replaced",
    "replaces",
    "retired",
    "retires",
    "superseded",
    "typo",
    "unknown",
    "unsupported",
    "upcoming",
    "used to",
];

/// Words that may tell the same, and mostly tell something else.
const PERHAPS: &[&str] = &[
    "absent",
    "banned",
    "before",
    "cannot",
    "changed",
    "disabled",
    "error",
    "errors",
    "fails",
    "future",
    "gone",
    "instead",
    "invalid",
    "missing",
    "n't",
    "n’t",
    "neither",
    "never",
    "no",
    "none",
    "nor",
    "not",
    "previous",
    "refuses",
    "reject",
    "rejected",
    "rejects",
    "unavailable",
    "was",
    "were",
    "without",
    "would",
    "wrong",
];

/// What is told of a code span by its sentence, by what leads to its list, by the head of its
/// table, and by the heading above.
pub fn told(outline: &Outline<'_>, inline: usize) -> Told {
    let start = outline.inlines[inline].span.start;
    let innermost = innermost(outline, inline);
    let mut around = vec![sentence(outline, inline, innermost)];
    if let Some(block) = innermost {
        around.extend(above(outline, block).map(|block| block_text(outline, block)));
    }
    let heading = outline
        .blocks
        .iter()
        .filter(|block| block.span.start <= start)
        .rfind(|block| matches!(block.kind, BlockKind::Heading(_)));
    around.extend(heading.map(|block| block_text(outline, block)));
    around.iter().map(|text| of_text(text)).max().unwrap_or(Told::Nothing)
}

fn of_text(text: &str) -> Told {
    let lower = text.to_lowercase();
    if GONE.iter().any(|phrase| has_word(&lower, phrase)) {
        Told::Gone
    } else if PERHAPS.iter().any(|word| has_word(&lower, word)) {
        Told::Perhaps
    } else {
        Told::Nothing
    }
}

/// Whether a phrase stands in the text, not inside of a longer word.
fn has_word(text: &str, phrase: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    text.match_indices(phrase).any(|(at, _)| {
        let ending = phrase.starts_with("n't") || phrase.starts_with("n’t");
        (ending || !letter(text[..at].chars().next_back()))
            && !letter(text[at + phrase.len()..].chars().next())
    })
}

/// The innermost block around an inline.
fn innermost(outline: &Outline<'_>, inline: usize) -> Option<usize> {
    // Blocks stand in the order of the text, a container before what is in it.
    let behind = outline.blocks.partition_point(|block| block.inlines.start <= inline);
    (0..behind).rev().find(|&at| outline.blocks[at].inlines.contains(&inline))
}

/// The text of the sentence around an inline; in a table, of the row.
fn sentence(outline: &Outline<'_>, inline: usize, block: Option<usize>) -> String {
    let mut range = match block {
        Some(at) => match outline.blocks[at].parent {
            Some(row) if outline.blocks[at].kind == BlockKind::Cell => {
                outline.blocks[row].inlines.clone()
            }
            _ => outline.blocks[at].inlines.clone(),
        },
        // Between tags on lines of their own: what is near.
        None => inline.saturating_sub(8)..(inline + 8).min(outline.inlines.len()),
    };
    range.start = range.start.max(inline.saturating_sub(NEAR));
    range.end = range.end.min(inline + NEAR);
    let before = words(outline, range.start..inline);
    let after = words(outline, inline..range.end);
    let ends = [". ", "! ", "? ", "。"];
    let cut = ends.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max();
    let stop = ends.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    format!("{}{}", &before[cut.unwrap_or(0)..], &after[..stop])
}

/// What leads to the list, or heads the table, that a block is in.
fn above<'o>(outline: &'o Outline<'_>, block: usize) -> impl Iterator<Item = &'o Block> {
    let mut found = Vec::new();
    let mut at = Some(block);
    while let Some(here) = at {
        let parent = outline.blocks[here].parent;
        match outline.blocks[here].kind {
            BlockKind::List => {
                let before = (0..here).rev().find(|&one| outline.blocks[one].parent == parent);
                let lead = before.map(|one| &outline.blocks[one]);
                found.extend(lead.filter(|block| block.kind == BlockKind::Paragraph));
            }
            // The head is the first row behind its table.
            BlockKind::Table => found.extend(outline.blocks.get(here + 1)),
            _ => {}
        }
        at = parent;
    }
    found.into_iter()
}

/// The words of a block, of a long one the last.
fn block_text(outline: &Outline<'_>, block: &Block) -> String {
    let range = block.inlines.clone();
    words(outline, range.start.max(range.end.saturating_sub(NEAR))..range.end)
}

/// The words of inlines as a reader sees them; what is code is not the author's word.
fn words(outline: &Outline<'_>, range: Range<usize>) -> String {
    let mut text = String::new();
    let mut end = None;
    for one in &outline.inlines[range] {
        let word = match one.kind {
            InlineKind::Text | InlineKind::Break => &*one.text,
            InlineKind::Code => "`",
            _ => continue,
        };
        // Between cells and blocks lies more than the mark of an escape.
        if end.is_some_and(|end| one.span.start >= end + 2) {
            text.push(' ');
        }
        text.push_str(word);
        end = Some(one.span.end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, prepare};

    #[test]
    fn what_is_told_of_a_code_span() {
        for (text, expected) in [
            ("Run `x` now.", Told::Nothing),
            ("It was removed. Run `x` now. The old one is gone.", Told::Nothing),
            ("`x` was removed.", Told::Gone),
            ("There is no `x`.", Told::Gone),
            ("`x` no longer works", Told::Gone),
            ("`x` doesn't exist", Told::Gone),
            ("Do not run `x`", Told::Perhaps),
            ("This isn't for `x`", Told::Perhaps),
            ("Hold `x`, cold", Told::Nothing),
            ("These are gone or renamed:\n\n- one\n- `x`", Told::Gone),
            ("These are new:\n\n- one\n- `x`", Told::Nothing),
            ("| Old | New |\n| - | - |\n| `x` | y |", Told::Gone),
            ("| Name | Note |\n| - | - |\n| `x` | deprecated |\n| y | z |", Told::Gone),
            ("| Name | Note |\n| - | - |\n| `x` | |\n| y | deprecated |", Told::Nothing),
            ("## Removed commands\n\nThis: `x`\n\n## More", Told::Gone),
            ("<Note>\n\n`x` was renamed\n\n</Note>", Told::Gone),
        ] {
            let scan = prepare(text, false, 0, Dialect::GITHUB);
            let outline = Outline::new(text, &scan);
            let code = outline.inlines.iter().position(|one| one.kind == InlineKind::Code);
            assert_eq!(told(&outline, code.expect("a code span")), expected, "{text}");
        }
    }
}
