//! Rules over facts and resolutions.

pub mod blocks;
pub mod near;
pub mod rule;
pub mod rules;
pub mod runner;
pub mod truths;
