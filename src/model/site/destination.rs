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
pub(super) fn is_placeholder(dest: &str) -> bool {
    let capitals = dest.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    capitals && ["_URL", "_LINK", "_HREF"].iter().any(|end| dest.ends_with(end))
}

/// The path of a destination, its query with the question mark, and its fragment.
pub(super) fn split(dest: &str) -> (&str, &str, Option<&str>) {
    let (rest, fragment) = dest.split_once('#').map_or((dest, None), |(rest, id)| (rest, Some(id)));
    let (path, query) = rest.find('?').map_or((rest, ""), |at| (&rest[..at], &rest[at..]));
    (path, query, fragment)
}

/// Whether a path ends like that of a file rather than like an address.
pub(super) fn looks_like_file(path: &str) -> bool {
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
    fn external() {
        for dest in ["https://a", "mailto:a@b", "//cdn", "tel:1", "vscode://x"] {
            assert!(is_external(dest), "{dest}");
        }
        for dest in ["/a:b", "a/b", "#x", "C", "", ":x", "./a:b"] {
            assert!(!is_external(dest), "{dest}");
        }
    }
}
