//! The numbers of the schemas and patterns of a document: each subschema gets one, however many
//! references lead to it, and is compiled once.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::truth::pattern::{Pattern, Refusal};
use crate::truth::steps::Steps;

use super::program::{Compiled, Rules, SchemaId};
use super::resources::{ResourceId, Resources};

/// The most states of all patterns of a schema together. One state takes some ten bytes; the
/// largest schemas known have ten thousand.
const MAX_STATES: u64 = 500_000;
/// The most states of one pattern, as many as `.{10000}` takes.
const MAX_STATES_EACH: u64 = 20_000;

/// The schemas and patterns found so far.
pub(super) struct Numbering<'s> {
    pub resources: Resources<'s>,
    /// The schemas by their numbers; those that wait have no keywords yet.
    pub schemas: Vec<Compiled>,
    /// The numbers of schemas by the address of their value.
    known: HashMap<*const Value, SchemaId>,
    waiting: Vec<Waiting<'s>>,
    /// The schema that nothing is known about.
    unknown: Option<SchemaId>,
    /// The patterns by their numbers; `None` for one that could not be compiled.
    pub patterns: Vec<Option<Pattern>>,
    pattern_numbers: HashMap<&'s str, u32>,
    /// The patterns that could not be compiled.
    pub refused: BTreeSet<String>,
    states: Steps,
}

/// A schema that has a number but is not compiled: its value, and the resource it is part of.
pub(super) type Waiting<'s> = (SchemaId, &'s Value, ResourceId);

impl<'s> Numbering<'s> {
    /// The numbering of a document, without any schema yet.
    pub fn new(root: &'s Value) -> Self {
        Self {
            resources: Resources::new(root),
            schemas: Vec::new(),
            known: HashMap::new(),
            waiting: Vec::new(),
            unknown: None,
            patterns: Vec::new(),
            pattern_numbers: HashMap::new(),
            refused: BTreeSet::new(),
            states: Steps::new(MAX_STATES),
        }
    }

    /// The number of a schema, which is compiled later.
    pub fn schema(&mut self, value: &'s Value, around: ResourceId) -> SchemaId {
        if let Some(&id) = self.known.get(&std::ptr::from_ref(value)) {
            self.schemas[id as usize].shared = true;
            return id;
        }
        let id = self.add(Compiled::default());
        self.known.insert(value, id);
        self.waiting.push((id, value, self.resources.owner(value, around)));
        id
    }

    /// The number of the schema that nothing is known about.
    pub fn unknown(&mut self) -> SchemaId {
        if let Some(id) = self.unknown {
            return id;
        }
        let id = self.add(Compiled { rules: Rules::Unknown, ..Compiled::default() });
        self.unknown = Some(id);
        id
    }

    fn add(&mut self, schema: Compiled) -> SchemaId {
        self.schemas.push(schema);
        self.schemas.len() as SchemaId - 1
    }

    /// Removes the schema that is compiled next from the list.
    pub fn take_waiting(&mut self) -> Option<Waiting<'s>> {
        self.waiting.pop()
    }

    /// The number of a pattern, compiled if the budget allows it.
    pub fn pattern(&mut self, text: &'s str) -> u32 {
        if let Some(&number) = self.pattern_numbers.get(text) {
            return number;
        }
        let mut states = Steps::new(MAX_STATES_EACH);
        let mut compiled = Pattern::new(text, &mut states);
        if self.states.spend(states.spent().min(MAX_STATES_EACH) as usize).is_err() {
            compiled = Err(Refusal::TooLarge);
        }
        if compiled.is_err() {
            self.refused.insert(text.to_owned());
        }
        let number = self.patterns.len() as u32;
        self.patterns.push(compiled.ok());
        self.pattern_numbers.insert(text, number);
        number
    }
}
