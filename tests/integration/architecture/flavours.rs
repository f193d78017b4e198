//! What one generator does and another does not stands in the policy of its flavour, in one folder.
//! No code elsewhere asks which one it has.

use super::facts::{Fact, Kind};
use super::source::{is_within, names};
use super::{Findings, Sources};

const HOME: &str = "docgen_model::config::flavours";

/// The crates below those that know of flavours.
const BEFORE: [&str; 2] = ["docgen_base", "docgen_code"];

/// Finds code that names a flavour. `flavours` are the names; tests may use them.
pub fn check(sources: &Sources, flavours: &[&str], findings: &mut Findings) {
    let home = names(HOME);
    for (file, facts) in sources.each() {
        if is_within(&file.module, HOME) || BEFORE.contains(&file.module[0].as_str()) {
            continue;
        }
        for fact in facts.iter().filter(|fact| !fact.is_test) {
            if let Some(why) = named(fact, &home, flavours) {
                findings.add(file, fact.line, "flavour", why);
            }
        }
    }
}

fn named(fact: &Fact, home: &[String], flavours: &[&str]) -> Option<String> {
    match &fact.kind {
        Kind::Path { path, .. } => {
            let file = path.strip_prefix(home).and_then(|rest| rest.first());
            let flavour = path.iter().position(|name| name == "Flavour");
            let one = flavour.and_then(|at| path.get(at + 1)).filter(|name| is_variant(name));
            let one = one.or_else(|| file.filter(|name| flavours.contains(&name.as_str())))?;
            Some(format!("names the flavour `{one}`"))
        }
        Kind::Text(text) if flavours.contains(&text.as_str()) => {
            Some(format!("names the flavour \"{text}\""))
        }
        Kind::FlavourCompared => Some("compares the name of a flavour".to_owned()),
        _ => None,
    }
}

/// `Hugo`, and not `ALL`.
fn is_variant(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
