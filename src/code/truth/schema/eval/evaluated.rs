//! Which members and items the other keywords of a schema account for, for `unevaluatedProperties`
//! and `unevaluatedItems`.

use std::rc::Rc;

use crate::truth::schema::instance::{Shape, ValueId};
use crate::truth::schema::program::{Keyword, Properties, Rules, SchemaId};
use crate::truth::steps::Exhausted;

use super::{Evaluation, STACK};

impl<'e> Evaluation<'e> {
    /// For each member or item of a value, whether the schema accounts for it without
    /// `unevaluated…`. If that is not known, it does.
    pub(super) fn accounted_by_others(
        &mut self,
        schema: SchemaId,
        at: ValueId,
    ) -> Result<Vec<bool>, Exhausted> {
        let count = match &self.instance.entry(at).shape {
            Shape::Array(items) => items.len(),
            Shape::Object(members) => members.len(),
            _ => 0,
        };
        self.steps.spend(1 + count)?;
        let mut found = vec![false; count];
        let program = self.program;
        match &program.schemas[schema as usize].rules {
            Rules::Keywords(keywords) => {
                for keyword in keywords {
                    self.account(keyword, at, &mut found)?;
                }
            }
            Rules::Unknown => found.fill(true),
            Rules::Anything | Rules::Nothing => {}
        }
        Ok(found)
    }

    /// The same for a schema inside another, including its own `unevaluated…`.
    fn accounted(&mut self, schema: SchemaId, at: ValueId) -> Result<Rc<Vec<bool>>, Exhausted> {
        if let Some(known) = self.accounted.get(&(schema, at)) {
            return Ok(Rc::clone(known));
        }
        let mut found =
            stacker::maybe_grow(STACK.0, STACK.1, || self.accounted_by_others(schema, at))?;
        if let Rules::Keywords(keywords) = &self.program.schemas[schema as usize].rules {
            let shape = &self.instance.entry(at).shape;
            let all = keywords.iter().any(|keyword| match keyword {
                Keyword::UnevaluatedProperties(_) => matches!(shape, Shape::Object(_)),
                Keyword::UnevaluatedItems(_) => matches!(shape, Shape::Array(_)),
                _ => false,
            });
            if all {
                found.fill(true);
            }
        }
        let found = Rc::new(found);
        self.accounted.insert((schema, at), Rc::clone(&found));
        Ok(found)
    }

    fn account(
        &mut self,
        keyword: &'e Keyword,
        at: ValueId,
        found: &mut [bool],
    ) -> Result<(), Exhausted> {
        match keyword {
            Keyword::Ref { to, .. } => self.join(*to, at, found),
            Keyword::All(ids) | Keyword::Any(ids) | Keyword::One(ids) => {
                ids.iter().try_for_each(|id| self.join(*id, at, found))
            }
            Keyword::If { test, then, otherwise } => {
                let outcome = self.check(*test, at)?;
                self.join(*test, at, found)?;
                if let Some(then) = then.filter(|_| outcome.is_possible()) {
                    self.join(then, at, found)?;
                }
                match otherwise.filter(|_| !outcome.is_sure()) {
                    Some(otherwise) => self.join(otherwise, at, found),
                    None => Ok(()),
                }
            }
            Keyword::DependentSchemas(all) => {
                for (name, id) in all {
                    if self.instance.entry(at).member(name).is_some() {
                        self.join(*id, at, found)?;
                    }
                }
                Ok(())
            }
            Keyword::Properties(properties) => self.account_members(properties, at, found),
            Keyword::Items { first, rest } => {
                if matches!(self.instance.entry(at).shape, Shape::Array(_)) {
                    let known = if rest.is_some() { found.len() } else { first.len() };
                    found.iter_mut().take(known).for_each(|one| *one = true);
                }
                Ok(())
            }
            Keyword::Contains { schema, evaluates: true, .. } => {
                let Shape::Array(items) = &self.instance.entry(at).shape else { return Ok(()) };
                for (item, one) in items.iter().zip(found) {
                    *one |= self.check(*schema, *item)?.is_possible();
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Adds what another schema accounts for, if the value may satisfy it.
    fn join(&mut self, id: SchemaId, at: ValueId, found: &mut [bool]) -> Result<(), Exhausted> {
        if !self.check(id, at)?.is_possible() {
            return Ok(());
        }
        let also = self.accounted(id, at)?;
        self.steps.spend(also.len())?;
        found.iter_mut().zip(also.iter()).for_each(|(one, other)| *one |= *other);
        Ok(())
    }

    fn account_members(
        &mut self,
        properties: &Properties,
        at: ValueId,
        found: &mut [bool],
    ) -> Result<(), Exhausted> {
        for (member, one) in self.instance.entry(at).members().iter().zip(found) {
            self.steps.spend(1)?;
            let mut known =
                properties.additional.is_some() || properties.get(member.name).is_some();
            for (number, _) in &properties.patterns {
                known = known || self.matches(*number, member.name)? != Some(false);
            }
            *one |= known;
        }
        Ok(())
    }
}
