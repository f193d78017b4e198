//! `docgen check`.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ValueEnum;

use super::locate::{self, Place};
use super::open::{Opened, Wishes, open_place};
use super::{GateArgument, Outcome, TreeArguments, judge, print};
use crate::coverage::Coverage;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::report::{self, Report, json, text};
use crate::source::VPath;

/// What `docgen check` takes.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folders or pages to check, each within its nearest tree root [default: .]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// At which severity the exit code is 1 [default: the settings', else error]
    #[arg(long, value_enum)]
    gate: Option<GateArgument>,
    /// Show notes as well
    #[arg(long)]
    notes: bool,
    #[command(flatten)]
    tree: TreeArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs; its schema is in the manual
    Json,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut roots: BTreeMap<PathBuf, (Place, Vec<PathBuf>)> = BTreeMap::new();
    let here = [PathBuf::from(".")];
    let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
    for path in paths {
        let place = locate::around(path, arguments.tree.flavour)?;
        let entry = roots.entry(place.root.clone()).or_insert_with(|| (place, Vec::new()));
        entry.1.push(crate::io::real_path(path));
    }
    let several = roots.len() > 1;
    if several && arguments.format == Format::Json {
        let message = "the paths lie in several trees; check one tree at a time for JSON";
        return Err(Error::new(message));
    }
    let mut outcome = Outcome::Clean;
    for (root, (place, paths)) in roots {
        let gate = arguments.gate.map(Into::into);
        let wishes = Wishes { gate, ..Wishes::new(&arguments.tree) };
        let opened = open_place(place, &wishes)?;
        if several {
            print(|out| writeln!(out, "{}:", root.display()))?;
        }
        let (mut diagnostics, coverage) = opened.site.check();
        narrow(&opened, &paths, &mut diagnostics)?;
        let found = judge(&diagnostics, opened.site.config.gate);
        write(&opened, diagnostics, coverage, arguments.format, arguments.notes)?;
        if found == Outcome::Findings {
            outcome = found;
        }
        // The process ends: to take thousands of pages apart would only keep its reader waiting.
        std::mem::forget(opened);
    }
    Ok(outcome)
}

/// Keeps what lies in the paths that were asked for. The whole tree is looked at all the same:
/// what a link leads to is known only then.
fn narrow(opened: &Opened, paths: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Result<()> {
    if paths.iter().any(|path| opened.root.starts_with(path)) {
        return Ok(());
    }
    let mut wanted = Vec::new();
    for path in paths {
        let inside = path.strip_prefix(&opened.root).ok().and_then(|path| path.to_str());
        let inside = inside.and_then(|path| VPath::new(&path.replace('\\', "/")));
        wanted
            .push(inside.ok_or_else(|| Error::at(path, "cannot check it", "outside of its tree"))?);
    }
    let covers = |wanted: &VPath, path: &VPath| {
        let (wanted, path) = (wanted.as_str(), path.as_str());
        path == wanted || path.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
    };
    let pages = &opened.site.index.pages;
    for one in &wanted {
        if !pages.iter().any(|page| covers(one, &page.source.path)) {
            return Err(Error::new(format!(
                "{one}: nothing to examine: no page of the tree is there"
            )));
        }
    }
    // Who asks for all the pages asks for what the settings say of them as well.
    let mounts = &opened.site.config.layout.mounts;
    let all = opened.site.config.flavour.is_foreign()
        && mounts
            .first()
            .and_then(|first| VPath::new(&first.folder))
            .is_some_and(|content| wanted.iter().any(|one| covers(one, &content)));
    let settings = |path: &VPath| all && opened.site.is_setting(path);
    diagnostics.retain(|diagnostic| {
        let path = &diagnostic.finding.path;
        settings(path) || wanted.iter().any(|one| covers(one, path))
    });
    Ok(())
}

fn write(
    opened: &Opened,
    diagnostics: Vec<Diagnostic>,
    coverage: Coverage,
    format: Format,
    notes: bool,
) -> Result<()> {
    let sources = |path: &VPath| opened.site.source(path);
    let report = Report { diagnostics, coverage, sources: &sources };
    print(|out| match format {
        Format::Json => json::write(&report, out),
        Format::Text => text::write(&report, &options(notes, std::io::stdout().is_terminal()), out),
    })
}

/// How text is written to a stream.
pub fn options(notes: bool, terminal: bool) -> report::text::Options {
    let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    text::Options { color, notes, ..text::Options::default() }
}
