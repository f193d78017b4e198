//! Trials on real trees, in browsers and on the pages of the rules, as one program. Where what a
//! trial needs is absent, it is listed as ignored, with the reason in its name.
//!
//! The kind of a trial is its module: `cargo test --test trials -- '[seeded]'`.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests run the program"
)]

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

#[path = "../common/mod.rs"]
mod common;
#[path = "../shared/corpora.rs"]
mod corpora;
#[cfg(feature = "external")]
#[allow(dead_code, reason = "the other tests use the rest")]
#[path = "../integration/external/server.rs"]
mod server;
#[path = "../shared/mod.rs"]
mod shared;

mod baseline;
mod browser;
mod crawls;
mod cuts;
mod endurance;
mod findings;
mod loss;
mod rules;
#[cfg(feature = "search")]
mod search;
mod seeded;
mod shell;
mod shown;
mod since;
#[cfg(feature = "external")]
mod stand_in;
mod suites;
mod truth;
mod twins;

/// A name and what makes its trials.
type Subject = (&'static str, fn() -> Vec<Trial>);

const SUBJECTS: &[Subject] = &[
    ("baseline", baseline::trials),
    ("browser", browser::trials),
    ("corpora", crawls::trials),
    ("cuts", cuts::trials),
    ("endurance", endurance::trials),
    ("findings", findings::trials),
    ("loss", loss::trials),
    ("rules", rules::trials),
    #[cfg(feature = "search")]
    ("search", search::trials),
    ("seeded", seeded::trials),
    ("shell", shell::trials),
    ("shown", shown::trials),
    ("since", since::trials),
    #[cfg(feature = "external")]
    ("stand-in", stand_in::trials),
    ("suites", suites::trials),
    ("truth", truth::trials),
    ("twins", twins::trials),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = SUBJECTS.iter().flat_map(|(subject, trials)| {
        trials().into_iter().map(move |trial| trial.with_kind(*subject))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}
