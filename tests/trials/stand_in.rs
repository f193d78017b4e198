//! The external links of a real tree, asked for at a server that stands in for the whole network:
//! it is unreliable in a way that is known for each address, so that each verdict can be judged.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docgen::check::external::places::{self, Wanted};
use docgen::check::external::probe::{Pauses, Probe};
use docgen::check::external::schedule::{Manners, Schedule};
use docgen::check::external::verdict::{Doubt, Verdict};
use docgen::io::external::{self, Client, Run};
use libtest_mimic::{Failed, Trial};

use crate::corpora::{self, CORPORA, Corpus, NEEDS};
use crate::server::{Act, Asked, Server, answer, status};
use crate::shared;

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let trial =
        |corpus: &'static Corpus| shared::trial(corpus.name, &NEEDS, move || judged(corpus));
    CORPORA.iter().map(trial).collect()
}

/// How an address behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    There,
    RefusesHead,
    LiesToHead,
    Busy,
    Flickers,
    Drops,
    Moves,
    Wall,
    Broken,
    Gone,
}

/// One address in so many behaves in each way; all others are there.
const KINDS: [(u64, Kind); 9] = [
    (7, Kind::RefusesHead),
    (11, Kind::LiesToHead),
    (13, Kind::Busy),
    (17, Kind::Flickers),
    (19, Kind::Drops),
    (23, Kind::Moves),
    (29, Kind::Wall),
    (31, Kind::Broken),
    (37, Kind::Gone),
];

fn kind(host: &str, target: &str) -> Kind {
    // FNV: the same for each run.
    let hash = format!("{host}{target}").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    let fits = KINDS.iter().find(|(one_in, _)| hash % one_in == 0);
    fits.map_or(Kind::There, |(_, kind)| *kind)
}

fn host(asked: &Asked) -> String {
    let line = asked.headers.iter().find(|line| line.to_lowercase().starts_with("host:"));
    line.map_or(String::new(), |line| line[5..].trim().to_owned())
}

/// The requests that came for each address.
type Counts = Arc<Mutex<BTreeMap<String, usize>>>;

fn behave(asked: &Asked, counts: &Counts) -> Vec<Act> {
    if let Some(place) = asked.target.strip_prefix("/moved-to") {
        return if place.is_empty() { status(404) } else { status(200) };
    }
    let host = host(asked);
    let address = format!("{host}{}", asked.target);
    let before = {
        let mut counts = counts.lock().unwrap();
        let count = counts.entry(address).or_default();
        *count += 1;
        *count - 1
    };
    let head = asked.method == "HEAD";
    match kind(&host, &asked.target) {
        Kind::RefusesHead if head => status(405),
        Kind::LiesToHead if head => status(404),
        Kind::Busy if before == 0 => answer(429, "Retry-After: 0\r\n"),
        Kind::Flickers if before < 2 => status(404),
        Kind::Drops if before == 0 => vec![Act::Close],
        Kind::Moves => answer(301, &format!("Location: /moved-to{}\r\n", asked.target)),
        Kind::Wall => status(403),
        Kind::Broken => status(500),
        Kind::Gone => status(404),
        _ => status(200),
    }
}

/// Asks for all addresses.
fn ask(wanted: &Wanted, port: u16) -> Run {
    let probe = |(address, _): &(docgen::check::external::address::Address, _)| {
        Probe::new(address.clone(), Vec::new(), Vec::new())
    };
    let probes = wanted.addresses.values().map(probe).collect();
    // The times of the settings in use, divided by two hundred and fifty.
    let pauses = Pauses { pause: Duration::from_millis(20), max_wait: Duration::from_millis(240) };
    let manners = |_: &str| Manners { at_once: 2, delay: Duration::from_millis(1) };
    let schedule = Schedule::new(probes, pauses, &manners);
    let server = ([127, 0, 0, 1], port).into();
    let client = Client::with_stand_in(Duration::from_secs(20), server);
    external::run(schedule, &client, &manners, Duration::from_secs(600), &|_, _| {})
}

fn judged(corpus: &Corpus) -> Result<(), Failed> {
    let model = corpora::open(corpus.files());
    let wanted = places::collect(&model, &|_| true, &|_| false, &|_| false);
    let counts = Counts::default();
    let counting = Arc::clone(&counts);
    let server = Server::new(move |asked, _| behave(asked, &counting));
    let run = ask(&wanted, server.port);
    let mut wrong = Vec::new();
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for ((url, (address, _)), verdict) in wanted.addresses.iter().zip(&run.verdicts) {
        let target =
            url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        let kind = kind(address.authority(), target.unwrap_or("/"));
        let right = match (kind, verdict) {
            (Kind::Gone, Verdict::Gone(_)) => true,
            (Kind::Wall, Verdict::Undecided(Doubt::Status(403))) => true,
            (Kind::Broken, Verdict::Undecided(Doubt::Status(500))) => true,
            (Kind::Moves, Verdict::Alive(alive)) => alive.moved.is_some(),
            (Kind::Gone | Kind::Wall | Kind::Broken | Kind::Moves, _) => false,
            (_, Verdict::Alive(alive)) => alive.moved.is_none(),
            _ => false,
        };
        let name = match verdict {
            Verdict::Alive(_) => "alive",
            Verdict::Gone(_) => "dead",
            Verdict::Undecided(_) => "undecided",
        };
        *found.entry(format!("{kind:?}: {name}")).or_default() += 1;
        if !right {
            wrong.push(format!("{url}: {kind:?}, {verdict:?}"));
        }
    }
    let requests: usize = run.requests.values().sum();
    let mut hosts: Vec<(&String, &usize)> = run.requests.iter().collect();
    hosts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    hosts.truncate(8);
    eprintln!(
        "{}: {} addresses, {requests} requests to {} hosts in {:.1} s; most: {hosts:?}; {found:?}; \
         not asked for: {:?}",
        corpus.name,
        wanted.addresses.len(),
        run.requests.len(),
        run.took.as_secs_f64(),
        wanted.skipped
    );
    if !wrong.is_empty() {
        return Err(format!("{} wrong: {}", wrong.len(), wrong.join("\n")).into());
    }
    let most = requests as f64 / wanted.addresses.len() as f64;
    // Most are there at once; the worst take four requests.
    if wanted.addresses.is_empty() || most > 1.7 {
        return Err(format!("{most} requests for each address").into());
    }
    Ok(())
}
