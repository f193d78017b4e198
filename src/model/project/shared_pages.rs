//! Shares parsed pages between the models of two versions of a tree.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::config::layout::Mount;
use crate::config::{Config, Flavour};
use crate::markdown::Dialect;
use crate::site::index::Page;
use crate::source::VPath;

/// The pages of a model that another one may share.
#[derive(Debug)]
pub struct SharedPages {
    reading: Reading,
    pages: HashMap<VPath, Arc<Page>>,
}

/// Everything that a page depends on besides its own text.
#[derive(Debug, PartialEq)]
struct Reading {
    flavour: Flavour,
    dialect: Dialect,
    mounts: Vec<Mount>,
    maker: Option<String>,
    term_ids: bool,
    titles: BTreeMap<String, String>,
    variables: BTreeMap<String, String>,
}

impl Reading {
    fn of(config: &Config) -> Self {
        let layout = &config.layout;
        Self {
            flavour: config.flavour,
            dialect: config.dialect(),
            mounts: layout.mounts.clone(),
            maker: layout.maker.clone(),
            term_ids: layout.term_ids,
            titles: layout.titles.clone(),
            variables: config.variables.clone(),
        }
    }
}

impl SharedPages {
    /// These pages, read under these settings.
    pub fn new<'p>(config: &Config, pages: impl Iterator<Item = &'p Arc<Page>>) -> Self {
        Self {
            reading: Reading::of(config),
            pages: pages.map(|page| (page.source.path.clone(), Arc::clone(page))).collect(),
        }
    }

    /// Whether pages are read under these settings as they were.
    pub fn fits(&self, config: &Config) -> bool {
        self.reading == Reading::of(config)
    }

    /// The page of a file that is published from the same place.
    pub fn page(
        &self,
        path: &VPath,
        content_path: &str,
        mount: Option<usize>,
    ) -> Option<&Arc<Page>> {
        let page = self.pages.get(path)?;
        (page.content_path == content_path && page.mount == mount).then_some(page)
    }
}
