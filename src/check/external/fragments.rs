//! Whether a page of another site has the part that a link leads to.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use crate::data::html_tokens::{HtmlToken, html_tokens};

/// How many parts of a page must have an id before another one can be missed: fewer are those of a
/// frame that scripts fill.
const MIN_PARTS: usize = 3;

/// What a page says of a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It has it.
    Present,
    /// It does not have it.
    Absent,
    /// A script may make it, or read it.
    Unsure,
}

/// Looks for fragments in a page. `whole` says whether the text is all of it.
pub fn look(page: &str, whole: bool, fragments: &[String]) -> Vec<Found> {
    let mut ids: HashSet<String> = HashSet::new();
    let mut parts = 0;
    html_tokens(page, true, &mut |token| {
        let HtmlToken::Start(tag) = token else { return };
        let heading = matches!(tag.name.as_bytes(), [b'h', b'1'..=b'6']);
        for (name, value) in tag.attributes {
            if name == "id" || name == "name" && tag.name == "a" {
                let part =
                    heading || matches!(tag.name.as_str(), "a" | "section" | "dt" | "article");
                parts += usize::from(part);
                ids.insert(value);
            }
        }
    });
    let drawn = whole && parts >= MIN_PARTS;
    fragments.iter().map(|fragment| one(fragment, page, &ids, drawn)).collect()
}

fn one(fragment: &str, page: &str, ids: &HashSet<String>, drawn: bool) -> Found {
    // A text to show is for the browser.
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let decoded = percent_decode_str(fragment).decode_utf8_lossy();
    if decoded.is_empty() || decoded.eq_ignore_ascii_case("top") {
        return Found::Present;
    }
    // GitHub's pages have a script that takes the prefix off.
    let named = |id: &str| ids.contains(id) || ids.contains(&format!("user-content-{id}"));
    if named(fragment) || named(&decoded) {
        return Found::Present;
    }
    let first = decoded.as_bytes()[0];
    let line = first == b'L' && decoded.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    // `#/page` and `#!page` are addresses of a program, `#page=3` and `#L3` are read by one.
    let read = matches!(first, b'/' | b'!' | b'?') || line || decoded.contains('=');
    let mentioned = page.contains(fragment) || page.contains(&*decoded);
    if drawn && !read && !mentioned { Found::Absent } else { Found::Unsure }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<h1 id=one>x</h1><h2 ID='caf\u{e9}'>y</h2><a name=\"old\"></a>\
                        <h2 id=user-content-readme>z</h2><div id=app></div>";

    fn found(page: &str, fragment: &str) -> Found {
        look(page, true, &[fragment.to_owned()])[0]
    }

    #[test]
    fn parts_are_found_by_their_ids() {
        for fragment in [
            "one",
            "caf%C3%A9",
            "caf\u{e9}",
            "old",
            "readme",
            "app",
            "",
            "top",
            ":~:text=x",
            "one:~:text=x",
        ] {
            assert_eq!(found(PAGE, fragment), Found::Present, "{fragment}");
        }
        for fragment in ["two", "One", "caf%C3%A8"] {
            assert_eq!(found(PAGE, fragment), Found::Absent, "{fragment}");
        }
    }

    #[test]
    fn what_scripts_may_make_is_not_missed() {
        for fragment in ["L10", "L3-L9", "/route", "!route", "page=3"] {
            assert_eq!(found(PAGE, fragment), Found::Unsure, "{fragment}");
        }
        let script = format!("{PAGE}<script>anchors = ['two']</script>");
        assert_eq!(found(&script, "two"), Found::Unsure);
        for shell in ["<div id=root></div><script src=x.js></script>", "", "<h1 id=a>x</h1>"] {
            assert_eq!(found(shell, "two"), Found::Unsure, "{shell}");
        }
        assert_eq!(look(PAGE, false, &["two".to_owned()]), [Found::Unsure]);
    }
}
