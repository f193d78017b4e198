//! `docgen check`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::external::External;
use super::output::{self, Output};
use super::select::Selection;
use super::view::{Accepted, Part, View};
use super::{GateArgument, Outcome, TreeArguments, counted, fix, judge, note_published, print};
use crate::check::baseline::Baseline;
use crate::check::checker::Checked;
use crate::check::rules::unreadable_file;
use crate::error::{Error, Result};
use crate::io::facts::FactsFile;
use crate::io::interrupt::Interrupts;
use crate::io::{progress, replace};
use crate::open::Project;
use crate::open::locate::{self, TreeRoot};
use crate::project::{LoadFaults, Options};

/// Arguments of `docgen check`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folders or pages to check, each as part of the nearest tree around it [default: .]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
    /// Lowest severity that makes the exit code 1 [default: `gate` in docgen.toml, else error]
    #[arg(long, value_enum)]
    gate: Option<GateArgument>,
    /// Also report notes
    #[arg(long)]
    notes: bool,
    /// Do not read or write the cache of parsed pages
    #[arg(long)]
    no_cache: bool,
    /// Accept all current findings by writing them to the baseline file
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    write_baseline: bool,
    #[command(flatten)]
    external: External,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    fixes: fix::Fixes,
    #[command(flatten)]
    tree: TreeArguments,
}

/// Runs the command.
pub fn run(arguments: &Arguments, interrupts: &Interrupts) -> Result<Outcome> {
    let mut roots: BTreeMap<PathBuf, (TreeRoot, Vec<PathBuf>)> = BTreeMap::new();
    let here = [PathBuf::from(".")];
    let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
    for path in paths {
        let place = locate::around(path, arguments.tree.flavour)?;
        let entry = roots.entry(place.path.clone()).or_insert_with(|| (place, Vec::new()));
        entry.1.push(crate::io::real_path(path));
    }
    let several = roots.len() > 1;
    let targets = arguments.output.targets(several)?;
    arguments.fixes.validate()?;
    let (mut outcome, mut failed) = (Outcome::Clean, None);
    for (root, (place, paths)) in roots {
        let gate = arguments.gate.map(Into::into);
        let store = if arguments.no_cache { None } else { FactsFile::of(&root, interrupts) };
        let known = Arc::new(store.as_ref().map(FactsFile::load).unwrap_or_default());
        let options = Options { gate, ..arguments.tree.options() };
        let mut project = progress::shown(
            || "reading pages".to_owned(),
            || Project::at(place, options, Arc::clone(&known)),
        )?;
        note_published(&project.tree);
        if several {
            print(|out| writeln!(out, "{}:", root.display()))?;
        }
        let part = match arguments.selection.part(&project)? {
            Some(part) => part,
            None => Part::new(&project, &paths)?,
        };
        let accepted =
            Accepted::load(&project, arguments.tree.baseline.as_deref(), arguments.write_baseline)?;
        let since = progress::shown(
            || "reading the earlier version of the pages".to_owned(),
            || arguments.selection.since(&project),
        )?;
        let view = View { part, accepted, since };
        if arguments.write_baseline {
            write_baseline(&project, &view, interrupts)?;
            continue;
        }
        let cached = !arguments.no_cache;
        let mut asked = arguments.external.ask(&project, &view, cached, interrupts)?;
        let fixed = match arguments.fixes.wanted() {
            true => fix::run(&mut project, &view, &arguments.fixes, interrupts)?,
            false => {
                let faults = std::mem::take(&mut asked.faults);
                fix::Outcome::unchanged(check_tree(&project, &view, faults, interrupts)?)
            }
        };
        let Checked { mut diagnostics, mut coverage, .. } = fixed.checked;
        coverage.links_checked_after_all("external", asked.decided_links);
        failed = failed.or(fixed.failed);
        let of_others = arguments.external.outcome(&asked, &mut diagnostics);
        let mut found = of_others.unwrap_or_else(|| judge(&diagnostics, project.model.config.gate));
        if fixed.shown {
            found = Outcome::Findings;
        }
        if !arguments.fixes.shows() {
            output::write(&project, diagnostics, coverage, &targets, arguments.notes, interrupts)?;
        }
        if let Some(store) = store {
            store.keep(&known);
        }
        outcome = outcome.max(found);
        // The process is about to end; freeing thousands of pages would only delay it.
        std::mem::forget((project, view));
    }
    // Findings are reported even if some fixes could not be written.
    failed.map_or(Ok(outcome), Err)
}

/// Checks the tree, and removes fixed findings from the baseline file, so that they are reported
/// if they ever come back. The baseline stays as it is if a file could not be read: its findings
/// are not fixed, only unseen.
fn check_tree(
    project: &Project,
    view: &View,
    faults: LoadFaults,
    interrupts: &Interrupts,
) -> Result<Checked> {
    let model = &project.model;
    let checker = project.checker().with_faults(faults);
    let say = || format!("checking: {} of {} pages", checker.pages_done(), model.index.pages.len());
    let (checked, left) = progress::shown(say, || view.check_with(&checker, model));
    if let (Some(accepted), Some(left)) = (&view.accepted, left)
        && view.is_whole()
        && left != accepted.baseline
        && !checked.diagnostics.iter().any(|one| one.rule == &unreadable_file::RULE)
    {
        let gone = accepted.baseline.len() - left.len();
        match replace::write(&accepted.file, left.to_json().as_bytes(), interrupts) {
            Ok(()) if gone > 0 => {
                let file = accepted.file.display();
                eprintln!("removed {} from {file}, since fixed", counted(gone, "finding"));
            }
            Ok(()) => {}
            Err(error) => eprintln!("warning: {error}"),
        }
    }
    Ok(checked)
}

/// Writes all findings to the baseline file.
fn write_baseline(project: &Project, view: &View, interrupts: &Interrupts) -> Result<()> {
    let Some(accepted) = &view.accepted else {
        return Err(Error::new(
            "`--write-baseline` needs a file: pass `--baseline FILE`, or set `baseline` in \
             docgen.toml",
        ));
    };
    if !view.is_whole() {
        return Err(Error::new(
            "`--write-baseline` works on a whole tree; do not select a part of it",
        ));
    }
    let checked = project.check();
    let baseline = Baseline::of(&checked.diagnostics, &|path| project.model.source(path));
    replace::write(&accepted.file, baseline.to_json().as_bytes(), interrupts)?;
    let (count, file) = (counted(baseline.len(), "finding"), accepted.file.display());
    print(|out| writeln!(out, "accepted {count} in {file}"))
}
