//! docgen and `bash -n` say the same of every shell block of real documentation, of such blocks with
//! a few changes at random, and of random scripts.
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
    ("here-document is never closed", "bash warns of a here-document that the end closes"),
];

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let has_bash = Command::new("bash").arg("--version").output().is_ok();
    let trial = |name: &str, run: fn() -> Result<(), Failed>| match has_bash {
        true => shared::trial(name, CORPORA, run),
        false => Trial::test(format!("{name} (ignored: there is no bash)"), || Ok(()))
            .with_ignored_flag(true),
    };
    vec![
        trial("docgen and bash -n agree", agreement),
        trial("docgen and bash -n agree on changed and on random scripts", agreement_at_random),
    ]
}

/// A block: where it stands, what is parsed, what docgen says.
struct Block {
    place: String,
    script: String,
    fault: Option<String>,
    other_language: bool,
}

impl Block {
    /// Judges a block; nothing where docgen does not say.
    fn new(place: String, code: &str) -> Option<Self> {
        let judgement = lang::judged("sh")?.judge(code);
        let fault = judgement.faults.first().map(|fault| fault.message.clone());
        let other_language = matches!(judgement.verdict, Verdict::Mislabelled(_));
        let checked = !matches!(judgement.verdict, Verdict::NotChecked(_));
        checked.then(|| Self { place, script: shell_script(code), fault, other_language })
    }
}

/// The shell blocks of the corpora, with their places.
fn texts() -> Vec<(String, String)> {
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
                if language.is_some_and(|one| one.name == "shell") {
                    found.push((format!("{name}, block {}", at + 1), code.text(&text)));
                }
            }
        });
    }
    found
}

/// Of some faults in `[[ … ]]` bash complains, and still ends with 0.
const ASK: &str = "for f in *; do m=$(bash --norc -n \"$f\" 2>&1) && case $m in \
                   *expected*) false;; esac; echo $?; done";

/// Whether bash accepts each of the scripts: one shell asks for all of them.
fn accepted(blocks: &[Block]) -> Vec<bool> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (at, block) in blocks.iter().enumerate() {
        fs::write(folder.path().join(format!("{at:06}")), &block.script).expect("a file");
    }
    let output = Command::new("bash")
        .args(["--norc", "-c", ASK])
        .env("LC_ALL", "C.UTF-8")
        .current_dir(folder.path())
        .output()
        .expect("bash runs");
    String::from_utf8_lossy(&output.stdout).lines().map(|line| line == "0").collect()
}

fn agreement() -> Result<(), Failed> {
    let blocks = texts().into_iter().filter_map(|(place, text)| Block::new(place, &text));
    compare(blocks.collect(), 2_000)
}

/// How many blocks are changed, and how many scripts are made up.
const CHANGED: usize = 1_000;
const RANDOM: usize = 500;

fn agreement_at_random() -> Result<(), Failed> {
    let texts = texts();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut blocks = Vec::new();
    for at in 0..CHANGED {
        let text = changed(&texts[random.below(texts.len())].1, &mut random);
        blocks.extend(Block::new(format!("changed {at}: {text:?}"), &text));
    }
    for at in 0..RANDOM {
        let parts = 1 + random.below(14);
        let text: String = (0..parts).map(|_| PARTS[random.below(PARTS.len())]).collect();
        blocks.extend(Block::new(format!("random {at}: {text:?}"), &text));
    }
    compare(blocks, CHANGED + RANDOM / 2)
}

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }
}

/// What shell scripts are made of.
const PARTS: &[&str] = &[
    "(",
    ")",
    "((",
    "))",
    "{ ",
    "}",
    "${",
    "$(",
    "$((",
    "$[",
    "\"",
    "'",
    "$'",
    "`",
    ";",
    ";;",
    ";&",
    "&",
    "&&",
    "|",
    "||",
    "|&",
    "\n",
    "\n",
    "<<EOF\n",
    "EOF\n",
    "<<-E",
    "<<<",
    "<",
    ">",
    "2>",
    ">&",
    "&>",
    "<(",
    "\\",
    "\\\n",
    " # ",
    "if ",
    "then ",
    "else ",
    "elif ",
    "fi ",
    "for ",
    "select ",
    "x ",
    "in ",
    "do ",
    "done ",
    "case ",
    "esac ",
    "while ",
    "until ",
    "function ",
    "f()",
    "[[ ",
    " ]]",
    "== ",
    "=~ ",
    "a=",
    "a=(",
    "a[",
    "=",
    "export ",
    "! ",
    "time ",
    "coproc ",
    "-f ",
    "$x",
    "?(",
    "!(",
    "*",
    "[",
    "]",
    " ",
    "\t",
    "ls ",
    "a ",
    "1",
    "é",
    "-",
    "~",
];

/// A script after one to four changes.
fn changed(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(chars.len());
        let end = (at + 1 + random.below(20)).min(chars.len());
        let part = PARTS[random.below(PARTS.len())].chars();
        match random.below(5) {
            0 => drop(chars.drain(at..end.min(at + 3))),
            1 => drop(chars.splice(at..at, part)),
            2 => drop(chars.splice(at..end.min(at + 1), part)),
            3 => {
                let copy = chars[at..end].to_vec();
                chars.splice(at..at, copy);
            }
            _ => chars.truncate(at),
        }
    }
    chars.into_iter().collect()
}

/// Compares what docgen and bash say of at least so many blocks.
fn compare(blocks: Vec<Block>, least: usize) -> Result<(), Failed> {
    let accepted = accepted(&blocks);
    if blocks.len() < least || accepted.len() != blocks.len() {
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
