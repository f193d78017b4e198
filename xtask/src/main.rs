//! Chores of the repository, run as `cargo xtask`. It has no dependencies, so that a contributor
//! does not wait for it.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it writes files"
)]

mod new_rule;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask new-rule NAME [--group GROUP] [--severity SEVERITY] [--summary TEXT]
    Writes the files of a rule that finds one placeholder text, and enters the rule everywhere a
    rule has to be named. Its tests pass as they are; replace the placeholder step by step.

    NAME        in kebab case, says what is wrong: `heading-order`
    GROUP       a group of rules in the navigation of docgen.toml [default: Pages]
    SEVERITY    error, warning, note or off [default: warning]
    TEXT        what the rule finds, for the manual and the changelog: \"a heading without text\"
                [default: what the placeholder finds]
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match run(&root, &arguments) {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(root: &Path, arguments: &[String]) -> Result<String, String> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] | ["help" | "--help" | "-h"] => Ok(HELP.to_owned()),
        ["new-rule", name, ref options @ ..] => new_rule(root, name, options),
        [other, ..] => Err(format!("there is no chore `{other}`\n\n{HELP}")),
    }
}

fn new_rule(root: &Path, name: &str, options: &[&str]) -> Result<String, String> {
    let summary = new_rule::PLACEHOLDER;
    let mut rule = new_rule::NewRule { name, group: "Pages", severity: "warning", summary };
    for pair in options.chunks(2) {
        match *pair {
            ["--group", group] => rule.group = group,
            ["--severity", severity] => rule.severity = severity,
            ["--summary", summary] => rule.summary = summary,
            _ => return Err(format!("cannot make sense of `{}`\n\n{HELP}", pair.join(" "))),
        }
    }
    let read = |path: &str| {
        std::fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))
    };
    let exists = |path: &str| root.join(path).exists();
    // Everything is made before anything is written: a failure leaves the repository as it was.
    let files = new_rule::files(&rule, &read, &exists)?;
    let mut report = String::new();
    for (path, text) in &files {
        let place: PathBuf = root.join(path);
        std::fs::write(&place, text).map_err(|error| format!("{path}: {error}"))?;
        report.push_str(&format!("wrote {path}\n"));
    }
    report.push_str(&format!(
        "\nnow: cargo test --test trials -- '[rules] {name}'\n\
         then say in content/manual/rules/{name}.md what it finds, let it find that, and write the \
         findings of the page anew:\n\
         DOCGEN_BLESS=1 cargo test --test trials -- '[rules] {name}'\n"
    ));
    Ok(report)
}
