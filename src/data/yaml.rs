use super::*;
pub struct Fault { pub span: Span, pub message: String }
pub fn parse(_: &str) -> Result<Vec<Node>, Fault> { Ok(vec![]) }
