//! The keywords about a single value.

use std::cmp::Ordering;

use crate::truth::schema::fault::Kind;
use crate::truth::schema::format::Check;
use crate::truth::schema::instance::{Shape, ValueId};
use crate::truth::schema::number::Decimal;
use crate::truth::schema::program::{Bound, Datum, Keyword, Size, Types};
use crate::truth::steps::Exhausted;

use super::{Doubt, Evaluation, Excuse, Outcome};

/// The number of characters that are counted in the time of one step.
const CHARS_PER_STEP: usize = 64;

impl<'e> Evaluation<'e> {
    /// One keyword about a single value.
    pub(super) fn scalar(
        &mut self,
        keyword: &'e Keyword,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let instance = self.instance;
        match (keyword, &instance.entry(at).shape) {
            (Keyword::Types(types), shape) if !fits(*types, shape) => {
                let kind = || Kind::Expected { types: types.names().collect(), values: Vec::new() };
                self.fail(out, at, Excuse::Type, kind);
            }
            (Keyword::Enum { values, data }, _) => {
                let mut found = false;
                for one in data {
                    found = found || self.equals(one, at)?;
                }
                if !found {
                    self.steps.spend(values.len())?;
                    let kind = || Kind::Expected { types: Vec::new(), values: values.clone() };
                    self.fail(out, at, Excuse::Value, kind);
                }
            }
            (Keyword::Bound { kind, limit, text }, Shape::Number(number)) => {
                if let Some(words) = breaks(*kind, number, limit) {
                    let kind = || Kind::Other(format!("must be {words} {text}"));
                    self.fail(out, at, Excuse::Value, kind);
                }
            }
            (Keyword::MultipleOf { unit, text }, Shape::Number(number)) => {
                match number.is_multiple_of(unit) {
                    Some(true) => {}
                    Some(false) => {
                        let kind = || Kind::Other(format!("must be a multiple of {text}"));
                        self.fail(out, at, Excuse::Value, kind);
                    }
                    None => out.doubt(Doubt::UnknownSchema),
                }
            }
            (Keyword::Size { kind, limit }, _) => self.size(*kind, *limit, at, out)?,
            (Keyword::Pattern { number, text }, Shape::String(value)) => {
                match self.matches(*number, value)? {
                    Some(true) => {}
                    Some(false) => {
                        let kind = || Kind::Other(format!("must match the pattern `{text}`"));
                        self.fail(out, at, Excuse::Value, kind);
                    }
                    None => out.doubt(Doubt::UnknownSchema),
                }
            }
            (Keyword::Format { format, pattern }, Shape::String(value)) => {
                self.steps.spend(1 + value.len() / CHARS_PER_STEP)?;
                let found = match (&format.check, pattern) {
                    (Check::Function(check), _) => check(value, self.steps)?,
                    (_, Some(number)) => self.matches(*number, value)?,
                    _ => None,
                };
                match found {
                    Some(true) => {}
                    Some(false) => {
                        let kind =
                            || Kind::Other(format!("must have the format `{}`", format.name));
                        self.fail(out, at, Excuse::Value, kind);
                    }
                    None => out.doubt(Doubt::UnknownSchema),
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a pattern of the program matches; `None` if it could not be compiled.
    pub(super) fn matches(&mut self, number: u32, text: &str) -> Result<Option<bool>, Exhausted> {
        match &self.program.patterns[number as usize] {
            Some(pattern) => pattern.is_match(text, self.steps).map(Some),
            None => Ok(None),
        }
    }

    fn size(
        &mut self,
        kind: Size,
        limit: u64,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let (size, what) = match (kind, &self.instance.entry(at).shape) {
            (Size::MinLength | Size::MaxLength, Shape::String(text)) => {
                self.steps.spend(text.len() / CHARS_PER_STEP)?;
                (text.chars().count(), "characters")
            }
            (Size::MinItems | Size::MaxItems, Shape::Array(items)) => (items.len(), "items"),
            (Size::MinProperties | Size::MaxProperties, Shape::Object(members)) => {
                (members.len(), "keys")
            }
            _ => return Ok(()),
        };
        let size = size as u64;
        let excuse = match kind {
            Size::MinItems | Size::MinProperties => Excuse::Absent,
            Size::MaxItems => Excuse::TooManyItems,
            _ => Excuse::Value,
        };
        let least = matches!(kind, Size::MinLength | Size::MinItems | Size::MinProperties);
        let words = match (least, limit) {
            (true, _) if size >= limit => return Ok(()),
            (false, _) if size <= limit => return Ok(()),
            (true, 1) if kind != Size::MinProperties => "must not be empty".to_owned(),
            (true, _) => format!("must have at least {limit} {what}"),
            (false, _) => format!("must have at most {limit} {what}"),
        };
        self.fail(out, at, excuse, || Kind::Other(words));
        Ok(())
    }

    /// Whether a value equals that of the schema.
    fn equals(&mut self, wanted: &Datum, at: ValueId) -> Result<bool, Exhausted> {
        self.steps.spend(1)?;
        let instance = self.instance;
        Ok(match (wanted, &instance.entry(at).shape) {
            (Datum::Null, Shape::Null) => true,
            (Datum::Bool(wanted), Shape::Bool(found)) => wanted == found,
            (Datum::Number(wanted), Shape::Number(found)) => wanted == found,
            (Datum::String(wanted), Shape::String(found)) => wanted == found,
            (Datum::Array(wanted), Shape::Array(found)) => {
                if wanted.len() != found.len() {
                    return Ok(false);
                }
                for (wanted, found) in wanted.iter().zip(found) {
                    if !self.equals(wanted, *found)? {
                        return Ok(false);
                    }
                }
                true
            }
            (Datum::Object(wanted), Shape::Object(found)) => {
                if wanted.len() != found.len() {
                    return Ok(false);
                }
                for ((key, wanted), found) in wanted.iter().zip(found) {
                    if key != found.name || !self.equals(wanted, found.value)? {
                        return Ok(false);
                    }
                }
                true
            }
            _ => false,
        })
    }
}

fn fits(types: Types, shape: &Shape<'_>) -> bool {
    match shape {
        Shape::Unknown => true,
        Shape::Null => types.contains("null"),
        Shape::Bool(_) => types.contains("boolean"),
        Shape::String(_) => types.contains("string"),
        Shape::Array(_) => types.contains("array"),
        Shape::Object(_) => types.contains("object"),
        Shape::Number(number) => {
            let whole = match types.plain_integers {
                true => number.is_plain_integer(),
                false => number.is_integer(),
            };
            types.contains("number") || whole && types.contains("integer")
        }
    }
}

/// What a number that breaks the limit must be.
fn breaks(kind: Bound, number: &Decimal, limit: &Decimal) -> Option<&'static str> {
    let order = number.cmp(limit);
    let (broken, words) = match kind {
        Bound::Minimum => (order == Ordering::Less, "at least"),
        Bound::Maximum => (order == Ordering::Greater, "at most"),
        Bound::ExclusiveMinimum => (order != Ordering::Greater, "more than"),
        Bound::ExclusiveMaximum => (order != Ordering::Less, "less than"),
    };
    broken.then_some(words)
}
