//! `docgen check --external`: asks for the addresses of other sites.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::counted;
use super::view::View;
use crate::check::external::address::Skip;
use crate::check::external::date::Day;
use crate::check::external::findings::{self, Tally};
use crate::check::external::host::fits;
use crate::check::external::places::{self, Place, Wanted};
use crate::check::external::probe::{Pauses, Probe};
use crate::check::external::schedule::{Manners, Schedule};
use crate::check::external::verdict::{Doubt, Verdict};
use crate::config::external::{External as Settings, Host};
use crate::diagnostic::{Finding, Severity};
use crate::error::{Error, Result};
use crate::io::external::{self, Run, Transport};
use crate::io::progress;
use crate::open::Project;
use crate::project::{LoadFault, LoadFaults};

/// Arguments of `docgen check` about other sites.
#[derive(clap::Args)]
pub struct External {
    /// Also ask other sites whether the links to them are alive
    #[arg(long, conflicts_with_all = ["fix", "diff", "write_baseline"])]
    external: bool,
}

/// The variables of the environment that headers may name: no others, so that the settings of a
/// tree cannot send away what is not meant for it.
const VARIABLES: &str = "DOCGEN_";

impl External {
    /// The findings about other sites, if they are asked for.
    pub fn faults(&self, project: &Project, view: &View) -> Result<LoadFaults> {
        if !self.external {
            return Ok(Vec::new());
        }
        let settings = &project.model.config.external;
        let today = Day::of(seconds_now());
        let hosts: Vec<&Host> =
            settings.hosts.iter().filter(|one| !has_ended(one, today)).collect();
        let transport = transport(settings, &hosts)?;
        let wanted = wanted(project, view, settings, &hosts);
        let (asked, left) = split(&wanted, settings.max_addresses);
        let run = ask(&asked, settings, &hosts, &*transport);
        let mut tally = Tally::default();
        let mut faults = about_settings(settings, &wanted, view, today);
        let late = left.iter().map(|_| Verdict::Undecided(Doubt::TooMany));
        let verdicts = run.verdicts.iter().cloned().chain(late);
        for ((url, places), verdict) in asked.iter().chain(&left).zip(verdicts) {
            tally.count(&verdict);
            faults.extend(findings::of(url, places, &verdict));
        }
        say(&wanted, &tally, &run);
        Ok(faults.into_iter().map(|finding| (LoadFault::ExternalLink, finding)).collect())
    }
}

/// An address with the links to it.
type Asked<'w> = (&'w str, &'w [Place]);

fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Whether the settings of a host hold no longer.
fn has_ended(host: &Host, today: Day) -> bool {
    Day::read(&host.until).is_none_or(|until| until < today)
}

/// The addresses that are asked for: with `--since`, only those that the earlier version has not.
fn wanted(project: &Project, view: &View, settings: &Settings, hosts: &[&Host]) -> Wanted {
    let skip = |authority: &str| hosts.iter().any(|host| host.skip && fits(&host.host, authority));
    let allowed = |authority: &str| settings.private.iter().any(|one| fits(one, authority));
    let takes_in = |page: &_| view.part.takes_in(page);
    let mut wanted = places::collect(&project.model, &takes_in, &skip, &allowed);
    if let Some(since) = &view.since {
        let before = places::collect(&since.model, &|_| true, &skip, &allowed);
        wanted.addresses.retain(|url, _| !before.addresses.contains_key(url));
    }
    wanted
}

/// The addresses to ask for, and those beyond the most that are.
fn split(wanted: &Wanted, most: usize) -> (Vec<Asked<'_>>, Vec<Asked<'_>>) {
    let all = wanted.addresses.iter();
    let mut asked: Vec<Asked<'_>> =
        all.map(|(url, (_, places))| (url.as_str(), places.as_slice())).collect();
    let left = asked.split_off(asked.len().min(most));
    (asked, left)
}

fn ask(
    asked: &[Asked<'_>],
    settings: &Settings,
    hosts: &[&Host],
    transport: &dyn Transport,
) -> Run {
    let own = |authority: &str| hosts.iter().find(|host| fits(&host.host, authority));
    let manners = |authority: &str| {
        let own = own(authority);
        Manners {
            at_once: own.and_then(|host| host.concurrency).unwrap_or(settings.concurrency),
            delay: own.and_then(|host| host.delay).unwrap_or(settings.delay),
        }
    };
    let probe = |(url, _): &Asked<'_>| {
        let address = crate::check::external::address::Address::read(url).ok()?;
        let accept = own(address.authority()).map_or(Vec::new(), |host| host.accept.clone());
        Some(Probe::new(address, accept, Vec::new()))
    };
    let probes: Vec<Probe> = asked.iter().filter_map(probe).collect();
    let pauses = Pauses { pause: settings.pause, max_wait: settings.max_wait };
    let count = std::sync::Mutex::new((0, probes.len()));
    let schedule = Schedule::new(probes, pauses, &manners);
    let state = || *count.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    progress::shown(
        || {
            let (done, all) = state();
            format!("asking other sites: {done} of {all} addresses")
        },
        || {
            external::run(schedule, transport, &manners, settings.time_limit, &|done, all| {
                *count.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = (done, all);
            })
        },
    )
}

/// What sends the requests.
#[cfg(feature = "external")]
fn transport(settings: &Settings, hosts: &[&Host]) -> Result<Box<dyn Transport>> {
    let mut headers = Vec::new();
    for host in hosts {
        for (name, value) in &host.headers {
            headers.push((host.host.clone(), name.clone(), header(value, host)?));
        }
    }
    let private = settings.private.clone();
    Ok(Box::new(external::Client::new(settings.timeout, private, headers)))
}

/// What sends the requests.
#[cfg(not(feature = "external"))]
fn transport(_: &Settings, _: &[&Host]) -> Result<Box<dyn Transport>> {
    Err(Error::new(
        "this docgen was built without the feature `external`, which `--external` needs",
    ))
}

/// The value of a header, with the variable of the environment that it names.
#[cfg_attr(not(feature = "external"), allow(dead_code))]
fn header(value: &str, host: &Host) -> Result<String> {
    let Some((before, name)) = value.split_once('$') else { return Ok(value.to_owned()) };
    if !name.starts_with(VARIABLES) {
        return Err(Error::new(format!(
            "{}: a header of `{}` names the variable `{name}`; only those that begin with \
             `{VARIABLES}` can be sent",
            host.path, host.host
        )));
    }
    let known = std::env::var(name).map_err(|_| {
        Error::new(format!(
            "{}: a header of `{}` names the variable `{name}`, which is not set",
            host.path, host.host
        ))
    })?;
    Ok(format!("{before}{}", known.trim()))
}

/// What is to be said about the settings of hosts: those that have ended, and those that no link
/// needs.
fn about_settings(settings: &Settings, wanted: &Wanted, view: &View, today: Day) -> Vec<Finding> {
    let used: BTreeSet<&str> =
        wanted.addresses.values().map(|(address, _)| address.authority()).collect();
    let about = |host: &Host| {
        if has_ended(host, today) {
            let message = format!("the settings of `{}` ended on {}", host.host, host.until);
            let help =
                format!("see whether this still holds, then choose a new day: {}", host.reason);
            let finding = Finding::new(&host.path, host.span, message);
            return Some(finding.help(help).severity(Severity::Warning));
        }
        let needed = host.skip || used.iter().any(|one| fits(&host.host, one));
        (view.is_whole() && !needed).then(|| {
            let message = format!("no link leads to `{}`", host.host);
            let finding = Finding::new(&host.path, host.span, message);
            finding.help("remove its settings").severity(Severity::Note)
        })
    };
    settings.hosts.iter().filter_map(about).collect()
}

/// Says how the run went, on standard error: the report has only findings.
fn say(wanted: &Wanted, tally: &Tally, run: &Run) {
    let addresses = counted(wanted.addresses.len(), "address").replace("addresss", "addresses");
    let requests: usize = run.requests.values().sum();
    eprintln!(
        "other sites: {addresses}: {}; {} to {} in {:.1} s",
        tally.line(),
        counted(requests, "request"),
        counted(run.requests.len(), "host"),
        run.took.max(Duration::from_millis(1)).as_secs_f64()
    );
    let skipped: Vec<String> = wanted
        .skipped
        .iter()
        .map(|(why, count): (&Skip, _)| format!("{}: {count}", why.text()))
        .collect();
    if !skipped.is_empty() {
        eprintln!("not asked for: {}", skipped.join(", "));
    }
}
