//! A folder of Markdown without settings, as GitHub shows it.

use super::policy::{Links, PageNames, Policy, Publishes, UnknownTags};

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "plain",
    guesses_generator: true,
    publishes: Publishes::Linked,
    page_names: PageNames::File,
    unknown_tags: UnknownTags::Github,
    fills_empty_links: true,
    links: Links { from_repository: true, files_only: true, ..Links::PLAIN },
    ..Policy::OWN
};
