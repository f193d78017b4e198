//! Files beside the pages, for machines: a line in the table for each.

mod headers;
mod llms;
mod redirects;
mod robots;
mod urls;

use super::publisher::Publisher;
use crate::config::Config;

/// A file that is made of the whole site.
pub struct Extra {
    /// Its published path.
    pub path: &'static str,
    /// Whether the settings want it.
    pub wanted: fn(&Config) -> bool,
    /// Its text.
    pub write: fn(&Publisher<'_>) -> String,
}

/// All of them.
pub static EXTRAS: &[Extra] = &[
    Extra { path: "_headers", wanted: always, write: headers::write },
    Extra { path: "_redirects", wanted: always, write: redirects::write },
    Extra { path: "docs-urls.json", wanted: always, write: urls::write },
    Extra { path: "llms-full.txt", wanted: twins, write: llms::full },
    Extra { path: "llms.txt", wanted: twins, write: llms::short },
    Extra { path: "robots.txt", wanted: always, write: robots::write },
];

fn always(_: &Config) -> bool {
    true
}

fn twins(config: &Config) -> bool {
    config.twins
}
