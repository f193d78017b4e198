//! Links to other sites, as far as no network is needed: which addresses there are, in which order
//! and how often they are asked for, what an answer means, and what is known from earlier runs.
//!
//! `io::external` asks for them. It takes time and answers from outside, so that everything here
//! can be tested without either.

pub mod address;
pub mod date;
pub mod findings;
pub mod fragments;
pub mod host;
pub mod known;
pub mod ledger;
pub mod places;
pub mod probe;
mod punycode;
pub mod schedule;
pub mod verdict;
