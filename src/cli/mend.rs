//! `docgen check --fix`.

use std::collections::BTreeMap;

use similar::TextDiff;

use super::open::Opened;
use super::view::View;
use super::{counted, print};
use crate::check::checker::Checked;
use crate::error::{Error, Result};
use crate::fix::{self, Change};
use crate::io::replace::replace;
use crate::project::Model;
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

/// Mends a tree, or shows how: what is left to report, and whether a repair is shown.
pub fn run(opened: &mut Opened, view: &View, arguments: &Repairs) -> Result<(Checked, bool)> {
    let check = |model: &Model| view.check(model);
    let mended =
        fix::mend(&opened.tree, &opened.overrides, &opened.model, arguments.unsafe_fixes, &check)?;
    if mended.unstable {
        eprintln!("warning: some repairs undo each other; the last of them were left out");
    }
    if arguments.diff {
        show(&mended.changes)?;
        let files = counted(mended.changes.len(), "file");
        eprintln!("would mend {} in {files}", counted(mended.applied, "finding"));
        let shown = !mended.changes.is_empty();
        return Ok((view.check(&opened.model), shown));
    }
    write(opened, &mended.changes)?;
    let files = counted(mended.changes.len(), "file");
    eprintln!("mended {} in {files}", counted(mended.applied, "finding"));
    if let Some(model) = mended.model {
        opened.model = model;
    }
    Ok((mended.checked, false))
}

/// Writes every file that did not change meanwhile, and then says which did.
fn write(opened: &Opened, changes: &BTreeMap<VPath, Change>) -> Result<()> {
    let mut failed = Vec::new();
    for (path, change) in changes {
        let place = opened.tree.place(path);
        failed.extend(replace(&place, &change.before, &change.after).err());
    }
    match failed.is_empty() {
        true => Ok(()),
        false => {
            let lines: Vec<String> = failed.iter().map(ToString::to_string).collect();
            Err(Error::new(lines.join("\n")))
        }
    }
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
