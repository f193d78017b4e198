//! `docgen new --from`: converts the settings of another generator to a docgen.toml.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::super::{Outcome, print};
use crate::config::flavours::{DOCGEN_TOML, Settings};
use crate::config::write;
use crate::error::{Error, Result};
use crate::io::real_path;
use crate::open::{Project, locate};
use crate::project::Options;
use crate::source::parent;

/// Writes docgen.toml into the folder of the settings.
pub(super) fn run(dir: &Path) -> Result<Outcome> {
    let (folder, Settings { config, sources }) = read(dir)?;
    // The path as the user wrote it, where that is the folder of the settings.
    let folder = if folder == real_path(dir) { dir.to_owned() } else { folder };
    let place = folder.join(DOCGEN_TOML);
    if place.symlink_metadata().is_ok() {
        return Err(Error::at(&place, "cannot write", "the file already exists"));
    }
    // The file that the tree was recognised by is the first that is read.
    let source = sources.first().filter(|_| config.flavour.origin.is_some());
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

/// The folder of the settings of the tree around a path, and what they say.
fn read(path: &Path) -> Result<(PathBuf, Settings)> {
    if path.is_file() {
        return Err(Error::at(path, "cannot open it", "not a folder"));
    }
    let around = locate::around(path, None)?;
    let reason = around.found.as_ref().map_or("", |found| &found.config.layout.reason);
    let folder = around.path.join(parent(reason));
    let root = locate::at(&folder, None)?;
    if root.path != folder {
        let why = "its pages lie outside of the folder of its settings";
        return Err(Error::at(&folder, "cannot convert the settings", why));
    }
    Ok((folder, Project::settings(root, Options::default())?))
}
