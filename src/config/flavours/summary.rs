//! The table of contents of a book: nested lists of links, with titles of parts between them.

use crate::config::NavItem;
use crate::source::Span;

/// A link of a line: title, destination and the bytes of the destination.
struct Entry<'t> {
    title: &'t str,
    dest: &'t str,
    span: Span,
}

/// The entries of a SUMMARY.md.
pub fn items(text: &str) -> Vec<NavItem> {
    let mut parts: Vec<(String, Vec<NavItem>)> = vec![(String::new(), Vec::new())];
    let mut comment = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if comment || line.contains("<!--") {
            comment = !line.contains("-->");
            continue;
        }
        let trimmed = line.trim();
        if let Some(title) = trimmed.strip_prefix("# ") {
            let title = if parts.len() == 1 && parts[0].1.is_empty() { "" } else { title.trim() };
            parts.push((title.to_owned(), Vec::new()));
            continue;
        }
        let Some(entry) = entry(line, start) else { continue };
        let items = &mut parts.last_mut().expect("there is always a part").1;
        // A draft has a title and no page yet.
        if entry.dest.is_empty() {
            continue;
        }
        let path = entry.dest.split('#').next().unwrap_or(entry.dest);
        items.push(if entry.dest.contains("://") || !path.ends_with(".md") {
            NavItem::Link { label: entry.title.to_owned(), url: entry.dest.to_owned() }
        } else {
            NavItem::Page { target: decoded(path), span: entry.span }
        });
    }
    let mut out = Vec::new();
    for (title, items) in parts {
        if title.is_empty() {
            out.extend(items);
        } else if !items.is_empty() {
            out.push(NavItem::Group { title, items });
        }
    }
    out
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// The first link of a line.
fn entry(line: &str, start: usize) -> Option<Entry<'_>> {
    let trimmed = line.trim_start();
    let item = trimmed.trim_start_matches(['-', '*', '+', ' ', '\t']);
    if !item.starts_with('[') {
        return None;
    }
    let open = line.len() - item.len();
    let close = line.rfind("](").filter(|close| *close > open)?;
    let from = close + 2;
    let to = from + line[from..].rfind(')')?;
    let dest = line[from..to].trim();
    let dest = dest.strip_prefix('<').and_then(|d| d.strip_suffix('>')).unwrap_or(dest);
    // A title may stand behind the path.
    let dest = dest.split(" \"").next().unwrap_or(dest).trim();
    let lead = line[from..].find(dest).unwrap_or(0);
    let span = Span::new(start + from + lead, start + from + lead + dest.len());
    Some(Entry { title: &line[open + 1..close], dest, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_parts_and_drafts() {
        let text = "# Summary\n\n[Title](title.md)\n\n- [A](a.md)\n    - [B `x`](a/b.md)\n- [Draft]()\n\
                    - [Web](https://x.example)\n<!-- - [Old](old.md) -->\n\n# Part\n\n- [C](<c d.md>)\n---\n";
        let items = items(text);
        let pages: Vec<String> = items
            .iter()
            .flat_map(|item| match item {
                NavItem::Page { target, span } => {
                    assert_eq!(&text[span.start..span.end], target);
                    vec![target.clone()]
                }
                NavItem::Group { title, items } => vec![title.clone(), format!("{}", items.len())],
                NavItem::Link { url, .. } => vec![url.clone()],
            })
            .collect();
        assert_eq!(pages, ["title.md", "a.md", "a/b.md", "https://x.example", "Part", "1"]);
    }
}
