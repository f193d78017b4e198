//! Assistants that a page can be opened in: a model reads the page, and the reader asks about it.

use super::reader::Reader;
use crate::data::{Node, Value};
use crate::suggest::nearest;

/// An assistant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assistant {
    /// Its name, as readers know it.
    pub label: String,
    /// Its address, with `{prompt}` for what it is asked, or `{url}` for the address of the page.
    pub url: String,
}

/// Those that have a name in the settings: the name, what readers see, and the address.
const KNOWN: &[(&str, &str, &str)] = &[
    ("chatgpt", "ChatGPT", "https://chatgpt.com/?hints=search&q={prompt}"),
    ("claude", "Claude", "https://claude.ai/new?q={prompt}"),
    ("grok", "Grok", "https://grok.com/?q={prompt}"),
    ("perplexity", "Perplexity", "https://www.perplexity.ai/search?q={prompt}"),
];

/// The assistant that a name of the settings means.
pub fn named(name: &str) -> Option<Assistant> {
    let known = KNOWN.iter().find(|(own, ..)| *own == name);
    known.map(|(_, label, url)| Assistant { label: (*label).to_owned(), url: (*url).to_owned() })
}

/// Reads a list of names and of tables with `label` and `url`.
pub(super) fn read(reader: &Reader<'_>, key: &'static str) -> Vec<Assistant> {
    let Some(node) = reader.get(key) else { return Vec::new() };
    if !matches!(node.value, Value::Array(_)) {
        reader.refuse(node, format!("`{key}` must be a list"), None);
    }
    node.items().iter().filter_map(|item| one(reader, item)).collect()
}

fn one(reader: &Reader<'_>, item: &Node) -> Option<Assistant> {
    if let Some(name) = item.as_str() {
        let found = named(name);
        if found.is_none() {
            let near = nearest(name, KNOWN.iter().map(|(own, ..)| *own));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "another one is `{ label = \"…\", url = \"…{prompt}\" }`".to_owned(),
            };
            reader.refuse(item, format!("no assistant has the name `{name}`"), Some(help));
        }
        return found;
    }
    let table = reader.nested(item);
    let (label, url) = (table.required("label"), table.required("url"));
    table.finish();
    let (label, url) = (label?, url?);
    if !url.contains("{prompt}") && !url.contains("{url}") {
        let help = "write `{prompt}` where the question belongs, or `{url}` for the page";
        reader.refuse(item, "this address says nothing of the page", Some(help.to_owned()));
    }
    Some(Assistant { label, url })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn all(text: &str) -> (Vec<Assistant>, Vec<String>) {
        let node = crate::data::toml::parse(text).unwrap();
        let faults = RefCell::default();
        let found = read(&Reader::new(&node, &faults), "assistants");
        let faults = faults.into_inner().into_iter();
        let said = faults.map(|one| format!("{}; {}", one.message, one.help.unwrap_or_default()));
        (found, said.collect())
    }

    #[test]
    fn assistants_are_known_or_described() {
        let (found, faults) =
            all("assistants = [\"claude\", { label = \"Own\", url = \"/ask?{url}\" }]");
        let labels: Vec<&str> = found.iter().map(|one| one.label.as_str()).collect();
        assert_eq!((labels, faults), (vec!["Claude", "Own"], vec![]));
        let (found, faults) =
            all("assistants = [\"cluade\", { label = \"A\", url = \"/ask\" }, \"zz\"]");
        assert_eq!(found.len(), 1);
        let expected = [
            "no assistant has the name `cluade`; did you mean `claude`?",
            "this address says nothing of the page; ",
            "no assistant has the name `zz`; another one is",
        ];
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(
            faults.iter().zip(expected).all(|(one, start)| one.starts_with(start)),
            "{faults:?}"
        );
        assert_eq!(all("assistants = \"claude\"").1, ["`assistants` must be a list; "]);
    }

    #[test]
    fn every_known_assistant_is_told_what_to_read() {
        assert!(
            KNOWN.iter().all(|(_, _, url)| url.starts_with("https://") && url.contains("{prompt}"))
        );
    }
}
