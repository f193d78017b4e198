//! Signs that a text beside the prose is cut off: the title of a page or its description, a caption,
//! a comment in code.

use super::cut;
use super::onward::{self, is_torn};
use super::prose;
use super::rule::PageContext;
use super::side_texts::{Place, SideText};
use super::texts::{Role, Texts, last_word};
use crate::markdown::front_keys::Meaning;
use crate::source::Span;

/// Why a text beside the prose seems to be cut off, if it does. Few such texts end like sentences,
/// so that little can be compared: one must have something that no whole text has.
pub fn sign(context: &PageContext<'_>, texts: &Texts<'_>, side: &SideText<'_>) -> Option<String> {
    let text = side.text.trim_end();
    let end = text.chars().next_back()?;
    let code = side.place == Place::Comment;
    if prose::ends_a_sentence(text) || code && !is_prose(text) {
        return None;
    }
    let several = text.split_whitespace().nth(1).is_some();
    let is_open = |mark: &char| matches!(mark, ',' | '(' | '[' | '（' | '「' | '，' | '、' | '،');
    // A comment may lead to the code below.
    let goes_on = is_open(&end) && !(code && matches!(end, ',' | '，' | '、' | '،'));
    if goes_on && (several || prose::is_unspaced(end)) {
        return Some(format!("it ends with `{end}`"));
    }
    let whole = Span::new(0, text.len());
    let brackets = end.is_alphanumeric() && several && !text.contains('`');
    if let Some(open) = prose::open_bracket(text, &[whole][..usize::from(brackets)]) {
        return Some(format!("a `{}` in it is not closed", &text[open.start..open.end]));
    }
    let compared = match side.place {
        Place::Title => longer(context, texts, text),
        Place::Description => unlike_others(context, texts, text),
        Place::Caption | Place::Comment => None,
    };
    compared.or_else(|| match prose::is_unspaced(end) {
        true => onward::characters(context, texts, Role::Beside, text),
        false => word(context, texts, side, text),
    })
}

/// The heading that a title is the beginning of: that of the page, or one of many pages.
fn longer(context: &PageContext<'_>, texts: &Texts<'_>, text: &str) -> Option<String> {
    let word = last_word(text)?;
    if texts.uses(&word.to_lowercase()).all > 0 || texts.spoken.has_bare_stems() {
        return None;
    }
    let mut headings = context.facts().headings.iter().filter(|heading| heading.level == 1);
    let heading = headings.next().map_or("", |heading| heading.text.as_str());
    let rest = heading.strip_prefix(text).unwrap_or_default();
    let missing = rest.chars().take_while(|c| prose::is_word_char(*c)).count();
    // "Plugin" beside "Plugins".
    if missing > 1 && !word.ends_with(prose::is_unspaced) {
        return Some(format!("the heading of the page is \u{201c}{heading}\u{201d}"));
    }
    let (longer, count) = cut::longer_heading(context, texts, text)?;
    Some(format!("{count} headings are \u{201c}{longer}\u{201d}"))
}

/// Whether a description has no end, unlike those of the pages around its own.
fn unlike_others(context: &PageContext<'_>, texts: &Texts<'_>, text: &str) -> Option<String> {
    /// The most descriptions that it is compared with, and the fewest that suffice.
    const OTHERS: (usize, usize) = (20, 8);
    let pages = context.site.index.pages.as_slice();
    let numbers = texts.words.pages();
    let here = numbers.partition_point(|one| pages[*one].source.path < *context.path());
    let from = here.saturating_sub(OTHERS.0 / 2);
    let others = numbers.iter().skip(from).map(|at| &pages[*at]);
    let others = others.filter(|page| page.source.path != *context.path());
    let others = others.filter_map(|page| page.facts.front.said(Meaning::Description));
    let mut count = 0;
    for other in others.take(OTHERS.0) {
        if !prose::ends_a_sentence(other) {
            return None;
        }
        count += 1;
    }
    (count >= OTHERS.1 && prose::has_sentence(text))
        .then(|| "it is incomplete, unlike those of the pages around it".to_owned())
}

/// Looks at the last word of a text beside the prose.
fn word(
    context: &PageContext<'_>,
    texts: &Texts<'_>,
    side: &SideText<'_>,
    text: &str,
) -> Option<String> {
    let word = last_word(text)?;
    let capitals = word.chars().nth(1).is_some() && !word.chars().any(char::is_lowercase);
    if capitals && word.chars().any(char::is_uppercase) {
        return None;
    }
    let small = word.to_lowercase();
    let has_three = text.split_whitespace().nth(2).is_some();
    // "Greater than / less than" is about the word.
    let named = text.contains(" / ");
    if has_three && !named && small == word && texts.spoken.cannot_end_with(&small) {
        return Some(format!("it ends with \u{201c}{word}\u{201d}"));
    }
    let uses = texts.uses(&small);
    let letters = word.chars().count();
    // The singular of a plural that the tree has is a word.
    if uses.all > 1 || letters < 2 || texts.words.uses(&format!("{small}s")).all > 0 {
        return None;
    }
    let inside = || format!("it ends inside a word: \u{201c}{word}\u{201d}");
    let code = side.place == Place::Comment;
    // The comment itself stands in code.
    let own = u32::from(code);
    let unknown = uses.all == 0 && uses.in_code <= own && letters >= 3;
    let torn = unknown
        && texts.words.longer(&small) >= 5
        && !texts.spoken.has_bare_stems()
        && speaks_like_the_tree(texts, text, word)
        && is_torn(context, &small, texts, if code { 3 } else { 8 });
    // Comments have words of their own, so that what follows a word elsewhere says little.
    if torn || code {
        return torn.then(inside);
    }
    onward::phrase(context, texts, Role::Beside, text)
        .filter(|_| speaks_like_the_tree(texts, text, word))
}

/// Whether the words before the last one are those of the tree: code and pictures are often in
/// another language than the text around them.
fn speaks_like_the_tree(texts: &Texts<'_>, text: &str, last: &str) -> bool {
    let before = text[..text.len() - last.len()].split(|c: char| !c.is_alphabetic());
    before
        .filter(|word| word.chars().count() > 3)
        .all(|word| texts.uses(&word.to_lowercase()).all > 1)
}

/// Whether a comment is a text, and not code that is left out, such as `key: value` or a command.
fn is_prose(text: &str) -> bool {
    let code =
        text.contains(['=', ';', '{', '}', '$', '|', '<', '>', '\\', '*', '_', '@', '~', '^']);
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_key = first.ends_with(':') && first.starts_with(char::is_lowercase);
    let has_flags = text.split_whitespace().any(|word| word.starts_with('-') && word.len() > 1);
    !code && !is_key && !has_flags && text.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_prose_or_code() {
        for (text, expected) in [
            ("Open the port of the", true),
            ("打开端口", true),
            ("Note: it is slow", true),
            ("key: value", false),
            ("docker run --rm app", false),
            ("PORT=8080", false),
            ("--snip--", false),
            ("", false),
        ] {
            assert_eq!(is_prose(text), expected, "{text}");
        }
    }
}
