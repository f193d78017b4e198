//! What is printed when docgen itself is at fault.
//!
//! A panic that somebody catches ([`crate::panics::caught`]) must print nothing, and one that
//! nobody catches must say what happened. So the hook only writes down the last panic, and
//! whoever ends the program prints it.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;
use std::sync::{Arc, Mutex, PoisonError};

use crate::panics::caught;

/// The last panic, in full.
#[derive(Clone, Default)]
struct LastPanic(Arc<Mutex<Option<String>>>);

impl LastPanic {
    fn remember(&self, info: &PanicHookInfo<'_>) {
        // There is a backtrace only where `RUST_BACKTRACE` asks for one.
        let backtrace = Backtrace::capture();
        let text = match backtrace.status() {
            BacktraceStatus::Captured => format!("{info}\n{backtrace}"),
            _ => info.to_string(),
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }

    fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Runs `program` with panics that print nothing. One that nobody in it catches is returned, with
/// the place in docgen's source.
pub fn reported<T>(program: impl FnOnce() -> T) -> Result<T, String> {
    let last = LastPanic::default();
    let hook = last.clone();
    std::panic::set_hook(Box::new(move |info| hook.remember(info)));
    let outcome = caught(program).map_err(|message| last.take().unwrap_or(message));
    drop(std::panic::take_hook());
    outcome
}
