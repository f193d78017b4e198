//! `docgen check`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::locate::{self, Place};
use super::open::{Opened, Wishes, open_place};
use super::output::{self, Output};

use super::select::Selection;
use super::view::{Accepted, Part, View, checker_of};
use super::{GateArgument, Outcome, TreeArguments, counted, judge, mend, note_published, print};
use crate::check::baseline::Baseline;
use crate::check::checker::Checked;
use crate::check::rules::unreadable_file;
use crate::error::{Error, Result};
use crate::io::facts::FactsFile;
use crate::io::interrupt::Interrupts;
use crate::io::{progress, replace};
use crate::report::{self, text};

/// What `docgen check` takes.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folders or pages to check, each within its nearest tree root [default: .]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
    /// At which severity the exit code is 1 [default: the settings', else error]
    #[arg(long, value_enum)]
    gate: Option<GateArgument>,
    /// Show notes as well
    #[arg(long)]
    notes: bool,
    /// Neither read nor write what is known of pages from earlier runs
    #[arg(long)]
    no_cache: bool,
    /// Accept all findings of today: write them to the baseline
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    write_baseline: bool,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    mend: mend::Repairs,
    #[command(flatten)]
    tree: TreeArguments,
}

/// Runs the command.
pub fn run(arguments: &Arguments, interrupts: &Interrupts) -> Result<Outcome> {
    let mut roots: BTreeMap<PathBuf, (Place, Vec<PathBuf>)> = BTreeMap::new();
    let here = [PathBuf::from(".")];
    let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
    for path in paths {
        let place = locate::around(path, arguments.tree.flavour)?;
        let entry = roots.entry(place.root.clone()).or_insert_with(|| (place, Vec::new()));
        entry.1.push(crate::io::real_path(path));
    }
    let several = roots.len() > 1;
    let targets = arguments.output.targets(several)?;
    arguments.mend.validate()?;
    let (mut outcome, mut failed) = (Outcome::Clean, None);
    for (root, (place, paths)) in roots {
        let gate = arguments.gate.map(Into::into);
        let store = if arguments.no_cache { None } else { FactsFile::of(&root, interrupts) };
        let known = Arc::new(store.as_ref().map(FactsFile::load).unwrap_or_default());
        let wishes = Wishes { gate, known: Arc::clone(&known), ..Wishes::new(&arguments.tree) };
        let mut opened =
            progress::shown(|| "reading the pages".to_owned(), || open_place(place, &wishes))?;
        note_published(&opened.tree);
        if several {
            print(|out| writeln!(out, "{}:", root.display()))?;
        }
        let part = match arguments.selection.part(&opened)? {
            Some(part) => part,
            None => Part::new(&opened, &paths)?,
        };
        let accepted =
            Accepted::load(&opened, arguments.tree.baseline.as_deref(), arguments.write_baseline)?;
        let since = progress::shown(
            || "reading the pages as they were".to_owned(),
            || arguments.selection.since(&opened),
        )?;
        let view = View { part, accepted, since };
        if arguments.write_baseline {
            write_baseline(&opened, &view, interrupts)?;
            continue;
        }
        let mended = match arguments.mend.wanted() {
            true => mend::run(&mut opened, &view, &arguments.mend, interrupts)?,
            false => mend::Outcome::unchanged(look(&opened, &view, interrupts)?),
        };
        let Checked { diagnostics, coverage, .. } = mended.checked;
        failed = failed.or(mended.failed);
        let mut found = judge(&diagnostics, opened.model.config.gate);
        if mended.shown {
            found = Outcome::Findings;
        }
        if !arguments.mend.shows() {
            output::write(&opened, diagnostics, coverage, &targets, arguments.notes, interrupts)?;
        }
        if let Some(store) = store {
            store.keep(&known);
        }
        if found == Outcome::Findings {
            outcome = found;
        }
        // The process ends: to take thousands of pages apart would only keep its reader waiting.
        std::mem::forget((opened, view));
    }
    // What was found is reported before what could not be written.
    failed.map_or(Ok(outcome), Err)
}

/// Looks at the tree. Of a baseline, what nothing needs any more is taken out, so that a fault that
/// was mended cannot come back unseen; not where a file was not read, whose faults are still there.
fn look(opened: &Opened, view: &View, interrupts: &Interrupts) -> Result<Checked> {
    let model = &opened.model;
    let checker = checker_of(model);
    let say = || format!("checking: {} of {} pages", checker.pages_done(), model.index.pages.len());
    let (checked, left) = progress::shown(say, || view.look(&checker, model));
    if let (Some(accepted), Some(left)) = (&view.accepted, left)
        && view.is_whole()
        && left != accepted.baseline
        && !checked.diagnostics.iter().any(|one| one.rule == unreadable_file::RULE.name)
    {
        let gone = accepted.baseline.len() - left.len();
        match replace::write(&accepted.file, left.to_json().as_bytes(), interrupts) {
            Ok(()) if gone > 0 => {
                let file = accepted.file.display();
                eprintln!("took {} that are mended out of {file}", counted(gone, "finding"));
            }
            Ok(()) => {}
            Err(error) => eprintln!("warning: {error}"),
        }
    }
    Ok(checked)
}

/// Accepts all that is found.
fn write_baseline(opened: &Opened, view: &View, interrupts: &Interrupts) -> Result<()> {
    let Some(accepted) = &view.accepted else {
        return Err(Error::new(
            "`--write-baseline` needs to know where: give `--baseline FILE`, or name the file as \
             `baseline` in docgen.toml",
        ));
    };
    if !view.is_whole() {
        return Err(Error::new("a baseline is of a whole tree: give no paths inside of it"));
    }
    let checked = checker_of(&opened.model).check();
    let baseline = Baseline::of(&checked.diagnostics, &|path| opened.model.source(path));
    replace::write(&accepted.file, baseline.to_json().as_bytes(), interrupts)?;
    let (count, file) = (counted(baseline.len(), "finding"), accepted.file.display());
    print(|out| writeln!(out, "accepted {count} in {file}"))
}

/// How text is written to a stream.
pub fn options(notes: bool, terminal: bool) -> report::text::Options {
    let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    text::Options { color, notes, ..text::Options::default() }
}
