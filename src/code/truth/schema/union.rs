//! `anyOf` and `oneOf`: which alternative the author meant.

use super::fault::{Fault, Kind};

/// The faults of the alternative that fits best.
///
/// An alternative of another type is not what was meant. Among those of the right type, one whose
/// constants agree (`type: "http"`) is meant; if none agrees, the constant is the fault. Whatever
/// remains is decided by the number of faults, then by the order in the schema.
pub(super) fn best(path: &[String], alternatives: Vec<Vec<Fault>>) -> Vec<Fault> {
    let of_this_shape: Vec<&Vec<Fault>> = alternatives
        .iter()
        .filter(|faults| !faults.iter().any(|fault| is_expectation(fault, path)))
        .collect();
    if of_this_shape.is_empty() {
        let here = alternatives.iter().map(|faults| {
            faults.iter().filter(|fault| is_expectation(fault, path)).cloned().collect()
        });
        return vec![Fault { path: path.to_vec(), kind: merge(here) }];
    }
    let agreeing = of_this_shape
        .iter()
        .filter(|faults| !faults.iter().any(|fault| is_discriminator(fault, path)));
    if let Some(faults) = agreeing.min_by_key(|faults| faults.len()) {
        return (*faults).clone();
    }
    shared_discriminator(path, &of_this_shape).map_or_else(
        || {
            let fewest = of_this_shape.iter().min_by_key(|faults| faults.len());
            fewest.map(|faults| (*faults).clone()).unwrap_or_default()
        },
        |fault| vec![fault],
    )
}

/// One fault for the constant on which every alternative stumbles, with all values it may have.
fn shared_discriminator(path: &[String], alternatives: &[&Vec<Fault>]) -> Option<Fault> {
    let first = alternatives.first()?;
    first.iter().filter(|fault| is_discriminator(fault, path)).find_map(|candidate| {
        let same = |fault: &&Fault| fault.path == candidate.path && is_discriminator(fault, path);
        let shared: Vec<Vec<Fault>> = alternatives
            .iter()
            .map(|faults| faults.iter().filter(same).cloned().collect())
            .collect();
        let everywhere = shared.iter().all(|faults: &Vec<Fault>| !faults.is_empty());
        everywhere.then(|| Fault { path: candidate.path.clone(), kind: merge(shared.into_iter()) })
    })
}

/// Whether the fault is about the type or the value of what stands at `path` itself.
fn is_expectation(fault: &Fault, path: &[String]) -> bool {
    fault.path == path && matches!(fault.kind, Kind::Expected { .. })
}

/// Whether the fault is a wrong constant directly under `path`.
fn is_discriminator(fault: &Fault, path: &[String]) -> bool {
    fault.path.len() == path.len() + 1
        && fault.path.starts_with(path)
        && matches!(&fault.kind, Kind::Expected { values, .. } if !values.is_empty())
}

/// One expectation out of many. Where an alternative names values, its type says nothing new.
fn merge(alternatives: impl Iterator<Item = Vec<Fault>>) -> Kind {
    let (mut all_types, mut all_values) = (Vec::new(), Vec::new());
    for faults in alternatives {
        let (mut types, mut values) = (Vec::new(), Vec::new());
        for fault in faults {
            if let Kind::Expected { types: t, values: v } = fault.kind {
                types.extend(t);
                values.extend(v);
            }
        }
        if values.is_empty() {
            all_types.extend(types);
        }
        all_values.extend(values);
    }
    let mut seen = Vec::new();
    all_types.retain(|one| {
        !seen.contains(one) && {
            seen.push(one.clone());
            true
        }
    });
    let mut seen = Vec::new();
    all_values.retain(|one| {
        !seen.contains(one) && {
            seen.push(one.clone());
            true
        }
    });
    Kind::Expected { types: all_types, values: all_values }
}
