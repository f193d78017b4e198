//! Finds the alternative of `anyOf` and `oneOf` that the author meant.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use super::fault::{Fault, Faults, Kind};
use super::instance::{Instance, ValueId};

/// The faults of the alternative that fits best.
///
/// An alternative of another type is not what was meant. Among those of the right type, one whose
/// constants agree (`type: "http"`) is meant; if none agrees, the constant is the fault. Whatever
/// remains is decided by the number of faults, then by the order in the schema.
pub(super) fn best(instance: &Instance<'_>, at: ValueId, alternatives: Vec<Faults>) -> Faults {
    let of_this_shape: Vec<&Faults> = alternatives
        .iter()
        .filter(|faults| !faults.iter().any(|fault| is_expectation(fault, at)))
        .collect();
    if of_this_shape.is_empty() {
        let kind = merge(alternatives.iter().map(|faults| {
            faults.iter().filter(|fault| is_expectation(fault, at)).map(Rc::as_ref).collect()
        }));
        return vec![Rc::new(Fault { at, kind })];
    }
    let agreeing = of_this_shape
        .iter()
        .filter(|faults| !faults.iter().any(|fault| is_discriminator(instance, fault, at)));
    if let Some(faults) = agreeing.min_by_key(|faults| faults.len()) {
        return (*faults).clone();
    }
    shared_discriminator(instance, at, &of_this_shape).map_or_else(
        || {
            let fewest = of_this_shape.iter().min_by_key(|faults| faults.len());
            fewest.map(|faults| (*faults).clone()).unwrap_or_default()
        },
        |fault| vec![Rc::new(fault)],
    )
}

/// One fault for the constant that is wrong for every alternative, with all values it may have.
fn shared_discriminator(
    instance: &Instance<'_>,
    at: ValueId,
    alternatives: &[&Faults],
) -> Option<Fault> {
    let first = alternatives.first()?;
    let is_one = |fault: &&Rc<Fault>| is_discriminator(instance, fault, at);
    first.iter().filter(is_one).find_map(|candidate| {
        let same = |fault: &&Rc<Fault>| fault.at == candidate.at && is_one(fault);
        let shared: Vec<Vec<&Fault>> = alternatives
            .iter()
            .map(|faults| faults.iter().filter(same).map(Rc::as_ref).collect())
            .collect();
        let everywhere = shared.iter().all(|faults: &Vec<&Fault>| !faults.is_empty());
        everywhere.then(|| Fault { at: candidate.at, kind: merge(shared.into_iter()) })
    })
}

/// Whether the fault is about the type or the value of `at` itself.
fn is_expectation(fault: &Fault, at: ValueId) -> bool {
    fault.at == at && matches!(fault.kind, Kind::Expected { .. })
}

/// Whether the fault is a wrong constant directly under `at`.
fn is_discriminator(instance: &Instance<'_>, fault: &Fault, at: ValueId) -> bool {
    instance.parent(fault.at) == Some(at)
        && matches!(&fault.kind, Kind::Expected { values, .. } if !values.is_empty())
}

/// Merges several expectations. The type of an alternative that names values is redundant.
fn merge<'f>(alternatives: impl Iterator<Item = Vec<&'f Fault>>) -> Kind {
    let (mut all_types, mut all_values): (Vec<&'static str>, Vec<&Value>) = Default::default();
    for faults in alternatives {
        let (mut own_types, mut own_values): (Vec<&'static str>, Vec<&Value>) = Default::default();
        for fault in faults {
            if let Kind::Expected { types, values } = &fault.kind {
                own_types.extend(types);
                own_values.extend(values);
            }
        }
        if own_values.is_empty() {
            all_types.extend(own_types);
        }
        all_values.extend(own_values);
    }
    let mut types: Vec<&'static str> = Vec::new();
    for one in all_types {
        if !types.contains(&one) {
            types.push(one);
        }
    }
    let mut seen = HashSet::new();
    all_values.retain(|one: &&Value| seen.insert(one.to_string()));
    Kind::Expected { types, values: all_values.into_iter().cloned().collect() }
}
