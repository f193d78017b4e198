//! Markup that was not understood: text that the reader sees and that the author wrote for the
//! parser. Each kind is one row of [`KINDS`]; what it looks for stands in the files of this folder.

mod blocks;
mod inlines;
mod machines;
#[cfg(test)]
mod tests;

use crate::diagnostic::Severity;
use crate::markdown::outline::{BlockKind, InlineKind};
use crate::prose::{Leaf, is_unspaced};
use crate::source::Span;

/// The text of one block as a reader sees it, and where each piece of it was written.
pub struct Shown<'s> {
    /// The text. What is no plain text (code, tags, escaped characters) is [`OTHER`].
    pub text: String,
    /// The source of the page.
    pub source: &'s str,
    /// The kind of the block.
    pub kind: BlockKind,
    /// The kind of the block around it.
    pub around: Option<BlockKind>,
    pieces: Vec<(usize, Span)>,
}

/// Stands for everything that is no plain text.
pub const OTHER: char = '\u{FFFC}';

/// The longest markup that is looked for, in bytes.
const REACH: usize = 300;

/// Markup that is shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Raw {
    /// Its bytes in [`Shown::text`].
    pub start: usize,
    /// Where it ends there.
    pub end: usize,
    /// What to write instead: pieces of the text and their replacements.
    pub edits: Vec<(usize, usize, String)>,
    /// Whether the repair cannot be wrong.
    pub is_certain: bool,
}

/// A kind of markup.
pub struct Kind {
    /// What the reader sees.
    pub message: &'static str,
    /// What to do.
    pub help: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Words of a text that speaks of such markup.
    pub about: &'static [&'static str],
    /// Texts of which each of them contains one.
    pub marks: &'static [&'static str],
    /// Finds them all.
    pub find: fn(&Shown<'_>, &mut Vec<Raw>),
    /// Whether some generator gives it a meaning, so that only docgen's own flavours show it.
    pub is_extension: bool,
}

/// What is spoken of where markup is shown on purpose.
const ABOUT: &[&str] = &["markdown", "syntax", "literal", "markup", "escap", "formatting"];

/// A kind with what most have in common.
const KIND: Kind = Kind {
    message: "",
    help: "",
    severity: Severity::Warning,
    about: ABOUT,
    marks: &[],
    find: |_, _| {},
    is_extension: false,
};

/// All kinds.
pub static KINDS: &[Kind] = &[
    Kind {
        message: "readers see the asterisks of this bold text",
        help: "write the asterisks directly at its first and last letter, or `<strong>` around it",
        about: &[
            "markdown", "syntax", "literal", "asterisk", "glob", "wildcard", "kwargs", "escap",
        ],
        marks: &["**"],
        find: inlines::strong,
        ..KIND
    },
    Kind {
        message: "readers see this link as text: its address has a blank in it",
        help: "put the address into angle brackets: `[text](<a b.md>)`",
        severity: Severity::Error,
        marks: &["]("],
        find: inlines::blank_in_address,
        ..KIND
    },
    Kind {
        message: "readers see this link as text: its two parts are torn apart",
        help: "remove what stands between `]` and `(`",
        marks: &["("],
        find: inlines::torn_link,
        ..KIND
    },
    Kind {
        message: "readers see this link as text: its brackets are the wrong way round",
        help: "write `[text](address)`",
        marks: &[")["],
        find: inlines::reversed_link,
        ..KIND
    },
    Kind {
        message: "readers see this heading as text: a blank is missing behind `#`",
        help: "put a blank behind the `#`",
        about: &["markdown", "syntax", "hashtag", "channel", "#define", "literal"],
        marks: &["#"],
        find: blocks::heading,
        ..KIND
    },
    Kind {
        message: "readers see this task as text: its box is not written as `- [ ]`",
        help: "write `- [ ]`, or `- [x]` for one that is done",
        marks: &["["],
        find: blocks::task,
        ..KIND
    },
    Kind {
        message: "readers see this table as text: its second line has to be one of dashes",
        help: "add `| --- | --- |` under the first line, with no empty line between",
        marks: &["|"],
        find: blocks::table,
        ..KIND
    },
    Kind {
        message: "readers see this definition of a link as text: words follow its address",
        help: "put the words into quotes, as its title, or remove them",
        marks: &["]: "],
        find: blocks::definition,
        ..KIND
    },
    Kind {
        message: "readers see the mark of this admonition: it is not understood here",
        help: "write `> [!NOTE]` with the text in the lines below it, each behind `>`",
        marks: &["!!! ", "??? ", "???+ ", ":::"],
        find: blocks::admonition,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see this call of a template: nothing fills it in",
        help: "write what it stands for, or put it into a code span",
        about: &["template", "syntax", "literal", "placeholder", "variable", "markdown", "jinja"],
        marks: &["{"],
        find: machines::call,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see these attributes: they are not understood here",
        help: "remove them",
        marks: &["{"],
        find: machines::attributes,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see this tag as text: its attributes are not well formed",
        help: "look for a quote that is missing or too much",
        about: &["html", "syntax", "literal", "escap", "jsx"],
        marks: &["<"],
        find: machines::tag,
        severity: Severity::Error,
        ..KIND
    },
    Kind {
        message: "readers see this character reference as it is written: it was escaped twice",
        help: "write the character, or the reference with a single `&`",
        about: &["entit", "escap", "html", "xml", "literal", "encod", "character reference"],
        marks: &["&"],
        find: machines::reference,
        ..KIND
    },
    Kind {
        message: "readers see `\\n` here, where a line should end",
        help: "end the line instead",
        about: &["newline", "line break", "escap", "literal", "regex", "delimiter", "separator"],
        marks: &["\\n"],
        find: machines::line_end,
        ..KIND
    },
];

impl<'s> Shown<'s> {
    /// The text of a block.
    pub fn new(source: &'s str, leaf: &Leaf<'_, '_>, around: Option<BlockKind>) -> Self {
        let mut text = String::with_capacity(leaf.span.end - leaf.span.start);
        let mut pieces = Vec::new();
        for inline in leaf.inlines {
            match inline.kind {
                InlineKind::Text => {
                    pieces.push((text.len(), inline.span));
                    let written = &source[inline.span.start..inline.span.end];
                    let escaped = source[..inline.span.start].ends_with('\\')
                        && written.starts_with(|c: char| c.is_ascii_punctuation());
                    // What an entity stands for has another length than what was written.
                    if escaped {
                        text.push(OTHER);
                        pieces
                            .push((text.len(), Span::new(inline.span.start + 1, inline.span.end)));
                        text.push_str(&written[1..]);
                    } else if written == inline.text {
                        text.push_str(written);
                    } else {
                        text.extend(std::iter::once(OTHER));
                    }
                }
                InlineKind::Break => {
                    pieces.push((text.len(), inline.span));
                    text.push('\n');
                }
                InlineKind::Open(_) | InlineKind::Close(_) => {}
                _ => {
                    pieces.push((text.len(), inline.span));
                    text.push(OTHER);
                }
            }
        }
        Self { text, source, kind: leaf.block.kind, around, pieces }
    }

    /// The place in the source of a place in the text.
    pub fn place(&self, at: usize) -> usize {
        let behind = self.pieces.partition_point(|(start, _)| *start <= at);
        let Some((start, span)) = behind.checked_sub(1).map(|before| self.pieces[before]) else {
            return 0;
        };
        (span.start + (at - start)).min(span.end)
    }

    /// The source of a piece of the text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let from = self.place(start);
        let behind = self.pieces.partition_point(|(start, _)| *start < end);
        let Some((start, span)) = behind.checked_sub(1).map(|before| self.pieces[before]) else {
            return Span::new(from, from);
        };
        // The whole of a piece may be longer in the source: a line end, an entity, a tag.
        let whole = self.pieces.get(behind).map_or(self.text.len(), |next| next.0) == end;
        let to = if whole { span.end } else { span.start + (end - start) };
        Span::new(from, to.max(from)).clamped(self.source)
    }

    /// The text behind a place, as far as any markup reaches; looking further for each mark would
    /// take the square of the length of a page.
    pub fn ahead(&self, at: usize) -> &str {
        let end = self.text.floor_char_boundary((at + REACH).min(self.text.len()));
        &self.text[at..end]
    }

    /// The text before a place, as far as any markup reaches.
    pub fn back(&self, at: usize) -> &str {
        let start = self.text.ceil_char_boundary(at.saturating_sub(REACH));
        &self.text[start..at]
    }

    /// The character before a place.
    pub fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The character behind a place.
    pub fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }
}

/// Whether a text is surely meant as an address: of a site, of a file or of a place in the page.
pub fn is_address(text: &str) -> bool {
    const BEGINNINGS: &[&str] = &["http://", "https://", "mailto:", "./", "../", "/", "#"];
    const FILES: &[&str] =
        &[".md", ".mdx", ".html", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".pdf", ".txt"];
    let path = text.split(['#', '?']).next().unwrap_or(text);
    let begins = BEGINNINGS.iter().any(|begin| text.len() > begin.len() && text.starts_with(begin));
    let lower = path.to_ascii_lowercase();
    begins || FILES.iter().any(|suffix| lower.len() > suffix.len() && lower.ends_with(suffix))
}

/// Whether a character stands apart from words.
fn is_apart(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric() && c != '_' || is_unspaced(c))
}
