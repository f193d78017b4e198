//! Values of docgen.toml that have the right type, but are of no use to readers. They do not stop a
//! check, as an unknown key does: each is reported where it stands.

use super::language_tag::{self, is_language_tag};
use super::{colors, theme};
use crate::data::Node;
use crate::diagnostic::Severity;
use crate::markdown::active::is_code_address;
use crate::source::{Span, VPath};

/// A setting whose value is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue {
    /// The file of the settings.
    pub path: VPath,
    /// The span of the value in it.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// How bad it is, if less than the rule says.
    pub severity: Option<Severity>,
}

/// What addresses may contain in braces, and what that stands for.
const PLACEHOLDERS: [(&str, &[&str], &str); 2] = [
    ("edit_url", &["path"], "`{path}` stands for the file of the page"),
    (
        "report_url",
        &["path", "title", "url"],
        "`{title}`, `{url}` and `{path}` stand for the title, the address and the file of the page",
    ),
];

/// The settings with a colour, or with one for each background.
const COLORS: [(&str, &str); 6] = [
    ("colors", "primary"),
    ("colors", "dark"),
    ("colors", "light"),
    ("theme", "primary"),
    ("theme", "background"),
    ("theme", "text"),
];

/// The values of docgen.toml that are of no use.
pub(super) fn bad(node: &Node, path: &VPath) -> Vec<BadValue> {
    let mut found = Found { path, all: Vec::new() };
    for key in ["repository", "edit_url", "report_url", "feedback"] {
        if let Some((node, url)) = text(node.get(key)) {
            found.address(node, key, url);
        }
    }
    for (key, names, help) in PLACEHOLDERS {
        if let Some((node, url)) = text(node.get(key)) {
            found.placeholders(node, url, key, names, help);
        }
    }
    for (table, key) in COLORS {
        let Some(node) = node.get(table).and_then(|table| table.get(key)) else { continue };
        for node in [Some(node), node.get("light"), node.get("dark")] {
            if let Some((node, text)) = text(node) {
                found.color(node, text);
            }
        }
    }
    if let Some((node, form)) = text(node.get("theme").and_then(|theme| theme.get("title"))) {
        let help = "`{page}` and `{site}` stand for the titles of the page and of the site";
        found.placeholders(node, form, "title", &["page", "site"], help);
    }
    for key in ["font", "font_mono"] {
        if let Some((node, fonts)) = text(node.get("theme").and_then(|theme| theme.get(key)))
            && theme::family(fonts).is_empty()
        {
            let help = "write their names and commas, as in CSS's `font-family`";
            found.error(node, format!("`{key}` is not a list of fonts"), Some(help.to_owned()));
        }
    }
    let tables = node.get("nav").map(Node::items).into_iter().flatten();
    for node in [node].into_iter().chain(tables) {
        if let Some((node, tag)) = text(node.get("language")) {
            found.language(node, tag);
        }
    }
    found.all
}

/// A text that is not empty, with its place.
fn text(node: Option<&Node>) -> Option<(&Node, &str)> {
    let node = node?;
    Some((node, node.as_str().filter(|text| !text.is_empty())?))
}

struct Found<'a> {
    path: &'a VPath,
    all: Vec<BadValue>,
}

impl Found<'_> {
    fn error(&mut self, node: &Node, message: String, help: Option<String>) {
        let path = self.path.clone();
        self.all.push(BadValue { path, span: node.span, message, help, severity: None });
    }

    fn warning(&mut self, node: &Node, message: String, help: Option<String>) {
        let (path, severity) = (self.path.clone(), Some(Severity::Warning));
        self.all.push(BadValue { path, span: node.span, message, help, severity });
    }

    /// An address without a protocol is one inside the site, below each page.
    fn address(&mut self, node: &Node, key: &str, url: &str) {
        let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let followed = scheme.is_some_and(|scheme| {
            // What git can read, browsers cannot.
            !["ssh", "git", "git+ssh"].contains(&scheme.as_str()) && !scheme.contains('/')
        });
        // A problem can be reported by mail, too.
        let mail = key == "report_url" && url.starts_with("mailto:");
        if url.starts_with('/') || followed || mail || is_code_address(url) {
            return;
        }
        let message = format!("`{key}` must begin with `https://`: readers follow it");
        let plain = url.split_once("://").map_or(url, |(_, rest)| rest);
        let plain = plain.strip_prefix("git@").map_or(plain.to_owned(), |rest| {
            // As git writes it: `git@host:owner/name.git`.
            rest.replacen(':', "/", 1).trim_end_matches(".git").to_owned()
        });
        let host = plain.split('/').next().unwrap_or_default();
        let likely = host.contains('.') && !host.contains([':', ' ', '@']);
        self.error(node, message, likely.then(|| format!("did you mean `https://{plain}`?")));
    }

    fn placeholders(&mut self, node: &Node, url: &str, key: &str, names: &[&str], help: &str) {
        let mut known = false;
        let mut unknown = None;
        for part in url.split('{').skip(1) {
            let Some((name, _)) = part.split_once('}') else { continue };
            if names.contains(&name) {
                known = true;
            } else {
                unknown = unknown.or(Some(name));
            }
        }
        if let Some(name) = unknown {
            let message = format!("`{key}` has no placeholder `{{{name}}}`");
            self.error(node, message, Some(help.to_owned()));
        } else if !known && key == "edit_url" {
            let message = "`edit_url` leads to the same address from all pages".to_owned();
            let help = "write `{path}` where the file of the page belongs".to_owned();
            self.warning(node, message, Some(help));
        }
    }

    fn color(&mut self, node: &Node, text: &str) {
        if let Some(help) = colors::fault(text) {
            self.error(node, format!("`{text}` is not a colour"), Some(help));
        }
    }

    /// A tag of the right form; the others are recorded as they are read.
    fn language(&mut self, node: &Node, tag: &str) {
        if !is_language_tag(tag) || language_tag::is_known(tag) {
            return;
        }
        let first = tag.split(['-', '_']).next().unwrap_or(tag);
        let help = match language_tag::meant(first) {
            Some(code) => format!("did you mean `{code}`?"),
            None => {
                let help = "the codes of languages have two or three letters, as in HTML's `lang`";
                help.to_owned()
            }
        };
        self.warning(node, format!("`{tag}` is not a language that browsers know"), Some(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let node = crate::data::toml::parse(text).unwrap();
        let all = bad(&node, &VPath::new("docgen.toml").unwrap());
        let help = |one: &BadValue| one.help.clone().unwrap_or_default();
        all.iter().map(|one| format!("{}; {}", one.message, help(one))).collect()
    }

    #[test]
    fn addresses_need_a_protocol() {
        for (url, help) in [
            ("github.com/x/y", "did you mean `https://github.com/x/y`?"),
            ("git@github.com:x/y.git", "did you mean `https://github.com/x/y`?"),
            ("ssh://git@github.com/x/y", "did you mean `https://github.com/x/y`?"),
            ("x/y", "; "),
        ] {
            let said = said(&format!("repository = \"{url}\"\n"));
            assert!(said.len() == 1 && said[0].ends_with(help), "{url}: {said:?}");
        }
        for url in
            ["", "https://a.dev/x", "http://localhost/x", "/source", "//a.dev", "javascript:x"]
        {
            assert!(said(&format!("repository = \"{url}\"\n")).is_empty(), "{url}");
        }
    }

    #[test]
    fn the_address_of_a_page_needs_its_path() {
        for (url, expected) in [
            ("https://a.dev/{file}", "`edit_url` has no placeholder `{file}`"),
            ("https://a.dev/{path}/{branch}", "`edit_url` has no placeholder `{branch}`"),
            ("https://a.dev/edit", "`edit_url` leads to the same address from all pages"),
        ] {
            let said = said(&format!("edit_url = \"{url}\"\n"));
            assert!(said.len() == 1 && said[0].starts_with(expected), "{url}: {said:?}");
        }
        for url in ["https://a.dev/{path}", "vscode://file/x/{path}", "/edit/{path}?a={"] {
            assert!(said(&format!("edit_url = \"{url}\"\n")).is_empty(), "{url}");
        }
    }

    #[test]
    fn other_addresses_and_titles_have_their_own_placeholders() {
        let bad = "report_url = \"https://a.dev/new?t={name}\"\nfeedback = \"a.dev\"\n\
                   [theme]\ntitle = \"{titel}\"\n";
        let messages: Vec<String> = said(bad);
        let expected =
            ["`feedback` must begin", "`report_url` has no placeholder `{name}`", "`title` has"];
        assert_eq!(messages.len(), 3, "{messages:?}");
        assert!(
            messages.iter().zip(expected).all(|(one, start)| one.starts_with(start)),
            "{messages:?}"
        );
        let good = "report_url = \"mailto:a@b.dev?subject={title}\"\nfeedback = \"/answers\"\n\
                    [theme]\ntitle = \"{page} – {site}\"\n";
        assert!(said(good).is_empty(), "{:?}", said(good));
        assert!(said("report_url = \"https://a.dev/new\"\n[theme]\ntitle = \"Docs\"\n").is_empty());
    }

    #[test]
    fn colors_fonts_and_languages() {
        let bad = "language = \"engl\"\n[colors]\nprimary = \"blu\"\n[theme]\ntext = { light = \
                   \"#12\", dark = \"#fff\" }\nfont = \"x;y\"\n[[nav]]\nlanguage = \"jp\"\n";
        let said_short: Vec<String> = said(bad)
            .iter()
            .map(|one| one.split(" is not").next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(said_short, ["`blu`", "`#12`", "`font`", "`engl`", "`jp`"]);
        let good = "language = \"pt-BR\"\n[colors]\nprimary = \"\"\ndark = \"teal\"\n[theme]\n\
                    primary = \"#123456\"\nfont = \"Inter, 'Noto Sans'\"\nfont_mono = \"system\"\n\
                    [[nav]]\nlanguage = \"yue\"\n";
        assert!(said(good).is_empty());
    }
}
