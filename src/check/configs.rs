//! The configuration examples of a page, held against the schemas of the tree.

use super::blocks::Block;
use super::rule::SiteContext;
use super::schemas::schema_for;
use crate::lang::Content;
use crate::site::index::Page;
use crate::truth::schema::{Undecided, Validation};

/// A document in a code block that a schema is for.
pub struct ConfigExample<'a> {
    /// The number of the block on the page.
    pub block: usize,
    /// What the schema is called.
    pub schema: &'a str,
    /// Whether the part of the schema was guessed from the keys.
    pub guessed: bool,
    /// What the schema says of it.
    pub validation: Validation,
}

/// Holds each document of a page against its schema, if it has one.
pub fn examples<'a>(
    site: &SiteContext<'a>,
    page: &Page,
    blocks: &[Block<'_>],
) -> Vec<ConfigExample<'a>> {
    let mut found = Vec::new();
    if site.bindings.schemas.is_empty() {
        return found;
    }
    for (number, block) in blocks.iter().enumerate() {
        let content = block.judgement().map(|judgement| &judgement.content);
        let Some(Content::Data(documents)) = content else { continue };
        for document in documents {
            let Some(claim) = schema_for(site, page, block, document) else { continue };
            let validation = claim.schema.validate(document, &claim.pointer);
            let (schema, guessed) = (claim.name, claim.guessed);
            found.push(ConfigExample { block: number, schema, guessed, validation });
        }
    }
    found
}

/// What became of a block with configuration examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// All were decided; the name is that of the first schema.
    Checked(&'a str),
    /// One was not.
    NotChecked(Undecided),
}

/// What became of a block, if a schema is for it.
pub fn outcome<'a>(examples: &[ConfigExample<'a>], block: usize) -> Option<Outcome<'a>> {
    let from = examples.partition_point(|example| example.block < block);
    let own = || examples[from..].iter().take_while(|example| example.block == block);
    let first = own().next()?;
    let undecided = own().find_map(|example| example.validation.undecided);
    Some(undecided.map_or(Outcome::Checked(first.schema), Outcome::NotChecked))
}
