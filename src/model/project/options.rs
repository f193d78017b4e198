//! What a run asks for, in place of what the settings of its tree say.

use std::path::PathBuf;

use crate::config::{Config, Flavour, Gate};

/// The options of a run. What is not given is what the settings say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The settings file, in place of the docgen.toml of the tree.
    pub config: Option<PathBuf>,
    /// The flavour of the tree, in place of the one that its files say.
    pub flavour: Option<Flavour>,
    /// The folder to publish into.
    pub output: Option<PathBuf>,
    /// The address of the published site, path prefix included.
    pub base_url: Option<String>,
    /// The severity from which on nothing is published.
    pub gate: Option<Gate>,
    /// Whether the site can be searched.
    pub search: Option<bool>,
    /// Whether pages are published as Markdown as well.
    pub twins: Option<bool>,
}

impl Options {
    /// Puts the options that are given into the settings. The output folder is no part of them: it
    /// may lie outside of the tree.
    pub(super) fn apply(&self, config: &mut Config) {
        if let Some(url) = &self.base_url {
            config.base_url = Some(url.trim_end_matches('/').to_owned());
        }
        config.search = self.search.unwrap_or(config.search);
        config.twins = self.twins.unwrap_or(config.twins);
        config.gate = self.gate.unwrap_or(config.gate);
    }
}
