//! Markup that was not understood: text that the reader sees and that the author wrote for the
//! parser. Each kind is one row of [`KINDS`]; what it looks for stands in the files of this folder.

mod blocks;
mod characters;
mod entities;
mod html;
mod inlines;
mod links;
mod lists;
mod machines;
mod references;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::markdown::Includes;
use crate::markdown::destination::split_path;
use crate::markdown::outline::{BlockKind, InlineKind, Outline};
use crate::prose::{self, Leaf, is_unspaced};
use crate::source::Span;
use characters::Bits;

/// The text of one block as a reader sees it, and where each piece of it was written.
pub struct Shown<'s> {
    /// The text. What is no plain text (code, tags, escaped characters) is [`OTHER`].
    pub text: String,
    /// The source of the page.
    pub source: &'s str,
    /// Whether the page is MDX.
    pub is_mdx: bool,
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

/// Markup that readers see as text.
#[derive(Debug, PartialEq, Eq)]
pub struct Raw {
    /// Its bytes in [`Shown::text`].
    pub span: Range<usize>,
    /// The fix: a part of the text, and its replacement.
    pub edit: Option<(Range<usize>, String)>,
    /// Whether the fix keeps the meaning.
    pub is_safe: bool,
}

impl Raw {
    /// Markup without a fix.
    fn new(span: Range<usize>) -> Self {
        Self { span, edit: None, is_safe: false }
    }
}

/// A kind of markup.
pub struct Kind {
    /// The message of its findings.
    pub message: &'static str,
    /// How to fix it.
    pub help: &'static str,
    /// The severity of its findings.
    pub severity: Severity,
    /// Words of a text that is about such markup, and shows it on purpose.
    pub about: &'static [&'static str],
    /// The characters of such markup, one text for each of its forms; all are ASCII.
    pub marks: &'static [&'static str],
    /// Finds all of this kind in a text.
    pub find: fn(&Shown<'_>, &mut Vec<Raw>),
    /// Whether it is looked for in HTML: in text, or only there.
    pub place: Place,
    /// Other generators or their plugins may understand it, so only docgen's own flavours report it.
    pub is_extension: bool,
    /// It means something only where pages include text in this way.
    pub only: Option<Includes>,
}

/// Where a kind of markup is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In text that Markdown is read in.
    Text,
    /// In the text of HTML elements, where it is not.
    Html,
    /// In both.
    Both,
    /// In the text of elements with the attribute `markdown`, where an extension reads it.
    Extended,
}

/// The words for most kinds.
const ABOUT: &[&str] = &["markdown", "syntax", "literal", "markup", "escap", "formatting"];

/// The defaults of a kind.
const KIND: Kind = Kind {
    message: "",
    help: "",
    severity: Severity::Warning,
    about: ABOUT,
    marks: &[],
    find: |_, _| {},
    place: Place::Text,
    is_extension: false,
    only: None,
};

/// Markdown in HTML elements.
const UNREAD: Kind = Kind {
    message: "readers see this Markdown as it is written: it stands in an HTML element",
    help: "put a blank line after the opening tag and one before the closing tag, or write HTML",
    marks: &["*", "[]()", "`", "_", "~"],
    find: html::unread,
    place: Place::Html,
    ..KIND
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
        message: "readers see the underscores of this bold text",
        help: "write the underscores directly at its first and last letter",
        about: &["markdown", "syntax", "literal", "underscore", "escap", "blank", "dunder"],
        marks: &["__"],
        find: inlines::underscores,
        ..KIND
    },
    Kind {
        message: "readers see the marks of this bold text: it begins with other ones than it ends with",
        help: "write `**` on both sides",
        about: &["markdown", "syntax", "literal", "underscore", "asterisk", "escap", "dunder"],
        marks: &["__"],
        find: inlines::mixed,
        ..KIND
    },
    Kind {
        message: "readers see this link as text: its address contains a space",
        help: "put the address into angle brackets: `[text](<a b.md>)`",
        severity: Severity::Error,
        marks: &["]("],
        find: inlines::space_in_address,
        ..KIND
    },
    Kind {
        message: "readers see this link as text: there is a gap between `]` and `(`",
        help: "remove the space or line break",
        marks: &["[]()"],
        find: inlines::torn_link,
        ..KIND
    },
    Kind {
        message: "readers see this link as text: its brackets are swapped",
        help: "write `[text](address)`",
        marks: &[")["],
        find: inlines::reversed_link,
        ..KIND
    },
    Kind {
        message: "readers see this link as text: its text contains another link",
        help: "write two links side by side, or remove one of the two",
        severity: Severity::Error,
        marks: &["]("],
        find: inlines::nested_link,
        ..KIND
    },
    Kind {
        message: "readers see this footnote as text: this site does not use its syntax",
        help: "write `[^name]` here, and `[^name]: …` with the note in a paragraph of its own",
        marks: &["^[ ]"],
        find: inlines::note,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see this heading as text: there is no space after `#`",
        help: "add a space after the `#`",
        about: &["markdown", "syntax", "hashtag", "channel", "#define", "literal"],
        marks: &["#"],
        find: blocks::heading,
        ..KIND
    },
    Kind {
        message: "readers see this task as text: its checkbox is not written `- [ ]`",
        help: "write `- [ ]`, or `- [x]` if it is done",
        marks: &["[]"],
        find: blocks::task,
        ..KIND
    },
    Kind {
        message: "readers see this table as text: it has no line of dashes below its header",
        help: "add `| --- | --- |` directly below the first line",
        marks: &["|"],
        find: blocks::table,
        ..KIND
    },
    Kind {
        message: "readers see this line of dashes as text: it does not stand directly below a header",
        help: "remove the blank line between the header and it",
        marks: &["|-"],
        find: blocks::lone_dashes,
        ..KIND
    },
    Kind {
        message: "readers see this link definition as text: there is text after its address",
        help: "put that text in quotes to make it the title, or remove it",
        marks: &["]: "],
        find: blocks::definition,
        ..KIND
    },
    Kind {
        message: "readers see this admonition as text: this site does not use its syntax",
        help: "write `> [!NOTE]` with the text on the lines below it, each after a `>`",
        marks: &["!!! ", "??? ", "???+ ", ":::"],
        find: blocks::admonition,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see this template call: nothing replaces it",
        help: "write the text that it stands for, or use a code span",
        about: &["template", "syntax", "literal", "placeholder", "variable", "markdown", "jinja"],
        marks: &["{}"],
        find: machines::call,
        place: Place::Both,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see this directive as text: a book has none of this name",
        help: "write `include`, `rustdoc_include`, `playground` or `title`, or a backslash before it",
        about: &["directive", "template", "syntax", "literal", "placeholder", "handlebars"],
        marks: &["{#}"],
        find: machines::book,
        only: Some(Includes::MdBook),
        ..KIND
    },
    Kind {
        message: "readers see this expression as text: docgen runs no JavaScript",
        help: "write the text that it stands for, or escape the brace: `\\{`",
        about: &["template", "syntax", "literal", "placeholder", "variable", "expression", "jsx"],
        marks: &["{}"],
        find: machines::expression,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see this: only MDX reads it, and this page is none",
        help: "remove it, or give the file the suffix `.mdx`; in Markdown, a comment is `<!-- … -->`",
        about: &["mdx", "jsx", "syntax", "literal", "javascript", "typescript", "import"],
        marks: &["{/*}", "import from\"", "import from'"],
        find: machines::mdx,
        ..KIND
    },
    Kind {
        message: "readers see this directive as text: nothing replaces it",
        help: "remove it; a page gets its table of contents by itself",
        marks: &["[tc]", "[TC]", "-8<"],
        find: machines::directive,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see the name of this icon: this site does not draw it",
        help: "remove it, or write an emoji or `<Icon icon=\"…\" />`",
        about: &["icon", "emoji", "syntax", "literal", "shortcode"],
        marks: &[":-"],
        find: machines::icon,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see these attributes as text: this site does not use them",
        help: "remove them",
        marks: &["{}"],
        find: machines::attributes,
        is_extension: true,
        ..KIND
    },
    Kind {
        message: "readers see this tag as text: its attributes are not well formed",
        help: "look for a missing or extra quote",
        about: &["html", "syntax", "literal", "escap", "jsx"],
        marks: &["<=>"],
        find: machines::tag,
        severity: Severity::Error,
        ..KIND
    },
    Kind {
        message: "readers see this entity as text: its `&` was escaped again",
        help: "write the character itself, or remove the `amp;`",
        about: &["entit", "escap", "html", "xml", "literal", "encod", "character reference"],
        marks: &["&;"],
        find: entities::reference,
        ..KIND
    },
    Kind {
        message: "readers see this entity as text: its name is misspelt, or its `;` is missing",
        help: "write the character itself, or the name as in `&nbsp;`",
        about: &["entit", "escap", "html", "xml", "literal", "encod", "character reference"],
        marks: &["&"],
        find: entities::entity,
        ..KIND
    },
    Kind {
        message: "readers see `\\n` here, instead of a line break",
        help: "write a line break",
        about: &["newline", "line break", "escap", "literal", "regex", "delimiter", "separator"],
        marks: &["\\n"],
        find: machines::line_end,
        ..KIND
    },
    UNREAD,
    Kind { place: Place::Extended, is_extension: true, ..UNREAD },
];

impl<'s> Shown<'s> {
    /// A text that stands in the source as it is.
    fn of_span(source: &'s str, span: Span) -> Self {
        let text = source[span.start..span.end].to_owned();
        let (kind, pieces) = (BlockKind::Paragraph, vec![(0, span)]);
        Self { text, source, is_mdx: false, kind, around: None, pieces }
    }

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
                    if escaped {
                        text.push(OTHER);
                        pieces
                            .push((text.len(), Span::new(inline.span.start + 1, inline.span.end)));
                        text.push_str(&written[1..]);
                    } else if written == inline.text {
                        text.push_str(written);
                    } else {
                        // An entity: its source and its text differ in length.
                        text.push(OTHER);
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
        Self { text, source, is_mdx: false, kind: leaf.block.kind, around, pieces }
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
        if start == end {
            return Span::new(from, from);
        }
        let behind = self.pieces.partition_point(|(start, _)| *start < end);
        let Some((start, span)) = behind.checked_sub(1).map(|before| self.pieces[before]) else {
            return Span::new(from, from);
        };
        // The whole of a piece may be longer in the source: a line end, an entity, a tag.
        let whole = self.pieces.get(behind).map_or(self.text.len(), |next| next.0) == end;
        let to = if whole { span.end } else { span.start + (end - start) };
        Span::new(from, to.max(from)).clamped(self.source)
    }

    /// The text after a place, up to the longest markup: searching all of it for each mark would
    /// take time quadratic in the length of a page.
    pub fn ahead(&self, at: usize) -> &str {
        let end = self.text.floor_char_boundary((at + REACH).min(self.text.len()));
        &self.text[at..end]
    }

    /// The text before a place, up to the longest markup.
    pub fn back(&self, at: usize) -> &str {
        let start = self.text.ceil_char_boundary(at.saturating_sub(REACH));
        &self.text[start..at]
    }

    /// Where a character last occurs before a place.
    pub fn last_before(&self, at: usize, wanted: char) -> Option<usize> {
        let back = self.back(at);
        Some(at - back.len() + back.rfind(wanted)?)
    }

    /// The character before a place.
    pub fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The character after a place.
    pub fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }
}

/// Finds markup of some kinds on a page.
pub fn find(
    source: &str,
    outline: &Outline<'_>,
    is_mdx: bool,
    wanted: &dyn Fn(&Kind) -> bool,
    take: &mut dyn FnMut(&'static Kind, &Shown<'_>, Raw),
) {
    let in_text = |kind: &&Kind| matches!(kind.place, Place::Text | Place::Both) && wanted(kind);
    let kinds = || KINDS.iter().filter(in_text);
    let bits = Bits::new(kinds());
    let kinds: Vec<(&'static Kind, Vec<u64>)> =
        kinds().map(|kind| (kind, bits.of_marks(kind).collect())).collect();
    let mut found = Vec::new();
    for leaf in prose::leaves(outline) {
        let has = bits.of_leaf(source, &leaf);
        let allows = |marks: &[u64]| marks.iter().any(|mark| mark & !has == 0);
        let mut kinds = kinds.iter().filter(|(_, marks)| allows(marks));
        let Some((first, _)) = kinds.next() else { continue };
        let around = leaf.block.parent.map(|at| &outline.blocks[at]);
        let around = around.map(|block| block.kind);
        let shown = Shown { is_mdx, ..Shown::new(source, &leaf, around) };
        for kind in std::iter::once(first).chain(kinds.map(|(kind, _)| kind)) {
            (kind.find)(&shown, &mut found);
            found.drain(..).for_each(|raw| take(kind, &shown, raw));
        }
    }
    html::find(source, outline, wanted, take);
    references::find(source, outline, is_mdx, wanted, take);
    lists::find(source, outline, is_mdx, wanted, take);
    links::find(source, outline, wanted, take);
}

/// Whether a text is certainly an address: of a site, a file, or an anchor on the page.
pub fn is_address(text: &str) -> bool {
    const BEGINNINGS: &[&str] = &["http://", "https://", "mailto:", "./", "../", "/", "#"];
    const FILES: &[&str] =
        &[".md", ".mdx", ".html", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".pdf", ".txt"];
    // `#338` is the number of an issue.
    if text.strip_prefix('#').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())) {
        return false;
    }
    let (path, _) = split_path(text);
    let begins = BEGINNINGS.iter().any(|begin| text.len() > begin.len() && text.starts_with(begin));
    let lower = path.to_ascii_lowercase();
    begins || FILES.iter().any(|suffix| lower.len() > suffix.len() && lower.ends_with(suffix))
}

/// Whether an address has a template call in it: the spaces in it are gone when it is replaced, and
/// if nothing replaces it, that is the fault.
fn has_call(address: &str) -> bool {
    let open = address.find("{{").or_else(|| address.find("{%"));
    open.is_some_and(|at| address[at..].contains(['}']))
}

/// Whether a character stands apart from words.
fn is_apart(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric() && c != '_' || is_unspaced(c))
}
