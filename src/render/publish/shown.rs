//! Reads the data of files that pages show: pictures, styles, scripts.

use rayon::prelude::*;

use crate::assets::{Asset, Assets};
use crate::escape;
use crate::project::Model;
use crate::source::VPath;
use crate::template::STATIC;

/// The extensions of files that can be part of a page.
const SHOWN: [&str; 12] =
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "jxl", "bmp", "ico", "svg", "css", "js"];

/// The data of the files of a site; `read` returns the bytes of a file.
pub(super) fn look(site: &Model, read: impl Fn(&VPath) -> Option<Vec<u8>> + Sync) -> Assets {
    let base = site.config.base_path();
    let address = |published: &str| format!("{base}/{}", escape::path(published));
    let own = &site.index.assets;
    let shown = |path: &VPath| {
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        SHOWN.contains(&extension.as_str())
    };
    let files: Vec<(&String, &VPath)> = own.iter().filter(|(_, path)| shown(path)).collect();
    let looked: Vec<(String, Asset)> = files
        .into_par_iter()
        .filter_map(|(published, path)| Some((address(published), Asset::of(&read(path)?))))
        .collect();
    let theme = STATIC.iter().map(|(name, bytes)| (format!("docgen/{name}"), bytes));
    let theme = theme.filter(|(path, _)| !own.contains_key(path));
    theme.map(|(path, bytes)| (address(&path), Asset::of(bytes))).chain(looked).collect()
}
