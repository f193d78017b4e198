//! The conformance suites of the formats, against our own readers and the reference parsers.
//!
//! They live in an archive beside the checkout (see `shared`).

use crate::shared;
use docgen::data::json::{Dialect, document};
use docgen::data::{toml, yaml};
use docgen::markdown::{Dialect as MarkdownDialect, parse, prepare};
use libtest_mimic::{Failed, Trial};
use pulldown_cmark::{Event, Parser, html::push_html};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

type Files = BTreeMap<String, Vec<u8>>;
type Suite = fn(&Files) -> Vec<String>;

const ARCHIVE: &str = "suites/suites.tar.zst";

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let suites: [(&str, Suite, usize); 8] = [
        ("json: our own parser", json_own, 0),
        ("json: the gate", json_gate, 0),
        ("json5: our own parser", json5_own, 0),
        ("json5: the gate", json5_gate, 0),
        ("yaml", yaml_suite, 1),
        ("toml", toml_suite, 0),
        ("commonmark", |files| walk_suite(files, "commonmark/spec.txt"), 0),
        ("gfm", |files| walk_suite(files, "commonmark/gfm-spec.txt"), 0),
    ];
    // The first suite that runs unpacks for all.
    let files = Arc::new(OnceLock::new());
    let trials = suites.map(|(name, suite, tolerated)| {
        let files = files.clone();
        shared::trial(name, &[ARCHIVE], move || {
            let wrong = suite(files.get_or_init(unpack));
            if wrong.len() <= tolerated { Ok(()) } else { Err(Failed::from(wrong.join("\n"))) }
        })
    });
    trials.into()
}

fn unpack() -> Files {
    let mut files = Files::new();
    shared::unpack(&shared::shared(ARCHIVE), |path, bytes| {
        let path = path.to_string_lossy();
        files.insert(path.trim_start_matches("./").to_owned(), bytes);
    });
    files
}

/// Names of the cases that a reader judges otherwise than the suite. No case at all is wrong too.
fn judge<'f>(
    cases: impl Iterator<Item = (&'f String, &'f Vec<u8>, bool)>,
    accepts: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut count = 0;
    let mut wrong = Vec::new();
    for (name, bytes, expected) in cases {
        count += 1;
        // A text that is not UTF-8 is refused by whoever loads it.
        if std::str::from_utf8(bytes).is_ok_and(&accepts) != expected {
            wrong.push(format!("{name}: expected {expected}"));
        }
    }
    if count < 100 {
        wrong.extend(["too few cases".to_owned(), format!("{count}")]);
    }
    wrong
}

fn json_cases(files: &Files) -> impl Iterator<Item = (&String, &Vec<u8>, bool)> {
    files.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("json/test_parsing/")?;
        match name.get(..2)? {
            "y_" => Some((path, bytes, true)),
            "n_" => Some((path, bytes, false)),
            _ => None,
        }
    })
}

fn json_own(files: &Files) -> Vec<String> {
    judge(json_cases(files), |text| document(text, Dialect::Json).is_ok())
}

fn json_gate(files: &Files) -> Vec<String> {
    judge(json_cases(files), |text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

fn json5_cases(files: &Files) -> impl Iterator<Item = (&String, &Vec<u8>, bool)> {
    files.iter().filter(|(path, _)| path.starts_with("json5/")).filter_map(|(path, bytes)| {
        match path.rsplit_once('.')?.1 {
            "json" | "json5" => Some((path, bytes, true)),
            "js" | "txt" => Some((path, bytes, false)),
            _ => None,
        }
    })
}

fn json5_own(files: &Files) -> Vec<String> {
    judge(json5_cases(files), |text| document(text, Dialect::Json5).is_ok())
}

fn json5_gate(files: &Files) -> Vec<String> {
    judge(json5_cases(files), |text| json5::from_str::<IgnoredAny>(text).is_ok())
}

fn toml_suite(files: &Files) -> Vec<String> {
    let list = &files["toml/tests/files-toml-1.1.0"];
    let list = std::str::from_utf8(list).expect("UTF-8");
    let cases = list.lines().filter(|line| line.ends_with(".toml")).filter_map(|line| {
        let (path, bytes) = files.get_key_value(&format!("toml/tests/{line}"))?;
        Some((path, bytes, line.starts_with("valid/")))
    });
    judge(cases, |text| toml::parse(text).is_ok())
}

fn yaml_suite(files: &Files) -> Vec<String> {
    let mut cases = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("yaml/src/")) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let documents = yaml::parse(text).expect("the suite is YAML itself");
        let mut text = String::new();
        for case in documents.iter().flat_map(|document| document.items()) {
            if let Some(node) = case.get("yaml") {
                text = shown(node.as_str().unwrap_or_default());
            }
            let fails = case.get("fail").and_then(|node| node.as_bool()) == Some(true);
            cases.push((path.clone(), text.clone().into_bytes(), !fails));
        }
    }
    judge(cases.iter().map(|(path, bytes, valid)| (path, bytes, *valid)), |text| {
        yaml::parse(text).is_ok()
    })
}

/// The suite writes invisible characters visibly.
fn shown(text: &str) -> String {
    let text = text.replace('␣', " ").replace('—', "").replace('»', "\t");
    let text = text.replace('↵', "").replace('←', "\r").replace('⇔', "\u{feff}");
    text.replace("∎\n", "")
}

/// The examples of a specification of Markdown.
fn examples(spec: &str) -> Vec<String> {
    let fence = "`".repeat(32);
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in spec.lines() {
        match &mut open {
            None if line.starts_with(&fence) && line.contains("example") => {
                open = Some(String::new());
            }
            Some(text) if line == "." => {
                found.push(text.replace('→', "\t"));
                open = None;
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    found
}

/// Examples that are meant to come out otherwise, each with its reason.
const EXCEPTIONS: &[(&str, &str)] =
    &[("<Warning>\n*bar*\n</Warning>\n", "`<Warning>` is a component: Markdown is read in it")];

/// docgen's own walk gives the HTML that pulldown-cmark gives alone.
fn walk_suite(files: &Files, name: &str) -> Vec<String> {
    let spec = std::str::from_utf8(&files[name]).expect("UTF-8");
    let mut wrong = Vec::new();
    let examples = examples(spec);
    for (at, text) in examples.iter().enumerate() {
        let mut alone = String::new();
        push_html(&mut alone, Parser::new_ext(text, parse::OPTIONS));
        let walked = walked(text);
        let exception = EXCEPTIONS.iter().find(|(excepted, _)| excepted == text);
        if let Some((_, reason)) = exception {
            println!("{name}, example {}: {reason}", at + 1);
        }
        if (walked != alone) != exception.is_some() {
            wrong.push(format!("example {}: {text:?}\n  {walked:?}\n  {alone:?}", at + 1));
        }
    }
    if examples.len() < 600 {
        wrong.push(format!("{} examples", examples.len()));
    }
    wrong
}

fn walked(text: &str) -> String {
    let scan = prepare(text, false, 0, MarkdownDialect::GITHUB);
    let mut events = Vec::new();
    parse::walk(text, &scan, |item, _| {
        events.push(match item {
            parse::Item::Markdown(event) => event.into_static(),
            parse::Item::Tag { tag, .. } => Event::Html(text[tag.range.clone()].to_owned().into()),
            parse::Item::Raw(raw) => Event::Html(raw.into_owned().into()),
            parse::Item::Container { .. } | parse::Item::Expression(_) => {
                Event::Html("not CommonMark".into())
            }
        });
    });
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    html
}
