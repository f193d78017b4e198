//! Pages that take in the text of other files: the text with everything in its place, and the way
//! from it back to the files that it came from. Pure: who calls gives the files.

mod lines;
mod map;
mod mdbook;
mod modules;
mod snippets;
#[cfg(test)]
mod tests;
mod vitepress;

use std::ops::Range;
use std::sync::Arc;

pub use map::SourceMap;

use super::{Includes, front_matter};
use crate::source::{Span, VPath};

/// Gives the text of a file, if there is one.
pub type Lookup<'a> = dyn Fn(&VPath) -> Option<Arc<str>> + 'a;

/// How deep includes may be nested; mdBook's own limit.
const MAX_DEPTH: usize = 10;

/// A page does not grow beyond this by its includes.
const MAX_SIZE: usize = 16 * 1024 * 1024;

/// A page with its includes in place.
#[derive(Debug)]
pub struct Expanded {
    /// Its text.
    pub text: String,
    /// The way back.
    pub map: SourceMap,
    /// The title that a directive gives the page.
    pub title: Option<String>,
    /// What could not be taken in.
    pub faults: Vec<Fault>,
}

/// Something that could not be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file that asks for it.
    pub path: VPath,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// Whether the generator cannot find it either: it may look in folders that only its settings
    /// name.
    pub sure: bool,
}

/// The folders that includes may start from.
#[derive(Clone, Copy, Debug)]
pub struct Roots<'a> {
    /// The folder of the settings.
    pub project: &'a str,
    /// The folder of pages.
    pub content: &'a str,
}

/// Whether a text can hold includes at all.
fn may_include(text: &str, includes: Includes) -> bool {
    let holds = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    match includes {
        Includes::None => false,
        Includes::MdBook => holds("{{") && holds("#"),
        Includes::Snippets => holds("-8<-"),
        Includes::VitePress => holds("<<<") || holds("@include"),
        Includes::Modules => holds("import ") && (holds(".md\"") || holds(".md'") || holds(".mdx")),
    }
}

/// The page with its includes in place; `None` if it has none.
pub fn expand(
    path: &VPath,
    text: &str,
    includes: Includes,
    roots: Roots<'_>,
    lookup: &Lookup<'_>,
) -> Option<Expanded> {
    if !may_include(text, includes) {
        return None;
    }
    let mut expander = Expander {
        includes,
        roots,
        lookup,
        out: String::with_capacity(text.len() * 2),
        map: SourceMap::default(),
        title: None,
        faults: Vec::new(),
        stack: vec![path.clone()],
        taken: 0,
    };
    expander.scan(path, text, 0..text.len(), "");
    let Expander { out, map, title, faults, taken, .. } = expander;
    let changed = taken > 0 || !faults.is_empty() || out != text;
    changed.then_some(Expanded { text: out, map, title, faults })
}

struct Expander<'a> {
    includes: Includes,
    roots: Roots<'a>,
    lookup: &'a Lookup<'a>,
    out: String,
    map: SourceMap,
    title: Option<String>,
    faults: Vec<Fault>,
    /// The files that are being taken in.
    stack: Vec<VPath>,
    /// How many were taken in.
    taken: usize,
}

impl Expander<'_> {
    /// Writes a part of a file with its includes in place. `prefix` stands before each further
    /// line.
    fn scan(&mut self, file: &VPath, text: &str, range: Range<usize>, prefix: &str) {
        match self.includes {
            Includes::None => self.copy(file, text, range, prefix),
            Includes::MdBook => self.mdbook(file, text, range, prefix),
            Includes::Snippets => self.snippets(file, text, range, prefix),
            Includes::VitePress => self.vitepress(file, text, range, prefix),
            Includes::Modules => self.modules(file, text, range, prefix),
        }
    }

    /// Writes a part of a file as it is.
    fn copy(&mut self, file: &VPath, text: &str, range: Range<usize>, prefix: &str) {
        let mut pos = range.start;
        while pos < range.end {
            let line = memchr::memchr(b'\n', &text.as_bytes()[pos..range.end]);
            let stop = match line {
                Some(len) if !prefix.is_empty() => pos + len + 1,
                _ => range.end,
            };
            self.map.copy(self.out.len(), file, pos);
            self.out.push_str(&text[pos..stop]);
            if stop < range.end || (!prefix.is_empty() && text[pos..stop].ends_with('\n')) {
                self.insert(prefix, file, stop);
            }
            pos = stop;
        }
    }

    /// Writes text that stands in no file.
    fn insert(&mut self, text: &str, file: &VPath, at: usize) {
        if !text.is_empty() {
            self.map.insert(self.out.len(), file, at);
            self.out.push_str(text);
        }
    }

    /// Takes parts of a file in.
    fn include(&mut self, path: &VPath, text: &str, parts: &[Range<usize>], prefix: &str) {
        self.taken += 1;
        self.note_cut(path, text, parts);
        self.stack.push(path.clone());
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.insert("\n", path, part.start);
                self.insert(prefix, path, part.start);
            }
            self.scan(path, text, part.clone(), prefix);
        }
        self.stack.pop();
    }

    /// Takes a whole file in, line by line, each with what is put before it.
    fn include_lines(
        &mut self,
        path: &VPath,
        text: &str,
        lines: &[(Range<usize>, &str)],
        prefix: &str,
    ) {
        self.taken += 1;
        self.stack.push(path.clone());
        for (at, (line, mark)) in lines.iter().enumerate() {
            if at > 0 {
                // The line break of the file itself where nothing stands between the two lines.
                let end = lines[at - 1].0.end;
                if text[end..line.start] == *"\n" {
                    self.copy(path, text, end..line.start, "");
                } else {
                    self.insert("\n", path, line.start);
                }
                self.insert(prefix, path, line.start);
            }
            self.insert(mark, path, line.start);
            self.scan(path, text, line.clone(), prefix);
        }
        self.stack.pop();
    }

    /// Notes whether the parts are less than the file. The front matter of a page is no loss.
    fn note_cut(&mut self, path: &VPath, text: &str, parts: &[Range<usize>]) {
        let whole = |part: &Range<usize>| {
            text[part.end..].trim().is_empty()
                && (part.start == 0 || part.start == front_matter::read(text).1)
        };
        if parts.len() != 1 || !whole(&parts[0]) {
            self.map.cut(path);
        }
    }

    /// The text of the first of these files that is there, unless it is being taken in already.
    fn find(&mut self, candidates: &[Option<VPath>]) -> Found {
        if self.stack.len() > MAX_DEPTH || self.out.len() > MAX_SIZE {
            return Found::Refused;
        }
        for path in candidates.iter().flatten() {
            if let Some(text) = (self.lookup)(path) {
                if self.stack.contains(path) {
                    return Found::Refused;
                }
                return Found::File(path.clone(), text);
            }
        }
        // What lies outside of the tree cannot be looked at.
        if candidates.iter().any(Option::is_none) { Found::Refused } else { Found::Nothing }
    }

    fn fault(&mut self, file: &VPath, range: Range<usize>, message: String) {
        let span = Span::new(range.start, range.end);
        let sure = self.includes != Includes::Snippets;
        self.faults.push(Fault { path: file.clone(), span, message, sure });
    }

    fn missing(&mut self, file: &VPath, range: Range<usize>, wanted: &str) {
        self.fault(file, range, format!("no file at `{wanted}` to include"));
    }
}

enum Found {
    File(VPath, Arc<str>),
    /// It is there or may be there, and is not taken in.
    Refused,
    Nothing,
}
