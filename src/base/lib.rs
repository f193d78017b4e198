//! Types that all other crates share: locations, findings, coverage and errors.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod source;
pub mod diagnostic;
pub mod coverage;
pub mod error;
pub mod panics;
pub mod suggest;
