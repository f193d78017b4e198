//! The literal part of a JavaScript or TypeScript settings file: the value of its default export,
//! as far as it is known without running it. The rest is a [`Value::Elision`].

use std::collections::HashMap;

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Argument, ArrayExpressionElement, ArrowFunctionBody, AssignmentTarget, BindingPattern,
    Declaration, ExportDefaultDeclarationKind, Expression, FunctionBody, ObjectPropertyKind,
    PropertyKey, Statement,
};
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType};

use super::{Member, Node, Value};
use crate::panics;
use crate::source::Span;

/// The longest file that is parsed, in bytes.
const MAX_LEN: usize = 256 * 1024;
/// The deepest nesting of brackets that is parsed, since the parser recurses.
const MAX_DEPTH: usize = 100;
/// The longest run without a bracket, a comma or a semicolon that is parsed, in bytes.
const MAX_RUN: usize = 8_000;
/// The longest chain of names that refer to names.
const MAX_NAMES: usize = 16;

/// The key of the function of a call.
pub const CALL: &str = "()";
/// The key of the arguments of a call.
pub const ARGUMENTS: &str = "arguments";

/// The literal part of what the file exports; `None` if there is none.
pub fn settings(text: &str) -> Option<Node> {
    if text.len() > MAX_LEN || !is_tame(text) {
        return None;
    }
    // The third-party parser may panic; then nothing is known.
    panics::caught(|| read(text)).ok().flatten()
}

fn read(text: &str) -> Option<Node> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::ts()).parse();
    if parsed.panicked {
        return None;
    }
    let mut reader = Reader { text, names: HashMap::new() };
    let mut exported = None;
    for statement in &parsed.program.body {
        reader.remember(statement);
        match statement {
            Statement::ExportDefaultDeclaration(export) => match &export.declaration {
                ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                    exported = returned(function.body.as_deref()?);
                }
                other => exported = other.as_expression(),
            },
            Statement::ExpressionStatement(statement) => {
                if let Expression::AssignmentExpression(assignment) = &statement.expression
                    && is_exports(text, &assignment.left)
                {
                    exported = Some(&assignment.right);
                }
            }
            _ => {}
        }
    }
    let node = reader.node(exported?, 0);
    (node.value != Value::Elision).then_some(node)
}

fn is_exports(text: &str, target: &AssignmentTarget<'_>) -> bool {
    let span = target.span();
    let written = &text[span.start as usize..span.end as usize];
    matches!(written, "module.exports" | "exports.default")
}

/// The expression that a function returns at its end.
fn returned<'b, 'a>(body: &'b FunctionBody<'a>) -> Option<&'b Expression<'a>> {
    body.statements.iter().rev().find_map(|statement| match statement {
        Statement::ReturnStatement(statement) => statement.argument.as_ref(),
        _ => None,
    })
}

struct Reader<'t, 'b, 'a> {
    text: &'t str,
    /// The values of the names at the top level of the file.
    names: HashMap<&'b str, &'b Expression<'a>>,
}

impl<'b, 'a> Reader<'_, 'b, 'a> {
    fn remember(&mut self, statement: &'b Statement<'a>) {
        let declaration = match statement {
            Statement::VariableDeclaration(declaration) => declaration,
            Statement::ExportDeclaration(export) => match &export.declaration {
                Declaration::VariableDeclaration(declaration) => declaration,
                _ => return,
            },
            _ => return,
        };
        for declarator in &declaration.declarations {
            if let (BindingPattern::BindingIdentifier(name), Some(init)) =
                (&declarator.id, &declarator.init)
            {
                self.names.insert(name.name.as_str(), init);
            }
        }
    }

    fn node(&self, expression: &Expression<'a>, names: usize) -> Node {
        let span = expression.span();
        let span = Span::new(span.start as usize, span.end as usize);
        let value = match expression {
            Expression::StringLiteral(literal) => Value::String(literal.value.to_string()),
            Expression::TemplateLiteral(literal) if literal.expressions.is_empty() => {
                let cooked = literal.quasis.first().and_then(|part| part.value.cooked.as_ref());
                cooked.map_or(Value::Elision, |text| Value::String(text.to_string()))
            }
            Expression::BooleanLiteral(literal) => Value::Bool(literal.value),
            Expression::NumericLiteral(_) => {
                Value::Number(self.text[span.start..span.end].to_owned())
            }
            Expression::NullLiteral(_) => Value::Null,
            Expression::ArrayExpression(array) => {
                let items = array.elements.iter().map(|element| match element {
                    ArrayExpressionElement::SpreadElement(spread) => {
                        let span = spread.span();
                        let span = Span::new(span.start as usize, span.end as usize);
                        Node { span, value: Value::Elision }
                    }
                    element => element
                        .as_expression()
                        .map_or(Node { span, value: Value::Null }, |expression| {
                            self.node(expression, names)
                        }),
                });
                Value::Array(items.collect())
            }
            Expression::ObjectExpression(object) => {
                Value::Object(object.properties.iter().map(|one| self.member(one, names)).collect())
            }
            Expression::ParenthesizedExpression(inner) => {
                return self.node(&inner.expression, names);
            }
            Expression::TSAsExpression(inner) => return self.node(&inner.expression, names),
            Expression::TSSatisfiesExpression(inner) => return self.node(&inner.expression, names),
            Expression::TSNonNullExpression(inner) => return self.node(&inner.expression, names),
            Expression::AwaitExpression(inner) => return self.node(&inner.argument, names),
            Expression::ArrowFunctionExpression(function) => {
                let body = match &function.body {
                    ArrowFunctionBody::FunctionBody(body) => returned(body),
                    other => other.as_expression(),
                };
                match body {
                    Some(expression) => return self.node(expression, names),
                    None => Value::Elision,
                }
            }
            Expression::Identifier(name) => match self.names.get(name.name.as_str()) {
                Some(stands_for) if names < MAX_NAMES => return self.node(stands_for, names + 1),
                _ => Value::Elision,
            },
            Expression::CallExpression(call) => return self.call(call, span, names),
            _ => Value::Elision,
        };
        Node { span, value }
    }

    /// A call; for functions such as `defineConfig({…})`, only the argument.
    fn call(&self, call: &oxc_ast::ast::CallExpression<'a>, span: Span, names: usize) -> Node {
        let callee = call.callee.span();
        let name = &self.text[callee.start as usize..callee.end as usize];
        let mut arguments: Vec<Node> = call
            .arguments
            .iter()
            .filter_map(Argument::as_expression)
            .map(|argument| self.node(argument, names))
            .collect();
        let wraps = name.starts_with("define") || name.starts_with("with") || name.len() > 200;
        if wraps || matches!(call.callee, Expression::ParenthesizedExpression(_)) {
            if let Some(first) = arguments.iter().position(|one| one.value != Value::Elision) {
                return arguments.swap_remove(first);
            }
            if let Expression::ParenthesizedExpression(inner) = &call.callee {
                return self.node(&inner.expression, names);
            }
        }
        let key_span = Span::new(callee.start as usize, callee.end as usize);
        let member = |key: &str, span: Span, value: Value| Member {
            key: key.to_owned(),
            key_span,
            value: Node { span, value },
        };
        let value = Value::Object(vec![
            member(CALL, key_span, Value::String(name.to_owned())),
            member(ARGUMENTS, span, Value::Array(arguments)),
        ]);
        Node { span, value }
    }

    fn member(&self, property: &ObjectPropertyKind<'a>, names: usize) -> Member {
        let span = property.span();
        let span = Span::new(span.start as usize, span.end as usize);
        let elided = Member {
            key: "...".to_owned(),
            key_span: span,
            value: Node { span, value: Value::Elision },
        };
        let ObjectPropertyKind::ObjectProperty(property) = property else { return elided };
        let key = match &property.key {
            PropertyKey::StaticIdentifier(name) => name.name.to_string(),
            PropertyKey::StringLiteral(literal) => literal.value.to_string(),
            _ => return elided,
        };
        let key_span = property.key.span();
        let key_span = Span::new(key_span.start as usize, key_span.end as usize);
        Member { key, key_span, value: self.node(&property.value, names) }
    }
}

/// Whether a text is within the limits of the parser, which recurses.
fn is_tame(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut depth, mut run, mut at) = (0usize, 0usize, 0usize);
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'\'' | b'"' | b'`' => {
                at += 1;
                while at < bytes.len() && bytes[at] != byte {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = text[at..].find("*/").map_or(bytes.len(), |end| at + end + 1);
            }
            b'(' | b'[' | b'{' => (depth, run) = (depth + 1, 0),
            b')' | b']' | b'}' => (depth, run) = (depth.saturating_sub(1), 0),
            b',' | b';' => run = 0,
            _ => run += 1,
        }
        if depth > MAX_DEPTH || run > MAX_RUN {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_read() {
        for text in [
            "export default defineConfig({ a: { b: ['x', y] }, ...rest })",
            "module.exports = { a: { b: ['x', `${y}`] } }",
            "const a = { b: ['x', f()] };\nexport default { a } satisfies Config;",
            "const config: Config = { a: { b: ['x'] as const } };\nexport default config;",
            "export default async function create() { await x(); return { a: { b: ['x'] } }; }",
            "export default () => ({ a: { b: [`x`] } })",
            "export default withMermaid(defineConfig({ 'a': { \"b\": ['x'] } }))",
        ] {
            let node = settings(text).unwrap_or_else(|| panic!("{text}"));
            let first = &node.get("a").and_then(|a| a.get("b")).expect(text).items()[0];
            assert_eq!(first.as_str(), Some("x"), "{text}");
            assert!(matches!(&text[first.span.start..first.span.end], "'x'" | "`x`"), "{text}");
        }
    }

    #[test]
    fn a_call_keeps_its_name_and_arguments() {
        let node = settings("export default { a: [starlight({ title: 'x' })] }").unwrap();
        let call = &node.get("a").unwrap().items()[0];
        assert_eq!(call.get(CALL).and_then(Node::as_str), Some("starlight"));
        let argument = &call.get(ARGUMENTS).unwrap().items()[0];
        assert_eq!(argument.get("title").and_then(Node::as_str), Some("x"));
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        let deep = format!("export default {}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let arrows = format!("export default {}1", "a=>".repeat(50_000));
        for text in ["", "let x = ;", "export default f", "module.exports = x", &deep, &arrows] {
            assert!(settings(text).is_none(), "{}", &text[..text.len().min(40)]);
        }
        // A name that is defined as itself.
        assert!(settings("const a = a; export default a").is_none());
    }
}
