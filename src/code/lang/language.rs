//! The record of a language: all facts that other modules need.
//!
//! A rule that depends on the language reads a field of this record. No other place compares
//! labels or names of languages.

use super::changes::{self, Side};
use super::{Judgement, Unchecked, Verdict};
use crate::data::elisions;
use crate::panics;

/// A language of code blocks.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// The name used in coverage and messages, and the first of `labels`.
    pub name: &'static str,
    /// The labels that authors use, in lower case. A block is treated the same under each of them.
    pub labels: &'static [&'static str],
    /// The group of languages that are treated alike.
    pub family: Family,
    /// How comments are written.
    pub comments: Comments,
    /// How strings are written, if that is known well enough to tell strings from code.
    pub strings: Option<Strings>,
    /// Whether blocks show terminal sessions, in which lines without a prompt are output.
    pub is_session: bool,
    /// Whether a line may begin with `#` without being a comment: a preprocessor directive, a
    /// hidden line of rustdoc.
    pub has_directives: bool,
    /// Whether Markdown headings and component tags may be lines of the language itself, or that
    /// is not known.
    pub holds_markup: bool,
    /// Whether each bracket and each double quote must be closed: one that is open at the end then
    /// shows that the block was cut off.
    pub closes_brackets: bool,
    /// Whether HTML entities, such as `&lt;`, are part of the language or may be text about HTML.
    pub holds_entities: bool,
    /// Whether a backslash before a punctuation mark is likely to be meant.
    pub holds_backslashes: bool,
    /// Whether curly quotes are accepted as straight ones.
    pub takes_curly_quotes: bool,
    /// Whether all Unicode spaces are accepted as spaces.
    pub takes_unicode_spaces: bool,
    /// The small corrections that are tried on an invalid block. Languages without a strict grammar
    /// have none: whatever their parser refuses is a mistake.
    pub near_miss: Option<NearMiss>,
    /// Labels of the languages that its blocks turn out to be written in.
    pub mistaken_for: &'static [&'static str],
    /// The grammar for highlighting, if it has another name than the label and the language.
    pub grammar: Option<&'static str>,
    /// Whether marks for readers, such as `[!code ++]`, stay in its blocks: pages about writing show
    /// how they are written.
    pub shows_marks: bool,
    /// Whether its blocks hold escape sequences for colours, as terminals read them.
    pub has_colors: bool,
    /// What readers see in place of the text of a block.
    pub drawn: Option<Drawn>,
    /// The only label under which a book reads a block as rustdoc does: lines that begin with `#`
    /// are hidden, and the words after the label are flags.
    pub rustdoc_label: Option<&'static str>,
    /// Parses the text of one block (LF only, indentation of the container removed). Languages that
    /// docgen cannot parse have none.
    pub(in crate::lang) judge: Option<fn(&str) -> Judgement>,
}

/// What a block is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// A formula, on sites with formulas.
    Formula,
    /// A diagram, on sites with a script that draws it. On others, the block shows this name.
    Diagram(&'static str),
}

/// Languages that are treated alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Shell scripts and sessions.
    Shell,
    /// YAML.
    Yaml,
    /// JSON and its dialects.
    Json,
    /// TOML.
    Toml,
    /// Keys and values that rarely need quotes.
    Loose,
    /// JavaScript and TypeScript, which may contain markup.
    Script,
    /// Any other programming language.
    Program,
    /// HTML, XML and templates for them.
    Markup,
    /// Plain text, which may be anything.
    Text,
    /// Markdown in one of its forms.
    Markdown,
    /// The output of a program.
    Output,
    /// A drawing made of characters.
    Drawing,
    /// Diffs, with lines of any other language.
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
    /// No comments, or nothing is known about them.
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
    /// Those of them in which a backslash is a character like any other. A letter or a sign before
    /// a quote (`r"…"`, `@"…"`) makes it so in any language.
    pub literal: &'static [u8],
}

impl Strings {
    /// Strings between double or single quotes, each on one line.
    pub(super) const PLAIN: Self = Self { quotes: b"\"'", multiline: b"", literal: b"" };
    /// Strings and substitutions of a shell: all of them may hold line breaks.
    pub(super) const SHELL: Self = Self { quotes: b"\"'`", multiline: b"\"'`", literal: b"" };
    /// Strings between double or single quotes, and between backticks with line breaks in them.
    pub(super) const BACKTICKS: Self = Self { quotes: b"\"'`", multiline: b"`", literal: b"`" };
}

/// The small changes that are tried on an invalid block. If one makes it valid, the block has a
/// small mistake, and is not something else altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The marks that may be missing between two words.
    pub separators: &'static [&'static str],
    /// The same inside of brackets.
    pub separators_in_brackets: &'static [&'static str],
    /// Whether a space or a line break may be missing between two words.
    pub blanks: bool,
    /// Whether a colon without a space after it belongs to the word around it.
    pub colon_in_words: bool,
    /// Characters that are written instead of others: the wrong one, the right one, and a name for
    /// the change.
    pub swaps: &'static [(u8, &'static str, &'static str)],
    /// Whether a line of YAML may be written instead of a setting.
    pub lines_of_yaml: bool,
    /// Lines that close what is open.
    pub closers: &'static [&'static str],
    /// Words that need a `;` before them.
    pub keywords: &'static [&'static str],
    /// Other changes.
    pub repairs: &'static [Repair],
}

impl NearMiss {
    /// A language of words and brackets, with nothing special.
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

    /// The same for a language in which a colon separates nothing.
    pub(super) const WORDS_WITHOUT_COLON: Self =
        Self { separators: &[",", ";"], separators_in_brackets: &[",", ";"], ..Self::WORDS };

    /// Shells, where a colon is a command, and nearly everything else is a word.
    pub(super) const SHELL: Self = Self {
        separators: &[],
        separators_in_brackets: &[],
        blanks: false,
        closers: &["\nfi", "\ndone", "\nesac"],
        keywords: &[" then\n", " do\n"],
        ..Self::WORDS
    };

    /// JSON and its dialects.
    pub(super) const JSON: Self = Self {
        swaps: &[(b';', ",", "; for ,"), (b'=', ":", "= for :")],
        repairs: &[Repair::QuoteValueUnlessTypes],
        ..Self::WORDS
    };
}

/// A change that only some languages need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Indents a line, and the lines below it that are deeper, differently.
    Indent,
    /// Quotes the plain value of a key.
    QuotePlainValue,
    /// Quotes a word.
    QuoteWord,
    /// The same, unless the values of the block are names of types.
    QuoteValueUnlessTypes,
    /// Closes the elements that are still open.
    CloseElements,
}

impl Language {
    /// A language with nothing known about it but its labels.
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
            shows_marks: false,
            has_colors: false,
            drawn: None,
            rustdoc_label: None,
            judge: None,
        }
    }

    /// Whether docgen can parse it.
    pub fn is_parsed(&self) -> bool {
        self.judge.is_some()
    }

    /// The judgement of its parser on the text of a block; without a parser, it is not checked.
    ///
    /// Nearly all parsers are third-party code. They are called only from here, and a panic in one
    /// leaves the block unchecked.
    pub fn judge(&self, text: &str) -> Judgement {
        let Some(judge) = self.judge else {
            return Judgement::not_checked(Unchecked::NoParser);
        };
        let run = |text: &str| panics::caught(|| judge(text));
        let Ok(mut judgement) = run(text) else {
            return Judgement::not_checked(Unchecked::ParserFailed);
        };
        if judgement.verdict == Verdict::Broken
            && let Some(rest) = self.without_marks(text)
            && let Ok(rest) = run(&rest)
        {
            judgement = match rest.verdict {
                Verdict::NotChecked(_) => judgement,
                // The more of a text is read, the better the fault is known.
                Verdict::Broken if first_fault(&rest) < first_fault(&judgement) => judgement,
                Verdict::Broken => rest,
                _ => Judgement { verdict: Verdict::Elision, ..rest },
            };
        }
        if let Verdict::Mislabelled(label) = judgement.verdict {
            debug_assert!(self.mistaken_for.contains(&label), "{} for {label}", self.name);
        }
        judgement
    }

    /// The text that is meant: without lines that stand for others, as it is after the change that
    /// it shows. Nothing in it moves.
    fn without_marks(&self, text: &str) -> Option<String> {
        if self.family == Family::Diff {
            return None;
        }
        let changed = changes::side(text, Side::After);
        let read = changed.as_deref().unwrap_or(text);
        // The parser of JSON knows where they may stand.
        let elided = (self.family != Family::Json).then(|| elisions::without(read)).flatten();
        elided.or(changed)
    }

    /// Whether a line that begins with `#` may be part of the language.
    pub fn has_hash_lines(&self) -> bool {
        self.has_directives || self.comments.line.contains(&"#")
    }
}

fn first_fault(judgement: &Judgement) -> Option<usize> {
    judgement.faults.iter().map(|fault| fault.span.start).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_place_of_lines_are_read_in_each_language() {
        for (label, text, verdict) in [
            ("ts", "-const a = 1;\n+const a = 2;\n const b = {};\n", Verdict::Elision),
            ("json", "{\n-  \"a\": 1,\n+  \"a\": 2,\n   \"b\": 3\n}\n", Verdict::Elision),
            ("json", "{\n-  \"a\": 1,\n+  \"a\": 2\n   \"b\": 3\n}\n", Verdict::Broken),
            ("yaml", "a:\n-  b: 1\n+  b: 2\n   c: 3\n", Verdict::Elision),
            ("toml", "[a]\n- x = 1\n+ x = 2\n", Verdict::Elision),
            ("bash", "- ls \"x\n+ ls \"x\"\n", Verdict::Elision),
            ("yaml", "- a\n- b: [\n", Verdict::Broken),
            ("json", "{\n  \"a\": 1,\n  --snip--\n  \"b\": 2\n}\n", Verdict::Elision),
            ("json", "{\n  \"a\": 1,\n  .\n  .\n  .\n  \"b\": 2\n}\n", Verdict::Elision),
            ("json", "{\n  \"a\": 1,\n  ... other fields\n}\n", Verdict::Elision),
            ("js", "f({\n  a: 1,\n  <snip>\n})\n", Verdict::Elision),
        ] {
            let language = crate::lang::judged(label).expect("a language");
            assert_eq!(language.judge(text).verdict, verdict, "{label}: {text}");
        }
    }

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
