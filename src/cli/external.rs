//! `docgen check --external`: asks for the addresses of other sites.

mod files;
mod settings;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::ValueEnum;

use super::view::View;
use super::{Outcome, counted};
use crate::check::external::address::Address;
use crate::check::external::date::Day;
use crate::check::external::findings::{self, Tally};
use crate::check::external::ledger::Judge;
use crate::check::external::places::{self, Place, Wanted};
use crate::check::external::probe::{Pauses, Probe};
use crate::check::external::schedule::Schedule;
use crate::check::external::verdict::{Alive, Doubt, Verdict};
use crate::check::rule::Diagnostic;
use crate::check::rules::dead_external_link;
use crate::diagnostic::Severity;
use crate::error::{Error, Result};
use crate::io::external::{self, Run, Transport};
use crate::io::interrupt::Interrupts;
use crate::io::progress;
use crate::open::Project;
use crate::project::{LoadFault, LoadFaults};
use files::{Cache, LedgerFile};
use settings::Hosts;

/// Arguments of `docgen check` about other sites.
#[derive(clap::Args)]
pub struct External {
    /// Also ask other sites whether the links to them are alive
    #[arg(
        long,
        value_enum,
        value_name = "MODE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "links",
        conflicts_with_all = ["fix", "diff", "write_baseline"],
    )]
    external: Option<Mode>,
}

/// What a run is for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// Report dead links with the other findings; known links fail no check
    Links,
    /// Report nothing else, and keep the file of known links up to date
    Scheduled,
}

/// What other sites have said.
#[derive(Default)]
pub struct Asked {
    /// The findings about them.
    pub faults: LoadFaults,
    /// The number of links whose addresses are alive or gone.
    pub decided_links: usize,
    /// Whether nothing is known of some addresses.
    undecided: bool,
}

impl External {
    /// Asks other sites, if that is wanted.
    pub fn ask(
        &self,
        project: &Project,
        view: &View,
        cached: bool,
        interrupts: &Interrupts,
    ) -> Result<Asked> {
        let Some(mode) = self.external else { return Ok(Asked::default()) };
        let scheduled = mode == Mode::Scheduled;
        if scheduled && !view.is_whole() {
            let why = "`--external=scheduled` works on a whole tree; do not select a part of it";
            return Err(Error::new(why));
        }
        let settings = &project.model.config.external;
        let now = seconds_now();
        let today = Day::of(now);
        let hosts = Hosts::new(settings, today);
        let transport = hosts.transport()?;
        let ledger = LedgerFile::load(project, settings)?;
        let mut cache = Cache::load(project, settings, now, cached, interrupts);
        let wanted = wanted(project, view, &hosts);
        let all = addresses(&wanted);
        // What is known is enough for a change; the ledger needs answers of today.
        let is_known = |one: &Link<'_>| {
            !scheduled && cache.has(one.url, &hosts.fingerprint(one.authority), &one.fragments)
        };
        let (known, mut open): (Vec<_>, Vec<_>) = all.into_iter().partition(is_known);
        let late = open.split_off(open.len().min(settings.max_addresses));
        let run = ask(&open, &hosts, &*transport);
        let judge = Judge {
            ledger: ledger.known(),
            scheduled,
            dead_after: i64::try_from(settings.dead_after).unwrap_or(i64::MAX),
            today,
        };
        let mut tally = Tally::default();
        let mut found = hosts.about(&wanted, view.is_whole(), today);
        let mut decided_links = 0;
        let alive = known.iter().map(|_| Verdict::Alive(Alive::default()));
        let too_many = late.iter().map(|_| Verdict::Undecided(Doubt::TooMany));
        let verdicts: Vec<Verdict> =
            run.verdicts.iter().cloned().chain(too_many).chain(alive).collect();
        for (one, verdict) in open.iter().chain(&late).chain(&known).zip(&verdicts) {
            tally.count(one.url, verdict, &judge);
            found.extend(findings::of(one.url, one.places, verdict, &judge));
            if !matches!(verdict, Verdict::Undecided(_)) {
                decided_links += one.places.iter().map(|place| place.links).sum::<usize>();
            }
        }
        for (one, verdict) in open.iter().zip(&verdicts) {
            cache.record(one.url, &hosts.fingerprint(one.authority), &one.fragments, verdict);
        }
        cache.save();
        if scheduled {
            let asked = open.iter().chain(&late).map(|one| one.url).zip(&verdicts);
            ledger.save(asked, &|url| wanted.addresses.contains_key(url), today, interrupts)?;
        }
        say(&wanted, &tally, known.len(), &run);
        let faults = found.into_iter().map(|finding| (LoadFault::ExternalLink, finding)).collect();
        Ok(Asked { faults, decided_links, undecided: tally.undecided() > 0 })
    }

    /// How a scheduled run ends; all findings but those about other sites are left out.
    pub fn outcome(&self, asked: &Asked, found: &mut Vec<Diagnostic>) -> Option<Outcome> {
        if self.external != Some(Mode::Scheduled) {
            return None;
        }
        found.retain(|one| *one.rule == dead_external_link::RULE);
        Some(if found.iter().any(|one| one.severity == Severity::Error) {
            Outcome::Dead
        } else if asked.undecided {
            Outcome::Undecided
        } else {
            Outcome::Clean
        })
    }
}

/// An address with the links to it.
struct Link<'w> {
    url: &'w str,
    authority: &'w str,
    places: &'w [Place],
    /// The parts of the page that the links lead to.
    fragments: Vec<String>,
}

fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// The addresses that are asked for: with `--since`, only those that the earlier version has not.
fn wanted(project: &Project, view: &View, hosts: &Hosts<'_>) -> Wanted {
    let (skip, allowed) =
        (|authority: &str| hosts.skips(authority), |authority: &str| hosts.allows(authority));
    let takes_in = |page: &_| view.part.takes_in(page);
    let mut wanted = places::collect(&project.model, &takes_in, &skip, &allowed);
    if let Some(since) = &view.since {
        let before = places::collect(&since.model, &|_| true, &skip, &allowed);
        wanted.addresses.retain(|url, _| !before.addresses.contains_key(url));
    }
    wanted
}

fn addresses(wanted: &Wanted) -> Vec<Link<'_>> {
    let all = wanted.addresses.iter().map(|(url, (address, places))| {
        let fragments: BTreeSet<&String> =
            places.iter().filter_map(|place| place.fragment.as_ref()).collect();
        let fragments = fragments.into_iter().filter(|one| !one.is_empty()).cloned().collect();
        Link { url, authority: address.authority(), places, fragments }
    });
    all.collect()
}

fn ask(asked: &[Link<'_>], hosts: &Hosts<'_>, transport: &dyn Transport) -> Run {
    let settings = hosts.settings;
    let manners = |authority: &str| hosts.manners(authority);
    let probe = |one: &Link<'_>| {
        let address = Address::read(one.url).ok()?;
        let accept = hosts.accept(one.authority);
        Some(Probe::new(address, accept, one.fragments.clone()))
    };
    let probes: Vec<Probe> = asked.iter().filter_map(probe).collect();
    let pauses = Pauses { pause: settings.pause, max_wait: settings.max_wait };
    let count = Mutex::new((0, probes.len()));
    let schedule = Schedule::new(probes, pauses, &manners);
    let lock = || count.lock().unwrap_or_else(PoisonError::into_inner);
    progress::shown(
        || {
            let (done, all) = *lock();
            format!("asking other sites: {done} of {all} addresses")
        },
        || {
            external::run(schedule, transport, &manners, settings.time_limit, &|done, all| {
                *lock() = (done, all);
            })
        },
    )
}

/// Says how the run went, on standard error: the report has only findings.
fn say(wanted: &Wanted, tally: &Tally, known: usize, run: &Run) {
    let count = wanted.addresses.len();
    let plural = if count == 1 { "" } else { "es" };
    let known = match known {
        0 => String::new(),
        known => format!(" ({known} of them known from the cache)"),
    };
    let requests: usize = run.requests.values().sum();
    eprintln!(
        "other sites: {count} address{plural}: {}{known}; {} to {} in {:.1} s",
        tally.line(),
        counted(requests, "request"),
        counted(run.requests.len(), "host"),
        run.took.max(Duration::from_millis(1)).as_secs_f64()
    );
    let skipped = wanted.skipped.iter().map(|(why, count)| format!("{}: {count}", why.text()));
    let skipped: Vec<String> = skipped.collect();
    if !skipped.is_empty() {
        eprintln!("not asked for: {}", skipped.join(", "));
    }
}
