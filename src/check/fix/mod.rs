//! Applies fixes in memory, until none is left.
//!
//! Nothing here writes files. A fix is applied completely or not at all, and only to files whose
//! text is what was checked.

pub mod select;

use std::collections::{BTreeMap, BTreeSet};

use crate::checker::Checked;
use crate::diagnostic::{Fix, Safety};
use crate::error::Result;
use crate::project::{Loader, Model, Overlay, Text, Tree};
use crate::rule::Diagnostic;
use crate::source::VPath;

/// The most rounds: fixes that undo each other must not go on for ever.
const MAX_ROUNDS: usize = 10;

/// A file before and after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The text that was checked.
    pub before: String,
    /// The text with the fixes.
    pub after: String,
}

/// The result of fixing a tree.
pub struct Fixed {
    /// The model of the fixed tree, if anything changed.
    pub model: Option<Model>,
    /// The findings that are left.
    pub checked: Checked,
    /// The files that changed.
    pub changes: BTreeMap<VPath, Change>,
    /// The files of each fix that was applied.
    pub applied: Vec<BTreeSet<VPath>>,
    /// The files with fixes that must not be changed.
    pub refused: BTreeSet<VPath>,
    /// Whether fixes were left after the last round, because some undo each other.
    pub unstable: bool,
}

/// Which fixes to apply.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Also apply unsafe fixes, which may change the meaning.
    pub unsafe_too: bool,
    /// Whether a file may be changed. A symbolic link must not be: its text is in another file, and
    /// replacing the link would separate the two.
    pub may_change: &'a dyn Fn(&VPath) -> bool,
}

impl Options<'_> {
    fn want(&self, safety: Safety) -> bool {
        self.unsafe_too || safety == Safety::Safe
    }
}

/// The files with applicable fixes that must not be changed.
pub fn refused(diagnostics: &[Diagnostic], options: &Options<'_>) -> BTreeSet<VPath> {
    let fixes = diagnostics.iter().filter_map(|one| one.finding.fix.as_ref());
    let edits = fixes.filter(|fix| options.want(fix.safety)).flat_map(|fix| &fix.edits);
    let paths: BTreeSet<&VPath> = edits.map(|edit| &edit.path).collect();
    paths.into_iter().filter(|path| !(options.may_change)(path)).cloned().collect()
}

/// Fixes a tree in memory. `check` returns the findings whose fixes may be applied.
pub fn apply(
    tree: &dyn Tree,
    loader: &Loader,
    first: &Model,
    options: &Options<'_>,
    check: &dyn Fn(&Model) -> Checked,
) -> Result<Fixed> {
    let mut overlay = Overlay::new(tree);
    let mut before: BTreeMap<VPath, String> = BTreeMap::new();
    let mut seen: BTreeSet<(VPath, String)> = BTreeSet::new();
    let (mut later, mut applied, mut unstable) = (None, Vec::new(), false);
    let mut checked = check(first);
    for round in 0.. {
        let model: &Model = later.as_ref().unwrap_or(first);
        // Text that is not literally in a file, such as settings included from elsewhere, is not
        // fixed.
        let as_it_is = |path: &VPath| {
            let source = model.source(path)?;
            let same = matches!(overlay.text(path), Text::Ok(text) if text == source.text);
            let free = same && !is_read_before(loader, path) && (options.may_change)(path);
            free.then_some(source.text.as_str())
        };
        let wanted = |safety| options.want(safety);
        let chosen = select::select(&checked.diagnostics, wanted, &as_it_is);
        let mut texts = select::applied(&chosen, &as_it_is);
        // A text that occurred before means that fixes undo each other.
        texts.retain(|path, text| seen.insert((path.clone(), text.clone())));
        if texts.is_empty() || round == MAX_ROUNDS {
            unstable = !chosen.is_empty();
            break;
        }
        let paths = |fix: &&Fix| fix.edits.iter().map(|edit| edit.path.clone()).collect();
        let whole = |paths: &BTreeSet<VPath>| paths.iter().all(|path| texts.contains_key(path));
        applied.extend(chosen.iter().map(paths).filter(whole));
        for path in texts.keys() {
            let old = as_it_is(path).unwrap_or_default().to_owned();
            seen.insert((path.clone(), old.clone()));
            before.entry(path.clone()).or_insert(old);
        }
        texts.into_iter().for_each(|(path, text)| overlay.set(&path, text));
        checked = check(later.insert(loader.load(&overlay)?));
    }
    let mut changes = BTreeMap::new();
    for (path, after) in overlay.changed() {
        let Some(before) = before.remove(path).filter(|before| before != after) else { continue };
        changes.insert(path.clone(), Change { before, after: after.to_owned() });
    }
    let refused = refused(&checked.diagnostics, options);
    Ok(Fixed { model: later, checked, changes, applied, refused, unstable })
}

/// Settings of other generators are read before the tree, so a changed file would not be read.
fn is_read_before(loader: &Loader, path: &VPath) -> bool {
    let found = loader.request.found.as_ref();
    found.is_some_and(|found| found.sources.iter().any(|source| source.path == *path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Checker;
    use crate::project::MemoryTree;

    fn fixed(page: &str, unsafe_too: bool) -> (String, Fixed) {
        let tree = MemoryTree::new([
            ("docgen.toml".to_owned(), String::new()),
            ("content/index.md".to_owned(), "# Home\n".to_owned()),
            ("content/a.md".to_owned(), page.to_owned()),
            ("content/link.md".to_owned(), "# L\n\n```json\n{“l”: 1}\n```\n".to_owned()),
        ]);
        let loader = Loader::default();
        let model = loader.load(&tree).unwrap();
        let options =
            Options { unsafe_too, may_change: &|path| path.as_str() != "content/link.md" };
        let check = |model: &Model| Checker::new(model).check();
        let fixed = apply(&tree, &loader, &model, &options, &check).unwrap();
        let path = VPath::new("content/a.md").unwrap();
        let after = fixed.changes.get(&path).map_or(page, |change| &change.after).to_owned();
        (after, fixed)
    }

    #[test]
    fn safe_repairs_are_applied_and_others_on_request() {
        let page = "# A\n\n```json\n{“a”: 1}\n```\n\n[x](indx.md)\n";
        let (safe, one) = fixed(page, false);
        assert_eq!(safe, page.replace(['“', '”'], "\""));
        assert_eq!((one.applied.len(), one.unstable), (1, false));
        let (all, two) = fixed(page, true);
        assert_eq!(all, safe.replace("indx", "index"));
        let left = two.checked.diagnostics.len();
        assert_eq!((two.applied.len(), left), (2, 1), "one is left in link.md");
    }

    #[test]
    fn bytes_outside_of_the_edits_stay() {
        for page in [
            "\u{feff}# A\r\n\r\n\tcode\r\n\r\n```json\r\n{“a”: 1}\r\n```\r\n",
            "# A\n\n```json\n{“a”:\t1}  \n```",
            "# A\r\n\n> ```json\r\n> {“a”: 1}\n> ```\r\n",
        ] {
            let (after, one) = fixed(page, false);
            assert_eq!(after, page.replace(['“', '”'], "\""));
            assert_eq!(one.applied.len(), 1);
        }
    }

    #[test]
    fn a_tree_without_repairs_stays_as_it_is() {
        let (after, one) = fixed("# A\n", true);
        assert_eq!((after.as_str(), one.applied.len(), one.changes.len()), ("# A\n", 0, 0));
    }

    #[test]
    fn a_file_that_may_not_be_changed_keeps_its_findings_and_stops_no_other() {
        let (after, one) = fixed("# A\n\n```json\n{“a”: 1}\n```\n", false);
        assert_eq!(after, "# A\n\n```json\n{\"a\": 1}\n```\n");
        let link = VPath::new("content/link.md").unwrap();
        assert_eq!((one.changes.len(), one.refused), (1, [link.clone()].into()));
        assert_eq!(one.checked.diagnostics[0].finding.path, link);
    }
}
