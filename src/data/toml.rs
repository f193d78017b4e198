//! TOML with spans, through the `toml` crate.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Fault, Member, Node, Value};
use crate::source::Span;

/// The document of a TOML text.
pub fn parse(text: &str) -> Result<Node, Fault> {
    let table = DeTable::parse(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        Fault::new(Span::new(span.start, span.end).clamped(text), error.message().to_owned())
    })?;
    Ok(Node { span: Span::new(0, text.len()), value: object(table.get_ref()) })
}

fn object(table: &DeTable<'_>) -> Value {
    let mut members: Vec<Member> = table
        .iter()
        .map(|(key, value)| Member {
            key: key.get_ref().to_string(),
            key_span: span(key),
            value: node(value),
        })
        .collect();
    members.sort_by_key(|member| member.key_span.start);
    Value::Object(members)
}

fn span<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span().start, spanned.span().end)
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let read = match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => Value::Number(number.to_string()),
        DeValue::Float(number) => Value::Number(number.to_string()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(time) => Value::String(time.to_string()),
        DeValue::Array(items) => Value::Array(items.iter().map(node).collect()),
        DeValue::Table(table) => object(table),
    };
    Node { span: span(value), value: read }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        let text = "a = 1\n[b]\nc = [\"x\", {d = true}]\n";
        let doc = parse(text).unwrap();
        let c = doc.get("b").unwrap().get("c").unwrap();
        assert_eq!(&text[c.span.start..c.span.end], "[\"x\", {d = true}]");
        assert_eq!(c.items()[1].get("d").unwrap().as_bool(), Some(true));
        assert_eq!(parse("a = \n").unwrap_err().span.start, 4);
        assert!(parse(&format!("a = {}", "[".repeat(100_000))).is_err());
    }
}
