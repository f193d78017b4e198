//! The tables whose members know nothing of one another: what several need stands beside them.

use super::facts::Kind;
use super::source::names;
use super::{Findings, Sources};

/// The module of a table, and what each of its members defines. Other modules there are shared.
pub const TABLES: [(&str, &str); 4] = [
    ("docgen_check::rules", "RULE"),
    ("docgen_code::lang", "LANGUAGE"),
    ("docgen_model::config::flavours", "POLICY"),
    ("docgen::report", "write"),
];

/// Finds members that use another one. Tests may.
pub fn check(sources: &Sources, findings: &mut Findings) {
    for (table, mark) in TABLES {
        let table = names(table);
        let members = sources.index.members(&table, mark);
        // The member that a path is, or is inside of.
        let member = |path: &[String]| {
            let name = path.strip_prefix(&table[..])?.first()?;
            members.iter().find(|member| *member == name).copied()
        };
        for (file, facts) in sources.each() {
            let Some(own) = member(&file.module) else { continue };
            for fact in facts.iter().filter(|fact| !fact.is_test) {
                let Kind::Path { path, .. } = &fact.kind else { continue };
                if let Some(other) = member(path).filter(|other| *other != own) {
                    let text = format!("`{own}` knows its sibling `{other}`");
                    findings.add(file, fact.line, "sibling", text);
                }
            }
        }
    }
}
