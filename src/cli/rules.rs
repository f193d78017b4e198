//! `docgen rules`.

use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use super::{Outcome, print};
use crate::check::rule::Rule;
use crate::check::rules::RULES;
use crate::config::{Config, Level};
use crate::diagnostic::Severity;
use crate::error::Result;
use crate::open::{Project, locate};
use crate::project::Options;

/// Arguments of `docgen rules`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Human-readable text
    Text,
    /// JSON, for programs
    Json,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    severity: &'static str,
    default: &'static str,
    fix: bool,
    summary: &'static str,
    page: String,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let config =
        Project::settings(locate::around(Path::new("."), None)?, Options::default())?.config;
    let entries: Vec<Entry> = RULES.iter().map(|rule| entry(rule, &config)).collect();
    print(|out| match arguments.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &entries)?;
            writeln!(out)
        }
        Format::Text => entries.iter().try_for_each(|entry| {
            let changed = if entry.severity == entry.default {
                String::new()
            } else {
                format!(" (default: {})", entry.default)
            };
            let fix = if entry.fix { " Fixable." } else { "" };
            let Entry { name, severity, summary, .. } = entry;
            writeln!(out, "{name:22} {severity:8}{summary}{fix}{changed}")
        }),
    })?;
    Ok(Outcome::Clean)
}

fn entry(rule: &Rule, config: &Config) -> Entry {
    Entry {
        name: rule.name,
        severity: level_name(config.rules.get(rule.name).copied().unwrap_or(rule.severity)),
        default: rule.severity_name(),
        fix: rule.offers_fix(),
        summary: rule.summary(),
        page: rule.page(),
    }
}

fn level_name(level: Level) -> &'static str {
    level.map_or("off", Severity::name)
}
