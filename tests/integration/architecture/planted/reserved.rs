//! What only some places may do, or none.

use super::{RULE, found, hold};

#[test]
fn planted_ways_outside() {
    let rest = "pub const RULE: u8 = 1;";
    let cases = [
        ("use std::{fs, net};", "use std::{fmt, io};"),
        ("use std::fs;", "use std::fmt;"),
        (
            "use ::std::{io::{self, Read}, fs as disk};",
            "use ::std::{io::{self, Read}, fmt as disk};",
        ),
        ("use std as s; fn f() { s::fs::read(1) }", "use std as s; fn f() { s::mem::take(1) }"),
        (
            "extern crate std as s; fn f() { s::fs::read(1) }",
            "extern crate std as s; fn f() { s::mem::take(1) }",
        ),
        ("use std::time::{Instant};", "use std::time::{Duration};"),
        (
            "use std::time; fn f() { time::Instant::now() }",
            "use std::time; fn f() { time::Duration::ZERO }",
        ),
        ("fn f() { std::time::SystemTime::now() }", "fn f() { std::time::Duration::ZERO }"),
        ("use std::time::*;", "use std::collections::*;"),
        ("use std::io::*;", "use std::fmt::*;"),
        ("struct S { f: Vec<std::fs::File> }", "struct S { f: Vec<std::fmt::Error> }"),
        ("fn f() { std::env::var(\"HOME\") }", "fn f() { env!(\"CARGO_PKG_NAME\") }"),
        ("fn f() { std::process::exit(1) }", "fn f() { process::exit(1) }"),
        ("fn f(p: &Path) -> bool { p.exists() }", "fn f(p: &Path) -> bool { p.exists(1) }"),
        ("fn f(p: &Path) { p.join(1).metadata() }", "fn f(p: &Path) { p.metadata.join(1) }"),
        (
            "fn f() { all.filter(std::path::Path::is_file) }",
            "fn f() { all.filter(std::path::Path::is_absolute) }",
        ),
        (
            "use std::path::PathBuf; fn f() { <PathBuf>::exists(p) }",
            "use std::path::PathBuf; fn f() { <PathBuf>::new() }",
        ),
        (
            "fn f() { assert!(path.read_dir().is_ok()) }",
            "fn f() { assert!(path.read_dirs().is_ok()) }",
        ),
        ("fn f() { vec![std::fs::read(1)] }", "fn f() { vec![std::mem::take(1)] }"),
        ("fn f() { run! { use std::{net, fmt}; } }", "fn f() { run! { use std::{fmt, mem}; } }"),
        ("fn f() { println!(\"x\") }", "fn f() { writeln!(out, \"x\") }"),
        ("fn f() { log!(dbg!(1)) }", "fn f() { log!(dbg(1)) }"),
        ("fn f() { std::io::stdout() }", "fn f() { std::io::sink() }"),
        ("fn f() { tokio::runtime::Builder::new() }", "fn f() { runtime::Builder::new() }"),
        ("use std::net::TcpStream;", "use std::net::Ipv4Addr;"),
        ("#[cfg(not(test))] use std::fs;", "#[cfg(test)] use std::fs;"),
        ("#[cfg(any(test, unix))] use std::fs;", "#[cfg(all(test, unix))] use std::fs;"),
        (
            "#[cfg(test)] mod t {} fn f() { std::fs::read(1) }",
            "#[cfg(test)] mod t { fn f() { std::fs::read(1) } }",
        ),
        ("mod t { fn f() { std::fs::read(1) } }", "#[test] fn f() { std::fs::read(1) }"),
    ];
    for (text, twin) in cases {
        let [text, twin] = [text, twin].map(|text| format!("{rest}\n// A comment.\n{text}"));
        hold("outside", &[(RULE, &text, 3, "src/check/rules/broken_link.rs:3: outside", &twin)]);
    }
    let search = "src/render/publish/search.rs";
    let runtime = "use tokio::runtime;\nfn f() { runtime::Builder::new_current_thread()";
    let (bad, twin) = (format!("{runtime}.enable_all() }}"), format!("{runtime}.build() }}"));
    hold("outside", &[(search, &bad, 2, "`.enable_all()`", &twin)]);
    hold(
        "outside",
        &[(search, "use tokio::{join, net};", 1, "`tokio::net`", "use tokio::{join, sync};")],
    );
}

#[test]
fn planted_parallel_work() {
    let near = "src/check/near.rs";
    hold(
        "parallel",
        &[
            (near, "use std::{thread};", 1, "`std::thread`", "use std::{thread_local};"),
            (
                near,
                "fn f() { std::thread::spawn(g) }",
                1,
                "`std::thread::spawn`",
                "fn f() { thread::spawn(g) }",
            ),
            (near, "use rayon::prelude::*;", 1, "`rayon::prelude::*`", "use aho_corasick::*;"),
            (near, "fn f() { all.par_iter() }", 1, "`.par_iter()`", "fn f() { all.iter() }"),
            (
                near,
                "fn f() { rayon::join(a, b) }",
                1,
                "`rayon::join`",
                "fn f() { path::join(a, b) }",
            ),
            (
                "src/cli/mod.rs",
                "fn f() { std::thread::sleep(a) }",
                1,
                "parallel",
                "fn f() { std::fs::read(a) }",
            ),
        ],
    );
}

#[test]
fn planted_global_state() {
    let near = "src/check/near.rs";
    let memo = "struct Memo { all: Inner }\nstruct Inner(std::sync::Mutex<u8>);\n";
    let plain = "struct Memo { all: Inner }\nstruct Inner(Option<u8>);\n";
    let [hidden, shown] = [memo, plain].map(|types| format!("{types}static CACHE: Memo = todo;"));
    let [alias, other] = ["std::cell::Cell<u8>", "(u8, &'static [char])"]
        .map(|of| format!("type Memo = {of};\nfn f() {{\nstatic CACHE: Option<Memo> = None; }}"));
    hold(
        "global-state",
        &[
            (near, &hidden, 3, "`std::sync::Mutex` in `docgen_check::near::Inner`", &shown),
            (near, &alias, 3, "std::cell::Cell", &other),
            (near, "static CACHE: Memo = todo;", 1, "`Memo`", "const CACHE: Memo = todo;"),
            (
                near,
                "use std::sync::*;\nstatic A: OnceLock<u8> = todo;",
                2,
                "`OnceLock`",
                "static A: &[Option<u8>] = todo;",
            ),
            (
                near,
                "static A: std::sync::LazyLock<String> = todo;",
                1,
                "LazyLock",
                "static A: String = todo;",
            ),
            (
                near,
                "use std::sync::atomic::AtomicU8 as A;\nstatic N: [A; 2] = todo;",
                2,
                "AtomicU8",
                "static N: [u8; 2] = todo;",
            ),
            (near, "static mut N: u8 = 1;", 1, "static mut", "static N: u8 = 1;"),
            (near, "thread_local! { }", 1, "`thread_local!`", "thread_locals! { }"),
            (
                near,
                "lazy! { pub static\nref N: u8 = 1; }",
                1,
                "inside of a macro",
                "lazy! { pub n: &'static u8 }",
            ),
            (
                near,
                "#[cfg(test)] static N: Mutex<u8> = 1;",
                1,
                "Mutex",
                "#[cfg(test)] static N: u8 = 1;",
            ),
            (
                near,
                "fn f() { static N: RefCell<u8> = 1; }",
                1,
                "RefCell",
                "fn f() { let n: RefCell<u8> = 1; }",
            ),
        ],
    );
}

#[test]
fn planted_names_of_flavours() {
    hold(
        "flavour",
        &[
            (
                RULE,
                "use crate::config::Flavour; pub const RULE: u8 = 1;\nfn f() { x == Flavour::Hugo }",
                2,
                "`Hugo`",
                "use crate::config::Flavour; pub const RULE: u8 = 1; fn f() { Flavour::ALL }",
            ),
            (
                RULE,
                "use docgen_model::config::Flavour as F; pub const RULE: u8 = 1;\nfn f() { match x { F::Plain => 1 } }",
                2,
                "`Plain`",
                "use docgen_model::config::Flavour as F; pub const RULE: u8 = 1; fn f() { F::named(name) }",
            ),
            (
                "src/model/site.rs",
                "fn f() {\nFlavour::named(\"hugo\") }",
                2,
                "\"hugo\"",
                "fn f() { Flavour::named(\"gohu\") }",
            ),
            (
                "src/model/site.rs",
                "fn f() { config.flavour.name() == own }",
                1,
                "compares",
                "fn f() { quoted(config.flavour.name()) }",
            ),
            (
                "src/model/site.rs",
                "fn f() { match flavour.name() { a => 1 } }",
                1,
                "compares",
                "fn f() { match flavour.index_names { a => 1 } }",
            ),
            (
                "src/model/site.rs",
                "fn f() { matches!(flavour.name(), \"mkdocs\") }",
                1,
                "\"mkdocs\"",
                "fn f() { assert!(flavour.name(), \"mkdocs is\") }",
            ),
            (
                "src/model/site.rs",
                "use crate::config::flavours::hugo;",
                1,
                "`hugo`",
                "use crate::config::flavours::policy;",
            ),
            (
                "src/cli/mod.rs",
                "const HOME: &str = \"mkdocs\";",
                1,
                "\"mkdocs\"",
                "#[cfg(test)] const HOME: &str = \"mkdocs\";",
            ),
        ],
    );
    // Where languages are known but flavours are not, the words mean something else.
    assert_eq!(found("src/code/data.rs", "const LABEL: &str = \"plain\";"), []);
}

#[test]
fn planted_sizes() {
    let near = "src/check/near.rs";
    let function = |lines: usize| format!("\nfn f() {{{}}}\n", "\n".repeat(lines - 1));
    let method = |lines: usize| format!("impl A {{ pub fn f() {{{}}} }}", "\n".repeat(lines - 1));
    let hidden = |lines: usize| format!("x! {{ fn f() {{{}}} }}", "\n".repeat(lines - 1));
    let file = |lines: usize| "\n".repeat(lines);
    hold(
        "size",
        &[
            (near, &function(81), 2, "a function of 81 lines", &function(80)),
            (near, &method(81), 1, "a function of 81 lines", &method(80)),
            (near, &hidden(81), 1, "a function of 81 lines", &hidden(80)),
            (near, &file(501), 501, "a file of 501 lines", &file(500)),
        ],
    );
}

#[test]
fn planted_names_of_rules() {
    let near = "src/check/near.rs";
    let own = r#"pub const RULE: u8 = named("broken-link");"#;
    let other = r#"pub const RULE: u8 = named("orphan-page");"#;
    hold(
        "rule-name",
        &[
            (
                near,
                "fn f() { find(\n\"orphan-page\") }",
                2,
                "\"orphan-page\"",
                "fn f() { find(\"an orphan-page\") }",
            ),
            (
                near,
                "fn f() { matches!(rule, \"orphan-page\") }",
                1,
                "names a rule",
                "#[test] fn f() { matches!(rule, \"orphan-page\") }",
            ),
            (RULE, other, 1, "\"orphan-page\"", own),
        ],
    );
}
