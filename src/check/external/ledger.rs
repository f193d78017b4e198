//! What is known of addresses from earlier runs, in a file of the repository: a link that dies on
//! its own must not stop a change that has nothing to do with it.

use std::collections::BTreeMap;

use super::date::Day;
use super::verdict::Verdict;

/// How old the day on which an address was last alive may get, in days, before it is written anew:
/// a file that changes in every line at each run would hide what has changed.
const REFRESH: i64 = 30;

/// The first line of the file.
const HEAD: &str = "# docgen check --external=scheduled: address, last seen alive, gone since\n";

/// An address in the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The last day on which it was alive, to about a month.
    pub alive: Option<Day>,
    /// The first day on which it was gone, if it has not been alive since.
    pub gone: Option<Day>,
}

/// The addresses of a tree, by their text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    rows: BTreeMap<String, Row>,
}

impl Ledger {
    /// Reads the file; the error has the number of a line and what is wrong with it.
    pub fn read(text: &str) -> Result<Self, (usize, String)> {
        let mut rows = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |what: &str| (number + 1, what.to_owned());
            let parts: Vec<&str> = line.split('\t').collect();
            let [address, alive, gone] = parts[..] else {
                return Err(fail("expected an address and two days, separated by tabs"));
            };
            let day = |text: &str| match text {
                "-" => Ok(None),
                text => Day::read(text).map(Some).ok_or_else(|| fail("expected a day or `-`")),
            };
            rows.insert(address.to_owned(), Row { alive: day(alive)?, gone: day(gone)? });
        }
        Ok(Self { rows })
    }

    /// The text of the file, sorted by address.
    pub fn to_text(&self) -> String {
        let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let mut text = HEAD.to_owned();
        for (address, row) in &self.rows {
            text.push_str(&format!("{address}\t{}\t{}\n", day(row.alive), day(row.gone)));
        }
        text
    }

    /// What is known of an address.
    pub fn row(&self, address: &str) -> Option<Row> {
        self.rows.get(address).copied()
    }

    /// Records a verdict.
    pub fn record(&mut self, address: &str, verdict: &Verdict, today: Day) {
        let row = self.rows.entry(address.to_owned()).or_default();
        match verdict {
            Verdict::Alive(_) => {
                let old = row.alive.is_none_or(|alive| today.0 - alive.0 >= REFRESH);
                if old || row.gone.is_some() {
                    row.alive = Some(today);
                }
                row.gone = None;
            }
            Verdict::Gone(_) => row.gone = row.gone.or(Some(today)),
            // It may still be gone.
            Verdict::Undecided(_) => {}
        }
    }

    /// Forgets all addresses but those that pages link to.
    pub fn keep(&mut self, linked: &dyn Fn(&str) -> bool) {
        self.rows.retain(|address, _| linked(address));
    }
}

/// What an address that is gone means, with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It fails the check.
    Dead {
        /// The first day on which it was gone, as far as is known.
        since: Option<Day>,
    },
    /// It was there before: this change has nothing to do with it.
    Known {
        /// The first day on which it was gone.
        since: Option<Day>,
    },
    /// It is not gone for long enough.
    Waiting {
        /// The first day on which it was gone.
        since: Day,
        /// The day from which on it is dead.
        dead_on: Day,
    },
}

/// How a run judges what is gone.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'l> {
    /// The ledger, if there is one.
    pub ledger: Option<&'l Ledger>,
    /// Whether the run is one of those that keep the ledger.
    pub scheduled: bool,
    /// For how many days an address must be gone.
    pub dead_after: i64,
    /// The day of the run.
    pub today: Day,
}

impl Judge<'_> {
    /// Judges an address that is gone today.
    pub fn standing(&self, address: &str) -> Standing {
        let row = self.ledger.and_then(|ledger| ledger.row(address));
        if !self.scheduled {
            return match row {
                Some(row) => Standing::Known { since: row.gone },
                None => Standing::Dead { since: None },
            };
        }
        let since = row.and_then(|row| row.gone).unwrap_or(self.today);
        let dead_on = Day(since.0 + self.dead_after);
        match dead_on <= self.today {
            true => Standing::Dead { since: Some(since) },
            false => Standing::Waiting { since, dead_on },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::verdict::{Alive, Doubt, Gone};

    const URL: &str = "https://a.dev/";

    fn day(text: &str) -> Day {
        Day::read(text).unwrap()
    }

    fn record(ledger: &mut Ledger, verdict: Verdict, today: &str) -> Row {
        ledger.record(URL, &verdict, day(today));
        ledger.row(URL).unwrap()
    }

    fn alive() -> Verdict {
        Verdict::Alive(Alive::default())
    }

    #[test]
    fn the_file_is_read_as_it_is_written() {
        let mut ledger = Ledger::default();
        ledger.record("https://b.dev/?a=1#", &alive(), day("2026-11-30"));
        ledger.record(URL, &Verdict::Gone(Gone::Host), day("2026-11-30"));
        let text = ledger.to_text();
        let rows = "https://a.dev/\t-\t2026-11-30\nhttps://b.dev/?a=1#\t2026-11-30\t-\n";
        assert_eq!(text, format!("{HEAD}{rows}"));
        assert_eq!(Ledger::read(&text), Ok(ledger.clone()));
        assert_eq!(Ledger::read(&text.replace('\n', "\r\n")), Ok(ledger));
        for (text, line) in [
            ("https://a.dev/ 2026-11-30 -\n", 1),
            ("#\nhttps://a.dev/\tsoon\t-\n", 2),
            ("<<<<<<< HEAD\n", 1),
        ] {
            assert_eq!(Ledger::read(text).unwrap_err().0, line, "{text}");
        }
    }

    #[test]
    fn days_are_kept_as_long_as_they_say_something() {
        let mut ledger = Ledger::default();
        let row =
            |alive, gone| Row { alive: Option::map(alive, day), gone: Option::map(gone, day) };
        let first = Some("2026-11-01");
        assert_eq!(record(&mut ledger, alive(), "2026-11-01"), row(first, None));
        assert_eq!(record(&mut ledger, alive(), "2026-11-20"), row(first, None));
        let gone = || Verdict::Gone(Gone::Status(404));
        let since = Some("2026-11-21");
        assert_eq!(record(&mut ledger, gone(), "2026-11-21"), row(first, since));
        assert_eq!(record(&mut ledger, gone(), "2026-11-25"), row(first, since));
        let doubt = Verdict::Undecided(Doubt::Status(403));
        assert_eq!(record(&mut ledger, doubt, "2026-11-26"), row(first, since));
        let back = Some("2026-11-27");
        assert_eq!(record(&mut ledger, alive(), "2026-11-27"), row(back, None));
        assert_eq!(record(&mut ledger, alive(), "2026-12-27"), row(Some("2026-12-27"), None));
        ledger.keep(&|_| false);
        assert_eq!(ledger.row(URL), None);
    }

    #[test]
    fn a_change_is_held_only_for_links_that_it_adds() {
        let mut ledger = Ledger::default();
        ledger.record(URL, &alive(), day("2026-11-01"));
        let today = day("2026-11-30");
        let judge = |ledger| Judge { ledger, scheduled: false, dead_after: 3, today };
        assert_eq!(judge(Some(&ledger)).standing(URL), Standing::Known { since: None });
        let new = judge(Some(&ledger)).standing("https://new.dev/");
        assert_eq!(new, Standing::Dead { since: None });
        assert_eq!(judge(None).standing(URL), Standing::Dead { since: None });
    }

    #[test]
    fn what_is_gone_for_days_is_dead() {
        let mut ledger = Ledger::default();
        ledger.record(URL, &Verdict::Gone(Gone::Host), day("2026-11-27"));
        let judge = |today: &str| {
            let ledger = Some(&ledger);
            Judge { ledger, scheduled: true, dead_after: 3, today: day(today) }.standing(URL)
        };
        let since = day("2026-11-27");
        let waiting = Standing::Waiting { since, dead_on: day("2026-11-30") };
        assert_eq!(judge("2026-11-27"), waiting);
        assert_eq!(judge("2026-11-29"), waiting);
        assert_eq!(judge("2026-11-30"), Standing::Dead { since: Some(since) });
    }
}
