//! Reads settings out of a table and knows which keys nobody asked for. The keys that are asked
//! for are the keys that exist, so the list of valid ones is never written twice.

use std::cell::RefCell;

use super::ConfigFault;
use crate::data::{Node, Value};

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

    /// Says that something is wrong at `node`.
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

    /// Refuses every key that was not asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for member in self.node.members() {
            if asked.contains(&member.key.as_str()) {
                continue;
            }
            let help = match nearest(&member.key, asked.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("the keys here are {}", quoted(&asked)),
            };
            let message = format!("unknown key `{}`", member.key);
            let fault = ConfigFault { span: member.key_span, message, help: Some(help) };
            self.faults.borrow_mut().push(fault);
        }
    }
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

/// Words that are less like each other are not alike at all.
const LEAST: f64 = 0.84;

/// The candidate most like `wanted`, if one is like it at all.
pub fn nearest<'c>(wanted: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = wanted.to_lowercase();
    let letters = Letters::new(&wanted);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let least = best.map_or(LEAST, |(score, _)| score);
        if letters.likeness_at_most(&Letters::new(candidate)) < least {
            continue;
        }
        let score = strsim::jaro_winkler(&wanted, &candidate.to_lowercase());
        let better =
            best.is_none_or(|(most, other)| score > most || score == most && candidate < other);
        if score >= least && better {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The candidates that are like `wanted` at all, each with how much, in no order.
pub fn alike<'c, T>(wanted: &str, candidates: impl Iterator<Item = (T, &'c str)>) -> Vec<(f64, T)> {
    let wanted = wanted.to_lowercase();
    let letters = Letters::new(&wanted);
    let score = |(thing, candidate): (T, &str)| {
        if letters.likeness_at_most(&Letters::new(candidate)) < LEAST {
            return None;
        }
        let score = strsim::jaro_winkler(&wanted, &candidate.to_lowercase());
        (score >= LEAST).then_some((score, thing))
    };
    candidates.filter_map(score).collect()
}

/// How often each letter stands in a word: enough to see, at a fraction of the price, that two
/// words cannot be alike.
struct Letters {
    counts: [u8; 32],
    length: usize,
    ascii: bool,
}

impl Letters {
    fn new(word: &str) -> Self {
        let mut counts = [0u8; 32];
        for byte in word.bytes() {
            // The lower five bits are the same for a letter in either case.
            let count = &mut counts[usize::from(byte & 31)];
            *count = count.saturating_add(1);
        }
        Self { counts, length: word.len(), ascii: word.is_ascii() && word.len() < 256 }
    }

    /// No Jaro-Winkler likeness of the two words is higher.
    fn likeness_at_most(&self, other: &Self) -> f64 {
        if !self.ascii || !other.ascii || self.length == 0 || other.length == 0 {
            return 1.0;
        }
        let shared: u32 =
            self.counts.iter().zip(&other.counts).map(|(a, b)| u32::from(*a.min(b))).sum();
        let (shared, a, b) = (f64::from(shared), self.length as f64, other.length as f64);
        let jaro = (shared / a + shared / b + 1.0) / 3.0;
        // A common beginning of four letters is the most that counts; the rest is for rounding.
        jaro + 0.4 * (1.0 - jaro) + 1e-9
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_likeness_is_higher_than_its_bound() {
        let words = [
            "a",
            "Channel",
            "channels",
            "channels/telegram",
            "telegram",
            "TELEGRAM",
            "gateway",
            "get-away",
            "gatewya",
            "install/docker",
            "docker-install",
            "",
            "\u{e9}t\u{e9}",
            "x",
            "aaaa",
            "aaab",
        ];
        for a in words {
            for b in words {
                let likeness = strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase());
                let bound = Letters::new(&a.to_lowercase()).likeness_at_most(&Letters::new(b));
                assert!(likeness <= bound, "{a} {b}: {likeness} {bound}");
            }
            let slow = words
                .iter()
                .map(|b| (strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase()), *b))
                .filter(|(score, _)| *score >= 0.84)
                .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
            assert_eq!(nearest(a, words), slow.map(|(_, word)| word), "{a}");
        }
        assert_eq!(nearest("gatway", words), Some("gateway"));
    }
}
