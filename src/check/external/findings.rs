//! What is reported of the addresses that were asked for.

use std::collections::BTreeMap;

use super::date::Day;
use super::ledger::{Judge, Standing};
use super::places::Place;
use super::verdict::{Alive, Doubt, Gone, Verdict};
use crate::diagnostic::{Finding, Severity};

/// The most further places that a finding names.
const MAX_PLACES: usize = 50;

/// How many addresses there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Addresses that are there.
    pub alive: usize,
    /// Addresses that are dead.
    pub dead: usize,
    /// Addresses that are gone, but were not when their links were added, or not for long.
    pub gone: usize,
    /// Addresses of which nothing is known, by the reason.
    pub undecided: BTreeMap<Doubt, usize>,
}

impl Tally {
    /// Counts the verdict of an address.
    pub fn count(&mut self, url: &str, verdict: &Verdict, judge: &Judge<'_>) {
        match verdict {
            Verdict::Alive(_) => self.alive += 1,
            Verdict::Gone(_) => match judge.standing(url) {
                Standing::Dead { .. } => self.dead += 1,
                Standing::Known { .. } | Standing::Waiting { .. } => self.gone += 1,
            },
            Verdict::Undecided(doubt) => *self.undecided.entry(doubt.clone()).or_default() += 1,
        }
    }

    /// The number of addresses of which nothing is known.
    pub fn undecided(&self) -> usize {
        self.undecided.values().sum()
    }

    /// The numbers in one line, the most frequent doubts first.
    pub fn line(&self) -> String {
        let mut line = format!("{} alive, {} dead", self.alive, self.dead);
        if self.gone > 0 {
            line.push_str(&format!(", {} gone but not dead", self.gone));
        }
        let undecided = self.undecided();
        if undecided > 0 {
            let mut doubts: Vec<(&Doubt, usize)> =
                self.undecided.iter().map(|(doubt, count)| (doubt, *count)).collect();
            doubts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let doubts: Vec<String> =
                doubts.iter().map(|(doubt, count)| format!("{doubt}: {count}")).collect();
            line.push_str(&format!(", {undecided} undecided ({})", doubts.join(", ")));
        }
        line
    }
}

/// What is reported of an address; nothing for one that is simply there.
pub fn of(url: &str, places: &[Place], verdict: &Verdict, judge: &Judge<'_>) -> Vec<Finding> {
    match verdict {
        Verdict::Gone(gone) => vec![dead(url, places, *gone, judge.standing(url))],
        Verdict::Undecided(doubt) => {
            let message = format!("it is not known whether `{url}` is alive: {doubt}");
            vec![at(places, message).severity(Severity::Note)]
        }
        Verdict::Alive(alive) => of_alive(url, places, alive),
    }
}

fn of_alive(url: &str, places: &[Place], alive: &Alive) -> Vec<Finding> {
    let moved = alive.moved.iter().map(|to| {
        let message = format!("`{url}` has moved for good");
        at(places, message).help(format!("write `{to}`")).severity(Severity::Note)
    });
    let leading_to = |fragment: &String| -> Vec<Place> {
        let own = |place: &&Place| place.fragment.as_ref() == Some(fragment);
        places.iter().filter(own).cloned().collect()
    };
    let absent = alive.absent.iter().map(|fragment| {
        let message = format!("`{url}` has no anchor `#{fragment}`");
        let help = "look for the heading that it was, or link to the page";
        at(&leading_to(fragment), message).help(help).severity(Severity::Warning)
    });
    let unsure = alive.unsure.iter().map(|fragment| {
        let message = format!("it is not known whether `{url}` has an anchor `#{fragment}`");
        at(&leading_to(fragment), message).severity(Severity::Note)
    });
    moved.chain(absent).chain(unsure).collect()
}

fn dead(url: &str, places: &[Place], gone: Gone, standing: Standing) -> Finding {
    let help = match gone {
        Gone::Status(_) => format!(
            "find where it has moved to, or link to an archived copy: \
             https://web.archive.org/web/{url}"
        ),
        Gone::Host => "find where it has moved to, or remove the link".to_owned(),
    };
    let since = |day: Option<Day>| day.map_or(String::new(), |day| format!(", since {day}"));
    let (said, severity) = match standing {
        Standing::Dead { since: day } => (since(day), None),
        Standing::Known { since: day } => {
            let said = format!("{}; it was linked before this change", since(day));
            (said, Some(Severity::Note))
        }
        Standing::Waiting { since: day, dead_on } => {
            let said = format!("{}; it is dead if it still is on {dead_on}", since(Some(day)));
            (said, Some(Severity::Note))
        }
    };
    let finding = at(places, format!("`{url}` is gone: {gone}{said}")).help(help);
    match severity {
        Some(severity) => finding.severity(severity),
        None => finding,
    }
}

/// A finding at the first place, which names the others.
fn at(places: &[Place], message: String) -> Finding {
    let (first, others) = places.split_first().expect("an address is somewhere");
    let links: usize = places.iter().map(|place| place.links).sum();
    let message = if links > 1 { format!("{message} ({links} links)") } else { message };
    let finding = Finding::new(&first.path, first.span, message);
    others.iter().take(MAX_PLACES).fold(finding, |finding, place| {
        finding.related(&place.path, place.span, "it is linked here, too")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::address::Address;
    use crate::external::ledger::Ledger;
    use crate::source::{Span, VPath};

    fn place(page: &str) -> Place {
        let path = VPath::new(page).unwrap();
        Place { path, span: Span::new(1, 2), fragment: None, links: 1 }
    }

    const URL: &str = "https://a.dev/";

    fn judge(ledger: Option<&Ledger>, scheduled: bool) -> Judge<'_> {
        Judge { ledger, scheduled, dead_after: 3, today: Day(20_787) }
    }

    fn found(places: &[Place], verdict: &Verdict) -> Finding {
        let mut all = of(URL, places, verdict, &judge(None, false));
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    #[test]
    fn an_address_is_one_finding_with_its_places() {
        let places = [place("a.md"), place("a.md"), place("b.md")];
        let finding = found(&places, &Verdict::Gone(Gone::Status(410)));
        assert_eq!(finding.message, "`https://a.dev/` is gone: status 410 (3 links)");
        let about = (finding.path.as_str(), finding.related.len(), finding.severity);
        assert_eq!(about, ("a.md", 2, None));
        let many: Vec<Place> = (0..999).map(|_| place("a.md")).collect();
        assert_eq!(found(&many, &Verdict::Gone(Gone::Host)).related.len(), MAX_PLACES);
    }

    #[test]
    fn only_what_is_dead_is_more_than_a_note() {
        let places = [place("a.md")];
        let doubt = found(&places, &Verdict::Undecided(Doubt::Status(403)));
        assert_eq!(doubt.severity, Some(Severity::Note));
        let moved = Some(Address::read("https://b.dev/x").unwrap());
        let moved = found(&places, &Verdict::Alive(Alive { moved, ..Alive::default() }));
        assert_eq!(moved.severity, Some(Severity::Note));
        assert_eq!(moved.help.as_deref(), Some("write `https://b.dev/x`"));
        let alive = Verdict::Alive(Alive::default());
        assert!(of(URL, &places, &alive, &judge(None, false)).is_empty());
        let mut ledger = Ledger::default();
        ledger.record(URL, &alive, Day(20_000));
        let gone = Verdict::Gone(Gone::Status(404));
        for scheduled in [false, true] {
            let judge = judge(Some(&ledger), scheduled);
            let all = of(URL, &places, &gone, &judge);
            assert_eq!(all[0].severity, Some(Severity::Note), "{all:?}");
            let mut tally = Tally::default();
            tally.count(URL, &gone, &judge);
            assert_eq!((tally.dead, tally.gone), (0, 1));
        }
    }

    #[test]
    fn a_missing_part_is_a_warning_at_the_links_to_it() {
        let mut places = [place("a.md"), place("b.md"), place("c.md")];
        places[1].fragment = Some("x".to_owned());
        places[2].fragment = Some("y".to_owned());
        let (absent, unsure) = (vec!["x".to_owned()], vec!["y".to_owned()]);
        let alive = Verdict::Alive(Alive { absent, unsure, ..Alive::default() });
        let all = of(URL, &places, &alive, &judge(None, false));
        let said: Vec<_> =
            all.iter().map(|one| (one.path.as_str(), one.severity.unwrap().name())).collect();
        assert_eq!(said, [("b.md", "warning"), ("c.md", "note")]);
        assert_eq!(all[0].message, "`https://a.dev/` has no anchor `#x`");
    }

    #[test]
    fn the_numbers_are_one_line() {
        let mut tally = Tally::default();
        let judge = judge(None, false);
        tally.count(URL, &Verdict::Alive(Alive::default()), &judge);
        assert_eq!(tally.line(), "1 alive, 0 dead");
        for status in [403, 500, 500] {
            tally.count(URL, &Verdict::Undecided(Doubt::Status(status)), &judge);
        }
        let expected = "1 alive, 0 dead, 3 undecided (status 500: 2, status 403: 1)";
        assert_eq!(tally.line(), expected);
    }
}
