//! The end of module code in a page: `import` and `export`.

/// The most bytes of a page that are read in search of the end of module code.
pub(super) const MAX_LEN: usize = 256 * 1024;

/// The end of the code that begins at `start`: the first blank line at which no bracket, string or
/// comment is open. If there is none, the code ends at its first blank line, and the bytes that
/// were read are subtracted from `left`.
pub(super) fn end(text: &str, start: usize, left: &mut usize) -> usize {
    let bytes = &text.as_bytes()[..text.len().min(start + *left)];
    let (mut depth, mut open) = (0usize, None);
    let mut first = None;
    let mut pos = start;
    while pos < bytes.len() {
        let rest = &bytes[pos..];
        match (open, bytes[pos]) {
            (Some(b'*'), b'*') if rest.starts_with(b"*/") => {
                open = None;
                pos += 1;
            }
            (Some(b'*'), _) => {}
            (Some(_), b'\\') => pos += 1,
            (Some(quote), byte) if byte == quote => open = None,
            // Only a template literal may continue on the next line.
            (Some(b'"' | b'\''), b'\n') => open = None,
            (Some(_), _) => {}
            (None, b'/') if rest.starts_with(b"/*") => {
                open = Some(b'*');
                pos += 1;
            }
            (None, b'/') if rest.starts_with(b"//") => {
                pos += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                continue;
            }
            (None, quote @ (b'"' | b'\'' | b'`')) => open = Some(quote),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if bytes.get(pos) == Some(&b'\n') && is_blank(&bytes[pos + 1..]) {
            if depth == 0 && matches!(open, None | Some(b'"' | b'\'')) {
                return pos + 1;
            }
            first = first.or(Some(pos + 1));
        }
        pos += 1;
    }
    if depth == 0 && open.is_none() && bytes.len() == text.len() {
        return text.len();
    }
    *left -= bytes.len() - start;
    first.unwrap_or_else(|| {
        memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at + 1)
    })
}

/// Whether a line without text follows.
fn is_blank(rest: &[u8]) -> bool {
    let line = rest.iter().take_while(|byte| b" \t\r".contains(byte)).count();
    rest.get(line) == Some(&b'\n')
}

#[cfg(test)]
mod tests {
    use super::end;

    #[test]
    fn code_ends_where_it_is_whole() {
        for (code, rest) in [
            ("import A from 'a'\nimport B from \"b\"\n", "\ntext\n"),
            ("export const a = [\n\n  1, // don't (\n\n]\n", "\n## b\n"),
            ("export const b = `\n\n{`;\n", "\nc\n"),
            ("export const B = () => (\n  <p>\n\n  Don't\n\n  </p>\n)\n", "\nc {\n"),
            ("export const a = {\n", "\nnever closed\n"),
            ("export const a = 1", ""),
            ("export const a = '\\", ""),
        ] {
            assert_eq!(end(&format!("{code}{rest}"), 0, &mut 1000), code.len(), "{code}");
        }
    }
}
