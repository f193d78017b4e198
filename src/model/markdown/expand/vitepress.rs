//! VitePress: `<<< @/file#region{lines lang}` on a line, and `<!--@include: ./file-->` anywhere.

use std::ops::Range;

use super::{Expander, below, lines};
use crate::markdown::front_matter;
use crate::markdown::lines::{closes_fence, opens_fence};
use crate::source::{VPath, line_start};

impl Expander<'_> {
    pub(super) fn vitepress(
        &mut self,
        file: &VPath,
        text: &str,
        range: Range<usize>,
        prefix: &str,
    ) {
        let mut fence: Option<(u8, usize)> = None;
        let mut done = range.start;
        let mut pos = range.start;
        while pos < range.end {
            let next = memchr::memchr(b'\n', &text.as_bytes()[pos..range.end])
                .map_or(range.end, |at| pos + at + 1);
            let line = text[pos..next].trim_end_matches(['\n', '\r']);
            let content = line.trim_start();
            let start = pos + (line.len() - content.len());
            match fence {
                Some((byte, len)) if closes_fence(content, byte, len, false) => fence = None,
                None => fence = opens_fence(content),
                _ => {}
            }
            if fence.is_none() && content.starts_with("<<<") {
                self.copy(file, text, done..start, prefix);
                done = start;
                let end = pos + line.len();
                if self.code_from(file, text, start..end, prefix) {
                    done = end;
                }
            } else if content.contains("@include:") {
                done = self.included(file, text, pos..pos + line.len(), done, prefix);
            }
            pos = next;
        }
        self.copy(file, text, done..range.end, prefix);
    }

    /// Expands `<<< path#region{1,3 js} [title]`; `false` if the line is left as it is.
    fn code_from(&mut self, file: &VPath, text: &str, line: Range<usize>, prefix: &str) -> bool {
        let one = CodeFrom::read(text[line.start + 3..line.end].trim());
        if one.path.is_empty() {
            return false;
        }
        let path = self.vue_path(file, one.path);
        let at = line.start + text[line.clone()].find(one.path).unwrap_or(0);
        let found = self.find(file, at..at + one.path.len(), one.path, &[path]);
        let Some((path, found)) = found else { return false };
        let parts = match one.region {
            None => vec![lines::whole(&found)],
            Some(name) => match lines::region(&found, name) {
                Some(parts) => parts,
                None => {
                    let message = format!("`{path}` has no region `{name}`");
                    return self.fault(file, line, message).unwrap_or(false);
                }
            },
        };
        let indent = line_start(text, line.start)..line.start;
        let prefix = format!("{prefix}{}", &text[indent]);
        let language = one.language.unwrap_or_else(|| path.extension().unwrap_or_default());
        // Longer than the fences in most files.
        let marks = "`".repeat(8);
        self.insert(&format!("{marks}{language}\n{prefix}"), file, line.start);
        self.taken += 1;
        self.note_cut(&path, &found, &parts);
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                self.insert(&format!("\n{prefix}"), &path, part.start);
            }
            self.copy(&path, &found, part, &prefix);
        }
        self.insert(&format!("\n{prefix}{marks}"), file, line.end);
        true
    }

    /// Expands the includes of a line; returns the end of the text that was written.
    fn included(
        &mut self,
        file: &VPath,
        text: &str,
        line: Range<usize>,
        mut done: usize,
        prefix: &str,
    ) -> usize {
        let mut pos = line.start;
        while let Some(at) = text[pos..line.end].find("<!--").map(|at| pos + at) {
            let Some(end) = text[at..line.end].find("-->").map(|end| at + end + 3) else { break };
            pos = end;
            let inner = text[at + 4..end - 3].trim();
            let Some(wanted) = inner.strip_prefix("@include:").map(str::trim) else { continue };
            let (wanted, lines_wanted) =
                match wanted.strip_suffix('}').and_then(|rest| rest.rsplit_once('{')) {
                    Some((wanted, lines)) => (wanted, Some(lines)),
                    None => (wanted, None),
                };
            let (wanted, region) = with_region(wanted);
            let path = self.vue_path(file, wanted.trim());
            let start = at + text[at..end].find(wanted).unwrap_or(0);
            let found = self.find(file, start..start + wanted.len(), wanted, &[path]);
            let Some((path, found)) = found else { continue };
            let parts = match (region, lines_wanted) {
                // The region may be the id of a heading; then the whole file is included.
                (Some(name), _) => {
                    lines::region(&found, name).unwrap_or_else(|| vec![body(&found)])
                }
                (None, Some(numbers)) => {
                    let (from, to) = numbers.split_once(',').unwrap_or((numbers, ""));
                    let from = from.trim().parse().unwrap_or(1usize).saturating_sub(1);
                    let to = to.trim().parse().unwrap_or(usize::MAX);
                    lines::slice(&found, from, to).into_iter().collect()
                }
                (None, None) => vec![body(&found)],
            };
            self.copy(file, text, done..at, prefix);
            self.include(&path, &found, &parts, prefix);
            done = end;
        }
        done
    }

    fn vue_path(&self, file: &VPath, wanted: &str) -> VPath {
        match wanted.strip_prefix('@') {
            Some(rest) => below(self.roots.content, rest),
            None => below(file.parent(), wanted),
        }
    }
}

/// A Markdown file without its front matter.
fn body(text: &str) -> Range<usize> {
    let (_, start) = front_matter::read(text);
    start..lines::whole(text).end.max(start)
}

/// The path of a file and the region of it: `file.js#region`.
fn with_region(wanted: &str) -> (&str, Option<&str>) {
    wanted.split_once('#').map_or((wanted, None), |(path, region)| (path, Some(region)))
}

struct CodeFrom<'t> {
    path: &'t str,
    region: Option<&'t str>,
    language: Option<&'t str>,
}

impl<'t> CodeFrom<'t> {
    fn read(written: &'t str) -> Self {
        let mut rest = written;
        if rest.ends_with(']')
            && let Some(open) = rest.rfind(" [")
        {
            rest = rest[..open].trim_end();
        }
        let mut language = None;
        if rest.ends_with('}')
            && let Some(open) = rest.rfind('{').filter(|open| *open > 0)
        {
            let words = rest[open + 1..rest.len() - 1].split_whitespace();
            language =
                words.into_iter().find(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
            rest = rest[..open].trim_end();
        }
        let (path, region) = with_region(rest);
        Self { path, region, language }
    }
}
