//! Lines of code that are part of an example but hidden at first, as in mdBook and rustdoc.

use std::ops::Range;

/// How the lines of a block are marked as hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hiding<'a> {
    /// `# ` hides a line of Rust, and `##` begins one with `#`.
    Rust,
    /// A line that begins with this text is hidden.
    Prefix(&'a str),
}

/// The mark of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes in the line, which are not part of the code.
    pub range: Range<usize>,
    /// Whether the line is hidden; otherwise the mark only escapes a line that looks like one.
    pub hides: bool,
}

impl Hiding<'_> {
    /// The mark of a line without its line break, if it has one.
    pub fn mark(self, line: &str) -> Option<Mark> {
        let code = line.trim_start();
        let at = line.len() - code.len();
        match self {
            Self::Rust => {
                let rest = code.strip_prefix('#')?;
                let (len, hides) = match rest.as_bytes().first() {
                    None => (1, true),
                    Some(b' ') => (2, true),
                    Some(b'#') => (1, false),
                    Some(_) => return None,
                };
                Some(Mark { range: at..at + len, hides })
            }
            Self::Prefix(prefix) => {
                let hides = !prefix.is_empty() && code.starts_with(prefix);
                hides.then(|| Mark { range: at..at + prefix.len(), hides })
            }
        }
    }

    /// The text with its hidden lines blanked, keeping offsets; `None` if it has none.
    pub fn blanked(self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        let mut any = false;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches('\n');
            if self.mark(content).is_some_and(|mark| mark.hides) {
                any = true;
                out.extend(std::iter::repeat_n(' ', content.len()));
                out.push_str(&line[content.len()..]);
            } else {
                out.push_str(line);
            }
        }
        any.then_some(out)
    }
}

/// The words after the language in an info string: `ignore` and `edition2021` in
/// `rust,ignore,edition2021`.
pub fn flags(info: &str) -> impl Iterator<Item = &str> {
    info.split([',', ' ', '\t']).skip(1).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let (hidden, shown) = (true, false);
        for (hiding, line, expected) in [
            (Hiding::Rust, "# use a;", Some((0..2, hidden))),
            (Hiding::Rust, "    # use a;", Some((4..6, hidden))),
            (Hiding::Rust, "  #", Some((2..3, hidden))),
            (Hiding::Rust, "## a", Some((0..1, shown))),
            (Hiding::Rust, "#[derive(Debug)]", None),
            (Hiding::Rust, "#!/bin/x", None),
            (Hiding::Rust, "#\u{e9}", None),
            (Hiding::Rust, "a # b", None),
            (Hiding::Rust, "", None),
            (Hiding::Prefix("~"), "  ~x", Some((2..3, hidden))),
            (Hiding::Prefix("!!!"), "!!x", None),
            (Hiding::Prefix(""), "x", None),
        ] {
            let expected = expected.map(|(range, hides)| Mark { range, hides });
            assert_eq!(hiding.mark(line), expected, "{line}");
        }
        assert_eq!(Hiding::Prefix("~").blanked("~é\nb\n").unwrap(), "   \nb\n");
        assert_eq!(Hiding::Rust.blanked("## a\n"), None);
        assert_eq!(flags("rust,ignore, a").collect::<Vec<_>>(), ["ignore", "a"]);
    }
}
