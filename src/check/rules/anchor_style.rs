//! A link to an anchor under another generator's spelling.

use crate::check::rule::{Check, PageContext, Rule};
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::site::resolve::{Fragment, Target};

/// The rule.
pub const RULE: Rule = Rule {
    name: "anchor-style",
    severity: Some(Severity::Note),
    doc: include_str!("../../../content/manual/rules/anchor-style.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (link, target) in context.facts().links.iter().zip(context.targets) {
        let Target::Page { fragment: Fragment::Alias { written, primary }, .. } = target else {
            continue;
        };
        let message = format!("`#{written}` is spelled under another rule than this site's");
        let finding = Finding::new(context.path(), link.span, message)
            .help(format!("the link works; the anchor's own id is `#{primary}`"));
        out.push(match fix(context, link.span, primary) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// Replaces what stands behind the `#`, where the bytes of the destination are known.
fn fix(context: &PageContext<'_>, span: crate::source::Span, primary: &str) -> Option<Fix> {
    let written = &context.text()[span.start..span.end];
    let hash = written.find('#').filter(|_| !written.contains(char::is_whitespace))?;
    let plain = primary.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let mut place = span;
    place.start += hash + 1;
    let edit = Edit { path: context.path().clone(), span: place, replacement: primary.to_owned() };
    let title = format!("write `#{primary}`");
    plain.then(|| Fix { title, safety: Safety::Safe, edits: vec![edit] })
}
