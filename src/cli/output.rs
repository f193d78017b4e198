//! The formats that a report is written in, and where each of them goes.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::print;
use crate::check::rule::Diagnostic;
use crate::coverage::Coverage;
use crate::error::{Error, Result};
use crate::io::interrupt::Interrupts;
use crate::io::{git, replace};
use crate::open::Project;
use crate::report::formats::{self, FORMATS, Format};
use crate::report::{Report, Settings, text};
use crate::source::VPath;

/// Arguments of `docgen check` about its output.
#[derive(clap::Args)]
pub struct Output {
    /// Output format, and the file to write it to; can be repeated [default: text]
    #[arg(long = "format", value_name = "FORMAT[=FILE]", long_help = names())]
    formats: Vec<String>,
}

/// A format and the file that it is written to; `None` for standard output.
pub struct Target {
    format: &'static Format,
    file: Option<PathBuf>,
}

fn names() -> String {
    let lines: Vec<String> =
        FORMATS.iter().map(|format| format!("- {}: {}", format.name, format.about)).collect();
    format!(
        "Output format, and the file to write it to; can be repeated [default: text]\n\n{}",
        lines.join("\n")
    )
}

impl Output {
    /// The formats that were asked for, or an error if they cannot be written. `several` says
    /// that more than one tree is checked.
    pub fn targets(&self, several: bool) -> Result<Vec<Target>> {
        let mut targets = Vec::new();
        for written in &self.formats {
            let (name, file) = match written.split_once('=') {
                Some((name, file)) => (name, Some(PathBuf::from(file))),
                None => (written.as_str(), None),
            };
            let format = formats::find(name).ok_or_else(|| {
                let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
                Error::new(format!("unknown format `{name}`; the formats are {}", names.join(", ")))
            })?;
            if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) {
                return Err(Error::new(format!(
                    "`--format {written}` has no file name after the `=`"
                )));
            }
            if several && (format.is_document || file.is_some()) {
                return Err(Error::new(format!(
                    "the paths belong to several trees; check one tree at a time with `--format {written}`"
                )));
            }
            targets.push(Target { format, file });
        }
        // If every format goes to a file, the findings are also shown as text.
        if targets.iter().all(|target| target.file.is_some()) {
            targets.push(Target { format: &FORMATS[0], file: None });
        }
        if targets.iter().filter(|target| target.file.is_none()).count() > 1 {
            let message = "two formats cannot share standard output; write one to a file, as in \
                           `--format sarif=docgen.sarif`";
            return Err(Error::new(message));
        }
        Ok(targets)
    }
}

/// Writes a report in each of the formats.
pub fn write(
    project: &Project,
    diagnostics: Vec<Diagnostic>,
    coverage: Coverage,
    targets: &[Target],
    notes: bool,
    interrupts: &Interrupts,
) -> Result<()> {
    let sources = |path: &VPath| project.model.source(path);
    let report = Report { diagnostics, coverage, sources: &sources };
    let text = options(notes, std::io::stdout().is_terminal());
    let settings = Settings { notes, prefix: prefix(project), text };
    for Target { format, file } in targets {
        let Some(file) = file else {
            print(|out| (format.write)(&report, &settings, out))?;
            continue;
        };
        let mut bytes = Vec::new();
        (format.write)(&report, &settings, &mut bytes)
            .map_err(|error| Error::at(file, "cannot write", error))?;
        replace::write(file, &bytes, interrupts)?;
    }
    Ok(())
}

/// The path of the tree inside its git repository; empty outside of one.
fn prefix(project: &Project) -> String {
    let top = git::top(&project.root);
    let inside =
        top.and_then(|top| project.root.strip_prefix(top).ok()?.to_str().map(str::to_owned));
    inside.unwrap_or_default().replace('\\', "/")
}

/// How the text format is written: in colour on a terminal, unless `NO_COLOR` is set.
pub fn options(notes: bool, terminal: bool) -> text::Options {
    let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    text::Options { color, notes, ..text::Options::default() }
}
