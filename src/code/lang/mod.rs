//! The languages of code blocks. Each has a record ([`Language`]) in its own file if docgen parses
//! it, and else a row in `unparsed`. They do not use each other: what several share is here, in
//! `notation` (data), `program` and `script` (shells).

use crate::data::Node;
use crate::source::Span;

pub use crate::data::Fault;

mod braces;
mod changes;
mod console;
mod diff;
mod dockerfile;
mod dotenv;
mod ecma;
mod html;
mod ini;
mod java_properties;
mod javascript;
mod json;
mod json5;
mod jsonc;
mod jsonl;
mod language;
mod markdown;
pub mod marks;
pub mod math;
mod notation;
mod program;
#[cfg(test)]
mod properties;
mod python;
mod registry;
mod rust;
mod script;
mod shell;
#[cfg(test)]
pub(crate) mod testing;
mod toml;
mod tsx;
mod typescript;
mod unparsed;
mod xml;
mod yaml;

pub use braces::Single;
pub use language::{Comments, Drawn, Family, Language, NearMiss, Repair, Strings};
pub use registry::{PARSED, all, drawn, find, is_rustdoc, is_same, judged, misspelt};

/// The commands of a shell session, with prompts and output blanked byte for byte; `None` if the
/// block has no prompts.
pub fn session(label: &str, text: &str) -> Option<String> {
    let language = find(label).filter(|language| language.family == Family::Shell)?;
    let found = script::session(text, false);
    found.or_else(|| language.is_session.then(|| script::session(text, true)).flatten())
}

/// The verdict on a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Valid in the language of its label.
    Valid,
    /// Part of a document: members without braces, items without brackets.
    Fragment,
    /// Valid except for `...` or similar marks.
    Elision,
    /// Several documents in one block.
    Several,
    /// Valid in the language of another label.
    Mislabelled(&'static str),
    /// Not valid, with at least one fault.
    Broken,
    /// Not checked.
    NotChecked(Unchecked),
}

/// Why a block was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchecked {
    /// It is longer than the limit for parsers.
    TooLarge,
    /// Its brackets are nested more deeply than the limit for parsers, which recurse.
    TooDeep,
    /// The parser panicked, which is a bug of the parser.
    ParserFailed,
    /// docgen has no parser for its language.
    NoParser,
}

impl Unchecked {
    /// The reason as shown in the coverage.
    pub fn reason(self) -> &'static str {
        match self {
            Self::TooLarge => "too large",
            Self::TooDeep => "nested too deeply",
            Self::ParserFailed => "the parser failed",
            Self::NoParser => "no checker",
        }
    }
}

/// A word of a shell command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word with quotes removed.
    pub text: String,
    /// The bytes as written, relative to the block.
    pub span: Span,
    /// Whether the shell would pass exactly `text`: no expansion, no placeholder in it.
    pub literal: bool,
}

/// A simple command: its words without assignments and redirections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The words, the program first.
    pub words: Vec<Word>,
}

/// The content of a block, for rules about its meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing that rules can check.
    Opaque,
    /// The documents of a data language.
    Data(Vec<Node>),
    /// The commands of a shell language, in order, those inside pipes and lists included.
    Shell(Vec<Command>),
}

/// The result of parsing a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The faults, if it is broken.
    pub faults: Vec<Fault>,
    /// Keys that their object already has, and that are not alternatives.
    pub repeats: Vec<Fault>,
    /// The content.
    pub content: Content,
}

impl Judgement {
    fn new(verdict: Verdict, content: Content) -> Self {
        Self { verdict, faults: Vec::new(), repeats: Vec::new(), content }
    }

    /// The judgement on a text that is accepted as a part of something.
    pub fn fragment() -> Self {
        Self::new(Verdict::Fragment, Content::Opaque)
    }

    fn not_checked(why: Unchecked) -> Self {
        Self::new(Verdict::NotChecked(why), Content::Opaque)
    }

    fn too_large() -> Self {
        Self::not_checked(Unchecked::TooLarge)
    }

    fn too_deep() -> Self {
        Self::not_checked(Unchecked::TooDeep)
    }

    fn with_repeats(self, repeats: Vec<Fault>) -> Self {
        Self { repeats, ..self }
    }

    fn broken(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::new(Verdict::Broken, Content::Opaque) }
    }
}

/// The script that a shell block is read as, of the same length: words in place of placeholders,
/// blanks in place of prompts and output.
pub fn shell_script(text: &str) -> String {
    shell::script_of(text)
}

/// The largest block that is parsed, in bytes.
const MAX_BLOCK: usize = 1 << 20;

/// Blanks or fills a range of the text that is parsed in place of the block, keeping its length.
fn fill(bytes: &mut [u8], span: Span, with: u8) {
    for byte in &mut bytes[span.start..span.end] {
        if *byte != b'\n' {
            *byte = with;
        }
    }
}

/// The template tags of a text: `{{ … }}`, `${{ … }}`, `{% … %}`, `{# … #}`, `{! … !}`, `<% … %>`.
fn templates(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(['{', '<']) {
        let start = at + step;
        let close = match (text.as_bytes()[start], text.as_bytes().get(start + 1)) {
            (b'{', Some(b'{')) => "}}",
            (b'{', Some(b'%')) => "%}",
            (b'{', Some(b'#')) => "#}",
            (b'{', Some(b'!')) => "!}",
            (b'<', Some(b'%')) => "%>",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let Some(len) = text[start..].find(close) else { break };
        let dollar = start > 0 && text.as_bytes()[start - 1] == b'$';
        found.push(Span::new(start - usize::from(dollar), start + len + 2));
        at = start + len + 2;
    }
    found
}
