//! A command of the program that no page mentions.

use crate::diagnostic::Finding;
use crate::mentions::Mentions;
use crate::rule::{Check, Rule, SiteContext};
use crate::truth::command::CommandNode;

/// The rule.
pub static RULE: Rule = Rule {
    name: "undocumented-command",
    severity: None,
    doc: include_str!("../../../content/manual/rules/undocumented-command.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    // It searches every page once more, and no bad example can name it.
    if context.config.rules.get(RULE.name).copied().flatten().is_none() {
        return;
    }
    let pages = context.index.pages.iter().map(|page| page.source.text.as_str());
    let texts: Vec<&str> = pages.collect();
    for bound in &context.bindings.commands {
        let mentions = Mentions::new(&bound.spec, &bound.runners, &texts);
        let mut missing = Vec::new();
        for command in &bound.spec.root.commands {
            find(command, &bound.spec.name, &mentions, &mut missing);
        }
        for path in missing {
            let message = format!("no page mentions the command `{path}`");
            let finding = Finding::new(&bound.settings, bound.span, message);
            out.push(finding.help("document it, or mark it as `hidden` in the specification"));
        }
    }
}

/// Adds the commands that are not mentioned; for a group of which none is, only the group.
fn find(command: &CommandNode, above: &str, mentions: &Mentions, missing: &mut Vec<String>) {
    if command.hidden {
        return;
    }
    let path = format!("{above} {}", command.name);
    if !mentions.has(&path) {
        missing.push(path);
        return;
    }
    for below in &command.commands {
        find(below, &path, mentions, missing);
    }
}
