//! The files and pages that settings name for the whole site: logo, icon, scripts, links of the
//! header.

use crate::data::{Node, Value};
use crate::source::{Span, VPath};

/// What a setting names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The setting, as in `theme.image`.
    pub setting: &'static str,
    /// The address.
    pub target: String,
    /// Whether it is shown or loaded, and not followed.
    pub is_file: bool,
    /// The file of the settings.
    pub path: VPath,
    /// The span of the address in it.
    pub span: Span,
}

impl Named {
    /// Whether this setting overrides `other`, from another file.
    pub(super) fn stands_for(&self, other: &Self) -> bool {
        let key = |one: &Self| one.setting.split('.').next();
        matches!(key(self), Some("logo" | "favicon")) && key(self) == key(other)
    }
}

/// Settings of docgen.toml that name a file, and those that are links.
pub(super) const NATIVE: [&[&str]; 2] = [
    &[
        "logo",
        "logo.light",
        "logo.dark",
        "favicon",
        "stylesheets",
        "scripts",
        "consent.scripts",
        "theme.image",
        "theme.mermaid",
    ],
    &["link.url", "theme.banner.url", "footer.column.links.url"],
];

/// The same for Mintlify's docs.json.
pub(super) const MINTLIFY: [&[&str]; 2] = [
    &["logo", "logo.light", "logo.dark", "favicon", "favicon.light", "favicon.dark"],
    &["logo.href", "navbar.links.href", "navbar.primary.href", "footer.links.items.href"],
];

/// The files and pages that the settings in `node` name.
pub(super) fn of(node: &Node, path: &VPath, settings: [&[&'static str]; 2]) -> Vec<Named> {
    let mut all = Vec::new();
    for (keys, is_file) in settings.into_iter().zip([true, false]) {
        for setting in keys {
            strings(node, setting, &mut |target, span| {
                let (target, path) = (target.to_owned(), path.clone());
                all.push(Named { setting, target, is_file, path, span });
            });
        }
    }
    all
}

/// The strings at a dotted path; a list on the way means each of its items.
fn strings(node: &Node, path: &str, out: &mut dyn FnMut(&str, Span)) {
    if let Value::Array(items) = &node.value {
        items.iter().for_each(|item| strings(item, path, out));
    } else if path.is_empty() {
        if let Some(text) = node.as_str().filter(|text| !text.is_empty()) {
            out(text, node.span);
        }
    } else {
        let (key, rest) = path.split_once('.').unwrap_or((path, ""));
        if let Some(inner) = node.get(key) {
            strings(inner, rest, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_in_tables_and_lists() {
        let text = "favicon = \"a.svg\"\nscripts = [\"b.js\", \"\"]\nlogo = { light = \"c.svg\" }\n\
                    [[link]]\nlabel = \"x\"\nurl = \"/d\"\n[[link]]\nlabel = \"y\"\nurl = \"/e\"\n";
        let node = crate::data::toml::parse(text).unwrap();
        let all = of(&node, &VPath::new("docgen.toml").unwrap(), NATIVE);
        let short: Vec<_> =
            all.iter().map(|one| (one.setting, one.target.as_str(), one.is_file)).collect();
        assert_eq!(
            short,
            [
                ("logo.light", "c.svg", true),
                ("favicon", "a.svg", true),
                ("scripts", "b.js", true),
                ("link.url", "/d", false),
                ("link.url", "/e", false),
            ]
        );
    }
}
