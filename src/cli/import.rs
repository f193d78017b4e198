//! `docgen spec import`.

use std::collections::VecDeque;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::io::process::{self, Limits};
use crate::truth::command::{CommandSpec, HelpPage};

/// Arguments of `docgen spec`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Write a specification based on the --help output of a program
    Import(Import),
}

/// Arguments of `docgen spec import`.
#[derive(clap::Args)]
struct Import {
    /// Files with --help output, one per command [default: standard input]
    #[arg(value_name = "FILE", conflicts_with = "run")]
    files: Vec<PathBuf>,
    /// Name of the program [default: the file name of PROGRAM]
    #[arg(long, required_unless_present = "run")]
    name: Option<String>,
    /// Run this program and each of its commands with --help
    #[arg(long, value_name = "PROGRAM")]
    run: Option<String>,
}

/// The largest help text that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;
/// The limits of one run of the program.
const LIMITS: Limits = Limits { time: Duration::from_secs(10), bytes: MAX_BYTES };
/// How deeply nested a command may be to be run with `--help`.
const MAX_DEPTH: usize = 6;
/// How many times the program is run at most.
const MAX_RUNS: usize = 2000;

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Command::Import(import) = &arguments.command;
    let (name, pages) = match &import.run {
        Some(program) => {
            let file = Path::new(program).file_stem().and_then(|stem| stem.to_str());
            let name = import.name.clone().or(file.map(str::to_owned)).unwrap_or_default();
            (name.clone(), ask(program, &name)?)
        }
        None => {
            let name = import.name.clone().unwrap_or_default();
            (name.clone(), read(&import.files, &name)?)
        }
    };
    let spec = CommandSpec::from_help(&name, pages);
    print(|out| out.write_all(spec.to_json().as_bytes()))?;
    Ok(Outcome::Clean)
}

/// Reads help texts from files, or one from standard input.
fn read(files: &[PathBuf], name: &str) -> Result<Vec<HelpPage>> {
    let fail =
        |path: &Path, why: &dyn std::fmt::Display| Error::at(path, "cannot read a help text", why);
    let take = |source: &mut dyn Read, path: &Path| {
        let mut bytes = Vec::new();
        let read = source.take(MAX_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| fail(path, &error))?;
        let text = String::from_utf8_lossy(&bytes);
        CommandSpec::read_help(name, &text).map_err(|why| fail(path, &why))
    };
    if files.is_empty() {
        return Ok(vec![take(&mut std::io::stdin().lock(), Path::new("standard input"))?]);
    }
    let open = |path: &PathBuf| {
        let mut file = std::fs::File::open(path).map_err(|error| fail(path, &error))?;
        take(&mut file, path)
    };
    files.iter().map(open).collect()
}

/// Runs a program and every command it has with `--help`, and returns their help texts.
fn ask(program: &str, name: &str) -> Result<Vec<HelpPage>> {
    let mut pages = Vec::new();
    let mut waiting = VecDeque::from([(Vec::<String>::new(), String::new())]);
    let mut runs = 0;
    while let Some((path, above)) = waiting.pop_front() {
        runs += 1;
        if runs > MAX_RUNS {
            return Err(Error::new(format!("`{program}` has more than {MAX_RUNS} commands")));
        }
        let words = [&path[..], &["--help".to_owned()]].concat();
        let printed = process::capture(program, &words, LIMITS);
        let text = match printed {
            // Some programs print their help to standard error.
            Ok([out, err]) => {
                if out.trim().is_empty() {
                    err
                } else {
                    out
                }
            }
            Err(why) if path.is_empty() => return Err(Error::new(why)),
            Err(_) => continue,
        };
        // A program that does not know the command prints its own help again.
        if text == above {
            continue;
        }
        let mut page = match CommandSpec::read_help(name, &text) {
            Ok(page) => page,
            Err(why) if path.is_empty() => {
                return Err(Error::new(format!("`{program} --help`: {why}")));
            }
            Err(_) => continue,
        };
        page.path.clone_from(&path);
        if path.len() < MAX_DEPTH {
            waiting.extend(page.node.commands.iter().map(|command| {
                ([&path[..], std::slice::from_ref(&command.name)].concat(), text.clone())
            }));
        }
        pages.push(page);
    }
    Ok(pages)
}
