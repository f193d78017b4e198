//! docgen: a documentation site generator that does not publish broken documentation.
//!
//! A [`Project`] is the way in: it finds the documentation tree around a path, reads its settings
//! and makes a model of it. What a check finds of the model decides whether the site is published.
//!
//! ```
//! use docgen::{BuildOptions, Project};
//!
//! # let folder = std::env::temp_dir().join(format!("docgen-example-{}", std::process::id()));
//! # std::fs::create_dir_all(folder.join("content"))?;
//! std::fs::write(folder.join("docgen.toml"), "title = \"Example\"\n")?;
//! std::fs::write(folder.join("content/index.md"), "# Home\n\n[Guide](guide.md)\n")?;
//!
//! let project = Project::open(&folder)?;
//! let checked = project.check();
//! assert_eq!(checked.diagnostics[0].rule.name, "broken-link");
//! let built = project.build(&checked, BuildOptions::default())?;
//! assert!(built.published.is_none(), "a broken link stops the build");
//!
//! std::fs::write(folder.join("content/guide.md"), "# Guide\n")?;
//! let project = Project::open(&folder)?;
//! let built = project.build(&project.check(), BuildOptions::default())?;
//! assert!(built.published.is_some());
//! assert!(folder.join("public/guide/index.html").is_file());
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Project::serve`] previews a site. The model consists of the facts of every page and an index of
//! all link targets. Parsing, checking and rendering look at one page at a time and run in parallel;
//! only the index spans pages.
//!
//! Invariants, which `tests/integration/architecture` tests:
//!
//! - A module uses only modules listed before it below.
//! - Only `io`, `open` and `cli` access files, the network, the clock, the environment or the
//!   terminal; only `cli` prints.
//! - Only `project`, the checker and `render::publish` process content in parallel.
//! - No rule, language, flavour or report format imports another; shared code lives in a
//!   shared module.
//! - There is no global mutable state.

pub use docgen_base::{coverage, diagnostic, error, panics, source, suggest};
pub use docgen_check as check;
pub use docgen_check::fix;
pub use docgen_code::{data, lang, truth};
pub use docgen_model::{config, markdown, project, site};
pub use docgen_render as render;

pub mod report;
#[allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it is the outside"
)]
pub mod io;
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it is the outside")]
pub mod open;
#[allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it is the outside"
)]
pub mod cli;

pub use open::{BuildOptions, Built, Project};
