//! Compiles a schema document to a program, with its references resolved.
//!
//! Nothing here recurses: schemas wait in a list until they are compiled.

use serde_json::{Map, Value};

use super::draft::Draft;
use super::keywords;
use super::numbering::Numbering;
use super::program::{Compiled, Keyword, Program, Rules, SchemaId};
use super::resources::{Lost, ResourceId, Target};

/// A compiled schema.
pub(super) struct Output {
    pub program: Program,
    /// The patterns that could not be compiled, each once, in order.
    pub untranslated: Vec<String>,
}

/// Compiles a document; the error says what is wrong with it.
pub(super) fn compile(root: &Value) -> Result<Output, String> {
    let mut compiler = Compiler { root, numbering: Numbering::new(root) };
    let start = compiler.numbering.schema(root, 0);
    while let Some((id, schema, resource)) = compiler.numbering.take_waiting() {
        let rules = compiler.rules(id, schema, resource)?;
        compiler.numbering.schemas[id as usize].rules = rules;
    }
    let Numbering { mut schemas, patterns, refused, .. } = compiler.numbering;
    check_circles(&schemas)?;
    if schemas.iter().any(asks_what_is_unevaluated) {
        // To find out what was evaluated, each schema is used again.
        schemas.iter_mut().for_each(|schema| schema.shared = true);
    }
    let program = Program { schemas, root: start, patterns };
    Ok(Output { program, untranslated: refused.into_iter().collect() })
}

fn asks_what_is_unevaluated(schema: &Compiled) -> bool {
    let unevaluated = |keyword: &Keyword| {
        matches!(keyword, Keyword::UnevaluatedProperties(_) | Keyword::UnevaluatedItems(_))
    };
    matches!(&schema.rules, Rules::Keywords(keywords) if keywords.iter().any(unevaluated))
}

/// A document while it is being compiled.
struct Compiler<'s> {
    root: &'s Value,
    numbering: Numbering<'s>,
}

impl<'s> Compiler<'s> {
    fn rules(
        &mut self,
        id: SchemaId,
        schema: &'s Value,
        resource: ResourceId,
    ) -> Result<Rules, String> {
        let keywords = match schema {
            Value::Bool(true) => return Ok(Rules::Anything),
            Value::Bool(false) => return Ok(Rules::Nothing),
            Value::Object(keywords) => keywords,
            _ => {
                let at = self.place(schema);
                return Err(format!("a schema must be an object, `true` or `false`{at}"));
            }
        };
        let Some(draft) = self.numbering.resources.draft(resource) else {
            return Ok(Rules::Unknown);
        };
        if draft.ref_stands_alone() && keywords.contains_key("$ref") {
            return Ok(Rules::Keywords(self.references(keywords, draft, resource)?));
        }
        let compiled = keywords::compile(&mut self.numbering, keywords, draft, resource);
        let mut rules = compiled.map_err(|wrong| format!("{wrong}{}", self.place(schema)))?;
        rules.extend(self.references(keywords, draft, resource)?);
        // Unevaluated members and items are known only after all other keywords.
        rules.sort_by_key(|keyword| {
            matches!(keyword, Keyword::UnevaluatedProperties(_) | Keyword::UnevaluatedItems(_))
        });
        if let Some(Value::Object(properties)) = keywords.get("properties") {
            self.numbering.schemas[id as usize].names = Some(properties.keys().cloned().collect());
        }
        Ok(if rules.is_empty() { Rules::Anything } else { Rules::Keywords(rules) })
    }

    /// `$ref` and similar keywords.
    fn references(
        &mut self,
        keywords: &Map<String, Value>,
        draft: Draft,
        resource: ResourceId,
    ) -> Result<Vec<Keyword>, String> {
        let mut found = Vec::new();
        for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
            let Some(value) = keywords.get(keyword).filter(|_| draft.knows(keyword)) else {
                continue;
            };
            let text = value.as_str().ok_or_else(|| format!("`{keyword}` must be a string"))?;
            let target = match keyword {
                "$ref" => self.numbering.resources.find(text, resource),
                "$dynamicRef" => self.numbering.resources.find_dynamic(text, resource),
                _ => self.numbering.resources.find_recursive(text, resource),
            };
            let to = self.target(target, text)?;
            found.push(Keyword::Ref { to, text: text.to_owned() });
        }
        Ok(found)
    }

    fn target(
        &mut self,
        target: Result<Target<'s>, Lost>,
        reference: &str,
    ) -> Result<SchemaId, String> {
        match target {
            Ok((schema, resource)) => Ok(self.numbering.schema(schema, resource)),
            Err(Lost::Nowhere) => Err(format!("the reference `{reference}` leads to nothing")),
            Err(Lost::Elsewhere) => Err(format!(
                "it refers to `{reference}`, and references to other documents are not followed"
            )),
            Err(Lost::Metaschema | Lost::Undecided) => Ok(self.numbering.unknown()),
        }
    }

    /// `` at `/properties/x` `` for messages, or nothing for the root.
    fn place(&self, schema: &Value) -> String {
        let mut waiting = vec![(self.root, String::new())];
        while let Some((value, path)) = waiting.pop() {
            if std::ptr::eq(value, schema) {
                return if path.is_empty() { path } else { format!(" at `{path}`") };
            }
            match value {
                Value::Object(members) => waiting.extend(members.iter().map(|(key, value)| {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    (value, format!("{path}/{key}"))
                })),
                Value::Array(items) => {
                    let items = items.iter().enumerate();
                    waiting.extend(items.map(|(at, value)| (value, format!("{path}/{at}"))));
                }
                _ => {}
            }
        }
        String::new()
    }
}

/// Refuses schemas that lead back to themselves without a step into the document, whose
/// validation would never end.
fn check_circles(schemas: &[Compiled]) -> Result<(), String> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; schemas.len()];
    for start in 0..schemas.len() {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Open;
        let mut open = vec![(start, schemas[start].in_place())];
        while let Some((at, next)) = open.last_mut() {
            let Some(to) = next.pop() else {
                marks[*at] = Mark::Done;
                open.pop();
                continue;
            };
            let to = to as usize;
            match marks[to] {
                Mark::Done => {}
                Mark::New => {
                    marks[to] = Mark::Open;
                    open.push((to, schemas[to].in_place()));
                }
                Mark::Open => {
                    let circle = open.iter().map(|(at, _)| *at).skip_while(|at| *at != to);
                    let text = circle.filter_map(|at| schemas[at].reference()).next();
                    let text = text.unwrap_or_default();
                    return Err(format!("the reference `{text}` leads back to itself"));
                }
            }
        }
    }
    Ok(())
}

impl Compiled {
    fn keywords(&self) -> &[Keyword] {
        match &self.rules {
            Rules::Keywords(keywords) => keywords,
            _ => &[],
        }
    }

    /// The schemas that apply to the same value as this one.
    fn in_place(&self) -> Vec<SchemaId> {
        let mut found = Vec::new();
        for keyword in self.keywords() {
            match keyword {
                Keyword::Ref { to, .. } => found.push(*to),
                Keyword::All(ids) | Keyword::Any(ids) | Keyword::One(ids) => found.extend(ids),
                Keyword::Not(id) => found.push(*id),
                Keyword::If { test, then, otherwise } => {
                    found.extend([Some(*test), *then, *otherwise].into_iter().flatten());
                }
                Keyword::DependentSchemas(named) => found.extend(named.iter().map(|(_, id)| *id)),
                _ => {}
            }
        }
        found
    }

    /// The text of the first reference.
    fn reference(&self) -> Option<&str> {
        self.keywords().iter().find_map(|keyword| match keyword {
            Keyword::Ref { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }
}
