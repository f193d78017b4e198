//! All pages together: routes, anchors, assets, redirects, and what each link leads to.

mod foreign;
pub mod index;
pub mod language;
pub mod nav;
pub mod page_role;
pub mod plan;
pub mod resolve;
pub mod route;
mod shortcode;

pub use foreign::PROMISED;
