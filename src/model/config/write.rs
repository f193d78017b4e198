//! Converts the settings of another generator to a docgen.toml.

use super::flavours::policy::Origin;
use super::{Config, Nav, NavItem};
use crate::data::{Node, Value};
use crate::icons;
use crate::source::VPath;

/// A docgen.toml, and what could not be converted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Its text.
    pub text: String,
    /// Settings that docgen reads but a docgen.toml cannot express, with the reason.
    pub left: Vec<String>,
    /// Keys of the other settings that docgen does not read.
    pub unread: Vec<String>,
}

/// Converts the settings that were read from `file`, whose content is `node`.
pub fn docgen_toml(config: &Config, file: &VPath, node: Option<&Node>) -> Option<Written> {
    let origin = config.flavour.origin?;
    let mut writer = Writer { origin, file, written: Written::default() };
    writer.all(config);
    if let Some(node) = node {
        origin.unread(node, String::new(), &mut writer.written.unread);
    }
    Some(writer.written)
}

impl Origin {
    fn of(&self, key: &str) -> Option<&'static str> {
        self.keys.iter().find(|(own, _)| *own == key).map(|(_, name)| *name)
    }

    fn unread(&self, node: &Node, above: String, out: &mut Vec<String>) {
        for member in node.members() {
            let name = format!("{above}{}", member.key);
            if self.tables.contains(&name.as_str()) {
                self.unread(&member.value, format!("{name}."), out);
            } else if !self.known.contains(&name.as_str())
                && !self.keys.iter().any(|(_, key)| *key == name)
            {
                out.push(name);
            }
        }
    }
}

struct Writer<'a> {
    origin: &'static Origin,
    file: &'a VPath,
    written: Written,
}

impl Writer<'_> {
    fn all(&mut self, config: &Config) {
        let file = self.file;
        self.line(&format!("# What docgen reads from {file}. Settings in this file override it."));
        self.put("flavour", quoted(config.flavour.name()), &format!("recognised by {file}"));
        self.string("title", &config.title);
        self.string("description", &config.description);
        self.list("authors", &config.authors);
        if self.origin.of("language").is_some() {
            self.string("language", &config.language);
        }
        if self.origin.of("content").is_some() {
            self.string("content", &config.content);
        }
        self.string("base_url", config.base_url.as_deref().unwrap_or_default());
        self.string("repository", &config.repository);
        self.string("edit_url", &config.edit_url);
        let assistant = |one: &super::assistants::Assistant| {
            format!("{{ label = {}, url = {} }}", quoted(&one.label), quoted(&one.url))
        };
        if !config.assistants.is_empty() {
            let all: Vec<String> = config.assistants.iter().map(assistant).collect();
            self.key("assistants", format!("[{}]", all.join(", ")));
        }
        if let Some(logo) = &config.logo {
            let (light, dark) = (quoted(&logo.light), quoted(&logo.dark));
            let both = format!("{{ light = {light}, dark = {dark} }}");
            self.key("logo", if light == dark { light } else { both });
        }
        self.string("favicon", config.favicon.as_deref().unwrap_or_default());
        self.list("stylesheets", &config.stylesheets);
        self.list("scripts", &config.scripts);
        self.tables(config);
        self.navigation(config.nav.as_ref());
        self.redirects(config);
        let said = config.base_url.is_none().then_some(config.layout.base.as_deref()).flatten();
        if let Some(base) = said.filter(|base| !base.is_empty()) {
            let why = "`base_url` would need the host as well";
            self.written.left.push(format!("the path `/{base}/` of the site: {why}"));
        }
    }

    fn tables(&mut self, config: &Config) {
        if !config.primary_color.is_empty() {
            self.table("[colors]", "colors");
            self.line(&format!("primary = {}", quoted(&config.primary_color)));
            if config.primary_color_dark != config.primary_color {
                self.line(&format!("dark = {}", quoted(&config.primary_color_dark)));
            }
        }
        if !config.hidden_lines.is_empty() {
            self.table("[hidden_lines]", "hidden_lines");
            for (language, prefix) in &config.hidden_lines {
                self.line(&format!("{} = {}", quoted(language), quoted(prefix)));
            }
        }
        for link in &config.links {
            self.table("[[link]]", "link");
            self.line(&format!("label = {}", quoted(&link.label)));
            self.line(&format!("url = {}", quoted(&link.url)));
            if !link.icon.is_empty() {
                self.line(&format!("icon = {}", quoted(&link.icon)));
            }
        }
        for (title, links) in &config.footer.columns {
            self.table("[[footer.column]]", "footer");
            self.line(&format!("title = {}", quoted(title)));
            let link = |link: &super::HeaderLink| {
                format!("{{ label = {}, url = {} }}", quoted(&link.label), quoted(&link.url))
            };
            let links: Vec<String> = links.iter().map(link).collect();
            self.line(&format!("links = [{}]", links.join(", ")));
        }
    }

    fn redirects(&mut self, config: &Config) {
        // Redirects that docgen itself adds are not in a settings file.
        let written = config.redirects.iter().filter(|one| one.path == *self.file);
        for redirect in written {
            self.table("[[redirect]]", "redirect");
            self.line(&format!("from = {}", quoted(&redirect.from)));
            self.line(&format!("to = {}", quoted(&redirect.to)));
        }
    }

    fn navigation(&mut self, nav: Option<&Nav>) {
        let Some(nav) = nav else { return };
        let tabs = || nav.languages.iter().flat_map(|one| &one.tabs);
        if let Some(why) = tabs().find_map(|tab| unsayable(&tab.items)) {
            return self.written.left.push(format!("the navigation of {}: {why}", nav.path));
        }
        // A table without a tab belongs to the tab above it.
        let named = tabs().any(|tab| !tab.title.is_empty());
        for language in &nav.languages {
            for tab in &language.tabs {
                self.groups(&tab.items, &language.code, named.then_some(&tab.title));
            }
        }
    }

    fn groups(&mut self, items: &[NavItem], language: &str, tab: Option<&String>) {
        let mut rest = items;
        while let Some(first) = rest.first() {
            let (title, inside, count) = match first {
                NavItem::Group { title, icon, folded, items } => {
                    (Some((title, icon, *folded)), items.as_slice(), 1)
                }
                _ => {
                    let group = |item: &&NavItem| !matches!(item, NavItem::Group { .. });
                    let count = rest.iter().take_while(group).count();
                    (None, &rest[..count], count)
                }
            };
            self.table("[[nav]]", "nav");
            if !language.is_empty() {
                self.line(&format!("language = {}", quoted(language)));
            }
            if let Some(tab) = tab {
                self.line(&format!("tab = {}", quoted(tab)));
            }
            if let Some((title, icon, folded)) = title {
                self.line(&format!("title = {}", quoted(title)));
                if is_icon(icon) {
                    self.line(&format!("icon = {}", quoted(icon)));
                }
                if let Some(folded) = folded {
                    self.line(&format!("folded = {folded}"));
                }
            }
            self.line(&format!("pages = {}", pages(inside, 0)));
            rest = &rest[count..];
        }
    }

    fn string(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.key(key, quoted(value));
        }
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            self.key(key, format!("[{}]", values.join(", ")));
        }
    }

    fn key(&mut self, key: &str, value: String) {
        let from = self.origin.of(key).unwrap_or("a default").to_owned();
        self.put(key, value, &from);
    }

    fn put(&mut self, key: &str, value: String, from: &str) {
        self.line(&format!("\n# {from}\n{key} = {value}"));
    }

    fn table(&mut self, head: &str, key: &str) {
        let from = self.origin.of(key).unwrap_or("a default");
        let comment = format!("\n# {from}\n{head}");
        // Only the first of several tables of a kind has the comment.
        let again = self.written.text.contains(&comment);
        self.line(&if again { format!("\n{head}") } else { comment });
    }

    fn line(&mut self, line: &str) {
        self.written.text.push_str(line);
        self.written.text.push('\n');
    }
}

/// Whether docgen.toml may have this icon: it refuses one that does not exist.
fn is_icon(icon: &str) -> bool {
    !icon.is_empty() && icons::find(icon, icons::DEFAULT_LIBRARY) != icons::Icon::Unknown
}

/// Why `[[nav]]` cannot express these entries, if it cannot.
fn unsayable(items: &[NavItem]) -> Option<&'static str> {
    items.iter().find_map(|item| match item {
        NavItem::Page { .. } => None,
        NavItem::Link { label, .. } => {
            label.is_empty().then_some("a link of docgen.toml needs a title")
        }
        NavItem::Group { title, items, .. } => {
            if title.is_empty() {
                return Some("a group of docgen.toml needs a title");
            }
            unsayable(items)
        }
        NavItem::Chapter(_) | NavItem::Separator => {
            Some("docgen.toml has no numbered chapters; it is read as before")
        }
    })
}

/// A list of pages, one on a line.
fn pages(items: &[NavItem], depth: usize) -> String {
    let indent = "  ".repeat(depth + 1);
    let mut out = "[\n".to_owned();
    for item in items {
        let item = match item {
            NavItem::Page { target, .. } => quoted(target),
            NavItem::Link { label, url } => {
                format!("{{ title = {}, url = {} }}", quoted(label), quoted(url))
            }
            NavItem::Group { title, icon, folded, items } => {
                let mut keys = format!("title = {}", quoted(title));
                if is_icon(icon) {
                    keys.push_str(&format!(", icon = {}", quoted(icon)));
                }
                if let Some(folded) = folded {
                    keys.push_str(&format!(", folded = {folded}"));
                }
                format!("{{ {keys}, pages = {} }}", pages(items, depth + 1))
            }
            NavItem::Chapter(_) | NavItem::Separator => continue,
        };
        out.push_str(&format!("{indent}{item},\n"));
    }
    out.push_str(&"  ".repeat(depth));
    out.push(']');
    out
}

/// A text as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The content of a settings file in any format.
pub fn node(path: &VPath, text: &str) -> Option<Node> {
    let node = match path.extension() {
        Some("toml") => crate::data::toml::read(text).ok()?,
        _ => crate::data::json::document(text, crate::data::json::Dialect::Json).ok()?,
    };
    matches!(node.value, Value::Object(_)).then_some(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_back_as_they_were() {
        for text in ["", "a\"b\\c", "\u{7f}\u{1}\n\t\r", "é\u{85}"] {
            let node = crate::data::toml::read(&format!("a = {}\n", quoted(text))).unwrap();
            assert_eq!(node.get("a").and_then(Node::as_str), Some(text));
        }
    }
}
