//! What a rule is, and what it sees.

use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::blocks::Block;
use super::commands::Commands;
use super::configs::ConfigExample;
use super::earlier_version::EarlierVersion;
use super::judgement_cache::JudgementCache;
use super::prefilter::Prefilter;
use super::unpaired_tags::UnpairedTag;
use crate::config::{Config, Level};
use crate::diagnostic::{Finding, Severity};
use crate::markdown::facts::{Link, PageFacts};
use crate::markdown::outline::Outline;
use crate::project::bindings::Bindings;
use crate::project::{LoadFault, LoadFaults};
use crate::site::index::{Index, Page};
use crate::site::nav::Nav;
use crate::site::resolve::{Resolver, Target};
use crate::source::VPath;

/// A rule: one static in one file, with its page beside it.
///
/// The static is what a rule is known by: two are one if they stand at the same place. Its name is
/// for what people read and write; code that means a rule refers to its static, so that a rule
/// that does not exist does not compile.
#[non_exhaustive]
pub struct Rule {
    /// Its name, in kebab case.
    pub name: &'static str,
    /// What its findings count as, unless they or docgen.toml say otherwise; a rule without one is
    /// off until docgen.toml gives it a severity.
    pub severity: Level,
    /// Its page: what it finds, why that hurts a reader, examples.
    pub doc: &'static str,
    /// How it looks.
    pub check: Check,
}

/// How much a rule sees.
pub enum Check {
    /// One page; its findings depend on that page and on what its links lead to.
    Page(fn(&PageContext<'_>, &mut Vec<Finding>)),
    /// The whole site.
    Site(fn(&SiteContext<'_>, &mut Vec<Finding>)),
    /// One page and what the page rules found on it.
    After(fn(&PageContext<'_>, &[Diagnostic], &mut Vec<Finding>)),
    /// Nothing: its findings come up while pages are rendered, which a check does not do.
    Rendering,
}

/// The whole site, as rules see it.
pub struct SiteContext<'a> {
    /// The settings.
    pub config: &'a Config,
    /// All targets.
    pub index: &'a Index,
    /// The navigation.
    pub nav: &'a Nav,
    /// What the links of each page lead to.
    pub targets: &'a [Vec<Target>],
    /// Schemas and command specifications.
    pub bindings: &'a Bindings,
    /// What went wrong before there was a model.
    pub faults: &'a LoadFaults,
    /// What was said of blocks that stand on several pages.
    pub judgements: &'a JudgementCache,
    /// Texts that hardly any page has.
    pub prefilter: &'a Prefilter,
    /// The tree as it was, where a change is looked at.
    pub earlier: Option<EarlierVersion<'a>>,
}

/// A finding with its rule and its final severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Final severity.
    pub severity: Severity,
    /// The rest.
    pub finding: Finding,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Rule {}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)
    }
}

impl Rule {
    /// The severity as people read it.
    pub fn severity_name(&self) -> &'static str {
        self.severity.map_or("off", Severity::name)
    }

    /// The first sentence of its page: what it finds.
    pub fn summary(&self) -> &'static str {
        // A checkout may have line breaks of Windows.
        let lead = self.doc.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default();
        lead.find(". ").map_or(lead, |end| &lead[..=end])
    }

    /// Whether there is something that it can mend by itself.
    pub fn offers_fix(&self) -> bool {
        self.doc.lines().any(|line| line == "## Fixed")
    }

    /// Where its page stands in the manual, from the root of the project's site.
    pub fn page(&self) -> String {
        format!("/manual/rules/{}/", self.name)
    }
}

impl<'a> SiteContext<'a> {
    /// Looks up links that are not on a page.
    pub fn resolver(&self) -> Resolver<'a> {
        Resolver::new(self.index, self.config.flavour)
    }

    /// The faults of a kind that were met while the tree was read.
    pub fn faults_of(&self, kind: LoadFault) -> impl Iterator<Item = Finding> {
        self.faults.iter().filter(move |(one, _)| *one == kind).map(|(_, finding)| finding.clone())
    }
}

/// One page, as rules see it.
pub struct PageContext<'a> {
    /// The site around it.
    pub site: &'a SiteContext<'a>,
    /// The page.
    pub page: &'a Page,
    /// What its links lead to, in order.
    pub targets: &'a [Target],
    /// What the links of its front matter lead to, in order.
    pub front_targets: &'a [Target],
    /// Its code blocks, judged.
    pub blocks: &'a [Block<'a>],
    /// Its blocks and inlines.
    pub outline: &'a Outline<'a>,
    /// What is wrong with its commands.
    pub commands: &'a Commands,
    /// Its configuration examples, in order.
    pub configs: &'a [ConfigExample<'a>],
    /// Its tags that lack their other half.
    pub unpaired_tags: &'a [UnpairedTag],
    /// Whether one of the texts that hardly any page has may stand on it.
    pub may_match_prefilter: bool,
}

impl<'a> PageContext<'a> {
    /// Every link of the page with what it leads to, those of the front matter first.
    pub fn links(&self) -> impl Iterator<Item = (&'a Link, &'a Target)> {
        let facts: &'a PageFacts = self.facts();
        let front = facts.front_links.iter().zip(self.front_targets);
        front.chain(facts.links.iter().zip(self.targets))
    }

    /// The same, but an address that several links share, since it is that of a definition, once.
    pub fn destinations(&self) -> impl Iterator<Item = (&'a Link, &'a Target)> {
        let mut seen = HashSet::new();
        self.links().filter(move |(link, _)| {
            link.definition.is_none_or(|definition| seen.insert(definition.start))
        })
    }

    /// A finding about the address of a link, where that is written.
    pub fn about(&self, link: &Link, message: impl Into<String>) -> Finding {
        let finding = Finding::new(self.path(), link.dest_span(), message);
        match link.definition {
            Some(_) => finding.related(self.path(), link.span, "the link that uses it"),
            None => finding,
        }
    }

    /// How much a tag without its other tag matters: a browser makes up for elements of HTML as
    /// well as it can, MDX and the components of other tools stop the build.
    pub fn severity_of_unpaired_tag(&self, tag: &UnpairedTag) -> Severity {
        let strict = self.page.is_mdx() || self.site.config.dialect().mdx;
        let component = tag.name.starts_with(|first: char| first.is_ascii_uppercase());
        if strict || component { Severity::Error } else { Severity::Warning }
    }

    /// Its path.
    pub fn path(&self) -> &'a VPath {
        &self.page.source.path
    }

    /// Its text.
    pub fn text(&self) -> &'a str {
        &self.page.source.text
    }

    /// Its facts.
    pub fn facts(&self) -> &'a PageFacts {
        &self.page.facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_with_line_breaks_of_either_kind() {
        let rule = |doc| Rule { name: "x", severity: None, doc, check: Check::Site(|_, _| {}) };
        for one in [
            rule("# x\n\nFinds y. Default severity: off.\n\n## Fixed\n"),
            rule("# x\r\n\r\nFinds y. Default severity: off.\r\n\r\n## Fixed\r\n"),
        ] {
            assert_eq!((one.summary(), one.offers_fix()), ("Finds y.", true));
        }
        assert!(!rule("# x\n\nFinds y.\n\nNo ## Fixed\n").offers_fix());
    }
}
