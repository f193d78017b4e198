//! Turns bare addresses in text into links, like GitHub: `https://`, `http://` and `www.`.

use super::escape;

/// The prefixes of an address.
const PREFIXES: [&str; 3] = ["https://", "http://", "www."];

/// The longest address, in bytes. Most browsers and servers accept no more than 8 KiB, and without
/// a limit, a long run of `(www.` would take quadratic time.
const MAX_ADDRESS: usize = 8 * 1024;

/// Writes text, with its addresses as links.
pub fn text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, shown, behind)) = next(rest) {
        escape::text(out, before);
        let scheme = if shown.starts_with("www.") { "http://" } else { "" };
        out.push_str("<a");
        escape::attribute(out, "href", &escape::address(&format!("{scheme}{shown}")));
        out.push('>');
        escape::text(out, shown);
        out.push_str("</a>");
        rest = behind;
    }
    escape::text(out, rest);
}

/// The next address, with the text before and after it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    for start in memchr::memchr2_iter(b'h', b'w', text.as_bytes()) {
        let (before, rest) = text.split_at(start);
        let Some(prefix) = PREFIXES.into_iter().find(|prefix| rest.starts_with(prefix)) else {
            continue;
        };
        if before.ends_with(|c: char| !c.is_whitespace() && !"*_~(".contains(c)) {
            continue;
        }
        let (shown, behind) = rest.split_at(address_len(rest));
        // The punctuation that was trimmed may have been part of the prefix.
        let Some(address) = shown.strip_prefix(prefix) else { continue };
        let host = address.split(['/', '?', '#']).next().unwrap_or_default();
        if host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && plain_host(host)
        {
            return Some((before, shown, behind));
        }
    }
    None
}

/// A host without placeholders in it.
fn plain_host(host: &str) -> bool {
    host.chars().all(|c| c.is_alphanumeric() || "-.:@_".contains(c))
}

/// The length of an address: up to a blank or `<`, without the punctuation of the sentence around
/// it. It is 0 for a run that is too long to be an address.
fn address_len(rest: &str) -> usize {
    let ends = |&(at, c): &(usize, char)| at > MAX_ADDRESS || c.is_whitespace() || c == '<';
    let mut end = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
    if end > MAX_ADDRESS {
        return 0;
    }
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
    fn linked(text: &str) -> String {
        let mut out = String::new();
        super::text(&mut out, text);
        out
    }

    /// A prefix alone, or followed only by punctuation, is text.
    #[test]
    fn a_prefix_is_no_address() {
        let around = ["", "(", ")", "*", "_", "~", " ", ".", ",", ":", ";", "'", "\"", "?!", "é"];
        for prefix in super::PREFIXES {
            for before in around {
                for behind in around {
                    let text = format!("see {before}{prefix}{behind} more");
                    assert!(!linked(&text).contains("<a"), "{text}");
                }
            }
        }
    }

    #[test]
    fn an_address_has_a_length() {
        let of = |len: usize| format!("https://a.example/{}", "é".repeat((len - 18) / 2));
        assert!(linked(&of(super::MAX_ADDRESS)).starts_with("<a"));
        assert_eq!(linked(&of(super::MAX_ADDRESS + 2)), of(super::MAX_ADDRESS + 2));
    }

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
            assert_eq!(linked(text), expected);
        }
    }
}
