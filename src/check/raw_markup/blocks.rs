//! Headings, tasks, tables and other blocks that the parser took for a paragraph.

use std::ops::Range;

use super::{OTHER, Raw, Shown, has_call};
use crate::markdown::outline::BlockKind;
use crate::prose::is_unspaced;

fn whole_line(shown: &Shown<'_>, start: usize) -> Raw {
    let end = shown.text[start..].find('\n').map_or(shown.text.len(), |len| start + len);
    Raw::new(start..end)
}

/// `##Install`, and `#Install` where it can be nothing else.
pub fn heading(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    if shown.kind != BlockKind::Paragraph || !text.starts_with('#') {
        return;
    }
    let line = text.lines().next().unwrap_or_default();
    // Those in the text of a link belong to that.
    let own = |at: &usize| shown.place(*at) == shown.place(0) + at;
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    let marks = (0..marks).take_while(own).count();
    let title = &line[marks..];
    let Some(first) = title.chars().next() else { return };
    let named =
        first.is_uppercase() || is_unspaced(first) || (marks > 1 && first.is_alphanumeric());
    let short = title.chars().count() <= 80 && !title.contains('#');
    let whole = marks > 1 || (line.len() == text.len() && title.contains(' '));
    let spoken = title.ends_with(['.', ',', ';', '。', '，']);
    if marks <= 6 && named && short && whole && !spoken {
        let mut found = whole_line(shown, 0);
        found.edit = Some((0..marks, format!("{} ", &line[..marks])));
        found.is_safe = marks > 1;
        out.push(found);
    }
}

/// What follows the box of a task.
fn boxed(text: &str) -> Option<&str> {
    ["[ ]", "[x]", "[X]"].iter().find_map(|mark| text.strip_prefix(mark))
}

/// `- []`, `-[ ]`, `-[x]`, `- [x]done`, and `[ ] todo` outside of a list.
pub fn task(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    let in_item = BlockKind::Item == shown.kind || shown.around == Some(BlockKind::Item);
    let unspaced = || text.strip_prefix(['-', '*', '+']).and_then(boxed);
    let is_paragraph = shown.kind == BlockKind::Paragraph;
    let (rest, edit) = if is_paragraph && let Some(rest) = unspaced() {
        (rest, (1..1, " "))
    } else if in_item && let Some(rest) = text.strip_prefix("[]") {
        (rest, (0..2, "[ ]"))
    } else if in_item && let Some(rest) = boxed(text).filter(|rest| !rest.starts_with(' ')) {
        return task_before(shown, rest, (3..3, " "), out);
    } else if is_paragraph
        && !in_item
        && let Some(rest) = text.strip_prefix("[ ]").filter(|_| !text.contains('\n'))
    {
        (rest, (0..0, "- "))
    } else {
        return;
    };
    if rest.starts_with(' ') {
        task_before(shown, rest.trim_start(), edit, out);
    }
}

/// A task whose text is `rest`, if that is one.
fn task_before(shown: &Shown<'_>, rest: &str, edit: (Range<usize>, &str), out: &mut Vec<Raw>) {
    if rest.starts_with(char::is_alphabetic) {
        let mut found = whole_line(shown, 0);
        found.edit = Some((edit.0, edit.1.to_owned()));
        out.push(found);
    }
}

/// Lines between pipes.
pub fn table(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let row = |line: &str| {
        let line = line.trim();
        line.len() > 4
            && line.starts_with('|')
            && line.ends_with('|')
            && line.matches('|').count() > 2
    };
    let is_paragraph = shown.kind == BlockKind::Paragraph;
    let dashes = |line: &str| line.chars().all(|c| "|-: ".contains(c));
    let lines = shown.text.lines().collect::<Vec<_>>();
    let first = lines.windows(2).position(|two| row(two[0]) && row(two[1]));
    // A line of dashes with too few cells makes no table either; another rule reports that.
    let Some(first) = first.filter(|first| !dashes(lines[first + 1])) else { return };
    // `|x| + |y|` is a sum of absolute values, and a picture of boxes has no words.
    let worded = lines[first].chars().filter(|c| c.is_alphabetic()).count() > 3;
    if is_paragraph && worded {
        let start = lines[..first].iter().map(|line| line.len() + 1).sum();
        out.push(whole_line(shown, start));
    }
}

/// `[guide]: https://example.com more words`
pub fn definition(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    // A name in brackets before a link, `[Ann]: [the notes](address)`, is no definition.
    let is_whole = |start: usize, len: usize| shown.place(start + len) == shown.place(start) + len;
    let mut start = 0;
    for line in text.split('\n') {
        let parts = line.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
        if let Some((label, rest)) = parts
            && !label.starts_with('^')
            && !label.contains([']', '[', OTHER])
            && (rest.starts_with("http://") || rest.starts_with("https://"))
            && rest.trim().contains(' ')
            && !rest.contains(OTHER)
            && !has_call(rest)
            && is_whole(start, line.len() - rest.len())
        {
            out.push(whole_line(shown, start));
        }
        start += line.len() + 1;
    }
}

/// `!!! note`, `??? tip "Title"`, `:::warning`
pub fn admonition(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let mut start = 0;
    for line in shown.text.split('\n') {
        let name = ["!!! ", "??? ", "???+ ", ":::"]
            .iter()
            .find_map(|mark| line.strip_prefix(mark))
            .filter(|_| shown.kind == BlockKind::Paragraph);
        let name = name.map(str::trim_start);
        if name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase())) {
            out.push(whole_line(shown, start));
        }
        start += line.len() + 1;
    }
}

/// `| - | - |` as a paragraph of its own.
pub fn lone_dashes(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let line = shown.text.trim();
    let cells = line.trim_matches('|').split('|');
    let is_dashes = |cell: &str| {
        let cell = cell.trim();
        let dashes = cell.trim_start_matches(':').trim_end_matches(':');
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    let mut count = 0;
    let all = cells.inspect(|_| count += 1).all(is_dashes);
    if shown.kind == BlockKind::Paragraph && all && line.starts_with('|') && count > 1 {
        out.push(whole_line(shown, 0));
    }
}
