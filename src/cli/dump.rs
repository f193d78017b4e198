//! `docgen dump`: prints what rules see of a page. Meant for authors of rules; its output is not
//! stable.

use std::io::{Result as IoResult, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::{Outcome, TreeArguments, print};
use crate::check::blocks::Block;
use crate::check::judgement_cache::JudgementCache;
use crate::error::{Error, Result};
use crate::io::real_path;
use crate::markdown::outline::Outline;
use crate::open::{Project, locate};
use crate::site::index::Page;
use crate::site::pages::PageId;
use crate::source::{Source, Span};

/// Arguments of `docgen dump`.
#[derive(clap::Args)]
pub struct Arguments {
    /// A page of the documentation
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print its facts: front matter, headings, anchors, links, code blocks, components
    #[arg(long)]
    facts: bool,
    /// Print its blocks and inlines, with the text that readers see
    #[arg(long)]
    outline: bool,
    /// Print its code blocks, with the verdict of their languages
    #[arg(long)]
    blocks: bool,
    /// Print what its links lead to
    #[arg(long)]
    targets: bool,
    #[command(flatten)]
    tree: TreeArguments,
}

/// Runs the command. All parts are printed if none is selected.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let place = locate::around(&arguments.file, arguments.tree.flavour)?;
    let project = Project::at(place, arguments.tree.options(), Arc::default())?;
    let file = real_path(&arguments.file);
    let inside = file.strip_prefix(&project.root).ok().and_then(|path| path.to_str());
    let inside = inside.unwrap_or_default().replace('\\', "/");
    let Some(number) = project.model.index.page_of_file(&inside) else {
        let why = format!(
            "not a page of the tree in {}; to dump a page by itself, put it into a folder of its \
             own, with an empty docgen.toml",
            project.root.display()
        );
        return Err(Error::at(&arguments.file, "cannot dump", why));
    };
    let all = !(arguments.facts || arguments.outline || arguments.blocks || arguments.targets);
    let page = &project.model.index.pages[number];
    print(|out| {
        if all || arguments.facts {
            writeln!(out, "facts: {:#?}", page.facts)?;
        }
        if all || arguments.outline {
            let dialect = project.model.config.dialect();
            page.with_outline(dialect, |found| outline(page, found, out))?;
        }
        if all || arguments.blocks {
            blocks(&project, page, out)?;
        }
        if all || arguments.targets {
            targets(&project, number, out)?;
        }
        Ok(())
    })?;
    Ok(Outcome::Clean)
}

/// The `line:column` of the start of a span.
fn at(source: &Source, span: Span) -> String {
    let position = source.position(span.start);
    format!("{}:{}", position.line, position.column)
}

fn outline(page: &Page, outline: &Outline<'_>, out: &mut dyn Write) -> IoResult<()> {
    writeln!(out, "blocks:")?;
    for (number, block) in outline.blocks.iter().enumerate() {
        let inside = block.parent.map(|parent| format!(" in {parent}")).unwrap_or_default();
        let (place, kind) = (at(&page.source, block.span), block.kind);
        writeln!(out, "  {number} at {place}: {kind:?}{inside}, inlines {:?}", block.inlines)?;
    }
    writeln!(out, "inlines:")?;
    for (number, inline) in outline.inlines.iter().enumerate() {
        let (place, kind) = (at(&page.source, inline.span), inline.kind);
        writeln!(out, "  {number} at {place}: {kind:?} {:?}", inline.text)?;
    }
    Ok(())
}

fn blocks(project: &Project, page: &Page, out: &mut dyn Write) -> IoResult<()> {
    writeln!(out, "code blocks:")?;
    let judgements = JudgementCache::default();
    for code in &page.facts.code {
        let block = Block::new(code, &page.source.text, &project.model.config, &judgements);
        let language = block.language.map_or("not checked", |one| one.name);
        let verdict = block.judgement().map(|judgement| &judgement.verdict);
        let place = at(&page.source, code.span);
        writeln!(out, "  at {place}: `{}`, {language}: {verdict:?}", code.info.language)?;
        for fault in block.faults() {
            let place = at(&page.source, block.span(fault.span));
            writeln!(out, "    at {place}: {}", fault.message)?;
        }
    }
    Ok(())
}

fn targets(project: &Project, number: PageId, out: &mut dyn Write) -> IoResult<()> {
    let (model, page) = (&project.model, &project.model.index.pages[number]);
    writeln!(out, "targets:")?;
    let front = page.facts.front_links.iter().zip(&model.front_targets[number]);
    for (link, target) in front.chain(page.facts.links.iter().zip(&model.targets[number])) {
        let place = at(&page.source, link.span);
        writeln!(out, "  at {place}: {:?} `{}`: {target:?}", link.kind, link.dest)?;
    }
    Ok(())
}
