//! What goes wrong while a tree is read, before there is a model that rules could look at.

use crate::diagnostic::Finding;

/// The kinds of faults. Each is reported by the rule of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadFault {
    /// A file or folder could not be read.
    UnreadableFile,
    /// A page includes something that is not there.
    MissingInclude,
    /// Two files want the same address.
    DuplicateRoute,
    /// A template of the site cannot be read.
    Template,
    /// An address of the settings that readers follow is code.
    CodeAddress,
}

/// Faults with their kinds, in the order in which they were met.
pub type LoadFaults = Vec<(LoadFault, Finding)>;
