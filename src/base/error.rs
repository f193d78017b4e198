//! Errors of the environment: unreadable input, a port in use, a full disk.
//!
//! A problem in the content is never an error, but a [`crate::diagnostic::Finding`].

use std::fmt;
use std::path::{Path, PathBuf};

/// What failed, at which path, and why.
#[derive(Debug)]
pub struct Error {
    path: Option<PathBuf>,
    message: String,
}

/// `Result` with the one error type of the program.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without a path.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: None, message: message.into() }
    }

    /// An error at a path: `cannot read: permission denied`.
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
