//! What is known of a language: one record, whose fields are all facts that other rooms ask for.
//!
//! A rule that needs to know something about a language asks a field here. No other place compares
//! labels or names of languages.

use super::{Judgement, Unchecked, Verdict};
use crate::panics;

/// A language of code blocks.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// The name used in coverage and messages, and the first of `labels`.
    pub name: &'static str,
    /// The labels that authors use, in lower case. A block is treated the same under each of them.
    pub labels: &'static [&'static str],
    /// The languages it is treated like.
    pub family: Family,
    /// How comments are written.
    pub comments: Comments,
    /// How strings are written, where that is known well enough to tell text from code.
    pub strings: Option<Strings>,
    /// Whether the block shows a session of a terminal: what stands behind no prompt is output.
    pub is_session: bool,
    /// Whether a line may begin with `#` and not be a comment: a directive of a preprocessor, a
    /// hidden line of rustdoc.
    pub has_directives: bool,
    /// Whether headings of Markdown and tags of components may be lines of the language itself, as
    /// far as is known.
    pub holds_markup: bool,
    /// Whether each bracket and each double quote is closed in a whole text: one that is left open
    /// then says that the block was cut off.
    pub closes_brackets: bool,
    /// Whether an entity of HTML, such as `&lt;`, is what it says or text about HTML.
    pub holds_entities: bool,
    /// Whether a backslash before a punctuation mark is likely to be meant.
    pub holds_backslashes: bool,
    /// Whether curly quotes are taken for straight ones.
    pub takes_curly_quotes: bool,
    /// Whether each space of Unicode is a space.
    pub takes_unicode_spaces: bool,
    /// How a block that was refused is tried again. Languages without a strict grammar have none:
    /// whatever they refuse is a mistake.
    pub near_miss: Option<NearMiss>,
    /// Labels of the languages that its blocks turn out to be written in.
    pub mistaken_for: &'static [&'static str],
    /// The grammar that colours it, where the highlighter has none by the label or the name.
    pub grammar: Option<&'static str>,
    /// Looks at the text of one block (LF only, indentation of the container removed). Languages
    /// that docgen cannot parse have none.
    pub(in crate::lang) judge: Option<fn(&str) -> Judgement>,
}

/// Languages that are treated alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Shell scripts and sessions.
    Shell,
    /// YAML.
    Yaml,
    /// JSON and its like.
    Json,
    /// TOML.
    Toml,
    /// Keys and values in which quotes are seldom needed.
    Loose,
    /// JavaScript and TypeScript, in which markup may stand.
    Script,
    /// Any other programming language.
    Program,
    /// HTML, XML and templates of them.
    Markup,
    /// Plain text, which may be anything.
    Text,
    /// Markdown in one of its forms.
    Markdown,
    /// What a program printed.
    Output,
    /// A drawing made of characters.
    Drawing,
    /// Differences, with lines of any other language.
    Diff,
    /// Something else.
    Other,
}

/// How a language writes comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comments {
    /// What begins a comment that ends with its line.
    pub line: &'static [&'static str],
    /// What begins and ends a comment that may be longer.
    pub block: Option<(&'static str, &'static str)>,
}

impl Comments {
    /// None, or nothing is known.
    pub(super) const NONE: Self = Self { line: &[], block: None };
    /// `# comment`
    pub(super) const HASH: Self = Self { line: &["#"], block: None };
    /// `# comment` and `; comment`
    pub(super) const HASH_OR_SEMICOLON: Self = Self { line: &["#", ";"], block: None };
    /// `// comment` and `/* comment */`
    pub(super) const SLASHES: Self = Self { line: &["//"], block: Some(("/*", "*/")) };
    /// `# comment`, `// comment` and `/* comment */`
    pub(super) const HASH_OR_SLASHES: Self = Self { line: &["#", "//"], block: Some(("/*", "*/")) };
    /// `-- comment` and `/* comment */`
    pub(super) const DASHES: Self = Self { line: &["--"], block: Some(("/*", "*/")) };
    /// `<!-- comment -->`
    pub(super) const MARKUP: Self = Self { line: &[], block: Some(("<!--", "-->")) };
}

/// How a language writes strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strings {
    /// The quotes around strings.
    pub quotes: &'static [u8],
    /// Those of them that may hold line breaks.
    pub multiline: &'static [u8],
}

impl Strings {
    /// Strings between double or single quotes, each on one line.
    pub(super) const PLAIN: Self = Self { quotes: b"\"'", multiline: b"" };
    /// Strings and substitutions of a shell: all of them may hold line breaks.
    pub(super) const SHELL: Self = Self { quotes: b"\"'`", multiline: b"\"'`" };
    /// Strings between double or single quotes, and between backticks with line breaks in them.
    pub(super) const BACKTICKS: Self = Self { quotes: b"\"'`", multiline: b"`" };
}

/// How a block that its language refused is tried again with one small change, which tells a slip
/// of the pen from something else altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The marks that may be missing between two words.
    pub separators: &'static [&'static str],
    /// The same inside of brackets.
    pub separators_in_brackets: &'static [&'static str],
    /// Whether a space or a line break may be missing between two words.
    pub blanks: bool,
    /// Whether a colon with no space behind it belongs to the word around it.
    pub colon_in_words: bool,
    /// Marks that are written for others: the mark, the right one, and a name for the change.
    pub swaps: &'static [(u8, &'static str, &'static str)],
    /// Whether a line of YAML may stand in the place of a setting.
    pub lines_of_yaml: bool,
    /// Lines that close what is open.
    pub closers: &'static [&'static str],
    /// Words that want a `;` before them.
    pub keywords: &'static [&'static str],
    /// Other changes.
    pub repairs: &'static [Repair],
}

impl NearMiss {
    /// A language with words, brackets and no more that is its own.
    pub(super) const WORDS: Self = Self {
        separators: &[",", ";", ":"],
        separators_in_brackets: &[",", ";", ":"],
        blanks: true,
        colon_in_words: false,
        swaps: &[],
        lines_of_yaml: false,
        closers: &[],
        keywords: &[],
        repairs: &[],
    };

    /// Likewise, where a colon separates nothing.
    pub(super) const WORDS_WITHOUT_COLON: Self =
        Self { separators: &[",", ";"], separators_in_brackets: &[",", ";"], ..Self::WORDS };

    /// Shells, where a colon is a command, and nearly all else is a word.
    pub(super) const SHELL: Self = Self {
        separators: &[],
        separators_in_brackets: &[],
        blanks: false,
        closers: &["\nfi", "\ndone", "\nesac"],
        keywords: &[" then\n", " do\n"],
        ..Self::WORDS
    };

    /// JSON and its like.
    pub(super) const JSON: Self = Self {
        swaps: &[(b';', ",", "; for ,"), (b'=', ":", "= for :")],
        repairs: &[Repair::QuoteValueUnlessTypes],
        ..Self::WORDS
    };
}

/// A change that only some languages need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// A line, with those below it that stand deeper, is moved by some blanks.
    Indent,
    /// The plain value of a key is put into quotes.
    QuotePlainValue,
    /// A word is put into quotes.
    QuoteWord,
    /// Likewise, unless names of types stand for values: then other words do as well.
    QuoteValueUnlessTypes,
    /// Elements that are open are closed.
    CloseElements,
}

impl Language {
    /// A language of which nothing is known but its labels.
    pub(super) const fn new(labels: &'static [&'static str]) -> Self {
        Self {
            name: labels[0],
            labels,
            family: Family::Other,
            comments: Comments::NONE,
            strings: None,
            is_session: false,
            has_directives: false,
            holds_markup: true,
            closes_brackets: false,
            holds_entities: false,
            holds_backslashes: false,
            takes_curly_quotes: false,
            takes_unicode_spaces: false,
            near_miss: None,
            mistaken_for: &[],
            grammar: None,
            judge: None,
        }
    }

    /// Whether docgen can parse it.
    pub fn is_parsed(&self) -> bool {
        self.judge.is_some()
    }

    /// What its parser says of the text of a block; languages without one leave it unchecked.
    ///
    /// Nearly all parsers are other people's. This is the only way to them, and a panic in one of
    /// them leaves the block unchecked.
    pub fn judge(&self, text: &str) -> Judgement {
        let Some(judge) = self.judge else {
            return Judgement::not_checked(Unchecked::NoParser);
        };
        let Ok(judgement) = panics::caught(|| judge(text)) else {
            return Judgement::not_checked(Unchecked::ParserFailed);
        };
        if let Verdict::Mislabelled(label) = judgement.verdict {
            debug_assert!(self.mistaken_for.contains(&label), "{} for {label}", self.name);
        }
        judgement
    }

    /// Whether a line that begins with `#` may be one of its own.
    pub fn has_hash_lines(&self) -> bool {
        self.has_directives || self.comments.line.contains(&"#")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parser_that_panics_leaves_the_block_unchecked() {
        let language = Language { judge: Some(|text| panic!("{text}")), ..Language::new(&["x"]) };
        let judgement = language.judge("a text");
        assert_eq!(judgement.verdict, Verdict::NotChecked(Unchecked::ParserFailed));
        assert!(judgement.faults.is_empty());
        let unparsed = Language::new(&["x"]).judge("a text");
        assert_eq!(unparsed.verdict, Verdict::NotChecked(Unchecked::NoParser));
    }
}
