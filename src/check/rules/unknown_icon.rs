//! An icon whose name does not exist.

use std::collections::HashMap;

use crate::diagnostic::{Finding, Severity};
use crate::icons::{self, Icon};
use crate::markdown::collect::unescape;
use crate::markdown::components::{self, AttributeKind};
use crate::markdown::front_keys::Meaning;
use crate::markdown::html;
use crate::markdown::landing;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::own_names;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-icon",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unknown-icon.md"),
    check: Check::Page(check),
};

/// For so many names of a page a similar one is looked for: each is compared with all icons.
const MAX_SUGGESTIONS: usize = 50;

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    // Only the generator knows which icons it has.
    let config = context.site.config;
    if config.flavour.is_foreign() || config.flavour.guesses_generator {
        return;
    }
    let front = &context.facts().front;
    let icon = front.all(Meaning::Icon).next();
    let mut unknown = Vec::new();
    if let Some((icon, text)) = icon.and_then(|icon| Some((icon, icon.as_str()?))) {
        let own = icons::own_library(front.said(Meaning::IconStyle), None);
        if is_unknown(text, own.unwrap_or(config.icon_library)) {
            unknown.push((text.to_owned(), icon.span));
        }
    }
    in_landing(context, &mut unknown);
    in_components(context, &mut unknown);
    let mut suggestions = HashMap::new();
    for (written, span) in unknown {
        out.push(finding(context, &written, span, &mut suggestions));
    }
}

fn is_unknown(written: &str, library: &str) -> bool {
    !written.trim().is_empty() && icons::find(written, library) == Icon::Unknown
}

/// The unknown icons of the buttons and features of a landing page.
fn in_landing(context: &PageContext<'_>, unknown: &mut Vec<(String, Span)>) {
    let Some(landing) = landing::read(&context.facts().front) else { return };
    let actions = landing.actions.iter().filter_map(|action| action.icon);
    let features = landing.features.iter().filter_map(|feature| feature.icon);
    for icon in actions.chain(features) {
        let written = icon.as_str().unwrap_or_default();
        if is_unknown(written, context.site.config.icon_library) {
            unknown.push((written.to_owned(), icon.span));
        }
    }
}

/// The unknown icons of components: what is written, and where.
fn in_components(context: &PageContext<'_>, unknown: &mut Vec<(String, Span)>) {
    let source = context.text();
    // Read at most once, and only where it matters.
    let mut own = None;
    for used in &context.facts().components {
        let Some(component) = components::find(&used.name) else { continue };
        let Some(tag) = html::tag_at(source, used.span.start) else { continue };
        let text = |name: &str| {
            let range = html::literal(source, &tag.attr(source, name)?.value)?;
            Some(&source[range])
        };
        let library = icons::own_library(text("iconType"), text("library"))
            .unwrap_or(context.site.config.icon_library);
        for attr in &tag.attrs {
            let name = &source[attr.name.clone()];
            let known = component.attributes.iter().find(|one| one.name == name);
            if known.is_none_or(|known| known.kind != AttributeKind::Icon) {
                continue;
            }
            let Some(range) = html::literal(source, &attr.value) else { continue };
            let written = unescape(&source[range.clone()]);
            if is_unknown(&written, library)
                && !own.get_or_insert_with(|| own_names(source)).contains(used.name.as_str())
            {
                unknown.push((written, Span::new(range.start, range.end)));
            }
        }
    }
}

fn finding(
    context: &PageContext<'_>,
    written: &str,
    span: Span,
    suggestions: &mut HashMap<String, Option<&'static str>>,
) -> Finding {
    let name = crate::text::short(written);
    let near = suggestion(written, suggestions);
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "the names are those of lucide.dev/icons and simpleicons.org".to_owned(),
    };
    Finding::new(context.path(), span, format!("no icon has the name `{name}`")).help(help)
}

/// The similar name, which is looked for once for each name, and for so many at most.
fn suggestion(
    written: &str,
    suggestions: &mut HashMap<String, Option<&'static str>>,
) -> Option<&'static str> {
    if let Some(near) = suggestions.get(written) {
        return *near;
    }
    let near = (suggestions.len() < MAX_SUGGESTIONS).then(|| icons::suggestion(written))?;
    suggestions.insert(written.to_owned(), near);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_for_similar_names_is_bounded() {
        let mut suggestions = HashMap::new();
        for number in 0..MAX_SUGGESTIONS {
            assert_eq!(suggestion(&format!("qqqqqqqq{number}"), &mut suggestions), None);
        }
        assert_eq!(suggestion("rokcet", &mut suggestions), None, "as many as that are looked for");
        assert_eq!(suggestions.len(), MAX_SUGGESTIONS);
        assert_eq!(suggestion("rokcet", &mut HashMap::new()), Some("rocket"));
    }
}
