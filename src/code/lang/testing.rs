//! Helpers for the tests of languages.

use std::time::Duration;

use super::Verdict;

/// The processor time that a hostile text may take, unoptimised. What grows with the square of such
/// a text takes minutes.
const MAX_TIME: Duration = Duration::from_secs(20);

/// Does work on this thread and fails if it takes too much of the processor: a clock would tell how
/// busy the machine is. Where the system does not tell the time of a thread, only that it ends.
#[allow(clippy::disallowed_methods, reason = "the system tells it in a file")]
pub(crate) fn bounded<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let spent = || {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    let start = spent();
    let done = work();
    let took = start.zip(spent()).map_or(Duration::ZERO, |(start, end)| end.saturating_sub(start));
    assert!(took < MAX_TIME, "{what} took {took:?} of the processor");
    done
}

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
