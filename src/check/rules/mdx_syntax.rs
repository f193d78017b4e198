//! What the compiler of MDX refuses, so that the generator does not build the page: HTML comments,
//! a `<` that begins no tag, a `{` that is never closed, and a closing tag in a list item that began
//! behind its opening tag.

use crate::diagnostic::{Finding, Safety, Severity};
use crate::markdown::html::{self, TagKind};
use crate::markdown::outline::InlineKind;
use crate::prose::{self, Leaf};
use crate::rule::{Check, PageContext, Rule};
use crate::source::{Span, line_start};
use crate::text::fix;

/// The rule.
pub static RULE: Rule = Rule {
    name: "mdx-syntax",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/mdx-syntax.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    if !context.page.is_mdx() || !context.site.config.flavour.compiles_mdx {
        return;
    }
    comments(context, out);
    closings(context, out);
    for leaf in prose::leaves(context.outline) {
        for inline in leaf.inlines.iter().filter(|inline| inline.kind == InlineKind::Text) {
            angles(context, inline.span, out);
        }
        braces(context, &leaf, out);
    }
}

/// `<!-- a -->`
fn comments(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    for inline in context.outline.inlines.iter().filter(|one| one.kind == InlineKind::Raw) {
        let mut from = inline.span.start;
        while let Some(len) = text[from..inline.span.end].find("<!--") {
            let start = from + len;
            let Some(len) = text[start..inline.span.end].find("-->") else { break };
            // `<!-->` is a whole comment.
            let inside = text.get(start + 4..start + len).unwrap_or_default();
            let end = start + len + 3;
            let message = "MDX has no HTML comments: its compiler refuses this page";
            let edit = (Span::new(start, end), format!("{{/*{inside}*/}}"));
            let correction = (!inside.contains("*/"))
                .then(|| fix(context, "write an MDX comment", Safety::Safe, [edit]));
            let finding = Finding::new(context.path(), Span::new(start, end), message)
                .help("write `{/* … */}`")
                .maybe_fix(correction);
            out.push(finding);
            from = end;
        }
    }
}

/// `- last item</Note>`
fn closings(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let mut open: Vec<(&str, usize)> = Vec::new();
    for inline in context.outline.inlines.iter().filter(|one| one.kind == InlineKind::Tag) {
        let Some(tag) = html::tag_at(text, inline.span.start) else { continue };
        let name = tag.name(text);
        match tag.kind {
            TagKind::Open if !html::is_void(name) => open.push((name, tag.range.start)),
            TagKind::Close => {
                let Some(at) = open.iter().rposition(|(own, _)| *own == name) else { continue };
                let start = open[at].1;
                open.truncate(at);
                if is_in_later_item(context, start, tag.range.start) {
                    let span = Span::new(tag.range.start, tag.range.end);
                    let message = "MDX reads this closing tag as part of the list item, in which \
                                   nothing opens it: its compiler refuses this page";
                    out.push(
                        Finding::new(context.path(), span, message)
                            .help("put it on a line of its own, as far left as its opening tag")
                            .related(
                                context.path(),
                                Span::new(start, start + 1),
                                "the opening tag",
                            ),
                    );
                }
            }
            _ => {}
        }
    }
}

/// Whether a closing tag is part of a list item that begins behind the line of its opening tag.
fn is_in_later_item(context: &PageContext<'_>, open: usize, close: usize) -> bool {
    /// The most lines that are looked at.
    const REACH: usize = 200;
    let text = context.text();
    let line = line_start(text, close);
    let before = &text[line..close];
    if open >= line || before.contains('\t') {
        return false;
    }
    if !before.trim().is_empty() {
        return item(before).is_some();
    }
    let (first, mut least) = (line_start(text, open), before.len());
    let mut end = line;
    for _ in 0..REACH {
        let start = line_start(text, end.saturating_sub(1));
        if start <= first || least < 2 {
            return false;
        }
        let line = &text[start..end];
        let in_code = || {
            let code = &context.facts().code;
            let behind = code.partition_point(|code| code.span.start <= start);
            behind.checked_sub(1).is_some_and(|last| start < code[last].span.end)
        };
        if item(line).is_some_and(|content| content <= least) && !in_code() {
            return true;
        }
        if !line.trim().is_empty() {
            least = least.min(line.len() - line.trim_start().len());
        }
        end = start;
    }
    false
}

/// The column of the text of a list item, if a line begins one.
fn item(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match rest[digits..].chars().next()? {
        '-' | '*' | '+' if digits == 0 => 1,
        '.' | ')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    rest[mark..].starts_with(' ').then(|| line.len() - rest.len() + mark + 1)
}

/// `a <= b`, `<5`
fn angles(context: &PageContext<'_>, span: Span, out: &mut Vec<Finding>) {
    let text = context.text();
    let written = &text[span.start..span.end];
    for (at, _) in written.match_indices('<') {
        let escaped = text[..span.start + at].ends_with('\\');
        let next = written[at + 1..].chars().next().or_else(|| text[span.end..].chars().next());
        if escaped || !next.is_some_and(|next| next.is_ascii_digit() || "=-".contains(next)) {
            continue;
        }
        let place = Span::new(span.start + at, span.start + at + 1);
        let message = "MDX reads this `<` as the start of a tag: its compiler refuses this page";
        let edit = (place, "\\<".to_owned());
        let finding = Finding::new(context.path(), place, message)
            .help("write `\\<` or `&lt;`, or put it in a code span")
            .fix(fix(context, "escape it", Safety::Safe, [edit]));
        out.push(finding);
    }
}

/// `a { b`: a brace that nothing in its block closes.
fn braces(context: &PageContext<'_>, leaf: &Leaf<'_, '_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let last = leaf.inlines.iter().rev().find(|one| one.kind == InlineKind::Text);
    let Some(open) = last.and_then(|last| {
        let written = &text[last.span.start..last.span.end];
        Some(last.span.start + written.rfind('{')?)
    }) else {
        return;
    };
    let escaped = text[..open].ends_with('\\');
    let block = leaf.block.span;
    if escaped || text[open..block.end.max(open)].contains('}') {
        return;
    }
    let place = Span::new(open, open + 1);
    let message = "MDX reads this `{` as the start of an expression that is never closed: its compiler \
                   refuses this page";
    let edit = (place, "\\{".to_owned());
    let finding = Finding::new(context.path(), place, message)
        .help("write `\\{`, or put it in a code span")
        .fix(fix(context, "escape it", Safety::Unsafe, [edit]));
    out.push(finding);
}
