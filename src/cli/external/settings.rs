//! What the settings say about hosts.

use std::collections::BTreeSet;

use crate::check::external::date::Day;
use crate::check::external::host::fits;
use crate::check::external::places::Wanted;
use crate::check::external::schedule::Manners;
use crate::config::external::{External as Settings, Host};
use crate::diagnostic::{Finding, Severity};
use crate::error::{Error, Result};
#[cfg(feature = "external")]
use crate::io::external::Client;
use crate::io::external::Transport;

/// The variables of the environment that headers may name: no others, so that the settings of a
/// tree cannot send away what is not meant for it.
const VARIABLES: &str = "DOCGEN_";

/// The settings, as they hold today.
pub struct Hosts<'s> {
    /// All of them.
    pub settings: &'s Settings,
    /// The hosts whose settings have not ended.
    current: Vec<&'s Host>,
}

impl<'s> Hosts<'s> {
    /// The settings of a day.
    pub fn new(settings: &'s Settings, today: Day) -> Self {
        let current = settings.hosts.iter().filter(|one| !has_ended(one, today)).collect();
        Self { settings, current }
    }

    fn of(&self, authority: &str) -> Option<&'s Host> {
        self.current.iter().copied().find(|host| fits(&host.host, authority))
    }

    /// Whether a host is left out.
    pub fn skips(&self, authority: &str) -> bool {
        self.current.iter().any(|host| host.skip && fits(&host.host, authority))
    }

    /// Whether a host may be asked although it is of a private network.
    pub fn allows(&self, authority: &str) -> bool {
        self.settings.private.iter().any(|pattern| fits(pattern, authority))
    }

    /// How a host is treated.
    pub fn manners(&self, authority: &str) -> Manners {
        let own = self.of(authority);
        Manners {
            at_once: own.and_then(|host| host.concurrency).unwrap_or(self.settings.concurrency),
            delay: own.and_then(|host| host.delay).unwrap_or(self.settings.delay),
        }
    }

    /// The statuses of a host that count as alive.
    pub fn accept(&self, authority: &str) -> Vec<u16> {
        self.of(authority).map_or(Vec::new(), |host| host.accept.clone())
    }

    /// What the verdict about an address of a host depends on. Values of headers are secret.
    pub fn fingerprint(&self, authority: &str) -> String {
        let Some(host) = self.of(authority) else { return String::new() };
        let names: Vec<&str> = host.headers.iter().map(|(name, _)| name.as_str()).collect();
        format!("{:?} {}", host.accept, names.join(" "))
    }

    /// What sends the requests.
    #[cfg(feature = "external")]
    pub fn transport(&self) -> Result<Box<dyn Transport>> {
        let mut headers = Vec::new();
        for host in &self.current {
            for (name, value) in &host.headers {
                headers.push((host.host.clone(), name.clone(), header(value, host)?));
            }
        }
        let private = self.settings.private.clone();
        Ok(Box::new(Client::new(self.settings.timeout, private, headers)))
    }

    /// What sends the requests.
    #[cfg(not(feature = "external"))]
    pub fn transport(&self) -> Result<Box<dyn Transport>> {
        let _ = header;
        Err(Error::new(
            "this docgen was built without the feature `external`, which `--external` needs",
        ))
    }

    /// What is to be said about the settings: those that have ended, and in a check of the whole
    /// tree those that no link needs.
    pub fn about(&self, wanted: &Wanted, whole: bool, today: Day) -> Vec<Finding> {
        let used: BTreeSet<&str> =
            wanted.addresses.values().map(|(address, _)| address.authority()).collect();
        let about = |host: &Host| {
            if has_ended(host, today) {
                let message = format!("the settings of `{}` ended on {}", host.host, host.until);
                let help = format!(
                    "see whether they are still needed ({}), then choose a later day or remove them",
                    host.reason
                );
                let finding = Finding::new(&host.path, host.span, message);
                return Some(finding.help(help).severity(Severity::Warning));
            }
            let needed = host.skip || used.iter().any(|one| fits(&host.host, one));
            (whole && !needed).then(|| {
                let message = format!("no link leads to `{}`", host.host);
                let finding = Finding::new(&host.path, host.span, message);
                finding.help("remove its settings").severity(Severity::Note)
            })
        };
        self.settings.hosts.iter().filter_map(about).collect()
    }
}

/// Whether the settings of a host hold no longer.
fn has_ended(host: &Host, today: Day) -> bool {
    Day::read(&host.until).is_none_or(|until| until < today)
}

/// The value of a header, with the variable of the environment that it ends with.
fn header(value: &str, host: &Host) -> Result<String> {
    let Some((before, name)) = value.split_once('$') else { return Ok(value.to_owned()) };
    let fail = |why: String| {
        Error::new(format!("{}: a header of `{}` names `{name}`, {why}", host.path, host.host))
    };
    if !name.starts_with(VARIABLES) {
        let why = format!("but only variables that begin with `{VARIABLES}` can be sent");
        return Err(fail(why));
    }
    let known = std::env::var(name).map_err(|_| fail("which is not set".to_owned()))?;
    Ok(format!("{before}{}", known.trim()))
}
