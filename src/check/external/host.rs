//! Hosts: names that no request is sent to, and addresses that are not of the public network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::address::Skip;

/// Domains that nobody has: for examples and tests (RFC 2606 and 6761), and for a network of one's
/// own.
const RESERVED: [&str; 11] = [
    "example",
    "example.com",
    "example.net",
    "example.org",
    "example.edu",
    "test",
    "invalid",
    "localhost",
    "local",
    "internal",
    "home.arpa",
];

/// Why no request is sent to a host, if none is; its names are not looked up for this.
pub fn skipped(host: &str) -> Option<Skip> {
    let host = host.trim_end_matches('.');
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return (!is_public(ip)).then_some(Skip::Private);
    }
    let reserved = RESERVED.iter().any(|domain| is_within(host, domain));
    if reserved {
        return Some(Skip::Example);
    }
    // A name without a dot is one of the own network.
    (!host.contains('.')).then_some(Skip::Private)
}

/// Whether a host is a domain, or below it.
pub fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether a host fits a pattern of the settings: `example.com`, `example.com:8080`, or
/// `*.example.com` for all below it. A pattern without a port fits any.
pub fn fits(pattern: &str, authority: &str) -> bool {
    let port = authority.rfind(':').filter(|at| !authority[*at..].contains(']'));
    let host = &authority[..port.unwrap_or(authority.len())];
    let fits = |pattern: &str, name: &str| match pattern.strip_prefix("*.") {
        Some(domain) => name != domain && is_within(name, domain),
        None => name == pattern,
    };
    let pattern = pattern.to_lowercase();
    fits(&pattern, authority) || fits(&pattern, host)
}

/// Whether an address is one of the public network: nothing else may be asked, or a page could
/// make docgen talk to the machines around it.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = match (a, b, c) {
        // "This network", and addresses that providers share (RFC 6598).
        (0, ..) | (100, 64..=127, _) => true,
        // Protocols, documentation, the old relays to IPv6, measurements of networks.
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113) => {
            true
        }
        // For groups, and reserved.
        (224.., ..) => true,
        _ => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
    };
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inside) = embedded(ip) {
        return is_public_v4(inside);
    }
    // Only this eighth of the space is given out; the rest is local or reserved.
    let segments = ip.segments();
    let global = segments[0] & 0xe000 == 0x2000;
    // Teredo and other protocols below 2001::/23, documentation.
    let special = segments[0] == 0x2001 && (segments[1] < 0x200 || segments[1] == 0xdb8)
        || segments[0] == 0x3fff && segments[1] < 0x1000;
    global && !special
}

/// The IPv4 address that one of IPv6 stands for: mapped, translated (NAT64) or 6to4.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => Some(v4(g, h)),
        [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_network_is_asked() {
        for ip in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "::127.0.0.1",
            "2001::1",
            "64:ff9b:1::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "1.1.1.1",
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "223.255.255.255",
            "2606:4700::1",
            "2001:4860:4860::8888",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2a00::1",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn names_that_are_not_asked() {
        for (host, why) in [
            ("example.com", Some(Skip::Example)),
            ("docs.example.org", Some(Skip::Example)),
            ("a.test", Some(Skip::Example)),
            ("localhost", Some(Skip::Example)),
            ("printer.local", Some(Skip::Example)),
            ("myexample.com", None),
            ("example.com.de", None),
            ("gateway", Some(Skip::Private)),
            ("192.168.0.1", Some(Skip::Private)),
            ("[::1]", Some(Skip::Private)),
            ("1.1.1.1", None),
            ("docs.rs", None),
        ] {
            assert_eq!(skipped(host), why, "{host}");
        }
    }

    #[test]
    fn patterns_of_hosts() {
        for (pattern, authority, expected) in [
            ("a.example", "a.example", true),
            ("A.Example", "a.example:8080", true),
            ("a.example:8080", "a.example:8080", true),
            ("a.example:8080", "a.example", false),
            ("a.example", "b.a.example", false),
            ("*.a.example", "b.a.example", true),
            ("*.a.example", "c.b.a.example:81", true),
            ("*.a.example", "a.example", false),
            ("*.a.example", "ba.example", false),
            ("[::1]", "[::1]:80", true),
        ] {
            assert_eq!(fits(pattern, authority), expected, "{pattern} {authority}");
        }
    }
}
