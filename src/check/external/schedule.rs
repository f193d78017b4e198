//! Which request is sent when: a queue for each host, so that none is asked too often, and no slow
//! one holds up the others.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Duration;

use super::probe::{Pauses, Probe, Step};
use super::verdict::{Answer, Doubt, Failure, Request, Verdict};

/// After so many failures in a row, a host is not asked any more.
const MAX_SILENT: u32 = 5;

/// How a host is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// How many requests it gets at a time.
    pub at_once: usize,
    /// The time from one request to the next.
    pub delay: Duration,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub enum Pick {
    /// Send this request; the number belongs to its answer.
    Ask(usize, Request),
    /// Nothing before this time; without one, nothing until an answer comes.
    Wait(Option<Duration>),
    /// All is decided.
    Over,
}

/// All addresses of a run. Times are those since its start.
#[derive(Debug)]
pub struct Schedule {
    tasks: Vec<Task>,
    hosts: Vec<Host>,
    by_name: HashMap<String, usize>,
    /// Hosts that may have a request to send, by the time from which on they may.
    ready: BinaryHeap<Reverse<(Duration, usize)>>,
    pauses: Pauses,
    running: usize,
    decided: usize,
    /// Whether any server has answered.
    heard: bool,
}

#[derive(Debug)]
struct Task {
    probe: Probe,
    host: usize,
    verdict: Option<Verdict>,
}

#[derive(Debug)]
struct Host {
    name: String,
    manners: Manners,
    queue: BinaryHeap<Reverse<(Duration, usize)>>,
    running: usize,
    free_at: Duration,
    silent: u32,
    closed: Option<Doubt>,
    requests: usize,
}

impl Host {
    /// When its next request may be sent, as far as is known now.
    fn ready_at(&self) -> Option<Duration> {
        let Reverse((at, _)) = self.queue.peek()?;
        let room = self.closed.is_some() || self.running < self.manners.at_once;
        room.then(|| if self.closed.is_some() { Duration::ZERO } else { (*at).max(self.free_at) })
    }
}

impl Schedule {
    /// Plans all probes. `manners` says how a host is treated.
    pub fn new(probes: Vec<Probe>, pauses: Pauses, manners: &dyn Fn(&str) -> Manners) -> Self {
        let mut schedule = Self {
            tasks: Vec::with_capacity(probes.len()),
            hosts: Vec::new(),
            by_name: HashMap::new(),
            ready: BinaryHeap::new(),
            pauses,
            running: 0,
            decided: 0,
            heard: false,
        };
        for probe in probes {
            let host = schedule.host(probe.request().address.authority(), manners);
            schedule.tasks.push(Task { probe, host, verdict: None });
            schedule.enqueue(schedule.tasks.len() - 1, Duration::ZERO);
        }
        schedule
    }

    fn host(&mut self, name: &str, manners: &dyn Fn(&str) -> Manners) -> usize {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let manners = manners(name);
        self.hosts.push(Host {
            name: name.to_owned(),
            manners: Manners { at_once: manners.at_once.max(1), ..manners },
            queue: BinaryHeap::new(),
            running: 0,
            free_at: Duration::ZERO,
            silent: 0,
            closed: None,
            requests: 0,
        });
        self.by_name.insert(name.to_owned(), self.hosts.len() - 1);
        self.hosts.len() - 1
    }

    fn enqueue(&mut self, task: usize, at: Duration) {
        let host = self.tasks[task].host;
        self.hosts[host].queue.push(Reverse((at, task)));
        self.announce(host);
    }

    fn announce(&mut self, host: usize) {
        if let Some(at) = self.hosts[host].ready_at() {
            self.ready.push(Reverse((at, host)));
        }
    }

    /// The next request to send.
    pub fn next(&mut self, now: Duration) -> Pick {
        while let Some(Reverse((at, number))) = self.ready.peek().copied() {
            let Some(ready_at) = self.hosts[number].ready_at() else {
                self.ready.pop();
                continue;
            };
            if ready_at > at {
                self.ready.pop();
                self.ready.push(Reverse((ready_at, number)));
                continue;
            }
            if ready_at > now {
                return Pick::Wait(Some(ready_at));
            }
            self.ready.pop();
            let host = &mut self.hosts[number];
            let Some(Reverse((_, task))) = host.queue.pop() else { continue };
            let closed = host.closed.clone();
            if closed.is_none() {
                host.running += 1;
                host.requests += 1;
                host.free_at = now + host.manners.delay;
            }
            self.announce(number);
            match closed {
                Some(doubt) => self.decide(task, Verdict::Undecided(doubt)),
                None => {
                    self.running += 1;
                    return Pick::Ask(task, self.tasks[task].probe.request());
                }
            }
        }
        if self.running > 0 { Pick::Wait(None) } else { Pick::Over }
    }

    /// Takes the answer to a request.
    pub fn answered(
        &mut self,
        task: usize,
        answer: Answer,
        now: Duration,
        manners: &dyn Fn(&str) -> Manners,
    ) {
        self.running -= 1;
        let number = self.tasks[task].host;
        self.hosts[number].running -= 1;
        self.heard |= matches!(answer, Answer::Reply(_));
        self.learn(number, &answer, now);
        match self.tasks[task].probe.take(answer, &self.pauses) {
            Step::Ask(after) => {
                let next = self.tasks[task].probe.request();
                self.tasks[task].host = self.host(next.address.authority(), manners);
                self.enqueue(task, now + after);
            }
            Step::Done(verdict) => self.decide(task, verdict),
        }
        self.announce(number);
    }

    fn decide(&mut self, task: usize, verdict: Verdict) {
        self.tasks[task].verdict = Some(verdict);
        self.decided += 1;
    }

    /// What an answer says of the host.
    fn learn(&mut self, number: usize, answer: &Answer, now: Duration) {
        let max_wait = self.pauses.max_wait;
        let host = &mut self.hosts[number];
        match answer {
            Answer::Reply(reply) => {
                host.silent = 0;
                let wait = reply.retry_after.filter(|_| matches!(reply.status, 403 | 429 | 503));
                match wait {
                    Some(wait) if wait > max_wait => host.closed = Some(Doubt::Busy),
                    Some(wait) => host.free_at = host.free_at.max(now + wait),
                    None => {}
                }
            }
            Answer::Failure(Failure::Timeout | Failure::Connection) => {
                host.silent += 1;
                if host.silent >= MAX_SILENT {
                    host.closed = Some(Doubt::Silent);
                }
            }
            Answer::Failure(_) => {}
        }
    }

    /// How many addresses are decided, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.decided, self.tasks.len())
    }

    /// The number of requests that each host got.
    pub fn requests(&self) -> Vec<(String, usize)> {
        self.hosts.iter().map(|host| (host.name.clone(), host.requests)).collect()
    }

    /// The verdicts, in the order of the probes; what is not decided is so for want of time.
    pub fn verdicts(self) -> Vec<Verdict> {
        let heard = self.heard;
        let verdict = |task: Task| match task.verdict {
            // Where no server at all could be reached, it is the network that is missing.
            Some(Verdict::Gone(super::verdict::Gone::Host)) if !heard => {
                Verdict::Undecided(Doubt::Failure(Failure::Names))
            }
            Some(verdict) => verdict,
            None => Verdict::Undecided(Doubt::TimeIsUp),
        };
        self.tasks.into_iter().map(verdict).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::address::Address;
    use crate::external::verdict::{Alive, Gone, Reply};

    fn seconds(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    fn schedule(addresses: &[&str]) -> Schedule {
        let probe = |dest: &&str| Probe::new(Address::read(dest).unwrap(), Vec::new(), Vec::new());
        let probes = addresses.iter().map(probe).collect();
        let pauses = Pauses { pause: seconds(2), max_wait: seconds(60) };
        Schedule::new(probes, pauses, &manners)
    }

    fn manners(_: &str) -> Manners {
        Manners { at_once: 2, delay: seconds(1) }
    }

    fn reply(status: u16, wait: Option<u64>) -> Answer {
        let retry_after = wait.map(Duration::from_secs);
        Answer::Reply(Reply { status, retry_after, ..Reply::default() })
    }

    /// Runs to the end; each answer takes a second. Returns the requests with their times.
    fn run(
        schedule: &mut Schedule,
        answer: impl Fn(&Request, Duration) -> Answer,
    ) -> Vec<(u64, String)> {
        let (mut now, mut open, mut asked) = (Duration::ZERO, Vec::new(), Vec::new());
        loop {
            match schedule.next(now) {
                Pick::Ask(task, request) => {
                    asked.push((now.as_secs(), request.address.to_string()));
                    open.push((now + seconds(1), task, answer(&request, now)));
                }
                Pick::Over => return asked,
                Pick::Wait(until) => {
                    let first = (0..open.len()).min_by_key(|at| open[*at].0);
                    match (first.map(|at| open[at].0), until) {
                        (Some(at), until) if until.is_none_or(|until| at <= until) => {
                            let (at, task, answer) = open.remove(first.unwrap());
                            now = now.max(at);
                            schedule.answered(task, answer, now, &manners);
                        }
                        (_, Some(until)) => now = until,
                        (_, None) => panic!("nothing to wait for"),
                    }
                }
            }
        }
    }

    #[test]
    fn each_host_has_its_own_queue() {
        let mut plan =
            schedule(&["http://a.dev/1", "http://a.dev/2", "http://a.dev/3", "http://b.dev/1"]);
        let asked = run(&mut plan, |_, _| reply(200, None));
        let times: Vec<(u64, &str)> = asked.iter().map(|(at, url)| (*at, &url[7..])).collect();
        assert_eq!(times, [(0, "a.dev/1"), (0, "b.dev/1"), (1, "a.dev/2"), (2, "a.dev/3")]);
        assert!(plan.verdicts().iter().all(|one| *one == Verdict::Alive(Alive::default())));
    }

    #[test]
    fn a_host_that_asks_to_wait_gets_nothing_meanwhile() {
        let mut plan = schedule(&["http://a.dev/1", "http://a.dev/2", "http://b.dev/1"]);
        let asked = run(&mut plan, |request, now| {
            let early = request.address.host() == "a.dev" && now < seconds(30);
            if early { reply(429, Some(30)) } else { reply(200, None) }
        });
        let at_a: Vec<u64> =
            asked.iter().filter(|(_, url)| url.contains("a.dev")).map(|(at, _)| *at).collect();
        // The first answer came before the second request was due.
        assert_eq!(at_a, [0, 31, 32]);
        assert!(plan.verdicts().iter().all(|one| matches!(one, Verdict::Alive(_))));
    }

    #[test]
    fn a_host_that_asks_for_too_long_is_left_alone() {
        let urls: Vec<String> = (0..50).map(|at| format!("http://a.dev/{at}")).collect();
        let mut plan = schedule(&urls.iter().map(String::as_str).collect::<Vec<_>>());
        let asked = run(&mut plan, |_, _| reply(429, Some(3_600)));
        assert!(asked.len() <= 2, "{asked:?}");
        let busy = Verdict::Undecided(Doubt::Busy);
        assert!(plan.verdicts().iter().all(|one| *one == busy));
    }

    #[test]
    fn a_host_that_never_answers_is_left_alone() {
        let urls: Vec<String> = (0..50).map(|at| format!("http://a.dev/{at}")).collect();
        let mut plan = schedule(&urls.iter().map(String::as_str).collect::<Vec<_>>());
        let asked = run(&mut plan, |_, _| Answer::Failure(Failure::Timeout));
        assert!(asked.len() <= 6, "{asked:?}");
        assert!(plan.verdicts().iter().all(|one| matches!(one, Verdict::Undecided(_))));
    }

    #[test]
    fn names_are_gone_only_where_others_are_found() {
        for (other, expected) in [
            (reply(500, None), Verdict::Gone(Gone::Host)),
            (
                Answer::Failure(Failure::NoSuchHost),
                Verdict::Undecided(Doubt::Failure(Failure::Names)),
            ),
        ] {
            let mut plan = schedule(&["http://a.dev/", "http://b.dev/"]);
            run(&mut plan, |request, _| match request.address.host() {
                "a.dev" => Answer::Failure(Failure::NoSuchHost),
                _ => other.clone(),
            });
            assert_eq!(plan.verdicts()[0], expected);
        }
    }

    #[test]
    fn redirects_count_for_the_host_that_they_lead_to() {
        let mut plan = schedule(&["http://a.dev/"]);
        run(&mut plan, |request, _| match request.address.host() {
            "a.dev" => Answer::Reply(Reply {
                status: 302,
                location: Some("http://b.dev/".to_owned()),
                ..Reply::default()
            }),
            _ => reply(200, None),
        });
        assert_eq!(plan.requests(), [("a.dev".to_owned(), 1), ("b.dev".to_owned(), 1)]);
    }

    #[test]
    fn what_is_not_asked_in_time_is_undecided() {
        let mut plan = schedule(&["http://a.dev/"]);
        assert!(matches!(plan.next(Duration::ZERO), Pick::Ask(..)));
        assert_eq!(plan.next(Duration::ZERO), Pick::Wait(None));
        assert_eq!(plan.verdicts(), [Verdict::Undecided(Doubt::TimeIsUp)]);
    }
}
