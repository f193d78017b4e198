//! Bare addresses in text become links, as GitHub has it: `https://`, `http://` and `www.`.

use super::escape;

/// Writes text, with links where addresses stand.
pub fn text(out: &mut String, text: &str) {
    let mut done = 0;
    let mut pos = 0;
    while let Some((start, end)) = next(text, pos) {
        escape::text(out, &text[done..start]);
        let shown = &text[start..end];
        let scheme = if shown.starts_with("www.") { "http://" } else { "" };
        out.push_str("<a");
        escape::attribute(out, "href", &escape::address(&format!("{scheme}{shown}")));
        out.push('>');
        escape::text(out, shown);
        out.push_str("</a>");
        done = end;
        pos = end;
    }
    escape::text(out, &text[done..]);
}

/// The next address from `pos` on.
fn next(text: &str, mut pos: usize) -> Option<(usize, usize)> {
    while let Some(at) = memchr::memchr2(b'h', b'w', &text.as_bytes()[pos..]) {
        let start = pos + at;
        pos = start + 1;
        let rest = &text[start..];
        let Some(prefix) =
            ["https://", "http://", "www."].into_iter().find(|prefix| rest.starts_with(prefix))
        else {
            continue;
        };
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| !c.is_whitespace() && !"*_~(".contains(c)) {
            continue;
        }
        let end = start + address_len(rest);
        let host = text[start + prefix.len()..end].split(['/', '?', '#']).next().unwrap_or("");
        if host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && plain_host(host)
        {
            return Some((start, end));
        }
    }
    None
}

/// A host without placeholders in it.
fn plain_host(host: &str) -> bool {
    host.chars().all(|c| c.is_alphanumeric() || "-.:@_".contains(c))
}

/// Where the address ends: at a blank or `<`, without the punctuation of the sentence around it.
fn address_len(rest: &str) -> usize {
    let mut end = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    let opened = rest[..end].matches('(').count();
    let mut closed = rest[..end].matches(')').count();
    while let Some(last) = rest[..end].chars().next_back() {
        let closes_more = last == ')' && closed > opened;
        closed -= usize::from(closes_more);
        if !closes_more && !"?!.,:*_~'\";".contains(last) {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    #[test]
    fn addresses() {
        for (text, expected) in [
            (
                "see https://a.example/b.",
                "see <a href=\"https://a.example/b\">https://a.example/b</a>.",
            ),
            (
                "(https://a.example/x_(y))",
                "(<a href=\"https://a.example/x_(y)\">https://a.example/x_(y)</a>)",
            ),
            ("www.a.example, yes", "<a href=\"http://www.a.example\">www.a.example</a>, yes"),
            (
                "http://localhost:1 https:// whttps://a.b",
                "http://localhost:1 https:// whttps://a.b",
            ),
            ("https://$HOST.x/", "https://$HOST.x/"),
        ] {
            let mut out = String::new();
            super::text(&mut out, text);
            assert_eq!(out, expected);
        }
    }
}
