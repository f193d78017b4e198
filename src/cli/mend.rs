//! `docgen check --fix`.

use std::collections::{BTreeMap, BTreeSet};

use similar::TextDiff;

use super::open::Opened;
use super::view::View;
use super::{counted, print};
use crate::check::checker::Checked;
use crate::error::{Error, Result};
use crate::fix::{self, Change, Mended, Options};
use crate::io::interrupt::Interrupts;
use crate::io::replace::replace;
use crate::project::{Inputs, Model};
use crate::source::VPath;

/// What `docgen check` takes about repairs.
#[derive(clap::Args)]
pub struct Repairs {
    /// Mend what can be mended safely
    #[arg(long)]
    fix: bool,
    /// Mend also what may change the meaning; look at the result
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change, as a diff, and change nothing
    #[arg(long)]
    diff: bool,
}

impl Repairs {
    /// What is asked for must make sense.
    pub fn validate(&self) -> Result<()> {
        match self.unsafe_fixes && !self.wanted() {
            true => Err(Error::new("`--unsafe-fixes` goes with `--fix` or `--diff`")),
            false => Ok(()),
        }
    }

    /// Whether anything is to be mended or shown.
    pub fn wanted(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether the files stay as they are.
    pub fn shows(&self) -> bool {
        self.diff
    }
}

/// How mending a tree, or showing how, came out.
pub struct Outcome {
    /// What is left to report.
    pub checked: Checked,
    /// Whether a repair was shown.
    pub shown: bool,
    /// The files that could not be written, if there are any: the rest was.
    pub failed: Option<Error>,
}

impl Outcome {
    /// Nothing was mended or shown.
    pub fn unchanged(checked: Checked) -> Self {
        Self { checked, shown: false, failed: None }
    }
}

/// Mends a tree, or shows how.
pub fn run(
    opened: &mut Opened,
    view: &View,
    arguments: &Repairs,
    interrupts: &Interrupts,
) -> Result<Outcome> {
    let check = |model: &Model| view.check(model);
    let tree = &opened.tree;
    let options =
        Options { unsafe_too: arguments.unsafe_fixes, may_change: &|path| tree.is_regular(path) };
    let mended = fix::mend(tree, &opened.overrides, &opened.model, &options, &check)?;
    if mended.unstable {
        eprintln!("warning: some repairs undo each other; the last of them were left out");
    }
    if arguments.diff {
        show(&mended.changes)?;
        say("would mend", &mended, &mended.changes.keys().collect());
        let checked = view.check(&opened.model);
        warn_refused(&checked, &options);
        return Ok(Outcome { checked, shown: !mended.changes.is_empty(), failed: None });
    }
    let (written, failed) = write(opened, &mended.changes, interrupts);
    say("mended", &mended, &written);
    // Where the disk is not what was planned, what is left is what the disk says now. A symbolic
    // link to a file that was mended is mended with it.
    let planned = failed.is_none() && (mended.refused.is_empty() || written.is_empty());
    let checked = if planned {
        if let Some(model) = mended.model {
            opened.model = model;
        }
        mended.checked
    } else {
        opened.model = Model::new(Inputs::load(&opened.tree, &opened.overrides)?)?;
        view.check(&opened.model)
    };
    let tree = &opened.tree;
    warn_refused(&checked, &Options { may_change: &|path| tree.is_regular(path), ..options });
    Ok(Outcome { checked, shown: false, failed })
}

/// Says how many findings were mended, by the repairs whose files are all among `files`.
fn say(done: &str, mended: &Mended, files: &BTreeSet<&VPath>) {
    let whole = |paths: &&BTreeSet<VPath>| paths.iter().all(|path| files.contains(path));
    let findings = counted(mended.applied.iter().filter(whole).count(), "finding");
    eprintln!("{done} {findings} in {}", counted(files.len(), "file"));
}

/// Names the files with a repair that docgen does not change, for they are symbolic links.
fn warn_refused(checked: &Checked, options: &Options<'_>) {
    for path in fix::refused(&checked.diagnostics, options) {
        eprintln!(
            "warning: {path}: not mended: it is no regular file but a symbolic link; mend the \
             file that it leads to"
        );
    }
}

/// Writes every file that did not change meanwhile: those that were written, and what went wrong
/// with the others.
fn write<'c>(
    opened: &Opened,
    changes: &'c BTreeMap<VPath, Change>,
    interrupts: &Interrupts,
) -> (BTreeSet<&'c VPath>, Option<Error>) {
    let (mut written, mut failed) = (BTreeSet::new(), Vec::new());
    for (path, change) in changes {
        match replace(&opened.tree.place(path), &change.before, &change.after, interrupts) {
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
