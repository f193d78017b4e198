//! What pages may do besides being read.

use super::reader::Reader;

/// What `[security]` in docgen.toml allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// Patterns of the paths, inside the folder of pages, of those that may have scripts of their
    /// own.
    pub scripts: Vec<String>,
    /// Other hosts that forms may send to, each with its protocol.
    pub forms: Vec<String>,
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
    security.forms = table.strings("forms");
    if let Some(bad) = security.forms.iter().find(|form| origin(form).is_none())
        && let Some(node) = table.node().get("forms")
    {
        let help = Some("for example `https://forms.example.com`".to_owned());
        table.refuse(node, format!("`{bad}` is not a protocol and a host"), help);
    }
    table.finish();
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
