//! Failures of the environment: unreadable input, a port that is taken, a full disk.
//!
//! A fault in the content is never one of these; it is a [`crate::diagnostic::Finding`].

use std::fmt;
use std::path::{Path, PathBuf};

/// What could not be done, with what, and why.
#[derive(Debug)]
pub struct Error {
    path: Option<PathBuf>,
    message: String,
}

/// `Result` with the one error type of the program.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A failure that concerns no file.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: None, message: message.into() }
    }

    /// A failure at a path: `cannot read: permission denied`.
    pub fn at(path: &Path, action: &str, cause: impl fmt::Display) -> Self {
        Self { path: Some(path.to_owned()), message: format!("{action}: {cause}") }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: {}", path.display(), self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {}
