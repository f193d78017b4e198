//! Selects the schema of a code block.

use super::blocks::Block;
use crate::data::Node;
use crate::project::bindings::{Bindings, BoundSchema, asked_parts};
use crate::site::index::Page;
use crate::suggest::nearest;
use crate::truth::schema::Schema;

/// The schema for a document in a block.
pub struct Claim<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// Its name.
    pub name: &'a str,
    /// The part of the schema that applies.
    pub pointer: String,
    /// Whether the part was guessed from the keys.
    pub guessed: bool,
}

/// The schema that a document in a block is validated against, and the part of it that applies.
pub fn schema_for<'a>(
    bindings: &'a Bindings,
    page: &Page,
    block: &Block<'_>,
    document: &Node,
) -> Option<Claim<'a>> {
    let info = &block.code.info;
    let path = page.content_path.as_str();
    let schemas = &bindings.schemas;
    let asked = info.schema.as_deref();
    let claims = |bound: &&BoundSchema| bound.claims(asked, &info.language, path, document);
    if let Some(bound) = schemas.iter().find(claims) {
        let pointer = asked.and_then(|asked| asked_parts(asked).1);
        let pointer = pointer.unwrap_or(bound.pointer()).to_owned();
        let name = bound.name();
        return Some(Claim { schema: bound.schema(), name, pointer, guessed: false });
    }
    let guesses = |bound: &&BoundSchema| {
        asked.is_none() && bound.pointer().is_empty() && bound.is_bound(&info.language, path)
    };
    schemas.iter().filter(guesses).find_map(|bound| {
        let pointer = bound.schema().locate(document)?;
        let name = bound.name();
        Some(Claim { schema: bound.schema(), name, pointer, guessed: true })
    })
}

/// The error in the `schema=` of a block, if there is one.
pub fn bad_request(bindings: &Bindings, block: &Block<'_>) -> Option<(String, Option<String>)> {
    let schemas = &bindings.schemas;
    let asked = block.code.info.schema.as_deref()?;
    if schemas.is_empty() || matches!(asked, "false" | "none") {
        return None;
    }
    let (name, pointer) = asked_parts(asked);
    let Some(bound) = schemas.iter().find(|bound| bound.is_asked(asked)) else {
        let near = nearest(name, schemas.iter().map(|bound| bound.name()));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        return Some((format!("no schema is called `{name}`"), help));
    };
    let pointer = pointer?;
    let found = bound.schema().has(pointer);
    (!found).then(|| (format!("the schema `{}` has nothing at `{pointer}`", bound.name()), None))
}
