//! Validates the configuration examples of a page against the schemas of the tree.

use super::blocks::Block;
use super::schemas::schema_for;
use crate::lang::Content;
use crate::project::bindings::Bindings;
use crate::site::index::Page;
use crate::truth::schema::{Undecided, Validation};

/// A document in a code block that has a schema.
pub struct ConfigExample<'a> {
    /// The number of the block on the page.
    pub block: usize,
    /// The name of the schema.
    pub schema: &'a str,
    /// Whether the part of the schema was guessed from the keys.
    pub guessed: bool,
    /// The result of the validation.
    pub validation: Validation,
}

/// Validates each document of a page that has a schema.
pub fn examples<'a>(
    bindings: &'a Bindings,
    page: &Page,
    blocks: &[Block<'_>],
) -> Vec<ConfigExample<'a>> {
    let mut found = Vec::new();
    if bindings.schemas.is_empty() {
        return found;
    }
    for (number, block) in blocks.iter().enumerate() {
        let content = block.judgement().map(|judgement| &judgement.content);
        let Some(Content::Data(documents)) = content else { continue };
        for document in documents {
            let Some(claim) = schema_for(bindings, page, block, document) else { continue };
            let validation = claim.schema.validate(document, &claim.pointer);
            let (schema, guessed) = (claim.name, claim.guessed);
            found.push(ConfigExample { block: number, schema, guessed, validation });
        }
    }
    found
}

/// The result of a block with configuration examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// All documents were validated; the name is that of the first schema.
    Checked(&'a str),
    /// One could not be validated.
    NotChecked(Undecided),
}

/// The result of a block, if it has a schema.
pub fn outcome<'a>(examples: &[ConfigExample<'a>], block: usize) -> Option<Outcome<'a>> {
    let from = examples.partition_point(|example| example.block < block);
    let own = || examples[from..].iter().take_while(|example| example.block == block);
    let first = own().next()?;
    let undecided = own().find_map(|example| example.validation.undecided);
    Some(undecided.map_or(Outcome::Checked(first.schema), Outcome::NotChecked))
}
