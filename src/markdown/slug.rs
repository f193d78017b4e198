//! How titles become ids: one function per common rule, each pinned by a table of cases.

use std::collections::{HashMap, HashSet};

/// A rule that makes ids from titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlugRule {
    /// github.com: punctuation goes, each space becomes a hyphen.
    GitHub,
    /// Mintlify: punctuation such as `/ , + <` stays.
    Mintlify,
}

impl SlugRule {
    /// The id of a title that occurs once.
    pub fn slug(self, title: &str) -> String {
        match self {
            Self::GitHub => github(title),
            Self::Mintlify => mintlify(title),
        }
    }

    /// The number that the second title of the same name gets.
    const fn second(self) -> usize {
        match self {
            Self::GitHub => 1,
            Self::Mintlify => 2,
        }
    }
}

fn github(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.trim().chars() {
        match c {
            ' ' | '-' => out.push('-'),
            '_' => out.push('_'),
            _ if c.is_alphanumeric() || is_mark(c) => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// Combining marks of the scripts that documentation is written in.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}'
        | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{591}'..='\u{5bd}' | '\u{3099}' | '\u{309a}' | '\u{200c}' | '\u{200d}')
}

fn mintlify(title: &str) -> String {
    let title = title.trim();
    // The slug library drops the apostrophe of a closing `'s` or `'t`.
    let bytes = title.as_bytes();
    let contraction = bytes.len() > 2
        && bytes[bytes.len() - 2] == b'\''
        && matches!(bytes[bytes.len() - 1] | 0x20, b's' | b't')
        && bytes[bytes.len() - 3].is_ascii_alphanumeric();
    let apostrophe = if contraction { bytes.len() - 2 } else { usize::MAX };
    let mut out = String::with_capacity(title.len());
    let mut gap = false;
    for (at, c) in title.char_indices().filter(|(at, _)| *at != apostrophe) {
        // What encodeURIComponent keeps as it is, the slug library turns into hyphens.
        let separator =
            c.is_whitespace() || matches!(c, '-' | '.' | '!' | '~' | '*' | '\'' | '(' | ')');
        if separator {
            gap = at > 0;
            continue;
        }
        if gap && !out.is_empty() {
            out.push('-');
        }
        gap = false;
        out.extend(c.to_lowercase());
    }
    out
}

/// The id of a parameter: `param-` and the name in lower case with hyphens.
pub fn param(name: &str) -> String {
    let mut out = String::from("param");
    let mut gap = true;
    let mut lower = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if gap || (c.is_uppercase() && lower) {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        }
        gap = !c.is_alphanumeric();
        lower = c.is_lowercase() || c.is_ascii_digit();
    }
    out
}

/// Gives each title of a page its own id under one rule.
#[derive(Debug)]
pub struct Slugger {
    rule: SlugRule,
    seen: HashMap<String, usize>,
    taken: HashSet<String>,
}

impl Slugger {
    /// A slugger that never gives out an id in `taken`.
    pub fn new(rule: SlugRule, taken: HashSet<String>) -> Self {
        Self { rule, seen: HashMap::new(), taken }
    }

    /// The next id for `title`; `section` if nothing of the title can stand in an id.
    pub fn next(&mut self, title: &str) -> String {
        let base = self.rule.slug(title);
        self.unique(if base.is_empty() { "section".to_owned() } else { base })
    }

    /// `base`, or `base` with the next free number.
    pub fn unique(&mut self, base: String) -> String {
        let count = self.seen.entry(base.clone()).or_insert(0);
        if *count == 0 && self.taken.insert(base.clone()) {
            *count = self.rule.second();
            return base;
        }
        *count = (*count).max(self.rule.second());
        loop {
            let id = format!("{base}-{count}");
            *count += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// Claims an id if it is free.
    pub fn claim(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        for (title, github, mintlify) in [
            ("Quick setup", "quick-setup", "quick-setup"),
            ("Session overrides (`/exec`)", "session-overrides-exec", "session-overrides-`/exec`"),
            ("Session overrides (/exec)", "session-overrides-exec", "session-overrides-/exec"),
            (
                "Public internet: Funnel + shared password",
                "public-internet-funnel--shared-password",
                "public-internet:-funnel-+-shared-password",
            ),
            ("agents.defaults.cwd", "agentsdefaultscwd", "agents-defaults-cwd"),
            ("What's new", "whats-new", "what-s-new"),
            ("The gateway's", "the-gateways", "the-gateways"),
            ("permissions and ask_user", "permissions-and-ask_user", "permissions-and-ask_user"),
            ("Café 中文", "café-中文", "café-中文"),
            ("a -- b", "a----b", "a-b"),
            ("  ", "", ""),
        ] {
            assert_eq!(SlugRule::GitHub.slug(title), github, "github {title}");
            assert_eq!(SlugRule::Mintlify.slug(title), mintlify, "mintlify {title}");
        }
    }

    #[test]
    fn parameters() {
        for (name, id) in
            [("fooBar", "param-foo-bar"), ("a.b_cD", "param-a-b-c-d"), ("URL", "param-url")]
        {
            assert_eq!(param(name), id);
        }
    }

    #[test]
    fn repeats_are_numbered_by_the_rule() {
        let mut github = Slugger::new(SlugRule::GitHub, HashSet::new());
        assert_eq!(
            [github.next("A"), github.next("A"), github.next("A-1"), github.next("A")],
            ["a", "a-1", "a-1-1", "a-2"]
        );
        let mut mintlify = Slugger::new(SlugRule::Mintlify, HashSet::from(["a".to_owned()]));
        assert_eq!([mintlify.next("A"), mintlify.next("A")], ["a-2", "a-3"]);
    }
}
