//! The classes of faults, the rules that may find each, and what each has to reach.

use super::mutant::{Mutant, View};
use super::{code, links, mendable, structure, truth};

/// What a threshold holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Syntax,
    Characters,
    Fences,
    Tags,
    Links,
    Anchors,
    Keys,
    Commands,
    Cuts,
    /// Counted and shown; nothing is asked of it.
    Shown,
}

impl Group {
    pub const ALL: [Self; 10] = [
        Self::Syntax,
        Self::Characters,
        Self::Fences,
        Self::Tags,
        Self::Links,
        Self::Anchors,
        Self::Keys,
        Self::Commands,
        Self::Cuts,
        Self::Shown,
    ];

    /// How many of a hundred must be found.
    pub fn asked(self) -> Option<usize> {
        match self {
            Self::Shown => None,
            Self::Cuts => Some(70),
            _ => Some(98),
        }
    }
}

type Offer<'o> = &'o mut dyn FnMut(Mutant);

/// A class of faults.
pub struct Class {
    pub name: &'static str,
    pub group: Group,
    pub offer: fn(&View<'_>, Offer<'_>),
    /// Whether a mutant counts: decided before anything runs.
    pub counts: fn(&View<'_>, &Mutant) -> bool,
    pub rules: &'static [&'static str],
}

const CODE: &[&str] = &[
    "code-syntax",
    "code-label",
    "duplicate-key",
    "escaped-code",
    "entity-in-code",
    "smart-quotes-in-code",
    "invisible-character",
    "truncated-code",
    "unknown-command",
    "unknown-flag",
    "config-schema",
];

const FENCES: &[&str] = &[
    "unclosed-fence",
    "run-on-fence",
    "nested-fence",
    "accidental-heading",
    "unclosed-component",
    "stray-close",
    "code-syntax",
];

const TAGS: &[&str] = &[
    "unclosed-component",
    "stray-close",
    "unknown-component",
    "swallowed-content",
    "unclosed-inline",
];

const LINKS: &[&str] = &[
    "broken-link",
    "broken-anchor",
    "missing-asset",
    "broken-reference",
    "broken-redirect",
    "missing-nav-page",
    "case-mismatch",
];

const TRUTH: &[&str] =
    &["config-schema", "unknown-command", "unknown-flag", "bad-argument-value", "duplicate-key"];

/// What speaks of loss.
pub const LOSS: &[&str] = &[
    "truncated-page",
    "truncated-heading",
    "truncated-code",
    "truncated-table",
    "unclosed-inline",
    "unclosed-fence",
    "run-on-fence",
    "nested-fence",
    "unclosed-component",
    "stray-close",
    "accidental-heading",
    "swallowed-content",
    "code-syntax",
    "front-matter",
];

/// What must be silent on a page that nobody cut.
pub const TRUNCATION: &[&str] = &[
    "truncated-page",
    "truncated-heading",
    "truncated-code",
    "truncated-table",
    "unclosed-inline",
];

fn always(_: &View<'_>, _: &Mutant) -> bool {
    true
}

const fn class(
    name: &'static str,
    group: Group,
    offer: fn(&View<'_>, Offer<'_>),
    counts: fn(&View<'_>, &Mutant) -> bool,
    rules: &'static [&'static str],
) -> Class {
    Class { name, group, offer, counts, rules }
}

/// Every class.
pub const CLASSES: &[Class] = &[
    class("a bracket deleted in code", Group::Syntax, code::brace, code::is_rejected, CODE),
    class("a quote deleted in code", Group::Syntax, code::quote, code::is_rejected, CODE),
    class("a comma deleted in code", Group::Syntax, code::comma, code::is_rejected, CODE),
    class("underscores escaped, refused", Group::Syntax, code::escapes, code::is_rejected, CODE),
    class("curly quotes, refused", Group::Syntax, code::curly, code::is_rejected, CODE),
    class("underscores escaped, any", Group::Characters, code::escapes, always, CODE),
    class("curly quotes in shells", Group::Characters, code::curly, code::is_harmful, CODE),
    class("no-break space in code", Group::Characters, code::nbsp, code::is_harmful, CODE),
    class(
        "no-break space, flag",
        Group::Characters,
        code::nbsp_before_flag,
        code::is_harmful,
        CODE,
    ),
    class("no-break space, code span", Group::Characters, code::nbsp_in_span, always, CODE),
    class("zero-width in code", Group::Characters, code::zero_width, code::is_harmful, CODE),
    class("en dash for a flag", Group::Characters, code::en_dash, code::is_harmful, CODE),
    class("en dash, code span", Group::Characters, code::en_dash_in_span, always, CODE),
    class("closing fence dropped", Group::Fences, structure::closing_fence, always, FENCES),
    class("closing tag dropped", Group::Tags, structure::closing_tag, always, TAGS),
    class("opening tag dropped", Group::Tags, structure::opening_tag, always, TAGS),
    class("HTML, closing dropped", Group::Shown, structure::closing_element, always, TAGS),
    class("HTML, opening dropped", Group::Shown, structure::opening_element, always, TAGS),
    class("path in text", Group::Links, links::path_in_text, always, LINKS),
    class("path in a list", Group::Links, links::path_in_list, always, LINKS),
    class("path in a table", Group::Links, links::path_in_table, always, LINKS),
    class("path in a heading", Group::Links, links::path_in_heading, always, LINKS),
    class("path of an image", Group::Links, links::path_of_image, always, LINKS),
    class("path of a component", Group::Links, links::path_of_component, always, LINKS),
    class("path in HTML", Group::Links, links::path_of_html, always, LINKS),
    class("path of a reference", Group::Links, links::path_of_reference, always, LINKS),
    class("path in front matter", Group::Links, links::path_in_front, always, LINKS),
    class("path elsewhere", Group::Links, links::path_elsewhere, always, LINKS),
    class("anchor in text", Group::Anchors, links::anchor_in_text, always, LINKS),
    class("anchor in a list", Group::Anchors, links::anchor_in_list, always, LINKS),
    class("anchor in a table", Group::Anchors, links::anchor_in_table, always, LINKS),
    class("anchor in a heading", Group::Anchors, links::anchor_in_heading, always, LINKS),
    class("anchor of an image", Group::Anchors, links::anchor_of_image, always, LINKS),
    class("anchor of a component", Group::Anchors, links::anchor_of_component, always, LINKS),
    class("anchor in HTML", Group::Anchors, links::anchor_of_html, always, LINKS),
    class("anchor of a reference", Group::Anchors, links::anchor_of_reference, always, LINKS),
    class("anchor in front matter", Group::Anchors, links::anchor_in_front, always, LINKS),
    class("anchor elsewhere", Group::Anchors, links::anchor_elsewhere, always, LINKS),
    class("key misspelt", Group::Keys, truth::keys, always, TRUTH),
    class("command misspelt", Group::Commands, truth::commands, always, TRUTH),
    class("flag misspelt", Group::Commands, truth::flags, always, TRUTH),
    class("command misspelt, code span", Group::Commands, truth::commands_in_span, always, TRUTH),
    class("flag misspelt, code span", Group::Commands, truth::flags_in_span, always, TRUTH),
    class("cut at any byte", Group::Cuts, structure::cut_anywhere, structure::is_visible_cut, LOSS),
    class(
        "cut at any byte, then a line break",
        Group::Cuts,
        structure::cut_to_a_line,
        structure::is_visible_cut,
        LOSS,
    ),
    class("cut in a word", Group::Shown, structure::cut_in_word, structure::is_visible_cut, LOSS),
    class(
        "cut behind a word",
        Group::Shown,
        structure::cut_behind_word,
        structure::is_visible_cut,
        LOSS,
    ),
    class("cut behind a sentence", Group::Shown, structure::cut_behind_sentence, always, LOSS),
    class("a break under text", Group::Shown, mendable::dashes, always, &["accidental-heading"]),
    class(
        "anchor of another rule",
        Group::Shown,
        mendable::other_spelling,
        always,
        &["anchor-style"],
    ),
    class("label misspelt", Group::Shown, mendable::label, always, &["broken-reference"]),
    class("capitals of a path", Group::Shown, mendable::capital, always, &["case-mismatch"]),
    class("bold escaped", Group::Shown, mendable::escaped_bold, always, &["escaped-markdown"]),
    class("key of front matter", Group::Shown, mendable::key, always, &["front-matter"]),
    class("an old address", Group::Shown, mendable::old_address, always, &["link-to-redirect"]),
    class("a torn link", Group::Shown, mendable::torn_link, always, &["raw-markup"]),
    class("wrong encoding", Group::Shown, mendable::wrong_encoding, always, &["mojibake"]),
    class(
        "a fence in a fence",
        Group::Shown,
        mendable::fence_in_a_fence,
        always,
        &["nested-fence"],
    ),
    class(
        "a needless mark",
        Group::Shown,
        mendable::needless_mark,
        always,
        &["unused-suppression"],
    ),
    class("quotes as entities", Group::Shown, code::entity, always, &["entity-in-code"]),
];
