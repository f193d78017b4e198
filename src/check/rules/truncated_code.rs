//! A code block that ends in the middle of its code.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Finding, Severity};
use crate::lang::{self, Single, Verdict};
use crate::markdown::facts::CodeBlock;
use crate::rule::{Check, Rule, SiteContext};
use crate::site::index::Page;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "truncated-code",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/truncated-code.md"),
    check: Check::Site(check),
};

/// The shortest block, in bytes, whose length is telling: short blocks often have the same length.
const MIN_BYTES: usize = 120;

/// The number of unclosed blocks of the same length that shows that something has cut them off.
const MIN_CUT_BLOCKS: usize = 3;

/// The longest block that is checked, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// What helps against a brace that nothing closes.
const OPEN_HELP: &str = "close it, or put `...` where something is left out";

/// What helps against a brace that closes nothing.
const CLOSE_HELP: &str = "remove it, or put `...` where something is left out";

/// A block with an unclosed bracket or quote at its end.
struct Open<'a> {
    page: &'a Page,
    code: &'a CodeBlock,
    text: String,
    /// The bracket or quote that is open, relative to the text.
    opener: usize,
}

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let mut open: Vec<Open<'_>> = Vec::new();
    for page in &context.index.pages {
        for code in &page.facts.code {
            open.extend(ends_open(page, code));
        }
    }
    let mut lengths: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, one) in open.iter().enumerate() {
        let text = one.text.trim_end();
        let length = text.chars().count();
        // Authors end code after a bracket or a statement.
        let cut = !text.ends_with(['}', ']', ')', '>', ';', '{', '(', '['])
            && lang::judged(&one.code.info.language).is_none_or(|_| one.parser_agrees());
        if length >= MIN_BYTES && cut {
            lengths.entry(length).or_default().push(number);
        }
    }
    let mut alike = vec![0; open.len()];
    for numbers in lengths.values() {
        // The same block on several pages is one block.
        let mut texts: Vec<&str> = numbers.iter().map(|at| open[*at].text.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        if texts.len() >= MIN_CUT_BLOCKS {
            numbers.iter().for_each(|at| alike[*at] = texts.len());
        }
    }
    let mut reported = HashSet::new();
    for (one, alike) in open.iter().zip(alike) {
        if alike > 0 {
            out.push(one.finding(Some(alike)));
            reported.insert((one.page.source.path.as_str(), one.code.span.start));
        } else if one.dangles() && one.parser_agrees() {
            out.push(one.finding(None));
        }
    }
    for page in &context.index.pages {
        let path = page.source.path.as_str();
        let found = single_braces(page, |code| reported.contains(&(path, code.span.start)));
        out.extend(found);
    }
}

/// The braces of a page that are not in pairs, in languages without a parser.
fn single_braces(page: &Page, reported: impl Fn(&CodeBlock) -> bool) -> Vec<Finding> {
    let mut singles = Vec::new();
    for code in &page.facts.code {
        let language = lang::find(&code.info.language)
            .filter(|language| language.closes_brackets && !language.is_parsed());
        let Some(language) = language.filter(|_| is_whole(code)) else { continue };
        let text = code.text(&page.source.text);
        if let Some(single) = language.single_brace(&text) {
            singles.push((code, language.name, text, single));
        }
    }
    let mut kinds: HashMap<&str, (bool, bool)> = HashMap::new();
    for (_, name, _, single) in &singles {
        let (opens, closes) = kinds.entry(name).or_default();
        match single {
            Single::Opens(_) => *opens = true,
            Single::Closes(_) => *closes = true,
        }
    }
    let mut found = Vec::new();
    for (code, name, text, single) in &singles {
        // Code in several blocks, with prose between them.
        let in_parts = kinds.get(name) == Some(&(true, true));
        if in_parts || is_part(text) || reported(code) {
            continue;
        }
        let (at, message, help) = match single {
            Single::Opens(at) => {
                (*at, "this `{` is never closed, so the code is cut off", OPEN_HELP)
            }
            Single::Closes(at) => {
                (*at, "this `}` closes nothing, so the beginning is missing", CLOSE_HELP)
            }
        };
        let span = code.source_span(&page.source.text, Span::new(at, at + 1));
        let finding = Finding::new(&page.source.path, span, message).help(help);
        found.push(finding.severity(Severity::Warning));
    }
    found
}

/// Whether the text shows that it is a part: it ends with an opening bracket, or leaves something
/// out.
fn is_part(text: &str) -> bool {
    let last = text.trim_end();
    last.ends_with(['{', '(', '[']) || text.contains("...") || text.contains('\u{2026}')
}

/// Whether the text of a block is all there, and meant to be right.
fn is_whole(code: &CodeBlock) -> bool {
    let small = code.span.end - code.span.start <= MAX_BYTES;
    let right = !code.info.unchecked && code.info.bad.is_none() && code.info.removed.is_empty();
    code.fenced && code.closed && small && right
}

fn ends_open<'a>(page: &'a Page, code: &'a CodeBlock) -> Option<Open<'a>> {
    if !code.fenced || !code.closed || code.info.unchecked || code.info.bad.is_some() {
        return None;
    }
    let known = lang::find(&code.info.language).is_some_and(|language| language.closes_brackets);
    if !known || code.span.end - code.span.start > MAX_BYTES {
        return None;
    }
    let text = code.text(&page.source.text);
    let opener = open_at_end(&text)?;
    Some(Open { page, code, text, opener })
}

/// The offset of the innermost bracket or quote that is still open at the end.
fn open_at_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let (mut at, mut line) = (0, 0);
    while at < bytes.len() {
        if at >= line {
            line = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
        }
        match bytes[at] {
            b'(' | b'[' | b'{' => open.push(at),
            b')' | b']' | b'}' => {
                // More is closed than opened: an extract from the middle of something.
                open.pop()?;
            }
            b'"' => match string_end(&bytes[at + 1..line]) {
                Some(length) => at += 1 + length,
                None if text[line..].trim().is_empty() => return Some(at),
                None => at = line - 1,
            },
            b'/' | b'#' | b'\'' | b'`' if begins_comment(bytes, at) => {
                at = line - 1;
            }
            // These quotes may also be apostrophes or labels.
            b'\'' => {
                if let Some(end) = memchr::memchr(b'\'', &bytes[at + 1..line]) {
                    at += 1 + end;
                }
            }
            _ => {}
        }
        at += 1;
    }
    open.pop()
}

/// The length of a string up to its closing quote.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether the rest of the line is a comment.
fn begins_comment(bytes: &[u8], at: usize) -> bool {
    let apart = at == 0 || bytes[at - 1].is_ascii_whitespace();
    match bytes[at] {
        b'/' => apart && bytes.get(at + 1) == Some(&b'/'),
        b'#' => apart,
        _ => false,
    }
}

impl Open<'_> {
    /// Whether the last line is unfinished: it ends in the middle of a value, and not in a bracket
    /// that authors leave open on purpose.
    fn dangles(&self) -> bool {
        let text = self.text.trim_end();
        let in_string = self.text.as_bytes()[self.opener] == b'"';
        let last = text.rsplit('\n').next().unwrap_or("").trim();
        in_string || last.ends_with([',', ':', '=', '+', '\\']) && !last.contains("...")
    }

    /// Whether the code is not valid for the parser of its language either.
    fn parser_agrees(&self) -> bool {
        lang::judged(&self.code.info.language)
            .is_some_and(|language| language.judge(&self.text).verdict == Verdict::Broken)
    }

    fn finding(&self, alike: Option<usize>) -> Finding {
        let source = &self.page.source;
        let end = self.text.trim_end().len();
        let start = self.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        let span = self.code.source_span(&source.text, Span::new(start, end));
        let opener = self.code.source_span(&source.text, Span::new(self.opener, self.opener + 1));
        let mark = &self.text[self.opener..=self.opener];
        let (message, severity) = match alike {
            Some(count) => {
                let message = format!(
                    "this code is cut off: {count} blocks are left open after the same number of characters"
                );
                (message, Severity::Error)
            }
            None => ("this code is cut off".to_owned(), Severity::Warning),
        };
        Finding::new(&source.path, span, message)
            .help("complete the code, or put `...` where something is left out")
            .related(&source.path, opener, format!("this `{mark}` is not closed"))
            .severity(severity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_at_the_end() {
        for (text, expected) in [
            ("{ \"a\": [1, 2", Some(7)),
            ("{ \"a\": 1 }", None),
            ("a: \"b", Some(3)),
            ("f(x) // (", None),
            ("}", None),
            ("it's {", Some(5)),
            ("f('(')", None),
            ("", None),
        ] {
            assert_eq!(open_at_end(text), expected, "{text}");
        }
    }
}
