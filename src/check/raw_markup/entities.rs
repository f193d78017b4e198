//! Entities that HTML does not know, or that were escaped twice.

use super::{OTHER, Raw, Shown};
use crate::suggest::typo_of;

/// The entities that authors write, by their names in lower case where both exist: those of HTML 4
/// with names so long that a slip in one of them is no other.
#[rustfmt::skip]
const ENTITIES: &[&str] = &[
    "aacute", "acirc", "acute", "aelig", "agrave", "alefsym", "alpha", "apos", "aring", "asymp",
    "atilde", "auml", "bdquo", "beta", "brvbar", "bull", "ccedil", "cedil", "cent", "check",
    "circ", "clubs", "cong", "copy", "crarr", "curren", "dagger", "darr", "deg", "delta", "diams",
    "divide", "eacute", "ecirc", "egrave", "empty", "emsp", "ensp", "epsilon", "equiv", "euml",
    "euro", "exist", "fnof", "forall", "frac12", "frac14", "frac34", "frasl", "gamma", "harr",
    "hearts", "hellip", "iacute", "icirc", "iexcl", "igrave", "image", "infin", "iota", "iquest",
    "isin", "iuml", "kappa", "lambda", "lang", "laquo", "larr", "lceil", "ldquo", "lfloor",
    "lowast", "lsaquo", "lsquo", "macr", "mdash", "micro", "middot", "minus", "nabla", "nbsp",
    "ndash", "notin", "nsub", "ntilde", "oacute", "ocirc", "oelig", "ograve", "oline", "omega",
    "omicron", "oplus", "ordf", "ordm", "oslash", "otilde", "otimes", "ouml", "para", "part",
    "permil", "perp", "plusmn", "pound", "prime", "prod", "prop", "quot", "radic", "rang", "raquo",
    "rarr", "rceil", "rdquo", "real", "reg", "rfloor", "rsaquo", "rsquo", "sbquo", "scaron",
    "sdot", "sect", "shy", "sigma", "sigmaf", "spades", "sube", "supe", "szlig", "there4", "theta",
    "thetasym", "thinsp", "thorn", "tilde", "times", "trade", "uacute", "uarr", "ucirc", "ugrave",
    "upsih", "upsilon", "uuml", "weierp", "yacute", "yuml", "zeta", "zwnj",
];

/// `&amp;nbsp;`: what is left when the first `&` has been read.
pub fn reference(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    const NAMES: &[&str] =
        &["nbsp", "amp", "lt", "gt", "quot", "apos", "#39", "mdash", "ndash", "hellip", "#x27"];
    // The `&` itself comes from a reference, so it is not among the characters of the text.
    let text = &*shown.text;
    for (at, other) in text.match_indices(OTHER) {
        let from = at + other.len();
        let Some(len) = shown.ahead(from).find(';') else { continue };
        let source = &shown.source[shown.place(at)..];
        if source.starts_with("&amp;") && NAMES.contains(&&text[from..from + len]) {
            out.push(Raw::new(at..from + len + 1));
        }
    }
}

/// `&nbps;`, `&nbsp` without its semicolon, `&rt;`: nearly the name of an entity.
pub fn entity(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (at, _) in text.match_indices('&') {
        let rest = shown.ahead(at + 1);
        let len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, ends) = (&rest[..len], rest[len..].starts_with(';'));
        let near = match ends {
            false if name == "nbsp" => Some(name),
            true if len > 2 => typo_of(name, ENTITIES.iter().copied()),
            _ => None,
        };
        // `&rt;`: nothing else looks like that.
        let short = ends && len == 2 && name.bytes().all(|byte| byte.is_ascii_lowercase());
        // `?a=1&time;` is an address.
        let in_address = shown.back(at).rsplit(char::is_whitespace).next();
        let in_address = in_address.is_some_and(|word| word.contains(['?', '/', '=']));
        if (near.is_some() || short) && !in_address {
            let mut found = Raw::new(at..at + 1 + len + usize::from(ends));
            found.edit = near.map(|near| (found.span.clone(), format!("&{near};")));
            out.push(found);
        }
    }
}
