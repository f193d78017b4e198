//! Items of lists without a space behind their marks: `-Item`, `1)Item`. Readers see them run on as
//! one paragraph.

use super::{KIND, Kind, OTHER, Raw, Shown};
use crate::markdown::outline::{BlockKind, Outline};
use crate::prose::{self, is_unspaced};

/// Such items.
static LIST: Kind = Kind {
    message: "readers see this list as one paragraph: there is no space after its marks",
    help: "add a space after each mark",
    marks: &["-", ".", ")"],
    ..KIND
};

/// An item that is a paragraph of its own, or ends one.
static ITEM: Kind = Kind {
    message: "readers see the dash of this item: there is no space after it",
    help: "add a space after the dash",
    ..LIST
};

/// What an item begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Dash,
    Number(u32, char),
}

impl Mark {
    /// Whether an item with this mark comes next in a list.
    fn follows(self, last: Self) -> bool {
        match (last, self) {
            (Self::Dash, Self::Dash) => true,
            (Self::Number(last, sign), Self::Number(next, other)) => {
                sign == other && last.checked_add(1) == Some(next)
            }
            _ => false,
        }
    }
}

/// Finds them on a page. Most blocks have no line that begins like one, which is known without a
/// copy of their text.
pub(super) fn find(
    source: &str,
    outline: &Outline<'_>,
    is_mdx: bool,
    wanted: &dyn Fn(&Kind) -> bool,
    take: &mut dyn FnMut(&'static Kind, &Shown<'_>, Raw),
) {
    if !wanted(&LIST) {
        return;
    }
    for leaf in prose::leaves(outline) {
        let written = &source[leaf.span.start..leaf.span.end];
        if !matches!(leaf.block.kind, BlockKind::Paragraph | BlockKind::Item)
            || !suspicious(written)
        {
            continue;
        }
        let around = leaf.block.parent.map(|at| outline.blocks[at].kind);
        let shown = Shown { is_mdx, ..Shown::new(source, &leaf, around) };
        let in_item = leaf.block.kind == BlockKind::Item || around == Some(BlockKind::Item);
        let own = in_item.then(|| own_mark(&source[..leaf.span.start])).flatten();
        let mut any = false;
        runs(&shown, own, &mut |raw| {
            any = true;
            take(&LIST, &shown, raw);
        });
        if !any && let Some(raw) = lone(&shown) {
            take(&ITEM, &shown, raw);
        }
    }
}

/// `-Item` as the first line of a paragraph, or behind a colon. `-Ada Lovelace` below a quote says
/// whose words they are.
fn lone(shown: &Shown<'_>) -> Option<Raw> {
    let text = &*shown.text;
    let start = if text.starts_with('-') { 0 } else { text.find(":\n-")? + 2 };
    let line = text[start..].lines().next()?;
    let plain = shown.source[shown.place(start)..].starts_with('-');
    let is_item = matches!(mark(line), Some((Mark::Dash, _))) && plain;
    let small = |word: &str| word.starts_with(|c: char| c.is_lowercase() || is_unspaced(c));
    let words = || line[1..].split_whitespace();
    let signs = words().count() < 5 && !words().any(small);
    let quoted = shown.around == Some(BlockKind::Quote);
    if shown.kind != BlockKind::Paragraph || !is_item || signs || quoted {
        return None;
    }
    let edit = Some((start + 1..start + 1, " ".to_owned()));
    Some(Raw { edit, ..Raw::new(start..start + line.len()) })
}

/// Whether the first line begins with a dash and a letter, or one after it like an item.
fn suspicious(written: &str) -> bool {
    if written.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
        return true;
    }
    memchr::memchr_iter(b'\n', written.as_bytes()).any(|at| {
        let line = written[at + 1..].trim_start_matches([' ', '\t', '>']);
        mark(line).is_some() || marked_link(line).is_some()
    })
}

/// The mark of an item that is a link: `-[Install](install.md)`. In the text that readers see, the
/// bracket is missing.
fn marked_link(line: &str) -> Option<(Mark, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).take(4).count();
    let front = line.get(..digits + 1)?;
    let rest = line[front.len()..].strip_prefix('[')?.lines().next()?;
    let is_link = rest.contains("](") || rest.contains("][");
    let found = match front {
        "-" => Some((Mark::Dash, 1)),
        _ => number(&format!("{front}A")),
    };
    found.filter(|_| is_link)
}

/// The mark of the item whose text begins behind `before`.
fn own_mark(before: &str) -> Option<Mark> {
    let line = before[before.rfind('\n').map_or(0, |at| at + 1)..].trim_matches([' ', '>', '\t']);
    match line {
        "-" => Some(Mark::Dash),
        _ => number(&format!("{line}A")).map(|(mark, _)| mark),
    }
}

/// The mark that a line begins with, without a space behind it, and its length.
fn mark(line: &str) -> Option<(Mark, usize)> {
    let Some(rest) = line.strip_prefix('-') else { return number(line) };
    let mut chars = rest.chars();
    let first = chars.next()?;
    // `-Wall` and `-Dname` are options.
    let worded = first.is_uppercase() && chars.next()?.is_lowercase() && !"DWX".contains(first);
    let said = worded && rest.contains(' ') && !rest.contains('=');
    (said || is_unspaced(first)).then_some((Mark::Dash, 1))
}

fn number(line: &str) -> Option<(Mark, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = line.get(..digits).filter(|_| digits < 4)?.parse().ok()?;
    let mut rest = line[digits..].chars();
    let (sign, first) = (rest.next()?, rest.next()?);
    // `1.x` is a version.
    let fits = match sign {
        '.' => first.is_uppercase() || is_unspaced(first),
        ')' => first.is_alphabetic(),
        _ => false,
    };
    fits.then_some((Mark::Number(number, sign), digits + 1))
}

/// Lines that follow one another as items do: two of them, or one behind an item.
fn runs(shown: &Shown<'_>, own: Option<Mark>, take: &mut dyn FnMut(Raw)) {
    let text = &*shown.text;
    let mut start = 0;
    let mut last = own.map(|mark| (mark, None::<Run>));
    for (at, line) in text.split('\n').enumerate() {
        let begin = start;
        start += line.len() + 1;
        let found = mark(line).or_else(|| marked_link(&shown.source[shown.place(begin)..]));
        let found = found.filter(|_| at == 0 || runs_on(shown, begin - 1));
        let follows = found.is_some_and(|(mark, _)| {
            at > 0 && last.as_ref().is_some_and(|(last, _)| mark.follows(*last))
        });
        let Some((mark, len)) = found else {
            // The words of an item may go on; a list is over where nothing runs on.
            if at > 0 || own.is_none() {
                finish(shown, last.take(), take);
            }
            continue;
        };
        let run = last.take().map(|(_, run)| run);
        let mut run = match run {
            Some(run) if follows => run.unwrap_or(Run { count: 1, ..Run::new(begin) }),
            Some(run) => {
                finish(shown, Some((mark, run)), take);
                Run::new(begin)
            }
            None => Run::new(begin),
        };
        run.count += 1;
        run.end = begin + line.len();
        run.marks.push(begin + len);
        last = Some((mark, Some(run)));
    }
    finish(shown, last, take);
}

/// Items in a row.
#[derive(Default)]
struct Run {
    start: usize,
    end: usize,
    /// With the item that they stand in.
    count: usize,
    /// The ends of their marks.
    marks: Vec<usize>,
}

impl Run {
    fn new(start: usize) -> Self {
        Self { start, ..Self::default() }
    }
}

fn finish(shown: &Shown<'_>, last: Option<(Mark, Option<Run>)>, take: &mut dyn FnMut(Raw)) {
    let Some(run) = last.and_then(|(_, run)| run).filter(|run| run.count > 1) else { return };
    let mut found = Raw::new(run.start..run.end);
    let span = shown.span(run.start, run.end);
    let written = &shown.text[run.start..run.end];
    let plain = shown.source[span.start..span.end].replace("\r\n", "\n") == written
        && !written.contains(OTHER);
    if plain && run.start == 0 {
        let mut spaced = written.to_owned();
        run.marks.iter().rev().for_each(|at| spaced.insert(at - run.start, ' '));
        found.edit = Some((run.start..run.end, spaced));
    }
    take(found);
}

/// Whether a line end is a space for readers: no line break was asked for.
fn runs_on(shown: &Shown<'_>, at: usize) -> bool {
    let (before, end) = shown.source.split_at(shown.place(at));
    !end.starts_with("  ") && !end.starts_with('\\') && !before.ends_with(['>', ' ', '\\'])
}
