//! From facts and resolved links to HTML.

pub mod assets;
pub mod autolink;
pub mod body;
pub mod code;
pub mod components;
pub mod cursor;
pub mod escape;
pub mod highlight;
pub mod jsx;
pub mod links;
mod listing;
mod math;
pub mod navigation;
pub mod picture;
pub mod policy;
pub mod template;
pub mod twin;
