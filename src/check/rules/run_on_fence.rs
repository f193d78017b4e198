//! A fence that is closed too late: what follows the code is shown as code.

use std::collections::HashSet;

use crate::blocks::Block;
use crate::config::flavours::policy::UnknownTags;
use crate::diagnostic::{Finding, Severity};
use crate::fences;
use crate::lang::{self, Verdict};
use crate::markdown::components;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "run-on-fence",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/run-on-fence.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let (facts, text) = (context.facts(), context.text());
    let nested = fences::nested(facts, text);
    let explained: HashSet<usize> = nested.iter().flat_map(|one| [one.outer, one.tail]).collect();
    for (number, block) in context.blocks.iter().enumerate() {
        let code = block.code;
        if !code.fenced || explained.contains(&number) {
            continue;
        }
        let opening = fences::opening(code, text);
        if code.closed
            && let Some(inner) = fences::inner_opening(code, text)
        {
            let finding = Finding::new(context.path(), opening, "this code block swallows the next one")
                .help("close it before the next one; if it is meant to contain fences, use a longer fence")
                .related(context.path(), inner, "this line is shown as code");
            out.push(finding);
        } else if code.closed
            && let Some((place, what)) = foreign_line(context, block)
        {
            let message =
                format!("this code block contains {what}, which is not part of its language");
            let finding = Finding::new(context.path(), opening, message)
                .help("close it where the code ends")
                .related(context.path(), place, "this line is shown as code");
            out.push(finding);
        }
    }
}

/// A line of the block that belongs to the page, not to the code, and what it is.
fn foreign_line(context: &PageContext<'_>, block: &Block<'_>) -> Option<(Span, &'static str)> {
    let code = block.code;
    let language = lang::find(&code.info.language).filter(|language| !language.holds_markup)?;
    if code.info.unchecked || code.info.bad.is_some() {
        return None;
    }
    let source = context.text();
    let has = |mark: u8| {
        let in_span = |span: &Span| memchr::memchr(mark, &source.as_bytes()[span.start..span.end]);
        code.segments.iter().any(|span| in_span(span).is_some())
    };
    let broken = block.judgement().is_some_and(|one| one.verdict == Verdict::Broken);
    let tags = has(b'<') && context.site.config.flavour.unknown_tags != UnknownTags::Github;
    if !tags && !broken {
        return None;
    }
    let text = code.text(source);
    let (mut at, mut after_blank) = (0, true);
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let what = if tags && is_component_tag(content) {
            Some("the tag of a component")
        } else if broken && after_blank && fences::is_heading(content) && !language.has_hash_lines()
        {
            Some("a heading")
        } else {
            None
        };
        if let Some(what) = what {
            let start = at + (line.len() - line.trim_start().len());
            return Some((block.span(Span::new(start, start + content.len())), what));
        }
        after_blank = content.is_empty();
        at += line.len();
    }
    None
}

/// Whether a line consists of the tag of a component.
fn is_component_tag(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('<') else { return false };
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
    line.ends_with('>') && components::find(name).is_some()
}
