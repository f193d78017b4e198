//! Faults found while a tree is read, before there is a model for rules.

use crate::diagnostic::Finding;

/// The kinds of faults. Each is reported by the rule of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadFault {
    /// A file or folder could not be read.
    UnreadableFile,
    /// An included text does not exist or may not be read.
    MissingInclude,
    /// A variable is not defined, or cannot stand where it is used.
    UnknownVariable,
    /// Two files have the same address.
    DuplicateRoute,
    /// A template of the site cannot be read.
    Template,
    /// The glossary that the settings name cannot be read.
    Glossary,
    /// An address in the settings is code.
    CodeAddress,
    /// An address of another site is gone.
    ExternalLink,
}

/// Faults with their kinds, in the order in which they were found.
pub type LoadFaults = Vec<(LoadFault, Finding)>;
