//! What the words around a code span say about it, for example that the command was removed.

use std::ops::Range;

use crate::markdown::outline::{Block, BlockKind, InlineKind, Outline};

/// The number of inlines that are considered on either side.
const MAX_INLINES: usize = 60;

/// What the words around a code span say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Nothing relevant.
    Nothing,
    /// Nearby words say that something was removed, is missing or failed.
    Nearby,
    /// The thing itself is gone, never was, or has another name.
    Itself,
}

/// Phrases that say that something does not exist, no longer or not yet. Many have other uses too.
const NEARBY: &[&str] = &[
    "absent",
    "banned",
    "before",
    "breaking changes",
    "cannot",
    "changed",
    "deprecated",
    "deprecates",
    "deprecation",
    "disabled",
    "dropped",
    "error",
    "errors",
    "fails",
    "former",
    "formerly",
    "future",
    "gone",
    "historical",
    "instead",
    "invalid",
    "legacy",
    "migrate",
    "migrated",
    "migrating",
    "migration",
    "missing",
    "misspelled",
    "misspelt",
    "n't",
    "n’t",
    "neither",
    "never",
    "no",
    "none",
    "nonexistent",
    "nor",
    "not",
    "obsolete",
    "old",
    "older",
    "planned",
    "previous",
    "previously",
    "proposal",
    "proposed",
    "refuses",
    "reject",
    "rejected",
    "rejects",
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
    "unavailable",
    "unknown",
    "unsupported",
    "upcoming",
    "used to",
    "was",
    "were",
    "without",
    "would",
    "wrong",
];

/// Phrases that apply to a code span directly after them.
const BEFORE: &[&str] = &[
    "deprecated",
    "former",
    "instead of",
    "legacy",
    "misspelled",
    "misspelt",
    "no",
    "no such",
    "nonexistent",
    "not",
    "obsolete",
    "old",
    "remove",
    "removed",
    "removes",
    "rename",
    "renamed",
    "renamed from",
    "renames",
    "replaces",
    "retired",
    "unknown",
];

/// Phrases that apply to a code span directly before them.
const AFTER: &[&str] = &[
    "became",
    "deprecated",
    "didn't exist",
    "doesn't exist",
    "doesn’t exist",
    "don't exist",
    "dropped",
    "gone",
    "no longer a",
    "no longer available",
    "no longer exists",
    "no longer supported",
    "no longer there",
    "no longer works",
    "not a",
    "not an",
    "not available",
    "not exist",
    "not known",
    "not recognised",
    "not recognized",
    "not supported",
    "not valid",
    "obsolete",
    "removed",
    "renamed",
    "replaced",
    "retired",
    "superseded",
    "unsupported",
    "→",
    "->",
];

/// Phrases that introduce a list, a column or a section, and apply to everything in it.
const ABOVE: &[&str] = &[
    "deprecated",
    "do not exist",
    "don't exist",
    "dropped",
    "gone",
    "no longer",
    "removed",
    "renamed",
    "retired",
];

/// Phrases that do so only as the header of a column.
const HEAD: &[&str] = &["before", "former", "legacy", "old", "previous", "was"];

/// Words that may be between a code span and a phrase about it.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "alias",
    "are",
    "be",
    "been",
    "command",
    "commands",
    "did",
    "do",
    "does",
    "flag",
    "has",
    "have",
    "is",
    "itself",
    "now",
    "option",
    "subcommand",
    "the",
    "was",
    "were",
    "will",
];

/// What a code span's sentence, the introduction of its list, the header of its table column, and
/// the heading above say about it.
pub fn about(outline: &Outline<'_>, inline: usize) -> Claim {
    let start = outline.inlines[inline].span.start;
    let innermost = innermost(outline, inline);
    let (before, after) = sentence(outline, inline, innermost);
    let heading = outline
        .blocks
        .iter()
        .filter(|block| block.span.start <= start)
        .rfind(|block| matches!(block.kind, BlockKind::Heading(_)));
    let mut above: Vec<String> =
        heading.map(|block| block_text(outline, block)).into_iter().collect();
    if let Some(block) = innermost {
        above.extend(leads(outline, block).map(|block| block_text(outline, block)));
    }
    let head = innermost.and_then(|block| column_head(outline, block));
    let head = head.map(|block| block_text(outline, block).to_lowercase()).unwrap_or_default();
    let says = |text: &str, phrases: &[&str]| phrases.iter().any(|phrase| has_word(text, phrase));
    let above: Vec<String> = above.iter().map(|text| text.to_lowercase()).collect();
    if said_before(&before)
        || said_behind(&after)
        || above.iter().any(|text| says(text, ABOVE))
        || says(&head, HEAD)
        || says(&head, ABOVE)
    {
        return Claim::Itself;
    }
    let near = [&before, &after, &head];
    let nearby = near.into_iter().chain(&above).any(|text| says(text, NEARBY));
    if nearby { Claim::Nearby } else { Claim::Nothing }
}

/// Whether the words directly before a code span apply to it.
fn said_before(before: &str) -> bool {
    let mut words: Vec<&str> = before.split_whitespace().collect();
    while words.pop_if(|word| FILLERS.contains(word)).is_some() {}
    let last = words.split_off(words.len().saturating_sub(2)).join(" ");
    BEFORE.iter().any(|phrase| {
        last.strip_suffix(phrase).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    })
}

/// Whether the words directly after a code span apply to it.
fn said_behind(after: &str) -> bool {
    let after = after.trim_start_matches('`');
    if after.starts_with(['.', ';', ':', '`']) {
        return false;
    }
    let words = after.split_whitespace().skip_while(|word| FILLERS.contains(word));
    let next = words.take(3).collect::<Vec<_>>().join(" ");
    AFTER.iter().any(|phrase| {
        let behind = next.strip_prefix(phrase).map(|rest| rest.chars().next());
        behind.is_some_and(|next| next.is_none_or(|c| !c.is_alphanumeric()))
    })
}

/// Whether the text contains a phrase, not as part of a longer word.
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
    // Blocks are in the order of the text, containers before their content.
    let behind = outline.blocks.partition_point(|block| block.inlines.start <= inline);
    (0..behind).rev().find(|&at| outline.blocks[at].inlines.contains(&inline))
}

/// The sentence around an inline (in a table, the row) in lower case, split before the inline.
fn sentence(outline: &Outline<'_>, inline: usize, block: Option<usize>) -> (String, String) {
    let mut range = match block {
        Some(at) => match outline.blocks[at].parent {
            Some(row) if outline.blocks[at].kind == BlockKind::Cell => {
                outline.blocks[row].inlines.clone()
            }
            _ => outline.blocks[at].inlines.clone(),
        },
        // Text between tags on separate lines has no block: use what is near.
        None => inline.saturating_sub(8)..(inline + 8).min(outline.inlines.len()),
    };
    range.start = range.start.max(inline.saturating_sub(MAX_INLINES));
    range.end = range.end.min(inline + MAX_INLINES);
    let before = words(outline, range.start..inline).to_lowercase();
    let after = words(outline, inline..range.end).to_lowercase();
    let ends = [". ", "! ", "? ", "。"];
    let cut = ends.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max();
    let stop = ends.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    (before[cut.unwrap_or(0)..].to_owned(), after[..stop].to_owned())
}

/// The paragraphs that introduce the lists around a block.
fn leads<'o>(outline: &'o Outline<'_>, block: usize) -> impl Iterator<Item = &'o Block> {
    around(outline, block).filter(|&at| outline.blocks[at].kind == BlockKind::List).filter_map(
        |at| {
            let parent = outline.blocks[at].parent;
            let before = (0..at).rev().find(|&one| outline.blocks[one].parent == parent)?;
            Some(&outline.blocks[before]).filter(|block| block.kind == BlockKind::Paragraph)
        },
    )
}

/// A block and the blocks around it, innermost first.
fn around(outline: &Outline<'_>, block: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(block), |&at| outline.blocks[at].parent)
}

/// The header of the column of a cell.
fn column_head<'o>(outline: &'o Outline<'_>, block: usize) -> Option<&'o Block> {
    let is = |at: &usize, kind| outline.blocks[*at].kind == kind;
    let cell = around(outline, block).find(|at| is(at, BlockKind::Cell))?;
    let row = outline.blocks[cell].parent?;
    let table = outline.blocks[row].parent?;
    let cells = |row: usize| {
        let inside = move |at: &usize| outline.blocks[*at].parent == Some(row);
        (row + 1..outline.blocks.len()).take_while(inside)
    };
    let column = cells(row).position(|at| at == cell)?;
    // The header is the first row of its table.
    cells(table + 1).nth(column).map(|at| &outline.blocks[at])
}

/// The words of a block; only the last ones of a long block.
fn block_text(outline: &Outline<'_>, block: &Block) -> String {
    let range = block.inlines.clone();
    words(outline, range.start.max(range.end.saturating_sub(MAX_INLINES))..range.end)
}

/// The words of inlines as a reader sees them, without code.
fn words(outline: &Outline<'_>, range: Range<usize>) -> String {
    let mut text = String::new();
    let mut end = None;
    for one in &outline.inlines[range] {
        let word = match one.kind {
            InlineKind::Text | InlineKind::Break => &*one.text,
            InlineKind::Code => "`",
            _ => continue,
        };
        // A gap of more than one byte (an escape) separates cells and blocks.
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
            ("Run `x` now.", Claim::Nothing),
            ("It was removed. Run `x` now. The old one is gone.", Claim::Nothing),
            ("`x` was removed.", Claim::Itself),
            ("The command `x` has been renamed to `y`", Claim::Itself),
            ("Renamed from `x`", Claim::Itself),
            ("There is no `x`.", Claim::Itself),
            ("Use y, not the `x` command", Claim::Itself),
            ("`x` no longer works", Claim::Itself),
            ("`x` no longer prints y", Claim::Nearby),
            ("`x` doesn't exist", Claim::Itself),
            ("`x` is not a command", Claim::Itself),
            ("`x` is not needed", Claim::Nearby),
            ("Retired keys are removed by `x`.", Claim::Nearby),
            ("Do not run `x`", Claim::Nearby),
            ("This isn't for `x`", Claim::Nearby),
            ("Hold `x`, cold", Claim::Nothing),
            ("These are gone or renamed:\n\n- one\n- `x`", Claim::Itself),
            ("These are new:\n\n- one\n- `x`", Claim::Nothing),
            ("| Old | New |\n| - | - |\n| `x` | y |", Claim::Itself),
            ("| Old | New |\n| - | - |\n| y | `x` |", Claim::Nothing),
            ("| Name | Note |\n| - | - |\n| `x` | deprecated |\n| y | z |", Claim::Itself),
            ("| Name | Note |\n| - | - |\n| `x` | |\n| y | deprecated |", Claim::Nothing),
            ("## Removed commands\n\nThis: `x`\n\n## More", Claim::Itself),
            ("<Note>\n\n`x` was renamed\n\n</Note>", Claim::Itself),
        ] {
            let scan = prepare(text, false, 0, Dialect::GITHUB);
            let outline = Outline::new(text, &scan);
            let code = outline.inlines.iter().position(|one| one.kind == InlineKind::Code);
            assert_eq!(about(&outline, code.expect("a code span")), expected, "{text}");
        }
    }
}
