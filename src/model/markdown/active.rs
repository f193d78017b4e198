//! Recognises active content: scripts, event handlers, addresses that are code. The rule that
//! reports them and the policy that allows them use the same functions.

/// Whether an attribute of an HTML element is code that runs on an event: `onclick`, `ONLOAD`.
pub fn is_handler(name: &str) -> bool {
    // English words that some templates use as attributes, which are not events.
    const WORDS: [&str; 4] = ["once", "one", "ongoing", "only"];
    let name = name.to_ascii_lowercase();
    name.len() > 2
        && name.starts_with("on")
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !WORDS.contains(&name.as_str())
}

/// Whether a `script` element of this `type` contains code, and not data.
pub fn is_code(kind: &str) -> bool {
    let kind = kind.trim().to_ascii_lowercase();
    let scripts = ["javascript", "ecmascript", "jscript", "livescript"];
    matches!(kind.as_str(), "" | "module" | "importmap" | "speculationrules")
        || scripts.iter().any(|name| kind.contains(name))
}

/// Whether an address is code, which a browser runs when the address is followed. Browsers ignore
/// line breaks and tabs in an address, and blanks and control characters before it.
pub fn is_code_address(address: &str) -> bool {
    let start = address.trim_start_matches(|c: char| c <= ' ');
    if !start.starts_with(['j', 'J', 'v', 'V', 'd', 'D']) {
        return false;
    }
    // The longest of the names below, and room for ignored characters.
    let head: String = start
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .take(16)
        .collect::<String>()
        .to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:text/html"].iter().any(|name| head.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_are_told_from_words() {
        for name in ["onclick", "onLoad", "ONERROR", "onbeforematch"] {
            assert!(is_handler(name), "{name}");
        }
        for name in ["on", "once", "only", "o", "on-click", "@click", "v-on:click", "title"] {
            assert!(!is_handler(name), "{name}");
        }
    }

    #[test]
    fn code_is_told_from_data() {
        for kind in ["", "module", "text/javascript", "Text/JavaScript; x", "importmap"] {
            assert!(is_code(kind), "{kind}");
        }
        for kind in ["application/json", "application/ld+json", "text/template", "math/tex"] {
            assert!(!is_code(kind), "{kind}");
        }
    }

    #[test]
    fn addresses_that_are_code() {
        for address in [
            "javascript:alert(1)",
            " \u{1}JaVaScRiPt:x",
            "java\nscr\tipt:x",
            "vbscript:x",
            "data:text/html;base64,AA==",
        ] {
            assert!(is_code_address(address), "{address:?}");
        }
        for address in ["/javascript:", "javascript", "data:image/png;base64,AA==", "\u{e9}", ""] {
            assert!(!is_code_address(address), "{address:?}");
        }
    }
}
