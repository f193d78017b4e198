//! The type of a rule, and the data that rules see.

use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::blocks::Block;
use super::commands::Commands;
use super::configs::ConfigExample;
use super::conventions::Conventions;
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
use crate::site::pages::PageVec;
use crate::site::resolve::Resolver;
use crate::site::target::Target;
use crate::source::VPath;

/// A rule. Each is one static in one file, with one page of the manual.
///
/// A rule is identified by its static: rules are equal if their addresses are. The name is for
/// people; code refers to the static, so that a rule that does not exist does not compile.
#[non_exhaustive]
pub struct Rule {
    /// Its name, in kebab case.
    pub name: &'static str,
    /// The default severity of its findings, which a finding or docgen.toml can override. `None`
    /// means that the rule is off unless docgen.toml gives it a severity.
    pub severity: Level,
    /// Its page: what it finds, why that matters to readers, examples.
    pub doc: &'static str,
    /// Its check function.
    pub check: Check,
}

/// The check function of a rule, by how much it sees.
pub enum Check {
    /// Sees one page. Its findings depend only on that page and the targets of its links.
    Page(fn(&PageContext<'_>, &mut Vec<Finding>)),
    /// The whole site.
    Site(fn(&SiteContext<'_>, &mut Vec<Finding>)),
    /// Sees one page and the findings of the page rules on it.
    After(fn(&PageContext<'_>, &[Diagnostic], &mut Vec<Finding>)),
    /// Never runs in a check: its findings are reported while pages are rendered.
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
    /// The targets of the links of each page.
    pub targets: &'a PageVec<Vec<Target>>,
    /// Schemas and command specifications.
    pub bindings: &'a Bindings,
    /// Faults from before the model was made.
    pub faults: &'a LoadFaults,
    /// Judgements of blocks that occur on several pages.
    pub judgements: &'a JudgementCache,
    /// The search for texts that very few pages contain.
    pub prefilter: &'a Prefilter,
    /// Markup that the tree uses too often to be a mistake.
    pub conventions: &'a Conventions,
    /// The earlier version of the tree, with `--since`.
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
    /// The name of the default severity, or `off`.
    pub fn severity_name(&self) -> &'static str {
        self.severity.map_or("off", Severity::name)
    }

    /// The first sentence of its page, which says what the rule finds.
    pub fn summary(&self) -> &'static str {
        // A checkout may have Windows line endings.
        let lead = self.doc.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default();
        lead.find(". ").map_or(lead, |end| &lead[..=end])
    }

    /// Whether some of its findings have a fix.
    pub fn offers_fix(&self) -> bool {
        self.doc.lines().any(|line| line == "## Fixed")
    }

    /// The path of its page in the manual, from the root of the project's site.
    pub fn page(&self) -> String {
        format!("/manual/rules/{}/", self.name)
    }
}

impl<'a> SiteContext<'a> {
    /// Resolves links that are not on a page.
    pub fn resolver(&self) -> Resolver<'a> {
        Resolver::new(self.index, self.config.flavour)
    }

    /// The faults of one kind from reading the tree.
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
    /// The targets of its links, in order.
    pub targets: &'a [Target],
    /// The targets of the links in its front matter, in order.
    pub front_targets: &'a [Target],
    /// Its code blocks, judged.
    pub blocks: &'a [Block<'a>],
    /// Its blocks and inlines.
    pub outline: &'a Outline<'a>,
    /// Its commands, compared with specifications.
    pub commands: &'a Commands,
    /// Its configuration examples, in order.
    pub configs: &'a [ConfigExample<'a>],
    /// Its tags without a partner.
    pub unpaired_tags: &'a [UnpairedTag],
    /// Whether it may contain one of the texts of the prefilter.
    pub may_match_prefilter: bool,
}

impl<'a> PageContext<'a> {
    /// Every link of the page with its target, those in the front matter first.
    pub fn links(&self) -> impl Iterator<Item = (&'a Link, &'a Target)> {
        let facts: &'a PageFacts = self.facts();
        let front = facts.front_links.iter().zip(self.front_targets);
        front.chain(facts.links.iter().zip(self.targets))
    }

    /// Like [`Self::links`], but an address that several links take from one definition comes once.
    pub fn destinations(&self) -> impl Iterator<Item = (&'a Link, &'a Target)> {
        let mut seen = HashSet::new();
        self.links().filter(move |(link, _)| {
            link.definition.is_none_or(|definition| seen.insert(definition.start))
        })
    }

    /// A finding about the address of a link, located where that is written.
    pub fn about(&self, link: &Link, message: impl Into<String>) -> Finding {
        let finding = Finding::new(self.path(), link.dest_span(), message);
        match link.definition {
            Some(_) => finding.related(self.path(), link.span, "the link that uses it"),
            None => finding,
        }
    }

    /// The severity of a tag without a partner: browsers cope with unclosed HTML elements, but in
    /// MDX and in components of other tools they stop the build.
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
