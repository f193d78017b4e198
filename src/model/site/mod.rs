//! All pages together: routes, anchors, assets, redirects, and the targets of links.

pub mod dictionary;
pub mod index;
pub mod language;
mod lookup;
mod natural;
pub mod nav;
mod nothing;
pub mod page_role;
pub mod pages;
mod places;
pub mod plan;
pub mod reason;
pub mod resolve;
pub mod route;
mod shortcode;
pub mod target;
pub mod translation;
pub mod visibility;
pub mod vocabulary;
mod words;
