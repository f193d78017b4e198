//! `docgen new --from`: converts the settings of another generator to a docgen.toml.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use super::super::locate;
use super::super::{Outcome, print};
use crate::config::{Config, write};
use crate::error::{Error, Result};
use crate::io::tree::DiskTree;
use crate::project::{Inputs, Overrides};
use crate::source::Source;

/// The settings files that can be converted.
const FILES: [&str; 3] = ["book.toml", "docs.json", "mint.json"];

/// Writes docgen.toml into the folder of the settings.
pub(super) fn run(dir: &Path) -> Result<Outcome> {
    let place = dir.join("docgen.toml");
    if place.symlink_metadata().is_ok() {
        return Err(Error::at(&place, "cannot write", "the file already exists"));
    }
    let (config, settings) = read(dir)?;
    let source = settings.iter().find(|source| FILES.contains(&source.path.as_str()));
    let written = source.and_then(|source| {
        write::docgen_toml(&config, &source.path, write::node(&source.path, &source.text).as_ref())
    });
    let (Some(source), Some(written)) = (source, written) else {
        let why = "no Mintlify or mdBook settings found";
        return Err(Error::at(dir, "cannot convert the settings", why));
    };
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&place)
        .map_err(|error| Error::at(&place, "cannot write", error))?;
    file.write_all(written.text.as_bytes())
        .map_err(|error| Error::at(&place, "cannot write", error))?;
    print(|out| {
        writeln!(out, "wrote {} from {}", place.display(), source.path)?;
        for left in &written.left {
            writeln!(out, "not converted: {left}")?;
        }
        if !written.unread.is_empty() {
            writeln!(out, "not read by docgen: {}", written.unread.join(", "))?;
        }
        Ok(())
    })?;
    Ok(Outcome::Clean)
}

fn read(dir: &Path) -> Result<(Config, Vec<Source>)> {
    let meta = std::fs::metadata(dir).map_err(|error| Error::at(dir, "cannot open", error))?;
    if !meta.is_dir() {
        return Err(Error::at(dir, "cannot open", "not a folder"));
    }
    let found = locate::at(dir, None);
    if found.root != crate::io::real_path(dir) {
        let why = "the pages are outside the folder of the settings";
        return Err(Error::at(dir, "cannot convert the settings", why));
    }
    let tree = DiskTree::open_parts(&found.root, &found.folders, &[])?;
    let overrides = Overrides { found: found.found, ..Overrides::default() };
    let Inputs { config, settings, .. } = Inputs::load(&tree, &overrides)?;
    Ok((config, settings))
}
