//! `docgen check --external` against servers that misbehave.

mod keeping;
mod misbehaving;
mod server;

use std::process::Command;

use serde_json::Value;

use crate::common::Tree;

/// What a run says: its exit code, its findings, and what it writes to standard error.
struct Said {
    code: i32,
    findings: Vec<(String, String, String)>,
    /// The number of external links that were not checked.
    not_checked: u64,
    err: String,
}

/// Short times, and the servers of the tests allowed.
const SETTINGS: &str = "[external]\nprivate = [\"127.0.0.1\"]\ntimeout = 2\npause = 0.05\n\
                        max_wait = 3\ndelay = 0\ntime_limit = 120\n";

fn check(tree: &Tree, arguments: &[&str]) -> Said {
    let output = Command::new(assert_cmd::cargo::cargo_bin("docgen"))
        .current_dir(tree.root())
        .args(["check", "--format", "json", "--no-cache"])
        .args(arguments)
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {err}"));
    let text = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    let findings = report["diagnostics"].as_array().unwrap().iter();
    let findings = findings
        .map(|one| (text(one, "severity"), text(one, "message"), text(one, "help")))
        .collect();
    let not_checked = report["coverage"]["links_not_checked"]["external"].as_u64().unwrap_or(0);
    Said { code: output.status.code().unwrap(), findings, not_checked, err }
}
