//! Text that a line of dashes turns into a heading.

use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::markdown::outline::{BlockKind, InlineKind};
use crate::prose;
use crate::rule::{Check, PageContext, Rule};
use crate::source::{Span, line_start};

/// The rule.
pub static RULE: Rule = Rule {
    name: "accidental-heading",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/accidental-heading.md"),
    check: Check::Page(check),
};

/// Length in bytes above which a text is not meant as a heading.
const LONG: usize = 100;

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let source = context.text();
    for leaf in prose::leaves(context.outline) {
        if leaf.block.kind != BlockKind::Heading(2) {
            continue;
        }
        let whole = source[leaf.block.span.start..leaf.block.span.end].trim_end();
        if whole.starts_with('#') {
            continue;
        }
        let line = whole.rsplit('\n').next().unwrap_or("");
        let dashes = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        if dashes.is_empty() || !dashes.bytes().all(|byte| byte == b'-') {
            continue;
        }
        let lines = 1 + leaf.inlines.iter().filter(|one| one.kind == InlineKind::Break).count();
        let shown = leaf.shown();
        let width = shown.chars().count();
        let stops =
            shown.trim_end().ends_with(['.', ':', ';', ',', '。', '：', '；', '،', '۔', '।']);
        // A line that is underlined in its full width is meant as a heading.
        let underlined = lines == 1 && dashes.len() > 3 && dashes.len() * 10 >= width * 8;
        // Templates are rendered before their text is Markdown.
        let text = &source[leaf.span.start..leaf.span.end];
        let template = text.contains("{{")
            || text.contains("<%")
            || prose::in_shortcode(source, leaf.span.start);
        if template || underlined || (lines == 1 && !stops && width < LONG) {
            continue;
        }
        let end = leaf.block.span.start + whole.len();
        let underline = Span::new(end - dashes.len(), end);
        let message = if lines > 1 {
            format!("the line of dashes makes one heading of the {lines} lines above it")
        } else {
            "the line of dashes makes a heading of the sentence above it".to_owned()
        };
        let settings = is_front_matter(source, leaf.span);
        let help = if settings {
            "front matter must start on the first line of the file: move it there, or remove it"
        } else {
            "put an empty line before the dashes, or write a heading with `##`"
        };
        let mut finding = Finding::new(context.path(), leaf.span, message).help(help).related(
            context.path(),
            underline,
            "this line was probably not meant as an underline",
        );
        if !stops && lines == 1 {
            finding = finding.severity(Severity::Warning);
        }
        let line_start = line_start(source, underline.start);
        if !settings && source[line_start..underline.start].trim().is_empty() {
            let edit = Edit {
                path: context.path().clone(),
                span: Span::new(line_start, line_start),
                replacement: "\n".to_owned(),
            };
            let title = "put an empty line before the dashes".to_owned();
            finding = finding.fix(Fix { title, safety: Safety::Unsafe, edits: vec![edit] });
        }
        out.push(finding);
    }
}

/// Whether a text looks like front matter that is not at the start of its file.
fn is_front_matter(source: &str, text: Span) -> bool {
    let before = source[..text.start].trim_end().rsplit('\n').next();
    let key = source[text.start..text.end].split(':').next().unwrap_or("");
    before == Some("---") && !key.is_empty() && !key.contains(char::is_whitespace)
}
