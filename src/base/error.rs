//! Errors of the environment: unreadable input, a port in use, a full disk.
//!
//! A problem in the content is never an error, but a [`crate::diagnostic::Finding`].

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diagnostic::Finding;
use crate::source::Source;

/// What failed, at which path, and why.
#[derive(Debug)]
pub struct Error {
    path: Option<PathBuf>,
    message: String,
    faults: Option<Box<(Source, Vec<Finding>)>>,
}

/// `Result` with the one error type of the program.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without a path.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: None, message: message.into(), faults: None }
    }

    /// An error at a path: `cannot read: permission denied`.
    pub fn at(path: &Path, action: &str, cause: impl fmt::Display) -> Self {
        let message = format!("{action}: {cause}");
        Self { path: Some(path.to_owned()), message, faults: None }
    }

    /// The faults of a file that cannot be used. The message has a line for each.
    pub fn in_file(source: Source, faults: Vec<Finding>) -> Self {
        let line = |fault: &Finding| {
            let at = source.position(fault.span.start);
            let help = fault.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
            format!("{}:{}:{}: {}{help}", source.path, at.line, at.column, fault.message)
        };
        let message = faults.iter().map(line).collect::<Vec<_>>().join("\n");
        Self { path: None, message, faults: Some(Box::new((source, faults))) }
    }

    /// The file that cannot be used, and its faults.
    pub fn faults(&self) -> Option<(&Source, &[Finding])> {
        self.faults.as_deref().map(|(source, faults)| (source, faults.as_slice()))
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
