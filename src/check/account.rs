//! The account of a page: what becomes of its source. The walk over a page tells which bytes are
//! text, code, tags, addresses or front matter. What lies between them is syntax that it has read,
//! and has no words of its own but for the few kinds in [`SYNTAX`]. All other words there were
//! written for readers and are lost.

use crate::markdown::facts::PageFacts;
use crate::markdown::outline::{BlockKind, InlineKind, Mark, Outline};
use crate::source::{Span, line_start};

/// Syntax with words in it that are not for readers, or that the walk shows elsewhere.
struct Syntax {
    /// The text that it begins with; empty for a digit.
    begins: &'static str,
    /// Whether it is the first of its line, apart from marks of lists and quotes.
    is_first: bool,
    /// Its length, if a text that begins so is such syntax.
    len: fn(&str) -> Option<usize>,
}

/// All kinds. The walk has read what is looked at here, so that the shape is enough to tell.
static SYNTAX: &[Syntax] = &[
    // The number of an item, and a task box.
    Syntax { begins: "", is_first: true, len: number },
    Syntax { begins: "[x]", is_first: true, len: |_| Some(3) },
    Syntax { begins: "[X]", is_first: true, len: |_| Some(3) },
    // The label of a footnote, the kind of an alert, the definition of a link.
    Syntax { begins: "[^", is_first: true, len: |text| through(text, "]:") },
    Syntax { begins: "[!", is_first: true, len: |text| through(text, "]") },
    Syntax { begins: "[", is_first: true, len: definition },
    // Abbreviations, which are shown where they are used.
    Syntax { begins: "*[", is_first: true, len: line },
    // The first lines of containers; the walk knows their titles, and attributes may follow.
    Syntax { begins: "!!!", is_first: true, len: admonition },
    Syntax { begins: "???", is_first: true, len: admonition },
    Syntax { begins: CONTAINERS[0], is_first: true, len: line },
    Syntax { begins: CONTAINERS[1], is_first: true, len: line },
    Syntax { begins: CONTAINERS[2], is_first: true, len: line },
    // Modules, comments and strings of MDX. Nothing of an open comment is read.
    Syntax { begins: "import", is_first: true, len: module },
    Syntax { begins: "export", is_first: true, len: module },
    Syntax { begins: "{/*", is_first: false, len: |text| comment(text, "*/}") },
    Syntax { begins: "<!--", is_first: false, len: |text| comment(text, "-->") },
    Syntax { begins: "{`", is_first: false, len: |text| through(text, "`}") },
    Syntax { begins: "{\"", is_first: false, len: |text| through(text, "\"}") },
    Syntax { begins: "{'", is_first: false, len: |text| through(text, "'}") },
];

/// The marks of containers whose words are all titles or attributes.
const CONTAINERS: [&str; 3] = ["===", ":::", "///"];

/// How far a gap is searched for the end of syntax that may have none, in bytes: a label of a link
/// has at most 999 characters.
const REACH: usize = 4000;

/// The most bytes that marks before a line take: indentation, items, quotes.
const MARKS: usize = 200;

/// Words that no part of the page shows.
#[derive(Debug)]
pub struct Lost {
    /// The words.
    pub span: Span,
    /// Where they stand.
    pub place: Place,
}

/// Where lost words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this row of a table.
    Row(Span),
    /// On the first line of an admonition.
    Admonition,
    /// Elsewhere.
    Other,
}

/// All text of a page that it does not show.
pub fn lost(source: &str, facts: &PageFacts, outline: &Outline<'_>) -> Vec<Lost> {
    let mut found = Vec::new();
    gaps(facts, outline, source.len(), &mut |gap| {
        let gap = gap.clamped(source);
        if source.as_bytes()[gap.start..gap.end].iter().any(is_word) {
            unread(source, gap, &mut |span| {
                let place = place(source, outline, span);
                found.push(Lost { span, place });
            });
        }
    });
    found
}

/// The stretches between all that the walk has read or shows, up to `end`.
fn gaps(facts: &PageFacts, outline: &Outline<'_>, end: usize, take: &mut dyn FnMut(Span)) {
    let whole = |span: Span| (span.start, span.end);
    let mut code = facts.code.iter().map(|block| whole(block.span)).peekable();
    let mut formulas = facts.formulas.iter().map(|formula| whole(formula.span)).peekable();
    let mut done = facts.front.span.end;
    let mut cover = |(start, end): (usize, usize)| {
        if start > done {
            take(Span::new(done, start));
        }
        done = done.max(end);
    };
    for inline in &outline.inlines {
        let read = match inline.kind {
            // What stands behind the text of a link is its address.
            InlineKind::Close(Mark::Link | Mark::Image) => (0, inline.span.end),
            InlineKind::Open(_) | InlineKind::Close(_) => continue,
            _ => whole(inline.span),
        };
        while let Some(block) = code.next_if(|block| block.0 < read.1) {
            cover(block);
        }
        while let Some(formula) = formulas.next_if(|formula| formula.0 < read.1) {
            cover(formula);
        }
        cover(read);
    }
    let mut rest: Vec<_> = code.chain(formulas).collect();
    rest.sort_unstable();
    rest.into_iter().for_each(&mut cover);
    cover((facts.open_comment.unwrap_or(end), end));
}

/// Finds words in a gap that belong to no syntax, up to the end of their line.
fn unread(source: &str, gap: Span, take: &mut dyn FnMut(Span)) {
    let first = line_start(source, gap.start);
    let before = &source[first..gap.start];
    // The walk may have read a part of the marks, such as those of a container in an item.
    let mut is_first = before.len() < MARKS && !before.bytes().any(|byte| is_word(&byte));
    let mut at = if is_first { first } else { gap.start };
    let marks = || before.trim_start_matches(|c: char| c.is_whitespace() || ">-*+.)".contains(c));
    if before.len() < REACH && CONTAINERS.iter().any(|container| marks().starts_with(container)) {
        at += line(&source[at..gap.end]).unwrap_or_default();
    }
    while let Some(next) = source[at..gap.end].chars().next() {
        let rest = &source[at..gap.end];
        let begins = |syntax: &&Syntax| match syntax.begins {
            "" => next.is_ascii_digit(),
            begins => rest.starts_with(begins),
        };
        let fitting = SYNTAX.iter().filter(|syntax| is_first || !syntax.is_first);
        let read = fitting.filter(begins).find_map(|syntax| (syntax.len)(rest));
        if let Some(read) = read {
            at += read.max(1);
        } else if next.is_alphanumeric() {
            let line = rest.lines().next().unwrap_or(rest);
            let words = line.trim_end_matches(|c: char| c == '|' || c.is_whitespace());
            take(Span::new(at, at + words.len()));
            at += line.len();
        } else {
            at += next.len_utf8();
            is_first = next == '\n' || is_first && (next.is_whitespace() || ">-*+".contains(next));
        }
    }
}

/// Where a place is.
fn place(source: &str, outline: &Outline<'_>, span: Span) -> Place {
    let behind = outline.blocks.partition_point(|block| block.span.start <= span.start);
    let mut at = behind.checked_sub(1);
    while let Some(number) = at {
        let block = &outline.blocks[number];
        if block.kind == BlockKind::Row && block.span.contains(span) {
            return Place::Row(block.span);
        }
        at = block.parent;
    }
    let line = source[line_start(source, span.start)..].trim_start();
    match line.starts_with("!!!") || line.starts_with("???") {
        true => Place::Admonition,
        false => Place::Other,
    }
}

fn is_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn number(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text[digits..].strip_prefix(['.', ')'])?;
    behind.chars().next().is_none_or(char::is_whitespace).then_some(digits + 1)
}

/// Up to the end of the first `mark`, which is near.
fn through(text: &str, mark: &str) -> Option<usize> {
    let near = &text.as_bytes()[..REACH.min(text.len())];
    memchr::memmem::find(near, mark.as_bytes()).map(|at| at + mark.len())
}

/// Up to the end of a comment, which may never end.
fn comment(text: &str, mark: &str) -> Option<usize> {
    Some(text.find(mark).map_or(text.len(), |at| at + mark.len()))
}

fn line(text: &str) -> Option<usize> {
    Some(memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len()))
}

/// The JavaScript of a page, of which the walk shows nothing.
fn module(text: &str) -> Option<usize> {
    Some(text.len())
}

/// The first line of an admonition, up to a title without quotes: several words, the first of which
/// is no class. Python-Markdown shows them only in quotes.
fn admonition(text: &str) -> Option<usize> {
    let line = text.lines().next()?;
    let words = line.trim_start_matches(['!', '?', '+', ' ']);
    let rest = words.split_once(' ').map_or("", |(_, rest)| rest).trim();
    let is_class = |c: char| c.is_alphanumeric() || "-_ ".contains(c);
    let is_title =
        rest.starts_with(char::is_uppercase) && rest.contains(' ') && rest.chars().all(is_class);
    Some(if is_title { line.find(rest)? } else { line.len() })
}

/// A definition with its title, which is shown where the link is.
fn definition(text: &str) -> Option<usize> {
    let label = through(text, "]:")?;
    let rest = text[label..].trim_start();
    let address = match rest.strip_prefix('<') {
        Some(inside) => inside.find('>')? + 2,
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    let end = text.len() - rest.len() + address;
    let title = text[end..].trim_start();
    let close = match title.chars().next() {
        Some(quote @ ('"' | '\'')) => quote,
        Some('(') => ')',
        _ => return Some(end),
    };
    let ends = title[1..].find(close).map(|at| text.len() - title.len() + at + 2);
    Some(ends.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Containers, Dialect, read};

    /// The texts of a page that are lost.
    fn lost_on(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        for dialect in [Dialect::GITHUB, Dialect::MINTLIFY] {
            let (facts, kept) = read(text, true, dialect);
            let kept = kept.expect("a short page");
            let found = lost(text, &facts, &kept.outline(text));
            all.push(found.iter().map(|one| text[one.span.start..one.span.end].into()).collect());
        }
        assert_eq!(all[0], all[1], "{text}");
        all.swap_remove(0)
    }

    #[test]
    fn what_is_read_is_not_lost() {
        for text in [
            "---\ntitle: t\n---\n\n# A `b`\n\n1. x\n2) y\n\n- [x] done\n- [ ] open\n",
            "> [!NOTE]\n> text [^1] [a][b] [c](d.md \"e f\") ![g](h.png) <http://a.org>\n\n[^1]: m\n",
            "[b]: x.md\n[c]: <y z.md> 'two words'\n[d]:\n  z.md\n  (three more words)\n\n[//]: # (a b)\n",
            "[a]\n\n1. b\n\n   [a]: x.md\n2. c\n",
            "<!-- a b -->\n\n```rust title=\"a b\"\ncode\n```\n\n    indented code\n",
            "| a | b |\n| --- | :-: |\n| c |\n| d | e |\n\nA &amp; \\_b  \nc\\\nd\n\nSetext\n======\n",
            "1. a\n\n   - b\n\n     > [!TIP]\n     > c\n",
            "<Note title=\"t u\">\n\n**x** <b>`a`\nb</b>\n\n</Note>\n\na\n<!-- open\nb c d\n",
        ] {
            assert_eq!(lost_on(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn words_that_nothing_shows_are_lost() {
        let text = "| a |\n| - |\n| b | see `c` | d |\n| e |\n";
        assert_eq!(lost_on(text), ["see `c` | d"]);
        let text = "| a |\n| - |\n| b | \u{8a9e} |\n\nc\n";
        assert_eq!(lost_on(text), ["\u{8a9e}"]);
    }

    #[test]
    fn the_first_lines_of_containers_are_read() {
        let lost_in = |text: &str, dialect: Dialect| {
            let (facts, kept) = read(text, false, dialect);
            lost(text, &facts, &kept.expect("a short page").outline(text)).len()
        };
        let material = Dialect { containers: Containers::Indented, ..Dialect::GITHUB };
        for (text, count) in [
            ("!!! note\n    a\n", 0),
            ("1. a\n\n    ??? example \"A *title*\"\n        b\n", 0),
            ("!!! note inline end\n    a\n\n=== \"Tab\"\n\n    b\n", 0),
            ("!!! warning Do not change these\n    a\n", 1),
        ] {
            assert_eq!(lost_in(text, material), count, "{text}");
        }
        let colons = Dialect { containers: Containers::Colons, ..Dialect::GITHUB };
        for text in [
            "::: tip\na\n:::\n",
            "1. a\n\n   :::note[A title]\n   b\n   :::\n",
            ":::card A *title* {href=\"b.md\" .c}\na\n:::\n",
        ] {
            assert_eq!(lost_in(text, colons), 0, "{text}");
        }
    }
}
