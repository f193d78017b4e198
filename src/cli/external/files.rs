//! What is known of addresses from earlier runs: the ledger in the tree, and the cache.

use std::path::PathBuf;

use crate::check::external::date::Day;
use crate::check::external::known::Known;
use crate::check::external::ledger::Ledger;
use crate::check::external::verdict::Verdict;
use crate::config::external::External as Settings;
use crate::error::{Error, Result};
use crate::io::interrupt::Interrupts;
use crate::io::replace;
use crate::io::store::Store;
use crate::open::Project;

/// The largest ledger that is read, in bytes.
const MAX_LEDGER: u64 = 64 << 20;
/// The name of the file in the folder of the cache.
const CACHE: &str = "external";
/// The form of that file; it is of use to other builds of docgen, too.
const FORM: &str = "external 1";
const SECONDS_OF_A_DAY: u64 = 86_400;

/// The ledger and its file.
pub struct LedgerFile {
    path: PathBuf,
    ledger: Option<Ledger>,
}

impl LedgerFile {
    /// Reads the file, if it is there.
    pub fn load(project: &Project, settings: &Settings) -> Result<Self> {
        let path = project.root.join(settings.ledger.as_str());
        let fail = |why: &dyn std::fmt::Display| {
            Error::at(&path, "cannot read what is known of external links", why)
        };
        let meta = match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { path, ledger: None });
            }
            other => other.map_err(|error| fail(&error))?,
        };
        if !meta.is_file() || meta.len() > MAX_LEDGER {
            return Err(fail(&"not a regular file, or too large"));
        }
        let text = std::fs::read_to_string(&path).map_err(|error| fail(&error))?;
        let ledger = Ledger::read(&text).map_err(|(line, what)| {
            fail(&format!("line {line}: {what}; mend it, or delete the file"))
        })?;
        Ok(Self { path, ledger: Some(ledger) })
    }

    /// What is known.
    pub fn known(&self) -> Option<&Ledger> {
        self.ledger.as_ref()
    }

    /// Records the verdicts, and writes the file if that changes it.
    pub fn save<'v>(
        &self,
        verdicts: impl Iterator<Item = (&'v str, &'v Verdict)>,
        linked: &dyn Fn(&str) -> bool,
        today: Day,
        interrupts: &Interrupts,
    ) -> Result<()> {
        let mut ledger = self.ledger.clone().unwrap_or_default();
        for (url, verdict) in verdicts {
            ledger.record(url, verdict, today);
        }
        ledger.keep(linked);
        if self.ledger.as_ref() == Some(&ledger) {
            return Ok(());
        }
        replace::write(&self.path, ledger.to_text().as_bytes(), interrupts)
    }
}

/// The addresses that were alive a short while ago.
pub struct Cache {
    store: Option<Store>,
    file: PathBuf,
    known: Known,
    now: u64,
    max_age: u64,
}

impl Cache {
    /// Reads the cache; an empty one if it is not wanted.
    pub fn load(
        project: &Project,
        settings: &Settings,
        now: u64,
        wanted: bool,
        interrupts: &Interrupts,
    ) -> Self {
        let max_age = settings.max_age * SECONDS_OF_A_DAY;
        let store = (wanted && max_age > 0).then(|| Store::of_version(FORM, interrupts));
        let file = project.cache.join(CACHE);
        let bytes = store.as_ref().and_then(|store| store.read(&file, 0));
        let known = bytes.map(|bytes| Known::read(&String::from_utf8_lossy(&bytes)));
        Self { store, file, known: known.unwrap_or_default(), now, max_age }
    }

    /// Whether an address was alive, with the same settings and all these parts.
    pub fn has(&self, url: &str, settings: &str, fragments: &[String]) -> bool {
        self.known.has(url, settings, fragments, self.now, self.max_age)
    }

    /// Records a verdict. Only an address of which there is nothing to say is kept.
    pub fn record(&mut self, url: &str, settings: &str, fragments: &[String], verdict: &Verdict) {
        let Verdict::Alive(alive) = verdict else { return self.known.forget(url) };
        let silent = alive.moved.is_none() && alive.absent.is_empty() && alive.unsure.is_empty();
        match silent {
            true => self.known.add(url, settings, fragments, self.now),
            false => self.known.forget(url),
        }
    }

    /// Writes the cache. A cache that cannot be written is only slower.
    pub fn save(mut self) {
        let Some(store) = self.store else { return };
        self.known.forget_old(self.now, self.max_age);
        if let Err(error) = store.write(&self.file, 0, self.known.to_text().as_bytes()) {
            eprintln!("warning: {error}");
        }
    }
}
