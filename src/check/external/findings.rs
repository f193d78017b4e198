//! What is reported of the addresses that were asked for.

use std::collections::BTreeMap;

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
    /// Addresses that are gone.
    pub dead: usize,
    /// Addresses of which nothing is known, by the reason.
    pub undecided: BTreeMap<Doubt, usize>,
}

impl Tally {
    /// Counts a verdict.
    pub fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Alive(_) => self.alive += 1,
            Verdict::Gone(_) => self.dead += 1,
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

/// What is reported of an address. `None` for one that is simply there.
pub fn of(url: &str, places: &[Place], verdict: &Verdict) -> Option<Finding> {
    match verdict {
        Verdict::Gone(gone) => Some(dead(url, places, *gone)),
        Verdict::Undecided(doubt) => {
            let message = format!("it is not known whether `{url}` is alive: {doubt}");
            Some(at(places, message).severity(Severity::Note))
        }
        Verdict::Alive(Alive { moved: Some(to), .. }) => {
            let message = format!("`{url}` has moved for good");
            let help = format!("write `{to}`");
            Some(at(places, message).help(help).severity(Severity::Note))
        }
        Verdict::Alive(_) => None,
    }
}

fn dead(url: &str, places: &[Place], gone: Gone) -> Finding {
    let help = match gone {
        Gone::Status(_) => format!(
            "find where it has moved to, or link to an archived copy: https://web.archive.org/web/{url}"
        ),
        Gone::Host => "find where it has moved to, or remove the link".to_owned(),
    };
    at(places, format!("`{url}` is gone: {gone}")).help(help)
}

/// A finding at the first place, which names the others.
fn at(places: &[Place], message: String) -> Finding {
    let (first, others) = places.split_first().expect("an address is somewhere");
    let message = match others.len() {
        0 => message,
        more => format!("{message} ({} links)", more + 1),
    };
    let finding = Finding::new(&first.path, first.span, message);
    others.iter().take(MAX_PLACES).fold(finding, |finding, place| {
        finding.related(&place.path, place.span, "it is linked here, too")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::address::Address;
    use crate::source::{Span, VPath};

    fn place(page: &str) -> Place {
        let path = VPath::new(page).unwrap();
        Place { path, span: Span::new(1, 2), fragment: None }
    }

    #[test]
    fn an_address_is_one_finding_with_its_places() {
        let places = [place("a.md"), place("a.md"), place("b.md")];
        let found = of("https://a.dev/", &places, &Verdict::Gone(Gone::Status(410))).unwrap();
        assert_eq!(found.message, "`https://a.dev/` is gone: status 410 (3 links)");
        assert_eq!((found.path.as_str(), found.related.len(), found.severity), ("a.md", 2, None));
        let many: Vec<Place> = (0..999).map(|_| place("a.md")).collect();
        let found = of("https://a.dev/", &many, &Verdict::Gone(Gone::Host)).unwrap();
        assert_eq!(found.related.len(), MAX_PLACES);
    }

    #[test]
    fn only_what_is_gone_is_more_than_a_note() {
        let places = [place("a.md")];
        let of = |verdict: &Verdict| of("https://a.dev/", &places, verdict);
        let doubt = of(&Verdict::Undecided(Doubt::Status(403))).unwrap();
        assert_eq!(doubt.severity, Some(Severity::Note));
        let moved = Some(Address::read("https://b.dev/x").unwrap());
        let moved = of(&Verdict::Alive(Alive { moved, ..Alive::default() })).unwrap();
        assert_eq!(moved.severity, Some(Severity::Note));
        assert_eq!(moved.help.as_deref(), Some("write `https://b.dev/x`"));
        assert_eq!(of(&Verdict::Alive(Alive::default())), None);
    }

    #[test]
    fn the_numbers_are_one_line() {
        let mut tally = Tally::default();
        tally.count(&Verdict::Alive(Alive::default()));
        assert_eq!(tally.line(), "1 alive, 0 dead");
        for status in [403, 500, 500] {
            tally.count(&Verdict::Undecided(Doubt::Status(status)));
        }
        let expected = "1 alive, 0 dead, 3 undecided (status 500: 2, status 403: 1)";
        assert_eq!(tally.line(), expected);
    }
}
