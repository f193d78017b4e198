//! A fence that is never closed: the rest of the page becomes code.

use crate::check::rule::{Check, PageContext, Rule};
use crate::diagnostic::{Finding, Severity};
use crate::markdown::facts::CodeBlock;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unclosed-fence",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/unclosed-fence.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for code in context.facts().code.iter().filter(|code| code.fenced && !code.closed) {
        let text = context.text();
        let line = text[code.span.start..].lines().next().unwrap_or("").trim_end().len();
        let opening = Span::new(code.span.start, code.span.start + line);
        let mut finding = Finding::new(context.path(), opening, "this code block is never closed")
            .help("close it with a line of the same marks; until then the rest of the page is shown as code");
        if let Some(span) = first_prose(code, text) {
            finding = finding.related(context.path(), span, "prose seems to begin here");
        }
        out.push(finding);
    }
    for code in context.facts().code.iter().filter(|code| code.fenced && code.closed) {
        let Some(inner) = second_opening(code, context.text()) else { continue };
        let text = &context.text()[code.span.start..];
        let line = text.lines().next().unwrap_or("").trim_end().len();
        let opening = Span::new(code.span.start, code.span.start + line);
        let finding = Finding::new(context.path(), opening, "this code block swallows the next one")
            .help("close it before the next one opens; around a block that shows fences, use a longer fence")
            .related(context.path(), inner, "this line is shown as code");
        out.push(finding);
    }
}

/// A line of the block that was meant to open a block of its own: the mark of this block's fence
/// with a language behind it, which cannot close anything.
fn second_opening(code: &CodeBlock, source: &str) -> Option<Span> {
    let opening = &source[code.span.start..];
    let mark = opening.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = opening.chars().take_while(|next| *next == mark).count();
    let text = code.text(source);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let info = content.trim_start_matches(mark);
        let names_language = info.starts_with(|first: char| first.is_ascii_alphanumeric())
            && !(mark == '`' && info.contains('`'));
        if content.len() - info.len() >= length && names_language {
            let start = at + (line.len() - line.trim_start().len());
            return Some(code.source_span(source, Span::new(start, start + content.len())));
        }
        at += line.len();
    }
    None
}

/// The first line in the block that reads like prose: a heading, or a sentence behind a blank line.
fn first_prose(code: &CodeBlock, source: &str) -> Option<Span> {
    let text = code.text(source);
    let mut at = 0;
    let mut after_blank = false;
    let comment = matches!(
        code.info.language.as_str(),
        "bash" | "sh" | "shell" | "zsh" | "console" | "yaml" | "toml" | "python"
    );
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let heading = content.starts_with("## ") || (!comment && content.starts_with("# "));
        if heading || (after_blank && is_sentence(content)) {
            let start = at + (line.len() - line.trim_start().len());
            return Some(code.source_span(source, Span::new(start, start + content.len())));
        }
        after_blank = content.is_empty();
        at += line.len();
    }
    None
}

fn is_sentence(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let plain = line.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).count();
    words >= 4
        && line.starts_with(|first: char| first.is_uppercase())
        && plain * 10 >= line.chars().count() * 8
}
