//! `docgen check --fix` and `--diff`.

use std::collections::{BTreeMap, BTreeSet};

use similar::TextDiff;

use super::view::View;
use super::{counted, print};
use crate::check::checker::Checked;
use crate::error::{Error, Result};
use crate::fix::{self, Change, Fixed, Options};
use crate::io::interrupt::Interrupts;
use crate::io::replace::replace;
use crate::open::Project;
use crate::project::Model;
use crate::source::VPath;

/// Arguments of `docgen check` about fixes.
#[derive(clap::Args)]
pub struct Fixes {
    /// Apply safe fixes
    #[arg(long)]
    fix: bool,
    /// Also apply fixes that may change the meaning; review the result
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change as a diff, without changing any file
    #[arg(long)]
    diff: bool,
}

impl Fixes {
    /// Rejects combinations of options that make no sense.
    pub fn validate(&self) -> Result<()> {
        match self.unsafe_fixes && !self.wanted() {
            true => Err(Error::new("`--unsafe-fixes` needs `--fix` or `--diff`")),
            false => Ok(()),
        }
    }

    /// Whether fixes are to be applied or shown.
    pub fn wanted(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether fixes are only shown.
    pub fn shows(&self) -> bool {
        self.diff
    }
}

/// The result of fixing a tree, or of showing the fixes.
pub struct Outcome {
    /// The findings that are left.
    pub checked: Checked,
    /// Whether a fix was shown.
    pub shown: bool,
    /// The files that could not be written, if any. All others were.
    pub failed: Option<Error>,
}

impl Outcome {
    /// An outcome without fixes.
    pub fn unchanged(checked: Checked) -> Self {
        Self { checked, shown: false, failed: None }
    }
}

/// Applies the fixes of a tree, or shows them as a diff.
pub fn run(
    project: &mut Project,
    view: &View,
    arguments: &Fixes,
    interrupts: &Interrupts,
) -> Result<Outcome> {
    let check = |model: &Model| view.check(model);
    let tree = &project.tree;
    let options =
        Options { unsafe_too: arguments.unsafe_fixes, may_change: &|path| tree.is_regular(path) };
    let fixed = fix::apply(tree, &project.loader, &project.model, &options, &check)?;
    if fixed.unstable {
        eprintln!("warning: some fixes undo each other; the last of them were not applied");
    }
    if arguments.diff {
        show(&fixed.changes)?;
        say("would fix", &fixed, &fixed.changes.keys().collect());
        let checked = view.check(&project.model);
        warn_refused(&checked, &options);
        return Ok(Outcome { checked, shown: !fixed.changes.is_empty(), failed: None });
    }
    let (written, failed) = write(project, &fixed.changes, interrupts);
    say("fixed", &fixed, &written);
    // If not everything could be written as planned, the tree is checked again as it is on disk.
    // Also if a symbolic link was refused: the file it leads to may have been fixed.
    let planned = failed.is_none() && (fixed.refused.is_empty() || written.is_empty());
    let checked = if planned {
        if let Some(model) = fixed.model {
            project.model = model;
        }
        fixed.checked
    } else {
        project.model = project.loader.load(&project.tree)?;
        view.check(&project.model)
    };
    let tree = &project.tree;
    warn_refused(&checked, &Options { may_change: &|path| tree.is_regular(path), ..options });
    Ok(Outcome { checked, shown: false, failed })
}

/// Prints how many findings were fixed, counting the fixes whose files are all among `files`.
fn say(done: &str, fixed: &Fixed, files: &BTreeSet<&VPath>) {
    let whole = |paths: &&BTreeSet<VPath>| paths.iter().all(|path| files.contains(path));
    let findings = counted(fixed.applied.iter().filter(whole).count(), "finding");
    eprintln!("{done} {findings} in {}", counted(files.len(), "file"));
}

/// Warns of files with fixes that were not applied because the file is a symbolic link.
fn warn_refused(checked: &Checked, options: &Options<'_>) {
    for path in fix::refused(&checked.diagnostics, options) {
        eprintln!(
            "warning: {path}: not fixed, as it is a symbolic link; fix the file that it leads to"
        );
    }
}

/// Writes every fixed file, unless it changed on disk since it was read. Returns the files that
/// were written, and the errors of the others.
fn write<'c>(
    project: &Project,
    changes: &'c BTreeMap<VPath, Change>,
    interrupts: &Interrupts,
) -> (BTreeSet<&'c VPath>, Option<Error>) {
    let (mut written, mut failed) = (BTreeSet::new(), Vec::new());
    for (path, change) in changes {
        match replace(&project.tree.place(path), &change.before, &change.after, interrupts) {
            Ok(()) => drop(written.insert(path)),
            Err(error) => failed.push(error.to_string()),
        }
    }
    (written, (!failed.is_empty()).then(|| Error::new(failed.join("\n"))))
}

fn show(changes: &BTreeMap<VPath, Change>) -> Result<()> {
    print(|out| {
        for (path, Change { before, after }) in changes {
            let diff = TextDiff::from_lines(before.as_str(), after.as_str());
            let mut diff = diff.unified_diff();
            diff.context_radius(3).header(&format!("a/{path}"), &format!("b/{path}"));
            write!(out, "{diff}")?;
        }
        Ok(())
    })
}
