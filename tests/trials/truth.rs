//! The truths of a real tool: its whole configuration schema and its command specifications.
//!
//! They are large and not part of the project (see `shared`).

use crate::shared;
use std::time::Duration;

use crate::common::cost;
use crate::common::rendering::check;
use docgen::project::{Inputs, Model};
use docgen::truth::command::{CommandNode, CommandSpec, Flag};
use docgen::truth::schema::Schema;
use libtest_mimic::{Failed, Trial};

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let trials = vec![
        trial(
            "schema_loads_whole",
            &["openclaw/openclaw.schema.normalized.json"],
            schema_loads_whole,
        ),
        trial(
            "both_forms_agree",
            &["openclaw/openclaw-cli.json", "openclaw/openclaw-gateway.usage.kdl"],
            both_forms_agree,
        ),
        trial(
            "an_example_that_lost_its_fence",
            &["openclaw/origin-pull-request-11915.txt", "openclaw/openclaw.schema.normalized.json"],
            an_example_that_lost_its_fence,
        ),
    ];
    trials
}

/// A trial on the texts of files.
fn trial(
    name: &str,
    files: &'static [&'static str],
    run: fn(&[String]) -> Result<(), Failed>,
) -> Trial {
    shared::trial(name, files, move || {
        let read = |file: &&str| std::fs::read_to_string(shared::shared(file));
        let texts: Result<Vec<String>, _> = files.iter().map(read).collect();
        run(&texts?)
    })
}

fn ensure(holds: bool, message: impl FnOnce() -> String) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(message().into()) }
}

/// The text that docgen was made for: its fence is open, one of its breaks is none, and the
/// heading behind the fence is cut. Mended, its fragment of a configuration is held against the
/// schema.
fn an_example_that_lost_its_fence(texts: &[String]) -> Result<(), Failed> {
    let [text, schema] = texts else { return Err("two files".into()) };
    let (found, _) = check_page(text, schema)?;
    let fence = found.iter().find(|(rule, line, _)| rule == "unclosed-fence" && *line == 56);
    ensure(fence.is_some_and(|(_, _, related)| related == &[65]), || format!("{found:?}"))?;
    let accidents = found.iter().filter(|(rule, ..)| rule == "accidental-heading").count();
    ensure(accidents > 0, || format!("no heading by accident: {found:?}"))?;

    let mut lines: Vec<&str> = text.lines().collect();
    let heading = format!("## {}", lines[64]);
    lines[64] = &heading;
    lines.insert(69, "```");
    lines.insert(66, "```json");
    lines.insert(64, "```");
    let mended = lines.join("\n");
    let (found, held) = check_page(&mended, schema)?;
    let cut = found.iter().any(|(rule, line, _)| rule == "truncated-heading" && *line == 66);
    ensure(cut, || format!("the heading is not cut: {found:?}"))?;
    let faults = ["unclosed-fence", "code-syntax", "config-schema"];
    ensure(found.iter().all(|(rule, ..)| !faults.contains(&rule.as_str())), || {
        format!("the mended page has faults: {found:?}")
    })?;
    ensure(held == 1, || format!("{held} blocks held against the schema"))?;

    let misspelled = mended.replace("trustedProxies\"", "trustedProxy\"");
    let (found, _) = check_page(&misspelled, schema)?;
    ensure(found.iter().any(|(rule, ..)| rule == "config-schema"), || format!("{found:?}"))
}

/// A finding: its rule, its line, and the lines of the places related to it.
type Found = (String, usize, Vec<usize>);

/// What is found on a page in a tree that binds the schema, and how many blocks were held against it.
fn check_page(text: &str, schema: &str) -> Result<(Vec<Found>, usize), Failed> {
    let failed = |error: docgen::error::Error| Failed::from(error.to_string());
    let settings = "title = \"Example\"\n\n[[schema]]\nname = \"openclaw\"\n\
        file = \"openclaw.json\"\nlanguages = [\"json\"]\n";
    let files = [("content/page.md", text), ("docgen.toml", settings), ("openclaw.json", schema)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let inputs = Inputs::from_texts(files.to_vec()).map_err(failed)?;
    let site = Model::new(inputs).map_err(failed)?;
    let (diagnostics, coverage) = check(&site);
    let found = diagnostics
        .iter()
        .map(|one| {
            let line = |path, at| site.source(path).map_or(0, |source| source.position(at).line);
            let finding = &one.finding;
            let related = finding.related.iter().map(|place| line(&place.path, place.span.start));
            let at = line(&finding.path, finding.span.start);
            (one.rule.name.to_owned(), at, related.collect())
        })
        .collect();
    Ok((found, coverage.config_blocks))
}

fn schema_loads_whole(texts: &[String]) -> Result<(), Failed> {
    let (schema, spent) = cost::of_thread(|| Schema::load("openclaw", &texts[0]));
    let schema = schema?;
    let lost = schema.untranslated();
    println!("loaded in {spent:?}, {} patterns untranslated: {lost:?}", lost.len());
    ensure(lost.is_empty(), || format!("untranslated patterns: {lost:?}"))?;
    for pointer in ["", "/gateway", "/gateway/auth/mode", "/channels/telegram"] {
        ensure(schema.has(pointer), || format!("no place {pointer}"))?;
    }
    ensure(!schema.has("/gateway/nonsense"), || "a place that is not there".into())?;
    schema_loads_evenly(&texts[0])
}

/// A schema with twice as many places costs twice as much to load.
fn schema_loads_evenly(text: &str) -> Result<(), Failed> {
    let mut schema: serde_json::Value = serde_json::from_str(text)?;
    let (draft, definitions) = (schema["$schema"].clone(), schema["definitions"].take());
    let times = |count: usize| {
        let copies = (0..count).map(|number| (format!("copy{number}"), schema.clone()));
        let properties: serde_json::Map<_, _> = copies.collect();
        let all = serde_json::json!({
            "$schema": draft, "definitions": definitions, "properties": properties,
        });
        all.to_string()
    };
    cost::even(&times(16), &times(8), |text| {
        if text.is_empty() {
            return Ok(Duration::ZERO);
        }
        let (schema, spent) = cost::of_thread(|| Schema::load("openclaw", text));
        println!("{} bytes loaded in {spent:?}", text.len());
        let schema = schema?;
        ensure(schema.has("/copy0/gateway/auth/mode"), || "the copy is not read".into())?;
        Ok(spent)
    })
}

fn both_forms_agree(texts: &[String]) -> Result<(), Failed> {
    let whole = CommandSpec::load(&texts[0], true)?;
    let part = CommandSpec::load(&texts[1], false)?;
    ensure(whole.open, || "the JSON form lists what is missing, so plugins exist".into())?;
    ensure(whole.name == part.name && whole.version == part.version, || "names differ".into())?;
    let mut compared = 0;
    for command in &part.root.commands {
        compared += agree(&whole.root, command, &whole.name)?;
    }
    println!("{compared} commands compared");
    ensure(compared > 40, || format!("only {compared} commands compared"))
}

/// Compares one command of the KDL form, which leaves some out, with its counterpart and answers
/// how many it compared.
fn agree(whole: &CommandNode, part: &CommandNode, above: &str) -> Result<usize, Failed> {
    let path = format!("{above} {}", part.name);
    let twin = whole.command(&part.name).ok_or_else(|| format!("no `{path}` in the JSON form"))?;
    let (ours, theirs) = (flags(twin), flags(part));
    ensure(ours == theirs, || format!("flags of `{path}` differ:\n{ours:#?}\n{theirs:#?}"))?;
    ensure(twin.args.len() == part.args.len(), || format!("arguments of `{path}` differ"))?;
    let mut compared = 1;
    for command in &part.commands {
        compared += agree(twin, command, &path)?;
    }
    Ok(compared)
}

/// Names and kinds of the flags, in one order.
fn flags(command: &CommandNode) -> Vec<String> {
    let show = |flag: &Flag| format!("{:?} {:?} {:?}", flag.long, flag.short, flag.value);
    let mut all: Vec<String> = command.flags.iter().map(show).collect();
    all.sort();
    all
}
