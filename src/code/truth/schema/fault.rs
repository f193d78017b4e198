//! The faults of a value.

use std::rc::Rc;

use serde_json::Value;

use super::instance::ValueId;
use super::program::SchemaId;

/// One fault at one place of the document.
#[derive(Debug)]
pub(super) struct Fault {
    /// The value at fault.
    pub at: ValueId,
    /// What is wrong with it.
    pub kind: Kind,
}

/// Faults are shared, since they are passed on more often than created.
pub(super) type Faults = Vec<Rc<Fault>>;

/// The kinds of faults.
#[derive(Debug)]
pub(super) enum Kind {
    /// The object has a key that it must not have.
    UnknownKey {
        /// The key.
        key: String,
        /// The schema that does not know it.
        schema: SchemaId,
    },
    /// The object lacks a key.
    MissingKey(String),
    /// The value is of the wrong type, or not one of the allowed values.
    Expected {
        /// The types it may have.
        types: Vec<&'static str>,
        /// The values it may have.
        values: Vec<Value>,
    },
    /// A key of a map has a name that is not allowed.
    KeyName {
        /// The key.
        key: String,
        /// What is wrong with it; `None` if it fits none of several forms.
        fault: Option<Rc<Fault>>,
    },
    /// Anything else: a requirement of the value, as the rest of a sentence.
    Other(String),
}
