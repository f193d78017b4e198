//! In which formats a report is written, and where to.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::check::options;
use super::open::Opened;
use super::print;
use crate::coverage::Coverage;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::io::interrupt::Interrupts;
use crate::io::{git, replace};
use crate::report::Report;
use crate::report::formats::{self, FORMATS, Format, Settings};
use crate::source::VPath;

/// What `docgen check` takes about its output.
#[derive(clap::Args)]
pub struct Output {
    /// How findings are written, and into which file; several can be given [default: text]
    #[arg(long = "format", value_name = "FORMAT[=FILE]", long_help = names())]
    formats: Vec<String>,
}

/// A format and the file that it goes to; to the standard output without one.
pub struct Target {
    format: &'static Format,
    file: Option<PathBuf>,
}

fn names() -> String {
    let lines: Vec<String> =
        FORMATS.iter().map(|format| format!("- {}: {}", format.name, format.about)).collect();
    format!(
        "How findings are written, and into which file; several can be given [default: text]\n\n{}",
        lines.join("\n")
    )
}

impl Output {
    /// What is asked for, if it can be done for one tree, or for several.
    pub fn targets(&self, several: bool) -> Result<Vec<Target>> {
        let mut targets = Vec::new();
        for written in &self.formats {
            let (name, file) = match written.split_once('=') {
                Some((name, file)) => (name, Some(PathBuf::from(file))),
                None => (written.as_str(), None),
            };
            let format = formats::find(name).ok_or_else(|| {
                let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
                Error::new(format!("no format is called `{name}`; there are {}", names.join(", ")))
            })?;
            if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) {
                return Err(Error::new(format!("`--format {written}` names no file")));
            }
            if several && (format.is_document || file.is_some()) {
                return Err(Error::new(format!(
                    "the paths lie in several trees; check one tree at a time for `{written}`"
                )));
            }
            targets.push(Target { format, file });
        }
        // Who sends everything to files still wants to see what is wrong.
        if targets.iter().all(|target| target.file.is_some()) {
            targets.push(Target { format: &FORMATS[0], file: None });
        }
        if targets.iter().filter(|target| target.file.is_none()).count() > 1 {
            let message = "two formats cannot share the standard output; give one a file, as in \
                           `--format sarif=docgen.sarif`";
            return Err(Error::new(message));
        }
        Ok(targets)
    }
}

/// Writes a report in every format that was asked for.
pub fn write(
    opened: &Opened,
    diagnostics: Vec<Diagnostic>,
    coverage: Coverage,
    targets: &[Target],
    notes: bool,
    interrupts: &Interrupts,
) -> Result<()> {
    let sources = |path: &VPath| opened.model.source(path);
    let report = Report { diagnostics, coverage, sources: &sources };
    let text = options(notes, std::io::stdout().is_terminal());
    let settings = Settings { notes, prefix: prefix(opened), text };
    for Target { format, file } in targets {
        let Some(file) = file else {
            print(|out| (format.write)(&report, &settings, out))?;
            continue;
        };
        let mut bytes = Vec::new();
        (format.write)(&report, &settings, &mut bytes)
            .map_err(|error| Error::at(file, "cannot write it", error))?;
        replace::write(file, &bytes, interrupts)?;
    }
    Ok(())
}

/// The path of the tree from the top of its repository.
fn prefix(opened: &Opened) -> String {
    let top = git::top(&opened.root);
    let inside =
        top.and_then(|top| opened.root.strip_prefix(top).ok()?.to_str().map(str::to_owned));
    inside.unwrap_or_default().replace('\\', "/")
}
