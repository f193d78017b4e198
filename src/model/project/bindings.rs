//! The schemas and command specifications of a tree, loaded and bound.

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::config::{CommandBinding, SchemaBinding, When};
use crate::data::Node;
use crate::lang;
use crate::source::{Span, VPath};
use crate::truth::command::CommandSpec;
use crate::truth::schema::Schema;

/// Everything that examples are validated against.
#[derive(Default)]
pub struct Bindings {
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
    /// Binds a schema; the error says which pattern is invalid.
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

    /// The part of the schema that its blocks are.
    pub fn pointer(&self) -> &str {
        &self.binding.pointer
    }

    /// Whether the schema is for a document in a block.
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

    /// The name under which the settings bind it.
    pub fn name(&self) -> &str {
        &self.binding.name
    }

    /// Whether the value in an info string names this schema.
    pub fn is_asked(&self, asked: &str) -> bool {
        let (name, _) = asked_parts(asked);
        name == self.binding.name || name.is_empty() && asked.len() > 1
    }

    /// Whether the schema is for blocks of a language on a page.
    pub fn is_bound(&self, language: &str, path: &str) -> bool {
        let languages = &self.binding.languages;
        let speaks =
            languages.is_empty() || languages.iter().any(|name| lang::is_same(name, language));
        speaks && (self.binding.paths.is_empty() || self.paths.is_match(path))
    }
}

/// The name of a schema and the pointer into it, as info strings have them: `NAME`,
/// `NAME#/pointer`, `#/pointer`.
pub fn asked_parts(asked: &str) -> (&str, Option<&str>) {
    asked.split_once('#').map_or((asked, None), |(name, pointer)| (name, Some(pointer)))
}

/// A command specification and how its program is started.
pub struct BoundCommand {
    /// The specification.
    pub spec: CommandSpec,
    /// Other ways to start the program.
    pub runners: Vec<Vec<String>>,
    /// The settings file that names it.
    pub settings: VPath,
    /// The span of the name there.
    pub span: Span,
}

impl BoundCommand {
    /// Binds a specification.
    pub fn new(binding: &CommandBinding, spec: CommandSpec) -> Self {
        let (settings, span) = (binding.settings.clone(), binding.span);
        Self { spec, runners: binding.runners.clone(), settings, span }
    }
}
