//! An entry of the navigation whose page does not exist.

use crate::diagnostic::{Finding, Severity};
use crate::near;
use crate::rule::{Check, Rule, SiteContext};

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-nav-page",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/missing-nav-page.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    for absent in &context.config.layout.absent {
        let message = format!("no document `{}` for this entry of the sidebar", absent.name);
        let near = near::pages(context.index, &absent.name);
        let help = near.help(|page| context.index.pages[*page].route.trim_matches('/').to_owned());
        out.push(Finding::new(&absent.path, absent.span, message).maybe_help(help));
    }
    let Some(path) = &context.nav.path else { return };
    for entry in &context.nav.dead {
        let message = format!("no page `{}` for this entry of the navigation", entry.target);
        let finding = Finding::new(path, entry.span, message);
        if entry.linked > 1 {
            // Several pages link to it, so it is probably generated before the build.
            let help = format!(
                "{} links lead there; if the page is generated, generate it first",
                entry.linked
            );
            out.push(finding.help(help).severity(Severity::Warning));
            continue;
        }
        let near = near::pages(context.index, &entry.target);
        let help = near.help(|page| context.index.pages[*page].route.trim_matches('/').to_owned());
        out.push(finding.maybe_help(help));
    }
    for language in &context.nav.absent {
        let message = format!(
            "the navigation has {} entries in `{}`, but the tree has no pages in that language",
            language.entries, language.code
        );
        let finding = Finding::new(path, language.span, message)
            .help("the language is not shown; if it should be, its pages are missing");
        out.push(finding.severity(Severity::Note));
    }
}
