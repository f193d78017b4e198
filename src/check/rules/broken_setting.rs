//! A file, page or language that the settings name for the whole site and that does not exist, or a
//! value that is of no use.

use crate::config::named::Named;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::active::is_code_address;
use crate::markdown::destination::is_external;
use crate::markdown::facts::LinkKind;
use crate::near;
use crate::project::LoadFault;
use crate::rule::{Check, Rule, SiteContext};
use crate::site::pages::PageId;
use crate::site::target::{Fragment, Missing, Target};

/// The rule.
pub static RULE: Rule = Rule {
    name: "broken-setting",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/broken-setting.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    for bad in &context.config.bad_tags {
        let message = format!("`{}` is not a language tag", bad.tag);
        let help = "write it as in HTML's `lang`: `en`, `pt-BR`, `zh-Hans`";
        out.push(Finding::new(&bad.path, bad.span, message).help(help));
    }
    for bad in &context.config.bad_values {
        let finding = Finding::new(&bad.path, bad.span, &bad.message);
        let finding = finding.maybe_help(bad.help.clone());
        out.push(match bad.severity {
            Some(severity) => finding.severity(severity),
            None => finding,
        });
    }
    out.extend(context.faults_of(LoadFault::CodeAddress));
    out.extend(context.faults_of(LoadFault::Glossary));
    for named in &context.config.named {
        if is_code_address(&named.target) {
            let what = "is code, not an address that readers can follow";
            let message = format!("`{}` {what}", named.setting);
            out.push(Finding::new(&named.path, named.span, message));
            continue;
        }
        // The files of the theme always exist, and a fragment is relative to each page.
        let own = named.target.trim_start_matches('/').starts_with("docgen/");
        if !own && !named.target.starts_with('#') && !is_external(&named.target) {
            out.extend(judge(context, named));
        }
    }
}

fn judge(context: &SiteContext<'_>, named: &Named) -> Option<Finding> {
    // A setting is relative to the root of the site, with or without a leading slash.
    let target = named.target.trim_start_matches('/');
    let kind = if named.is_file { LinkKind::Asset } else { LinkKind::Link };
    let what = if named.is_file { "file" } else { "page" };
    let (missing, help) = match context.resolver().dest(None, &format!("/{target}"), kind) {
        Target::Missing(Missing::Asset(path)) => {
            let near = near::assets(&context.index.assets, &path);
            (format!("no {what} at"), near.help(|asset| format!("/{asset}")))
        }
        Target::Missing(Missing::Page(key)) => {
            let near = near::pages(context.index, &key);
            let name = |page: &PageId| context.index.pages[*page].route.clone();
            (format!("no {what} at"), near.help(name))
        }
        Target::Missing(Missing::Case(name)) => {
            ("wrong upper or lower case in".to_owned(), Some(format!("the file is `{name}`")))
        }
        Target::Missing(Missing::Outside | Missing::Redirect(_)) => (format!("no {what} at"), None),
        Target::Page { fragment: Fragment::Missing(_), .. } => {
            ("no such anchor on the page of".to_owned(), None)
        }
        _ => return None,
    };
    let message = format!("{missing} `{}`, which `{}` names", named.target, named.setting);
    Some(Finding::new(&named.path, named.span, message).maybe_help(help))
}
