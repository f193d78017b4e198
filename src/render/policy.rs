//! The content security policy of pages: only scripts of the site may run.

use crate::config::Config;
use crate::config::security::origin;
use crate::markdown::active::{is_code, is_handler};

/// The policy of a site: its own files, and the hosts that its settings name.
pub fn policy(config: &Config) -> String {
    let scripts = [&config.scripts[..], std::slice::from_ref(&config.theme.mermaid)].concat();
    let (scripts, styles) = (hosts(&scripts), hosts(&config.stylesheets));
    // Authors may embed images and frames from any host.
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self' \
         'unsafe-inline'{styles}; img-src * data:; media-src *; frame-src *; object-src 'none'; {}",
        policy_with_scripts(config)
    )
}

/// The policy of a page with scripts of its author, which may do anything except redirect the
/// addresses of the page, or form data, to another host.
pub fn policy_with_scripts(config: &Config) -> String {
    format!("base-uri 'self'; form-action 'self'{}", hosts(&config.security.forms))
}

fn hosts(urls: &[String]) -> String {
    let mut hosts: Vec<String> = urls.iter().filter_map(|url| origin(url)).collect();
    hosts.sort();
    hosts.dedup();
    hosts.iter().map(|host| format!(" {host}")).collect()
}

/// Whether a body contains scripts of its author, which the strict policy would block.
pub fn has_scripts(body: &str) -> bool {
    if !may_have_scripts(body) {
        return false;
    }
    html5gum::Tokenizer::new(body).flatten().any(|token| {
        let html5gum::Token::StartTag(tag) = token else { return false };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let kind = tag.attributes.get(b"type".as_slice());
        tag.name.as_slice() == b"script"
            && is_code(&kind.map_or_else(String::new, |kind| text(kind)))
            || tag.attributes.keys().any(|name| is_handler(&text(name)))
    })
}

/// Whether a text may contain a script, as HTML or as the source of HTML: the start of such an
/// element, or an attribute whose name begins with `on`.
pub fn may_have_scripts(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize, word: &[u8]| {
        bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    memchr::memchr_iter(b'<', bytes).any(|at| begins(at, b"<script"))
        || memchr::memchr_iter(b'=', bytes).any(|at| {
            let letters = bytes[..at].iter().rev().take_while(|byte| byte.is_ascii_alphabetic());
            let name = letters.count();
            name > 2 && begins(at - name, b"on")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::security::Security;

    #[test]
    fn scripts_are_seen() {
        for body in [
            "<p onclick=\"x()\">a</p>",
            "<svg/OnLoad=x>",
            "<Script>x</Script>",
            "<script src=x></script>",
        ] {
            assert!(has_scripts(body), "{body}");
        }
        for body in [
            "<p>one = two, <code>onclick=x</code></p>",
            "a &lt;script> b",
            "<p on>",
            "<script type=\"application/json\">{}</script>",
        ] {
            assert!(!has_scripts(body), "{body}");
        }
    }

    #[test]
    fn hosts_of_the_settings_may_be_asked() {
        let config = Config {
            scripts: vec!["/a.js".to_owned(), "https://cdn.dev/x.js".to_owned()],
            stylesheets: vec!["//css.dev/x.css".to_owned(), "https://x;y/z".to_owned()],
            security: Security {
                forms: vec!["https://forms.dev/a".to_owned()],
                ..Default::default()
            },
            ..Config::default()
        };
        let policy = policy(&config);
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' https://cdn.dev;"));
        assert!(policy.contains("style-src 'self' 'unsafe-inline' https://css.dev;"));
        assert!(policy.ends_with("base-uri 'self'; form-action 'self' https://forms.dev"));
    }
}
