//! At which address a generator publishes a page: its path, its front matter, the settings.

use super::Flavour;
use super::layout::{Layout, Mount, MountKind, joined};
use crate::markdown::front_matter::FrontMatter;

/// The address of a page with slashes at both ends, or with `.html` at its end; `None` where
/// nothing but docgen's own rule applies.
pub fn of(
    flavour: Flavour,
    layout: &Layout,
    mount: &Mount,
    inside: &str,
    front: &FrontMatter,
) -> Option<String> {
    let stem = stem(inside);
    let key = match flavour {
        Flavour::Native | Flavour::Mintlify | Flavour::Plain => return None,
        Flavour::MdBook => file(joined(&mount.at, stem), &["index", "README", "readme"], true),
        Flavour::MkDocs => {
            let stem = without_language(stem, layout);
            file(joined(&mount.at, &stem), &["index", "README", "readme"], layout.html)
        }
        Flavour::VitePress => {
            let path = rewritten(inside, &layout.rewrites);
            file(joined(&mount.at, self::stem(&path)), &["index"], layout.html)
        }
        Flavour::Starlight => match front.str("slug") {
            Some(slug) => joined(&mount.at, slug.trim_matches('/')),
            None => joined(&mount.at, &slugged(&folder_of(stem, &["index"]))),
        },
        Flavour::Docusaurus => docusaurus(mount, stem, front),
        Flavour::Hugo => hugo(layout, mount, stem, front),
    };
    Some(written(&key))
}

fn written(key: &str) -> String {
    let key = key.trim_matches('/');
    match key {
        "" => "/".to_owned(),
        _ if key.ends_with(".html") => format!("/{key}"),
        _ => format!("/{key}/"),
    }
}

fn stem(path: &str) -> &str {
    let suffixes = [".md", ".mdx", ".markdown"];
    suffixes.iter().find_map(|suffix| path.strip_suffix(suffix)).unwrap_or(path)
}

/// The path of the folder, if the last part is one of the names that stand for it.
fn folder_of(stem: &str, index: &[&str]) -> String {
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    if index.contains(&name) { folder.to_owned() } else { stem.to_owned() }
}

/// A page as a file `a/b.html`, or as a folder.
fn file(stem: String, index: &[&str], html: bool) -> String {
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
fn without_language(stem: &str, layout: &Layout) -> String {
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

/// The path that the first fitting rule gives.
fn rewritten(path: &str, rules: &[(String, String)]) -> String {
    rules
        .iter()
        .find_map(|(from, to)| {
            let holes = matched(path, from)?;
            let mut out = to.clone();
            for (name, value) in holes {
                out = out.replace(&format!(":{name}*"), value).replace(&format!(":{name}"), value);
            }
            Some(out)
        })
        .unwrap_or_else(|| path.to_owned())
}

/// What the `:name` parts of a pattern stand for; one with a star stands for several parts.
fn matched<'p, 'r>(path: &'p str, pattern: &'r str) -> Option<Vec<(&'r str, &'p str)>> {
    let mut holes = Vec::new();
    let mut path = Some(path);
    let mut parts = pattern.split('/').peekable();
    while let Some(part) = parts.next() {
        let rest = path?;
        let Some(colon) = part.find(':') else {
            let (own, behind) = cut(rest);
            if own != part {
                return None;
            }
            path = behind;
            continue;
        };
        let hole = &part[colon + 1..];
        let end = hole.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(hole.len());
        let (name, mut tail) = hole.split_at(end);
        let star = tail.starts_with(['*', '+']);
        tail = tail.trim_start_matches(['*', '+']);
        if tail.starts_with('(') {
            tail = tail.split_once(')').map_or("", |(_, tail)| tail);
        }
        let (own, behind) = if star && parts.peek().is_none() { (rest, None) } else { cut(rest) };
        let value = own.strip_prefix(&part[..colon])?.strip_suffix(tail)?;
        holes.push((name, value));
        path = behind;
    }
    path.is_none().then_some(holes)
}

fn cut(path: &str) -> (&str, Option<&str>) {
    path.split_once('/').map_or((path, None), |(own, behind)| (own, Some(behind)))
}

/// As GitHub's slugger writes each part of a path.
fn slugged(path: &str) -> String {
    let part = |part: &str| -> String {
        let small = part.to_lowercase();
        let kept = small.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn docusaurus(mount: &Mount, stem: &str, front: &FrontMatter) -> String {
    if mount.kind == MountKind::Blog {
        return joined(
            &mount.at,
            &front.str("slug").map_or_else(|| post(stem), |slug| slug.trim_matches('/').to_owned()),
        );
    }
    if mount.kind == MountKind::Pages {
        return joined(&mount.at, &folder_of(stem, &["index"]));
    }
    let plain: Vec<&str> = stem.split('/').map(without_number).collect();
    let (name, folders) = plain.split_last().unwrap_or((&"", &[]));
    let folder = folders.join("/");
    if let Some(slug) = front.str("slug") {
        let slug_inside = slug.trim_matches('/');
        return if slug.starts_with('/') {
            joined(&mount.at, slug_inside)
        } else {
            joined(&mount.at, &normal(&joined(&folder, slug_inside)))
        };
    }
    let own = stem.rsplit('/').next().unwrap_or(stem).to_lowercase();
    let above = stem.rsplit('/').nth(1).map(str::to_lowercase);
    if matches!(own.as_str(), "index" | "readme") || above.as_deref() == Some(own.as_str()) {
        return joined(&mount.at, &folder);
    }
    let name = front.str("id").unwrap_or(name);
    joined(&mount.at, &joined(&folder, name))
}

/// The path with its `.` and `..` followed.
fn normal(path: &str) -> String {
    crate::source::VPath::new(path).map_or_else(String::new, |path| path.as_str().to_owned())
}

/// `01-intro` as `intro`; what looks like a date or a version stays.
pub fn without_number(part: &str) -> &str {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let rest = part[digits..].trim_start();
    let behind = rest.trim_start_matches(['-', '_', '.', ' ']);
    let separated = rest.starts_with(['-', '_', '.']) && !behind.is_empty();
    if digits == 0 || !separated || behind.starts_with(|c: char| c.is_ascii_digit()) {
        part
    } else {
        behind
    }
}

/// `2024-05-01-hello` as `2024/05/01/hello`.
fn post(stem: &str) -> String {
    let stem = folder_of(stem, &["index"]);
    let bytes = stem.as_bytes();
    let digits = |at: usize, most: usize| {
        bytes[at..].iter().take(most).take_while(|byte| byte.is_ascii_digit()).count()
    };
    for start in (0..bytes.len()).filter(|at| *at == 0 || bytes[at - 1] == b'/') {
        if digits(start, 4) != 4 || !matches!(bytes.get(start + 4), Some(b'-' | b'/')) {
            continue;
        }
        let month = digits(start + 5, 2);
        let day_at = start + 5 + month + 1;
        if month == 0 || day_at > bytes.len() || !matches!(bytes[day_at - 1], b'-' | b'/') {
            continue;
        }
        let day = digits(day_at, 2);
        if day == 0 {
            continue;
        }
        let text = stem[day_at + day..].trim_start_matches(['-', '/']);
        let date = stem[start..day_at + day].replace('-', "/");
        return joined(stem[..start].trim_matches('/'), &joined(&date, text));
    }
    stem
}

fn hugo(layout: &Layout, mount: &Mount, stem: &str, front: &FrontMatter) -> String {
    let prefix = |key: &str| joined(&mount.at, key);
    if let Some(url) = front.str("url") {
        return if url.starts_with('/') { url.to_owned() } else { prefix(url) };
    }
    let stem = without_language(stem, layout);
    let (language, stem) = layout
        .languages
        .iter()
        .find_map(|code| {
            Some((code.as_str(), stem.strip_prefix(code.as_str())?.strip_prefix('/')?))
        })
        .filter(|_| layout.main_language.is_some())
        .unwrap_or(("", &stem));
    let index = ["index", "_index"];
    let folder = folder_of(stem, &index);
    let is_section = stem.rsplit('/').next() == Some("_index");
    let path = match front.str("slug").filter(|_| !is_section) {
        Some(slug) => joined(folder.rsplit_once('/').map_or("", |(up, _)| up), slug),
        None => folder,
    };
    let path = path.to_lowercase().replace(' ', "-");
    prefix(&joined(
        language,
        &if layout.html && !is_section { format!("{path}.html") } else { path },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::front_matter;

    fn address(
        flavour: Flavour,
        layout: &Layout,
        mount: &Mount,
        path: &str,
        front: &str,
    ) -> String {
        let text = format!("---\n{front}\n---\n");
        let (front, _) = front_matter::read(&text);
        of(flavour, layout, mount, path, &front).unwrap()
    }

    #[test]
    fn addresses_by_path_and_front_matter() {
        let docs = Mount { at: "docs".to_owned(), ..Mount::default() };
        let blog = Mount { at: "blog".to_owned(), kind: MountKind::Blog, ..Mount::default() };
        let root = Mount::default();
        use Flavour::{Docusaurus, Hugo, MdBook, MkDocs, Starlight, VitePress};
        for (flavour, mount, path, front, expected) in [
            (MdBook, &root, "README.md", "", "/"),
            (MdBook, &root, "a/README.md", "", "/a/"),
            (MdBook, &root, "a/b.md", "", "/a/b.html"),
            (MkDocs, &root, "a/b.md", "", "/a/b/"),
            (MkDocs, &root, "a/index.md", "", "/a/"),
            (VitePress, &root, "a/README.md", "", "/a/README/"),
            (Starlight, &root, "Guides/My Page.mdx", "", "/guides/my-page/"),
            (Starlight, &root, "a/b.md", "slug: x/y", "/x/y/"),
            (Docusaurus, &docs, "01-intro.md", "", "/docs/intro/"),
            (Docusaurus, &docs, "1. a/02_b.mdx", "", "/docs/a/b/"),
            (Docusaurus, &docs, "2024-05 notes.md", "", "/docs/2024-05 notes/"),
            (Docusaurus, &docs, "7.0-upgrade.md", "", "/docs/7.0-upgrade/"),
            (Docusaurus, &docs, "a/index.md", "", "/docs/a/"),
            (Docusaurus, &docs, "a/a.md", "", "/docs/a/"),
            (Docusaurus, &docs, "a/b.md", "id: c", "/docs/a/c/"),
            (Docusaurus, &docs, "a/b.md", "slug: /c", "/docs/c/"),
            (Docusaurus, &docs, "a/b.md", "slug: c", "/docs/a/c/"),
            (Docusaurus, &docs, "a/b.md", "slug: /", "/docs/"),
            (Docusaurus, &blog, "2019-05-28-hello.md", "", "/blog/2019/05/28/hello/"),
            (
                Docusaurus,
                &blog,
                "2019/2019-05-28-hello/index.md",
                "",
                "/blog/2019/2019/05/28/hello/",
            ),
            (Docusaurus, &blog, "2019-05-28-hello.md", "slug: hi", "/blog/hi/"),
            (Docusaurus, &blog, "hello.md", "", "/blog/hello/"),
            (Hugo, &root, "Docs/My Page.md", "", "/docs/my-page/"),
            (Hugo, &root, "a/_index.md", "slug: x", "/a/"),
            (Hugo, &root, "a/b/index.md", "slug: x", "/a/x/"),
            (Hugo, &root, "a/b.md", "url: /c/d.html", "/c/d.html"),
        ] {
            let found = address(flavour, &Layout::default(), mount, path, front);
            assert_eq!(found, expected, "{flavour:?} {path} {front}");
        }
    }

    #[test]
    fn rewrites_move_pages() {
        let rules = [
            ("packages/:pkg/src/:slug*".to_owned(), ":pkg/:slug*".to_owned()),
            ("a/:x.md".to_owned(), "b/:x.md".to_owned()),
        ];
        for (path, expected) in [
            ("packages/one/src/a/b.md", "one/a/b.md"),
            ("a/q.md", "b/q.md"),
            ("a/q/r.md", "a/q/r.md"),
            ("c.md", "c.md"),
        ] {
            assert_eq!(rewritten(path, &rules), expected);
        }
    }
}
