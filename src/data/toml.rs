use super::*;
pub fn parse(_: &str) -> Result<Node, super::yaml::Fault> { Ok(Node { span: Span::default(), value: Value::Null }) }
