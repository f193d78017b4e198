//! The sidebars of Docusaurus: which documents they name, and which of those do not exist.
//!
//! A document is named by its id: its path without suffix and without numbers before the names; the
//! `id` of its front matter replaces its name.

use std::collections::BTreeSet;

use super::{Reading, first_file, folder, text};
use crate::config::layout::{Absent, joined};
use crate::data::js::{ARGUMENTS, CALL};
use crate::data::{Node, Value};
use crate::markdown::front_matter;
use crate::source::{Span, VPath, parent};

/// The deepest nesting of folders that is searched.
const MAX_DEPTH: usize = 12;
/// The most documents that are read.
const MAX_FILES: usize = 20_000;

/// Records the documents that the sidebars of a set of pages name and that do not exist.
pub(super) fn read(reading: &mut Reading<'_>, docs: &str, options: Option<&Node>) {
    let Some(file) = file(reading, options) else { return };
    let Some(node) = reading.settings(&file).filter(|node| node.get(CALL).is_none()) else {
        return;
    };
    let mut named = Vec::new();
    for sidebar in node.members() {
        ids(&sidebar.value, &mut named, 0);
    }
    let mut files = Vec::new();
    list(reading, docs, "", 0, &mut files);
    let mut known: BTreeSet<String> = BTreeSet::new();
    for file in &files {
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        known.insert(stem.to_owned());
        known.insert(without_numbers(stem));
    }
    if named.iter().all(|(id, _)| known.contains(id)) {
        return;
    }
    // This is done only if needed, since it reads every page.
    for file in &files {
        let Some(text) = reading.files.text(&joined(docs, file)) else { continue };
        let (front, _) = front_matter::read(&text);
        if let Some(id) = front.str("id") {
            let up = parent(file);
            known.insert(joined(up, id));
            known.insert(joined(&without_numbers(up), id));
        }
    }
    let Some(path) = VPath::new(&file) else { return };
    for (id, span) in named.into_iter().filter(|(id, _)| !known.contains(id)) {
        reading.config.layout.absent.push(Absent { path: path.clone(), span, name: id });
    }
}

/// The file of the sidebars, if it is known.
fn file(reading: &Reading<'_>, options: Option<&Node>) -> Option<String> {
    let set = options.and_then(|options| options.get("sidebarPath"));
    let Some(set) = set else {
        let names = ["sidebars.js", "sidebars.ts", "sidebars.cjs", "sidebars.mjs", "sidebars.json"];
        return first_file(reading.files, &names);
    };
    let name = match text(set, CALL) {
        Some("require.resolve" | "require") => set.get(ARGUMENTS)?.items().first()?.as_str()?,
        _ => set.as_str()?,
    };
    let name = folder(name);
    reading.files.is_file(&name).then_some(name)
}

/// Collects the ids that a part of a sidebar names.
fn ids(node: &Node, out: &mut Vec<(String, Span)>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let mut id = |node: Option<&Node>| {
        if let Some((text, node)) = node.and_then(|node| Some((node.as_str()?, node))) {
            out.push((text.trim_start_matches('/').to_owned(), node.span));
        }
    };
    match &node.value {
        Value::String(_) => id(Some(node)),
        Value::Array(items) => items.iter().for_each(|item| ids(item, out, depth + 1)),
        Value::Object(members) => match text(node, "type") {
            Some("doc" | "ref") => id(node.get("id")),
            Some("category") => {
                let link = node.get("link").filter(|link| text(link, "type") == Some("doc"));
                id(link.and_then(|link| link.get("id")));
                node.get("items").into_iter().for_each(|items| ids(items, out, depth + 1));
            }
            Some(_) => {}
            // `{Label: [...]}`; the result of a call is not known.
            None if node.get(CALL).is_some() || node.get("type").is_some() => {}
            None => members
                .iter()
                .filter(|member| matches!(member.value.value, Value::Array(_)))
                .for_each(|member| ids(&member.value, out, depth + 1)),
        },
        _ => {}
    }
}

fn list(reading: &Reading<'_>, docs: &str, inside: &str, depth: usize, out: &mut Vec<String>) {
    if depth > MAX_DEPTH {
        return;
    }
    for name in reading.files.names(&joined(docs, inside)) {
        let path = joined(inside, &name);
        if out.len() > MAX_FILES {
            return;
        }
        if name.ends_with(".md") || name.ends_with(".mdx") {
            out.push(path);
        } else if !name.starts_with('.') && reading.files.is_folder(&joined(docs, &path)) {
            list(reading, docs, &path, depth + 1, out);
        }
    }
}

/// `01-guides/2. Setup` is `guides/Setup`.
fn without_numbers(path: &str) -> String {
    let part = |part: &str| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let name = rest.trim_start_matches([' ', '-', '_', '.']);
        let numbered = rest.len() < part.len() && name.len() < rest.len() && !name.is_empty();
        if numbered { name.to_owned() } else { part.to_owned() }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::super::tests::config;

    fn absent(sidebars: &'static str) -> Vec<String> {
        let files = [
            ("docusaurus.config.js", "module.exports = {title: 'x'};"),
            ("sidebars.js", sidebars),
            ("docs/intro.md", "# Intro\n"),
            ("docs/01-guides/2. setup.mdx", "# Setup\n"),
            ("docs/guides/named.md", "---\nid: other\n---\n"),
        ];
        let config = config("docusaurus", &files);
        config.layout.absent.into_iter().map(|absent| absent.name).collect()
    }

    #[test]
    fn ids_of_documents() {
        let good = "module.exports = {docs: ['intro', 'guides/setup', 'guides/other', \
                    {type: 'doc', id: 'intro'}, {Label: ['guides/named']}, {type: 'category', \
                    label: 'x', link: {type: 'doc', id: 'intro'}, items: ['guides/setup']}, \
                    {type: 'autogenerated', dirName: 'no'}, {type: 'link', href: '/no'}, \
                    ...more, made('no'), {type: kind, id: 'no'}, name]};";
        assert_eq!(absent(good), [""; 0]);
        let bad = "export default {docs: ['gone', {type: 'ref', id: 'guides/gone'}, {type: \
                   'category', link: {type: 'doc', id: 'lost'}, items: [{Label: ['nothing']}]}]};";
        assert_eq!(absent(bad), ["gone", "guides/gone", "lost", "nothing"]);
        for unknown in ["module.exports = require('./other');", "export default make(['no']);"] {
            assert!(absent(unknown).is_empty(), "{unknown}");
        }
        assert!(absent("{{{").is_empty());
    }
}
