//! What only a few rooms may do: touch the outside, and work in parallel.

use super::facts::Kind;
use super::source::is_within;
use super::{Findings, Sources};

/// Something that a few places may use.
struct Reserved {
    /// The name of the rule.
    rule: &'static str,
    /// What it is, for the message.
    what: &'static str,
    /// Where it may be used.
    places: &'static [&'static str],
    /// The paths of things; what is below them counts as well.
    paths: &'static [&'static str],
    /// What of it is no more than data.
    but: &'static [&'static str],
    macros: &'static [&'static str],
    /// Methods without arguments; nothing else has methods of these names.
    methods: &'static [&'static str],
}

const RESERVED: &[Reserved] = &[
    Reserved {
        rule: "outside",
        what: "touches the outside",
        places: &["docgen::io", "docgen::open", "docgen::cli", "docgen::main"],
        paths: &[
            "std::fs",
            "std::net",
            "std::os",
            "std::env",
            "std::process",
            "std::time::Instant",
            "std::time::SystemTime",
            "std::io::stdin",
            "std::io::stdout",
            "std::io::stderr",
            "std::path::absolute",
            "std::path::Path::exists",
            "std::path::Path::try_exists",
            "std::path::Path::is_file",
            "std::path::Path::is_dir",
            "std::path::Path::is_symlink",
            "std::path::Path::metadata",
            "std::path::Path::symlink_metadata",
            "std::path::Path::read_dir",
            "std::path::Path::read_link",
            "std::path::Path::canonicalize",
            "ignore::Walk",
            "ignore::WalkBuilder",
            "ignore::WalkParallel",
            "walkdir",
            "notify",
            "notify_debouncer_full",
            "axum",
            "rustix",
            "signal_hook",
            "tempfile",
        ],
        but: &["std::net::IpAddr", "std::net::Ipv4Addr", "std::net::Ipv6Addr"],
        macros: &[],
        methods: &[
            "exists",
            "try_exists",
            "is_file",
            "is_dir",
            "is_symlink",
            "metadata",
            "symlink_metadata",
            "read_dir",
            "read_link",
            "canonicalize",
        ],
    },
    Reserved {
        rule: "outside",
        what: "prints",
        places: &["docgen::io", "docgen::cli", "docgen::main"],
        paths: &[],
        but: &[],
        macros: &["print", "println", "eprint", "eprintln", "dbg"],
        methods: &[],
    },
    Reserved {
        rule: "outside",
        what: "is a runtime",
        // The writer of the search index is asynchronous: a runtime alone is a way to wait for it.
        places: &["docgen::io", "docgen::cli", "docgen_render::publish::search"],
        paths: &["tokio", "tokio_stream"],
        but: &[],
        macros: &[],
        methods: &[],
    },
    Reserved {
        rule: "outside",
        what: "lets a runtime reach out",
        places: &["docgen::io", "docgen::cli"],
        paths: &[
            "tokio::fs",
            "tokio::io",
            "tokio::net",
            "tokio::process",
            "tokio::signal",
            "tokio::time",
        ],
        but: &[],
        macros: &[],
        methods: &["enable_all", "enable_io", "enable_time"],
    },
    Reserved {
        rule: "parallel",
        what: "works in parallel",
        places: &[
            "docgen_model::project",
            "docgen_check::checker",
            "docgen_check::accepted",
            "docgen_check::constructs",
            "docgen_check::since",
            "docgen_render::publish",
            "docgen::io",
            "docgen::main",
        ],
        paths: &["rayon", "std::thread"],
        but: &[],
        macros: &[],
        methods: &["par_iter", "par_iter_mut", "into_par_iter", "par_bridge"],
    },
];

/// Finds what is used outside of its places. Tests may do everything.
pub fn check(sources: &Sources, findings: &mut Findings) {
    for (file, facts) in sources.each() {
        for reserved in RESERVED.iter().filter(|one| !one.is_allowed(&file.module)) {
            for fact in facts.iter().filter(|fact| !fact.is_test) {
                if let Some(found) = reserved.found(&fact.kind) {
                    let text = format!("`{found}` {}", reserved.what);
                    findings.add(file, fact.line, reserved.rule, text);
                }
            }
        }
    }
}

impl Reserved {
    fn is_allowed(&self, module: &[String]) -> bool {
        self.places.iter().any(|place| is_within(module, place))
    }

    /// What of it is used, as the message shows it.
    fn found(&self, kind: &Kind) -> Option<String> {
        match kind {
            Kind::Path { path, glob } => {
                let used = standard(path);
                let inside = |reserved: &&&str| {
                    // A glob of what is above takes it in as well.
                    let above = *glob && reserved.starts_with(&format!("{}::", used.join("::")));
                    above || is_within(&used, reserved)
                };
                if self.but.iter().any(|data| is_within(&used, data)) {
                    return None;
                }
                let _ = self.paths.iter().find(inside)?;
                Some(used.join("::") + if *glob { "::*" } else { "" })
            }
            Kind::Macro(name) => self.macros.contains(&name.as_str()).then(|| format!("{name}!")),
            Kind::Method { name, arguments: 0 } => {
                self.methods.contains(&name.as_str()).then(|| format!(".{name}()"))
            }
            _ => None,
        }
    }
}

/// A path with the other names of the standard library made `std`.
fn standard(path: &[String]) -> Vec<String> {
    let mut path = path.to_vec();
    if path.first().is_some_and(|first| matches!(first.as_str(), "core" | "alloc")) {
        path[0] = "std".to_owned();
    }
    // `PathBuf` has the methods of `Path`.
    if is_within(&path, "std::path::PathBuf") {
        path[2] = "Path".to_owned();
    }
    path
}
