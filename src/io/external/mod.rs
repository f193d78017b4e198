//! Asks for the addresses of other sites.

#[cfg(feature = "external")]
mod client;

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[cfg(feature = "external")]
pub use client::Client;

use crate::check::external::schedule::{Manners, Pick, Schedule};
use crate::check::external::verdict::{Answer, Request, Verdict};

/// Sends requests. Called from many threads.
pub trait Transport: Sync {
    /// The answer to a request, after a limited time.
    fn ask(&self, request: &Request) -> Answer;
}

/// The most requests at a time.
const MAX_AT_ONCE: usize = 32;

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// The verdicts, in the order of the schedule.
    pub verdicts: Vec<Verdict>,
    /// The number of requests that each host got.
    pub requests: BTreeMap<String, usize>,
    /// How long it took.
    pub took: Duration,
}

/// Sends the requests of a schedule, until all is decided or the time is over. `progress` hears
/// how many addresses are decided, and how many there are.
pub fn run(
    schedule: Schedule,
    transport: &dyn Transport,
    manners: &(dyn Fn(&str) -> Manners + Sync),
    time_limit: Duration,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Run {
    let start = Instant::now();
    let threads = schedule.progress().1.min(MAX_AT_ONCE);
    let shared = Shared { schedule: Mutex::new(schedule), changed: Condvar::new() };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| work(&shared, transport, manners, start, time_limit, progress));
        }
    });
    let schedule = shared.schedule.into_inner().unwrap_or_else(PoisonError::into_inner);
    let requests = schedule.requests().into_iter().filter(|(_, count)| *count > 0).collect();
    Run { verdicts: schedule.verdicts(), requests, took: start.elapsed() }
}

struct Shared {
    schedule: Mutex<Schedule>,
    /// An answer has come, so that there may be something to ask for.
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Schedule> {
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn work(
    shared: &Shared,
    transport: &dyn Transport,
    manners: &(dyn Fn(&str) -> Manners + Sync),
    start: Instant,
    time_limit: Duration,
    progress: &(dyn Fn(usize, usize) + Sync),
) {
    let mut schedule = shared.lock();
    loop {
        let now = start.elapsed();
        if now >= time_limit {
            break;
        }
        match schedule.next(now) {
            Pick::Over => break,
            Pick::Wait(until) => {
                let wait = until.unwrap_or(time_limit).min(time_limit).saturating_sub(now);
                let waited = shared.changed.wait_timeout(schedule, wait);
                schedule = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            Pick::Ask(task, request) => {
                drop(schedule);
                let answer = transport.ask(&request);
                schedule = shared.lock();
                schedule.answered(task, answer, start.elapsed(), manners);
                let (done, all) = schedule.progress();
                progress(done, all);
                shared.changed.notify_all();
            }
        }
    }
    drop(schedule);
    shared.changed.notify_all();
}
