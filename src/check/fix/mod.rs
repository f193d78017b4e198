//! Applies what findings offer as a repair, until nothing is left to apply.
//!
//! Nothing here writes: texts go in and texts come out. A repair is applied whole or not at all,
//! and only where the file on disk is the text that was looked at.

pub mod select;

use std::collections::{BTreeMap, BTreeSet};

use crate::checker::Checked;
use crate::diagnostic::Safety;
use crate::error::Result;
use crate::project::{Inputs, Model, Overlay, Overrides, Text, Tree};
use crate::source::VPath;

/// More rounds than any tree needs: repairs that undo each other must not go on for ever.
const MAX_ROUNDS: usize = 10;

/// A file before and after its repairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The text that was looked at.
    pub before: String,
    /// The text without what was found.
    pub after: String,
}

/// The result of repairing a tree.
pub struct Mended {
    /// The model of the tree after the repairs, if there was any.
    pub model: Option<Model>,
    /// What is left to report.
    pub checked: Checked,
    /// The files that changed.
    pub changes: BTreeMap<VPath, Change>,
    /// How many repairs were applied.
    pub applied: usize,
    /// Whether repairs were left when the rounds were over: some undo each other.
    pub unstable: bool,
}

/// Repairs a tree in memory. `check` gives the findings that may be repaired.
pub fn mend(
    tree: &dyn Tree,
    overrides: &Overrides,
    first: &Model,
    unsafe_too: bool,
    check: &dyn Fn(&Model) -> Checked,
) -> Result<Mended> {
    let mut overlay = Overlay::new(tree);
    let mut before: BTreeMap<VPath, String> = BTreeMap::new();
    let mut seen: BTreeSet<(VPath, String)> = BTreeSet::new();
    let (mut later, mut applied, mut unstable) = (None, 0, false);
    let mut checked = check(first);
    for round in 0.. {
        let model: &Model = later.as_ref().unwrap_or(first);
        let wanted = |safety: Safety| unsafe_too || safety == Safety::Safe;
        // Text that stands in no file as it is, such as that of settings that are read elsewhere,
        // is not repaired.
        let as_it_is = |path: &VPath| {
            let source = model.source(path)?;
            let same = matches!(overlay.text(path), Text::Ok(text) if text == source.text);
            (same && !is_read_before(overrides, path)).then_some(source.text.as_str())
        };
        let chosen = select::select(&checked.diagnostics, wanted, &as_it_is);
        let mut texts = select::applied(&chosen, &as_it_is);
        // A text that was there before means that repairs undo each other.
        texts.retain(|path, text| seen.insert((path.clone(), text.clone())));
        if texts.is_empty() || round == MAX_ROUNDS {
            unstable = !chosen.is_empty();
            break;
        }
        applied += chosen
            .iter()
            .filter(|fix| fix.edits.iter().all(|edit| texts.contains_key(&edit.path)))
            .count();
        for path in texts.keys() {
            let old = as_it_is(path).unwrap_or_default().to_owned();
            seen.insert((path.clone(), old.clone()));
            before.entry(path.clone()).or_insert(old);
        }
        texts.into_iter().for_each(|(path, text)| overlay.set(&path, text));
        checked = check(later.insert(Model::new(Inputs::load(&overlay, overrides)?)?));
    }
    let mut changes = BTreeMap::new();
    for (path, after) in overlay.changed() {
        let Some(before) = before.remove(path).filter(|before| before != after) else { continue };
        changes.insert(path.clone(), Change { before, after: after.to_owned() });
    }
    Ok(Mended { model: later, checked, changes, applied, unstable })
}

/// Settings of other generators are read before the tree is, and would not be read again.
fn is_read_before(overrides: &Overrides, path: &VPath) -> bool {
    let found = overrides.found.as_ref();
    found.is_some_and(|found| found.sources.iter().any(|source| source.path == *path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Checker;
    use crate::project::MemoryTree;

    fn mended(page: &str, unsafe_too: bool) -> (String, Mended) {
        let tree = MemoryTree::new([
            ("docgen.toml".to_owned(), String::new()),
            ("content/index.md".to_owned(), "# Home\n".to_owned()),
            ("content/a.md".to_owned(), page.to_owned()),
        ]);
        let overrides = Overrides::default();
        let model = Model::new(Inputs::load(&tree, &overrides).unwrap()).unwrap();
        let mended =
            mend(&tree, &overrides, &model, unsafe_too, &|model| Checker::new(model).check())
                .unwrap();
        let path = VPath::new("content/a.md").unwrap();
        let after = mended.changes.get(&path).map_or(page, |change| &change.after).to_owned();
        (after, mended)
    }

    #[test]
    fn safe_repairs_are_applied_and_others_on_request() {
        let page = "# A\n\n```json\n{“a”: 1}\n```\n\n[x](indx.md)\n";
        let (safe, one) = mended(page, false);
        assert_eq!(safe, page.replace(['“', '”'], "\""));
        assert_eq!((one.applied, one.unstable), (1, false));
        let (all, two) = mended(page, true);
        assert_eq!(all, safe.replace("indx", "index"));
        assert_eq!((two.applied, two.checked.diagnostics.len()), (2, 0));
    }

    #[test]
    fn bytes_outside_of_the_edits_stay() {
        for page in [
            "\u{feff}# A\r\n\r\n\tcode\r\n\r\n```json\r\n{“a”: 1}\r\n```\r\n",
            "# A\n\n```json\n{“a”:\t1}  \n```",
            "# A\r\n\n> ```json\r\n> {“a”: 1}\n> ```\r\n",
        ] {
            let (after, one) = mended(page, false);
            assert_eq!(after, page.replace(['“', '”'], "\""));
            assert_eq!(one.applied, 1);
        }
    }

    #[test]
    fn a_tree_without_repairs_stays_as_it_is() {
        let (after, one) = mended("# A\n", true);
        assert_eq!((after.as_str(), one.applied, one.changes.len()), ("# A\n", 0, 0));
    }
}
