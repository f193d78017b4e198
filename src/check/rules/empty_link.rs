//! A link without an address, or without anything to click on.

use crate::diagnostic::{Finding, Severity};
use crate::markdown::destination::is_external;
use crate::markdown::facts::LinkKind;
use crate::markdown::html;
use crate::markdown::outline::{Inline, InlineKind, Mark};
use crate::rule::{Check, PageContext, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "empty-link",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/empty-link.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (link, _) in context.links() {
        let dest = link.dest.trim();
        let found = |message: &str| Finding::new(context.path(), link.span, message);
        if dest.is_empty() {
            if is_wholly_empty(context, link.span.start) {
                continue;
            }
            out.push(match link.kind {
                LinkKind::Link => {
                    found("this link has no address").help("give it one, or remove the brackets")
                }
                LinkKind::Asset => found("this picture has no address").help("give it one"),
            });
        } else if dest == "#" && link.kind == LinkKind::Link {
            let finding = found("this link leads to the top of its own page")
                .help("give it an address; use `#top` to link to the top on purpose");
            out.push(finding.severity(Severity::Note));
        }
    }
    let inlines = &context.outline.inlines;
    for (at, inline) in inlines.iter().enumerate() {
        match inline.kind {
            InlineKind::Open(Mark::Link) => out.extend(without_text(context, &inlines[at..])),
            InlineKind::Tag => out.extend(tag_without_text(context, inline)),
            _ => {}
        }
    }
}

/// Whether a link is `[]()`, which is a placeholder of a tool or, with attributes, an anchor.
fn is_wholly_empty(context: &PageContext<'_>, start: usize) -> bool {
    let text = &context.text()[start..];
    text.strip_prefix('!').unwrap_or(text).starts_with("[](")
}

/// A Markdown link that readers cannot see.
fn without_text(context: &PageContext<'_>, inlines: &[Inline<'_>]) -> Option<Finding> {
    let (open, inside) = inlines.split_first()?;
    let shown = |inline: &&Inline<'_>| {
        !matches!(inline.kind, InlineKind::Text | InlineKind::Break)
            || !inline.text.trim().is_empty()
    };
    let first = inside.iter().find(shown)?;
    if first.kind != InlineKind::Close(Mark::Link) {
        return None;
    }
    let text = context.text();
    let dest = text[open.span.start..open.span.end].split_once("](").map(|(_, dest)| dest)?;
    let dest = dest.trim_end_matches(')').trim();
    // With an attribute list after it, it is an anchor.
    if dest.is_empty() || text[open.span.end..].starts_with('{') {
        return None;
    }
    let finding = Finding::new(context.path(), open.span, "this link has no text to click on")
        .help("write its text between the brackets");
    // Some generators insert the title of the target into such a link.
    let filled = !is_external(dest) && context.site.config.flavour.fills_empty_links;
    Some(if filled { finding.severity(Severity::Note) } else { finding })
}

/// `<a href="x"></a>` without a name, which would make it an anchor, and without styles.
fn tag_without_text(context: &PageContext<'_>, inline: &Inline<'_>) -> Option<Finding> {
    let text = context.text();
    let written = &text[inline.span.start..inline.span.end];
    if !written.starts_with("<a ") {
        return None;
    }
    if !text[inline.span.end..].trim_start().starts_with("</a>") {
        return None;
    }
    let tag = html::tag_at(text, inline.span.start)?;
    let only = |name: &str| matches!(name, "href" | "target" | "rel");
    let plain = tag.attrs.iter().all(|attr| only(&text[attr.name.clone()]));
    if !plain || tag.value(text, "href").is_none_or(|dest| dest.trim().is_empty()) {
        return None;
    }
    let finding = Finding::new(context.path(), inline.span, "this link has no text to click on");
    Some(finding.help("write its text before `</a>`"))
}
