//! A compiled schema: every subschema has a number, references are resolved, patterns compiled.

use serde_json::Value;

use crate::truth::pattern::Pattern;

use super::format::Format;
use super::number::Decimal;

/// The number of a schema in a program.
pub(super) type SchemaId = u32;

/// All schemas of a compiled schema document.
#[derive(Debug)]
pub(super) struct Program {
    pub schemas: Vec<Compiled>,
    /// Where validation begins.
    pub root: SchemaId,
    /// The patterns, each once; `None` for one that could not be compiled.
    pub patterns: Vec<Option<Pattern>>,
}

/// One schema.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    /// Its requirements of a value.
    pub rules: Rules,
    /// Whether it is used in more than one place, so that its results are worth caching.
    pub shared: bool,
    /// The names in its `properties`, if it has any.
    pub names: Option<Vec<String>>,
}

/// The requirements of a schema.
#[derive(Debug, Default)]
pub(super) enum Rules {
    /// `true`, or an empty schema: nothing.
    #[default]
    Anything,
    /// `false`: the value must not exist.
    Nothing,
    /// Something that docgen does not support.
    Unknown,
    /// The value satisfies all keywords.
    Keywords(Vec<Keyword>),
}

/// One keyword, or several that belong together.
#[derive(Debug)]
pub(super) enum Keyword {
    /// `$ref` and similar keywords; messages show the text.
    Ref { to: SchemaId, text: String },
    /// `allOf`
    All(Vec<SchemaId>),
    /// `anyOf`
    Any(Vec<SchemaId>),
    /// `oneOf`
    One(Vec<SchemaId>),
    /// `not`
    Not(SchemaId),
    /// `if`, `then` and `else`
    If { test: SchemaId, then: Option<SchemaId>, otherwise: Option<SchemaId> },
    /// `type`
    Types(Types),
    /// `enum`, and `const` as one with a single value.
    Enum { values: Vec<Value>, data: Vec<Datum> },
    /// `minimum` and similar keywords; the text is the limit as written in the schema.
    Bound { kind: Bound, limit: Decimal, text: String },
    /// `multipleOf`
    MultipleOf { unit: Decimal, text: String },
    /// `minLength` and similar keywords.
    Size { kind: Size, limit: u64 },
    /// `pattern`, by its number in the program.
    Pattern { number: u32, text: String },
    /// `format`, and the number of its pattern if it has one.
    Format { format: &'static Format, pattern: Option<u32> },
    /// `items`, `prefixItems` and `additionalItems`
    Items { first: Vec<SchemaId>, rest: Option<SchemaId> },
    /// `contains`, `minContains` and `maxContains`; since 2020-12, what is contained counts as
    /// evaluated.
    Contains { schema: SchemaId, min: u64, max: Option<u64>, evaluates: bool },
    /// `uniqueItems`
    UniqueItems,
    /// `properties`, `patternProperties` and `additionalProperties`
    Properties(Properties),
    /// `propertyNames`
    PropertyNames(SchemaId),
    /// `required`
    Required(Vec<String>),
    /// `dependentRequired`: a key, and the keys that are required if it exists.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// `dependentSchemas`
    DependentSchemas(Vec<(String, SchemaId)>),
    /// `unevaluatedProperties`
    UnevaluatedProperties(SchemaId),
    /// `unevaluatedItems`
    UnevaluatedItems(SchemaId),
}

/// The schemas of the members of an object.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// By name, in order.
    pub named: Vec<(String, SchemaId)>,
    /// By the number of a pattern.
    pub patterns: Vec<(u32, SchemaId)>,
    /// For all others.
    pub additional: Option<SchemaId>,
}

impl Properties {
    /// The schema of the member with this name.
    pub fn get(&self, name: &str) -> Option<SchemaId> {
        let found = self.named.binary_search_by(|(known, _)| known.as_str().cmp(name));
        found.ok().map(|at| self.named[at].1)
    }
}

/// The kinds of limits of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
}

/// The kinds of limits of a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
    MinProperties,
    MaxProperties,
}

/// A set of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Types {
    bits: u8,
    /// Whether `1.0` is no integer, as in draft 4.
    pub plain_integers: bool,
}

impl Types {
    /// The names of the types, in the order in which messages list them.
    const NAMES: [&'static str; 7] =
        ["array", "boolean", "integer", "null", "number", "object", "string"];

    /// No type yet.
    pub fn new(plain_integers: bool) -> Self {
        Self { bits: 0, plain_integers }
    }

    /// Adds a type; returns whether there is one of that name.
    pub fn insert(&mut self, name: &str) -> bool {
        let at = Self::NAMES.iter().position(|known| *known == name);
        self.bits |= at.map_or(0, |at| 1 << at);
        at.is_some()
    }

    /// Whether a type is in the set.
    pub fn contains(self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// The names of the types in the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let names = Self::NAMES.iter().enumerate();
        names.filter(move |(at, _)| self.bits >> at & 1 == 1).map(|(_, name)| *name)
    }
}

/// A value of the schema in a form that is fast to compare.
#[derive(Debug)]
pub(super) enum Datum {
    Null,
    Bool(bool),
    Number(Decimal),
    String(String),
    Array(Vec<Datum>),
    /// Sorted by key.
    Object(Vec<(String, Datum)>),
    /// A number that could not be read.
    Unknown,
}

impl Datum {
    pub fn new(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => {
                Decimal::read(&number.to_string()).map_or(Self::Unknown, Self::Number)
            }
            Value::String(text) => Self::String(text.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::new).collect()),
            Value::Object(members) => {
                let mut members: Vec<_> =
                    members.iter().map(|(key, value)| (key.clone(), Self::new(value))).collect();
                members.sort_by(|a, b| a.0.cmp(&b.0));
                Self::Object(members)
            }
        }
    }
}
