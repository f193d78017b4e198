//! The page of each rule holds: every example on it gives what it says.
//!
//! A page of a rule is documentation and test at once. Its examples are fences with a title, the
//! name of the file; fences that follow one another without prose between them are one small tree.
//! A bad tree is followed by a fence titled `docgen check` with the findings that it gives.
//! `DOCGEN_BLESS=1 cargo test --test trials -- '[rules]'` writes those fences anew, and with
//! `'[rules] NAME'` those of one page.

use std::fmt::Write as _;
use std::path::Path;

use crate::common::rendering;
use docgen::check::rule::{Diagnostic, Rule};
use docgen::check::rules::RULES;
use docgen::config::Flavour;
use docgen::diagnostic::Fix;
use docgen::markdown::facts::{CodeBlock, PageFacts};
use docgen::project::{Inputs, Model};
use docgen::source::Span;
use libtest_mimic::{Failed, Trial};

/// The title of a fence that holds findings.
const FINDINGS: &str = "docgen check";

/// Rules whose examples cannot be run, each with its reason. Their pages show no files.
const IN_PROSE: &[&str] = &[
    // A file that cannot be read, or is not UTF-8, cannot be written down as text.
    "unreadable-file",
    // They compare with an earlier revision: tests/since.rs.
    "shrunken-page",
    "vanished-target",
    // It asks other sites: tests/integration/external.
    "dead-external-link",
    // They come up while pages are rendered: src/pipeline/failures.rs.
    "unpainted-code",
    "unrendered-page",
];

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    if std::env::var_os("DOCGEN_BLESS").is_some_and(|value| value == "1") {
        // Trials as well, so that a filter picks the pages to write.
        let written = |rule: &'static Rule| {
            Trial::test(format!("{}: written anew", rule.name), move || bless(rule))
        };
        return RULES.iter().copied().map(written).collect();
    }
    let mut trials = vec![Trial::test("exceptions are rules", exceptions_are_rules)];
    trials.extend(RULES.iter().copied().flat_map(trials_of));
    trials
}

fn trials_of(rule: &'static Rule) -> Vec<Trial> {
    let name = rule.name;
    let page = Page::read(rule);
    let mut trials = vec![Trial::test(format!("{name}: sections"), move || sections(rule))];
    for (section, run) in [("Bad", bad as Run), ("Good", good), ("Fixed", fixed)] {
        let count = page.cases(section).len();
        trials.extend((0..count).map(|at| {
            let label = format!("{name}: {} {}", section.to_lowercase(), at + 1);
            Trial::test(label, move || run(&Page::read(rule), at))
        }));
    }
    trials
}

type Run = fn(&Page, usize) -> Result<(), Failed>;

/// A page of a rule, read as docgen reads it.
struct Page {
    rule: &'static Rule,
    facts: PageFacts,
}

/// A small tree, and the findings that the page says it gives.
#[derive(Default)]
struct Case<'a> {
    files: Vec<&'a CodeBlock>,
    findings: Option<&'a CodeBlock>,
}

impl Page {
    fn read(rule: &'static Rule) -> Self {
        Self {
            rule,
            facts: docgen::markdown::facts(
                rule.doc,
                false,
                Flavour::named("native").unwrap().dialect,
            ),
        }
    }

    /// The headings of level 2.
    fn sections(&self) -> Vec<&str> {
        let headings = self.facts.headings.iter().filter(|heading| heading.level == 2);
        headings.map(|heading| heading.text.as_str()).collect()
    }

    /// The fences under a heading of level 2.
    fn fences(&self, section: &str) -> Vec<&CodeBlock> {
        let under = |block: &&CodeBlock| {
            let mut before = self.facts.headings.iter().rev().filter(|heading| heading.level == 2);
            let heading = before.find(|heading| heading.span.start < block.span.start);
            heading.is_some_and(|heading| heading.text == section)
        };
        self.facts.code.iter().filter(under).collect()
    }

    /// The cases of a section: prose, or the findings of the one before, sets them apart.
    fn cases(&self, section: &str) -> Vec<Case<'_>> {
        let mut cases: Vec<Case<'_>> = Vec::new();
        let mut end = None;
        for block in self.fences(section) {
            let joined =
                end.is_some_and(|end| self.rule.doc[end..block.span.start].trim().is_empty());
            if !joined || cases.last().is_none_or(|case| case.findings.is_some()) {
                cases.push(Case::default());
            }
            let case = cases.last_mut().expect("one was just pushed");
            match title(block) {
                FINDINGS => case.findings = Some(block),
                _ => case.files.push(block),
            }
            end = Some(block.span.end);
        }
        cases
    }

    fn tree(&self, case: &Case<'_>) -> Vec<(String, String)> {
        let file = |block: &&CodeBlock| (title(block).to_owned(), block.text(self.rule.doc));
        case.files.iter().map(file).collect()
    }

    /// The cases of `Bad` in which this rule offers a fix.
    fn fixable(&self) -> Result<Vec<Vec<(String, String)>>, Failed> {
        let mut found = Vec::new();
        for case in self.cases("Bad") {
            let tree = self.tree(&case);
            if !fixes(&check(&tree)?.0, self.rule).is_empty() {
                found.push(tree);
            }
        }
        Ok(found)
    }
}

fn title(block: &CodeBlock) -> &str {
    block.info.title.as_deref().unwrap_or_default()
}

/// What docgen says of a tree, and the same as lines.
fn check(tree: &[(String, String)]) -> Result<(Vec<Diagnostic>, String), Failed> {
    let failed = |error: docgen::error::Error| Failed::from(error.to_string());
    let site = Model::new(Inputs::from_texts(tree.to_vec()).map_err(failed)?).map_err(failed)?;
    let (diagnostics, _) = rendering::check(&site);
    let mut lines = String::new();
    for Diagnostic { rule, severity, finding } in &diagnostics {
        let source = site.source(&finding.path).ok_or("a finding in a file that is not there")?;
        let at = source.position(finding.span.start);
        let (path, severity) = (&finding.path, severity.name());
        let (rule, line, column, message) = (rule.name, at.line, at.column, &finding.message);
        writeln!(lines, "{path}:{line}:{column}: {severity}[{rule}]: {message}")?;
    }
    Ok((diagnostics, lines))
}

fn fixes<'a>(diagnostics: &'a [Diagnostic], rule: &Rule) -> Vec<&'a Fix> {
    let own = diagnostics.iter().filter(|one| one.rule == rule);
    own.filter_map(|one| one.finding.fix.as_ref()).collect()
}

/// The tree after fixes.
fn mended(tree: &[(String, String)], fixes: &[&Fix]) -> Vec<(String, String)> {
    let mut tree = tree.to_vec();
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    for edit in edits {
        let file = tree.iter_mut().find(|(path, _)| path == edit.path.as_str());
        let (_, text) = file.expect("a fix edits a file of the tree");
        text.replace_range(edit.span.start..edit.span.end, &edit.replacement);
    }
    tree
}

fn ensure(holds: bool, message: impl FnOnce() -> String) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(message().into()) }
}

fn exceptions_are_rules() -> Result<(), Failed> {
    let gone: Vec<_> =
        IN_PROSE.iter().filter(|name| docgen::check::rules::find(name).is_none()).collect();
    ensure(gone.is_empty(), || format!("no rules: {gone:?}"))
}

/// The parts of the page, its first sentence, and the severity that it names.
fn sections(rule: &'static Rule) -> Result<(), Failed> {
    let page = Page::read(rule);
    let first = page.facts.headings.first().ok_or("no heading")?;
    ensure(first.level == 1 && first.text == rule.name, || {
        "the title is not the rule's name".into()
    })?;
    let second = page.facts.headings.get(1).ok_or("no sections")?;
    let lead = rule.doc[first.span.end..second.span.start].trim();
    let severity = format!("Default severity: {}.", rule.severity_name());
    ensure(lead.contains(&severity), || format!("the first paragraph lacks `{severity}`"))?;
    let sentence = lead.split(". ").next().unwrap_or_default();
    let said = sentence.split_whitespace().count() >= 4 && !sentence.contains("Default severity");
    ensure(said, || format!("no sentence says what the rule finds: {sentence:?}"))?;

    let in_prose = IN_PROSE.contains(&rule.name);
    let has_fix = !page.fixable()?.is_empty();
    let mut wanted = vec!["What it finds", "Why it hurts a reader", "Bad", "Good", "What to do"];
    if has_fix {
        wanted.insert(4, "Fixed");
    }
    ensure(page.sections() == wanted, || {
        format!("sections: {:?}\nwanted: {wanted:?}", page.sections())
    })?;
    for section in ["Bad", "Good", "Fixed"] {
        let nameless = page.fences(section).iter().filter(|block| title(block).is_empty()).count();
        ensure(nameless == 0, || format!("{nameless} fences without a title under {section}"))?;
        let enough = page.cases(section).is_empty() == (in_prose || section == "Fixed" && !has_fix);
        ensure(enough, || format!("{} cases under {section}", page.cases(section).len()))?;
    }
    let (fixed, fixable) = (page.cases("Fixed").len(), page.fixable()?.len());
    ensure(fixed == fixable, || {
        format!(
            "cases under Bad for which the rule has a fix: {fixable}; cases under Fixed: {fixed}, \
             which must be as many, in the same order"
        )
    })
}

fn bad(page: &Page, at: usize) -> Result<(), Failed> {
    let case = &page.cases("Bad")[at];
    let expected = case.findings.ok_or("no fence with the findings")?.text(page.rule.doc);
    let (diagnostics, lines) = check(&page.tree(case))?;
    let fires = diagnostics.iter().any(|one| one.rule == page.rule);
    ensure(fires, || format!("the rule finds nothing here; all findings:\n{lines}"))?;
    ensure(lines == expected, || format!("the page says\n{expected}\ndocgen says\n{lines}"))
}

fn good(page: &Page, at: usize) -> Result<(), Failed> {
    let case = &page.cases("Good")[at];
    ensure(case.findings.is_none() && !case.files.is_empty(), || {
        "a good case is files alone".into()
    })?;
    let (diagnostics, lines) = check(&page.tree(case))?;
    let quiet = diagnostics.iter().all(|one| one.rule != page.rule);
    ensure(quiet, || format!("the rule finds something:\n{lines}"))
}

/// The fix of a bad case gives the text shown, takes its findings away and adds none.
fn fixed(page: &Page, at: usize) -> Result<(), Failed> {
    let fixable = page.fixable()?;
    let before = fixable.get(at).ok_or("more fixed cases than bad ones with a fix")?;
    let (diagnostics, _) = check(before)?;
    let fixes = fixes(&diagnostics, page.rule);
    let after = mended(before, &fixes);
    let shown = page.tree(&page.cases("Fixed")[at]);
    for (path, text) in &after {
        let old = before.iter().find(|(other, _)| other == path).map(|(_, text)| text);
        let wanted = shown.iter().find(|(other, _)| other == path).map(|(_, text)| text).or(old);
        ensure(wanted == Some(text), || format!("after the fix, `{path}` is\n{text}"))?;
    }
    let strange = shown.iter().find(|(path, _)| !after.iter().any(|(other, _)| other == path));
    ensure(strange.is_none(), || format!("`{}` is not in the bad case", strange.unwrap().0))?;
    let (left, lines) = check(&after)?;
    let (wanted, found) = (diagnostics.len() - fixes.len(), left.len());
    ensure(found == wanted, || {
        let why = "each fix must remove exactly one finding";
        format!("{why}: {found} findings are left after the fix, not {wanted}\n{lines}")
    })?;
    let again = left.iter().any(|one| one.rule == page.rule && one.finding.fix.is_some());
    ensure(!again, || format!("fixing again would change something:\n{lines}"))?;
    // The same page from Windows gives the same page from Windows.
    let windows = |tree: &[(String, String)]| -> Vec<(String, String)> {
        tree.iter().map(|(path, text)| (path.clone(), text.replace('\n', "\r\n"))).collect()
    };
    let before = windows(before);
    let (diagnostics, _) = check(&before)?;
    let found = mended(&before, &self::fixes(&diagnostics, page.rule));
    ensure(found == windows(&after), || format!("with CRLF, after the fix:\n{found:?}"))
}

/// Writes the findings of every bad case into the page's file.
fn bless(rule: &'static Rule) -> Result<(), Failed> {
    let page = Page::read(rule);
    let mut text = rule.doc.to_owned();
    // From the end, so that the places before stay what they are.
    for (at, case) in page.cases("Bad").iter().enumerate().rev() {
        let (_, lines) = check(&page.tree(case)).map_err(|failed| {
            format!("bad {}: {}", at + 1, failed.message().unwrap_or_default())
        })?;
        let fence = format!("```text title=\"{FINDINGS}\"\n{lines}```");
        let place = match (case.findings, case.files.last()) {
            (Some(block), _) => trimmed(&text, block.span),
            (None, Some(last)) => {
                Span::new(trimmed(&text, last.span).end, trimmed(&text, last.span).end)
            }
            (None, None) => continue,
        };
        let gap = if case.findings.is_some() { "" } else { "\n\n" };
        text.replace_range(place.start..place.end, &format!("{gap}{fence}"));
    }
    if text != rule.doc {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("content/manual/rules/{}.md", rule.name));
        std::fs::write(&path, text)?;
    }
    Ok(())
}

/// The span of a block without the line break that may end it.
fn trimmed(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + text[span.start..span.end].trim_end().len())
}
