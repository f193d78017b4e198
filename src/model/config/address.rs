//! Helpers for the addresses of several generators.

use super::layout::Layout;

/// The path without the suffix of a page.
pub(super) fn stem(path: &str) -> &str {
    let suffixes = [".md", ".mdx", ".markdown"];
    suffixes.iter().find_map(|suffix| path.strip_suffix(suffix)).unwrap_or(path)
}

/// The path of the folder, if the last segment is an index name.
pub(super) fn folder_of(stem: &str, index: &[&str]) -> String {
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    if index.contains(&name) { folder.to_owned() } else { stem.to_owned() }
}

/// A page as a file `a/b.html`, or as a folder.
pub(super) fn file(stem: String, index: &[&str], html: bool) -> String {
    let name = stem.rsplit('/').next().unwrap_or_default();
    if index.contains(&name) {
        folder_of(&stem, index)
    } else if html {
        format!("{stem}.html")
    } else {
        stem
    }
}

/// `a/b.fr` as `fr/a/b`, where `fr` is a language.
pub(super) fn without_language(stem: &str, layout: &Layout) -> String {
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let Some((_, code)) = name.rsplit_once('.') else { return stem.to_owned() };
    let plain = &stem[..stem.len() - code.len() - 1];
    if layout.languages.iter().any(|one| one == code) {
        format!("{code}/{plain}")
    } else if layout.main_language.as_deref() == Some(code) {
        plain.to_owned()
    } else {
        stem.to_owned()
    }
}
