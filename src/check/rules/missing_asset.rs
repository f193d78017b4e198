//! A picture, download or other file that is not there.

use crate::check::rule::{Check, PageContext, Rule};
use crate::config::reader::nearest;
use crate::diagnostic::{Finding, Severity};
use crate::site::resolve::{Missing, Target};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-asset",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/missing-asset.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (link, target) in context.links() {
        let assets = &context.site.index.assets;
        let path = match target {
            Target::Missing(Missing::Asset(path)) => path,
            Target::Missing(Missing::Case(actual)) if assets.contains_key(actual) => actual,
            _ => continue,
        };
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut same = assets.keys().filter(|other| name(other) == name(path));
        let near = same
            .next()
            .map(String::as_str)
            .or_else(|| nearest(path, assets.keys().map(String::as_str)));
        let help = near.map(|near| format!("did you mean `/{near}`?"));
        let message = format!("no file at `{}`", link.dest);
        out.push(Finding::new(context.path(), link.span, message).maybe_help(help));
    }
}
