//! Panics of foreign code become values.
//!
//! docgen's own input never makes docgen panic, but the parsers and the search engine behind it
//! are other people's. Whoever calls one of them goes through [`caught`], and says in a finding or
//! in the coverage what was given up.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `work`; a panic in it is returned as its message.
///
/// The default panic hook still prints to the standard error. The program replaces it by one that
/// prints nothing, see `cli`, so that a panic which was caught is not seen.
///
/// What `work` changed outside of itself before it panicked stays changed: let it own what it
/// works on, and drop what it leaves behind.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message(&*panic))
}

/// The message of a panic, as `panic!` was given it.
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
