//! The baseline: existing findings that are accepted until they are fixed.

use std::collections::{BTreeMap, HashMap};

use super::fingerprint;
use super::rule::Diagnostic;
use crate::data::json::{self, Dialect};
use crate::data::{Node, Value};
use crate::source::{Source, VPath};

/// The version of the file format.
const VERSION: &str = "1";

/// What two findings have in common to count as the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: String,
    rule: String,
    print: u64,
}

/// How often a finding is accepted, and its line, for people who read the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    count: usize,
    text: String,
}

/// Accepted findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Key, Entry>,
}

/// The result of applying a baseline to the findings of a run.
#[derive(Debug)]
pub struct Applied {
    /// The number of findings that were accepted.
    pub accepted: usize,
    /// The part of the baseline that is still needed, with current paths.
    pub left: Baseline,
}

impl Baseline {
    /// A baseline that accepts these findings.
    pub fn of<'s>(
        diagnostics: &[Diagnostic],
        source: &dyn Fn(&VPath) -> Option<&'s Source>,
    ) -> Self {
        let mut baseline = Self::default();
        for one in diagnostics {
            baseline.add(one, source(&one.finding.path));
        }
        baseline
    }

    fn add(&mut self, one: &Diagnostic, source: Option<&Source>) {
        let key = Key {
            path: one.finding.path.as_str().to_owned(),
            rule: one.rule.name.to_owned(),
            print: fingerprint::of(one, source),
        };
        let text = || source.map_or(String::new(), |s| excerpt(s, one.finding.span.start));
        let entry = self.entries.entry(key);
        entry.or_insert_with(|| Entry { count: 0, text: text() }).count += 1;
    }

    /// The number of findings that the baseline accepts.
    pub fn len(&self) -> usize {
        self.entries.values().map(|entry| entry.count).sum()
    }

    /// Whether it accepts none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Removes the accepted findings. A finding on the page it was accepted on has precedence over
    /// one that moved to another page; any beyond the accepted number remain.
    pub fn apply<'s>(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        source: &dyn Fn(&VPath) -> Option<&'s Source>,
    ) -> Applied {
        let prints: Vec<u64> =
            diagnostics.iter().map(|one| fingerprint::of(one, source(&one.finding.path))).collect();
        let mut here: HashMap<(&str, &str, u64), usize> = HashMap::new();
        let mut anywhere: HashMap<(&str, u64), usize> = HashMap::new();
        for (key, entry) in &self.entries {
            here.insert((&key.path, &key.rule, key.print), entry.count);
            *anywhere.entry((&key.rule, key.print)).or_default() += entry.count;
        }
        let mut accepted = vec![false; diagnostics.len()];
        for (at, one) in diagnostics.iter().enumerate() {
            let own = here.get_mut(&(one.finding.path.as_str(), one.rule.name, prints[at]));
            let Some(left) = own.filter(|left| **left > 0) else { continue };
            *left -= 1;
            anywhere.entry((one.rule.name, prints[at])).and_modify(|left| *left -= 1);
            accepted[at] = true;
        }
        // Accepted findings that are gone from their page may have moved with its text.
        for (at, one) in
            diagnostics.iter().enumerate().filter(|(at, _)| !accepted[*at]).collect::<Vec<_>>()
        {
            let left = anywhere.get_mut(&(one.rule.name, prints[at])).filter(|left| **left > 0);
            let Some(left) = left else { continue };
            *left -= 1;
            accepted[at] = true;
        }
        let mut left = Self::default();
        for (one, _) in diagnostics.iter().zip(&accepted).filter(|(_, accepted)| **accepted) {
            left.add(one, source(&one.finding.path));
        }
        let count = left.len();
        let mut each = accepted.into_iter();
        diagnostics.retain(|_| !each.next().unwrap_or_default());
        Applied { accepted: count, left }
    }

    /// The content of the file: one finding per line, so that branches merge easily.
    pub fn to_json(&self) -> String {
        let mut out = format!("{{\"docgen-baseline\": {VERSION}, \"findings\": [");
        for (at, (key, entry)) in self.entries.iter().enumerate() {
            let quoted = |text: &str| serde_json::Value::from(text).to_string();
            out.push_str(if at == 0 { "\n" } else { ",\n" });
            out.push_str(&format!(
                "{{\"path\": {}, \"rule\": {}, \"fingerprint\": \"{:016x}\", \"count\": {}, \"text\": {}}}",
                quoted(&key.path),
                quoted(&key.rule),
                key.print,
                entry.count,
                quoted(&entry.text)
            ));
        }
        out.push_str("\n]}\n");
        out
    }

    /// Parses the content of the file; the error says why it is not a baseline.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let node = json::document(text, Dialect::Json).map_err(|fault| {
            let line = text[..fault.span.start.min(text.len())].matches('\n').count() + 1;
            format!("line {line}: {}", fault.message)
        })?;
        match node.get("docgen-baseline").map(|node| &node.value) {
            Some(Value::Number(version)) if version == VERSION => {}
            Some(Value::Number(version)) => {
                return Err(format!(
                    "it is of version {version}, and this docgen reads version {VERSION}; write \
                     it again with `--write-baseline`"
                ));
            }
            _ => return Err("it is not a baseline: `docgen-baseline` is missing".to_owned()),
        }
        let mut baseline = Self::default();
        let findings = node.get("findings").ok_or("`findings` is missing")?;
        for (at, one) in findings.items().iter().enumerate() {
            let (key, entry) = read(one).ok_or_else(|| format!("finding {} is damaged", at + 1))?;
            let known = baseline.entries.entry(key);
            known.and_modify(|known| known.count += entry.count).or_insert(entry);
        }
        Ok(baseline)
    }
}

fn read(node: &Node) -> Option<(Key, Entry)> {
    let text = |name: &str| node.get(name)?.as_str().map(str::to_owned);
    let count = match &node.get("count")?.value {
        Value::Number(count) => {
            count.parse().ok().filter(|count| (1..=1_000_000).contains(count))?
        }
        _ => return None,
    };
    let print = text("fingerprint").filter(|print| print.len() == 16)?;
    let print = u64::from_str_radix(&print, 16).ok()?;
    let entry = Entry { count, text: text("text").unwrap_or_default() };
    Some((Key { path: text("path")?, rule: text("rule")?, print }, entry))
}

/// The start of a line, long enough to search for it.
fn excerpt(source: &Source, at: usize) -> String {
    fingerprint::line(source, at).chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Finding, Severity};
    use crate::rules::code_syntax;
    use crate::source::Span;

    fn sources(pages: &[(&str, &str)]) -> BTreeMap<VPath, Source> {
        let page = |(path, text): &(&str, &str)| {
            let path = VPath::new(path).unwrap();
            (path.clone(), Source::new(path, (*text).to_owned()))
        };
        pages.iter().map(page).collect()
    }

    /// One finding for each `!` of the pages.
    fn findings(sources: &BTreeMap<VPath, Source>) -> Vec<Diagnostic> {
        let marks = |(path, source): (&VPath, &Source)| {
            let at = source.text.match_indices('!').map(|(at, _)| at);
            at.map(|at| Diagnostic {
                rule: &code_syntax::RULE,
                severity: Severity::Error,
                finding: Finding::new(path, Span::new(at, at + 1), format!("at {at}")),
            })
            .collect::<Vec<_>>()
        };
        sources.iter().flat_map(marks).collect()
    }

    fn accept(pages: &[(&str, &str)]) -> Baseline {
        let sources = sources(pages);
        Baseline::of(&findings(&sources), &|path| sources.get(path))
    }

    /// The findings that are reported, and the baseline after that.
    fn after(baseline: &Baseline, pages: &[(&str, &str)]) -> (Vec<String>, Baseline) {
        let sources = sources(pages);
        let mut found = findings(&sources);
        let applied = baseline.apply(&mut found, &|path| sources.get(path));
        let place = |one: &Diagnostic| format!("{}:{}", one.finding.path, one.finding.span.start);
        (found.iter().map(place).collect(), applied.left)
    }

    const OLD: &[(&str, &str)] = &[("a.md", "one!\n\ntwo!\n\ntwo!\n"), ("b.md", "one!\n")];

    #[test]
    fn what_was_there_is_accepted_wherever_it_goes() {
        let baseline = accept(OLD);
        assert_eq!(baseline.len(), 4);
        for pages in [
            OLD,
            &[("a.md", "# New\n\none!\n\n  two!\n\nmore\n\ntwo!\n"), ("b.md", "one!\n")],
            &[("c/a.md", "one!\n\ntwo!\n\ntwo!\n"), ("c/b.md", "one!\n")],
            &[("z.md", "two!\n\none!\n\none!\n\ntwo!\n")],
        ] {
            let (reported, left) = after(&baseline, pages);
            assert_eq!((reported.len(), left.len()), (0, 4), "{pages:?}");
        }
    }

    #[test]
    fn what_is_new_is_reported() {
        let baseline = accept(OLD);
        let (reported, _) = after(&baseline, &[("a.md", "one!\n\nthree!\n"), ("b.md", "one!\n")]);
        assert_eq!(reported, ["a.md:11"]);
        // One more of a kind: the one on the page where none was accepted.
        let (reported, _) = after(&baseline, &[OLD[0], OLD[1], ("0.md", "one!\n")]);
        assert_eq!(reported, ["0.md:3"]);
    }

    #[test]
    fn what_is_mended_is_accepted_no_more() {
        let (_, left) = after(&accept(OLD), &[("a.md", "one!\n\ntwo!\n"), ("b.md", "")]);
        assert_eq!(left.len(), 2);
        let (reported, _) = after(&left, OLD);
        assert_eq!(reported.len(), 2);
    }

    #[test]
    fn the_file_is_read_as_it_was_written() {
        for pages in [OLD, &[], &[("ä \"b\".md", "“x”\t\u{1}!\\\n")]] {
            let baseline = accept(pages);
            assert_eq!(Baseline::from_json(&baseline.to_json()), Ok(baseline));
        }
    }

    #[test]
    fn damage_is_told() {
        for (text, expected) in [
            ("", "line 1"),
            ("{\n\"docgen-baseline\": 1,\n", "line"),
            ("{}", "not a baseline"),
            ("[]", "not a baseline"),
            ("{\"docgen-baseline\": 2, \"findings\": []}", "version 2"),
            ("{\"docgen-baseline\": 1}", "findings"),
            ("{\"docgen-baseline\": 1, \"findings\": [{}]}", "finding 1 is damaged"),
            (
                "{\"docgen-baseline\": 1, \"findings\": [{\"path\": \"a\", \"rule\": \"b\", \
                 \"fingerprint\": \"zz\", \"count\": 1}]}",
                "finding 1",
            ),
            (
                "{\"docgen-baseline\": 1, \"findings\": [{\"path\": \"a\", \"rule\": \"b\", \
                 \"fingerprint\": \"0000000000000000\", \"count\": 0}]}",
                "finding 1",
            ),
        ] {
            let why = Baseline::from_json(text).unwrap_err();
            assert!(why.contains(expected), "{text}: {why}");
        }
    }
}
