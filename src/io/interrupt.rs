//! Ctrl-C (SIGINT) and SIGTERM: the process removes partly written files, then exits.
//!
//! Code that writes a file which others may read takes a [`Hold`] while it does, and code that
//! would leave files behind when interrupted registers a cleanup. On a signal, a thread waits for
//! all holds to end, runs the cleanups, and exits with 128 plus the number of the signal, as shells
//! do: 130 or 143. A second signal ends the process at once, like `kill -9`; the next build then
//! removes what was left.
//!
//! Windows has no such signals; there, the next build always does the cleanup.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use crate::error::Result;

/// What a signal has to wait for and to clean up. Clones share their state. The default listens to
/// no signal, for tests and for users of the library.
#[derive(Clone, Default)]
pub struct Interrupts {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Locked for reading by code that writes files. The thread that ends the process locks it for
    /// writing and never releases it, so that no write is cut short and none starts afterwards.
    writes: RwLock<()>,
    cleanups: Mutex<Cleanups>,
}

/// Removes what an interrupted piece of work left, whatever point it had reached.
type Cleanup = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Cleanups {
    next: u64,
    waiting: BTreeMap<u64, Cleanup>,
}

/// A guard that delays signals while it lives. A thread must not take a second one: if a signal
/// comes in between, it waits for the first guard, and the second guard waits for the signal.
pub struct Hold<'a>(
    #[expect(dead_code, reason = "its lifetime is its use")] RwLockReadGuard<'a, ()>,
);

/// A guard for a registered cleanup, which a signal runs while the guard lives.
pub struct Registered {
    shared: Arc<Shared>,
    number: u64,
}

impl Interrupts {
    /// Delays signals until the guard is dropped. Meant for single files and renames: somebody is
    /// waiting at the terminal.
    pub fn hold(&self) -> Hold<'_> {
        Hold(self.shared.writes.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs `cleanup` if a signal comes while the returned value lives.
    pub fn register(&self, cleanup: impl FnOnce() + Send + 'static) -> Registered {
        let mut cleanups = self.shared.cleanups();
        let number = cleanups.next;
        cleanups.next += 1;
        cleanups.waiting.insert(number, Box::new(cleanup));
        Registered { shared: Arc::clone(&self.shared), number }
    }

    /// Waits for all holds to end, runs the cleanups, and calls `exit` while no new hold can start.
    fn end<T>(&self, exit: impl FnOnce() -> T) -> T {
        let _nobody_writes = self.shared.writes.write().unwrap_or_else(PoisonError::into_inner);
        let waiting = std::mem::take(&mut self.shared.cleanups().waiting);
        waiting.into_values().for_each(|cleanup| cleanup());
        exit()
    }

    /// Starts to listen to SIGINT and SIGTERM.
    #[cfg(unix)]
    pub fn listening() -> Result<Self> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        let failed = |error| crate::error::Error::new(format!("cannot wait for signals: {error}"));
        let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]).map_err(failed)?;
        let interrupts = Self::default();
        let own = interrupts.clone();
        std::thread::spawn(move || {
            let mut signals = signals.forever();
            if let Some(signal) = signals.next() {
                std::thread::spawn(move || own.end(|| std::process::exit(128 + signal)));
            }
            if let Some(signal) = signals.next() {
                std::process::exit(128 + signal);
            }
        });
        Ok(interrupts)
    }

    /// Listens to nothing: this system has no such signals.
    #[cfg(not(unix))]
    pub fn listening() -> Result<Self> {
        Ok(Self::default())
    }
}

impl Shared {
    fn cleanups(&self) -> MutexGuard<'_, Cleanups> {
        self.cleanups.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.shared.cleanups().waiting.remove(&self.number);
    }
}

impl fmt::Debug for Interrupts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupts")
    }
}

impl fmt::Debug for Registered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Registered({})", self.number)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_signal_runs_what_is_registered_and_nothing_that_is_over() {
        let interrupts = Interrupts::default();
        let (sender, receiver) = channel();
        let tell = |what: &'static str| {
            let sender = sender.clone();
            interrupts.register(move || sender.send(what).unwrap())
        };
        let (_one, over, _two) = (tell("one"), tell("over"), tell("two"));
        drop(over);
        interrupts.end(|| sender.send("exit").unwrap());
        assert_eq!(receiver.try_iter().collect::<Vec<_>>(), ["one", "two", "exit"]);
    }

    #[test]
    fn a_signal_waits_for_those_who_write() {
        let interrupts = Interrupts::default();
        let (sender, receiver) = channel();
        let hold = interrupts.hold();
        std::thread::scope(|scope| {
            let ends = sender.clone();
            let other = interrupts.clone();
            scope.spawn(move || other.end(|| ends.send("end").unwrap()));
            sender.send("written").unwrap();
            drop(hold);
        });
        assert_eq!(receiver.try_iter().collect::<Vec<_>>(), ["written", "end"]);
    }
}
