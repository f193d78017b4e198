//! Whether the text of a page is in what the templates made of it.

/// How many pieces of text are looked for before a body counts as left out. A template may change
/// some of them.
const PIECES: usize = 20;

/// Whether a template printed nothing of the body of a page. Headings are no evidence: navigation
/// and title say the same.
pub fn is_left_out(html: &[u8], body: &str) -> bool {
    let has = |text: &str| memchr::memmem::find(html, text.as_bytes()).is_some();
    let mut in_heading = false;
    let mut pieces = body
        .split('<')
        .filter_map(|piece| {
            let (tag, text) = piece.split_once('>')?;
            match tag.as_bytes() {
                [b'h', b'1'..=b'6', ..] => in_heading = true,
                [b'/', b'h', b'1'..=b'6'] => in_heading = false,
                _ => {}
            }
            (!in_heading && text.trim().len() > 2).then(|| text.trim())
        })
        .take(PIECES)
        .peekable();
    pieces.peek().is_some() && !pieces.any(has)
}

#[cfg(test)]
mod tests {
    use super::is_left_out;

    #[test]
    fn a_body_is_found_in_its_page() {
        let body = "<h2 id=\"a\">Title</h2>\n<p>Some <em>text</em></p>\n";
        let page = |inside: &str| format!("<html><main>{inside}</main></html>").into_bytes();
        assert!(!is_left_out(&page(body), body));
        assert!(!is_left_out(&page(&body.replace("<em>", "<i>")), body), "it may be changed");
        assert!(is_left_out(&page(""), body));
        assert!(is_left_out(&page("<h1>Title</h1>"), body), "the title is not the text");
        assert!(!is_left_out(&page(""), "<hr>\n"), "a page without text loses none");
    }
}
