//! Moves findings about included text to the file that the text came from.

use std::collections::HashSet;

use super::rule::{Diagnostic, Rule};
use super::rules::{code_syntax, missing_include, truncated_code, unknown_variable};
use crate::project::Expansions;

/// Rules that expect a block to be whole. They do not apply to a part of an included file, whose
/// brackets may be closed in the rest.
const ABOUT_WHOLE_CODE: [&Rule; 2] = [&code_syntax::RULE, &truncated_code::RULE];

/// Rules whose findings come from reading the files.
const LOCATED: [&Rule; 2] = [&missing_include::RULE, &unknown_variable::RULE];

/// Moves findings to the files that their text came from. A file that several pages include is
/// reported once.
pub fn relocate(expansions: &Expansions, diagnostics: &mut Vec<Diagnostic>) {
    if expansions.is_empty() {
        return;
    }
    let mut seen = HashSet::new();
    diagnostics.retain_mut(|one| {
        // Its locations are in the files already.
        if LOCATED.contains(&one.rule) {
            return true;
        }
        let page = one.finding.path.clone();
        if ABOUT_WHOLE_CODE.contains(&one.rule) && expansions.is_at_cut(&page, one.finding.span) {
            return false;
        }
        expansions.relocate(&mut one.finding);
        one.finding.path == page || {
            let finding = &one.finding;
            seen.insert((one.rule, finding.path.clone(), finding.span, finding.message.clone()))
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Checker;
    use crate::project::{Inputs, Loader, MemoryTree, Model};

    fn findings(page: &str, listing: &str) -> Vec<String> {
        let files =
            [("docgen.toml", "flavour = \"mdbook\"\n"), ("index.md", page), ("a.json", listing)];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
        let model = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
        let found = Checker::new(&model).check().diagnostics;
        let errors = found.iter().filter(|one| one.rule == &code_syntax::RULE);
        errors.map(|one| format!("{}:{}", one.finding.path, one.finding.span.start)).collect()
    }

    #[test]
    fn hidden_files_are_taken_in_only_where_they_are_tracked() {
        let files = [
            ("docgen.toml", "flavour = \"mdbook\"\n"),
            ("index.md", "# A\n\n{{#include .x/a.md}} {{#include .git/b.md}}\n"),
            (".x/a.md", "# Hidden\n"),
            (".git/b.md", "# Git\n"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        for (tracked, expected) in [(&[][..], 2), (&[".x/a.md", ".git/b.md"][..], 1)] {
            let tree = MemoryTree::new(files.clone()).tracking(tracked);
            let model = Loader::default().load(&tree).unwrap();
            let found = Checker::new(&model).check().diagnostics;
            let refused = found.iter().filter(|one| one.rule == &missing_include::RULE).count();
            assert_eq!(refused, expected, "{found:?}");
            assert_eq!(model.index.pages.len(), tracked.len().min(1) + 1);
        }
    }

    #[test]
    fn code_is_judged_where_it_stands_and_only_when_it_is_whole() {
        let whole =
            "# A\n\n```json\n{{#include a.json}}\n```\n\n```json\n{{#include a.json}}\n```\n";
        assert_eq!(findings(whole, "{\"a\": 1,, \"b\": 2}\n"), ["a.json:8"]);
        let part = "# A\n\n```json\n{{#include a.json:1:2}}\n```\n";
        assert!(findings(part, "{\n  \"a\": {\n    \"b\": 1 } }\n").is_empty());
    }
}
