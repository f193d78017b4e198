//! The schemas and command specifications of a tree, loaded and bound.

use std::borrow::Cow;

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::blocks::Block;
use super::rule::PageContext;
use crate::config::reader::nearest;
use crate::config::{CommandBinding, SchemaBinding, When};
use crate::data::Node;
use crate::lang;
use crate::source::{Span, VPath};
use crate::truth::schema::Schema;
use crate::truth::spec::CommandSpec;

/// Everything that examples are held against.
#[derive(Default)]
pub struct Truths {
    /// Schemas.
    pub schemas: Vec<BoundSchema>,
    /// Command specifications.
    pub commands: Vec<BoundCommand>,
}

/// A schema and the blocks it is for.
pub struct BoundSchema {
    binding: SchemaBinding,
    schema: Schema,
    paths: GlobSet,
}

impl BoundSchema {
    /// Binds a schema; the message says which pattern cannot be read.
    pub fn new(binding: SchemaBinding, schema: Schema) -> Result<Self, String> {
        if !schema.has(&binding.pointer) {
            return Err(format!("the schema has nothing at `{}`", binding.pointer));
        }
        let mut paths = GlobSetBuilder::new();
        for path in &binding.paths {
            paths.add(Glob::new(path).map_err(|error| error.to_string())?);
        }
        let paths = paths.build().map_err(|error| error.to_string())?;
        Ok(Self { binding, schema, paths })
    }

    /// The schema.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Which part of the schema its blocks are.
    pub fn pointer(&self) -> &str {
        &self.binding.pointer
    }

    /// Whether a document in a block is one of those that the schema is for.
    pub fn claims(&self, asked: Option<&str>, language: &str, path: &str, document: &Node) -> bool {
        match asked {
            Some("false" | "none") => false,
            Some(asked) => self.is_asked(asked),
            None => {
                self.is_bound(language, path)
                    && (self.binding.when == When::Always
                        || self.schema.recognises(document, &self.binding.pointer))
            }
        }
    }

    /// Whether an info string names this schema: `NAME`, `NAME#/pointer`, `#/pointer`.
    fn is_asked(&self, asked: &str) -> bool {
        let name = asked.split('#').next().unwrap_or(asked);
        name == self.binding.name || name.is_empty() && asked.len() > 1
    }

    /// Whether the schema is for blocks of a language on a page.
    fn is_bound(&self, language: &str, path: &str) -> bool {
        let languages = &self.binding.languages;
        let speaks =
            languages.is_empty() || languages.iter().any(|name| lang::is_same(name, language));
        speaks && (self.binding.paths.is_empty() || self.paths.is_match(path))
    }
}

/// What a document in a block is held against.
pub struct Claim<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// What it is called.
    pub name: &'a str,
    /// The part of it.
    pub pointer: Cow<'a, str>,
    /// Whether the part was guessed from the keys.
    pub guessed: bool,
}

/// A command specification and how its program is started.
pub struct BoundCommand {
    /// The specification.
    pub spec: CommandSpec,
    /// Other ways to start the program.
    pub runners: Vec<Vec<String>>,
    /// The settings file that names it.
    pub settings: VPath,
    /// Where it names it.
    pub span: Span,
}

impl BoundCommand {
    /// Binds a specification.
    pub fn new(binding: &CommandBinding, spec: CommandSpec) -> Self {
        let (settings, span) = (binding.settings.clone(), binding.span);
        Self { spec, runners: binding.runners.clone(), settings, span }
    }
}

/// The schema that a document in a block is held against, and the part of it.
pub fn schema_for<'a>(
    context: &PageContext<'a>,
    block: &'a Block<'_>,
    document: &Node,
) -> Option<Claim<'a>> {
    let info = &block.code.info;
    let path = context.page.content_path.as_str();
    let schemas = &context.site.truths.schemas;
    let asked = info.schema.as_deref();
    let claims = |bound: &&BoundSchema| bound.claims(asked, &info.language, path, document);
    if let Some(bound) = schemas.iter().find(claims) {
        let pointer = asked.and_then(|asked| asked.split_once('#')).map(|(_, pointer)| pointer);
        let pointer = pointer.unwrap_or(&bound.binding.pointer).into();
        let name = bound.binding.name.as_str();
        return Some(Claim { schema: &bound.schema, name, pointer, guessed: false });
    }
    let guesses = |bound: &&BoundSchema| {
        asked.is_none() && bound.binding.pointer.is_empty() && bound.is_bound(&info.language, path)
    };
    schemas.iter().filter(guesses).find_map(|bound| {
        let pointer = bound.schema.locate(document)?.into();
        let name = bound.binding.name.as_str();
        Some(Claim { schema: &bound.schema, name, pointer, guessed: true })
    })
}

/// What is wrong with the `schema=` of a block, if something is.
pub fn bad_request(
    context: &PageContext<'_>,
    block: &Block<'_>,
) -> Option<(String, Option<String>)> {
    let schemas = &context.site.truths.schemas;
    let asked = block.code.info.schema.as_deref()?;
    if schemas.is_empty() || matches!(asked, "false" | "none") {
        return None;
    }
    let Some(bound) = schemas.iter().find(|bound| bound.is_asked(asked)) else {
        let name = asked.split('#').next().unwrap_or(asked);
        let near = nearest(name, schemas.iter().map(|bound| bound.binding.name.as_str()));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        return Some((format!("no schema is called `{name}`"), help));
    };
    let (_, pointer) = asked.split_once('#')?;
    let found = bound.schema.has(pointer);
    (!found)
        .then(|| (format!("the schema `{}` has nothing at `{pointer}`", bound.binding.name), None))
}
