//! A page without a title.

use crate::config::flavours::policy::PageNames;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::front_keys::Meaning;
use crate::markdown::outline::BlockKind;
use crate::rule::{Check, PageContext, Rule};
use crate::site::page_role;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-title",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/missing-title.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let page = context.page;
    let front = &page.facts.front;
    let path = page.content_path.as_str();
    let named_elsewhere = context.site.config.flavour.page_names != PageNames::Page;
    if named_elsewhere
        || page.facts.title().is_some()
        || front.fault.is_some()
        || page.redirect().is_some()
        || page.fault.is_some()
        || page_role::is_piece(path)
        || page_role::is_for_maintainers(path)
        || page_role::is_landing(page)
        || page_role::is_withheld(page)
        || front.said(Meaning::Label).or(front.said(Meaning::Interface)).is_some()
        || takes_its_title_from_elsewhere(context)
    {
        return;
    }
    let start = front.span.end;
    let first = context.outline.blocks.iter().find(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::List)
    });
    // A page without any text needs no title.
    let Some(first) = first else { return };
    let span = Span::new(first.span.start.max(start), first.span.end.max(start));
    let message = format!("this page has no title; readers see `{}`", page.title);
    let finding = Finding::new(context.path(), span, message)
        .help("add `title: …` to its front matter, or a level 1 heading");
    out.push(finding);
}

/// Whether the heading may come from an include, a component, a template or an HTML element.
fn takes_its_title_from_elsewhere(context: &PageContext<'_>) -> bool {
    let front = context.facts().front.span.end;
    let body = &context.text()[front..];
    let first = context
        .facts()
        .headings
        .first()
        .map_or(body.len(), |heading| heading.span.start.saturating_sub(front).min(body.len()));
    let marks = ["<h1", "<H1", "{{", "{%", "--8<--", "<!--@include", "<<<", "import "];
    marks.iter().any(|mark| memchr::memmem::find(body.as_bytes(), mark.as_bytes()).is_some())
        || context
            .facts()
            .components
            .iter()
            .any(|component| component.span.start < front + first && !component.known)
}
