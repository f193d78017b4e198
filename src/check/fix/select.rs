//! Selects the fixes of one round, and applies them to the texts of files.

use std::collections::BTreeMap;

use crate::diagnostic::{Edit, Fix, Safety};
use crate::rule::Diagnostic;
use crate::source::{Span, VPath};

/// The fixes that do not conflict, in the order of the findings. The others are considered again in
/// the next round, if they are still needed.
pub fn select<'d, 't>(
    diagnostics: &'d [Diagnostic],
    wanted: impl Fn(Safety) -> bool,
    text: &dyn Fn(&VPath) -> Option<&'t str>,
) -> Vec<&'d Fix> {
    let mut taken: BTreeMap<&VPath, BTreeMap<usize, Span>> = BTreeMap::new();
    let mut chosen = Vec::new();
    for fix in diagnostics.iter().filter_map(|one| one.finding.fix.as_ref()) {
        if !wanted(fix.safety)
            || fix.edits.is_empty()
            || !fix.edits.iter().all(|edit| fits(edit, text))
        {
            continue;
        }
        let free =
            |edit: &Edit| taken.get(&edit.path).is_none_or(|spans| !collides(spans, edit.span));
        if !fix.edits.iter().all(free) {
            continue;
        }
        for edit in &fix.edits {
            taken.entry(&edit.path).or_default().insert(edit.span.start, edit.span);
        }
        chosen.push(fix);
    }
    chosen
}

/// Whether an edit is inside its file and changes it.
fn fits<'t>(edit: &Edit, text: &dyn Fn(&VPath) -> Option<&'t str>) -> bool {
    text(&edit.path)
        .and_then(|text| text.get(edit.span.start..edit.span.end))
        .is_some_and(|old| old != edit.replacement)
}

/// Whether a span overlaps or touches one that is taken: the order of two insertions at the same
/// place would be undefined.
fn collides(taken: &BTreeMap<usize, Span>, span: Span) -> bool {
    let before = taken.range(..=span.start).next_back();
    let behind = taken.range(span.start..).next();
    before.is_some_and(|(_, other)| other.end >= span.start)
        || behind.is_some_and(|(start, _)| *start <= span.end)
}

/// The texts of the files after the fixes.
pub fn applied<'t>(
    fixes: &[&Fix],
    text: &dyn Fn(&VPath) -> Option<&'t str>,
) -> BTreeMap<VPath, String> {
    let mut edits: BTreeMap<&VPath, Vec<&Edit>> = BTreeMap::new();
    for edit in fixes.iter().flat_map(|fix| &fix.edits) {
        edits.entry(&edit.path).or_default().push(edit);
    }
    let mut texts = BTreeMap::new();
    for (path, mut edits) in edits {
        let Some(old) = text(path) else { continue };
        edits.sort_by_key(|edit| edit.span.start);
        let mut new = String::with_capacity(old.len());
        let mut at = 0;
        for edit in edits {
            new.push_str(&old[at..edit.span.start]);
            new.push_str(&edit.replacement);
            at = edit.span.end;
        }
        new.push_str(&old[at..]);
        texts.insert(path.clone(), new);
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Finding, Severity};
    use crate::rules::code_syntax;

    fn fix(edits: &[(usize, usize, &str)]) -> Diagnostic {
        let path = VPath::new("a.md").unwrap();
        let edits = edits
            .iter()
            .map(|&(start, end, with)| Edit {
                path: path.clone(),
                span: Span::new(start, end),
                replacement: with.to_owned(),
            })
            .collect();
        let fix = Fix { title: "x".to_owned(), safety: Safety::Safe, edits };
        let finding = Finding::new(&path, Span::new(0, 0), "x").fix(fix);
        Diagnostic { rule: &code_syntax::RULE, severity: Severity::Error, finding }
    }

    fn result(fixes: &[Diagnostic]) -> (usize, String) {
        let text = |_: &VPath| Some("0123456789");
        let chosen = select(fixes, |_| true, &text);
        let texts = applied(&chosen, &text);
        (chosen.len(), texts.into_values().next().unwrap_or_default())
    }

    #[test]
    fn repairs_are_whole_and_apart() {
        for (fixes, expected) in [
            (vec![fix(&[(1, 2, "a")]), fix(&[(5, 6, "b")])], (2, "0a234b6789")),
            (vec![fix(&[(1, 4, "a")]), fix(&[(3, 6, "b")])], (1, "0a456789")),
            (vec![fix(&[(3, 3, "a")]), fix(&[(3, 3, "b")])], (1, "012a3456789")),
            (vec![fix(&[(3, 4, "a")]), fix(&[(4, 4, "b")])], (1, "012a456789")),
            (
                vec![fix(&[(1, 2, ""), (8, 9, "")]), fix(&[(5, 6, ""), (8, 8, "x")])],
                (1, "02345679"),
            ),
            (vec![fix(&[(8, 9, ""), (1, 2, "")])], (1, "02345679")),
            (vec![fix(&[(8, 20, "")])], (0, "")),
            (vec![fix(&[(8, 9, "8")])], (0, "")),
            (vec![fix(&[])], (0, "")),
        ] {
            assert_eq!(result(&fixes), (expected.0, expected.1.to_owned()));
        }
    }
}
