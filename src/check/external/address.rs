//! Addresses of other sites: which of them can be asked for, and how they are written then.

use std::fmt;
use std::net::Ipv6Addr;

use super::punycode;

/// The longest address that is asked for, in bytes; servers refuse longer ones.
const MAX_LENGTH: usize = 8_000;

/// An address as it is asked for: without its fragment, otherwise encoded as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    secure: bool,
    /// The host in lower case and the port, if it is not the usual one.
    authority: String,
    /// The length of the host in `authority`.
    host: usize,
    /// The name and password before the host, with the `@`.
    user: String,
    /// The path and the query.
    rest: String,
}

/// Why an address is not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skip {
    /// Another protocol, such as `mailto:`.
    Protocol,
    /// A name that examples are written with, such as `example.com` or `localhost`.
    Example,
    /// An address inside a network, such as `192.168.1.1`.
    Private,
    /// A part of it stands for something else: `https://{host}/`.
    Placeholder,
    /// No address: no host, or a port that is none.
    Malformed,
    /// A setting says so.
    Setting,
}

impl Skip {
    /// The reason, as the summary has it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Protocol => "other protocols",
            Self::Example => "names for examples",
            Self::Private => "private network",
            Self::Placeholder => "placeholders",
            Self::Malformed => "no address",
            Self::Setting => "skipped by a setting",
        }
    }
}

impl Address {
    /// Reads the destination of a link.
    pub fn read(dest: &str) -> Result<Self, Skip> {
        let dest = dest.trim();
        let (scheme, rest) = match dest.strip_prefix("//") {
            Some(rest) => ("https", rest),
            None => dest.split_once(':').ok_or(Skip::Malformed)?,
        };
        let secure = scheme.eq_ignore_ascii_case("https");
        if !secure && !scheme.eq_ignore_ascii_case("http") {
            return Err(Skip::Protocol);
        }
        let rest = match dest.starts_with("//") {
            true => rest,
            false => rest.strip_prefix("//").ok_or(Skip::Malformed)?,
        };
        if has_placeholder(rest) {
            return Err(Skip::Placeholder);
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '\\']).unwrap_or(rest.len()));
        let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (name, port) = name_and_port(place).ok_or(Skip::Malformed)?;
        let name = punycode::to_ascii(name).filter(|name| is_name(name));
        let mut authority = name.ok_or(Skip::Malformed)?;
        let host = authority.len();
        if let Some(port) = port.filter(|port| *port != if secure { 443 } else { 80 }) {
            authority.push_str(&format!(":{port}"));
        }
        let slash = if rest.starts_with(['/', '\\']) { "" } else { "/" };
        let user = if user.is_empty() { String::new() } else { format!("{}@", sendable(user)) };
        let rest = format!("{slash}{}", sendable(rest));
        let address = Self { secure, authority, host, user, rest };
        if address.to_string().len() > MAX_LENGTH {
            return Err(Skip::Malformed);
        }
        Ok(address)
    }

    /// Where a redirect leads from here.
    pub fn join(&self, location: &str) -> Option<Self> {
        let location = location.trim();
        let scheme = if self.secure { "https" } else { "http" };
        if location.starts_with("//") {
            return Self::read(&format!("{scheme}:{location}")).ok();
        }
        let named = location.find(':').is_some_and(|at| {
            location[..at].bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        });
        if named && crate::markdown::destination::is_external(location) {
            return Self::read(location).ok();
        }
        let location = location.split('#').next().unwrap_or_default();
        let path = self.rest.split('?').next().unwrap_or_default();
        let rest = match location.as_bytes().first() {
            None => self.rest.clone(),
            Some(b'/') => location.to_owned(),
            Some(b'?') => format!("{path}{location}"),
            Some(_) => format!("{}{location}", &path[..=path.rfind('/').unwrap_or_default()]),
        };
        Some(Self { rest: without_dots(&sendable(&rest)), ..self.clone() })
    }

    /// The host, in lower case and in ASCII.
    pub fn host(&self) -> &str {
        &self.authority[..self.host]
    }

    /// The host and the port, if it is not the usual one.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.rest.split('?').next().unwrap_or_default()
    }

    /// Whether it is asked for over an encrypted connection.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// The same address over a plain connection.
    pub fn plain(&self) -> Self {
        Self { secure: false, ..self.clone() }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}{}{}", self.user, self.authority, self.rest)
    }
}

/// The name of a host and the number of its port. The name of an IPv6 address has its brackets.
fn name_and_port(place: &str) -> Option<(&str, Option<u16>)> {
    let behind = if place.starts_with('[') { place.find(']')? + 1 } else { 0 };
    let Some(colon) = place[behind..].find(':').map(|at| behind + at) else {
        return (!place.is_empty()).then_some((place, None));
    };
    let (name, port) = (&place[..colon], &place[colon + 1..]);
    let port = if port.is_empty() { None } else { Some(port.parse().ok()?) };
    (!name.is_empty()).then_some((name, port))
}

/// Whether a text has the form of a host's name or address. Only ASCII gets here.
fn is_name(name: &str) -> bool {
    if let Some(inside) = name.strip_prefix('[') {
        return inside.strip_suffix(']').is_some_and(|ip| ip.parse::<Ipv6Addr>().is_ok());
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() <= 253 && name.split('.').all(label)
}

/// Whether a part of an address stands for something else.
fn has_placeholder(rest: &str) -> bool {
    let angled = rest.find('<').is_some_and(|at| rest[at..].contains('>'));
    angled
        || ["{{", "}}", "${", "...", "…", "%7B%7B", "$("].iter().any(|mark| rest.contains(mark))
        || rest.find('{').is_some_and(|at| rest[at..].contains('}'))
        || rest
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|host| host.contains(['$', '*', '_', '%']))
}

/// The text with those characters encoded that no request may have. What is encoded stays as it
/// is: servers tell `%2F` from `/`, and `%2B` from `+`.
fn sendable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'\\' => out.push('/'),
            b'"' | b'<' | b'>' | b'`' | b'{' | b'|' | b'}' | b'^' | 0..=b' ' | 127.. => {
                out.push_str(&format!("%{byte:02X}"));
            }
            _ => out.push(char::from(byte)),
        }
    }
    out
}

/// A path with a query, without `.` and `..` in the path.
fn without_dots(rest: &str) -> String {
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    let mut parts: Vec<&str> = Vec::new();
    let mut open = false;
    for part in path.split('/').skip(1) {
        open = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let end = if open && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}{query}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_kept_as_written() {
        for (dest, asked) in [
            ("https://A.example", "https://a.example/"),
            ("HTTP://a.example:80/x", "http://a.example/x"),
            ("https://a.example:443?q", "https://a.example/?q"),
            ("https://a.example:8443/x#y", "https://a.example:8443/x"),
            ("//a.example/x", "https://a.example/x"),
            ("https://a.example/a%2Fb%23c%2Bd%20e", "https://a.example/a%2Fb%23c%2Bd%20e"),
            ("https://a.example/a(b)_[c]*~!'$&+,;=:@", "https://a.example/a(b)_[c]*~!'$&+,;=:@"),
            ("https://a.example/%", "https://a.example/%"),
            ("https://a.example/ü x|y", "https://a.example/%C3%BC%20x%7Cy"),
            ("https://me:pw@a.example/x", "https://me:pw@a.example/x"),
            ("https://bücher.de/", "https://xn--bcher-kva.de/"),
            ("https://[2001:DB8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
            ("https://a.example/?q=a+b&c=%2B#f", "https://a.example/?q=a+b&c=%2B"),
        ] {
            assert_eq!(Address::read(dest).map(|one| one.to_string()), Ok(asked.into()), "{dest}");
        }
    }

    #[test]
    fn what_is_no_address_is_not_asked_for() {
        for (dest, why) in [
            ("mailto:a@b.example", Skip::Protocol),
            ("vscode://x/y", Skip::Protocol),
            ("https:/a.example", Skip::Malformed),
            ("https://", Skip::Malformed),
            ("https://a.example:x/", Skip::Malformed),
            ("https://a b.example/", Skip::Malformed),
            ("https://<your-host>/x", Skip::Placeholder),
            ("https://a.example/{id}", Skip::Placeholder),
            ("https://$HOST/x", Skip::Placeholder),
            ("https://a.example/${x}", Skip::Placeholder),
            ("https://a.example/...", Skip::Placeholder),
            ("https://*.a.example/", Skip::Placeholder),
        ] {
            assert_eq!(Address::read(dest), Err(why), "{dest}");
        }
    }

    #[test]
    fn redirects_are_relative_to_where_they_come_from() {
        let from = Address::read("https://a.example:8443/x/y?z=1").unwrap();
        for (location, to) in [
            ("/b", "https://a.example:8443/b"),
            ("b?c#d", "https://a.example:8443/x/b?c"),
            ("../b", "https://a.example:8443/b"),
            ("./", "https://a.example:8443/x/"),
            ("../../../..", "https://a.example:8443/"),
            ("?c", "https://a.example:8443/x/y?c"),
            ("//b.example/c", "https://b.example/c"),
            ("http://b.example/c d", "http://b.example/c%20d"),
            ("/a:b", "https://a.example:8443/a:b"),
            ("", "https://a.example:8443/x/y?z=1"),
        ] {
            assert_eq!(
                from.join(location).map(|one| one.to_string()),
                Some(to.into()),
                "{location}"
            );
        }
        assert_eq!(from.join("ftp://b.example/"), None);
        assert_eq!(from.join("https://"), None);
    }
}
