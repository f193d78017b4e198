//! A file that docgen could not read.

use crate::diagnostic::{Finding, Severity};
use crate::project::LoadFault;
use crate::rule::{Check, Rule, SiteContext};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unreadable-file",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/unreadable-file.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    out.extend(context.faults_of(LoadFault::UnreadableFile));
    for page in &context.index.pages {
        if let Some((span, message)) = &page.fault {
            let finding = Finding::new(&page.source.path, *span, message.clone());
            out.push(finding.help("save the file as UTF-8"));
        }
    }
}
