//! TOML texts as trees with spans, through the `toml` crate (TOML 1.1).

use super::{Fault, MAX_DEPTH, Member, Node, Value};
use crate::source::Span;
use ::toml::de::{DeTable, DeValue};
use std::ops::Range;

/// The document as a tree, or the first fault, which may be that the parser failed: for settings
/// and front matter.
pub fn read(text: &str) -> Result<Node, Fault> {
    super::guarded(|| parse(text))
}

/// The document as a tree, or the first fault.
///
/// The span of a table written under a `[header]` is that of the header.
pub fn parse(text: &str) -> Result<Node, Fault> {
    match DeTable::parse(text) {
        Ok(table) => table_node(table.get_ref(), table.span(), text, 0),
        Err(error) => Err(fault(&error, text)),
    }
}

/// The document as far as it can be read, with all its faults.
pub fn parse_recovering(text: &str) -> (Option<Node>, Vec<Fault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors.iter().map(|error| fault(error, text)).collect();
    match table_node(table.get_ref(), table.span(), text, 0) {
        Ok(node) => (Some(node), faults),
        Err(too_deep) => {
            faults.push(too_deep);
            (None, faults)
        }
    }
}

fn fault(error: &::toml::de::Error, text: &str) -> Fault {
    let span = error.span().map_or(Span::new(0, 0), |range| Span::new(range.start, range.end));
    let message = error.message().lines().collect::<Vec<_>>().join(", ");
    Fault::new(span.clamped(text), message)
}

fn span_of(range: Range<usize>, text: &str) -> Span {
    Span::new(range.start, range.end).clamped(text)
}

fn table_node(
    table: &DeTable<'_>,
    range: Range<usize>,
    text: &str,
    depth: usize,
) -> Result<Node, Fault> {
    let span = span_of(range, text);
    if depth > MAX_DEPTH {
        return Err(Fault::new(span, "tables are nested too deeply"));
    }
    let mut members = Vec::with_capacity(table.len());
    for (key, value) in table {
        members.push(Member {
            key: key.get_ref().to_string(),
            key_span: span_of(key.span(), text),
            value: node(value.get_ref(), value.span(), text, depth + 1)?,
        });
    }
    // The crate sorts by key; restore the order of the text.
    members.sort_by_key(|member| member.key_span.start);
    Ok(Node { span, value: Value::Object(members) })
}

fn node(value: &DeValue<'_>, range: Range<usize>, text: &str, depth: usize) -> Result<Node, Fault> {
    let span = span_of(range.clone(), text);
    if depth > MAX_DEPTH {
        return Err(Fault::new(span, "values are nested too deeply"));
    }
    let value = match value {
        DeValue::String(string) => Value::String(string.to_string()),
        // The crate keeps the digits of integers and does not check their size.
        DeValue::Integer(integer)
            if i64::from_str_radix(integer.as_str(), integer.radix()).is_err() =>
        {
            return Err(Fault::new(span, "invalid integer, or one beyond 64 bits"));
        }
        DeValue::Integer(_) | DeValue::Float(_) => {
            Value::Number(text[span.start..span.end].to_owned())
        }
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(datetime) => Value::String(datetime.to_string()),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| node(item.get_ref(), item.span(), text, depth + 1));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => return table_node(table, range, text, depth),
    };
    Ok(Node { span, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_point_at_the_bytes_as_written() {
        let text = "'ü' = 'é'\nb.c = [1, 0x10]\n[d]\ne = true\n";
        let node = parse(text).unwrap();
        let member = &node.members()[0];
        assert_eq!(&text[member.key_span.start..member.key_span.end], "'ü'");
        assert_eq!(&text[member.value.span.start..member.value.span.end], "'é'");
        let items = node.get("b").unwrap().get("c").unwrap().items();
        assert_eq!(items[1].value, Value::Number("0x10".into()));
        assert_eq!(node.get("d").unwrap().get("e").unwrap().as_bool(), Some(true));
    }

    #[test]
    fn a_fault_has_its_bytes() {
        let fault = parse("a = 1\nb = \n").unwrap_err();
        assert!((10..=11).contains(&fault.span.start), "{fault:?}");
        let fault = parse("a = 1\na = 2\n").unwrap_err();
        assert_eq!(fault.span, Span::new(6, 7));
    }

    #[test]
    fn deep_nesting_is_a_fault() {
        let deep = format!("a = {}", "[".repeat(100_000));
        assert!(parse(&deep).is_err());
        parse_recovering(&deep);
        let dotted = format!("{}a = 1", "a.".repeat(100_000));
        assert!(parse(&dotted).is_err());
    }
}
