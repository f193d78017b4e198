//! Removes the quotes from words, and tells whether the shell would pass exactly the rest.

/// The text of a word as written, and whether nothing in it is expanded.
pub(super) fn unquoted(raw: &str) -> (String, bool) {
    let mut out = String::with_capacity(raw.len());
    let mut literal = !raw.starts_with('~');
    let mut quote: Option<char> = None;
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\'', Some('\'')) | ('"', Some('"')) => quote = None,
            (_, Some('\'')) => out.push(c),
            ('\'' | '"', None) => quote = Some(c),
            ('\\', _) => match chars.next() {
                None | Some('\n') => {}
                Some(next) if quote.is_none() || "$`\"\\".contains(next) => out.push(next),
                Some(next) => out.extend([c, next]),
            },
            ('$' | '`', _) => {
                literal = false;
                out.push(c);
            }
            // Patterns, and `<(…)`, which the shell replaces with the name of a file.
            ('*' | '?' | '[' | '{' | '<' | '>', None) => {
                literal = false;
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    (out, literal)
}
