//! Marks that stand directly at a link and are shown beside it: `#[#12](address)`,
//! `!![text](picture)`, `[text](address))`.

use super::{KIND, Kind, Raw, Shown};
use crate::markdown::outline::{Inline, InlineKind, Mark, Outline};
use crate::prose;
use crate::source::Span;

/// A mark before a link whose text has it as well.
static TWICE: Kind = Kind {
    message: "readers see this mark twice: before the link and at the beginning of its text",
    help: "remove one of the two",
    about: &["markdown", "syntax", "literal", "escap"],
    ..KIND
};

/// An exclamation mark before that of an image.
static BANG: Kind = Kind {
    message: "readers see an exclamation mark before this image",
    help: "remove one of the two",
    ..KIND
};

/// A bracket behind a link.
static BRACKET: Kind = Kind {
    message: "readers see a bracket behind this link that closes nothing",
    help: "remove it; if it belongs to the address, write `<` and `>` around that",
    ..KIND
};

/// All of them.
static ALL: [&Kind; 3] = [&TWICE, &BANG, &BRACKET];

/// Finds the marks at the links of a page.
pub(super) fn find(
    source: &str,
    outline: &Outline<'_>,
    wanted: &dyn Fn(&Kind) -> bool,
    take: &mut dyn FnMut(&'static Kind, &Shown<'_>, Raw),
) {
    if !ALL.into_iter().all(wanted) {
        return;
    }
    for leaf in prose::leaves(outline).filter(|leaf| is_suspect(leaf.inlines)) {
        let mut open = Brackets::default();
        for (at, inline) in leaf.inlines.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &leaf.inlines[before]);
            let found = match inline.kind {
                InlineKind::Open(Mark::Link) => twice(source, before, leaf.inlines.get(at + 1)),
                InlineKind::Open(Mark::Image) => bang(source, before),
                InlineKind::Text => {
                    let found = before.and_then(|before| bracket(&open, before, inline));
                    open.count(&inline.text);
                    found
                }
                _ => None,
            };
            if let Some((kind, span)) = found {
                let shown = Shown::of_span(source, span);
                let edit = Some((0..1, String::new()));
                take(kind, &shown, Raw { edit, ..Raw::new(0..shown.text.len()) });
            }
        }
    }
}

/// Whether a mark stands at a link: most texts have none, and need not be read.
fn is_suspect(inlines: &[Inline<'_>]) -> bool {
    inlines.windows(2).any(|two| {
        let (last, first) = (two[0].text.as_bytes().last(), two[1].text.as_bytes().first());
        match (two[0].kind, two[1].kind) {
            (InlineKind::Text, InlineKind::Open(Mark::Link)) => matches!(last, Some(b'#' | b'@')),
            (InlineKind::Text, InlineKind::Open(Mark::Image)) => last == Some(&b'!'),
            (InlineKind::Close(Mark::Link | Mark::Image), InlineKind::Text) => {
                matches!(first, Some(b')' | b']'))
            }
            _ => false,
        }
    })
}

/// `#[#12](address)`, `@[@name](address)`
fn twice(
    source: &str,
    before: Option<&Inline<'_>>,
    inside: Option<&Inline<'_>>,
) -> Option<(&'static Kind, Span)> {
    let (before, inside) = (before?, inside?);
    let is_text = |inline: &Inline<'_>| inline.kind == InlineKind::Text;
    let mark = before.text.chars().next_back().filter(|mark| matches!(mark, '#' | '@'))?;
    let front = &before.text[..before.text.len() - 1];
    let named = inside.text.strip_prefix(mark)?.starts_with(char::is_alphanumeric);
    let apart = front.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != mark);
    let span = Span::new(before.span.end.checked_sub(1)?, inside.span.start + 1);
    let plain = source[span.start..].starts_with(mark);
    (is_text(before) && is_text(inside) && named && apart && plain).then_some((&TWICE, span))
}

/// `!![text](address)`
fn bang(source: &str, before: Option<&Inline<'_>>) -> Option<(&'static Kind, Span)> {
    let before = before.filter(|before| before.kind == InlineKind::Text)?;
    let front = before.text.strip_suffix('!')?;
    let at = before.span.end.checked_sub(1)?;
    let alone = front.chars().next_back().is_none_or(char::is_whitespace);
    (alone && source[at..].starts_with("!![")).then_some((&BANG, Span::new(at, at + 1)))
}

/// `[text](address))`, `[text](address)]`
fn bracket(
    open: &Brackets,
    before: &Inline<'_>,
    inline: &Inline<'_>,
) -> Option<(&'static Kind, Span)> {
    let closes = matches!(before.kind, InlineKind::Close(Mark::Link | Mark::Image))
        && before.span.end == inline.span.start;
    let number = match inline.text.chars().next().filter(|_| closes)? {
        ')' => 0,
        ']' => 1,
        _ => return None,
    };
    let start = inline.span.start;
    (open.0[number] == 0).then_some((&BRACKET, Span::new(start, start + 1)))
}

/// How many brackets are open in a text: round ones and square ones.
#[derive(Default)]
struct Brackets([usize; 2]);

impl Brackets {
    fn count(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '(' | '（' => self.0[0] += 1,
                '[' | '［' | '【' => self.0[1] += 1,
                ')' | '）' => self.0[0] = self.0[0].saturating_sub(1),
                ']' | '］' | '】' => self.0[1] = self.0[1].saturating_sub(1),
                _ => {}
            }
        }
    }
}
