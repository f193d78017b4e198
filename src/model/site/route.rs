//! The addresses of pages.

use super::language;

/// The address of the page that hosts show for addresses that do not exist.
pub const NOT_FOUND: &str = "/404.html";

/// The address of a page that is shown in place of those that do not exist, if it is one: the page
/// of this name at the top, or at the top of a language.
pub fn of_not_found(path: &str, name: &str) -> Option<String> {
    let (language, inside) = language::split(path);
    if stem(&inside) != name {
        return None;
    }
    let folder = if language.is_empty() { String::new() } else { format!("/{language}") };
    Some(format!("{folder}{NOT_FOUND}"))
}

/// Whether a page with this address is shown for addresses that do not exist.
pub fn is_not_found(route: &str) -> bool {
    let folder = route.strip_suffix(NOT_FOUND);
    folder.is_some_and(|folder| folder.is_empty() || language::is_language(&folder[1..]))
}

/// The address of a page, with `/` at both ends; that of `index`, `README` and `_index` is the
/// address of their folder.
pub fn of_page(path: &str) -> String {
    let stem = stem(path);
    let folder = match stem.rsplit_once('/') {
        Some((folder, "index" | "README" | "readme" | "_index")) => folder,
        None if matches!(stem, "index" | "README" | "readme" | "_index") => "",
        _ => stem,
    };
    of_key(folder)
}

/// The precedence of the page among several that are the index of one folder.
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

/// Whether a site can have an address.
pub fn is_possible(key: &str) -> bool {
    fault(key).is_none()
}

/// Why a site cannot have an address, if it cannot.
pub fn fault(key: &str) -> Option<&'static str> {
    let Some(path) = crate::source::VPath::new(key) else { return Some("it leaves the site") };
    if path.as_str().split('/').next().is_some_and(|top| top.eq_ignore_ascii_case(".git")) {
        return Some("it is the folder of the repository");
    }
    // Some readers of `_redirects` take the Unicode line and paragraph separators as line ends.
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    key.contains(breaks).then_some("it contains a line break or another control character")
}

/// Why an address cannot be an earlier one of a page, if it cannot. It must be a single address: a
/// pattern could match any other page.
pub fn alias_fault(key: &str) -> Option<&'static str> {
    let pattern = key.contains('*') || key.split('/').any(|part| part.starts_with(':'));
    fault(key)
        .or_else(|| pattern.then_some("it is a pattern, which only the settings can redirect"))
        .or_else(|| key.contains(['?', '#']).then_some("a page has no query and no fragment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_a_page_for_what_does_not_exist() {
        for (path, expected) in [
            ("404.md", Some("/404.html")),
            ("ar/404.md", Some("/ar/404.html")),
            ("404.pt-BR.md", Some("/pt-BR/404.html")),
            ("codes/404.md", None),
            ("ar/codes/404.md", None),
            ("ar/index.md", None),
        ] {
            let route = of_not_found(path, "404");
            assert_eq!(route.as_deref(), expected, "{path}");
            assert!(route.is_none_or(|route| is_not_found(&route)), "{path}");
        }
        assert!(!is_not_found("/codes/404.html") && !is_not_found("/ar/404/"));
    }

    #[test]
    fn addresses_that_no_page_can_have_had() {
        for (key, why) in [
            ("old/page", ""),
            ("old page", ""),
            ("a:b", ""),
            ("../x", "leaves"),
            (".GIT/config", "repository"),
            ("x\n/* https://evil.example/:splat 302!", "line break"),
            ("x\u{2028}y", "line break"),
            ("*", "pattern"),
            (":any/x", "pattern"),
            ("x?y", "query"),
            ("x#y", "fragment"),
        ] {
            let found = alias_fault(key);
            assert!(found.is_none() == why.is_empty(), "{key}: {found:?}");
            assert!(found.unwrap_or_default().contains(why), "{key}: {found:?}");
        }
    }

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
