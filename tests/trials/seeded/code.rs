//! Faults in code: what deleting, pasting and typographic programs do to it.

use std::ops::Range;

use docgen::lang;
use docgen::markdown::facts::CodeBlock;
use docgen::markdown::outline::InlineKind;

use super::mutant::{Edit, Mutant, Near, View};
use super::reference::accepts;

/// What says that a compiler refuses a block, which is then not held to its language.
const REFUSED: [&str; 3] = ["compile_fail", "does_not_compile", "edition2015"];

/// The blocks that docgen says it checks.
fn checked<'v>(view: &'v View<'_>) -> impl Iterator<Item = (usize, &'v CodeBlock)> {
    view.facts.code.iter().enumerate().filter(|(_, code)| {
        code.closed
            && !code.info.unchecked
            && code.info.bad.is_none()
            && !REFUSED
                .iter()
                .any(|flag| view.text[code.info_span.start..code.info_span.end].contains(flag))
            && lang::judged(&code.info.language).is_some()
            && code.segments.iter().map(|one| one.end - one.start).sum::<usize>() < 20_000
    })
}

fn is_shell(code: &CodeBlock) -> bool {
    matches!(code.info.language.to_ascii_lowercase().as_str(), "bash" | "sh" | "shell" | "zsh")
}

/// The places of the characters of a block that `wanted` names.
fn places(
    view: &View<'_>,
    wanted: fn(char) -> bool,
    offer: &mut dyn FnMut(usize, &CodeBlock, Range<usize>),
) {
    for (number, code) in checked(view) {
        for segment in &code.segments {
            let text = &view.text[segment.start..segment.end];
            for (at, c) in text.char_indices().filter(|(_, c)| wanted(*c)) {
                let at = segment.start + at;
                offer(number, code, at..at + c.len_utf8());
            }
        }
    }
}

fn delete(view: &View<'_>, wanted: fn(char) -> bool, offer: &mut dyn FnMut(Mutant)) {
    places(view, wanted, &mut |number, code, at| {
        if accepts(&code.info.language, "").is_some() {
            offer(view.mutant(at, "", Near::Block(number)));
        }
    });
}

pub fn brace(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    delete(view, |c| matches!(c, '{' | '}' | '[' | ']' | '(' | ')'), offer);
}

pub fn quote(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    delete(view, |c| matches!(c, '"' | '\'' | '`'), offer);
}

pub fn entity(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    places(view, |c| c == '"', &mut |number, _, at| {
        offer(view.mutant(at, "&quot;", Near::Block(number)));
    });
}

pub fn comma(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    delete(view, |c| c == ',', offer);
}

/// The reference took the block before and does not take it now.
pub fn is_rejected(view: &View<'_>, mutant: &Mutant) -> bool {
    let Near::Block(number) = mutant.near else { return true };
    let code = &view.facts.code[number];
    let before = code.text(view.text);
    accepts(&code.info.language, &before) == Some(true)
        && accepts(&code.info.language, &mutant.block(view.text, code)) == Some(false)
}

/// Rejected, or in a shell outside of strings and comments, where every program takes it and does
/// the wrong thing.
pub fn is_harmful(view: &View<'_>, mutant: &Mutant) -> bool {
    let Near::Block(number) = mutant.near else { return true };
    if !is_shell(&view.facts.code[number]) {
        return is_rejected(view, mutant);
    }
    let code = &view.facts.code[number];
    let at = mutant.edits[0].at.start;
    let before = &view.text[code.info_span.end..at];
    // Of a session only what is typed counts.
    let is_prompt = |line: &str| line.trim_start().starts_with('$') || line.contains(") $ ");
    let session = code.text(view.text).lines().any(is_prompt);
    let line = before.rfind('\n').map_or("", |start| &before[start + 1..]);
    is_bare(before) && (!session || is_prompt(line))
}

/// Whether a script has neither a string nor a comment open at its end.
fn is_bare(script: &str) -> bool {
    let mut open = None;
    let mut last = '\n';
    for c in script.chars() {
        open = match open {
            None if matches!(c, '"' | '\'') && last != '\\' => Some(c),
            None if c == '#' && last.is_whitespace() => Some('\n'),
            Some(end) if end == c && last != '\\' => None,
            open => open,
        };
        last = c;
    }
    open.is_none()
}

/// All underscores of a block, as a formatter escapes them.
pub fn escapes(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    for (number, code) in checked(view) {
        let mut edits = Vec::new();
        for segment in &code.segments {
            let text = &view.text[segment.start..segment.end];
            edits.extend(text.match_indices('_').map(|(at, _)| Edit {
                at: segment.start + at..segment.start + at,
                with: "\\".into(),
            }));
        }
        if !edits.is_empty() {
            offer(Mutant { page: view.page, edits, near: Near::Block(number) });
        }
    }
}

/// The quotes of one string.
pub fn curly(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    for (number, code) in checked(view) {
        for segment in &code.segments {
            let text = &view.text[segment.start..segment.end];
            for quote in ['"', '\''] {
                let places: Vec<usize> = text.match_indices(quote).map(|(at, _)| at).collect();
                for pair in places.chunks_exact(2).filter(|_| places.len().is_multiple_of(2)) {
                    let (open, close) = if quote == '"' { ("“", "”") } else { ("‘", "’") };
                    let edit = |at: usize, with: &'static str| Edit {
                        at: segment.start + at..segment.start + at + 1,
                        with: with.into(),
                    };
                    offer(Mutant {
                        page: view.page,
                        edits: vec![edit(pair[0], open), edit(pair[1], close)],
                        near: Near::Block(number),
                    });
                }
            }
        }
    }
}

/// A blank that is none, in code.
pub fn nbsp(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    places(view, |c| c == ' ', &mut |number, _, at| {
        offer(view.mutant(at, "\u{a0}", Near::Block(number)));
    });
}

/// The same, where a flag begins.
pub fn nbsp_before_flag(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    flags(view, &mut |number, at| {
        if view.text[..at].ends_with(' ') {
            offer(view.mutant(at - 1..at, "\u{a0}", Near::Block(number)));
        }
    });
}

/// A character without width, in code.
pub fn zero_width(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    places(view, |c| c.is_ascii_alphanumeric(), &mut |number, _, at| {
        offer(view.mutant(at.start..at.start, "\u{200b}", Near::Block(number)));
    });
}

/// An en dash for two hyphens, where a flag begins.
pub fn en_dash(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    flags(view, &mut |number, at| offer(view.mutant(at..at + 2, "–", Near::Block(number))));
}

/// The long flags of shell blocks.
fn flags(view: &View<'_>, offer: &mut dyn FnMut(usize, usize)) {
    for (number, code) in checked(view).filter(|(_, code)| is_shell(code)) {
        for segment in &code.segments {
            let text = &view.text[segment.start..segment.end];
            for (at, _) in text.match_indices(" --") {
                if text[at + 3..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                    offer(number, segment.start + at + 1);
                }
            }
        }
    }
}

/// In the code spans of prose: the place of a long flag behind a blank.
fn span_flags(view: &View<'_>, offer: &mut dyn FnMut(usize)) {
    for inline in view.outline.inlines.iter().filter(|one| one.kind == InlineKind::Code) {
        let text = &view.text[inline.span.start..inline.span.end];
        for (at, _) in text.match_indices(" --") {
            if text[at + 3..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                offer(inline.span.start + at + 1);
            }
        }
    }
}

pub fn nbsp_in_span(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    span_flags(view, &mut |at| offer(view.mutant(at - 1..at, "\u{a0}", Near::Line)));
}

pub fn en_dash_in_span(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    span_flags(view, &mut |at| offer(view.mutant(at..at + 2, "–", Near::Line)));
}
