//! `docgen new`.

mod from;

use std::fs;
use std::path::{Path, PathBuf};

use super::{Outcome, print};
use crate::error::{Error, Result};

/// Arguments of `docgen new`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder to create the site in; it must be empty or not exist yet
    #[arg(value_name = "DIR", required_unless_present = "from")]
    dir: Option<PathBuf>,
    /// Convert the Mintlify or mdBook settings in DIR to a docgen.toml
    #[arg(long, value_name = "DIR", conflicts_with = "dir")]
    from: Option<PathBuf>,
}

/// The files of a new site.
const FILES: &[(&str, &str)] = &[
    ("docgen.toml", include_str!("new/docgen.toml")),
    ("content/index.md", include_str!("new/index.md")),
    ("content/guide/getting-started.md", include_str!("new/getting-started.md")),
    (".gitignore", "/public\n/.docgen\n"),
];

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    match (&arguments.from, &arguments.dir) {
        (Some(from), _) => from::run(from),
        (None, Some(dir)) => site(dir),
        (None, None) => Err(Error::new("give the folder to create".to_owned())),
    }
}

fn site(dir: &Path) -> Result<Outcome> {
    let mut entries = match fs::read_dir(dir) {
        Ok(entries) => Some(entries),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(Error::at(dir, "cannot create a site here", error)),
    };
    if entries.as_mut().is_some_and(|entries| entries.next().is_some()) {
        return Err(Error::at(dir, "cannot create a site here", "the folder is not empty"));
    }
    for (name, text) in FILES {
        write(&dir.join(name), text)?;
    }
    let shown = dir.display();
    print(|out| {
        writeln!(
            out,
            "created a site in {shown}\npreview it with `docgen serve {shown}`, publish it with `docgen build {shown}`"
        )
    })?;
    Ok(Outcome::Clean)
}

fn write(path: &Path, text: &str) -> Result<()> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent)
        .map_err(|error| Error::at(parent, "cannot create the folder", error))?;
    fs::write(path, text).map_err(|error| Error::at(path, "cannot write", error))
}
