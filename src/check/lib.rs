//! The rules, which check the facts of pages and the targets of links, and the fixes they offer.
//!
//! A [`checker::Checker`] runs them over a model.

use docgen_base::{coverage, diagnostic, error, source, suggest};
use docgen_code::{data, lang, truth};
use docgen_model::{config, icons, markdown, project, site};

mod accepted;
mod account;
pub mod address;
mod announced;
pub mod baseline;
pub mod blocks;
pub mod character_damage;
pub mod checker;
pub mod claims;
pub mod commands;
pub mod configs;
pub mod constructs;
pub mod conventions;
pub mod crossed_tags;
pub mod cut;
pub mod cut_beside;
pub mod earlier_version;
mod expanded;
pub mod external;
pub mod fences;
pub mod fingerprint;
pub mod fix;

pub mod function_words;
pub mod judged;
pub mod judgement_cache;
mod lost_attributes;
pub mod mentions;
pub mod near;
pub mod near_keys;
pub mod near_miss;
mod onward;
pub mod prefilter;
pub mod prose;
pub mod raw_markup;
pub mod rule;
pub mod rules;
pub mod runner;
pub mod schemas;
pub mod side_texts;
mod since;
pub mod suppress;
pub mod text;
pub mod texts;
mod understood;
pub mod unpaired_tags;
