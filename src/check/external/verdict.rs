//! What is known of an address once it was asked for.

use std::fmt;
use std::time::Duration;

use super::address::Address;

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Only whether it is there.
    Head,
    /// The page as well.
    Get,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its method.
    pub method: Method,
    /// What it asks for.
    pub address: Address,
    /// Whether the text of the page is wanted.
    pub text: bool,
}

/// What came back for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A response.
    Reply(Reply),
    /// None.
    Failure(Failure),
}

/// A response, as far as it matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Its status.
    pub status: u16,
    /// Where it leads to.
    pub location: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// The text, if it was wanted and is a page.
    pub page: Option<String>,
    /// Whether the text is all of the page.
    pub whole: bool,
}

/// Why there is no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// The name of the host does not exist.
    NoSuchHost,
    /// The name could not be looked up now.
    Names,
    /// The host is not of the public network.
    Private,
    /// It took too long.
    Timeout,
    /// No connection, or it ended before the response.
    Connection,
    /// The certificate, or the encryption.
    Tls,
    /// What came is no response: it makes no sense, or its head is too long.
    Nonsense,
    /// The request cannot be sent.
    Unsendable,
}

impl Failure {
    /// What happened.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoSuchHost => "the host does not exist",
            Self::Names => "its name could not be looked up",
            Self::Private => "it leads into a private network",
            Self::Timeout => "no answer in time",
            Self::Connection => "no connection",
            Self::Tls => "no secure connection",
            Self::Nonsense => "the answer makes no sense",
            Self::Unsendable => "it cannot be asked for",
        }
    }
}

/// Why it is not known whether an address is alive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// A status that says nothing about the page.
    Status(u16),
    /// No response.
    Failure(Failure),
    /// More redirects than are followed, or a circle.
    Redirects,
    /// A page to log in at.
    Login,
    /// The host wants no more requests for now.
    Busy,
    /// Hosts that do not answer are not asked again and again.
    Silent,
    /// The time of the run was over.
    TimeIsUp,
    /// There were more addresses than are asked for in one run.
    TooMany,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "status {status}"),
            Self::Failure(failure) => f.write_str(failure.text()),
            Self::Redirects => f.write_str("too many redirects"),
            Self::Login => f.write_str("it asks for a login"),
            Self::Busy => f.write_str("the host asks to wait longer"),
            Self::Silent => f.write_str("the host did not answer before"),
            Self::TimeIsUp => f.write_str("the time was over"),
            Self::TooMany => f.write_str("too many addresses"),
        }
    }
}

/// Why an address counts as gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// 404 or 410.
    Status(u16),
    /// The host does not exist.
    Host,
}

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "status {status}"),
            Self::Host => f.write_str("the host does not exist"),
        }
    }
}

/// What the answers say of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    Alive(Alive),
    /// It is gone, and was so each time it was asked for.
    Gone(Gone),
    /// Not known.
    Undecided(Doubt),
}

/// An address that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alive {
    /// Where it has moved for good, if all redirects on the way say so.
    pub moved: Option<Address>,
    /// The parts of the page that it does not have.
    pub absent: Vec<String>,
    /// The parts of which nothing is known, because scripts may make them.
    pub unsure: Vec<String>,
}
