//! What the compiler of MDX refuses, so that the generator does not build the page: HTML comments,
//! a `<` that begins no tag, and a `{` that is never closed.

use crate::diagnostic::{Finding, Safety, Severity};
use crate::markdown::outline::InlineKind;
use crate::prose::{self, Leaf};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
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
