//! From the path of a page to its address.

/// The address of a page: `/` at both ends, `index`, `README` and `_index` stand for their folder.
pub fn of_page(path: &str) -> String {
    let stem = stem(path);
    let folder = match stem.rsplit_once('/') {
        Some((folder, "index" | "README" | "readme" | "_index")) => folder,
        None if matches!(stem, "index" | "README" | "readme" | "_index") => "",
        _ => stem,
    };
    of_key(folder)
}

/// Which of two pages that stand for one folder goes first.
pub fn precedence(path: &str) -> usize {
    match stem(path).rsplit('/').next() {
        Some("index") => 0,
        Some("_index") => 1,
        Some("README" | "readme") => 3,
        _ => 2,
    }
}

/// The path without the suffix of a page.
pub fn stem(path: &str) -> &str {
    path.strip_suffix(".md")
        .or_else(|| path.strip_suffix(".mdx"))
        .or_else(|| path.strip_suffix(".markdown"))
        .unwrap_or(path)
}

/// Whether a path names a page.
pub fn is_page(path: &str) -> bool {
    stem(path).len() != path.len()
}

/// The address of a path without slashes around it.
pub fn of_key(key: &str) -> String {
    if key.is_empty() { "/".to_owned() } else { format!("/{key}/") }
}

/// An address without the slashes around it.
pub fn key(route: &str) -> &str {
    route.trim_matches('/')
}

/// Whether a site can have an address: it stays inside, and is not the repository's own folder.
pub fn is_possible(key: &str) -> bool {
    crate::source::VPath::new(key).is_some_and(|path| {
        !path.as_str().split('/').next().is_some_and(|top| top.eq_ignore_ascii_case(".git"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes() {
        for (path, route) in [
            ("index.md", "/"),
            ("README.md", "/"),
            ("a/index.mdx", "/a/"),
            ("a/_index.md", "/a/"),
            ("a/b.md", "/a/b/"),
            ("a/b.c.md", "/a/b.c/"),
        ] {
            assert_eq!(of_page(path), route, "{path}");
        }
    }
}
