//! Faults in the structure of a page: what is dropped, and where a page is cut.

use docgen::markdown::outline::BlockKind;

use super::mutant::{Mutant, Near, View};
use super::random::Random;

/// The line that closes a fence.
pub fn closing_fence(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    for code in view.facts.code.iter().filter(|code| code.fenced && code.closed) {
        let text = view.text[..code.span.end].trim_end();
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        let fence = text[start..].trim_start_matches([' ', '\t', '>']);
        if start <= code.span.start || !fence.starts_with(['`', '~']) {
            continue;
        }
        let end = view.text[code.span.end..]
            .find('\n')
            .map_or(view.text.len(), |at| code.span.end + at + 1);
        let end = if view.text[..code.span.end].ends_with('\n') { code.span.end } else { end };
        offer(view.mutant(start..end, "", Near::Page));
    }
}

/// Tags of components, or of HTML elements that hold blocks.
fn tags(view: &View<'_>, component: bool, closing: bool, offer: &mut dyn FnMut(Mutant)) {
    const ELEMENTS: [&str; 6] = ["details", "summary", "div", "table", "p", "figure"];
    for (start, _) in view.text.match_indices('<') {
        let rest = &view.text[start + 1..];
        let Some(rest) = (if closing { rest.strip_prefix('/') } else { Some(rest) }) else {
            continue;
        };
        let len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[..len];
        let fits = if component {
            name.starts_with(|c: char| c.is_ascii_uppercase())
                && view.text.contains(&format!("</{name}>"))
        } else {
            ELEMENTS.contains(&name)
        };
        let Some(close) = rest.find('>').filter(|_| fits) else { continue };
        let whole = rest[..close].trim_end();
        // An arrow or a quoted angle: not the end of this tag.
        let odd = whole.matches('"').count() % 2 == 1 || whole.ends_with('=');
        if whole.ends_with('/') || odd || view.in_code(start) {
            continue;
        }
        let end = start + 1 + usize::from(closing) + close + 1;
        offer(view.mutant(start..end, "", Near::Page));
    }
}

pub fn closing_tag(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    tags(view, true, true, offer);
}

pub fn opening_tag(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    tags(view, true, false, offer);
}

pub fn closing_element(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    tags(view, false, true, offer);
}

pub fn opening_element(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    tags(view, false, false, offer);
}

fn cut(view: &View<'_>, at: usize) -> Mutant {
    view.mutant(at..view.text.len(), "", Near::Page)
}

/// At any byte.
pub fn cut_anywhere(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    let mut random =
        Random::new(view.text.len() as u64, view.site.index.pages[view.page].source.path.as_str());
    for _ in 0..4 {
        let at = view.text.floor_char_boundary(random.below(view.text.len()));
        offer(cut(view, at));
    }
}

/// At any byte, where a program put a line break at the end of what was left.
pub fn cut_to_a_line(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    cut_anywhere(view, &mut |mut mutant| {
        mutant.edits[0].with = "\n".into();
        offer(mutant);
    });
}

/// Behind a word of prose.
pub fn cut_behind_word(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    prose_cuts(
        view,
        |before, after| before.ends_with(char::is_alphanumeric) && after.starts_with(' '),
        offer,
    );
}

/// Inside a word of prose.
pub fn cut_in_word(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    prose_cuts(
        view,
        |before, after| {
            before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic)
        },
        offer,
    );
}

/// Behind a sentence of a paragraph that goes on.
pub fn cut_behind_sentence(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    prose_cuts(view, |before, after| before.ends_with('.') && after.starts_with(' '), offer);
}

fn prose_cuts(view: &View<'_>, here: fn(&str, &str) -> bool, offer: &mut dyn FnMut(Mutant)) {
    for block in view.outline.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let text = &view.text[block.span.start..block.span.end];
        for (at, _) in text.char_indices().skip(1) {
            let at = block.span.start + at;
            if here(&view.text[..at], &view.text[at..]) {
                offer(cut(view, at));
            }
        }
    }
}

/// Whether something is lost that could be seen: the cut is neither at the end of a block nor right
/// behind the punctuation of a sentence.
pub fn is_visible_cut(view: &View<'_>, mutant: &Mutant) -> bool {
    !ends_block(view, mutant) && {
        let kept = view.text[..mutant.edits[0].at.start].trim_end();
        let bare = kept.trim_end_matches([')', '"', '\'', '*', '_', '`', '”', '’']);
        !bare.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：'])
    }
}

/// Whether the cut is at the end of a block, so that nothing of a block is lost.
pub fn ends_block(view: &View<'_>, mutant: &Mutant) -> bool {
    let at = mutant.edits[0].at.start;
    let kept = view.text[..at].trim_end().len();
    let lost = view.text.len() - view.text[kept..].trim_start().len();
    if at >= lost && at != kept {
        // Inside the blanks before what is lost: at least a line end was passed.
        if view.text[kept..at].contains('\n') && lost > at {
            return block_ends(view, kept);
        }
    }
    view.text[at..].trim().is_empty() || kept == 0 || block_ends(view, kept)
}

fn block_ends(view: &View<'_>, kept: usize) -> bool {
    let front = view.facts.front.span;
    let trimmed = |start: usize, end: usize| {
        start
            + view.text[start..end].trim_end_matches(|c: char| c.is_whitespace() || c == '>').len()
    };
    let line = view.text[..kept].rfind('\n').map_or(0, |at| at + 1);
    let tag =
        view.text[line..kept].trim_start().starts_with('<') && view.text[..kept].ends_with('>');
    let next =
        view.text[kept..].find('\n').is_none_or(|at| view.text[kept..kept + at].trim().is_empty());
    (tag && next)
        || kept == front.end
        || kept == trimmed(front.start, front.end)
        || view.outline.blocks.iter().any(|block| kept == trimmed(block.span.start, block.span.end))
}
