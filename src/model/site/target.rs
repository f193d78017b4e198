//! What links lead to.

use super::pages::PageId;
use super::reason::Reason;

/// Where inside the target page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// The page itself.
    None,
    /// The anchor with this id.
    Found(String),
    /// The anchor `primary`, written under another rule as `written`.
    Alias {
        /// As written.
        written: String,
        /// The anchor's own id.
        primary: String,
    },
    /// No such anchor.
    Missing(String),
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Somewhere else on the network: not looked at.
    External,
    /// A page.
    Page {
        /// Its number.
        page: PageId,
        /// Where in it.
        fragment: Fragment,
        /// It was reached through a redirect.
        redirected: bool,
        /// The query, with its question mark.
        query: String,
    },
    /// A file that is not a page: its published path, and what stands behind it.
    Asset(String, String),
    /// An address that redirects to another site.
    Redirect(String),
    /// Cannot be known from the tree; why.
    Unknown(Reason),
    /// Nothing is there.
    Missing(Missing),
}

/// What is missing where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No page at this address (without slashes around it).
    Page(String),
    /// No file at this path.
    Asset(String),
    /// The link leaves the tree.
    Outside,
    /// Nothing under the name as it is written, and this under a name that differs in the case of
    /// letters alone: found where the file system does not mind, and nowhere else.
    Case(String),
    /// A redirect that leads to nothing; the last address.
    Redirect(String),
}
