//! A tag that is neither a component nor an HTML element.

use crate::config::flavours::policy::UnknownTags;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::components::{self, COMPONENTS};
use crate::rule::{Check, PageContext, Rule};
use crate::suggest::nearest;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-component",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unknown-component.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    // Only the generator knows which components its pages may use.
    let flavour = context.site.config.flavour;
    let plain = flavour.unknown_tags == UnknownTags::Github && !context.page.is_mdx();
    let foreign = flavour.is_foreign() || plain;
    let components = context.facts().components.iter();
    for component in components.filter(|component| !component.known && !foreign) {
        let names = COMPONENTS.iter().map(|known| known.name);
        let empty = context.text()[..component.span.end].ends_with("/>");
        let help = match nearest(&component.name, names) {
            Some(near) => format!("did you mean `<{near}>`?"),
            None if empty => "nothing is shown in its place".to_owned(),
            None => "its content is shown without any styling".to_owned(),
        };
        let message = format!("unknown component `<{}>`", component.name);
        out.push(Finding::new(context.path(), component.span, message).help(help));
    }
    // Other generators hide such a word, which `swallowed-content` reports.
    let shown = flavour.unknown_tags == UnknownTags::Text;
    for tag in context.facts().unknown.iter().filter(|_| shown) {
        let message = match components::find(&tag.name) {
            Some(_) => {
                format!("`<{}>` is opened in a line of text but not closed there", tag.name)
            }
            None => format!("`<{}>` is neither HTML nor a component", tag.name),
        };
        let help = "it is shown as text; write it as code, in backticks, or as `&lt;`";
        out.push(Finding::new(context.path(), tag.span, message).help(help));
    }
}
