//! Validation of a value against a schema.
//!
//! There are three results: the value is valid, it is not, or that is not known, since the author
//! left something to the reader or the schema uses something that docgen does not support. The
//! result of a schema that is used in several places is kept for each value, so the work grows with
//! the number of pairs of the two and not with the number of paths to them; and each step of it is
//! taken off a budget.

mod evaluated;
mod members;
mod scalar;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::rc::Rc;

use rapidhash::RapidHashMap;

use crate::truth::steps::{Exhausted, Steps};

use super::fault::{Fault, Faults, Kind};
use super::instance::{Instance, Shape, ValueId};
use super::program::{Keyword, Program, Rules, SchemaId};
use super::union;

/// The most faults of one value that are passed on.
const MAX_FAULTS: usize = 1000;
/// How deeply schemas may be nested during validation. An example is at most 64 levels deep, and a
/// level takes a few of them.
const MAX_NESTING: usize = 1000;
/// The most stack that one level takes, and the size of a new segment of stack, in bytes.
const STACK: (usize, usize) = (64 << 10, 1 << 20);

/// How certain a result without faults is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// The value is valid.
    #[default]
    None,
    /// The author left the deciding part to the reader.
    LeftOpen,
    /// The schema uses something that docgen does not support.
    UnknownSchema,
}

/// The result for a value and a schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// What is wrong with it.
    pub faults: Faults,
    /// If there are no faults: how certain that is.
    pub doubt: Doubt,
}

impl Outcome {
    /// Whether the value is certainly valid.
    fn is_sure(&self) -> bool {
        self.faults.is_empty() && self.doubt == Doubt::None
    }

    /// Whether the value may be valid.
    fn is_possible(&self) -> bool {
        self.faults.is_empty()
    }

    fn doubt(&mut self, doubt: Doubt) {
        self.doubt = self.doubt.max(doubt);
    }

    fn push(&mut self, at: ValueId, kind: Kind) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Rc::new(Fault { at, kind }));
        }
    }
}

/// What an author may leave open, so that a fault is excused.
#[derive(Clone, Copy)]
enum Excuse {
    /// Something is missing: a gap next to it may represent it.
    Absent,
    /// No item has a certain form: a gap or an open item may have it.
    AbsentItem,
    /// Too many items: a gap or an open item may not be an item.
    TooManyItems,
    /// The form of the value is not allowed: any part of it may be open.
    Form,
    /// The value is wrong: any part of it may be open.
    Value,
    /// The type is wrong: a placeholder may have any.
    Type,
    /// A key has the wrong name; what it left open was asked before.
    Name,
}

/// A running validation.
pub(super) struct Evaluation<'e> {
    program: &'e Program,
    instance: &'e Instance<'e>,
    steps: &'e mut Steps,
    known: RapidHashMap<(SchemaId, ValueId), Outcome>,
    /// Which members or items a schema accounts for.
    accounted: RapidHashMap<(SchemaId, ValueId), Rc<Vec<bool>>>,
    nesting: usize,
}

impl<'e> Evaluation<'e> {
    pub fn new(program: &'e Program, instance: &'e Instance<'e>, steps: &'e mut Steps) -> Self {
        let (known, accounted) = Default::default();
        Self { program, instance, steps, known, accounted, nesting: 0 }
    }

    /// Validates a value against a schema.
    pub fn check(&mut self, schema: SchemaId, at: ValueId) -> Result<Outcome, Exhausted> {
        self.steps.spend(1)?;
        let program = self.program;
        let compiled = &program.schemas[schema as usize];
        let mut out = Outcome::default();
        let keywords = match &compiled.rules {
            Rules::Anything => return Ok(out),
            _ if matches!(self.instance.entry(at).shape, Shape::Unknown) => {
                out.doubt(Doubt::LeftOpen);
                return Ok(out);
            }
            Rules::Unknown => {
                out.doubt(Doubt::UnknownSchema);
                return Ok(out);
            }
            Rules::Nothing => {
                let not_allowed = || Kind::Other("is not allowed here".into());
                self.fail(&mut out, at, Excuse::Value, not_allowed);
                return Ok(out);
            }
            Rules::Keywords(keywords) => keywords,
        };
        if compiled.shared
            && let Some(known) = self.known.get(&(schema, at))
        {
            let known = known.clone();
            self.steps.spend(known.faults.len())?;
            return Ok(known);
        }
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            return Err(Exhausted);
        }
        stacker::maybe_grow(STACK.0, STACK.1, || {
            keywords.iter().try_for_each(|keyword| self.keyword(schema, keyword, at, &mut out))
        })?;
        self.nesting -= 1;
        if compiled.shared {
            self.known.insert((schema, at), out.clone());
        }
        Ok(out)
    }

    fn keyword(
        &mut self,
        schema: SchemaId,
        keyword: &'e Keyword,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        self.steps.spend(1)?;
        match keyword {
            Keyword::Ref { to, .. } => self.also(*to, at, out),
            Keyword::All(ids) => ids.iter().try_for_each(|id| self.also(*id, at, out)),
            Keyword::Any(ids) => self.any(ids, at, out),
            Keyword::One(ids) => self.one(ids, at, out),
            Keyword::Not(id) => self.not(*id, at, out),
            Keyword::If { test, then, otherwise } => {
                self.condition(*test, *then, *otherwise, at, out)
            }
            Keyword::Types(_)
            | Keyword::Enum { .. }
            | Keyword::Bound { .. }
            | Keyword::MultipleOf { .. }
            | Keyword::Size { .. }
            | Keyword::Pattern { .. }
            | Keyword::Format { .. } => self.scalar(keyword, at, out),
            _ => self.members(schema, keyword, at, out),
        }
    }

    /// Adds a fault, or a doubt if the author left open what it is about.
    fn fail(&self, out: &mut Outcome, at: ValueId, excuse: Excuse, kind: impl FnOnce() -> Kind) {
        let entry = self.instance.entry(at);
        let open_item = || match &entry.shape {
            Shape::Array(items) => items.iter().any(|item| self.instance.entry(*item).open),
            _ => false,
        };
        // The document around the example is made up and contains only the example. Missing
        // parts there are not faults; a wrong shape still tells the alternatives of a union
        // apart.
        let around = entry.node.is_none() && entry.key_span.is_none();
        let excused = match excuse {
            Excuse::Absent => around || entry.partial,
            Excuse::AbsentItem => around || entry.partial || open_item(),
            Excuse::TooManyItems => entry.partial || open_item(),
            Excuse::Form => around || entry.open,
            Excuse::Value => entry.open,
            Excuse::Type => entry.open && matches!(entry.shape, Shape::String(_)),
            Excuse::Name => around,
        };
        if excused {
            out.doubt(Doubt::LeftOpen);
        } else {
            out.push(at, kind());
        }
    }

    /// Validates the value against one more schema.
    fn also(&mut self, id: SchemaId, at: ValueId, out: &mut Outcome) -> Result<(), Exhausted> {
        let mut outcome = self.check(id, at)?;
        if !out.faults.is_empty() && !outcome.faults.is_empty() {
            // The same fault may be found in several ways, and would be doubled at each level.
            self.steps.spend(out.faults.len())?;
            let known: HashSet<*const Fault> = out.faults.iter().map(Rc::as_ptr).collect();
            outcome.faults.retain(|fault| !known.contains(&Rc::as_ptr(fault)));
        }
        self.take(outcome, out)
    }

    /// Validates a member or an item of the value against its schema.
    fn below(&mut self, id: SchemaId, at: ValueId, out: &mut Outcome) -> Result<(), Exhausted> {
        let outcome = self.check(id, at)?;
        self.take(outcome, out)
    }

    fn take(&mut self, outcome: Outcome, out: &mut Outcome) -> Result<(), Exhausted> {
        self.steps.spend(outcome.faults.len())?;
        out.doubt(outcome.doubt);
        let room = MAX_FAULTS - out.faults.len();
        out.faults.extend(outcome.faults.into_iter().take(room));
        Ok(())
    }

    /// `anyOf`: it fails only if each alternative has a fault.
    fn any(&mut self, ids: &[SchemaId], at: ValueId, out: &mut Outcome) -> Result<(), Exhausted> {
        let (mut alternatives, mut possible) = (Vec::new(), None::<Doubt>);
        for id in ids {
            let outcome = self.check(*id, at)?;
            if outcome.is_sure() {
                return Ok(());
            } else if outcome.is_possible() {
                possible = Some(possible.map_or(outcome.doubt, |one| one.min(outcome.doubt)));
            } else {
                self.steps.spend(outcome.faults.len())?;
                alternatives.push(outcome.faults);
            }
        }
        self.none_is_sure(possible, alternatives, at, out);
        Ok(())
    }

    /// `oneOf`: the same, but it fails as well if more than one fits.
    fn one(&mut self, ids: &[SchemaId], at: ValueId, out: &mut Outcome) -> Result<(), Exhausted> {
        let (mut alternatives, mut possible, mut sure) = (Vec::new(), None::<Doubt>, 0);
        for id in ids {
            let outcome = self.check(*id, at)?;
            if outcome.is_sure() {
                sure += 1;
            } else if outcome.is_possible() {
                possible = Some(possible.map_or(outcome.doubt, |one| one.min(outcome.doubt)));
            } else {
                self.steps.spend(outcome.faults.len())?;
                alternatives.push(outcome.faults);
            }
        }
        match sure {
            0 => self.none_is_sure(possible, alternatives, at, out),
            1 => out.doubt(possible.unwrap_or_default()),
            _ => {
                let several = || Kind::Other("fits more than one of the forms allowed".into());
                self.fail(out, at, Excuse::Value, several);
            }
        }
        Ok(())
    }

    fn none_is_sure(
        &self,
        possible: Option<Doubt>,
        alternatives: Vec<Faults>,
        at: ValueId,
        out: &mut Outcome,
    ) {
        match possible {
            Some(doubt) => out.doubt(doubt),
            None => {
                let room = MAX_FAULTS - out.faults.len();
                let best = union::best(self.instance, at, alternatives);
                out.faults.extend(best.into_iter().take(room));
            }
        }
    }

    fn not(&mut self, id: SchemaId, at: ValueId, out: &mut Outcome) -> Result<(), Exhausted> {
        let outcome = self.check(id, at)?;
        if outcome.is_sure() {
            let form = || Kind::Other("has a form that is not allowed".into());
            self.fail(out, at, Excuse::Form, form);
        } else if outcome.is_possible() {
            out.doubt(outcome.doubt);
        }
        Ok(())
    }

    fn condition(
        &mut self,
        test: SchemaId,
        then: Option<SchemaId>,
        otherwise: Option<SchemaId>,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let outcome = self.check(test, at)?;
        let branch = match (outcome.is_sure(), outcome.is_possible()) {
            (true, _) => then,
            (_, false) => otherwise,
            _ => {
                out.doubt(outcome.doubt);
                None
            }
        };
        branch.map_or(Ok(()), |id| self.also(id, at, out))
    }
}
