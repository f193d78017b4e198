//! The parts of the destination of a link, before anything is looked up.

/// Whether a destination names another host or another protocol.
pub fn is_external(dest: &str) -> bool {
    if dest.starts_with("//") {
        return true;
    }
    let scheme = dest
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
        .count();
    scheme > 1
        && dest.as_bytes()[0].is_ascii_alphabetic()
        && dest.as_bytes().get(scheme) == Some(&b':')
}

/// Whether a destination is a placeholder for an address: `ENGLISH_VERSION_URL`.
pub fn is_placeholder(dest: &str) -> bool {
    let capitals = dest.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    capitals && ["_URL", "_LINK", "_HREF"].iter().any(|end| dest.ends_with(end))
}

/// The path of a destination, its query with the question mark, and its fragment.
pub fn split(dest: &str) -> (&str, &str, Option<&str>) {
    let (rest, fragment) = dest.split_once('#').map_or((dest, None), |(rest, id)| (rest, Some(id)));
    let (path, query) = rest.find('?').map_or((rest, ""), |at| (&rest[..at], &rest[at..]));
    (path, query, fragment)
}

/// The path of a destination, and all that follows it: the query, the fragment.
pub fn split_path(dest: &str) -> (&str, &str) {
    dest.split_at(split(dest).0.len())
}

/// Whether a path ends like that of a file rather than like an address.
pub fn looks_like_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(stem, ext)| {
        !stem.is_empty()
            && (1..=5).contains(&ext.len())
            && ext.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !ext.bytes().all(|byte| byte.is_ascii_digit())
            && !matches!(ext, "md" | "mdx" | "html" | "htm")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (dest, expected, behind) in [
            ("a/b.md?c=d#e", ("a/b.md", "?c=d", Some("e")), "?c=d#e"),
            ("a#b?c", ("a", "", Some("b?c")), "#b?c"),
            ("#a#b", ("", "", Some("a#b")), "#a#b"),
            ("?#", ("", "?", Some("")), "?#"),
            ("ä", ("ä", "", None), ""),
        ] {
            assert_eq!(split(dest), expected, "{dest}");
            assert_eq!(split_path(dest), (expected.0, behind), "{dest}");
        }
    }

    #[test]
    fn external() {
        for dest in ["https://a", "mailto:a@b", "//cdn", "tel:1", "vscode://x"] {
            assert!(is_external(dest), "{dest}");
        }
        for dest in ["/a:b", "a/b", "#x", "C", "", ":x", "./a:b"] {
            assert!(!is_external(dest), "{dest}");
        }
    }
}
