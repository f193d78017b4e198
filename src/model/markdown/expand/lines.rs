//! Parts of a file: lines by number, by anchors around them, by region.

use std::ops::Range;

use crate::markdown::front_matter;
use crate::markdown::lines::marker_len;
use crate::suggest::nearest;

/// The lines of a text without their breaks.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        lines.push(start..end - usize::from(text[start..end].ends_with('\r')));
        start = end + 1;
    }
    lines
}

/// Lines number `from` to `to` (from 0, `to` not included) as one part.
pub(super) fn slice(text: &str, from: usize, to: usize) -> Option<Range<usize>> {
    let lines = lines(text);
    let to = to.min(lines.len());
    (from < to).then(|| lines[from].start..lines[to - 1].end)
}

/// The whole text without its last line break.
pub(super) fn whole(text: &str) -> Range<usize> {
    let end = text.strip_suffix('\n').unwrap_or(text);
    0..end.strip_suffix('\r').unwrap_or(end).len()
}

/// Joins parts that follow each other.
fn push(parts: &mut Vec<Range<usize>>, line: Range<usize>) {
    match parts.last_mut() {
        Some(last) if line.start - last.end <= 2 => last.end = line.end,
        _ => parts.push(line),
    }
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`; `None` if there is no such anchor.
pub(super) fn anchored(text: &str, name: &str) -> Option<Vec<Range<usize>>> {
    between(text, |line| match (after(line, "ANCHOR_END:"), after(line, "ANCHOR:")) {
        (Some(found), _) => Mark::End(found == name),
        (None, Some(found)) => Mark::Start(found == name),
        (None, None) => Mark::None,
    })
}

/// The same, with all parts if there are several of that name.
pub(super) fn all_anchored(text: &str, name: &str) -> Option<Vec<Range<usize>>> {
    let (mut parts, mut inside, mut found) = (Vec::new(), false, false);
    for line in lines(text) {
        let written = &text[line.clone()];
        match (after(written, "ANCHOR_END:"), after(written, "ANCHOR:")) {
            (Some(ended), _) if ended == name => inside = false,
            (None, Some(begun)) if begun == name => (inside, found) = (true, true),
            (None, None) if inside => parts.push(line),
            _ => {}
        }
    }
    found.then_some(parts)
}

/// Whether a line begins or ends a part.
pub(super) fn is_anchor(line: &str) -> bool {
    after(line, "ANCHOR_END:").or_else(|| after(line, "ANCHOR:")).is_some()
}

/// The word after `mark`.
fn after<'l>(line: &'l str, mark: &str) -> Option<&'l str> {
    let rest = line[line.find(mark)? + mark.len()..].trim_start();
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// The lines of a snippet's section: `--8<-- [start:name]` to `--8<-- [end:name]`.
pub(super) fn section(text: &str, name: &str) -> Option<Vec<Range<usize>>> {
    between(text, |line| {
        let Some((start, found)) = section_mark(line) else { return Mark::None };
        let own = found.eq_ignore_ascii_case(name);
        if start { Mark::Start(own) } else { Mark::End(own) }
    })
}

/// Whether a line begins or ends a section, and its name.
pub(super) fn section_mark(line: &str) -> Option<(bool, &str)> {
    let rest = &line[line.find("-8<-")? + 4..];
    let rest = rest.trim_start_matches('-').trim_start().strip_prefix('[')?;
    let inner = &rest[..rest.find(']')?];
    let (kind, name) = inner.split_once(':')?;
    match kind.trim() {
        "start" => Some((true, name.trim())),
        "end" => Some((false, name.trim())),
        _ => None,
    }
}

/// Whether a line ends a region of an editor, and the name of the region.
fn region_mark(line: &str) -> Option<(bool, &str)> {
    let lower = line.to_ascii_lowercase();
    let at = lower.find("region")?;
    let before = lower[..at].trim_end();
    let named = line[at + 6..].trim();
    let closed = ["-->", "*/", "*)"].iter().find_map(|end| named.strip_suffix(end));
    let named = closed.unwrap_or(named).trim().trim_matches('"');
    let marks = ["//", "#", "<!--", "/*", "(*", "--", "::", "rem"];
    let marked = marks.iter().any(|mark| before.trim_start().starts_with(mark));
    marked.then_some((before.ends_with("end"), named))
}

/// The names of the parts of a file, by any of the marks for them.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let anchor = after(line, "ANCHOR:");
        let section = || section_mark(line).filter(|(start, _)| *start).map(|(_, name)| name);
        let region = || region_mark(line).filter(|(ends, _)| !ends).map(|(_, name)| name);
        anchor.or_else(section).or_else(region).filter(|name| !name.is_empty())
    })
}

/// The lines of a region of an editor: `#region name` to `#endregion name`.
pub(super) fn region(text: &str, name: &str) -> Option<Vec<Range<usize>>> {
    let mut depth = 0usize;
    between(text, |line| {
        let Some((ends, named)) = region_mark(line) else { return Mark::None };
        if ends {
            depth = depth.saturating_sub(1);
            Mark::End(named == name || (named.is_empty() && depth == 0))
        } else {
            depth = if named == name { 1 } else { depth + 1 };
            Mark::Start(named == name)
        }
    })
}

enum Mark {
    None,
    /// A part begins; whether it is the one that is wanted.
    Start(bool),
    /// A part ends; whether it is the one that is wanted.
    End(bool),
}

/// The lines between two marks, without other marks.
fn between(text: &str, mut mark: impl FnMut(&str) -> Mark) -> Option<Vec<Range<usize>>> {
    let mut parts = Vec::new();
    let (mut inside, mut found) = (false, false);
    for line in lines(text) {
        match mark(&text[line.clone()]) {
            Mark::Start(true) => (inside, found) = (true, true),
            Mark::End(true) if inside => break,
            Mark::None if inside => push(&mut parts, line),
            _ => {}
        }
    }
    found.then_some(parts)
}

/// What begins each further line of a text that begins after `before`: the quotes around it, and
/// spaces for the marks of lists.
pub(super) fn continuation(before: &str) -> String {
    let bytes = before.as_bytes();
    let mut out = String::new();
    let mut pos = 0;
    while pos < bytes.len() {
        match marker_len(&bytes[pos..]) {
            0 if matches!(bytes[pos], b' ' | b'\t') => {
                out.push(char::from(bytes[pos]));
                pos += 1;
            }
            0 => break,
            len => {
                out.push_str(if bytes[pos] == b'>' { ">" } else { "" });
                out.push_str(&" ".repeat(len - usize::from(bytes[pos] == b'>')));
                pos += len;
            }
        }
    }
    out
}

/// The parts of a file that `file:part` means: all of it, lines by number, or what a name is
/// written around. Otherwise what is wrong, and a similar name.
pub(super) fn part_of(
    text: &str,
    part: &str,
    in_code: bool,
) -> Result<Vec<Range<usize>>, (String, Option<String>)> {
    if part.is_empty() {
        // The front matter of a part is not shown.
        let start = if in_code { 0 } else { front_matter::read(text).1 };
        return Ok(std::iter::once(start..whole(text).end.max(start)).collect());
    }
    if part.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        let (first, last) = part.split_once(':').unwrap_or((part, part));
        let from = first.parse::<usize>().unwrap_or(1).max(1) - 1;
        let to = last.parse().unwrap_or(usize::MAX);
        let found = slice(text, from, to);
        let count = lines(text).len();
        let beyond = last.parse::<usize>().is_ok_and(|last| last > count);
        return match found.filter(|_| !beyond) {
            Some(found) => Ok(vec![found]),
            None => Err((format!("has no lines {part}: it has {count}"), None)),
        };
    }
    let named = anchored(text, part).or_else(|| section(text, part));
    named.or_else(|| region(text, part)).ok_or_else(|| {
        let near = nearest(part, names(text)).map(str::to_owned);
        (format!("has no part `{part}`"), near)
    })
}

/// The lines of these parts, each without the blanks that begin all of them.
pub(super) fn without_indent(text: &str, parts: &[Range<usize>]) -> Vec<Range<usize>> {
    let below = |part: &Range<usize>| {
        let start = part.start;
        let inside = lines(&text[part.clone()]).into_iter();
        inside.map(move |line| start + line.start..start + line.end)
    };
    let all: Vec<Range<usize>> = parts.iter().flat_map(below).collect();
    let blanks = |line: &Range<usize>| {
        let written = &text[line.clone()];
        written.len() - written.trim_start_matches([' ', '\t']).len()
    };
    let full = all.iter().filter(|line| !text[(*line).clone()].trim().is_empty());
    let least = full.map(blanks).min().unwrap_or(0);
    all.iter().map(|line| line.start + least.min(blanks(line))..line.end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_lines_stay_in_quotes_and_lists() {
        for (before, expected) in
            [("", ""), ("  ", "  "), ("> - ", ">   "), ("1. ", "   "), ("- a ", "  "), (">", ">")]
        {
            assert_eq!(continuation(before), expected, "{before:?}");
        }
    }
}
