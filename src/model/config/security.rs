//! What pages may do besides being read.

use super::reader::Reader;
use crate::data::Node;

/// What `[security]` in docgen.toml allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// Patterns of the paths, inside the folder of pages, of those that may have scripts of their
    /// own.
    pub scripts: Vec<String>,
    /// Other hosts that forms may send to, each with its protocol.
    pub forms: Vec<String>,
    /// Hosts that pages may ask for data.
    pub connect: Vec<String>,
    /// Hosts that fonts may come from.
    pub font: Vec<String>,
    /// The only other hosts that pictures may come from; any if it is not set.
    pub image: Option<Vec<String>>,
    /// The only other hosts that frames may come from; any if it is not set.
    pub frame: Option<Vec<String>>,
    /// Hosts that scripts may come from.
    pub script: Vec<String>,
    /// Hosts that style sheets may come from.
    pub style: Vec<String>,
}

impl Security {
    /// Whether forms may send data to the host of an address.
    pub fn allows_form(&self, address: &str, base_url: Option<&str>) -> bool {
        let Some(host) = origin(address) else { return true };
        self.forms
            .iter()
            .map(String::as_str)
            .chain(base_url)
            .any(|one| origin(one).is_some_and(|one| one == host))
    }
}

/// Reads the table.
pub(super) fn read(reader: &Reader<'_>, security: &mut Security) {
    let Some(table) = reader.table("security") else { return };
    security.scripts = table.strings("scripts");
    for (node, text) in items(&table, "scripts") {
        if text.contains("://") {
            let help = Some("`script` lists the hosts of scripts".to_owned());
            table.refuse(node, "`scripts` lists pages, as patterns of their paths", help);
        }
    }
    security.forms = table.strings("forms");
    for (node, text) in items(&table, "forms") {
        if origin(text).is_none() {
            let help = Some("for example `https://forms.example.com`".to_owned());
            table.refuse(node, format!("`{text}` is not a protocol and a host"), help);
        }
    }
    security.connect = hosts(&table, "connect");
    security.font = hosts(&table, "font");
    security.script = hosts(&table, "script");
    security.style = hosts(&table, "style");
    security.image = table.get("image").map(|_| hosts(&table, "image"));
    security.frame = table.get("frame").map(|_| hosts(&table, "frame"));
    table.finish();
}

/// The hosts in a list, as a policy names them. What is no host is refused.
fn hosts(table: &Reader<'_>, key: &'static str) -> Vec<String> {
    // Refuses what is not a list of strings.
    table.strings(key);
    let mut all = Vec::new();
    for (node, text) in items(table, key) {
        match host_source(text) {
            Some(host) => all.push(host),
            None => {
                let help = "for example `https://stats.example.com`, or \
                            `https://*.example.com` for all hosts below one";
                table.refuse(node, format!("`{text}` is not a host"), Some(help.to_owned()));
            }
        }
    }
    all
}

/// The strings of a list, with their places.
fn items<'a>(table: &Reader<'a>, key: &'static str) -> impl Iterator<Item = (&'a Node, &'a str)> {
    let items = table.node().get(key).map(Node::items).into_iter().flatten();
    items.filter_map(|node| Some((node, node.as_str()?)))
}

/// A host as a policy names it, with or without its protocol: `https://a.dev`, `*.a.dev`,
/// `wss://a.dev:8080`. A path behind it is left out, as in other settings.
pub fn host_source(text: &str) -> Option<String> {
    let (scheme, rest) = match text.find("//") {
        Some(at) => text.split_at(at + 2),
        None => ("", text),
    };
    let plain = rest.strip_prefix("*.").unwrap_or(rest);
    let address = format!("{}{plain}", if scheme.is_empty() { "https://" } else { scheme });
    let whole = origin(&address).filter(|_| !text.contains(char::is_whitespace))?;
    let (scheme_of, host) = whole.split_once("//")?;
    let (name, port) = match host.rsplit_once(':').filter(|_| !host.ends_with(']')) {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    let numbered = port.is_none_or(|port| port.parse::<u16>().is_ok());
    // A single word is most likely meant as a keyword of policies, such as `self`.
    let named = name.contains('.') && name.split('.').all(|part| !part.is_empty());
    let local = name == "localhost" || name.starts_with('[') && name.ends_with(']');
    if !numbered || !(named || local) {
        return None;
    }
    let scheme = if scheme.is_empty() { String::new() } else { format!("{scheme_of}//") };
    let wild = if plain.len() < rest.len() { "*." } else { "" };
    Some(format!("{scheme}{wild}{host}"))
}

/// Protocol and host of an address, as a policy names them; `None` for an address of the site, and
/// for what no host is called.
pub fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("//")?;
    let named = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    if !scheme.is_empty() && !scheme.strip_suffix(':').is_some_and(named) {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    let scheme = if scheme.is_empty() { "https:" } else { scheme };
    (plain && !host.is_empty())
        .then(|| format!("{}//{}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_addresses() {
        for (address, expected) in [
            ("https://a.dev/x?y", Some("https://a.dev")),
            ("//A.dev", Some("https://a.dev")),
            ("HTTP://a.dev:80#x", Some("http://a.dev:80")),
            ("/a//b", None),
            ("x;y://a.dev", None),
            ("https://a;b/", None),
            ("mailto:a", None),
        ] {
            assert_eq!(origin(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn hosts_of_policies() {
        for (text, expected) in [
            ("https://stats.dev", Some("https://stats.dev")),
            ("https://Stats.dev/api/x?y", Some("https://stats.dev")),
            ("stats.dev", Some("stats.dev")),
            ("*.stats.dev", Some("*.stats.dev")),
            ("https://*.stats.dev:443", Some("https://*.stats.dev:443")),
            ("wss://live.dev", Some("wss://live.dev")),
            ("//a.dev", Some("https://a.dev")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("", None),
            ("*", None),
            ("self", None),
            ("'self'", None),
            ("unsafe-inline", None),
            ("https://a.dev; script-src *", None),
            ("a.dev;", None),
            ("a.dev b.dev", None),
            (" a.dev", None),
            ("\"a.dev\"", None),
            ("https://a.dev:x", None),
            ("https://a..dev", None),
            ("https://*", None),
            ("a.*.dev", None),
            ("data:", None),
            ("/a/b.js", None),
        ] {
            assert_eq!(host_source(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn forms_send_to_the_site_and_to_hosts_that_are_named() {
        let security = Security { forms: vec!["https://mail.dev".into()], ..Default::default() };
        for (address, allowed) in [
            ("/send", true),
            ("https://mail.dev/subscribe", true),
            ("https://docs.dev/send", true),
            ("https://evil.dev/", false),
            ("//evil.dev", false),
        ] {
            assert_eq!(security.allows_form(address, Some("https://docs.dev/x")), allowed);
        }
    }
}
