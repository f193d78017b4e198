//! How a panic of docgen itself is reported.
//!
//! A panic that is caught ([`crate::panics::caught`]) must print nothing; one that ends the program
//! must be printed. So the panic hook only remembers the last panic, and the caller of [`reported`]
//! prints it.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;
use std::sync::{Arc, Mutex, PoisonError};

use crate::panics::caught;

/// The message of the last panic, with a backtrace if there is one.
#[derive(Clone, Default)]
struct LastPanic(Arc<Mutex<Option<String>>>);

impl LastPanic {
    fn remember(&self, info: &PanicHookInfo<'_>) {
        // Captured only if `RUST_BACKTRACE` is set.
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

/// Runs `program` with a panic hook that prints nothing. A panic that ends `program` is returned as
/// an error, with its location in docgen's source.
pub fn reported<T>(program: impl FnOnce() -> T) -> Result<T, String> {
    let last = LastPanic::default();
    let hook = last.clone();
    std::panic::set_hook(Box::new(move |info| hook.remember(info)));
    let outcome = caught(program).map_err(|message| last.take().unwrap_or(message));
    drop(std::panic::take_hook());
    outcome
}
