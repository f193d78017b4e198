//! The example as the validator sees it, and the way back to its bytes.

use serde_json::{Map, Number, Value as Json};

use crate::data::{Member, Node, Value};
use crate::source::Span;
use crate::truth::placeholder::is_placeholder_value;

/// An example at its place in an otherwise empty document.
pub(super) struct Instance<'a> {
    node: &'a Node,
    /// Deeper values are taken as left out.
    max_depth: usize,
    /// The keys that lead to the example.
    pub prefix: Vec<String>,
    /// The whole document.
    pub json: Json,
}

/// What stands at a path of the document.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// Around the example: made up, so nothing there is the author's fault.
    Around,
    /// In the example: the node and the key that introduces it.
    Here(&'a Node, Option<Span>),
    /// Under something that the author left out, or nowhere.
    Unknown,
}

impl<'a> Instance<'a> {
    /// Puts `node` at `prefix`, as far down as `max_depth`.
    pub fn new(node: &'a Node, prefix: Vec<String>, max_depth: usize) -> Self {
        let mut json = to_json(node, max_depth);
        for segment in prefix.iter().rev() {
            json = if segment == "0" {
                Json::Array(vec![json])
            } else {
                Json::Object(Map::from_iter([(segment.clone(), json)]))
            };
        }
        Self { node, max_depth, prefix, json }
    }

    /// What stands at `path`.
    pub fn place(&self, path: &[String]) -> Place<'a> {
        if path.len() < self.prefix.len() {
            return Place::Around;
        }
        if path.len() - self.prefix.len() > self.max_depth {
            return Place::Unknown;
        }
        let mut here = (self.node, None);
        for segment in &path[self.prefix.len()..] {
            let next = match &here.0.value {
                Value::Object(_) => {
                    member(here.0, segment).map(|found| (&found.value, Some(found.key_span)))
                }
                Value::Array(items) => {
                    let item = segment.parse::<usize>().ok().and_then(|index| items.get(index));
                    item.map(|item| (item, None))
                }
                _ => None,
            };
            match next {
                Some(next) => here = next,
                None => return Place::Unknown,
            }
        }
        if unknown(here.0) { Place::Unknown } else { Place::Here(here.0, here.1) }
    }
}

/// The member that counts for `key`: the last one, as in every JSON parser.
pub(super) fn member<'a>(node: &'a Node, key: &str) -> Option<&'a Member> {
    node.members().iter().rev().find(|member| member.key == key && !is_gap(member))
}

/// Whether the member stands for "more keys here" rather than for a key of that name.
pub(super) fn is_gap(member: &Member) -> bool {
    let key = member.key.trim();
    matches!(member.value.value, Value::Elision)
        && (key.is_empty() || key.starts_with("...") || key.starts_with('…'))
}

/// Whether something was left out directly in this object or list.
pub(super) fn is_partial(node: &Node) -> bool {
    match &node.value {
        Value::Object(members) => members.iter().any(is_gap),
        Value::Array(items) => items.iter().any(|item| matches!(item.value, Value::Elision)),
        _ => false,
    }
}

/// Whether the author left the value, or a part of it, to the reader.
pub(super) fn is_open(node: &Node) -> bool {
    match &node.value {
        Value::Elision => true,
        Value::String(text) => is_placeholder_value(text),
        Value::Object(members) => members.iter().any(|one| is_gap(one) || is_open(&one.value)),
        Value::Array(items) => items.iter().any(is_open),
        Value::Number(_) => unknown(node),
        Value::Null | Value::Bool(_) => false,
    }
}

/// Whether nothing can be said about the value.
fn unknown(node: &Node) -> bool {
    match &node.value {
        Value::Elision => true,
        Value::Number(text) => number(text).is_none(),
        _ => false,
    }
}

fn to_json(node: &Node, depth: usize) -> Json {
    let below = |node: &Node| depth.checked_sub(1).map_or(Json::Null, |depth| to_json(node, depth));
    match &node.value {
        Value::Null | Value::Elision => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(text) => number(text).map_or(Json::Null, Json::Number),
        Value::String(text) => Json::String(text.clone()),
        Value::Array(items) => items.iter().map(below).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|member| !is_gap(member))
            .map(|member| (member.key.clone(), below(&member.value)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

/// The number as JSON has it. JSON5, YAML and TOML write more forms: `0x1F`, `0o7`, `0b1`, `.5`,
/// `5.`, `+1`, `1_000`, `Infinity`, `.inf`. `None` for `NaN` and whatever else has no value.
fn number(text: &str) -> Option<Number> {
    let plain: String = text.chars().filter(|&c| c != '_').collect::<String>().to_ascii_lowercase();
    let (negative, digits) = match plain.as_bytes().first()? {
        b'-' => (true, &plain[1..]),
        b'+' => (false, &plain[1..]),
        _ => (false, plain.as_str()),
    };
    for (mark, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(mark) {
            let value = i128::from_str_radix(digits, radix).ok()?;
            return Number::from_i128(if negative { -value } else { value });
        }
    }
    if matches!(digits, "infinity" | ".inf" | "inf") {
        return Number::from_f64(if negative { f64::MIN } else { f64::MAX });
    }
    if let Ok(value) = digits.parse::<u64>() {
        let value = i128::from(value);
        return Number::from_i128(if negative { -value } else { value });
    }
    let value: f64 = digits.parse().ok()?;
    let value = if value.is_infinite() { f64::MAX } else { value };
    Number::from_f64(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_forms() {
        for (text, expected) in [
            ("1", Some("1")),
            ("+1", Some("1")),
            ("-7", Some("-7")),
            ("0x1F", Some("31")),
            ("-0x10", Some("-16")),
            ("0o17", Some("15")),
            (".5", Some("0.5")),
            ("5.", Some("5.0")),
            ("1e3", Some("1000.0")),
            ("1_000", Some("1000")),
            ("18446744073709551615", Some("18446744073709551615")),
            ("Infinity", Some("1.7976931348623157e+308")),
            ("-.inf", Some("-1.7976931348623157e+308")),
            ("1e999", Some("1.7976931348623157e+308")),
            ("NaN", None),
            ("", None),
            ("-", None),
            ("0x", None),
            ("12:30", None),
        ] {
            assert_eq!(number(text).map(|n| n.to_string()).as_deref(), expected, "{text}");
        }
    }
}
