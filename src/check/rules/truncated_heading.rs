//! A heading that is cut off.

use crate::cut;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::outline::BlockKind;
use crate::prose::{self, Leaf};
use crate::rule::{Check, PageContext, Rule};
use crate::texts::{Role, Texts};

/// The rule.
pub static RULE: Rule = Rule {
    name: "truncated-heading",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/truncated-heading.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let source = context.text();
    let texts = Texts::words(context);
    let mut full: Vec<usize> = Vec::new();
    for leaf in prose::leaves(context.outline) {
        if !matches!(leaf.block.kind, BlockKind::Heading(_)) {
            continue;
        }
        full.push(leaf.number);
        let shown = leaf.shown();
        let Some((what, sure)) = fault(context, &texts, &leaf, shown.trim()) else { continue };
        let severity = if sure { Severity::Error } else { Severity::Warning };
        out.push(
            Finding::new(context.path(), leaf.span, what)
                .help("complete the heading")
                .severity(severity),
        );
    }
    for (number, block) in context.outline.blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Heading(_)) || full.binary_search(&number).is_ok() {
            continue;
        }
        let text = source[block.span.start..block.span.end].trim_end();
        // A heading may consist of a comment only.
        let empty = text.trim_start_matches('#').trim().is_empty();
        if empty && !prose::in_shortcode(source, block.span.start) {
            let span = crate::source::Span::new(block.span.start, block.span.start + text.len());
            out.push(
                Finding::new(context.path(), span, "this heading is empty")
                    .help("add its text, or remove it")
                    .severity(Severity::Warning),
            );
        }
    }
}

/// The message, and whether it is certain.
fn fault(
    context: &PageContext<'_>,
    texts: &Texts<'_>,
    leaf: &Leaf<'_, '_>,
    shown: &str,
) -> Option<(String, bool)> {
    let source = context.text();
    let mut chars = shown.chars();
    let (first, second) = (chars.next()?, chars.next());
    if matches!(first, '.' | ',' | ';' | ')' | ']' | '}' | '。' | '，' | '、' | '）')
        && second.is_some_and(char::is_whitespace)
    {
        return Some((
            format!("this heading begins with `{first}`, so its beginning is missing"),
            true,
        ));
    }
    if !leaf.ends_in_text() || shown.contains("<%") || prose::in_shortcode(source, leaf.span.start)
    {
        return None;
    }
    if shown.ends_with([',', '(', '[', '{', '、', '，', '（']) {
        let last = shown.chars().next_back()?;
        // A title may quote the beginning of a sentence.
        let sure = !matches!(last, ',' | '、' | '，');
        return Some((format!("this heading ends with `{last}`, so its end is missing"), sure));
    }
    // An operator may be named at the end of a heading, and a dash joins two parts.
    if let Some(mark) = [" —", " –", " -"].into_iter().find(|mark| shown.ends_with(mark)) {
        let what = format!("this heading ends with `{}`, so its end is missing", mark.trim());
        return Some((what, false));
    }
    if let Some(open) = prose::open_bracket(source, &leaf.runs()) {
        let bracket = &source[open.start..open.end];
        return Some((format!("this heading opens `{bracket}` but does not close it"), false));
    }
    let word = prose::last_word(shown);
    // "Logical and" is about the word.
    let several = shown.split_whitespace().count() > 2
        && shown.ends_with(&format!(" {word}"))
        && word.chars().all(char::is_lowercase);
    if several && texts.spoken.cannot_end_with(word) {
        return Some((
            format!("this heading ends with \u{201c}{word}\u{201d}, so its end is missing"),
            false,
        ));
    }
    if let Some(reason) = cut::sign(context, texts, leaf, Role::Heading) {
        return Some((format!("this heading seems to be cut off: {reason}"), false));
    }
    let (longer, count) = cut::longer_heading(context, texts, shown)?;
    let message =
        format!("this heading seems to be cut off: {count} others are \u{201c}{longer}\u{201d}");
    Some((message, false))
}
