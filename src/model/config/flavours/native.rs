//! docgen's own trees: `docgen.toml`, pages in `content/`, templates in `templates/`.

use super::policy::{Policy, Publishes, Templates};
use super::{Files, first_file};
use crate::markdown::{Containers, Dialect, Includes};

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "native",
    recognise,
    content: "content",
    templates: Templates::Always,
    static_folder: Some("static/"),
    publishes: Publishes::ContentFolder,
    dialect: Dialect {
        containers: Containers::Colons,
        alert_titles: true,
        includes: Includes::Parts,
        ..Dialect::GITHUB
    },
    front_keys: &[
        "draft",
        "hidden",
        "icon",
        "iconType",
        "language",
        "noindex",
        "order",
        "redirect",
        "search",
        "sidebarTitle",
        "summary",
        "unlisted",
        "variables",
        "weight",
    ],
    withheld: |front| front.flag("draft"),
    writes_aliases: true,
    exact_redirects_first: true,
    ..Policy::OWN
};

fn recognise(files: &dyn Files) -> Option<String> {
    first_file(files, &["docgen.toml"])
}
