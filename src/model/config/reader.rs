//! Reads settings from a table and reports unknown keys. Every key that is read counts as known, so
//! there is no separate list of valid keys.

use std::cell::RefCell;

use super::ConfigFault;
use crate::data::{Node, Value};
use crate::suggest::nearest;

/// A table that is being read.
pub struct Reader<'a> {
    node: &'a Node,
    asked: RefCell<Vec<&'static str>>,
    faults: &'a RefCell<Vec<ConfigFault>>,
}

impl<'a> Reader<'a> {
    /// A reader of `node`; faults are collected in `faults`.
    pub fn new(node: &'a Node, faults: &'a RefCell<Vec<ConfigFault>>) -> Self {
        let reader = Self { node, asked: RefCell::default(), faults };
        if !matches!(node.value, Value::Object(_)) {
            reader.fault(node, "expected a table of keys and values".to_owned(), None);
        }
        reader
    }

    /// The value of a key.
    pub fn get(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(key);
        self.node.get(key)
    }

    fn fault(&self, node: &Node, message: String, help: Option<String>) {
        self.faults.borrow_mut().push(ConfigFault { span: node.span, message, help });
    }

    fn typed<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&'a Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.get(key)?;
        let value = read(node);
        if value.is_none() {
            self.fault(node, format!("`{key}` must be {wanted}"), None);
        }
        value
    }

    /// A string.
    pub fn string(&self, key: &'static str) -> Option<String> {
        self.typed(key, "a string", Node::as_str).map(str::to_owned)
    }

    /// True or false.
    pub fn bool(&self, key: &'static str) -> Option<bool> {
        self.typed(key, "true or false", Node::as_bool)
    }

    /// A string that must be one of `allowed`.
    pub fn choice<T: Copy>(&self, key: &'static str, allowed: &[(&str, T)]) -> Option<T> {
        let node = self.get(key)?;
        let text = node.as_str().unwrap_or_default();
        let found = allowed.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            let names: Vec<&str> = allowed.iter().map(|(name, _)| *name).collect();
            let help =
                nearest(text, names.iter().copied()).map(|name| format!("did you mean `{name}`?"));
            self.fault(node, format!("`{key}` must be one of {}", quoted(&names)), help);
        }
        found.map(|(_, value)| *value)
    }

    /// A list of strings; empty when it is not there.
    pub fn strings(&self, key: &'static str) -> Vec<String> {
        self.typed(key, "a list of strings", strings).unwrap_or_default()
    }

    /// A list of lists of strings; empty when it is not there.
    pub fn string_lists(&self, key: &'static str) -> Vec<Vec<String>> {
        self.typed(key, "a list of lists of strings", |node| match &node.value {
            Value::Array(items) => items.iter().map(strings).collect(),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// A list of tables; empty when it is not there.
    pub fn tables(&self, key: &'static str) -> Vec<Reader<'a>> {
        let items = self.typed(key, "a list of tables", |node| match &node.value {
            Value::Array(items) => Some(items.as_slice()),
            _ => None,
        });
        items.unwrap_or_default().iter().map(|item| Reader::new(item, self.faults)).collect()
    }

    /// A table.
    pub fn table(&self, key: &'static str) -> Option<Reader<'a>> {
        self.get(key).map(|node| Reader::new(node, self.faults))
    }

    /// A reader of a table further inside.
    pub fn nested(&self, node: &'a Node) -> Reader<'a> {
        Reader::new(node, self.faults)
    }

    /// The table itself.
    pub fn node(&self) -> &'a Node {
        self.node
    }

    /// Reports a fault at `node`.
    pub fn refuse(&self, node: &Node, message: impl Into<String>, help: Option<String>) {
        self.fault(node, message.into(), help);
    }

    /// A required string; a fault when it is missing.
    pub fn required(&self, key: &'static str) -> Option<String> {
        if self.node.get(key).is_none() {
            self.asked.borrow_mut().push(key);
            self.fault(self.node, format!("`{key}` is missing"), None);
            return None;
        }
        self.string(key)
    }

    /// Reports every key that was not read as unknown.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for member in self.node.members() {
            if asked.contains(&member.key.as_str()) {
                continue;
            }
            let help = similar(&member.key, &asked);
            let message = format!("unknown key `{}`", member.key);
            let fault = ConfigFault { span: member.key_span, message, help };
            self.faults.borrow_mut().push(fault);
        }
    }
}

/// The most keys that a message lists.
const MAX_LISTED: usize = 8;

/// What may have been meant by an unknown key: a similar one, some that share a word with it, or
/// any, if they are few.
fn similar(key: &str, known: &[&str]) -> Option<String> {
    if let Some(name) = nearest(key, known.iter().copied()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let words = |name: &str| -> Vec<String> {
        name.split(['_', '-', '.']).map(str::to_lowercase).collect()
    };
    let own = words(key);
    let mut near: Vec<&str> = known.to_vec();
    near.retain(|name| words(name).iter().any(|word| word.len() > 2 && own.contains(word)));
    near.sort_unstable();
    near.dedup();
    near.truncate(MAX_LISTED);
    match near.as_slice() {
        [] => {}
        [one] => return Some(format!("did you mean `{one}`?")),
        several => return Some(format!("similar keys are {}", quoted(several))),
    }
    let mut all: Vec<&str> = known.to_vec();
    all.sort_unstable();
    all.dedup();
    (all.len() <= MAX_LISTED).then(|| format!("the keys here are {}", quoted(&all)))
}

fn strings(node: &Node) -> Option<Vec<String>> {
    match &node.value {
        Value::Array(items) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_keys_are_listed() {
        let many =
            ["a", "b", "base_url", "c", "d", "e", "edit_url", "edit_url", "f", "title", "twins"];
        for (key, known, expected) in [
            ("titel", &many[..], Some("did you mean `title`?")),
            ("site_title", &many, Some("did you mean `title`?")),
            ("site_url", &many, Some("similar keys are `base_url`, `edit_url`")),
            ("zzzz", &many, None),
            ("zzzz", &["url", "label", "url"], Some("the keys here are `label`, `url`")),
        ] {
            assert_eq!(similar(key, known).as_deref(), expected, "{key}");
        }
    }
}
