//! The info string of a fence: language, title, highlighted lines, and docgen's own attributes.

use serde::{Deserialize, Serialize};
use std::ops::{Range, RangeInclusive};

/// The value of `bad=`, which declares an example as bad.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BadMark {
    /// Each of these rules must find something inside.
    Rules(Vec<String>),
    /// No rule can find the mistake; readers see the reason.
    Reason(String),
}

/// A parsed info string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// The first word, without braces and dots.
    pub language: String,
    /// Its bytes, relative to the info string.
    pub language_range: Range<usize>,
    /// A title for the reader.
    pub title: Option<String>,
    /// Lines to highlight, from 1.
    pub lines: Vec<RangeInclusive<usize>>,
    /// Lines that were added.
    pub inserted: Vec<RangeInclusive<usize>>,
    /// Lines that were removed.
    pub removed: Vec<RangeInclusive<usize>>,
    /// Lines in focus; all others are dimmed.
    pub focus: Vec<RangeInclusive<usize>>,
    /// The number of the first line, if lines are numbered.
    pub numbers: Option<usize>,
    /// Whether long lines are wrapped.
    pub wrap: bool,
    /// Whether comments such as `# (1)` stand for the items of the list below it.
    pub annotated: bool,
    /// Whether only a part is shown until the reader expands it.
    pub expandable: bool,
    /// The mark of a bad example.
    pub bad: Option<BadMark>,
    /// The bytes of the value of that mark, relative to the info string.
    pub bad_range: Range<usize>,
    /// Whether the block is not checked (`validate=false`).
    pub unchecked: bool,
    /// The value of `schema=`: the name of a schema, or `none`.
    pub schema: Option<String>,
}

/// Reads an info string.
pub fn parse(info: &str) -> Info {
    let mut out = Info::default();
    let mut title: Vec<&str> = Vec::new();
    let mut first = true;
    for word in words(info) {
        let text = &info[word.clone()];
        // `{ .yaml .annotate }`, as Material for MkDocs has it.
        let mut inside = text.split(['{', '}', ' ']);
        out.annotated |= text.starts_with('{') && inside.any(|class| class == ".annotate");
        if std::mem::take(&mut first) && language(text, word.start, &mut out) {
            continue;
        }
        if let Some(rest) = text.strip_prefix("showLineNumbers{") {
            out.numbers = rest.trim_end_matches('}').parse().ok().or(Some(1));
        } else if let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            out.lines.extend(inner.split(',').filter_map(line_range));
        } else if let Some(title) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            out.title.get_or_insert_with(|| title.to_owned());
        } else if let Some((key, value)) = text.split_once('=') {
            let at = word.start + key.len() + 1;
            attribute(key, value, at, &mut out);
        } else if !text.starts_with(['.', '#']) && !is_marker(text) && !flags(text, &mut out) {
            title.push(text);
        }
    }
    if out.title.is_none() && !title.is_empty() {
        out.title = Some(title.join(" "));
    }
    out
}

/// Reads a word that is a switch; returns whether it is one.
fn flag(text: &str, out: &mut Info) -> bool {
    match text {
        "lines" | "numbered" | "linenums" | "showLineNumbers" => {
            out.numbers = out.numbers.or(Some(1));
        }
        "wrap" => out.wrap = true,
        "annotate" => out.annotated = true,
        "expandable" => out.expandable = true,
        _ => return is_flag(text),
    }
    true
}

/// Reads a word that is a switch, or several with commas between them.
fn flags(text: &str, out: &mut Info) -> bool {
    let words = text.split(',').count();
    text.split(',').filter(|word| flag(word, out)).count() == words
}

/// Switches of other generators that have no effect here.
const FLAGS: &[&str] = &[
    "copy",
    "no-copy",
    "nocopy",
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "editable",
    "noplayground",
    "noplaypen",
    "mdbook-runnable",
    "does_not_compile",
    "test_harness",
    "live",
    "twoslash",
    "}",
    "{",
];

/// Whether a word says what to mark in the code, or how the block looks: `"text"`, `/pattern/`,
/// `style:max-height:400px`.
fn is_marker(word: &str) -> bool {
    let within = |mark: char| word.len() > 2 && word.starts_with(mark) && word.ends_with(mark);
    within('"') || within('\'') || within('/') || word.starts_with("style:")
}

fn is_flag(word: &str) -> bool {
    word.is_empty() || word.starts_with("edition20") || FLAGS.contains(&word)
}

/// Reads the first word as the language, if it is one: `json`, `rust,ignore`, `ts{1,3}`,
/// `ts{1,3}:line-numbers=5`, `{ .yaml .copy }`.
fn language(text: &str, start: usize, out: &mut Info) -> bool {
    let braced = text.starts_with('{');
    let dot = text.find('.').filter(|_| braced).map(|at| at + 1);
    let head = text.split(['{', ',', ':']).next();
    if head.is_some_and(|head| head.contains('=') || head.starts_with('['))
        || (braced && dot.is_none())
    {
        return false;
    }
    let skip = dot.unwrap_or(usize::from(text.starts_with('.')));
    let rest = &text[skip..];
    let name = rest.split([',', '{', '}', ':', ' ']).next().unwrap_or("");
    out.language = name.to_owned();
    out.language_range = start + skip..start + skip + name.len();
    let (before, lines) = rest.split_once('{').unwrap_or((rest, ""));
    let (lines, behind) = lines.split_once('}').unwrap_or((lines, ""));
    out.lines.extend(line_ranges(lines));
    for said in [before, behind] {
        match said.split_once(":line-numbers").map(|(_, first)| first.strip_prefix('=')) {
            Some(Some(first)) => out.numbers = first.parse().ok().or(Some(1)),
            Some(None) => out.numbers = Some(1),
            None => {}
        }
    }
    true
}

fn attribute(key: &str, value: &str, at: usize, out: &mut Info) {
    let quoted = value.len() >= 2
        && ["\"", "'"].iter().any(|quote| value.starts_with(quote) && value.ends_with(quote));
    let (plain, at) = if quoted { (&value[1..value.len() - 1], at + 1) } else { (value, at) };
    match key {
        "title" | "filename" | "file" | "name" | "tab" => out.title = Some(plain.to_owned()),
        "bad" => {
            let reason = plain.contains(char::is_whitespace);
            out.bad_range = at..at + plain.len();
            out.bad = Some(if reason {
                BadMark::Reason(plain.to_owned())
            } else {
                BadMark::Rules(plain.split(',').map(str::to_owned).collect())
            });
        }
        "linenums" | "startLine" | "start" => out.numbers = plain.parse().ok().or(Some(1)),
        "wrap" => out.wrap = plain != "false",
        "expandable" => out.expandable = plain != "false",
        "lines" if plain == "true" => out.numbers = out.numbers.or(Some(1)),
        "validate" | "check" => out.unchecked |= plain == "false",
        "schema" => out.schema = Some(plain.to_owned()),
        "hl_lines" | "lines" | "highlight" | "mark" => out.lines.extend(line_ranges(plain)),
        "focus" => out.focus.extend(line_ranges(plain)),
        "ins" => out.inserted.extend(line_ranges(plain)),
        "del" => out.removed.extend(line_ranges(plain)),
        _ => {}
    }
}

/// `{1,3-5}`, `1,3-5` or `1 3-5`.
fn line_ranges(text: &str) -> impl Iterator<Item = RangeInclusive<usize>> {
    text.trim_matches(['{', '}']).split([',', ' ']).filter_map(line_range)
}

/// `3` or `3-5`.
fn line_range(text: &str) -> Option<RangeInclusive<usize>> {
    let (from, to) = text.trim().split_once('-').unwrap_or((text.trim(), text.trim()));
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    (from <= to).then_some(from..=to)
}

/// The length of the pattern `/a b/` that a text begins with.
fn pattern(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b"/").filter(|rest| rest.len() < 1000)?;
    let ends =
        |at: &usize| rest[*at] == b'/' && rest.get(at + 1).is_none_or(u8::is_ascii_whitespace);
    (1..rest.len()).find(ends).map(|at| at + 2)
}

/// Words separated by blanks; quotes, braces, brackets and patterns may contain blanks.
fn words(info: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = info.as_bytes();
    let last_brace = info.rfind('}').unwrap_or(0);
    let last_bracket = info.rfind(']').unwrap_or(0);
    let mut pos = 0;
    std::iter::from_fn(move || {
        while bytes.get(pos).is_some_and(u8::is_ascii_whitespace) {
            pos += 1;
        }
        let start = pos;
        if let Some(len) = pattern(&bytes[pos..]) {
            pos += len;
            return Some(start..pos);
        }
        let mut until: Option<u8> = None;
        while let Some(&byte) = bytes.get(pos) {
            match until {
                Some(close) if byte == close => until = None,
                Some(_) => {}
                None if byte.is_ascii_whitespace() => break,
                None if matches!(byte, b'"' | b'\'') && bytes[pos + 1..].contains(&byte) => {
                    until = Some(byte)
                }
                None if byte == b'{' && pos < last_brace => until = Some(b'}'),
                None if byte == b'[' && pos == start && pos < last_bracket => until = Some(b']'),
                None => {}
            }
            pos += 1;
        }
        (start < pos).then_some(start..pos)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotated_blocks_say_so() {
        for (info, annotated, title) in [
            ("yaml annotate", true, None),
            ("{ .yaml .annotate }", true, None),
            ("{.yaml .annotate}", true, None),
            ("yaml { .annotate }", true, None),
            ("yaml", false, None),
            ("yaml annotated", false, Some("annotated")),
        ] {
            let info = parse(info);
            assert_eq!((info.annotated, info.title.as_deref()), (annotated, title), "{info:?}");
        }
    }

    #[test]
    fn what_authors_write() {
        let title = |info: &str| parse(info).title.unwrap_or_default();
        for (info, language, expected) in [
            ("json", "json", ""),
            ("json package.json", "json", "package.json"),
            ("bash Env only", "bash", "Env only"),
            ("astro \"<slot />\" 'a b'", "astro", ""),
            ("js /(?<!\\/)import/", "js", ""),
            ("js /etc/hosts", "js", "/etc/hosts"),
            ("mdx title=\"a\" /<?A title={b} c>/", "mdx", "a"),
            ("ts style:max-height:400px", "ts", ""),
            ("{ .yaml .copy }", "yaml", ""),
            ("yaml tab=\"x y\"", "yaml", "x y"),
            ("rust,ignore", "rust", ""),
            ("rust, ignore,edition2021 noplayground", "rust", ""),
            ("rust,should_panic src/main.rs", "rust", "src/main.rs"),
            ("ts{1,3-4} title='a b'", "ts", "a b"),
            ("JSON", "JSON", ""),
            ("json validate=false", "json", ""),
            ("", "", ""),
            ("title=\"x\"", "", "x"),
            ("js [config.js]", "js", "config.js"),
            ("sh [Yarn (Berry)] {1}", "sh", "Yarn (Berry)"),
            ("[a.js]", "", "a.js"),
            ("js [a.js", "js", "[a.js"),
            ("ts{1,3-4}:line-numbers=5 [x]", "ts", "x"),
        ] {
            let parsed = parse(info);
            assert_eq!(
                (parsed.language.as_str(), title(info).as_str()),
                (language, expected),
                "{info}"
            );
        }
        assert!(parse("json validate=false").unchecked);
        assert_eq!(parse("ts {1,3-4}").lines, [1..=1, 3..=4]);
        assert_eq!(parse("ts{2}").lines, [2..=2]);
        let parsed = parse("ts{1, 3-4}:line-numbers=5");
        assert_eq!((parsed.lines, parsed.numbers), (vec![1..=1, 3..=4], Some(5)));
        let parsed = parse("ts:line-numbers=2 {1}");
        assert_eq!((parsed.language.as_str(), parsed.numbers), ("ts", Some(2)));
        assert_eq!(parse("ts:line-numbers {1}").numbers, Some(1));
        assert_eq!(parse("ts:no-line-numbers").numbers, None);
        let parsed = parse("js ins={1} del={2,4-5} mark={3}");
        assert_eq!((parsed.inserted, parsed.removed), (vec![1..=1], vec![2..=2, 4..=5]));
        assert_eq!(parsed.lines, [3..=3]);
    }

    #[test]
    fn bad_marks() {
        assert_eq!(
            parse("bash bad=unknown-flag").bad,
            Some(BadMark::Rules(vec!["unknown-flag".into()]))
        );
        let info = "bash bad=\"needs a service manager\"";
        let parsed = parse(info);
        assert_eq!(parsed.bad, Some(BadMark::Reason("needs a service manager".into())));
        assert_eq!(&info[parsed.bad_range], "needs a service manager");
    }
}
