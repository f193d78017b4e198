//! Where something is and what is wrong with it: the vocabulary that all other crates share.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod source;
pub mod diagnostic;
pub mod coverage;
pub mod error;
pub mod panics;
pub mod suggest;
