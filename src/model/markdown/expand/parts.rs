//! docgen's own trees: `{{#include file:part}}`, anywhere but in code spans, and `{{ name }}` for
//! variables. A backslash before either keeps it as text, and so does a block of Markdown.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::variables::{self, Place};
use super::{Expander, FaultKind, MAX_SIZE, below, lines};
use crate::lang;
use crate::markdown::collect::link_attr;
use crate::markdown::front_matter;
use crate::markdown::html::{self, AttrValue, Tag, Tags};
use crate::markdown::lines::{Ticks, closes_fence, opens_fence, prefix_len};
use crate::source::{Span, VPath};

/// An open code block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fence {
    byte: u8,
    len: usize,
    quoted: bool,
    /// How variables are written in it; `None` if it shows them as they are.
    place: Option<Place>,
}

/// What is open in a line of text.
#[derive(Default)]
struct Open {
    /// The last tag that began; it may be over.
    tag: Option<Tag>,
    tags: Tags,
    /// How many brackets are open in the address of a link; 0 outside of one.
    brackets: usize,
    /// Whether the address is over, and the title of the link follows.
    title: bool,
    /// Whether the word is an address.
    scheme: bool,
}

/// The text of one file that is being written.
struct Text<'t> {
    file: &'t VPath,
    text: &'t str,
    prefix: &'t str,
    /// The start of the line.
    line: usize,
    /// The end of what was written.
    done: usize,
}

impl Expander<'_> {
    pub(super) fn parts(&mut self, file: &VPath, text: &str, range: Range<usize>, prefix: &str) {
        let mut one = Text { file, text, prefix, line: range.start, done: range.start };
        if self.stack.len() > 1 && self.fence.is_some() {
            // A file that is shown as code is shown as it is.
            return self.copy(file, text, range, prefix);
        }
        let mut pos = range.start;
        if self.stack.len() == 1 && pos == 0 {
            pos = self.front(&mut one);
        }
        let mut open = Open::default();
        while pos < range.end {
            let next = memchr::memchr(b'\n', &text.as_bytes()[pos..range.end])
                .map_or(range.end, |at| pos + at + 1);
            let end = pos + text[pos..next].trim_end_matches(['\n', '\r']).len();
            self.line(&mut one, pos..end, &mut open);
            pos = next;
        }
        self.copy(file, text, one.done..range.end, prefix);
    }

    /// Writes the front matter, which uses the variables of the site, and reads those of the page;
    /// returns the start of the body.
    fn front(&mut self, one: &mut Text<'_>) -> usize {
        let (front, body) = front_matter::read(one.text);
        let bytes = &one.text.as_bytes()[..body];
        let (mut at, mut quote) = (front.span.start, None);
        while at < body {
            let mut next = at + 1;
            match (bytes[at], quote) {
                (b'{', _) if bytes[next..].starts_with(b"{") => {
                    let place = match quote {
                        Some(b'"') => Place::Json,
                        Some(_) => Place::Yaml,
                        None => Place::Code,
                    };
                    next = self.variable(one, at, body, place).unwrap_or(at + 2);
                }
                (b'\n', _) => quote = None,
                (b'\\', Some(b'"')) if bytes.get(next) != Some(&b'{') => next += 1,
                (byte, Some(open)) if byte == open => quote = None,
                // An apostrophe inside a word is none.
                (byte @ (b'"' | b'\''), None)
                    if bytes[..at].ends_with(b" ")
                        || at > 0 && b"[{,(=".contains(&bytes[at - 1]) =>
                {
                    quote = Some(byte);
                }
                _ => {}
            }
            at = next;
        }
        self.copy(one.file, one.text, one.done..body, one.prefix);
        one.done = body;
        self.own_variables(one.file);
        body
    }

    /// Reads the variables in the front matter that was written.
    fn own_variables(&mut self, file: &VPath) {
        if memchr::memmem::find(self.out.as_bytes(), b"variables").is_none() {
            return;
        }
        let (front, _) = front_matter::read(&self.out);
        let Some(node) = front.node.as_ref().and_then(|node| node.get("variables")) else {
            return;
        };
        let mut refused = Vec::new();
        variables::read(node, self.variables.to_mut(), &mut |node, why| {
            refused.push((node.span, why));
        });
        for (span, why) in refused {
            let span = self.map.origin(span).map_or(span, |origin| origin.span);
            self.add_fault(file, span, FaultKind::Variable, why, None);
        }
    }

    fn line(&mut self, one: &mut Text<'_>, line: Range<usize>, open: &mut Open) {
        let content = one.text[line.clone()].trim_start();
        let start = line.end - content.len();
        one.line = line.start;
        if let Some(fence) = self.fence {
            if closes_fence(content, fence.byte, fence.len, fence.quoted) {
                self.fence = None;
            } else if let Some(place) = fence.place {
                self.calls(one, line, place);
            }
            return;
        }
        let inside_tag = open.tag.as_ref().is_some_and(|tag| line.start < tag.range.end);
        let marks = prefix_len(content);
        if !inside_tag && let Some((byte, len)) = opens_fence(&content[marks..]) {
            self.calls(one, start..line.end, Place::Span);
            let place = place_in(content[marks + len..].trim_start());
            let quoted = content[..marks].contains('>');
            self.fence = Some(Fence { byte, len, quoted, place });
            return;
        }
        (open.brackets, open.title, open.scheme) = (0, false, false);
        let address = definition(content).filter(|_| !inside_tag);
        open.brackets = usize::from(address.is_some());
        self.text(one, start + address.unwrap_or(0)..line.end, open);
    }

    /// Writes the calls in a line that is no text.
    fn calls(&mut self, one: &mut Text<'_>, line: Range<usize>, place: Place) {
        let mut pos = line.start;
        while let Some(at) = memchr::memmem::find(&one.text.as_bytes()[pos..line.end], b"{{") {
            let at = pos + at;
            let included = (place != Place::Span).then(|| self.part(one, at, line.end, place));
            let found = included.flatten();
            pos = found.or_else(|| self.variable(one, at, line.end, place)).unwrap_or(at + 2);
        }
    }

    /// Writes the calls in a line of text.
    fn text(&mut self, one: &mut Text<'_>, line: Range<usize>, open: &mut Open) {
        let (text, mut ticks) = (one.text, Ticks::default());
        let bytes = text.as_bytes();
        let mut at = line.start;
        while at < line.end {
            let in_tag = open.tag.as_ref().is_some_and(|tag| at < tag.range.end);
            let mut next = at + 1;
            match bytes[at] {
                b'{' if bytes[next..line.end].starts_with(b"{") => {
                    let found = self.part(one, at, line.end, Place::Text(false));
                    let place = open.place(one, at, in_tag);
                    let found = found.or_else(|| self.variable(one, at, line.end, place?));
                    next = found.unwrap_or(at + 2);
                }
                b'\\' if !in_tag && bytes.get(next) != Some(&b'{') => next += 1,
                b'`' if !in_tag => {
                    next = ticks.span_end(text, at, line.end);
                    self.calls(one, at..next, Place::Span);
                }
                b'<' if !in_tag => {
                    if let Some(tag) = open.tags.at(text, at) {
                        open.tag = Some(tag);
                    }
                }
                b']' if !in_tag && bytes[next..line.end].starts_with(b"(") => {
                    (open.brackets, open.title) = (1, false);
                    next += 1;
                }
                byte if !in_tag => open.step(byte, &bytes[next..line.end]),
                _ => {}
            }
            at = next;
        }
    }

    /// Replaces the include at `at`, or removes the backslash before it; returns where to go on, if
    /// there is one.
    fn part(&mut self, one: &mut Text<'_>, at: usize, end: usize, place: Place) -> Option<usize> {
        let inner = one.text[at + 2..end].trim_start_matches([' ', '\t']);
        let inner = inner.strip_prefix("#include")?.strip_prefix([' ', '\t'])?;
        let len = inner.find("}}")?;
        let written = inner[..len].trim();
        let stop = end - inner.len() + len + 2;
        if self.escaped(one, at, place) || written.is_empty() {
            return Some(stop);
        }
        let from = end - inner.len() + (len - inner[..len].trim_start().len());
        let (wanted, part) = written.split_once(':').unwrap_or((written, ""));
        let folder = if wanted.starts_with('/') { self.roots.project } else { one.file.parent() };
        let path = from..from + wanted.len();
        let Some((path, found)) = self.find(one.file, path, wanted, &[below(folder, wanted)])
        else {
            return Some(stop);
        };
        let in_code = self.fence.is_some();
        let parts = match lines::part_of(&found, part, in_code) {
            Ok(parts) => parts,
            Err((why, near)) => {
                let span = Span::new(from + written.len() - part.len(), from + written.len());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                let message = format!("`{path}` {why}");
                self.add_fault(one.file, span, FaultKind::Include, message, help);
                return Some(stop);
            }
        };
        self.copy(one.file, one.text, one.done..at, one.prefix);
        one.done = stop;
        let prefix = format!("{}{}", one.prefix, lines::continuation(&one.text[one.line..at]));
        let parts =
            if in_code && !part.is_empty() { lines::without_indent(&found, &parts) } else { parts };
        self.include(&path, &found, &parts, &prefix);
        Some(stop)
    }

    /// Replaces the variable at `at`, or removes the backslash before it; returns where to go on,
    /// if there is one.
    fn variable(
        &mut self,
        one: &mut Text<'_>,
        at: usize,
        end: usize,
        place: Place,
    ) -> Option<usize> {
        let used = variables::use_at(&one.text[at..end])?;
        // `${{ name }}` and `{{{ name }}}` belong to other tools.
        if one.text[..at].ends_with(['$', '{']) {
            return None;
        }
        let stop = at + used.len;
        let span = Span::new(at, stop);
        let mut fault = None;
        match self.variables.get(used.name).map(|text| place.written(text)) {
            None => {
                let near = self.similar(used.name, place)?;
                if !self.escaped(one, at, place) {
                    let message = format!("no variable has the name `{}`", used.name);
                    let help = format!(
                        "did you mean `{near}`? a backslash before the braces keeps them as text"
                    );
                    fault = Some((message, Some(help)));
                }
            }
            Some(_) if self.escaped(one, at, place) => {}
            Some(None) => {
                let text = "contains a quote or backtick, which would end what it stands in";
                fault = Some((format!("the text of `{}` {text}", used.name), None));
            }
            Some(_) if self.out.len() > MAX_SIZE => {
                let message = format!("the page is larger than {} MiB", MAX_SIZE >> 20);
                fault = Some((message, None));
            }
            Some(Some(written)) => {
                self.copy(one.file, one.text, one.done..at, one.prefix);
                self.map.replace(self.out.len(), one.file, at..stop);
                self.out.push_str(&written);
                self.taken += 1;
                one.done = stop;
            }
        }
        if let Some((message, help)) = fault {
            self.add_fault(one.file, span, FaultKind::Variable, message, help);
        }
        Some(stop)
    }

    /// The name that a name without a variable may be a misspelling of.
    fn similar(&mut self, name: &str, place: Place) -> Option<String> {
        if self.variables.is_empty() {
            return None;
        }
        let in_code = matches!(place, Place::Code | Place::Json | Place::Span);
        let key = (name.to_owned(), in_code);
        if let Some(known) = self.strangers.get(&key) {
            return known.clone();
        }
        if self.strangers.len() >= MAX_STRANGERS {
            return None;
        }
        let near = match in_code {
            // Templates of other tools are shown in code.
            true => variables::misspelt(name, &self.variables),
            false => variables::similar(name, &self.variables),
        };
        let near = near.map(str::to_owned);
        self.strangers.insert(key, near.clone());
        near
    }

    /// Whether there is a backslash before a call. In text Markdown leaves it out; everywhere else
    /// it is not written.
    fn escaped(&mut self, one: &mut Text<'_>, at: usize, place: Place) -> bool {
        let escaped = at > one.done && one.text[..at].ends_with('\\');
        if escaped && !matches!(place, Place::Text(_) | Place::Address) {
            self.copy(one.file, one.text, one.done..at - 1, one.prefix);
            one.done = at;
            self.taken += 1;
        }
        escaped
    }
}

/// The most names of a page that are compared with those of variables.
const MAX_STRANGERS: usize = 1000;

/// The labels of code whose strings are those of JSON.
const JSON: [&str; 4] = ["json", "jsonc", "json5", "jsonl"];

/// The labels of code that shows how a page is written.
const MARKDOWN: [&str; 3] = ["markdown", "mdx", "md"];

/// How variables are written in a code block with this info string.
fn place_in(info: &str) -> Option<Place> {
    let label = info.split([' ', '\t', '{', ',']).next().unwrap_or_default();
    let is = |other: &&str| lang::is_same(label, other);
    if MARKDOWN.iter().any(is) {
        return None;
    }
    Some(if JSON.iter().any(is) { Place::Json } else { Place::Code })
}

/// The longest beginning of a line that is looked at for marks of lists and quotes, in bytes.
const MAX_MARKS: usize = 200;

impl Open {
    /// Looks at a character of text, before `rest`.
    fn step(&mut self, byte: u8, rest: &[u8]) {
        match byte {
            b'(' if self.brackets > 0 => self.brackets += 1,
            b')' if self.brackets > 0 => self.brackets -= 1,
            b' ' | b'\t' => {
                self.title = self.brackets > 0;
                self.scheme = false;
            }
            b':' if rest.starts_with(b"//") => self.scheme = true,
            _ => {}
        }
    }

    /// How a variable is written at `at`; `None` if it stands in a program.
    fn place(&self, one: &Text<'_>, at: usize, in_tag: bool) -> Option<Place> {
        if let Some(tag) = self.tag.as_ref().filter(|_| in_tag) {
            let around = tag.attrs.iter().rev().find(|attr| attr.name.start < at)?;
            let range =
                html::literal(one.text, &around.value).filter(|range| range.contains(&at))?;
            if matches!(around.value, AttrValue::Expr(_)) {
                return Some(Place::Json);
            }
            let quoted = one.text[..range.start].ends_with(['"', '\'']);
            let name = &one.text[around.name.clone()];
            let is_address = link_attr(tag.name(one.text), name).is_some();
            return match (quoted, is_address) {
                (true, true) => Some(Place::AddressAttribute),
                (true, false) => Some(Place::Attribute),
                (false, _) => None,
            };
        }
        Some(match (self.brackets > 0, self.title) {
            (true, true) => Place::Attribute,
            (true, false) => Place::Address,
            _ if self.scheme => Place::Address,
            _ => {
                let before = &one.text[one.line..at];
                let marks = before.trim_start();
                let first = before.len() < MAX_MARKS && prefix_len(marks) == marks.len();
                Place::Text(first)
            }
        })
    }
}

/// Where the address begins in the definition of a link: `[label]: address`.
fn definition(content: &str) -> Option<usize> {
    let inner = content.strip_prefix('[').filter(|inner| !inner.starts_with('^'))?;
    let end = inner.find(']')?;
    let behind = inner[end + 1..].strip_prefix(':')?;
    Some(content.len() - behind.trim_start().len())
}
