//! All pages together: routes, anchors, assets, redirects, and what each link leads to.

mod foreign;
pub mod index;
pub mod nav;
pub mod resolve;
pub mod route;
mod shortcode;

pub use foreign::PROMISED;
