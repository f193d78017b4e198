//! The content security policy of pages: only scripts of the site may run.

use crate::config::security::origin;
use crate::config::{Config, Feedback};
use crate::data::html_tokens::{HtmlToken, html_tokens};
use crate::markdown::active::{is_code, is_handler};

/// The policy of a site: its own files, and the hosts that its settings name. A script may ask its
/// own host for data, and a style sheet may load fonts from its own: hardly any works otherwise.
pub fn policy(config: &Config) -> String {
    let security = &config.security;
    let scripts = [&config.scripts[..], &config.consent.scripts].concat();
    let asked = [&scripts[..], feedback(config)].concat();
    let scripts = [&scripts[..], std::slice::from_ref(&config.theme.mermaid)].concat();
    let directives = [
        ("default-src 'self'", String::new()),
        (
            "script-src 'self' 'wasm-unsafe-eval' 'inline-speculation-rules'",
            hosts(&scripts, &security.script),
        ),
        ("style-src 'self' 'unsafe-inline'", hosts(&config.stylesheets, &security.style)),
        ("connect-src 'self'", hosts(&asked, &security.connect)),
        ("font-src 'self' data:", hosts(&config.stylesheets, &security.font)),
        // Authors may embed pictures and frames from any host, unless the settings name some.
        match &security.image {
            Some(named) => ("img-src 'self' data:", hosts(&[], named)),
            None => ("img-src * data:", String::new()),
        },
        ("media-src *", String::new()),
        match &security.frame {
            Some(named) => ("frame-src 'self'", hosts(&[], named)),
            None => ("frame-src *", String::new()),
        },
        ("object-src 'none'", String::new()),
    ];
    let all: String = directives.iter().map(|(own, more)| format!("{own}{more}; ")).collect();
    all + &policy_with_scripts(config)
}

/// The policy of a page with scripts of its author, which may do anything except redirect the
/// addresses of the page, or form data, to another host.
pub fn policy_with_scripts(config: &Config) -> String {
    format!(
        "base-uri 'self'; form-action 'self'{}",
        hosts(&[&config.security.forms[..], feedback(config)].concat(), &[])
    )
}

/// The address that readers' answers are sent to, if there is one.
fn feedback(config: &Config) -> &[String] {
    match &config.feedback {
        Some(Feedback::Address(url)) => std::slice::from_ref(url),
        _ => &[],
    }
}

/// The hosts of some addresses, and others, as a directive lists them.
fn hosts(urls: &[String], named: &[String]) -> String {
    let of_urls = urls.iter().filter_map(|url| origin(url));
    let mut hosts: Vec<String> = of_urls.chain(named.iter().cloned()).collect();
    hosts.sort();
    hosts.dedup();
    hosts.iter().map(|host| format!(" {host}")).collect()
}

/// Whether a body contains scripts of its author, which the strict policy would block.
pub fn has_scripts(body: &str) -> bool {
    if !may_have_scripts(body) {
        return false;
    }
    let mut found = false;
    html_tokens(body, false, &mut |token| {
        let HtmlToken::Start(tag) = token else { return };
        let kind = tag.attributes.iter().find(|(name, _)| name == "type");
        found |= tag.name == "script" && is_code(kind.map_or("", |(_, kind)| kind))
            || tag.attributes.iter().any(|(name, _)| is_handler(name));
    });
    found
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
        for directive in [
            "script-src 'self' 'wasm-unsafe-eval' 'inline-speculation-rules' https://cdn.dev;",
            "connect-src 'self' https://cdn.dev;",
            "style-src 'self' 'unsafe-inline' https://css.dev;",
            "font-src 'self' data: https://css.dev;",
            "img-src * data:;",
            "frame-src *;",
        ] {
            assert!(policy.contains(directive), "{directive} in {policy}");
        }
        assert!(policy.ends_with("base-uri 'self'; form-action 'self' https://forms.dev"));
    }

    #[test]
    fn answers_of_readers_and_scripts_that_wait_have_their_hosts() {
        let config = Config {
            feedback: Some(Feedback::Address("https://answers.dev/docs".to_owned())),
            consent: crate::config::Consent {
                scripts: vec!["https://stats.dev/x.js".to_owned()],
                ..Default::default()
            },
            ..Config::default()
        };
        let policy = policy(&config);
        for directive in [
            "script-src 'self' 'wasm-unsafe-eval' 'inline-speculation-rules' https://stats.dev;",
            "connect-src 'self' https://answers.dev https://stats.dev;",
        ] {
            assert!(policy.contains(directive), "{directive} in {policy}");
        }
        assert!(policy.ends_with("form-action 'self' https://answers.dev"));
        let own = Config { feedback: Some(Feedback::Script), ..Config::default() };
        assert!(policy_with_scripts(&own).ends_with("form-action 'self'"));
    }

    #[test]
    fn hosts_of_the_policy_can_be_named() {
        let list = |host: &str| vec![format!("https://{host}.dev")];
        let mut config = Config {
            scripts: vec!["https://connect.dev/x.js".to_owned()],
            security: Security {
                connect: list("connect"),
                font: list("font"),
                image: Some(list("image")),
                frame: Some(Vec::new()),
                script: list("script"),
                style: list("style"),
                ..Default::default()
            },
            ..Config::default()
        };
        config.theme.mermaid = "https://mermaid.dev/x.js".to_owned();
        assert_eq!(
            policy(&config),
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'inline-speculation-rules' https://connect.dev \
             https://mermaid.dev https://script.dev; style-src 'self' 'unsafe-inline' \
             https://style.dev; connect-src 'self' https://connect.dev; font-src 'self' data: \
             https://font.dev; img-src 'self' data: https://image.dev; media-src *; frame-src \
             'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
        );
    }
}
