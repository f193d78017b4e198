//! Ctrl-C (SIGINT) and SIGTERM: the process removes what it has half written, and ends.
//!
//! Whoever writes a file that somebody else may read holds a [`Hold`] while doing so, and whoever
//! leaves files behind when cut short registers how to remove them. On a signal, a thread waits
//! until nobody writes, runs what is registered and ends the process with 128 and the number of
//! the signal, as shells do: 130 or 143. A second signal does not wait: it ends the process at
//! once, as `kill -9` would, and the next build sweeps up after it.
//!
//! Windows has no such signals; there the next build sweeps up after every interrupted one.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use crate::error::Result;

/// What a signal has to wait for, and what it has to remove. All clones are the same one; the
/// default listens to no signal, for tests and for those who use docgen as a library.
#[derive(Clone, Default)]
pub struct Interrupts {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Read by everybody who writes; taken for writing by the thread that ends the process, which
    /// never gives it back: no write is cut in half, and none begins any more.
    writes: RwLock<()>,
    cleanups: Mutex<Cleanups>,
}

/// Removes what a piece of work left. It may be run after the work came to any point.
type Cleanup = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Cleanups {
    next: u64,
    waiting: BTreeMap<u64, Cleanup>,
}

/// While this lives, a signal waits. Do not take a second one in the same thread: a signal between
/// the two would wait for the first, and the second for the signal.
pub struct Hold<'a>(
    #[expect(dead_code, reason = "its lifetime is its use")] RwLockReadGuard<'a, ()>,
);

/// While this lives, a signal runs the cleanup that it stands for.
pub struct Registered {
    shared: Arc<Shared>,
    number: u64,
}

impl Interrupts {
    /// Lets a signal wait until the guard is dropped. For single files and renames: a person waits
    /// at the terminal.
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

    /// Waits until nobody writes, runs what is registered, and then ends the process by `exit`,
    /// while nobody can begin to write.
    fn end<T>(&self, exit: impl FnOnce() -> T) -> T {
        let _nobody_writes = self.shared.writes.write().unwrap_or_else(PoisonError::into_inner);
        let waiting = std::mem::take(&mut self.shared.cleanups().waiting);
        waiting.into_values().for_each(|cleanup| cleanup());
        exit()
    }

    /// Interrupts that listen to SIGINT and SIGTERM from now on.
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

    /// Interrupts that listen to no signal: this system has none.
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
