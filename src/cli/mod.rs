//! The command line: one file per command. Nothing outside this module prints.

mod build;
mod check;
mod constructs;
mod crash;
mod dump;
mod explain;
mod external;
mod import;
mod fix;
mod new;
mod output;
mod rules;
mod select;
mod serve;
mod spec;
mod view;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::check::rule::Diagnostic;
use crate::config::{Flavour, Gate};
use crate::error::{Error, Result};
use crate::io::interrupt::Interrupts;
use crate::io::publish::MANIFEST;
use crate::io::real_path;
use crate::io::tree::DiskTree;
use crate::open::Project;
use crate::project::Options;
use crate::report::text;

/// A documentation site generator that refuses to publish broken documentation
#[derive(Parser)]
#[command(name = "docgen", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site
    Build(build::Arguments),
    /// Check documentation for errors
    Check(check::Arguments),
    /// Preview the site, reloading the browser after each change
    Serve(serve::Arguments),
    /// Create a new site
    New(new::Arguments),
    /// List the rules and their severities
    Rules(rules::Arguments),
    /// Show the documentation of a rule
    Explain(explain::Arguments),
    /// Create command specifications
    Spec(import::Arguments),
    /// Print what rules see of a page
    #[command(hide = true)]
    Dump(dump::Arguments),
}

/// The lowest severity that stops a build or fails a check.
#[derive(Clone, Copy, ValueEnum)]
enum GateArgument {
    /// Fail on errors
    Error,
    /// Fail on errors and warnings
    Warning,
    /// Never fail
    Off,
}

impl From<GateArgument> for Gate {
    fn from(argument: GateArgument) -> Self {
        match argument {
            GateArgument::Error => Self::Error,
            GateArgument::Warning => Self::Warning,
            GateArgument::Off => Self::Off,
        }
    }
}

/// Options about how to read the tree, shared by every command.
#[derive(Clone, clap::Args)]
struct TreeArguments {
    /// Settings file to use instead of the docgen.toml of the tree
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Generator that the tree is written for [default: detected from its files]
    #[arg(long, value_name = "NAME", value_parser = flavours())]
    flavour: Option<Flavour>,
    /// File of accepted findings [default: `baseline` in docgen.toml, else none]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

impl TreeArguments {
    /// The options that every command has.
    fn options(&self) -> Options {
        Options { config: self.config.clone(), flavour: self.flavour, ..Options::default() }
    }
}

/// Parses the name of a flavour.
fn flavours() -> impl clap::builder::TypedValueParser<Value = Flavour> {
    let names = clap::builder::PossibleValuesParser::new(Flavour::ALL.map(Flavour::name));
    clap::builder::TypedValueParser::map(names, |name| Flavour::named(&name).unwrap_or_default())
}

/// Runs the program. Exit codes: 0 for no findings, 1 for findings at or above the gate, 2 for an
/// error; a scheduled check of external links has 3 and 4. A signal ends the process with 130 or 143.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // `--help` and `--version` also arrive as errors.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let interrupts = match Interrupts::listening() {
        Ok(interrupts) => interrupts,
        Err(error) => {
            // Without a handler, an interrupted build leaves files for the next one to remove.
            eprintln!("warning: {error}");
            Interrupts::default()
        }
    };
    let outcome = crash::reported(|| match arguments.command {
        Command::Build(arguments) => build::run(&arguments, &interrupts),
        Command::Check(arguments) => check::run(&arguments, &interrupts),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Spec(arguments) => import::run(&arguments),
        Command::Dump(arguments) => dump::run(&arguments),
    });
    let outcome = outcome.unwrap_or_else(|panic| {
        Err(Error::new(format!("internal error, please report this bug: {panic}")))
    });
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Dead) => ExitCode::from(3),
        Ok(Outcome::Undecided) => ExitCode::from(4),
        Err(error) => {
            say(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints an error; faults of a file with the lines around them.
fn say(error: &Error) {
    if let Some((source, faults)) = error.faults() {
        let options = output::options(false, std::io::stderr().is_terminal());
        for fault in faults {
            eprintln!("{}\n", text::fault(source, fault, &options));
        }
        return;
    }
    for line in error.to_string().lines() {
        eprintln!("error: {line}");
    }
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// No findings at or above the gate.
    Clean,
    /// In a scheduled run: nothing is known of some external links, and none is dead.
    Undecided,
    /// In a scheduled run: there are dead external links.
    Dead,
    /// Findings at or above the gate.
    Findings,
}

fn judge(diagnostics: &[Diagnostic], gate: Gate) -> Outcome {
    if diagnostics.iter().any(|diagnostic| gate.stops(diagnostic.severity)) {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}

/// The most names that a message lists.
const MAX_LISTED: usize = 3;

/// The first few names in backquotes, and how many more there are.
fn listed(names: &[String]) -> String {
    let mut some: Vec<String> =
        names.iter().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > MAX_LISTED {
        some.push(format!("{} more", names.len() - MAX_LISTED));
    }
    some.join(", ")
}

/// Opens the tree around a folder, and says so where its root is another folder.
fn open_folder(folder: &Path, options: Options) -> Result<Project> {
    let fail = |why: &dyn std::fmt::Display| Error::at(folder, "cannot open it", why);
    let meta = std::fs::metadata(folder).map_err(|error| fail(&error))?;
    if !meta.is_dir() {
        return Err(fail(&"not a folder"));
    }
    let project = Project::open_with(folder, options)?;
    if project.root != real_path(folder) {
        eprintln!("note: the tree around {} is {}", folder.display(), project.root.display());
    }
    Ok(project)
}

/// Prints a note about folders that are skipped because they are sites published by docgen.
fn note_published(tree: &DiskTree) {
    let folders = tree.published();
    if !folders.is_empty() {
        let are = if folders.len() == 1 { "is a site" } else { "are sites" };
        let names = listed(folders);
        eprintln!("note: skipped {names}, which {are} published by docgen (see `{MANIFEST}`)");
    }
}

/// A number and its noun, in the plural unless the number is 1.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Prints to standard output through a buffer. A closed pipe (`docgen check | head`) is no error.
fn print(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let written = write(&mut out).and_then(|()| std::io::Write::flush(&mut out));
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
