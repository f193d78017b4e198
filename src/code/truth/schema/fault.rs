//! What the validator reports, brought into a few kinds, less what nobody can blame an author for.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Error};
use serde_json::Value;

use crate::data::Node;
use crate::truth::placeholder::{is_placeholder, is_placeholder_value};

use super::instance::{Instance, Place, is_open, is_partial};
use super::{place, union};

/// How many errors of one example are looked at.
const MAX_ERRORS: usize = 1000;

/// How many unknown keys of one object are named.
const MAX_KEYS: usize = 50;

/// One fault at one place of the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    /// The keys and indexes that lead to the value.
    pub path: Vec<String>,
    /// What is wrong with it.
    pub kind: Kind,
}

/// The kinds of faults.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// The object has a key that it must not have.
    UnknownKey {
        /// The key.
        key: String,
        /// The keys it may have.
        known: Vec<String>,
    },
    /// The object lacks a key.
    MissingKey(String),
    /// The value is of the wrong type, or not one of the allowed values.
    Expected {
        /// The types it may have.
        types: Vec<String>,
        /// The values it may have.
        values: Vec<Value>,
    },
    /// A key of a map has a name that is not allowed.
    KeyName {
        /// The key.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// Anything else: what the value must be or do, as the rest of a sentence.
    Other(String),
}

/// All faults of the example.
pub(super) fn collect(
    validator: &jsonschema::Validator,
    root: &Value,
    instance: &Instance<'_>,
) -> Vec<Fault> {
    let reader = Reader { root, instance };
    let errors = validator.iter_errors(&instance.json).take(MAX_ERRORS);
    errors.flat_map(|error| reader.read(&error)).collect()
}

struct Reader<'a> {
    root: &'a Value,
    instance: &'a Instance<'a>,
}

impl Reader<'_> {
    /// The faults behind one error: none when it is excused, several when it is a union's.
    fn read(&self, error: &ValidationError<'_>) -> Vec<Fault> {
        let path = place::segments(error.instance_path().as_str());
        if let Error::AnyOf { context } | Error::OneOfNotValid { context } = error.kind() {
            return self.read_union(&path, context);
        }
        let kinds = match self.instance.place(&path) {
            Place::Unknown => Vec::new(),
            // Made up around the example, and empty but for it. What is lacking there is no
            // fault; a wrong shape still tells the alternatives of a union apart.
            Place::Around if lacks(error.kind()) => Vec::new(),
            Place::Around => self.kinds(error, &path, None),
            Place::Here(node, _) if excused(error.kind(), node) => Vec::new(),
            Place::Here(node, _) => self.kinds(error, &path, Some(node)),
        };
        kinds.into_iter().map(|kind| Fault { path: path.clone(), kind }).collect()
    }

    /// A union fails only if each alternative still has a fault that is not excused.
    fn read_union(&self, path: &[String], context: &[Vec<ValidationError<'static>>]) -> Vec<Fault> {
        let mut alternatives = Vec::new();
        for errors in context {
            let faults: Vec<Fault> = errors.iter().flat_map(|error| self.read(error)).collect();
            if faults.is_empty() {
                return Vec::new();
            }
            alternatives.push(faults);
        }
        union::best(path, alternatives)
    }

    fn kinds(
        &self,
        error: &ValidationError<'_>,
        path: &[String],
        node: Option<&Node>,
    ) -> Vec<Kind> {
        match error.kind() {
            Error::AdditionalProperties { unexpected }
            | Error::UnevaluatedProperties { unexpected } => {
                let keys = unexpected.iter().filter(|key| !is_placeholder(key)).take(MAX_KEYS);
                let known = self.known_keys(error, path);
                keys.map(|key| Kind::UnknownKey { key: key.clone(), known: known.clone() })
                    .collect()
            }
            Error::Required { property } => {
                let key = property.as_str().map_or_else(|| property.to_string(), str::to_owned);
                vec![Kind::MissingKey(key)]
            }
            Error::Type { kind } => {
                let types = match kind {
                    TypeKind::Single(one) => vec![one.to_string()],
                    TypeKind::Multiple(many) => many.iter().map(|one| one.to_string()).collect(),
                };
                vec![Kind::Expected { types, values: Vec::new() }]
            }
            Error::Enum { options } => {
                let values = options.as_array().cloned().unwrap_or_default();
                vec![Kind::Expected { types: Vec::new(), values }]
            }
            Error::Constant { expected_value } => {
                let values = vec![Value::clone(expected_value)];
                vec![Kind::Expected { types: Vec::new(), values }]
            }
            Error::PropertyNames { error } => key_name(error).into_iter().collect(),
            // `false` under a key is how older schemas say that the key must not be there.
            Error::FalseSchema if node.is_some() => match path.split_last() {
                Some(_) => vec![Kind::Other("is not allowed here".into())],
                None => Vec::new(),
            },
            // The engine gave up: nothing is known.
            Error::BacktrackLimitExceeded { .. }
            | Error::RegexEngineFailure { .. }
            | Error::Referencing(_) => Vec::new(),
            kind => vec![Kind::Other(other(kind, error))],
        }
    }

    /// The keys that the rejecting schema knows.
    fn known_keys(&self, error: &ValidationError<'_>, path: &[String]) -> Vec<String> {
        let at = error.schema_path().as_str();
        let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
        let names = match self.root.pointer(parent).filter(|it| it.get("properties").is_some()) {
            Some(schema) => place::names(&[schema]),
            None => place::names(&place::find(self.root, path).unwrap_or_default()),
        };
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// Whether the error says that something is not there.
fn lacks(kind: &Error) -> bool {
    matches!(
        kind,
        Error::Required { .. }
            | Error::MinItems { .. }
            | Error::MinProperties { .. }
            | Error::Contains
            | Error::PropertyNames { .. }
            | Error::Not { .. }
    )
}

/// Whether the author left open what the error is about.
fn excused(kind: &Error, node: &Node) -> bool {
    match kind {
        Error::Required { .. } | Error::MinProperties { .. } | Error::MinItems { .. } => {
            is_partial(node)
        }
        Error::Contains | Error::MaxItems { .. } | Error::AdditionalItems { .. } => {
            is_partial(node) || node.items().iter().any(is_open)
        }
        // A placeholder inside an object says nothing about the object's own keys.
        Error::AdditionalProperties { .. } | Error::UnevaluatedProperties { .. } => false,
        Error::PropertyNames { error } => error.instance().as_str().is_some_and(is_placeholder),
        Error::Type { .. } => node.as_str().is_some_and(is_placeholder_value),
        _ => is_open(node),
    }
}

fn key_name(error: &ValidationError<'_>) -> Option<Kind> {
    let key = error.instance().as_str()?.to_owned();
    let why = match error.kind() {
        Error::BacktrackLimitExceeded { .. } | Error::RegexEngineFailure { .. } => return None,
        Error::Pattern { pattern } => format!("must match the pattern `{pattern}`"),
        Error::AnyOf { .. } | Error::OneOfNotValid { .. } => "has none of the forms allowed".into(),
        kind => other(kind, error),
    };
    Some(Kind::KeyName { key, why })
}

/// The rest of a sentence that begins with the name of the value.
fn other(kind: &Error, error: &ValidationError<'_>) -> String {
    match kind {
        Error::Pattern { pattern } => format!("must match the pattern `{pattern}`"),
        Error::Format { format } => format!("must have the format `{format}`"),
        Error::Minimum { limit } => format!("must be at least {limit}"),
        Error::Maximum { limit } => format!("must be at most {limit}"),
        Error::ExclusiveMinimum { limit } => format!("must be more than {limit}"),
        Error::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Error::MinLength { limit: 1 } => "must not be empty".into(),
        Error::MinLength { limit } => format!("must have at least {limit} characters"),
        Error::MaxLength { limit } => format!("must have at most {limit} characters"),
        Error::MinItems { limit: 1 } => "must not be empty".into(),
        Error::MinItems { limit } => format!("must have at least {limit} items"),
        Error::MaxItems { limit } => format!("must have at most {limit} items"),
        Error::AdditionalItems { limit } => format!("must have at most {limit} items"),
        Error::MinProperties { limit } => format!("must have at least {limit} keys"),
        Error::MaxProperties { limit } => format!("must have at most {limit} keys"),
        Error::UniqueItems => "must not have an item twice".into(),
        Error::OneOfMultipleValid { .. } => "fits more than one of the forms allowed".into(),
        Error::Not { .. } => "has a form that is not allowed".into(),
        Error::Contains => "lacks an item of the form asked for".into(),
        _ => {
            let text = error.masked_with("the value").to_string();
            format!("does not satisfy `{}`: {text}", kind.keyword())
        }
    }
}
