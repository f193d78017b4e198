//! A folder on disk, as the readers of settings look at it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::config::flavours::Files;
use crate::error::{Error, Result};

/// The largest settings file that is read, in bytes.
const MAX_SETTINGS_BYTES: u64 = 4 * 1024 * 1024;

/// A folder that may hold settings.
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at a path.
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }
}

impl Files for Folder {
    fn load(&self, path: &str) -> Result<Option<String>> {
        let path = self.0.join(path);
        let fail = |why: &dyn std::fmt::Display| Error::at(&path, "cannot read the settings", why);
        let meta = match fs::metadata(&path) {
            Ok(meta) if meta.is_file() => meta,
            Ok(_) => return Ok(None),
            Err(error) => match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => return Ok(None),
                _ => return Err(fail(&error)),
            },
        };
        if meta.len() > MAX_SETTINGS_BYTES {
            return Err(fail(&format_args!("larger than {MAX_SETTINGS_BYTES} bytes")));
        }
        let bytes = fs::read(&path).map_err(|error| fail(&error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            fail(&format_args!("not UTF-8 from byte {} on", error.utf8_error().valid_up_to()))
        })?;
        Ok(Some(text))
    }

    fn is_file(&self, path: &str) -> bool {
        self.0.join(path).is_file()
    }

    fn is_folder(&self, path: &str) -> bool {
        self.0.join(path).is_dir()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(folder)).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }
}
