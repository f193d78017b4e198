//! What the tests of the languages share.

use super::Verdict;

/// Fails with all texts whose verdict is another than expected.
pub(super) fn verdicts<'t>(
    judge: impl Fn(&str) -> Verdict,
    cases: impl IntoIterator<Item = (&'t str, Verdict)>,
) {
    let wrong: Vec<_> = cases
        .into_iter()
        .map(|(text, expected)| (text, judge(text), expected))
        .filter(|(_, found, expected)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
