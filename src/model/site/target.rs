//! The targets of links.

use super::pages::PageId;
use super::reason::Reason;

/// The place inside the target page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// The page itself.
    None,
    /// The anchor with this id.
    Found(String),
    /// The anchor `primary`, written in the style of another rule as `written`.
    Alias {
        /// As written.
        written: String,
        /// The id of the anchor.
        primary: String,
    },
    /// No such anchor.
    Missing(String),
}

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another site, which is not checked.
    External,
    /// A page.
    Page {
        /// Its number.
        page: PageId,
        /// The place in it.
        fragment: Fragment,
        /// Whether it was reached through a redirect.
        redirected: bool,
        /// The query, with its question mark.
        query: String,
    },
    /// A file that is not a page: its published path, and the query and fragment.
    Asset(String, String),
    /// An address that redirects to another site.
    Redirect(String),
    /// Not known from the tree, with the reason.
    Unknown(Reason),
    /// Nothing is there.
    Missing(Missing),
}

/// What is missing at the target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No page at this address (without slashes around it).
    Page(String),
    /// No file at this path.
    Asset(String),
    /// The link leaves the tree.
    Outside,
    /// Nothing with this name, but this one, which differs only in upper and lower case, and is
    /// found on case-insensitive file systems only.
    Case(String),
    /// A redirect that leads nowhere; the last address.
    Redirect(String),
}
