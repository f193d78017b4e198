//! The marks of well-known sites, which links in the header and in the footer have.

use serde::Serialize;

use crate::config::{Config, HeaderLink};
use crate::icons;
use crate::links::Links;

/// A link of the frame.
#[derive(Serialize)]
pub(super) struct LinkValue {
    pub(super) label: String,
    pub(super) url: String,
    /// The HTML of its icon; empty for none.
    pub(super) icon: String,
    /// Whether the icon says what the label says: the mark of a well-known site.
    pub(super) is_mark: bool,
}

/// The hosts of well-known sites, their names, and the icons that are their marks.
const SITES: &[(&str, &str, &str)] = &[
    ("bitbucket.org", "Bitbucket", "bitbucket"),
    ("bsky.app", "Bluesky", "bluesky"),
    ("codeberg.org", "Codeberg", "codeberg"),
    ("discord.com", "Discord", "discord"),
    ("discord.gg", "Discord", "discord"),
    ("facebook.com", "Facebook", "facebook"),
    ("fosstodon.org", "Mastodon", "mastodon"),
    ("github.com", "GitHub", "github"),
    ("gitlab.com", "GitLab", "gitlab"),
    ("hachyderm.io", "Mastodon", "mastodon"),
    ("instagram.com", "Instagram", "instagram"),
    ("mastodon.social", "Mastodon", "mastodon"),
    ("matrix.to", "Matrix", "matrix"),
    ("npmjs.com", "npm", "npm"),
    ("pypi.org", "PyPI", "pypi"),
    ("reddit.com", "Reddit", "reddit"),
    ("stackoverflow.com", "Stack Overflow", "stackoverflow"),
    ("t.me", "Telegram", "telegram"),
    ("twitch.tv", "Twitch", "twitch"),
    ("twitter.com", "Twitter", "x"),
    ("x.com", "X", "x"),
    ("youtube.com", "YouTube", "youtube"),
];

/// The library of the marks.
const LIBRARY: &str = "simple";

/// The name of the site that an address is on, and the SVG of its mark.
pub(super) fn of(url: &str) -> Option<(&'static str, String)> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let on = |site: &str| {
        host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let (_, name, icon) = SITES.iter().find(|(site, _, _)| on(site))?;
    Some((name, icons::svg(icon, LIBRARY)?))
}

/// The value of a link: with the icon that the settings name, else with the mark of its site where
/// the label is the name of that.
pub(super) fn link(link: &HeaderLink, config: &Config, links: &Links<'_>) -> LinkValue {
    let mark = of(&link.url).filter(|(name, _)| name.eq_ignore_ascii_case(&link.label));
    let is_mark = mark.is_some();
    let icon = match mark {
        Some((_, svg)) => svg,
        None if link.icon.is_empty() => String::new(),
        None => icons::html(&link.icon, config.icon_library, None),
    };
    LinkValue { label: link.label.clone(), url: links.absolute(&link.url), icon, is_mark }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_site_has_a_mark() {
        for (host, name, _) in SITES {
            let found = of(&format!("https://{host}/a")).unwrap_or_else(|| panic!("{host}"));
            assert_eq!(found.0, *name);
            assert!(found.1.starts_with("<svg"), "{host}");
        }
    }

    #[test]
    fn a_site_is_known_by_its_host() {
        for (url, name) in [
            ("https://www.GitHub.com/a/b", Some("GitHub")),
            ("https://old.reddit.com/r/a", Some("Reddit")),
            ("https://notgithub.com/a", None),
            ("https://example.org/github.com", None),
            ("github.com/a", None),
            ("https://x.com", Some("X")),
        ] {
            assert_eq!(of(url).map(|(name, _)| name), name, "{url}");
        }
    }
}
