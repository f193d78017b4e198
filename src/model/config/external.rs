//! How links to other sites are checked.

use std::time::Duration;

use super::reader::Reader;
use crate::data::{Node, Value};
use crate::source::{Span, VPath};

/// What `[external]` in docgen.toml says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// Hosts of the own network that may be asked.
    pub private: Vec<String>,
    /// The file of what is known of addresses, from the root.
    pub ledger: VPath,
    /// For how many days an address must be gone before it is dead.
    pub dead_after: u64,
    /// For how many days an address that is alive is not asked for again.
    pub max_age: u64,
    /// How long a request may take.
    pub timeout: Duration,
    /// How long all of them may take.
    pub time_limit: Duration,
    /// The most addresses that are asked for.
    pub max_addresses: usize,
    /// The time before a request is repeated.
    pub pause: Duration,
    /// The longest that a server may ask to wait.
    pub max_wait: Duration,
    /// How many requests a host gets at a time.
    pub concurrency: usize,
    /// The time from one request to a host to the next.
    pub delay: Duration,
    /// Hosts with settings of their own.
    pub hosts: Vec<Host>,
}

/// Settings of a host, each with its reason and the day until which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name, or `*.` and a domain.
    pub host: String,
    /// Why it needs them.
    pub reason: String,
    /// The last day on which they hold, as `2027-01-31`.
    pub until: String,
    /// Whether it is not asked at all.
    pub skip: bool,
    /// Statuses that count as alive.
    pub accept: Vec<u16>,
    /// Headers that it gets: names and values.
    pub headers: Vec<(String, String)>,
    /// How many requests it gets at a time.
    pub concurrency: Option<usize>,
    /// The time from one request to the next.
    pub delay: Option<Duration>,
    /// The file of the settings.
    pub path: VPath,
    /// Where they are.
    pub span: Span,
}

impl Default for External {
    fn default() -> Self {
        Self {
            private: Vec::new(),
            ledger: VPath::new(LEDGER).expect("a name is inside the root"),
            dead_after: 3,
            max_age: 7,
            timeout: Duration::from_secs(20),
            time_limit: Duration::from_secs(1_800),
            max_addresses: 20_000,
            pause: Duration::from_secs(5),
            max_wait: Duration::from_secs(60),
            concurrency: 2,
            delay: Duration::from_millis(250),
            hosts: Vec::new(),
        }
    }
}

/// The usual name of the file of what is known.
const LEDGER: &str = "docgen-links.tsv";
/// The most days that a setting may name.
const MAX_DAYS: u64 = 3_650;
/// The longest time that a setting may name, in seconds: a day.
const MAX_SECONDS: f64 = 86_400.0;
/// The most requests that one host may get at a time.
const MAX_CONCURRENCY: u64 = 16;

/// Reads the table.
pub(super) fn read(reader: &Reader<'_>, path: &VPath, external: &mut External) {
    let Some(table) = reader.table("external") else { return };
    if table.get("private").is_some() {
        external.private = table.strings("private");
    }
    for (key, field) in [
        ("timeout", &mut external.timeout),
        ("time_limit", &mut external.time_limit),
        ("pause", &mut external.pause),
        ("max_wait", &mut external.max_wait),
        ("delay", &mut external.delay),
    ] {
        if let Some(time) = seconds(&table, key) {
            *field = time;
        }
    }
    if let Some(file) = table.string("ledger") {
        match VPath::new(&file).filter(|path| !path.as_str().is_empty() && !file.starts_with('/')) {
            Some(path) => external.ledger = path,
            None => {
                let node = table.node().get("ledger").unwrap_or(table.node());
                let help = Some("name a file inside the root".to_owned());
                table.refuse(node, "`ledger` leaves the root", help);
            }
        }
    }
    for (key, field) in
        [("dead_after", &mut external.dead_after), ("max_age", &mut external.max_age)]
    {
        if let Some(days) = whole(&table, key, 0, MAX_DAYS) {
            *field = days;
        }
    }
    if let Some(most) = whole(&table, "max_addresses", 1, 1_000_000) {
        external.max_addresses = usize::try_from(most).unwrap_or(usize::MAX);
    }
    if let Some(most) = whole(&table, "concurrency", 1, MAX_CONCURRENCY) {
        external.concurrency = usize::try_from(most).unwrap_or(1);
    }
    for one in table.tables("host") {
        external.hosts.extend(host(&one, path));
        one.finish();
    }
    table.finish();
}

fn host(table: &Reader<'_>, path: &VPath) -> Option<Host> {
    let (name, reason, until) =
        (table.required("host"), table.required("reason"), table.required("until"));
    let read = Host {
        host: name.unwrap_or_default(),
        reason: reason.unwrap_or_default(),
        until: until.unwrap_or_default(),
        skip: table.bool("skip").unwrap_or_default(),
        accept: statuses(table),
        headers: headers(table),
        concurrency: whole(table, "concurrency", 1, MAX_CONCURRENCY)
            .map(|most| usize::try_from(most).unwrap_or(1)),
        delay: seconds(table, "delay"),
        path: path.clone(),
        span: table.node().get("host").map_or(table.node().span, |node| node.span),
    };
    let refuse = |key: &str, message: &str, help: &str| {
        let node = table.node().get(key).unwrap_or(table.node());
        table.refuse(node, message, Some(help.to_owned()));
    };
    if table.node().get("host").is_some()
        && (read.host.is_empty() || read.host.contains(['/', ' ', '@']))
    {
        refuse("host", "`host` must be the name of a host", "for example `github.com`");
    }
    if table.node().get("reason").is_some() && read.reason.trim().is_empty() {
        refuse("reason", "`reason` is empty", "say why this host needs settings of its own");
    }
    if table.node().get("until").is_some() && !is_day(&read.until) {
        refuse("until", "`until` must be a day", "for example `until = \"2027-01-31\"`");
    }
    Some(read)
}

fn is_day(text: &str) -> bool {
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse().ok());
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let within = |number: Option<u32>, most| number.is_some_and(|n| (1..=most).contains(&n));
    shape && within(part(5..7), 12) && within(part(8..10), 31)
}

fn statuses(table: &Reader<'_>) -> Vec<u16> {
    let Some(node) = table.get("accept") else { return Vec::new() };
    let mut all = Vec::new();
    if !matches!(node.value, Value::Array(_)) {
        table.refuse(node, "`accept` must be a list of statuses", None);
    }
    for one in node.items() {
        match number(one).map(|status| status as u16) {
            // Whoever takes these for alive wants to skip the host.
            Some(404 | 410) => {
                let help = Some("`skip = true` leaves the host out".to_owned());
                table.refuse(one, "404 and 410 say that a page is gone", help);
            }
            Some(status @ 100..=999) => all.push(status),
            _ => table.refuse(one, "expected a status, such as 403", None),
        }
    }
    all
}

fn headers(table: &Reader<'_>) -> Vec<(String, String)> {
    let Some(node) = table.get("headers") else { return Vec::new() };
    if !matches!(node.value, Value::Object(_)) {
        table.refuse(node, "`headers` must be a table of names and values", None);
    }
    let mut all = Vec::new();
    for member in node.members() {
        let name = !member.key.is_empty()
            && member.key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        let value = member.value.as_str().filter(|value| !value.contains(char::is_control));
        match value.filter(|_| name) {
            Some(value) => all.push((member.key.clone(), value.to_owned())),
            None => table.refuse(&member.value, "expected the name of a header and a text", None),
        }
    }
    all
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => number.replace('_', "").parse().ok(),
        _ => None,
    }
}

/// A time in seconds.
fn seconds(table: &Reader<'_>, key: &'static str) -> Option<Duration> {
    let node = table.get(key)?;
    let read = number(node).filter(|time| (0.0..=MAX_SECONDS).contains(time));
    if read.is_none() {
        table.refuse(node, format!("`{key}` must be a number of seconds, at most a day"), None);
    }
    read.map(Duration::from_secs_f64)
}

/// A whole number.
fn whole(table: &Reader<'_>, key: &'static str, least: u64, most: u64) -> Option<u64> {
    let node = table.get(key)?;
    let read = match &node.value {
        Value::Number(number) => number.replace('_', "").parse().ok(),
        _ => None,
    };
    let read = read.filter(|number| (least..=most).contains(number));
    if read.is_none() {
        table.refuse(node, format!("`{key}` must be a whole number from {least} to {most}"), None);
    }
    read
}

#[cfg(test)]
mod tests {
    use super::super::native::DocgenToml;
    use super::super::{Config, Flavour};
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Result<External, Vec<String>> {
        let source = Source::new(VPath::new("docgen.toml").unwrap(), text.to_owned());
        let config = DocgenToml::new(source).read(Config::new(Flavour::default()), &[]);
        let said = |one: super::super::ConfigFault| one.message;
        config
            .map(|config| config.external)
            .map_err(|faults| faults.into_iter().map(said).collect())
    }

    #[test]
    fn every_key_is_read() {
        let text = "[external]\nprivate = [\"wiki.corp.dev\"]\nledger = \"ci/links.tsv\"\ndead_after = 0\n\
                    max_age = 1\ntimeout = 5\ntime_limit = 60\n\
                    max_addresses = 1_000\npause = 0.5\nmax_wait = 10\nconcurrency = 4\n\
                    delay = 0\n[[external.host]]\nhost = \"*.a.dev\"\nreason = \"a wall\"\n\
                    until = \"2027-01-31\"\nskip = true\naccept = [403, 999]\n\
                    headers = { User-Agent = \"x\" }\nconcurrency = 1\ndelay = 2\n";
        let read = read(text).unwrap();
        assert_eq!(read.private, ["wiki.corp.dev"]);
        let times = [read.timeout, read.time_limit, read.pause, read.max_wait, read.delay];
        assert_eq!(times.map(|time| time.as_millis()), [5_000, 60_000, 500, 10_000, 0]);
        assert_eq!((read.ledger.as_str(), read.dead_after, read.max_age), ("ci/links.tsv", 0, 1));
        assert_eq!((read.max_addresses, read.concurrency), (1_000, 4));
        let [host] = &read.hosts[..] else { panic!("{:?}", read.hosts) };
        assert_eq!(
            (host.host.as_str(), host.skip, &host.accept[..]),
            ("*.a.dev", true, &[403, 999][..])
        );
        assert_eq!(host.headers, [("User-Agent".to_owned(), "x".to_owned())]);
        assert_eq!((host.concurrency, host.delay), (Some(1), Some(Duration::from_secs(2))));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let host = |rest: &str| {
            format!(
                "[[external.host]]\nhost = \"a.dev\"\nreason = \"x\"\nuntil = \"2027-01-31\"\n{rest}"
            )
        };
        for (text, expected) in [
            ("[external]\ntimeout = -1\n".to_owned(), "`timeout` must be a number of seconds"),
            ("[external]\ntimeout = \"1\"\n".to_owned(), "`timeout` must be a number of seconds"),
            ("[external]\nconcurrency = 0\n".to_owned(), "`concurrency` must be a whole number"),
            ("[external]\nledger = \"../x\"\n".to_owned(), "`ledger` leaves the root"),
            ("[external]\nretries = 1\n".to_owned(), "unknown key `retries`"),
            (
                "[[external.host]]\nhost = \"a.dev\"\nuntil = \"2027-01-31\"\n".to_owned(),
                "`reason` is missing",
            ),
            (
                "[[external.host]]\nhost = \"a.dev\"\nreason = \"x\"\n".to_owned(),
                "`until` is missing",
            ),
            (host("").replace("2027-01-31", "soon"), "`until` must be a day"),
            (host("").replace("\"x\"", "\" \""), "`reason` is empty"),
            (host("").replace("a.dev", "https://a.dev"), "`host` must be the name of a host"),
            (host("accept = [404]\n"), "404 and 410 say"),
            (host("accept = [\"ok\"]\n"), "expected a status"),
            (host("headers = { \"a b\" = \"c\" }\n"), "expected the name of a header"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.len() == 1 && said[0].starts_with(expected), "{text}: {said:?}");
        }
    }
}
