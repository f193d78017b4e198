//! Renders pages to HTML, and a checked model to the files of its site.

use docgen_base::{diagnostic, error, panics, source, suggest};
use docgen_check as check;
use docgen_code::{data, lang};
use docgen_model::{config, icons as icon_names, markdown, project, site};

pub mod assets;
pub mod attributes;
pub mod autolink;
pub mod body;
pub mod code;
pub mod components;
pub mod cursor;
mod diagram;
pub mod endpoint;
pub mod escape;
pub mod highlight;
pub mod icons;
pub mod jsx;
pub mod landing;
pub mod links;
mod listing;
mod math;
pub mod navigation;
pub mod picture;
pub mod policy;
pub mod proof;
pub mod publish;
pub mod template;
pub mod title;
pub mod twin;
