//! The commands: the only room that prints.

mod build;
mod check;
mod crash;
mod dump;
mod explain;
mod import;
mod locate;
mod mend;
mod new;
mod open;
mod output;
mod rules;
mod select;
mod serve;
mod spec;
mod view;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::config::{Flavour, Gate};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::io::interrupt::Interrupts;
use crate::io::publish::MANIFEST;
use crate::io::tree::DiskTree;

/// Publishes documentation, and refuses to publish broken documentation.
#[derive(Parser)]
#[command(name = "docgen", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Turn a tree of Markdown into a site
    Build(build::Arguments),
    /// Report what is wrong with a tree
    Check(check::Arguments),
    /// Preview a site and reload the browser after each change
    Serve(serve::Arguments),
    /// Write a small site to start from
    New(new::Arguments),
    /// List the rules
    Rules(rules::Arguments),
    /// Show the page of a rule
    Explain(explain::Arguments),
    /// Work on command specifications
    Spec(import::Arguments),
    /// Show what a rule sees of a page
    #[command(hide = true)]
    Dump(dump::Arguments),
}

/// At which severity findings stop a build or fail a check.
#[derive(Clone, Copy, ValueEnum)]
enum GateArgument {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Nothing
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

/// Where the tree is and how to read it; the same for every command.
#[derive(Clone, clap::Args)]
struct TreeArguments {
    /// The settings file, in place of docgen.toml in the tree
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Whose habits the tree follows, in place of what its files say
    #[arg(long, value_name = "NAME", value_parser = flavours())]
    flavour: Option<Flavour>,
    /// The file of findings that are accepted [default: the settings', else none]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

/// Reads the name of a flavour.
fn flavours() -> impl clap::builder::TypedValueParser<Value = Flavour> {
    let names = clap::builder::PossibleValuesParser::new(Flavour::ALL.map(Flavour::name));
    clap::builder::TypedValueParser::map(names, |name| Flavour::named(&name).unwrap_or_default())
}

/// Runs the program: 0 is clean, 1 means findings, 2 means it could not run. A signal ends the
/// process with 130 or 143.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, not failures.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let interrupts = match Interrupts::listening() {
        Ok(interrupts) => interrupts,
        Err(error) => {
            // The next build sweeps up after an interrupted one.
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
        Err(Error::new(format!("docgen itself has a fault, please report it: {panic}")))
    });
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            for line in error.to_string().lines() {
                eprintln!("error: {line}");
            }
            ExitCode::from(2)
        }
    }
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing at or above the gate.
    Clean,
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

/// How many names a message lists.
const NAMED: usize = 3;

/// Some names in backquotes, and how many more there are.
fn listed(names: &[String]) -> String {
    let mut some: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    if names.len() > NAMED {
        some.push(format!("{} more", names.len() - NAMED));
    }
    some.join(", ")
}

/// Says once which folders of a tree are left out because docgen published them.
fn note_published(tree: &DiskTree) {
    let folders = tree.published();
    if !folders.is_empty() {
        let (are, them) = if folders.len() == 1 { ("is", "it") } else { ("are", "them") };
        let names = listed(folders);
        eprintln!("note: {names} {are} not read: docgen published {them} (see `{MANIFEST}` there)");
    }
}

/// A number with its noun.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Prints through a buffer; a reader that went away (`docgen check | head`) is not a failure.
fn print(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let written = write(&mut out).and_then(|()| std::io::Write::flush(&mut out));
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(format!("cannot write to the standard output: {error}")))
        }
        _ => Ok(()),
    }
}
