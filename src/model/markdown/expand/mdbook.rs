//! mdBook: `{{#include file:anchor}}` and similar directives, anywhere in the text.

use std::ops::Range;

use super::{Expander, below, lines};
use crate::source::{VPath, line_start};

impl Expander<'_> {
    pub(super) fn mdbook(&mut self, file: &VPath, text: &str, range: Range<usize>, prefix: &str) {
        let mut done = range.start;
        let mut pos = range.start;
        while let Some(at) = memchr::memmem::find(&text.as_bytes()[pos..range.end], b"{{") {
            let at = pos + at;
            let Some(directive) = directive(&text[at..range.end]) else {
                pos = at + 2;
                continue;
            };
            let end = at + directive.len;
            pos = end;
            if text[..at].ends_with('\\') {
                self.copy(file, text, done..at - 1, prefix);
                done = at;
                continue;
            }
            self.copy(file, text, done..at, prefix);
            done = if self.directive(file, text, &directive, at..end) { end } else { at };
        }
        self.copy(file, text, done..range.end, prefix);
    }

    /// Replaces a directive with its text; `false` if it is left as it is.
    fn directive(
        &mut self,
        file: &VPath,
        text: &str,
        one: &Directive<'_>,
        range: Range<usize>,
    ) -> bool {
        let (wanted, place) = match one.kind {
            "title" => {
                self.title = Some(one.rest.to_owned());
                return true;
            }
            "include" | "rustdoc_include" => one.rest.split_once(':').unwrap_or((one.rest, "")),
            "playground" | "playpen" => (one.rest, ""),
            _ => return false,
        };
        let wanted = wanted.split_whitespace().next().unwrap_or_default();
        let place = place.split_whitespace().next().unwrap_or_default();
        let at = range.start + text[range.clone()].find(wanted).unwrap_or(0);
        let name = at..at + wanted.len();
        let Some((path, found)) = self.find(file, name, wanted, &[below(file.parent(), wanted)])
        else {
            return false;
        };
        let line = line_start(&self.out, self.out.len());
        let prefix = self.out[line..].to_owned();
        let fenced = one.kind.starts_with("play");
        if fenced {
            let attributes: Vec<&str> = one.rest.split_whitespace().skip(1).collect();
            let comma = if attributes.is_empty() { "" } else { "," };
            self.insert(&format!("```rust{comma}{}\n", attributes.join(",")), file, range.start);
        }
        let hiding = one.kind == "rustdoc_include" && !place.is_empty();
        // `include` takes the first part of a name; `rustdoc_include` shows every part of that name
        // and hides the rest of the file.
        let several = Some(place).filter(|name| hiding && is_name(name));
        let found_parts = match several {
            Some(name) => lines::all_anchored(&found, name),
            None => parts(&found, place),
        };
        match found_parts {
            Some(parts) if hiding => {
                self.include_lines(&path, &found, &with_hidden(&found, &parts), &prefix);
            }
            Some(parts) => self.include(&path, &found, &parts, &prefix),
            None => {
                let message = format!("`{path}` has no anchor `{place}`");
                self.fault::<()>(file, range.clone(), message);
            }
        }
        if fenced {
            self.insert("\n```\n", file, range.start);
        }
        true
    }
}

/// All lines of a file, with those outside of `parts` hidden, and without anchors.
fn with_hidden<'m>(text: &str, parts: &[Range<usize>]) -> Vec<(Range<usize>, &'m str)> {
    let mut out = Vec::new();
    for line in lines::lines(text) {
        let holds = |part: &Range<usize>| part.start <= line.start && line.end <= part.end;
        if parts.iter().any(holds) {
            out.push((line, ""));
        } else if !lines::is_anchor(&text[line.clone()]) {
            out.push((line, "# "));
        }
    }
    out
}

struct Directive<'t> {
    kind: &'t str,
    rest: &'t str,
    len: usize,
}

/// The directive at the start of a text: `{{#kind rest}}`.
fn directive(text: &str) -> Option<Directive<'_>> {
    let inner = text.get(2..)?.trim_start().strip_prefix('#')?;
    let kind = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let rest = &inner[kind..];
    let close = rest.find('}')?;
    let known = rest[close..].starts_with("}}")
        && rest.starts_with(char::is_whitespace)
        && !rest[..close].trim().is_empty();
    let len = text.len() - rest.len() + close + 2;
    known.then(|| Directive { kind: &inner[..kind], rest: rest[..close].trim(), len })
}

/// Whether a text is the name of an anchor.
fn is_name(place: &str) -> bool {
    !place.contains(':') && place.parse::<usize>().is_err()
}

/// The parts that `file:place` means: lines by number, or between anchors.
fn parts(text: &str, place: &str) -> Option<Vec<Range<usize>>> {
    let mut numbers = place.splitn(3, ':');
    let first = numbers.next().unwrap_or_default();
    let second = numbers.next();
    let start = match first.parse::<usize>() {
        Ok(line) => line.saturating_sub(1),
        Err(_) if first.is_empty() => 0,
        Err(_) => return lines::anchored(text, first),
    };
    let end = match second {
        None if first.is_empty() => return Some(vec![lines::whole(text)]),
        None => start + 1,
        Some(end) => end.parse().unwrap_or(usize::MAX),
    };
    Some(lines::slice(text, start, end).into_iter().collect())
}
