//! Turns panics of third-party code into values.
//!
//! No input makes docgen itself panic, but the parsers and the search engine it uses are
//! third-party. Every call to them goes through [`caught`], and the caller reports in a finding or
//! in the coverage what could not be done.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `work`; a panic in it is returned as its message.
///
/// The default panic hook still prints to standard error. The program installs one that prints
/// nothing (see `cli`), so that a caught panic is not visible.
///
/// Changes that `work` made to outside state before the panic remain: let it own its data, and
/// discard whatever it leaves.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message(&*panic))
}

/// The message that was passed to `panic!`.
pub fn message(panic: &(dyn Any + Send)) -> String {
    if let Some(text) = panic.downcast_ref::<&str>() {
        return (*text).to_owned();
    }
    panic.downcast_ref::<String>().map_or_else(|| "no message".to_owned(), Clone::clone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_its_message() {
        assert_eq!(caught(|| 1), Ok(1));
        assert_eq!(caught(|| -> u8 { panic!("two") }), Err("two".to_owned()));
        assert_eq!(caught(|| -> u8 { panic!("{}", 3) }), Err("3".to_owned()));
        assert_eq!(caught(|| -> u8 { std::panic::panic_any(4) }), Err("no message".to_owned()));
    }
}
