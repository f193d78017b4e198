//! The truths of a real tool: its whole configuration schema and its command specifications.
//!
//! They are large and not part of the project (see `shared`).

mod shared;

use std::time::{Duration, Instant};

use docgen::truth::schema::Schema;
use docgen::truth::spec::{CommandNode, CommandSpec, Flag};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
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
    ];
    libtest_mimic::run(&arguments, trials).exit();
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

fn schema_loads_whole(texts: &[String]) -> Result<(), Failed> {
    let start = Instant::now();
    let schema = Schema::load("openclaw", &texts[0])?;
    let took = start.elapsed();
    let lost = schema.untranslated();
    println!("loaded in {took:?}, {} patterns untranslated: {lost:?}", lost.len());
    ensure(lost.is_empty(), || format!("untranslated patterns: {lost:?}"))?;
    ensure(took < Duration::from_secs(20), || format!("took {took:?}"))?;
    for pointer in ["", "/gateway", "/gateway/auth/mode", "/channels/telegram"] {
        ensure(schema.has(pointer), || format!("no place {pointer}"))?;
    }
    ensure(!schema.has("/gateway/nonsense"), || "a place that is not there".into())
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
