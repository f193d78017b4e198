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

/// The rest of an absolute address below that of the site: a path, or nothing but a query or a
/// fragment; `None` if it leads elsewhere.
pub fn below<'d>(dest: &'d str, site: &str) -> Option<&'d str> {
    fn host(url: &str) -> Option<(&str, &str)> {
        let rest = match url.strip_prefix("//") {
            Some(rest) => rest,
            None => {
                let (scheme, rest) = url.split_once("://")?;
                let is_web = ["https", "http"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
                is_web.then_some(rest)?
            }
        };
        Some(rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())))
    }
    let (own, base) = host(site)?;
    let (other, rest) = host(dest)?;
    let rest = rest.strip_prefix(base.trim_end_matches('/'))?;
    let is_below =
        own.eq_ignore_ascii_case(other) && (rest.is_empty() || rest.starts_with(['/', '?', '#']));
    is_below.then_some(rest)
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
    fn own_addresses() {
        for (dest, site, rest) in [
            ("https://x.example/a/#b", "https://x.example", Some("/a/#b")),
            ("http://X.example/a", "https://x.example/", Some("/a")),
            ("//x.example", "https://x.example", Some("")),
            ("https://x.example/docs/a", "https://x.example/docs/", Some("/a")),
            ("https://x.example/docs#a", "https://x.example/docs", Some("#a")),
            ("https://x.example/docs2/a", "https://x.example/docs", None),
            ("https://x.example/", "https://x.example/docs", None),
            ("https://x.example:80/a", "https://x.example", None),
            ("https://x.example.org/a", "https://x.example", None),
            ("ftp://x.example/a", "https://x.example", None),
            ("mailto:a@x.example", "https://x.example", None),
        ] {
            assert_eq!(below(dest, site), rest, "{dest}");
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
