//! All pages together: routes, anchors, assets, redirects, and what each link leads to.

pub mod index;
pub mod nav;
pub mod resolve;
pub mod route;
