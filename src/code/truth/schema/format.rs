//! The formats of the keyword `format`.

use core::net::{Ipv4Addr, Ipv6Addr};

use crate::truth::pattern::Pattern;
use crate::truth::steps::{Exhausted, Steps};

use super::draft::Draft;

/// A named format of strings.
#[derive(Debug)]
pub(super) struct Format {
    /// Its name.
    pub name: &'static str,
    /// The first draft that has it.
    since: Draft,
    /// How a text is judged.
    pub check: Check,
}

/// How a text is judged.
#[derive(Debug)]
pub(super) enum Check {
    /// By a pattern.
    Pattern(&'static str),
    /// By a function; `None` where it does not know.
    Function(fn(&str, &mut Steps) -> Result<Option<bool>, Exhausted>),
}

impl Format {
    /// The format of a name in a draft.
    pub fn named(name: &str, draft: Draft) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name && format.since <= draft)
    }
}

/// Every format that is checked. All others are comments for readers.
const FORMATS: &[Format] = &[
    format("date", Draft::Four, Check::Function(|text, _| Ok(Some(is_date(text))))),
    format("time", Draft::Four, Check::Function(|text, _| Ok(Some(is_time(text))))),
    format("date-time", Draft::Four, Check::Function(|text, _| Ok(Some(is_date_time(text))))),
    format("duration", Draft::Nineteen, Check::Pattern(DURATION)),
    format("email", Draft::Four, Check::Function(|text, _| Ok(is_email(text)))),
    format("hostname", Draft::Four, Check::Function(|text, _| Ok(is_hostname(text)))),
    format("ipv4", Draft::Four, Check::Function(|text, _| Ok(Some(is_ipv4(text))))),
    format("ipv6", Draft::Four, Check::Function(|text, _| Ok(Some(is_ipv6(text))))),
    format("uri", Draft::Four, Check::Function(|text, _| Ok(Some(is_uri(text, false, false))))),
    format(
        "uri-reference",
        Draft::Six,
        Check::Function(|text, _| Ok(Some(is_uri(text, true, false)))),
    ),
    format("iri", Draft::Seven, Check::Function(|text, _| Ok(Some(is_uri(text, false, true))))),
    format(
        "iri-reference",
        Draft::Seven,
        Check::Function(|text, _| Ok(Some(is_uri(text, true, true)))),
    ),
    format("uri-template", Draft::Six, Check::Pattern(URI_TEMPLATE)),
    format("uuid", Draft::Nineteen, Check::Pattern(UUID)),
    format("json-pointer", Draft::Six, Check::Pattern("^(/([^~/]|~[01])*)*$")),
    format(
        "relative-json-pointer",
        Draft::Seven,
        Check::Pattern("^(0|[1-9][0-9]*)(#|(/([^~/]|~[01])*)*)$"),
    ),
    format(
        "regex",
        Draft::Four,
        Check::Function(|text, steps| Pattern::is_valid(text, steps).map(Some)),
    ),
];

/// RFC 3339, appendix A.
const DURATION: &str = "^P(?=.)(?:\\d+W|(?:\\d+D|\\d+M(?:\\d+D)?|\\d+Y(?:\\d+M(?:\\d+D)?)?)?\
    (?:T(?:\\d+S|\\d+M(?:\\d+S)?|\\d+H(?:\\d+M(?:\\d+S)?)?))?)$";

const UUID: &str = "^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

/// RFC 6570: literal characters, and names between braces.
const URI_TEMPLATE: &str = "^(?:[^\\x00-\\x20\"<>%\\\\^`{|}\\x7F]|%[0-9a-fA-F]{2}|\
    \\{[+#./;?&=,!@|]?\
    (?:[A-Za-z0-9_]|%[0-9a-fA-F]{2})(?:\\.?(?:[A-Za-z0-9_]|%[0-9a-fA-F]{2}))*\
    (?:\\*|:[1-9][0-9]{0,3})?\
    (?:,(?:[A-Za-z0-9_]|%[0-9a-fA-F]{2})(?:\\.?(?:[A-Za-z0-9_]|%[0-9a-fA-F]{2}))*\
    (?:\\*|:[1-9][0-9]{0,3})?)*\
    \\})*$";

const fn format(name: &'static str, since: Draft, check: Check) -> Format {
    Format { name, since, check }
}

/// A number of as many digits as the text has, if it has no other characters.
fn digits(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// RFC 3339, `full-date`.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part =
        |length: usize| parts.next().filter(|part| part.len() == length).and_then(digits);
    let (Some(year), Some(month), Some(day)) = (part(4), part(2), part(2)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    parts.next().is_none() && (1..=days).contains(&day)
}

/// RFC 3339, `full-time`.
fn is_time(text: &str) -> bool {
    let Some(zone_at) = text.find(['Z', 'z', '+', '-']) else { return false };
    let (clock, zone) = text.split_at(zone_at);
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, fraction),
        None => (clock, "0"),
    };
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let pair = |text: &str| if text.len() == 2 { digits(text) } else { None };
    let parts: Vec<Option<u32>> = clock.split(':').map(pair).collect();
    let [Some(hour), Some(minute), Some(second)] = parts[..] else { return false };
    let offset = match zone.split_at(1) {
        ("Z" | "z", "") => 0,
        (sign @ ("+" | "-"), offset) => {
            let parts: Vec<Option<u32>> = offset.split(':').map(pair).collect();
            let [Some(hours @ 0..=23), Some(minutes @ 0..=59)] = parts[..] else { return false };
            let minutes = (hours * 60 + minutes) as i32;
            if sign == "-" { -minutes } else { minutes }
        }
        _ => return false,
    };
    // A leap second ends a day of universal time.
    let minutes = (hour * 60 + minute) as i32 - offset;
    let last_minute = minutes.rem_euclid(24 * 60) == 24 * 60 - 1;
    hour <= 23 && minute <= 59 && (second <= 59 || second == 60 && last_minute)
}

fn is_date_time(text: &str) -> bool {
    let parts = text.split_once(['T', 't']);
    parts.is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// RFC 1123. Internationalised labels (`xn--…`) are not decoded.
fn is_hostname(text: &str) -> Option<bool> {
    let label = |label: &str| {
        let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(inside)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if text.len() > 253 || !text.split('.').all(label) {
        return Some(false);
    }
    let coded = |label: &str| label.get(2..4) == Some("--");
    if text.split('.').any(coded) { None } else { Some(true) }
}

/// RFC 5321, `Mailbox`.
fn is_email(text: &str) -> Option<bool> {
    let Some((local, domain)) = text.rsplit_once('@') else { return Some(false) };
    let local_is_right = match local.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').is_some_and(is_quoted),
        None => local.split('.').all(|atom| {
            let inside =
                |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
            !atom.is_empty() && atom.bytes().all(inside)
        }),
    };
    if !local_is_right || local.len() > 64 {
        return Some(false);
    }
    match domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => Some(match address.split_at_checked(5) {
            Some((tag, address)) if tag.eq_ignore_ascii_case("ipv6:") => is_ipv6(address),
            _ => is_ipv4(address),
        }),
        None => is_hostname(domain),
    }
}

/// Whether a text is allowed between the quotes of a local part.
fn is_quoted(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let right = match byte {
            b'\\' => bytes.next().is_some_and(|next| (b' '..=b'~').contains(&next)),
            b'"' => false,
            _ => (b' '..=b'~').contains(&byte),
        };
        if !right {
            return false;
        }
    }
    true
}

/// RFC 3986 and 3987: a URI, or with `reference` a relative one too, or with `wide` an IRI.
fn is_uri(text: &str, reference: bool, wide: bool) -> bool {
    let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let scheme_end = rest.find(':').filter(|at| !rest[..*at].contains('/'));
    let behind = match scheme_end {
        Some(at) => {
            let scheme = &rest[..at];
            let inside = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
            let starts = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
            // In a relative reference, a colon in the first segment would look like a scheme.
            if !starts || !scheme.bytes().all(inside) {
                return false;
            }
            &rest[at + 1..]
        }
        None if reference => rest,
        None => return false,
    };
    let (authority, path) = match behind.strip_prefix("//") {
        Some(behind) => behind.split_at(behind.find('/').unwrap_or(behind.len())),
        None => ("", behind),
    };
    let private = |c: char| {
        wide && matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
    };
    is_authority(authority, wide)
        && consists_of(path, wide, |c| ":@/".contains(c))
        && consists_of(query, wide, |c| ":@/?".contains(c) || private(c))
        && consists_of(fragment, wide, |c| ":@/?".contains(c))
}

fn is_authority(text: &str, wide: bool) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else { return false };
            let future =
                address.starts_with(['v', 'V']) && consists_of(address, false, |c| c == ':');
            if !(is_ipv6(address) || future) || !(port.is_empty() || port.starts_with(':')) {
                return false;
            }
            ("", port.trim_start_matches(':'))
        }
        None => host.rsplit_once(':').unwrap_or((host, "")),
    };
    consists_of(user, wide, |c| c == ':')
        && consists_of(host, wide, |_| false)
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has only unreserved characters, sub-delimiters, percent-encoded bytes, and such
/// as `also` admits.
fn consists_of(text: &str, wide: bool, also: impl Fn(char) -> bool) -> bool {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let right = match c {
            '%' => {
                let hex = rest.get(..2);
                rest = rest.get(2..).unwrap_or_default();
                hex.is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            }
            _ if c.is_ascii() => {
                c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=".contains(c) || also(c)
            }
            _ => also(c) || wide && is_wide(c),
        };
        if !right {
            return false;
        }
    }
    true
}

/// RFC 3987, `ucschar`.
fn is_wide(c: char) -> bool {
    let plane = c as u32 & 0xFFFF;
    match c {
        '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}' => true,
        '\u{e0000}'..='\u{e0fff}' => false,
        '\u{10000}'..='\u{effff}' => plane < 0xFFFE,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(name: &str, text: &str) -> Option<bool> {
        let format = Format::named(name, Draft::Twenty).unwrap_or_else(|| panic!("{name}"));
        let mut steps = Steps::new(1_000_000);
        match format.check {
            Check::Function(check) => check(text, &mut steps).expect("few steps"),
            Check::Pattern(pattern) => {
                let pattern = Pattern::new(pattern, &mut steps).expect(name);
                Some(pattern.is_match(text, &mut steps).expect("few steps"))
            }
        }
    }

    #[test]
    fn every_format_tells_right_from_wrong() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("date", &["2024-02-29", "2026-12-31"], &["2026-02-29", "2026-13-01", "26-1-1", "é"]),
            (
                "time",
                &["12:00:00Z", "12:00:00.5+01:30", "23:59:60Z", "00:29:60+00:30"],
                &[
                    "12:00:00",
                    "24:00:00Z",
                    "12:00:60Z",
                    "12:00:00.Z",
                    "12:00Z",
                    "1:00:00Z",
                    "Z",
                    "12:00:00Z01:00",
                ],
            ),
            ("date-time", &["2026-01-02T03:04:05Z"], &["2026-01-02 03:04:05Z", "2026-01-02"]),
            (
                "duration",
                &["P1D", "P4W", "P1Y2M3D", "PT1H2M3S", "P1DT1S"],
                &["P", "PT", "P1DT", "P1W1D", "P1Y1D", "PT1H1S", "1D", "P1", "P1D2Y"],
            ),
            (
                "email",
                &["a.b+c@example.org", "\"a b\"@x.y", "a@[127.0.0.1]", "a@[IPv6:::1]"],
                &["a", "@b", "a@", "a..b@c", ".a@b", "a b@c", "a@-b", "\"a\"b\"@c", "ä@b"],
            ),
            ("hostname", &["a", "a-b.example"], &["", "a.", "-a", "a_b", ".a", "ä", "a b"]),
            ("ipv4", &["127.0.0.1"], &["127.0.0", "256.0.0.1", "01.0.0.1"]),
            ("ipv6", &["::1", "1:2:3:4:5:6:7:8"], &["::1%eth0", "12345::", "1::2::3"]),
            (
                "uri",
                &["https://a:b@c:80/d?e=/#f", "urn:x:y", "mailto:a@b", "http://[::1]/", "a:"],
                &[
                    "",
                    "/a",
                    "//a/b",
                    "a b:c",
                    "http://a b",
                    "http://ä/",
                    "%41:b",
                    "x:%4",
                    "1:a",
                    "http://[::1",
                    "http://a:b/",
                    "http://a/{b}",
                    "x:\\",
                ],
            ),
            ("uri-reference", &["", "/a", "//a/b", "a#b", "?c", "a/b:c"], &["\\a", "a b", "1:a"]),
            ("iri", &["http://ä/ö?ü#ß", "http://ä/?\u{f0000}"], &["ä", "http://\u{202e}\u{e000}/"]),
            ("iri-reference", &["ä"], &["ä b"]),
            (
                "uri-template",
                &["/a{/b*,c:3}{?d}%20", "a"],
                &["{", "}", "{}", "{a:0}", "%2", "{a b}"],
            ),
            ("uuid", &["2eb8aa08-AA98-11ea-b4aa-73b441d16380"], &["2eb8aa08", "x"]),
            ("json-pointer", &["", "/a~0b~1/", "//"], &["a", "/~2", "/~"]),
            ("relative-json-pointer", &["0", "12#", "1/a"], &["", "01", "-1", "a", "0##"]),
            ("regex", &["^(a)\\1$", ""], &["(", "[a"]),
        ];
        for (name, right, wrong) in cases {
            for text in *right {
                assert_eq!(judged(name, text), Some(true), "{name} {text:?}");
            }
            for text in *wrong {
                assert_eq!(judged(name, text), Some(false), "{name} {text:?}");
            }
        }
        assert_eq!(cases.len(), FORMATS.len(), "each has its cases");
        assert_eq!(judged("hostname", "xn--abc"), None);
        assert!(Format::named("uuid", Draft::Seven).is_none());
    }
}
