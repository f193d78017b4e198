//! `docgen build`.

use std::collections::{BTreeMap, HashMap};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::open::{Opened, Wishes, open};
use super::output::options;
use super::view::View;
use super::{GateArgument, Outcome, TreeArguments, counted, judge, listed, note_published, print};
use crate::check::checker::{Checked, Checker};
use crate::check::rule::Diagnostic;
use crate::check::rules::template_error;
use crate::config::Gate;
use crate::coverage::Coverage;
use crate::error::{Error, Result};
use crate::io::git::{self, Asked, LastChanges};
use crate::io::index_cache::DiskIndexCache;
use crate::io::interrupt::Interrupts;
use crate::io::publish::{Published, Stage};
use crate::io::replace;
use crate::io::store::Store;
use crate::render::highlight::Highlighter;
use crate::render::publish::search::IndexCache;
use crate::render::publish::{Failure, Made, Presentation, Publisher, template_finding};
use crate::report::{Report, text};
use crate::source::VPath;

/// Arguments of `docgen build`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Documentation tree: its root, or a folder inside or above it
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Folder to publish to [default: `output` in docgen.toml, else public in the tree]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// URL that the site will be served from, including any path prefix
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Lowest severity that stops publishing [default: `gate` in docgen.toml, else error]
    #[arg(long, value_enum)]
    gate: Option<GateArgument>,
    /// Do not build a search index
    #[arg(long)]
    no_search: bool,
    /// Do not publish Markdown versions of pages or machine-readable lists such as llms.txt
    #[arg(long)]
    no_twins: bool,
    /// Do not read or write the cache
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    tree: TreeArguments,
}

/// Runs the command.
pub fn run(arguments: &Arguments, interrupts: &Interrupts) -> Result<Outcome> {
    let start = Instant::now();
    if let Some(url) = &arguments.base_url
        && !(url.starts_with("https://") || url.starts_with("http://"))
    {
        return Err(Error::new(format!(
            "`--base-url {url}`: the URL must start with `https://` or `http://`"
        )));
    }
    let wishes = Wishes {
        output: arguments.output.as_deref(),
        base_url: arguments.base_url.clone(),
        search: arguments.no_search.then_some(false),
        twins: arguments.no_twins.then_some(false),
        ..Wishes::new(&arguments.tree)
    };
    let opened = open(&arguments.dir, &wishes)?;
    note_published(&opened.tree);
    let history = history(&opened);
    let view = View::of(&opened, arguments.tree.baseline.as_deref())?;
    let checked = view.check(&opened.model);
    let gate = arguments.gate.map_or(opened.model.config.gate, Into::into);
    if judge(&checked.diagnostics, gate) == Outcome::Findings {
        report(&opened, checked.diagnostics, checked.coverage)?;
        eprintln!("nothing was published; use `--gate off` to publish anyway");
        return Ok(Outcome::Findings);
    }
    let mut counts = summary(&checked.diagnostics);
    if gate == Gate::Off {
        counts.push_str(&let_through(&checked.diagnostics, opened.model.config.gate));
    }
    let index = &opened.model.index;
    let pages = index.published().count();
    let presentation = with_days(opened.presentation(), history);
    let store = if arguments.no_cache { None } else { Store::of_this_build(interrupts) };
    let store = store.as_ref();
    let highlighter =
        Highlighter::new(store.and_then(|store| known(&opened, store)).unwrap_or_default());
    if store.is_some() {
        replace::sweep(&opened.cache);
    }
    let index_cache = store.map(|store| DiskIndexCache::new(opened.cache.clone(), store));
    let index_cache = index_cache.as_ref().map(|index_cache| index_cache as &dyn IndexCache);
    let (found, published) =
        publish(&opened, &checked, &presentation, &highlighter, index_cache, gate, interrupts)?;
    if !found.is_empty() {
        report(&opened, found, checked.coverage)?;
    }
    let Some(published) = published else {
        eprintln!("nothing was published");
        return Ok(Outcome::Findings);
    };
    if let Some(store) = store {
        keep(&opened, store, &highlighter);
    }
    print(|out| {
        writeln!(
            out,
            "published {} to {} in {:.2} s ({} files written, {} unchanged, {} removed){counts}",
            counted(pages, "page"),
            opened.output.display(),
            start.elapsed().as_secs_f64(),
            published.written,
            published.unchanged,
            published.removed
        )
    })?;
    note_what_is_missing(&opened, &presentation)?;
    Ok(Outcome::Clean)
}

/// Reports templates that were not used because of errors, and scripts that no page loads.
fn note_what_is_missing(opened: &Opened, presentation: &Presentation) -> Result<()> {
    let left_out = presentation.templates_left_out(&opened.model);
    if !left_out.is_empty() {
        let have = if left_out.len() == 1 { "it has" } else { "they have" };
        print(|out| {
            writeln!(
                out,
                "not used: {}, since {have} errors; the theme's own templates are used instead",
                listed(&left_out)
            )
        })?;
    }
    let scripts = opened.model.idle_scripts();
    if !scripts.is_empty() {
        let names = scripts.join(", ");
        print(|out| {
            writeln!(
                out,
                "not loaded: {names} (to load them, list them under `scripts` in docgen.toml)"
            )
        })?;
    }
    Ok(())
}

fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |name: &str| diagnostics.iter().filter(|one| one.severity.name() == name).count();
    let (errors, warnings) = (count("error"), count("warning"));
    match (errors, warnings) {
        (0, 0) => String::new(),
        _ => format!(
            "\nwith {} and {}; see `docgen check`",
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    }
}

/// A list, by rule, of the findings that were published only because the gate is off: those that
/// the configured gate would have stopped, or the default gate if the settings turn it off too.
fn let_through(diagnostics: &[Diagnostic], set: Gate) -> String {
    let usual = if set == Gate::Off { Gate::default() } else { set };
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for one in diagnostics.iter().filter(|one| usual.stops(one.severity)) {
        *rules.entry(one.rule.name).or_default() += 1;
    }
    if rules.is_empty() {
        return String::new();
    }
    let rules: Vec<String> =
        rules.iter().map(|(rule, count)| format!("{rule} ({count})")).collect();
    format!("\npublished because the gate is off: {}", rules.join(", "))
}

/// Starts to look up the last change of each page in the background.
fn history(opened: &Opened) -> Option<Asked> {
    let pages = opened.model.index.pages.iter().map(|page| page.source.path.as_str().to_owned());
    opened.model.config.last_change.then(|| git::last_changes(&opened.root, pages.collect()))
}

/// Adds the dates of last changes, waiting for the history if it was asked.
fn with_days(presentation: Presentation, history: Option<Asked>) -> Presentation {
    match history.map(Asked::answer) {
        Some(LastChanges::Days(days)) => return presentation.with_days(days),
        Some(LastChanges::Shallow) => eprintln!(
            "note: pages show no date of their last change, because this clone is shallow; run \
             `git fetch --unshallow` to fetch the full history"
        ),
        _ => {}
    }
    presentation
}

/// Renders every file into a staging folder and swaps it with the published site. Returns the
/// findings of rendering, and what was published: `None` if a custom template fails or a finding
/// is stopped by the gate.
fn publish(
    opened: &Opened,
    checked: &Checked,
    presentation: &Presentation,
    highlighter: &Highlighter,
    index_cache: Option<&dyn IndexCache>,
    gate: Gate,
    interrupts: &Interrupts,
) -> Result<(Vec<Diagnostic>, Option<Published>)> {
    let publisher =
        Publisher::new(&opened.model, checked, presentation, highlighter).keeping(index_cache);
    let content = opened.root.join(&opened.model.config.content);
    let stage = Stage::begin_with(&opened.output, &[&opened.root, &content], interrupts)?;
    let made = publisher.for_each(|place, made| match made {
        Made::Bytes(bytes) => stage.write(place, &bytes),
        Made::Copy(from) => stage.copy(place, &opened.tree.place(from)),
    });
    match made {
        Ok(()) => {
            let found = Checker::new(&opened.model).report_rendering(publisher.findings());
            let passes = judge(&found, gate) == Outcome::Clean;
            Ok((found, if passes { Some(stage.commit()?) } else { None }))
        }
        Err(Failure::Template(fault)) => {
            let rule = &template_error::RULE;
            let found = Checker::new(&opened.model).report(rule, template_finding(&fault));
            Ok((found.into_iter().collect(), None))
        }
        Err(Failure::Place(error)) => Err(error),
    }
}

fn report(opened: &Opened, diagnostics: Vec<Diagnostic>, coverage: Coverage) -> Result<()> {
    let sources = |path: &VPath| opened.model.source(path);
    let report = Report { diagnostics, coverage, sources: &sources };
    print(|out| text::write(&report, &options(false, std::io::stdout().is_terminal()), out))
}

/// Highlighted code blocks that an earlier run has cached, by their keys.
fn known(opened: &Opened, store: &Store) -> Option<HashMap<u64, Arc<str>>> {
    let packed = store.read(&opened.cache.join("highlight"), 0)?;
    let entries: Vec<(u64, &str)> = postcard::from_bytes(&packed).ok()?;
    Some(entries.into_iter().map(|(key, html)| (key, Arc::from(html))).collect())
}

/// Writes the highlighted code blocks of this run to the cache. Failure is only a warning: it costs
/// time at the next build, nothing else.
fn keep(opened: &Opened, store: &Store, highlighter: &Highlighter) {
    let used = highlighter.used();
    let mut entries: Vec<(u64, &str)> = used.iter().map(|(key, html)| (*key, &**html)).collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    let Ok(packed) = postcard::to_stdvec(&entries) else { return };
    if let Err(error) = store.write(&opened.cache.join("highlight"), 0, &packed) {
        eprintln!("warning: cannot write the cache: {error}");
    }
}
