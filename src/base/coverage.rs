//! What a check has looked at. Without it, a report without findings means little.
//!
//! Pages are counted separately, in parallel, and combined with [`Coverage::merge`]. Merging is
//! commutative and associative, so the order of the pages does not matter.

use std::collections::BTreeMap;

use crate::source::VPath;

/// What a check looked at, and what it did not look at, with the reasons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// The flavour of the tree; empty for a part of a tree.
    pub flavour: String,
    /// How the flavour was determined.
    pub flavour_reason: String,
    /// Pages read.
    pub pages: usize,
    /// Files other than pages that links can lead to.
    pub assets: usize,
    /// All links, external ones included.
    pub links: usize,
    /// Links that leave the tree.
    pub links_external: usize,
    /// Links whose target was not checked, by reason.
    pub links_not_checked: BTreeMap<String, usize>,
    /// Anchors: places that the fragment of a link can name.
    pub anchors: usize,
    /// All code blocks.
    pub code_blocks: usize,
    /// Code blocks that were parsed as their language.
    pub code_blocks_checked: usize,
    /// Code blocks by language, or by label if docgen does not know the language.
    pub languages: BTreeMap<String, LanguageCoverage>,
    /// Blocks that were accepted although a strict parser rejects them.
    pub accepted: Accepted,
    /// Blocks marked as bad in which the named rule has a finding.
    pub bad_asserted: usize,
    /// Blocks marked as bad for a reason that no rule can check.
    pub bad_stated: usize,
    /// Blocks validated against a schema.
    pub config_blocks: usize,
    /// Blocks with a schema that could not be validated, by reason.
    pub config_blocks_not_checked: BTreeMap<String, usize>,
    /// Blocks that passed validation against a schema or a command specification.
    pub validated: Vec<Validated>,
    /// Commands compared with the specification of their tool.
    pub commands: usize,
    /// Findings that are accepted in the pages.
    pub suppressed: usize,
    /// Findings that a baseline accepts.
    pub accepted_before: usize,
    /// Patterns of schemas that could not be translated, and are ignored.
    pub untranslated_patterns: usize,
}

/// A code block that passed validation against a schema or a command specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validated {
    /// The page.
    pub path: VPath,
    /// Where the block begins.
    pub start: usize,
    /// The name of the schema or of the command.
    pub by: String,
}

/// The code blocks of one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LanguageCoverage {
    /// All blocks.
    pub blocks: usize,
    /// Those that were parsed.
    pub checked: usize,
    /// Why the others were not parsed.
    pub reason: Option<String>,
}

/// Counts of blocks that were accepted although they are not whole documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Part of a document.
    pub fragments: usize,
    /// Blocks in which something is marked as left out.
    pub elisions: usize,
    /// Several documents in one block.
    pub several: usize,
}

impl Coverage {
    /// Counts one code block that was checked.
    pub fn block_checked(&mut self, language: &str) {
        self.code_blocks += 1;
        self.code_blocks_checked += 1;
        let entry = self.language(language);
        entry.blocks += 1;
        entry.checked += 1;
    }

    /// Counts one code block that was not checked, and why.
    pub fn block_not_checked(&mut self, language: &str, reason: Option<&str>) {
        self.code_blocks += 1;
        let entry = self.language(language);
        entry.blocks += 1;
        merge_reason(&mut entry.reason, reason);
    }

    /// Counts one link whose target was not checked.
    pub fn link_not_checked(&mut self, reason: &str) {
        *self.links_not_checked.entry(reason.to_owned()).or_default() += 1;
    }

    /// Takes back that the targets of some links were not checked.
    pub fn links_checked_after_all(&mut self, reason: &str, count: usize) {
        let Some(left) = self.links_not_checked.get_mut(reason) else { return };
        *left = left.saturating_sub(count);
        if *left == 0 {
            self.links_not_checked.remove(reason);
        }
    }

    /// Counts one block with a schema that could not be validated.
    pub fn config_not_checked(&mut self, reason: &str) {
        *self.config_blocks_not_checked.entry(reason.to_owned()).or_default() += 1;
    }

    /// Adds the coverage of another part of the tree.
    pub fn merge(&mut self, other: &Coverage) {
        // All parts of a tree have the same flavour, or none.
        let mine = (&self.flavour, &self.flavour_reason);
        if (&other.flavour, &other.flavour_reason) > mine {
            self.flavour.clone_from(&other.flavour);
            self.flavour_reason.clone_from(&other.flavour_reason);
        }
        self.pages += other.pages;
        self.assets += other.assets;
        self.links += other.links;
        self.links_external += other.links_external;
        for (reason, count) in &other.links_not_checked {
            *self.links_not_checked.entry(reason.clone()).or_default() += count;
        }
        self.anchors += other.anchors;
        self.code_blocks += other.code_blocks;
        self.code_blocks_checked += other.code_blocks_checked;
        for (name, language) in &other.languages {
            let entry = self.language(name);
            entry.blocks += language.blocks;
            entry.checked += language.checked;
            merge_reason(&mut entry.reason, language.reason.as_deref());
        }
        self.accepted.fragments += other.accepted.fragments;
        self.accepted.elisions += other.accepted.elisions;
        self.accepted.several += other.accepted.several;
        self.bad_asserted += other.bad_asserted;
        self.bad_stated += other.bad_stated;
        self.config_blocks += other.config_blocks;
        for (reason, count) in &other.config_blocks_not_checked {
            *self.config_blocks_not_checked.entry(reason.clone()).or_default() += count;
        }
        self.validated.extend_from_slice(&other.validated);
        self.commands += other.commands;
        self.suppressed += other.suppressed;
        self.accepted_before += other.accepted_before;
        self.untranslated_patterns += other.untranslated_patterns;
    }

    fn language(&mut self, name: &str) -> &mut LanguageCoverage {
        self.languages.entry(name.to_owned()).or_default()
    }
}

/// Keeps the alphabetically first of two reasons: the choice must not depend on their order.
fn merge_reason(mine: &mut Option<String>, other: Option<&str>) {
    let Some(other) = other else { return };
    if mine.as_deref().is_none_or(|mine| other < mine) {
        *mine = Some(other.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn totals_and_languages_stay_in_step() {
        let mut coverage = Coverage::default();
        coverage.block_checked("json");
        coverage.block_checked("json");
        coverage.block_not_checked("json", Some("too large"));
        coverage.block_not_checked("text", None);
        assert_eq!((coverage.code_blocks, coverage.code_blocks_checked), (4, 2));
        let json = &coverage.languages["json"];
        assert_eq!((json.blocks, json.checked, json.reason.as_deref()), (3, 2, Some("too large")));
        assert_eq!(coverage.languages["text"].reason, None);
    }

    fn language() -> impl Strategy<Value = LanguageCoverage> {
        (0..9usize, 0..9usize, proptest::option::of("[ab]{1,2}"))
            .prop_map(|(blocks, checked, reason)| LanguageCoverage { blocks, checked, reason })
    }

    fn coverage() -> impl Strategy<Value = Coverage> {
        let counts = proptest::array::uniform14(0..99usize);
        let reasons = proptest::collection::btree_map("[ab]", 1..9usize, 0..3);
        let languages = proptest::collection::btree_map("[ab]", language(), 0..3);
        (counts, reasons, languages).prop_map(|(n, reasons, languages)| Coverage {
            flavour: ["", "a", "b"][n[0] % 3].to_owned(),
            flavour_reason: ["", "x"][n[1] % 2].to_owned(),
            pages: n[0],
            assets: n[1],
            links: n[2],
            links_external: n[3],
            links_not_checked: reasons.clone(),
            anchors: n[4],
            code_blocks: n[5],
            code_blocks_checked: n[6],
            languages,
            accepted: Accepted { fragments: n[7], elisions: n[8], several: n[9] },
            bad_asserted: n[10],
            bad_stated: n[11],
            config_blocks: n[12],
            config_blocks_not_checked: reasons,
            validated: Vec::new(),
            commands: n[13],
            suppressed: n[2] + n[3],
            accepted_before: n[1] + n[2],
            untranslated_patterns: n[0] + n[13],
        })
    }

    fn merged(a: &Coverage, b: &Coverage) -> Coverage {
        let mut sum = a.clone();
        sum.merge(b);
        sum
    }

    proptest! {
        #[test]
        fn order_and_grouping_do_not_show(a in coverage(), b in coverage(), c in coverage()) {
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(merged(&a, &Coverage::default()), a.clone());
            let sum = merged(&a, &b);
            prop_assert_eq!(sum.pages, a.pages + b.pages);
            prop_assert_eq!(sum.untranslated_patterns, a.untranslated_patterns + b.untranslated_patterns);
        }
    }
}
