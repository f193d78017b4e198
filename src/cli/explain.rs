//! `docgen explain`.

use super::{Outcome, print};
use crate::check::rules::{self, RULES};
use crate::error::{Error, Result};
use crate::suggest::nearest;

/// Arguments of `docgen explain`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Rule to explain; without one, the rules are listed
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Some(name) = &arguments.rule else {
        print(|out| {
            RULES
                .iter()
                .try_for_each(|rule| writeln!(out, "{:20} {}", rule.name, rule.severity_name()))
        })?;
        return Ok(Outcome::Clean);
    };
    let Some(rule) = rules::find(name) else {
        let near = nearest(name, RULES.iter().map(|rule| rule.name));
        let help = near.map_or_else(
            || "run `docgen explain` for a list".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Error::new(format!("unknown rule `{name}`; {help}")));
    };
    print(|out| write!(out, "{}", rule.doc))?;
    Ok(Outcome::Clean)
}
