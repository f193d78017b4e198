//! Rules over facts and resolutions.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

use docgen_base::{coverage, diagnostic, source};
use docgen_code::{data, lang, truth};
use docgen_model::{config, markdown, site};

pub mod address;
pub mod balance;
pub mod baseline;
pub mod blocks;
pub mod commands;
pub mod crossed;
pub mod damage;
pub mod fences;
pub mod fingerprint;
pub mod front_keys;
pub mod language;
pub mod memo;
pub mod mentions;
pub mod near;
pub mod needles;
pub mod past;
pub mod prose;
pub mod rule;
pub mod rules;
pub mod runner;
pub mod slip;
pub mod standing;
pub mod suppress;
pub mod text;
pub mod told;
pub mod truths;
