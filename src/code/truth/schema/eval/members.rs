//! The keywords about the members of objects and the items of lists.

use std::collections::HashSet;

use crate::truth::placeholder::is_placeholder;
use crate::truth::schema::fault::Kind;
use crate::truth::schema::instance::{Shape, ValueId};
use crate::truth::schema::program::{Keyword, Properties, Rules, SchemaId};
use crate::truth::steps::Exhausted;

use super::{Doubt, Evaluation, Excuse, Outcome};

/// The most unknown keys of one object that are reported.
const MAX_KEYS: usize = 50;
/// The most references that are followed for the message of a fault.
const MAX_REFERENCES: usize = 8;

impl<'e> Evaluation<'e> {
    /// One keyword about members or items.
    pub(super) fn members(
        &mut self,
        schema: SchemaId,
        keyword: &'e Keyword,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        match keyword {
            Keyword::Properties(properties) => self.properties(schema, properties, at, out),
            Keyword::PropertyNames(id) => self.names(*id, at, out),
            Keyword::Required(names) => self.required(names, at, out),
            Keyword::DependentRequired(all) => {
                for (name, names) in all {
                    self.steps.spend(1)?;
                    if self.instance.entry(at).member(name).is_some() {
                        self.required(names, at, out)?;
                    }
                }
                Ok(())
            }
            Keyword::DependentSchemas(all) => {
                for (name, id) in all {
                    self.steps.spend(1)?;
                    if self.instance.entry(at).member(name).is_some() {
                        self.also(*id, at, out)?;
                    }
                }
                Ok(())
            }
            Keyword::UnevaluatedProperties(id) => self.rest_of_members(schema, *id, at, out),
            Keyword::UnevaluatedItems(id) => self.rest_of_items(schema, *id, at, out),
            Keyword::Items { first, rest } => self.items(first, *rest, at, out),
            Keyword::Contains { schema, min, max, .. } => {
                self.contains(*schema, *min, *max, at, out)
            }
            Keyword::UniqueItems => self.unique(at, out),
            _ => Ok(()),
        }
    }

    fn is_nothing(&self, id: SchemaId) -> bool {
        matches!(self.program.schemas[id as usize].rules, Rules::Nothing)
    }

    fn properties(
        &mut self,
        schema: SchemaId,
        properties: &Properties,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let mut unknown = 0;
        for member in self.instance.entry(at).members() {
            self.steps.spend(1)?;
            let (mut known, mut undecided) = (false, false);
            if let Some(id) = properties.get(member.name) {
                known = true;
                self.below(id, member.value, out)?;
            }
            for (number, id) in &properties.patterns {
                match self.matches(*number, member.name)? {
                    Some(true) => {
                        known = true;
                        self.below(*id, member.value, out)?;
                    }
                    Some(false) => {}
                    None => undecided = true,
                }
            }
            if undecided {
                out.doubt(Doubt::UnknownSchema);
            }
            match properties.additional {
                Some(id) if !known && !undecided => {
                    if self.is_nothing(id) {
                        self.unknown_key(schema, member.name, at, &mut unknown, out);
                    } else {
                        self.below(id, member.value, out)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds a fault for a key that is not allowed. A placeholder is always allowed.
    fn unknown_key(
        &self,
        schema: SchemaId,
        key: &str,
        at: ValueId,
        count: &mut usize,
        out: &mut Outcome,
    ) {
        if !self.instance.is_literal() && is_placeholder(key) {
            out.doubt(Doubt::LeftOpen);
        } else if *count < MAX_KEYS {
            *count += 1;
            out.push(at, Kind::UnknownKey { key: key.to_owned(), schema });
        }
    }

    fn names(&mut self, id: SchemaId, at: ValueId, out: &mut Outcome) -> Result<(), Exhausted> {
        for member in self.instance.entry(at).members() {
            let outcome = self.check(id, member.key)?;
            out.doubt(outcome.doubt);
            let Some(fault) = outcome.faults.into_iter().next() else { continue };
            // Of several forms, the first that does not fit says little.
            let one_form = !matches!(fault.kind, Kind::Other(_)) || !self.is_union(id);
            let kind =
                Kind::KeyName { key: member.name.to_owned(), fault: one_form.then_some(fault) };
            self.fail(out, at, Excuse::Name, || kind);
        }
        Ok(())
    }

    /// Whether a schema is one of several forms, or refers to one that is.
    fn is_union(&self, mut id: SchemaId) -> bool {
        for _ in 0..MAX_REFERENCES {
            let Rules::Keywords(keywords) = &self.program.schemas[id as usize].rules else {
                return false;
            };
            let union = |keyword: &Keyword| matches!(keyword, Keyword::Any(_) | Keyword::One(_));
            if keywords.iter().any(union) {
                return true;
            }
            let next = keywords.iter().find_map(|keyword| match keyword {
                Keyword::Ref { to, .. } => Some(*to),
                _ => None,
            });
            let Some(next) = next else { return false };
            id = next;
        }
        false
    }

    fn required(
        &mut self,
        names: &[String],
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let instance = self.instance;
        if !matches!(instance.entry(at).shape, Shape::Object(_)) {
            return Ok(());
        }
        self.steps.spend(names.len())?;
        for name in names.iter().filter(|name| instance.entry(at).member(name).is_none()) {
            self.fail(out, at, Excuse::Absent, || Kind::MissingKey(name.clone()));
        }
        Ok(())
    }

    fn rest_of_members(
        &mut self,
        schema: SchemaId,
        rest: SchemaId,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let members = self.instance.entry(at).members();
        if members.is_empty() {
            return Ok(());
        }
        let accounted = self.accounted_by_others(schema, at)?;
        let mut unknown = 0;
        for (member, _) in members.iter().zip(accounted).filter(|(_, known)| !known) {
            if self.is_nothing(rest) {
                self.unknown_key(schema, member.name, at, &mut unknown, out);
            } else {
                self.below(rest, member.value, out)?;
            }
        }
        Ok(())
    }

    fn rest_of_items(
        &mut self,
        schema: SchemaId,
        rest: SchemaId,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let Shape::Array(items) = &self.instance.entry(at).shape else { return Ok(()) };
        let accounted = self.accounted_by_others(schema, at)?;
        for (item, _) in items.iter().zip(accounted).filter(|(_, known)| !known) {
            self.below(rest, *item, out)?;
        }
        Ok(())
    }

    fn items(
        &mut self,
        first: &[SchemaId],
        rest: Option<SchemaId>,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let Shape::Array(items) = &self.instance.entry(at).shape else { return Ok(()) };
        for (id, item) in first.iter().zip(items) {
            self.below(*id, *item, out)?;
        }
        let Some(rest) = rest else { return Ok(()) };
        if self.is_nothing(rest) && !first.is_empty() {
            if items.len() > first.len() {
                let words = format!("must have at most {} items", first.len());
                self.fail(out, at, Excuse::TooManyItems, || Kind::Other(words));
            }
            return Ok(());
        }
        items.iter().skip(first.len()).try_for_each(|item| self.below(rest, *item, out))
    }

    fn contains(
        &mut self,
        id: SchemaId,
        min: u64,
        max: Option<u64>,
        at: ValueId,
        out: &mut Outcome,
    ) -> Result<(), Exhausted> {
        let Shape::Array(items) = &self.instance.entry(at).shape else { return Ok(()) };
        let (mut sure, mut possible, mut doubt) = (0, 0, Doubt::None);
        for item in items {
            let outcome = self.check(id, *item)?;
            sure += u64::from(outcome.is_sure());
            possible += u64::from(outcome.is_possible());
            doubt = doubt.max(if outcome.is_possible() { outcome.doubt } else { Doubt::None });
        }
        if possible < min {
            let words = match min {
                1 => "has no item of the required form".to_owned(),
                _ => format!("must have at least {min} items of the required form"),
            };
            self.fail(out, at, Excuse::AbsentItem, || Kind::Other(words));
        } else if max.is_some_and(|max| sure > max) {
            let max = max.unwrap_or_default();
            let words = format!("must have at most {max} items of the required form");
            self.fail(out, at, Excuse::TooManyItems, || Kind::Other(words));
        } else if sure < min || max.is_some_and(|max| possible > max) {
            out.doubt(doubt);
        }
        Ok(())
    }

    fn unique(&mut self, at: ValueId, out: &mut Outcome) -> Result<(), Exhausted> {
        let Shape::Array(items) = &self.instance.entry(at).shape else { return Ok(()) };
        let mut seen = HashSet::new();
        for item in items {
            let mut text = String::new();
            self.write(*item, &mut text)?;
            if !seen.insert(text) {
                let words = || Kind::Other("must not contain an item twice".into());
                self.fail(out, at, Excuse::Value, words);
                break;
            }
        }
        Ok(())
    }

    /// Writes a value in a canonical form.
    fn write(&mut self, at: ValueId, text: &mut String) -> Result<(), Exhausted> {
        let before = text.len();
        match &self.instance.entry(at).shape {
            // It is not known whether they are equal.
            Shape::Unknown => text.push_str(&format!("?{at}")),
            Shape::Null => text.push('n'),
            Shape::Bool(value) => text.push(if *value { 't' } else { 'f' }),
            Shape::Number(number) => number.write(text),
            Shape::String(value) => text.push_str(&format!("{}\"{value}", value.len())),
            Shape::Array(items) => {
                text.push('[');
                for item in items {
                    self.write(*item, text)?;
                    text.push(',');
                }
                text.push(']');
            }
            Shape::Object(members) => {
                text.push('{');
                for member in members {
                    text.push_str(&format!("{}\"{}", member.name.len(), member.name));
                    self.write(member.value, text)?;
                    text.push(',');
                }
                text.push('}');
            }
        }
        self.steps.spend(1 + (text.len() - before) / 64)
    }
}
