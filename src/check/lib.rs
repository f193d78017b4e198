//! Rules over the facts of pages and over what their links lead to, and the repairs they offer.
//!
//! A [`checker::Checker`] runs them over a model; what it returns is what `build` asks for.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

use docgen_base::{coverage, diagnostic, error, source, suggest};
use docgen_code::{data, lang, truth};
use docgen_model::{config, markdown, project, site};

mod accepted;
pub mod address;
pub mod balance;
pub mod baseline;
pub mod blocks;
pub mod commands;
pub mod checker;
pub mod configs;
pub mod crossed;
pub mod damage;
mod expanded;
pub mod fences;
pub mod fix;
pub mod fingerprint;
pub mod front_keys;
pub mod memo;
pub mod mentions;
pub mod near;
pub mod needles;
pub mod past;
pub mod prose;
pub mod rule;
pub mod rules;
pub mod runner;
pub mod schemas;
mod since;
pub mod slip;
pub mod suppress;
pub mod text;
pub mod told;
