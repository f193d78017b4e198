//! `docgen serve`.

use std::path::PathBuf;

use super::view::View;
use super::{Outcome, TreeArguments, counted, note_published, open_folder, say};
use crate::check::checker::Checked;
use crate::check::rule::Diagnostic;
use crate::error::Result;
use crate::open::{Event, Project, ServeOptions};

/// Arguments of `docgen serve`.
#[derive(Clone, clap::Args)]
pub struct Arguments {
    /// Documentation tree: its root, or a folder inside or above it
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Port to listen on at 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 4000)]
    port: u16,
    #[command(flatten)]
    tree: TreeArguments,
}

/// Runs the preview server until the process is stopped.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let project = open_folder(&arguments.dir, arguments.tree.options())?;
    note_published(&project.tree);
    let (again, checked) = (arguments.clone(), arguments.clone());
    project.serve(ServeOptions {
        port: arguments.port,
        open: move || open_folder(&again.dir, again.tree.options()),
        check: move |project: &Project| check(project, &checked),
        report,
    })?;
    Ok(Outcome::Clean)
}

/// Prints what happens while the preview is served.
fn report(event: Event<'_>) {
    match event {
        Event::Listening(address) => println!("serving on {address}"),
        Event::Failed(error) => say(error),
        Event::Rendered(project, findings) => {
            findings.iter().for_each(|one| print_finding(project, one));
        }
    }
}

fn print_finding(project: &Project, found: &Diagnostic) {
    let source = project.model.source(&found.finding.path);
    let line = source.map_or(1, |source| source.position(found.finding.span.start).line);
    let (path, message) = (&found.finding.path, &found.finding.message);
    eprintln!("{path}:{line}: {}[{}]: {message}", found.severity.name(), found.rule.name);
}

fn check(project: &Project, arguments: &Arguments) -> Checked {
    let checked = match View::of(project, arguments.tree.baseline.as_deref()) {
        Ok(view) => view.check(&project.model),
        // A broken baseline must not stop the preview.
        Err(error) => {
            eprintln!("warning: {error}");
            project.check()
        }
    };
    let count =
        |name: &str| checked.diagnostics.iter().filter(|one| one.severity.name() == name).count();
    let counts = [("error", count("error")), ("warning", count("warning"))];
    let counts = counts.map(|(name, number)| counted(number, name)).join(", ");
    println!("{}, {counts}", counted(checked.coverage.pages, "page"));
    checked
}
