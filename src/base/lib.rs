//! Types that all other crates share: locations, findings, coverage and errors.

pub mod source;
pub mod diagnostic;
pub mod coverage;
pub mod error;
pub mod panics;
pub mod suggest;
