//! A documentation tree as a value: the facts of each page, the settings, and the index of all
//! targets with what every link leads to.

use docgen_base::{diagnostic, error, source, suggest};
use docgen_code::{data, lang, truth};

pub mod icons;
pub mod markdown;
pub mod config;
pub mod site;
pub mod project;
