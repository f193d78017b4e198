//! One address and the requests for it, until there is a verdict.

use std::time::Duration;

use super::address::Address;
use super::fragments::{self, Found};
use super::verdict::{Alive, Answer, Doubt, Failure, Gone, Method, Reply, Request, Verdict};

/// The most redirects in a row that are followed.
const MAX_REDIRECTS: usize = 8;
/// How many GET requests in a row must say that it is gone.
const GONE_TIMES: u32 = 2;
/// How often a request without a clear answer is repeated.
const RETRIES: u32 = 2;
/// The most requests for one address, redirects included.
const MAX_REQUESTS: usize = 40;

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pauses {
    /// Before a request is repeated; twice as long each time.
    pub pause: Duration,
    /// The longest that a server may ask for.
    pub max_wait: Duration,
}

/// The requests for one address.
#[derive(Debug)]
pub struct Probe {
    start: Address,
    /// Statuses that count as alive, as the settings say.
    accept: Vec<u16>,
    /// The parts of the page that links lead to.
    fragments: Vec<String>,
    at: Address,
    method: Method,
    /// The addresses on the way from the start.
    way: Vec<Address>,
    /// Whether all redirects on the way are for good.
    for_good: bool,
    gone: u32,
    tries: u32,
    requests: usize,
}

/// What to do after an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Send the next request, after some time.
    Ask(Duration),
    /// It is decided.
    Done(Verdict),
}

impl Probe {
    /// Asks for an address. With `fragments`, the page is read to look for these.
    pub fn new(start: Address, accept: Vec<u16>, fragments: Vec<String>) -> Self {
        // Servers need not send the page to say that it is there.
        let method = if fragments.is_empty() { Method::Head } else { Method::Get };
        let (at, way) = (start.clone(), Vec::new());
        Self {
            start,
            accept,
            fragments,
            at,
            method,
            way,
            for_good: true,
            gone: 0,
            tries: 0,
            requests: 0,
        }
    }

    /// The next request.
    pub fn request(&self) -> Request {
        let text = !self.fragments.is_empty() && self.method == Method::Get;
        Request { method: self.method, address: self.at.clone(), text }
    }

    /// Takes the answer to the request.
    pub fn take(&mut self, answer: Answer, pauses: &Pauses) -> Step {
        self.requests += 1;
        if self.requests >= MAX_REQUESTS {
            return doubt(Doubt::Redirects);
        }
        match answer {
            Answer::Reply(reply) => self.reply(reply, pauses),
            Answer::Failure(failure) => self.failure(failure, pauses),
        }
    }

    fn reply(&mut self, reply: Reply, pauses: &Pauses) -> Step {
        let status = reply.status;
        if self.accept.contains(&status) {
            return Step::Done(Verdict::Alive(Alive::default()));
        }
        match (status, reply.location.as_deref()) {
            (200..=299, _) => self.alive(reply),
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                self.redirect(status, location, pauses)
            }
            (404 | 410, _) if self.method == Method::Get => {
                self.is_gone(Gone::Status(status), pauses)
            }
            // Some servers say so to each HEAD.
            (503, _) if self.method == Method::Head && reply.retry_after.is_none() => {
                let wait = self.back_off(pauses);
                self.tries += 1;
                self.ask_for_the_page(wait)
            }
            (429 | 503, _) => {
                let wait = reply.retry_after.unwrap_or_else(|| self.back_off(pauses));
                self.again(wait, Doubt::Status(status), pauses)
            }
            // Many servers answer HEAD as if they knew nothing, or with what it is not about.
            _ if self.method == Method::Head => self.ask_for_the_page(Duration::ZERO),
            (500..=599, _) => self.again(self.back_off(pauses), Doubt::Status(status), pauses),
            _ => doubt(Doubt::Status(status)),
        }
    }

    fn alive(&mut self, reply: Reply) -> Step {
        if asks_for_login(self.at.path()) && !asks_for_login(self.start.path()) {
            return doubt(Doubt::Login);
        }
        let moved = (!self.way.is_empty() && self.for_good).then(|| self.at.clone());
        let mut alive = Alive { moved, ..Alive::default() };
        let page = reply.page.unwrap_or_default();
        let found = fragments::look(&page, reply.whole, &self.fragments);
        for (fragment, found) in self.fragments.iter().zip(found) {
            match found {
                Found::Present => {}
                Found::Absent => alive.absent.push(fragment.clone()),
                Found::Unsure => alive.unsure.push(fragment.clone()),
            }
        }
        Step::Done(Verdict::Alive(alive))
    }

    fn redirect(&mut self, status: u16, location: &str, pauses: &Pauses) -> Step {
        let Some(to) = self.at.join(location) else {
            return doubt(Doubt::Status(status));
        };
        self.for_good &= matches!(status, 301 | 308);
        let from = std::mem::replace(&mut self.at, to);
        self.way.push(from);
        if self.way.len() > MAX_REDIRECTS || self.way.contains(&self.at) {
            // A circle may be about a cookie, or about the method.
            if self.method == Method::Head {
                return self.ask_for_the_page(pauses.pause);
            }
            return doubt(Doubt::Redirects);
        }
        Step::Ask(Duration::ZERO)
    }

    fn failure(&mut self, failure: Failure, pauses: &Pauses) -> Step {
        match failure {
            Failure::NoSuchHost if self.way.is_empty() => self.is_gone(Gone::Host, pauses),
            Failure::Timeout | Failure::Connection | Failure::Nonsense | Failure::Names => {
                if self.method == Method::Head {
                    self.tries += 1;
                    return self.ask_for_the_page(pauses.pause);
                }
                self.again(self.back_off(pauses), Doubt::Failure(failure), pauses)
            }
            _ => doubt(Doubt::Failure(failure)),
        }
    }

    /// It is gone now; that counts only if it still is after a while.
    fn is_gone(&mut self, gone: Gone, pauses: &Pauses) -> Step {
        self.gone += 1;
        if self.gone >= GONE_TIMES {
            return Step::Done(Verdict::Gone(gone));
        }
        self.ask_for_the_page(pauses.pause)
    }

    /// Asks again after some time, from the start.
    fn again(&mut self, wait: Duration, why: Doubt, pauses: &Pauses) -> Step {
        if wait > pauses.max_wait {
            return doubt(Doubt::Busy);
        }
        if self.tries >= RETRIES {
            return doubt(why);
        }
        self.tries += 1;
        self.restart();
        Step::Ask(wait)
    }

    fn back_off(&self, pauses: &Pauses) -> Duration {
        (pauses.pause * 2u32.saturating_pow(self.tries)).min(pauses.max_wait)
    }

    fn ask_for_the_page(&mut self, after: Duration) -> Step {
        self.method = Method::Get;
        self.restart();
        Step::Ask(after)
    }

    fn restart(&mut self) {
        self.at = self.start.clone();
        self.way.clear();
        self.for_good = true;
    }
}

fn doubt(why: Doubt) -> Step {
    Step::Done(Verdict::Undecided(why))
}

/// Whether a path is that of a page to log in at.
fn asks_for_login(path: &str) -> bool {
    const NAMES: [&str; 8] =
        ["login", "log-in", "signin", "sign-in", "sign_in", "sso", "oauth", "authorize"];
    path.split(['/', '.']).any(|part| NAMES.iter().any(|name| part.eq_ignore_ascii_case(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSES: Pauses =
        Pauses { pause: Duration::from_secs(2), max_wait: Duration::from_secs(60) };

    fn status(status: u16) -> Answer {
        Answer::Reply(Reply { status, ..Reply::default() })
    }

    fn to(code: u16, location: &str) -> Answer {
        let location = Some(location.to_owned());
        Answer::Reply(Reply { status: code, location, ..Reply::default() })
    }

    fn busy(seconds: u64) -> Answer {
        let retry_after = Some(Duration::from_secs(seconds));
        Answer::Reply(Reply { status: 429, retry_after, ..Reply::default() })
    }

    fn failed(failure: Failure) -> Answer {
        Answer::Failure(failure)
    }

    /// The requests that a row of answers leads to, each as `HEAD /path +seconds`, and the verdict.
    fn run(answers: Vec<Answer>) -> (Vec<String>, Verdict) {
        let start = Address::read("https://a.dev/x").unwrap();
        let mut probe = Probe::new(start, vec![418], Vec::new());
        let (mut asked, mut after) = (Vec::new(), Duration::ZERO);
        for answer in answers {
            let request = probe.request();
            let method = if request.method == Method::Head { "HEAD" } else { "GET" };
            asked.push(format!("{method} {} +{}", request.address, after.as_secs()));
            match probe.take(answer, &PAUSES) {
                Step::Ask(wait) => after = wait,
                Step::Done(verdict) => return (asked, verdict),
            }
        }
        panic!("no verdict after {asked:?}");
    }

    fn verdict(answers: Vec<Answer>) -> Verdict {
        run(answers).1
    }

    fn alive() -> Verdict {
        Verdict::Alive(Alive::default())
    }

    #[test]
    fn what_is_there_takes_one_request() {
        assert_eq!(run(vec![status(200)]), (vec!["HEAD https://a.dev/x +0".into()], alive()));
        assert_eq!(verdict(vec![status(204)]), alive());
        assert_eq!(verdict(vec![status(418)]), alive());
    }

    #[test]
    fn only_what_is_gone_each_time_is_gone() {
        let (asked, found) = run(vec![status(404), status(404), status(404)]);
        assert_eq!(found, Verdict::Gone(Gone::Status(404)));
        let expected =
            ["HEAD https://a.dev/x +0", "GET https://a.dev/x +0", "GET https://a.dev/x +2"];
        assert_eq!(asked, expected);
        assert_eq!(verdict(vec![status(404), status(200)]), alive());
        assert_eq!(verdict(vec![status(404), status(404), status(200)]), alive());
        let busy = verdict(vec![status(404), status(404), status(403)]);
        assert_eq!(busy, Verdict::Undecided(Doubt::Status(403)));
        let nobody = || failed(Failure::NoSuchHost);
        assert_eq!(verdict(vec![nobody(), nobody()]), Verdict::Gone(Gone::Host));
        assert_eq!(verdict(vec![nobody(), status(200)]), alive());
    }

    #[test]
    fn a_page_is_asked_for_only_where_head_is_no_answer() {
        for refused in [400, 401, 403, 404, 405, 410, 500, 501] {
            let (asked, found) = run(vec![status(refused), status(200)]);
            assert_eq!((asked.len(), found), (2, alive()), "{refused}");
        }
        assert_eq!(verdict(vec![failed(Failure::Connection), status(200)]), alive());
        assert_eq!(verdict(vec![failed(Failure::Nonsense), status(200)]), alive());
    }

    #[test]
    fn what_says_nothing_of_the_page_is_undecided() {
        for code in [400, 401, 402, 403, 405, 407, 409, 451, 999] {
            let expected = Verdict::Undecided(Doubt::Status(code));
            assert_eq!(verdict(vec![status(code), status(code)]), expected, "{code}");
        }
        for code in [500, 502, 503, 504, 520] {
            let expected = Verdict::Undecided(Doubt::Status(code));
            assert_eq!(verdict(vec![status(code); 5]), expected, "{code}");
        }
        for one in [Failure::Timeout, Failure::Connection, Failure::Nonsense, Failure::Names] {
            let expected = Verdict::Undecided(Doubt::Failure(one));
            assert_eq!(verdict(vec![failed(one); 5]), expected);
        }
        for one in [Failure::Tls, Failure::Private, Failure::Unsendable] {
            let expected = Verdict::Undecided(Doubt::Failure(one));
            assert_eq!(verdict(vec![failed(one)]), expected);
        }
        let elsewhere = verdict(vec![to(302, "https://b.dev/"), failed(Failure::NoSuchHost)]);
        assert_eq!(elsewhere, Verdict::Undecided(Doubt::Failure(Failure::NoSuchHost)));
        assert_eq!(verdict(vec![status(302), status(302)]), Verdict::Undecided(Doubt::Status(302)));
    }

    #[test]
    fn a_server_is_given_the_time_that_it_asks_for() {
        let (asked, found) = run(vec![busy(7), status(200)]);
        assert_eq!((asked[1].as_str(), found), ("HEAD https://a.dev/x +7", alive()));
        let (asked, found) = run(vec![status(503), status(503), status(200)]);
        assert_eq!(asked[1..], ["GET https://a.dev/x +2", "GET https://a.dev/x +4"]);
        assert_eq!(found, alive());
        assert_eq!(verdict(vec![busy(61)]), Verdict::Undecided(Doubt::Busy));
        assert_eq!(verdict(vec![busy(1); 3]), Verdict::Undecided(Doubt::Status(429)));
    }

    #[test]
    fn redirects_are_followed() {
        let moved = |answers| match verdict(answers) {
            Verdict::Alive(alive) => alive.moved.map(|to| to.to_string()),
            other => panic!("{other:?}"),
        };
        let there = Some("https://b.dev/y".to_owned());
        assert_eq!(moved(vec![to(301, "https://b.dev/y"), status(200)]), there);
        assert_eq!(moved(vec![to(308, "//b.dev/z"), to(301, "/y"), status(200)]), there);
        assert_eq!(moved(vec![to(302, "https://b.dev/y"), status(200)]), None);
        assert_eq!(moved(vec![to(301, "/z"), to(307, "/y"), status(200)]), None);
        let (asked, found) = run(vec![to(301, "/y"), status(404), to(301, "/y"), status(200)]);
        assert_eq!(asked[2..], ["GET https://a.dev/x +0", "GET https://a.dev/y +0"]);
        assert!(matches!(found, Verdict::Alive(_)));
        let login = verdict(vec![to(302, "/users/sign_in?to=x"), status(200)]);
        assert_eq!(login, Verdict::Undecided(Doubt::Login));
    }

    #[test]
    fn parts_of_a_page_are_looked_up() {
        let start = Address::read("https://a.dev/x").unwrap();
        let wanted = ["a", "z", "L3"].map(str::to_owned).to_vec();
        let mut probe = Probe::new(start, Vec::new(), wanted);
        let request = probe.request();
        assert_eq!((request.method, request.text), (Method::Get, true));
        let page = Some("<h1 id=a></h1><h2 id=b></h2><h2 id=c></h2>".to_owned());
        let reply = Reply { status: 200, page, whole: true, ..Reply::default() };
        let Step::Done(Verdict::Alive(alive)) = probe.take(Answer::Reply(reply), &PAUSES) else {
            panic!("not alive");
        };
        assert_eq!((alive.absent, alive.unsure), (vec!["z".to_owned()], vec!["L3".to_owned()]));
    }

    #[test]
    fn circles_and_endless_ways_end() {
        assert_eq!(verdict(vec![to(301, "/x"); 3]), Verdict::Undecided(Doubt::Redirects));
        let endless: Vec<Answer> = (0..99).map(|at| to(302, &format!("/{at}"))).collect();
        assert_eq!(verdict(endless), Verdict::Undecided(Doubt::Redirects));
    }
}
