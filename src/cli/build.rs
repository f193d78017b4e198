//! `docgen build`.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Instant;

use super::constructs;
use super::output::options;
use super::view::View;
use super::{
    GateArgument, Outcome, TreeArguments, counted, judge, listed, note_published, open_folder,
    print,
};
use crate::check::rule::Diagnostic;
use crate::config::Gate;
use crate::coverage::Coverage;
use crate::error::{Error, Result};
use crate::io::interrupt::Interrupts;
use crate::io::store::Store;
use crate::open::{BuildOptions, Built, Project};
use crate::project::Options;
use crate::report::{Report, text};
use crate::site::plan::redirects_of_hosts;
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
    let options = Options {
        output: arguments.output.clone(),
        base_url: arguments.base_url.clone(),
        search: arguments.no_search.then_some(false),
        twins: arguments.no_twins.then_some(false),
        ..arguments.tree.options()
    };
    let project = open_folder(&arguments.dir, options)?;
    note_published(&project.tree);
    let last_changed = project.last_changed();
    let view = View::of(&project, arguments.tree.baseline.as_deref())?;
    let checked = view.check_with(&project.checker().with_constructs(), &project.model).0;
    let set = project.model.config.gate;
    let gate = arguments.gate.map_or(set, Into::into);
    if judge(&checked.diagnostics, gate) == Outcome::Findings {
        report(&project, checked.diagnostics, checked.coverage)?;
        return Ok(refused());
    }
    let constructs = checked.constructs();
    if !constructs.is_empty() {
        print(|out| constructs::write(constructs, project.model.config.flavour, out))?;
    }
    if constructs.iter().any(|one| gate.stops(one.severity)) {
        return Ok(refused());
    }
    let mut counts = summary(&checked.diagnostics);
    if gate == Gate::Off {
        counts.push_str(&let_through(&checked.diagnostics, set));
    }
    let store = if arguments.no_cache { None } else { Store::of_this_build(interrupts) };
    let options = BuildOptions {
        gate: Some(gate),
        last_changed,
        store: store.as_ref(),
        interrupts: interrupts.clone(),
    };
    let Built { findings, published, templates_left_out, notes } =
        project.build(&checked, options)?;
    notes.iter().for_each(|note| eprintln!("{note}"));
    if !findings.is_empty() {
        report(&project, findings, checked.coverage)?;
    }
    let Some(published) = published else {
        eprintln!("nothing was published");
        return Ok(Outcome::Findings);
    };
    let pages = project.model.index.published().count();
    print(|out| {
        writeln!(
            out,
            "published {} to {} in {:.2} s ({} files written, {} unchanged, {} removed){counts}",
            counted(pages, "page"),
            project.output.display(),
            start.elapsed().as_secs_f64(),
            published.written,
            published.unchanged,
            published.removed
        )
    })?;
    note_what_is_missing(&project, &templates_left_out)?;
    Ok(Outcome::Clean)
}

/// Says that the gate stopped the build.
fn refused() -> Outcome {
    eprintln!("nothing was published; use `--gate off` to publish anyway");
    Outcome::Findings
}

/// Reports templates that were not used because of errors, redirects that depend on the host, and
/// scripts that no page loads.
fn note_what_is_missing(project: &Project, left_out: &[String]) -> Result<()> {
    if !left_out.is_empty() {
        let have = if left_out.len() == 1 { "it has" } else { "they have" };
        print(|out| {
            writeln!(
                out,
                "not used: {}, since {have} errors; the theme's own templates are used instead",
                listed(left_out)
            )
        })?;
    }
    if project.model.config.base_url.is_none() {
        print(|out| {
            writeln!(
                out,
                "no sitemap.xml: it needs the URL of the site (`base_url` in docgen.toml, or \
                 `--base-url`)"
            )
        })?;
    }
    let patterns = redirects_of_hosts(&project.model.config);
    if !patterns.is_empty() {
        let names = listed(&patterns);
        print(|out| {
            writeln!(
                out,
                "only in `_redirects`: {names} (hosts that do not read it, such as GitHub Pages, \
                 do not know them)"
            )
        })?;
    }
    let scripts = project.model.idle_scripts();
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

fn report(project: &Project, diagnostics: Vec<Diagnostic>, coverage: Coverage) -> Result<()> {
    let sources = |path: &VPath| project.model.source(path);
    let report = Report { diagnostics, coverage, sources: &sources };
    print(|out| text::write(&report, &options(false, std::io::stdout().is_terminal()), out))
}
