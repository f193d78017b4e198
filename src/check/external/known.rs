//! The addresses that were alive a short while ago, in the cache: they are not asked for again.
//! Nothing else is kept, so that a failure is never repeated from memory.

use std::collections::BTreeMap;

/// What was alive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    rows: BTreeMap<String, Row>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    /// When, in seconds since 1970.
    at: u64,
    /// The settings of its host then.
    settings: String,
    /// The parts of the page that were found.
    fragments: Vec<String>,
}

impl Known {
    /// Reads the file. What cannot be read is not known.
    pub fn read(text: &str) -> Self {
        let row = |line: &str| {
            let mut parts = line.split('\t').map(str::to_owned);
            let (address, at, settings) = (parts.next()?, parts.next()?, parts.next()?);
            Some((address, Row { at: at.parse().ok()?, settings, fragments: parts.collect() }))
        };
        Self { rows: text.lines().filter_map(row).collect() }
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (address, row) in &self.rows {
            let start = [address.clone(), row.at.to_string(), row.settings.clone()];
            let parts: Vec<&str> = start.iter().chain(&row.fragments).map(String::as_str).collect();
            text.push_str(&parts.join("\t"));
            text.push('\n');
        }
        text
    }

    /// Whether an address was alive with these settings and had all these parts, at most `max_age`
    /// seconds ago.
    pub fn has(
        &self,
        address: &str,
        settings: &str,
        fragments: &[String],
        now: u64,
        max_age: u64,
    ) -> bool {
        self.rows.get(address).is_some_and(|row| {
            // A clock that was set back makes nothing younger.
            (row.at..=row.at.saturating_add(max_age)).contains(&now)
                && row.settings == settings
                && fragments.iter().all(|one| row.fragments.contains(one))
        })
    }

    /// Remembers an address that is alive now.
    pub fn add(&mut self, address: &str, settings: &str, fragments: &[String], now: u64) {
        let plain = |text: &str| !text.contains(['\t', '\n', '\r']);
        if plain(address) && plain(settings) && fragments.iter().all(|one| plain(one)) {
            let (settings, fragments) = (settings.to_owned(), fragments.to_vec());
            self.rows.insert(address.to_owned(), Row { at: now, settings, fragments });
        }
    }

    /// Forgets an address.
    pub fn forget(&mut self, address: &str) {
        self.rows.remove(address);
    }

    /// Forgets what is too old to be of use.
    pub fn forget_old(&mut self, now: u64, max_age: u64) {
        self.rows.retain(|_, row| row.at.saturating_add(max_age) >= now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_alive_is_known_for_a_while() {
        let mut known = Known::default();
        let (url, parts) = ("https://a.dev/", ["x".to_owned()]);
        known.add(url, "403", &parts, 1_000);
        known.add("https://b.dev/", "", &[], 1_000);
        known.add("https://c.dev/", "", &["a\tb".to_owned()], 1_000);
        let known = Known::read(&known.to_text());
        for (settings, parts, now, expected) in [
            ("403", &parts[..], 1_000, true),
            ("403", &[], 1_100, true),
            ("403", &parts, 1_101, false),
            ("403", &parts, 999, false),
            ("", &parts, 1_000, false),
            ("403", &["y".to_owned()], 1_000, false),
        ] {
            let has = known.has(url, settings, parts, now, 100);
            assert_eq!(has, expected, "{settings} {parts:?} {now}");
        }
        assert!(known.has("https://b.dev/", "", &[], 1_000, 0));
        assert!(!known.has("https://c.dev/", "", &[], 1_000, 100));
        let mut known = known;
        known.forget_old(1_101, 100);
        assert_eq!(known, Known::default());
        assert_eq!(Known::read("garbage\nhttps://a.dev/\tx\t\n"), Known::default());
    }
}
