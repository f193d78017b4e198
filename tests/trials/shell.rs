//! docgen and `bash -n` say the same of every shell block of real documentation.
//!
//! Both read the block as docgen takes it: placeholders filled in, prompts and output blanked.

use crate::shared;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use docgen::lang::{self, Verdict, shell_script};
use docgen::markdown::Dialect;
use libtest_mimic::{Failed, Trial};

const CORPORA: &[&str] =
    &["corpora/openclaw-en.tar.zst", "corpora/rust-book.tar.zst", "corpora/uv.tar.zst"];

/// What docgen finds in a script that bash reads without complaint, each with the reason.
const STRICTER: &[(&str, &str)] = &[
    ("takes `", "bash takes the dash or quote of a word processor for a letter"),
    ("invisible character", "bash takes an invisible character for a letter"),
];

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let name = "docgen and bash -n agree";
    let trial = if Command::new("bash").arg("--version").output().is_ok() {
        shared::trial(name, CORPORA, agreement)
    } else {
        Trial::test(format!("{name} (ignored: there is no bash)"), || Ok(()))
            .with_ignored_flag(true)
    };
    vec![trial]
}

/// A block: where it stands, what is parsed, what docgen says.
struct Block {
    place: String,
    script: String,
    fault: Option<String>,
    other_language: bool,
}

fn blocks() -> Vec<Block> {
    let mut found = Vec::new();
    for corpus in CORPORA {
        shared::unpack(&shared::shared(corpus), |path, bytes| {
            let name = path.to_string_lossy();
            let Ok(text) = String::from_utf8(bytes) else { return };
            if !name.ends_with(".md") && !name.ends_with(".mdx") {
                return;
            }
            let facts = docgen::markdown::facts(&text, name.ends_with(".mdx"), Dialect::GITHUB);
            for (at, code) in facts.code.iter().enumerate() {
                let language = lang::judged(&code.info.language);
                let Some(language) = language.filter(|one| one.name == "shell") else { continue };
                let code = code.text(&text);
                let judgement = language.judge(&code);
                if judgement.verdict == Verdict::NotChecked {
                    continue;
                }
                let fault = judgement.faults.first().map(|fault| fault.message.clone());
                let place = format!("{name}, block {}", at + 1);
                let other_language = matches!(judgement.verdict, Verdict::Mislabelled(_));
                found.push(Block { place, script: shell_script(&code), fault, other_language });
            }
        });
    }
    found
}

/// Whether bash accepts each of the scripts: one shell asks for all of them.
fn accepted(blocks: &[Block]) -> Vec<bool> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (at, block) in blocks.iter().enumerate() {
        fs::write(folder.path().join(format!("{at:06}")), &block.script).expect("a file");
    }
    let output = Command::new("bash")
        .args(["--norc", "-c", "for f in *; do bash --norc -n \"$f\" 2>/dev/null; echo $?; done"])
        .env("LC_ALL", "C.UTF-8")
        .current_dir(folder.path())
        .output()
        .expect("bash runs");
    String::from_utf8_lossy(&output.stdout).lines().map(|line| line == "0").collect()
}

fn agreement() -> Result<(), Failed> {
    let blocks = blocks();
    let accepted = accepted(&blocks);
    if blocks.len() < 2_000 || accepted.len() != blocks.len() {
        return Err(format!("{} blocks, {} answers", blocks.len(), accepted.len()).into());
    }
    let mut table: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut unexplained = String::new();
    for (block, &accepts) in blocks.iter().zip(&accepted) {
        let reason = block.fault.as_ref().and_then(|message| {
            STRICTER.iter().find(|(start, _)| message.contains(start)).map(|(_, reason)| *reason)
        });
        let kind = match (&block.fault, accepts) {
            (None, true) => ("agree", "both accept"),
            (Some(_), false) => ("agree", "both refuse"),
            (Some(_), true) if reason.is_some() => ("disagree", reason.unwrap_or_default()),
            (Some(_), true) => ("disagree", "only docgen refuses"),
            (None, false) if block.other_language => {
                ("agree", "bash refuses, docgen says that it is no shell")
            }
            (None, false) => ("disagree", "only bash refuses"),
        };
        *table.entry(kind).or_default() += 1;
        if kind.1.starts_with("only") {
            let _ = writeln!(unexplained, "{}: {}: {:?}", block.place, kind.1, block.fault);
        }
    }
    for ((kind, what), count) in &table {
        println!("{kind:9} {count:6}  {what}");
    }
    if unexplained.is_empty() { Ok(()) } else { Err(unexplained.into()) }
}
