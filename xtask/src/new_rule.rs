//! Everything that a new rule needs, as texts: nothing here touches the disk.

/// A rule to be written.
pub struct NewRule<'a> {
    /// Its name in kebab case.
    pub name: &'a str,
    /// The group of the navigation that its page stands in.
    pub group: &'a str,
    /// Its default severity: `error`, `warning`, `note` or `off`.
    pub severity: &'a str,
    /// What it finds, as the table of the manual says it: `a heading without text`.
    pub summary: &'a str,
}

/// A path from the root of the repository, and what the file says.
pub type File = (String, String);

const TABLE: &str = "src/check/rules/mod.rs";
const NAVIGATION: &str = "docgen.toml";
const MANUAL: &str = "content/manual/check.md";
const CHANGELOG: &str = "CHANGELOG.md";

/// The files that are new or changed; `read` gives the text of one that is there.
pub fn files(
    rule: &NewRule<'_>,
    read: &dyn Fn(&str) -> Result<String, String>,
    exists: &dyn Fn(&str) -> bool,
) -> Result<Vec<File>, String> {
    let name = rule.name;
    let words = name.split('-').all(|word| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    });
    if !words || !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Err(format!("`{name}` is not in kebab case, as `heading-order` is"));
    }
    if !["error", "warning", "note", "off"].contains(&rule.severity) {
        return Err(format!("`{}` is not error, warning, note or off", rule.severity));
    }
    if rule.summary.trim().is_empty() || rule.summary.contains(['|', '\n']) {
        return Err(format!("`{}` is no summary: one line, without `|`", rule.summary));
    }
    let until_enabled = if rule.severity == "off" { "; off by default" } else { "" };
    let summary = format!("{}{until_enabled}", rule.summary.trim().trim_end_matches('.'));
    let module = name.replace('-', "_");
    let (source, page) =
        (format!("src/check/rules/{module}.rs"), format!("content/manual/rules/{name}.md"));
    if let Some(there) = [&source, &page].into_iter().find(|path| exists(path)) {
        return Err(format!("{there} is there already"));
    }
    let edit = |path: &str, change: &dyn Fn(&str) -> Option<String>, what: &str| {
        let text = change(&read(path)?).ok_or_else(|| format!("{path}: {what}"))?;
        Ok::<File, String>((path.to_owned(), text))
    };
    let table = |text: &str| {
        let text = insert_sorted(text, "pub mod ", &format!("pub mod {module};"))?;
        insert_sorted(&text, "    ", &format!("    &{module}::RULE,"))
    };
    let groups = || group_names(&read(NAVIGATION).unwrap_or_default()).join(", ");
    Ok(vec![
        edit(TABLE, &table, "no lists of rules in it")?,
        edit(
            NAVIGATION,
            &|text| insert_in_group(text, rule.group, &format!("    \"manual/rules/{name}\",")),
            &format!("no group `{}` of rules; there are: {}", rule.group, groups()),
        )?,
        edit(
            MANUAL,
            &|text| {
                let row = format!("| [`{name}`](rules/{name}.md) | {summary} |");
                insert_in_table(text, rule.group, &row)
            },
            &format!("no table of rules under a heading `{}`", rule.group),
        )?,
        edit(
            CHANGELOG,
            &|text| insert_behind(text, "### Added\n\n", &format!("- Rule `{name}`: {summary}.\n")),
            "no heading `Added` in it",
        )?,
        (source, source_text(rule)),
        (page, page_text(rule)),
    ])
}

/// What the placeholder finds: the summary of a rule that comes with none.
pub const PLACEHOLDER: &str = "a heading that was never written";

/// Puts a line into the first block of lines that are like it, where its place by the alphabet is:
/// those that begin with `prefix` and end as it ends.
fn insert_sorted(text: &str, prefix: &str, line: &str) -> Option<String> {
    let ending = if line.ends_with("::RULE,") { "::RULE," } else { ";" };
    let alike = |other: &&str| other.starts_with(prefix) && other.ends_with(ending);
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(&alike)?;
    let block = lines[first..].iter().take_while(|other| alike(other));
    let at = first + block.take_while(|other| **other < line).count();
    Some(with_line(&lines, at, line))
}

/// Puts a line at the end of the list of pages of a group of rules in docgen.toml.
fn insert_in_group(text: &str, group: &str, line: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let head = format!("  {{ title = \"{group}\", pages = [");
    let first = lines.iter().position(|other| **other == head)?;
    let end = lines[first..].iter().position(|other| *other == "  ] },")?;
    Some(with_line(&lines, first + end, line))
}

/// The groups of rules in docgen.toml.
fn group_names(text: &str) -> Vec<String> {
    let name = |line: &str| {
        let rest = line.strip_prefix("  { title = \"")?.strip_suffix("\", pages = [")?;
        Some(format!("`{rest}`"))
    };
    text.lines().filter_map(name).collect()
}

/// Puts a row at the end of the table of rules under the heading of a group.
fn insert_in_table(text: &str, group: &str, row: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let heading = format!("### {group}");
    let first = lines.iter().position(|line| **line == heading)? + 1;
    let next = lines[first..].iter().position(|line| line.starts_with('#'));
    let section = &lines[first..next.map_or(lines.len(), |count| first + count)];
    let last = section.iter().rposition(|line| line.starts_with("| [`"))?;
    Some(with_line(&lines, first + last + 1, row))
}

/// Puts a text right behind the first occurrence of another.
fn insert_behind(text: &str, mark: &str, inserted: &str) -> Option<String> {
    let at = text.find(mark)? + mark.len();
    Some([&text[..at], inserted, &text[at..]].concat())
}

fn with_line(lines: &[&str], at: usize, line: &str) -> String {
    let (before, behind) = lines.split_at(at);
    let all: Vec<&str> = before.iter().chain([&line]).chain(behind).copied().collect();
    all.join("\n") + "\n"
}

fn source_text(rule: &NewRule<'_>) -> String {
    let NewRule { name, severity, .. } = rule;
    let (import, level) = match *severity {
        "off" => ("use crate::diagnostic::Finding;", "None".to_owned()),
        one => {
            let variant = one[..1].to_uppercase() + &one[1..];
            let import = "use crate::diagnostic::{Finding, Severity};";
            (import, format!("Some(Severity::{variant})"))
        }
    };
    format!(
        r#"//! A heading that was never written.

{import}
use crate::rule::{{Check, PageContext, Rule}};

/// The rule.
pub static RULE: Rule = Rule {{
    name: "{name}",
    severity: {level},
    doc: include_str!("../../../content/manual/rules/{name}.md"),
    check: Check::Page(check),
}};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {{
    for heading in &context.facts().headings {{
        if heading.text == "Write me" {{
            let message = "this heading was never written";
            out.push(Finding::new(context.path(), heading.span, message));
        }}
    }}
}}
"#
    )
}

fn page_text(rule: &NewRule<'_>) -> String {
    let NewRule { name, severity, .. } = rule;
    // A rule that is off finds nothing until docgen.toml turns it on.
    let (settings, found) = match *severity {
        "off" => (
            format!("```toml title=\"docgen.toml\"\n[check.rules]\n{name} = \"warning\"\n```\n\n"),
            "warning",
        ),
        one => (String::new(), one),
    };
    format!(
        r#"# {name}

Finds headings that were never written. Default severity: {severity}.

## What it finds

A heading that says `Write me`. Say here what exactly is found, and what is not.

## Why it hurts a reader

Say here what a reader cannot do because of it.

## Bad

{settings}```markdown title="content/index.md"
# Home

## Write me
```

```text title="docgen check"
content/index.md:3:1: {found}[{name}]: this heading was never written
```

## Good

{settings}```markdown title="content/index.md"
# Home

## Install
```

## What to do

Say here how to fix it.
"#
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    fn rule(name: &'static str, group: &'static str) -> NewRule<'static> {
        NewRule { name, group, severity: "warning", summary: "a heading without text." }
    }

    /// What the repository says now, and what it would say.
    fn tried(rule: &NewRule<'_>) -> Result<BTreeMap<String, (String, String)>, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let read = |path: &str| std::fs::read_to_string(root.join(path)).map_err(|e| e.to_string());
        let files = files(rule, &read, &|path| root.join(path).exists())?;
        let before = |path: &str| read(path).unwrap_or_default().replace("\r\n", "\n");
        Ok(files.into_iter().map(|(path, text)| (path.clone(), (before(&path), text))).collect())
    }

    #[test]
    fn each_file_of_the_repository_gets_the_lines_of_the_rule_and_keeps_all_others() {
        let files = tried(&rule("heading-never", "Links")).unwrap();
        assert_eq!(files.len(), 6);
        for (path, added) in [
            (TABLE, vec!["pub mod heading_never;", "    &heading_never::RULE,"]),
            (NAVIGATION, vec!["    \"manual/rules/heading-never\","]),
            (
                MANUAL,
                vec!["| [`heading-never`](rules/heading-never.md) | a heading without text |"],
            ),
            (CHANGELOG, vec!["- Rule `heading-never`: a heading without text."]),
        ] {
            let (before, after) = &files[path];
            let mut left: Vec<&str> = after.lines().collect();
            for line in added {
                let at = left.iter().position(|other| *other == line);
                left.remove(at.unwrap_or_else(|| panic!("{path}: no {line}")));
            }
            assert_eq!(left, before.lines().collect::<Vec<_>>(), "{path}");
        }
        // The two lists of rules are sorted.
        let table = &files[TABLE].1;
        for mark in ["pub mod ", "    "] {
            let names = table.lines().filter(|line| {
                line.starts_with(mark) && (line.ends_with("::RULE,") || mark == "pub mod ")
            });
            assert!(names.is_sorted(), "{mark}");
        }
        assert!(
            files["content/manual/rules/heading-never.md"].1.contains("warning[heading-never]")
        );
        assert!(files["src/check/rules/heading_never.rs"].1.contains("Some(Severity::Warning)"));
    }

    #[test]
    fn the_row_of_the_manual_ends_the_table_of_its_group() {
        for (group, next) in [("Links", "### Pages"), ("Leaks and risks", "## Code blocks")] {
            let manual = &tried(&rule("heading-never", group)).unwrap()[MANUAL].1;
            let (_, behind) = manual.split_once(&format!("\n### {group}\n")).unwrap();
            let (table, _) = behind.split_once(&format!("\n\n{next}\n")).unwrap();
            let last = table.lines().last().unwrap_or_default();
            assert!(last.contains("heading-never"), "{group}: {last}");
        }
    }

    #[test]
    fn a_rule_that_is_off_says_so_in_the_manual() {
        let off = NewRule { severity: "off", ..rule("heading-never", "Pages") };
        let files = tried(&off).unwrap();
        let row = "(rules/heading-never.md) | a heading without text; off by default |";
        assert!(files[MANUAL].1.contains(row));
        assert!(files["src/check/rules/heading_never.rs"].1.contains("severity: None"));
        assert!(files["content/manual/rules/heading-never.md"].1.contains("severity: off."));
    }

    #[test]
    fn what_cannot_be_made_is_refused_with_its_reason() {
        for (rule, reason) in [
            (rule("Heading", "Pages"), "kebab case"),
            (rule("a--b", "Pages"), "kebab case"),
            (rule("../x", "Pages"), "kebab case"),
            (rule("1st", "Pages"), "kebab case"),
            (rule("heading-order", "Pages"), "there already"),
            (rule("x-y", "Nowhere"), "there are: `Links`"),
            (NewRule { severity: "fatal", ..rule("x-y", "Pages") }, "not error"),
            (NewRule { summary: " ", ..rule("x-y", "Pages") }, "no summary"),
            (NewRule { summary: "a | b", ..rule("x-y", "Pages") }, "no summary"),
        ] {
            let error = tried(&rule).unwrap_err();
            assert!(error.contains(reason), "{}: {error}", rule.name);
        }
    }
}
