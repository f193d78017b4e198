//! A rule is named by its static: a name in quotes can be misspelt.

use super::facts::Kind;
use super::source::is_within;
use super::{Findings, Sources};

/// Finds names of rules in quotes, outside of the rule itself. Tests may have them.
pub fn check(sources: &Sources, rules: &[&str], findings: &mut Findings) {
    for (file, facts) in sources.each() {
        for fact in facts.iter().filter(|fact| !fact.is_test) {
            let Kind::Text(text) = &fact.kind else { continue };
            let own = format!("docgen_check::rules::{}", text.replace('-', "_"));
            if rules.contains(&text.as_str()) && !is_within(&file.module, &own) {
                findings.add(file, fact.line, "rule-name", format!("\"{text}\" names a rule"));
            }
        }
    }
}
