//! Expands the includes of a page, and maps the result back to the files that it came from. Pure:
//! the caller provides the files.

mod lines;
mod map;
mod mdbook;
mod modules;
mod parts;
mod snippets;
#[cfg(test)]
mod tests;
mod variables;
mod vitepress;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

pub use map::SourceMap;
pub use variables::{Use, Variables, read as read_variables, similar, use_at};

use super::{Includes, front_matter};
use crate::source::{Span, VPath};

/// Looks up the text of a file.
pub type Lookup<'a> = dyn Fn(&VPath) -> Found + 'a;

/// The result of looking up a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Its text.
    Text(Arc<str>),
    /// There is no such file.
    Missing,
    /// Readers may not see it, with the reason.
    Withheld(String),
    /// docgen does not read it, with the reason; it may exist where the site is built.
    Elsewhere(String),
}

/// The deepest nesting of includes, which is also the limit of mdBook.
const MAX_DEPTH: usize = 10;

/// The size in bytes from which on nothing more is included into a page.
const MAX_SIZE: usize = 16 * 1024 * 1024;

/// A page with its includes in place.
#[derive(Debug)]
pub struct Expanded {
    /// Its text.
    pub text: String,
    /// The map from the text to the files.
    pub map: SourceMap,
    /// The title that a directive gives the page.
    pub title: Option<String>,
    /// What could not be included.
    pub faults: Vec<Fault>,
}

/// Something that could not be included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file that asks for it.
    pub path: VPath,
    /// The span there.
    pub span: Span,
    /// What asks for it.
    pub kind: FaultKind,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether the generator certainly cannot find it either. It may search other folders.
    pub sure: bool,
}

/// What a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// An include.
    Include,
    /// A variable.
    Variable,
}

/// What the texts of a tree may name.
#[derive(Clone, Copy, Debug)]
pub struct Roots<'a> {
    /// The folder of the settings.
    pub project: &'a str,
    /// The folder of pages.
    pub content: &'a str,
    /// The variables of the site.
    pub variables: &'a Variables,
}

/// Whether a text may contain includes.
fn may_include(text: &str, includes: Includes) -> bool {
    let holds = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    match includes {
        Includes::None => false,
        Includes::MdBook => holds("{{") && holds("#"),
        Includes::Parts => holds("{{"),
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
        faulty: HashSet::new(),
        stack: vec![path.clone()],
        taken: 0,
        variables: Cow::Borrowed(roots.variables),
        strangers: HashMap::new(),
        fence: None,
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
    /// The locations of faults, so that a file that is included many times has each fault once.
    faulty: HashSet<(VPath, Span)>,
    /// The files that are being included.
    stack: Vec<VPath>,
    /// How many were included.
    taken: usize,
    /// The variables of the page.
    variables: Cow<'a, Variables>,
    /// Names without a variable, whether they are in code, and the names that may be meant.
    strangers: HashMap<(String, bool), Option<String>>,
    /// The open code block.
    fence: Option<parts::Fence>,
}

/// The file that a page means by `relative` to a folder; it may be outside of the tree.
fn below(folder: &str, relative: &str) -> VPath {
    VPath::beyond(&format!("{folder}/{relative}"))
}

impl Expander<'_> {
    /// Writes a part of a file with its includes expanded. `prefix` is written before each further
    /// line.
    fn scan(&mut self, file: &VPath, text: &str, range: Range<usize>, prefix: &str) {
        match self.includes {
            Includes::None => self.copy(file, text, range, prefix),
            Includes::MdBook => self.mdbook(file, text, range, prefix),
            Includes::Parts => self.parts(file, text, range, prefix),
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

    /// Writes text that is not in a file.
    fn insert(&mut self, text: &str, file: &VPath, at: usize) {
        if !text.is_empty() {
            self.map.insert(self.out.len(), file, at);
            self.out.push_str(text);
        }
    }

    /// Includes parts of a file.
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

    /// Includes a whole file, line by line, each with a text before it.
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
                // Copies the line break of the file if nothing is inserted between the two lines.
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

    /// Records whether the parts are less than the file, not counting front matter.
    fn note_cut(&mut self, path: &VPath, text: &str, parts: &[Range<usize>]) {
        let whole = |part: &Range<usize>| {
            text[part.end..].trim().is_empty()
                && (part.start == 0 || part.start == front_matter::read(text).1)
        };
        if parts.len() != 1 || !whole(&parts[0]) {
            self.map.cut(path);
        }
    }

    /// The first of these files that exists, with its text. If there is none, that is a fault of
    /// `file`, where `name` includes it as `wanted`.
    fn find(
        &mut self,
        file: &VPath,
        name: Range<usize>,
        wanted: &str,
        candidates: &[VPath],
    ) -> Option<(VPath, Arc<str>)> {
        let refused = |why: &str| format!("`{wanted}` is not included: {why}");
        if self.stack.len() > MAX_DEPTH {
            let why = format!("includes are nested more than {MAX_DEPTH} deep");
            return self.fault(file, name, refused(&why));
        }
        if self.out.len() > MAX_SIZE {
            let why = format!("the page is larger than {} MiB", MAX_SIZE >> 20);
            return self.fault(file, name, refused(&why));
        }
        let (mut withheld, mut elsewhere) = (None, None);
        for path in candidates {
            match (self.lookup)(path) {
                Found::Text(_) if self.stack.contains(path) => {
                    let own = path == file;
                    let why = if own { "it includes itself" } else { "it includes this file" };
                    return self.fault(file, name, refused(why));
                }
                Found::Text(text) => return Some((path.clone(), text)),
                Found::Missing => {}
                Found::Withheld(why) => withheld = withheld.or(Some(why)),
                Found::Elsewhere(why) => elsewhere = elsewhere.or(Some(why)),
            }
        }
        if let Some(why) = withheld {
            return self.fault(file, name, refused(&why));
        }
        if let Some(why) = elsewhere {
            return self.note(file, name, refused(&why), false);
        }
        self.fault(file, name, format!("no file at `{wanted}` to include"))
    }

    /// Adds a fault; always returns `None`.
    fn fault<T>(&mut self, file: &VPath, range: Range<usize>, message: String) -> Option<T> {
        self.note(file, range, message, self.includes != Includes::Snippets)
    }

    fn note<T>(
        &mut self,
        file: &VPath,
        range: Range<usize>,
        message: String,
        sure: bool,
    ) -> Option<T> {
        let span = Span::new(range.start, range.end);
        let kind = FaultKind::Include;
        if self.faulty.insert((file.clone(), span)) {
            let file = file.clone();
            self.faults.push(Fault { path: file, span, kind, message, help: None, sure });
        }
        None
    }

    fn add_fault(
        &mut self,
        file: &VPath,
        span: Span,
        kind: FaultKind,
        message: String,
        help: Option<String>,
    ) {
        if self.faulty.insert((file.clone(), span)) {
            let file = file.clone();
            self.faults.push(Fault { path: file, span, kind, message, help, sure: true });
        }
    }
}
