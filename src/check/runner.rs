//! Runs the rules over a page or the site, and gives each finding its name and severity.

use super::blocks::Block;
use super::commands::Commands;
use super::configs::{self, Outcome};
use super::rule::{Check, Diagnostic, PageContext, Rule, SiteContext};
use super::rules::RULES;
use super::unpaired_tags;
use crate::config::Level;
use crate::coverage::{Coverage, Validated};
use crate::diagnostic::{Finding, Severity};
use crate::lang::Verdict;
use crate::markdown::info::BadMark;
use crate::markdown::outline::Outline;
use crate::site::index::Page;
use crate::site::target::Target;

/// The findings of the page rules on a page, and its coverage.
pub fn page(
    site: &SiteContext<'_>,
    page: &Page,
    targets: &[Target],
    front_targets: &[Target],
) -> (Vec<Diagnostic>, Coverage) {
    page_and(site, page, targets, front_targets, |_| ())
}

/// The same; `also` looks at the outline of the page.
pub fn page_and(
    site: &SiteContext<'_>,
    page: &Page,
    targets: &[Target],
    front_targets: &[Target],
    also: impl FnOnce(&Outline<'_>),
) -> (Vec<Diagnostic>, Coverage) {
    page.with_outline(site.config.dialect(), |outline| {
        also(outline);
        outlined(site, page, targets, front_targets, outline)
    })
}

fn outlined(
    site: &SiteContext<'_>,
    page: &Page,
    targets: &[Target],
    front_targets: &[Target],
    outline: &Outline<'_>,
) -> (Vec<Diagnostic>, Coverage) {
    let text = &page.source.text;
    let blocks: Vec<Block<'_>> = page
        .facts
        .code
        .iter()
        .map(|code| Block::new(code, text, site.config, site.judgements))
        .collect();
    let commands = Commands::new(site.bindings, page, &blocks, outline);
    let configs = configs::examples(site.bindings, page, &blocks);
    let unpaired_tags = unpaired_tags::find(site.config, site.index, page, outline);
    let context = PageContext {
        site,
        page,
        targets,
        front_targets,
        blocks: &blocks,
        outline,
        commands: &commands,
        configs: &configs,
        unpaired_tags: &unpaired_tags,
        may_match_prefilter: site.prefilter.may_be_in(text),
    };
    let mut found = Vec::new();
    for &rule in RULES {
        if let Check::Page(check) = rule.check {
            run(rule, site, &mut found, |out| check(&context, out));
        }
    }
    let mut kept = Vec::new();
    for &rule in RULES {
        if let Check::After(check) = rule.check {
            run(rule, site, &mut kept, |out| check(&context, &found, out));
        }
    }
    let mut coverage = coverage(&context);
    coverage.validated = validated(&context, &found);
    coverage.bad_asserted = asserted(&context, &found);
    found.retain(|diagnostic| !is_asserted(&context, diagnostic));
    found.extend(kept);
    // Rules that are off run as well, because a bad example may assert one of them.
    found.retain(|diagnostic| is_on(site, diagnostic.rule));
    (found, coverage)
}

/// The findings of the site rules.
pub fn site(context: &SiteContext<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for &rule in RULES {
        if let Check::Site(check) = rule.check {
            run(rule, context, &mut found, |out| check(context, out));
        }
    }
    found.retain(|diagnostic| is_on(context, diagnostic.rule));
    found
}

/// The order in which findings are reported.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |one: &Diagnostic| (one.finding.span, one.rule.name);
        (&a.finding.path, key(a))
            .cmp(&(&b.finding.path, key(b)))
            .then_with(|| a.finding.message.cmp(&b.finding.message))
    });
}

/// The severity of a rule on this site.
fn level(site: &SiteContext<'_>, rule: &Rule) -> Level {
    site.config.rules.get(rule.name).copied().unwrap_or(rule.severity)
}

/// Whether a rule is on.
pub fn is_on(site: &SiteContext<'_>, rule: &Rule) -> bool {
    level(site, rule).is_some()
}

/// Turns a finding from elsewhere into a diagnostic of a rule; `None` if the rule is off.
pub fn report(site: &SiteContext<'_>, rule: &'static Rule, finding: Finding) -> Option<Diagnostic> {
    level(site, rule)?;
    let mut found = Vec::new();
    run(rule, site, &mut found, |out| out.push(finding));
    found.pop()
}

fn run(
    rule: &'static Rule,
    site: &SiteContext<'_>,
    found: &mut Vec<Diagnostic>,
    check: impl FnOnce(&mut Vec<Finding>),
) {
    let mut findings = Vec::new();
    check(&mut findings);
    let set = site.config.rules.get(rule.name).copied().flatten();
    // A rule that is off still runs, for bad examples that assert it.
    let usual = set.or(rule.severity).unwrap_or(Severity::Warning);
    found.extend(findings.into_iter().map(|finding| {
        // Settings can lower the severity of a single finding, but not raise it.
        let severity = match (finding.severity, set) {
            (Some(own), Some(set)) => own.min(set),
            (own, _) => own.unwrap_or(usual),
        };
        Diagnostic { rule, severity, finding }
    }));
}

/// The rules that a bad example asserts.
fn asserts<'b>(block: &'b Block<'_>) -> &'b [String] {
    match &block.code.info.bad {
        Some(BadMark::Rules(rules)) => rules,
        _ => &[],
    }
}

/// Whether a finding is the one that a bad example asserts.
fn is_asserted(context: &PageContext<'_>, diagnostic: &Diagnostic) -> bool {
    // Blocks are in the order of the page, so only the last one that starts before can contain it.
    let span = diagnostic.finding.span;
    let behind = context.blocks.partition_point(|block| block.code.span.start <= span.start);
    let Some(block) = behind.checked_sub(1).map(|at| &context.blocks[at]) else { return false };
    block.code.span.contains(span) && asserts(block).iter().any(|name| name == diagnostic.rule.name)
}

/// The number of bad examples in which the asserted rule has a finding.
fn asserted(context: &PageContext<'_>, found: &[Diagnostic]) -> usize {
    let kept = |block: &&Block<'_>| {
        let rules = asserts(block);
        !rules.is_empty() && rules.iter().all(|name| fires(block, name, found))
    };
    context.blocks.iter().filter(kept).count()
}

/// Whether the rule of a name fires inside a block.
pub fn fires(block: &Block<'_>, name: &str, found: &[Diagnostic]) -> bool {
    found.iter().any(|one| one.rule.name == name && block.code.span.contains(one.finding.span))
}

fn coverage(context: &PageContext<'_>) -> Coverage {
    let mut coverage =
        Coverage { pages: 1, anchors: context.facts().anchors.len(), ..Coverage::default() };
    coverage.links = context.links().count() + context.facts().bound_links;
    for (_, target) in context.links() {
        match target {
            Target::External | Target::Redirect(_) => {
                coverage.links_external += 1;
                coverage.link_not_checked("external");
            }
            Target::Unknown(reason) => coverage.link_not_checked(reason.text()),
            _ => {}
        }
    }
    for _ in 0..context.facts().bound_links {
        coverage.link_not_checked("expression");
    }
    for block in context.blocks {
        count_block(block, &mut coverage);
        if let Some(BadMark::Reason(_)) = block.code.info.bad {
            coverage.bad_stated += 1;
        }
    }
    count_bound_blocks(context, &mut coverage);
    coverage
}

/// The blocks that were validated and have no findings.
fn validated(context: &PageContext<'_>, found: &[Diagnostic]) -> Vec<Validated> {
    let mut validated = Vec::new();
    for (number, block) in context.blocks.iter().enumerate() {
        if block.code.info.bad.is_some() {
            continue;
        }
        let span = block.code.span;
        let by_schema = match configs::outcome(context.configs, number) {
            Some(Outcome::Checked(schema)) => Some(schema.to_owned()),
            Some(Outcome::NotChecked(_)) | None => None,
        };
        let by_tool = || {
            let tool = context.commands.validated.iter().find(|(start, _)| *start == span.start);
            tool.map(|(_, name)| name.clone())
        };
        let Some(by) = by_schema.or_else(by_tool) else { continue };
        let inside = |one: &Diagnostic| {
            let at = one.finding.span.start;
            one.finding.path == *context.path() && (span.start..span.end).contains(&at)
        };
        if !found.iter().any(inside) {
            validated.push(Validated { path: context.path().clone(), start: span.start, by });
        }
    }
    validated
}

fn count_block(block: &Block<'_>, coverage: &mut Coverage) {
    let label = block.code.info.language.to_ascii_lowercase();
    match (block.language, block.judgement()) {
        (Some(language), Some(judgement)) => {
            match judgement.verdict {
                Verdict::NotChecked(why) => {
                    return coverage.block_not_checked(language.name, Some(why.reason()));
                }
                Verdict::Fragment => coverage.accepted.fragments += 1,
                Verdict::Elision => coverage.accepted.elisions += 1,
                Verdict::Several => coverage.accepted.several += 1,
                _ => {}
            }
            coverage.block_checked(language.name);
        }
        (Some(language), None) => {
            let reason = if block.code.info.unchecked { "validate=false" } else { "never closed" };
            coverage.block_not_checked(language.name, Some(reason));
        }
        (None, _) if label.is_empty() => {
            let kind = if block.code.fenced { "no language" } else { "indented" };
            coverage.block_not_checked(kind, Some("no language named"));
        }
        (None, _) => coverage.block_not_checked(&label, Some("no checker")),
    }
}

fn count_bound_blocks(context: &PageContext<'_>, coverage: &mut Coverage) {
    coverage.commands = context.commands.checked;
    for block in 0..context.blocks.len() {
        match configs::outcome(context.configs, block) {
            Some(Outcome::Checked(_)) => coverage.config_blocks += 1,
            Some(Outcome::NotChecked(why)) => coverage.config_not_checked(why.reason()),
            None => {}
        }
    }
}
