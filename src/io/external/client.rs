//! The client for HTTP.

use std::fmt;
use std::io::{ErrorKind, Read};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ureq::config::Config;
use ureq::http::{HeaderMap, Response, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error, RequestExt};

use super::Transport;
use crate::check::external::date;
use crate::check::external::host::{self, fits};
use crate::check::external::verdict::{Answer, Failure, Method, Reply, Request};

/// The most of a page that is read, in bytes.
const MAX_PAGE: u64 = 3 << 20;
/// The longest head of a response, in bytes.
const MAX_HEAD: usize = 64 << 10;
/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Asks for addresses over the network.
pub struct Client {
    agent: Agent,
    timeout: Duration,
    /// Headers of hosts, with the patterns of those.
    headers: Vec<(String, String, String)>,
    stand_in: Option<SocketAddr>,
}

impl Client {
    /// A client for the public network, and for the hosts in `private`. `headers` has the pattern
    /// of a host, a name and a value each.
    pub fn new(
        timeout: Duration,
        private: Vec<String>,
        headers: Vec<(String, String, String)>,
    ) -> Self {
        Self::with(timeout, Guard { private, stand_in: None }, headers)
    }

    /// A client all of whose requests go to one server, without encryption, whatever their host
    /// is: for trying out a tree without the network.
    pub fn with_stand_in(timeout: Duration, server: SocketAddr) -> Self {
        let guard = Guard { private: Vec::new(), stand_in: Some(server) };
        Self { stand_in: Some(server), ..Self::with(timeout, guard, Vec::new()) }
    }

    fn with(timeout: Duration, guard: Guard, headers: Vec<(String, String, String)>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Each step of a redirect is a request of its own: its host has a queue, too.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would look names up itself, and reach networks that docgen must not.
            .proxy(None)
            .user_agent(concat!("docgen/", env!("CARGO_PKG_VERSION"), " (link checker)"))
            .accept("text/html,application/xhtml+xml,*/*;q=0.8")
            .timeout_global(Some(timeout))
            .timeout_connect(Some(CONNECT_TIMEOUT.min(timeout)))
            .max_response_header_size(MAX_HEAD)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        Self { agent, timeout, headers, stand_in: None }
    }

    fn send(&self, request: &Request) -> Result<Response<Body>, Error> {
        let address = match self.stand_in {
            Some(_) => request.address.plain(),
            None => request.address.clone(),
        };
        let method = match request.method {
            Method::Head => "HEAD",
            Method::Get => "GET",
        };
        let mut built = ureq::http::Request::builder().method(method).uri(address.to_string());
        for (pattern, name, value) in &self.headers {
            if fits(pattern, address.authority()) {
                built = built.header(name, value);
            }
        }
        built.body(())?.with_agent(&self.agent).run()
    }
}

impl Transport for Client {
    fn ask(&self, request: &Request) -> Answer {
        let started = std::time::Instant::now();
        let answer = match self.send(request) {
            Ok(response) => reply(response, request.text),
            Err(error) => Answer::Failure(failure(&error)),
        };
        // Some of what fails when the time is over does not say so.
        match answer {
            Answer::Failure(Failure::Connection) if started.elapsed() >= self.timeout => {
                Answer::Failure(Failure::Timeout)
            }
            answer => answer,
        }
    }
}

fn reply(response: Response<Body>, text: bool) -> Answer {
    let (parts, mut body) = response.into_parts();
    let value = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let status = parts.status.as_u16();
    // Bytes beyond ASCII are sent as they are by many servers.
    let location = parts.headers.get(header::LOCATION);
    let location = location.map(|one| String::from_utf8_lossy(one.as_bytes()).into_owned());
    let is_page = value(header::CONTENT_TYPE).is_some_and(|kind| kind.contains("html"));
    let mut reply =
        Reply { status, location, retry_after: wait(&parts.headers), ..Reply::default() };
    if text && is_page && (200..300).contains(&status) {
        let mut bytes = Vec::new();
        let read = body.as_reader().take(MAX_PAGE).read_to_end(&mut bytes);
        // What is not there could be in the rest.
        reply.whole = read.is_ok() && (bytes.len() as u64) < MAX_PAGE;
        reply.page = Some(String::from_utf8_lossy(&bytes).into_owned());
    }
    Answer::Reply(reply)
}

/// How long the server asks to wait: by `Retry-After`, or because no request is left in its count.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    if let Some(value) = text("retry-after") {
        return date::retry_after(value, now);
    }
    let none_left = text("x-ratelimit-remaining")?.trim() == "0";
    let reset: u64 = text("x-ratelimit-reset")?.trim().parse().ok()?;
    none_left.then(|| Duration::from_secs(reset.saturating_sub(now)))
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::Other(inner) => match inner.downcast_ref::<Refused>() {
            Some(Refused::Private) => Failure::Private,
            Some(Refused::NoSuchHost) => Failure::NoSuchHost,
            Some(Refused::Names) => Failure::Names,
            None => Failure::Connection,
        },
        Error::HostNotFound => Failure::Names,
        Error::Timeout(_) => Failure::Timeout,
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired => Failure::Tls,
        Error::Protocol(_) | Error::LargeResponseHeader(..) => Failure::Nonsense,
        Error::Http(_) | Error::BadUri(_) => Failure::Unsendable,
        Error::Io(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::Timeout,
            // What rustls finds wrong comes as this.
            ErrorKind::InvalidData => Failure::Tls,
            _ => Failure::Connection,
        },
        _ => Failure::Connection,
    }
}

/// Why a name leads nowhere.
#[derive(Debug)]
enum Refused {
    Private,
    NoSuchHost,
    Names,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Refused {}

/// Looks names up, and gives out only addresses of the public network. The connection is made to
/// what was given out, so that a name cannot lead elsewhere in between.
#[derive(Debug)]
struct Guard {
    private: Vec<String>,
    stand_in: Option<SocketAddr>,
}

impl Guard {
    /// Whether an address may be asked under a name.
    fn lets(&self, authority: &str, ip: IpAddr) -> bool {
        host::is_public(ip) || self.private.iter().any(|pattern| fits(pattern, authority))
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let mut allowed = self.empty();
        if let Some(server) = self.stand_in {
            allowed.push(server);
            return Ok(allowed);
        }
        let found = match DefaultResolver::default().resolve(uri, config, timeout) {
            Err(Error::Io(error)) if does_not_exist(&error) => Err(Refused::NoSuchHost),
            Err(Error::Io(_) | Error::HostNotFound) => Err(Refused::Names),
            Err(other) => return Err(other),
            Ok(found) => Ok(found),
        };
        let found = found.map_err(|why| Error::Other(Box::new(why)))?;
        let authority = uri.authority().map(|one| one.as_str()).unwrap_or_default();
        let authority = authority.rsplit('@').next().unwrap_or_default();
        for address in found.iter().filter(|one| self.lets(authority, one.ip())) {
            allowed.push(*address);
        }
        if allowed.is_empty() {
            return Err(Error::Other(Box::new(Refused::Private)));
        }
        Ok(allowed)
    }
}

/// Whether a name does not exist, by the messages of the systems: the standard library keeps only
/// those. Everything else, such as a server of names that does not answer, says nothing.
fn does_not_exist(error: &std::io::Error) -> bool {
    const MESSAGES: [&str; 5] = [
        "Name or service not known",
        "nodename nor servname provided, or not known",
        "Name does not resolve",
        "No such host is known",
        "host not found",
    ];
    let said = error.to_string();
    MESSAGES.iter().any(|message| said.contains(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_do_not_exist_are_gone() {
        let said = |text: &str| does_not_exist(&std::io::Error::other(text));
        assert!(said("failed to lookup address information: Name or service not known"));
        for text in [
            "failed to lookup address information: Temporary failure in name resolution",
            "failed to lookup address information: No address associated with hostname",
            "failed to lookup address information: System error",
        ] {
            assert!(!said(text), "{text}");
        }
    }

    #[test]
    fn private_addresses_are_let_through_only_for_names_that_are_allowed() {
        let guard = Guard { private: vec!["wiki.corp.dev:8080".to_owned()], stand_in: None };
        let own: IpAddr = "10.0.0.1".parse().unwrap();
        assert!(guard.lets("wiki.corp.dev:8080", own));
        assert!(!guard.lets("wiki.corp.dev", own));
        assert!(!guard.lets("a.dev", own));
        assert!(guard.lets("a.dev", "1.1.1.1".parse().unwrap()));
    }
}
