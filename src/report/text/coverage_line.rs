//! The lines at the end: what was checked, and the number of findings.

use std::collections::BTreeMap;

use crate::coverage::Coverage;
use crate::report::Summary;

/// The most languages that are listed; others are summed up. The JSON output has all.
const MAX_LANGUAGES: usize = 16;

/// `checked 787 pages, 5,214 links, …`
pub fn coverage_line(coverage: &Coverage) -> String {
    let mut parts = vec![
        format!("checked {}", counted(coverage.pages, "page")),
        format!("{}{}", counted(coverage.links, "link"), not_checked(&coverage.links_not_checked)),
        counted(coverage.anchors, "anchor"),
        format!("{}{}", counted(coverage.code_blocks, "code block"), languages(coverage)),
    ];
    let accepted = coverage.accepted;
    if coverage.config_blocks > 0 || !coverage.config_blocks_not_checked.is_empty() {
        let others = not_checked(&coverage.config_blocks_not_checked);
        parts.push(format!("{} against a schema{others}", thousands(coverage.config_blocks)));
    }
    for (count, what) in [
        (coverage.commands, "commands against a specification"),
        (accepted.fragments, "accepted as fragments"),
        (accepted.elisions, "accepted with elisions"),
        (accepted.several, "accepted as several documents"),
        (coverage.bad_asserted, "bad examples asserted"),
        (coverage.bad_stated, "stated"),
        (coverage.suppressed, "findings accepted in the pages"),
        (coverage.accepted_before, "findings accepted by the baseline"),
        (coverage.untranslated_patterns, "schema patterns not translated"),
    ] {
        if count > 0 {
            // `stated` alone would be unclear.
            let alone = what == "stated" && coverage.bad_asserted == 0;
            let what = if alone { "bad examples stated" } else { what };
            parts.push(format!("{} {what}", thousands(count)));
        }
    }
    parts.join(", ")
}

/// `flavour: mkdocs (mkdocs.yml)`
pub fn flavour_line(coverage: &Coverage) -> String {
    let name = &coverage.flavour;
    match coverage.flavour_reason.as_str() {
        "" => format!("flavour: {name}"),
        why => format!("flavour: {name} ({})", super::clean(why)),
    }
}

/// `12 errors, 3 warnings, 40 notes`
pub fn summary_line(summary: Summary, notes_shown: bool) -> String {
    let counts =
        [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")];
    let found = counts.iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<String> = found.map(|&(count, what)| counted(count, what)).collect();
    if parts.is_empty() {
        return "no findings".to_owned();
    }
    if summary.notes > 0
        && !notes_shown
        && let Some(last) = parts.last_mut()
    {
        last.push_str(" (not shown)");
    }
    parts.join(", ")
}

/// `3 can be fixed with --fix, 2 more with --fix --unsafe-fixes`
pub fn repairs_line(safe: usize, others: usize) -> Option<String> {
    match (safe, others) {
        (0, 0) => None,
        (0, others) => Some(format!("{others} can be fixed with `--fix --unsafe-fixes`")),
        (safe, 0) => Some(format!("{safe} can be fixed with `--fix`")),
        (safe, others) => Some(format!(
            "{safe} can be fixed with `--fix`, {others} more with `--fix --unsafe-fixes`"
        )),
    }
}

/// `` (3 not checked: external 2, expression 1)``
fn not_checked(reasons: &BTreeMap<String, usize>) -> String {
    let total: usize = reasons.values().sum();
    if total == 0 {
        return String::new();
    }
    let reasons: Vec<_> =
        reasons.iter().map(|(why, count)| format!("{why} {}", thousands(*count))).collect();
    format!(" ({} not checked: {})", thousands(total), reasons.join(", "))
}

fn languages(coverage: &Coverage) -> String {
    if coverage.code_blocks == 0 {
        return String::new();
    }
    let checked = coverage.languages.iter().map(|(name, l)| (l.checked, name.as_str(), None));
    let others = coverage
        .languages
        .iter()
        .map(|(name, l)| (l.blocks.saturating_sub(l.checked), name.as_str(), l.reason.as_deref()));
    let mut text = format!(" ({} checked", thousands(coverage.code_blocks_checked));
    if let Some(list) = list(checked.collect()) {
        text.push_str(&format!(": {list}"));
    }
    if let Some(list) = list(others.collect()) {
        text.push_str(&format!("; not checked: {list}"));
    }
    text + ")"
}

/// Names with counts and reasons, highest count first.
fn list(mut entries: Vec<(usize, &str, Option<&str>)>) -> Option<String> {
    entries.retain(|(count, ..)| *count > 0);
    entries.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let shown = entries.iter().take(MAX_LANGUAGES).map(|(count, name, reason)| {
        let name = if name.is_empty() { "no label" } else { name };
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("{name} {}{reason}", thousands(*count))
    });
    let mut parts: Vec<String> = shown.collect();
    let rest = entries.get(MAX_LANGUAGES..).unwrap_or_default();
    if !rest.is_empty() {
        let count = rest.iter().map(|(count, ..)| count).sum();
        parts.push(format!("{} in {} other languages", thousands(count), rest.len()));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", thousands(count), if count == 1 { "" } else { "s" })
}

/// `1234567` as `1,234,567`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn coverage_is_one_line() {
        let mut coverage = Coverage { pages: 787, links: 5214, anchors: 1, ..Coverage::default() };
        for _ in 0..1003 {
            coverage.block_checked("json");
        }
        coverage.block_checked("bash");
        coverage.block_not_checked("text", None);
        coverage.block_not_checked("powershell", Some("no checker"));
        coverage.link_not_checked("external");
        coverage.config_blocks = 3;
        coverage.config_not_checked("too many steps");
        (coverage.bad_asserted, coverage.bad_stated) = (7, 2);
        assert_eq!(
            coverage_line(&coverage),
            "checked 787 pages, 5,214 links (1 not checked: external 1), 1 anchor, 1,006 code \
             blocks (1,004 checked: json 1,003, bash 1; not checked: powershell 1 (no checker), \
             text 1), 3 against a schema (1 not checked: too many steps 1), 7 bad examples asserted, 2 stated"
        );
    }

    #[test]
    fn hidden_notes_are_named() {
        let summary = Summary { errors: 12, warnings: 1, notes: 40 };
        assert_eq!(summary_line(summary, true), "12 errors, 1 warning, 40 notes");
        assert_eq!(summary_line(summary, false), "12 errors, 1 warning, 40 notes (not shown)");
        assert_eq!(summary_line(Summary::default(), false), "no findings");
        assert_eq!(repairs_line(0, 0), None);
        assert_eq!(repairs_line(2, 0).as_deref(), Some("2 can be fixed with `--fix`"));
    }
}
