//! How titles become ids: one file per family of rules, each pinned by a table of cases.

mod github;
mod hugo;
mod mdbook;
mod mintlify;
mod python;
mod vue;

use std::collections::{HashMap, HashSet};

/// A rule that makes ids from titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlugRule {
    /// github.com: punctuation is removed, each space becomes a hyphen.
    GitHub,
    /// github-slugger, used by Docusaurus: as GitHub, but ids may collide with explicit ones.
    Slugger,
    /// github-slugger as used by Astro, for Starlight: a hyphen at the end is removed.
    Astro,
    /// mdBook: letters, digits, `_` and `-` are kept.
    MdBook,
    /// Python-Markdown: folded to ASCII; runs of spaces and hyphens become one hyphen.
    Python,
    /// Python-Markdown's rule without the folding.
    PythonUnicode,
    /// pymdownx: letters are kept as they are, each space becomes a hyphen.
    Pymdownx {
        /// Whether the id is in lower case.
        lower: bool,
    },
    /// VitePress: accents are removed, runs of punctuation become one hyphen, no digit is first.
    Vue,
    /// Hugo's `github`.
    Hugo,
    /// Hugo's `github-ascii`.
    HugoAscii,
    /// Hugo's `blackfriday`.
    Blackfriday,
    /// Mintlify: punctuation such as `/ , + <` is kept.
    Mintlify,
}

impl SlugRule {
    /// The id of a title that occurs once.
    pub fn slug(self, title: &str) -> String {
        match self {
            Self::GitHub | Self::Slugger => github::slug(title),
            Self::Astro => {
                let slug = github::slug(title);
                slug.strip_suffix('-').map(str::to_owned).unwrap_or(slug)
            }
            Self::MdBook => mdbook::slug(title),
            Self::Python => python::slug(title, true),
            Self::PythonUnicode => python::slug(title, false),
            Self::Pymdownx { lower } => python::pymdownx(title, lower),
            Self::Vue => vue::slug(title),
            Self::Hugo => hugo::github(title, false),
            Self::HugoAscii => hugo::github(title, true),
            Self::Blackfriday => hugo::blackfriday(title),
            Self::Mintlify => mintlify::slug(title),
        }
    }

    /// Whether the id is made from the Markdown of the heading, and not from its text.
    pub const fn reads_source(self) -> bool {
        matches!(self, Self::Hugo | Self::HugoAscii | Self::Blackfriday)
    }

    /// Whether the id includes the alternative texts of images.
    pub const fn reads_images(self) -> bool {
        matches!(self, Self::Slugger | Self::Vue | Self::Mintlify)
    }

    /// Whether `:name:` is an emoji, which is left out.
    pub const fn drops_emoji(self) -> bool {
        matches!(self, Self::Python | Self::PythonUnicode | Self::Pymdownx { .. } | Self::Vue)
    }

    /// Whether attribute lists after a text or a block may contain ids.
    pub const fn reads_attributes(self) -> bool {
        !matches!(self, Self::GitHub | Self::Slugger | Self::Astro | Self::MdBook | Self::Mintlify)
    }

    /// The id of a footnote.
    pub fn footnote(self, label: &str) -> String {
        match self {
            Self::MdBook => format!("footnote-{label}"),
            Self::Slugger | Self::Astro => format!("user-content-fn-{label}"),
            Self::Python
            | Self::PythonUnicode
            | Self::Pymdownx { .. }
            | Self::Hugo
            | Self::HugoAscii
            | Self::Blackfriday => format!("fn:{label}"),
            Self::GitHub | Self::Vue | Self::Mintlify => format!("fn-{label}"),
        }
    }

    /// Whether ids never collide with explicit ones.
    const fn keeps_clear(self) -> bool {
        !matches!(self, Self::Slugger | Self::Astro | Self::MdBook)
    }

    /// The id of a title without any character that an id can have.
    const fn nameless(self) -> &'static str {
        match self {
            Self::Hugo | Self::HugoAscii | Self::Blackfriday => "heading",
            Self::Python | Self::PythonUnicode | Self::Pymdownx { .. } => "_1",
            _ => "section",
        }
    }

    /// The number for the second title of the same name.
    const fn second(self) -> usize {
        match self {
            Self::Mintlify => 2,
            _ => 1,
        }
    }

    /// The character between an id and its number.
    const fn joint(self) -> char {
        match self {
            Self::Python | Self::PythonUnicode | Self::Pymdownx { .. } => '_',
            _ => '-',
        }
    }
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

/// Gives each title of a page a unique id by one rule.
#[derive(Debug)]
pub struct Slugger {
    rule: SlugRule,
    seen: HashMap<String, usize>,
    taken: HashSet<String>,
}

impl Slugger {
    /// A slugger that avoids explicit ids, if the rule does.
    pub fn new(rule: SlugRule, taken: HashSet<String>) -> Self {
        let taken = if rule.keeps_clear() { taken } else { HashSet::new() };
        Self { rule, seen: HashMap::new(), taken }
    }

    /// The next id for `title`.
    pub fn next(&mut self, title: &str) -> String {
        let base = self.rule.slug(title);
        self.unique(if base.is_empty() { self.rule.nameless().to_owned() } else { base })
    }

    /// `base`, or `base` with the next free number.
    pub fn unique(&mut self, base: String) -> String {
        // A second `a_1` is `a_2` and not `a_1_1`.
        let (base, first) = match self.counted(&base) {
            Some((stem, number)) if self.taken.contains(&base) => (stem.to_owned(), number + 1),
            _ => (base, self.rule.second()),
        };
        let count = self.seen.entry(base.clone()).or_insert(0);
        if *count == 0 && first == self.rule.second() && self.taken.insert(base.clone()) {
            *count = self.rule.second();
            return base;
        }
        *count = (*count).max(first);
        loop {
            let id = format!("{base}{}{count}", self.rule.joint());
            *count += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// The stem and the number of an id that ends with one, if the rule continues counting from it.
    fn counted<'i>(&self, id: &'i str) -> Option<(&'i str, usize)> {
        let (stem, number) = id.rsplit_once('_').filter(|_| self.rule.joint() == '_')?;
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        Some((stem, number.parse().ok().filter(|number| digits && *number < usize::MAX)?))
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
    fn parameters() {
        for (name, id) in
            [("fooBar", "param-foo-bar"), ("a.b_cD", "param-a-b-c-d"), ("URL", "param-url")]
        {
            assert_eq!(param(name), id);
        }
    }

    #[test]
    fn repeats_are_numbered_by_the_rule() {
        for (rule, titles, expected) in [
            (SlugRule::GitHub, ["A", "A", "A-1", "A"], ["a", "a-1", "a-1-1", "a-2"]),
            (SlugRule::Slugger, ["A", "A", "A-1", "A"], ["a", "a-1", "a-1-1", "a-2"]),
            (SlugRule::MdBook, ["A", "A", "::", "!"], ["a", "a-1", "section", "section-1"]),
            (SlugRule::Python, ["A", "A", "a_1", "A"], ["a", "a_1", "a_2", "a_3"]),
            (SlugRule::Python, ["!", "中", "1_1", "1_1"], ["_1", "_2", "1_1", "1_2"]),
            (SlugRule::Vue, ["A", "A", "A 1", "A"], ["a", "a-1", "a-1-1", "a-2"]),
            (SlugRule::Hugo, ["A", "A", "!", "!"], ["a", "a-1", "heading", "heading-1"]),
            (SlugRule::Mintlify, ["A", "A", "A", "B"], ["a", "a-2", "a-3", "b"]),
        ] {
            let mut slugger = Slugger::new(rule, HashSet::new());
            assert_eq!(titles.map(|title| slugger.next(title)), expected, "{rule:?}");
        }
    }

    #[test]
    fn ids_of_authors_are_given_out_again_by_some() {
        for (rule, expected) in [
            (SlugRule::GitHub, "a-1"),
            (SlugRule::Slugger, "a"),
            (SlugRule::MdBook, "a"),
            (SlugRule::Python, "a_1"),
            (SlugRule::Vue, "a-1"),
            (SlugRule::Hugo, "a-1"),
            (SlugRule::Mintlify, "a-2"),
        ] {
            let mut slugger = Slugger::new(rule, HashSet::from(["a".to_owned()]));
            assert_eq!(slugger.next("A"), expected, "{rule:?}");
        }
    }
}
