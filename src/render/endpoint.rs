//! What a page about an API describes: the method and the path of its front matter, as in
//! `api: GET /users` and `openapi: spec.json GET /users`.

use crate::escape;
use crate::markdown::front_keys::Meaning;
use crate::markdown::front_matter::FrontMatter;

/// The methods of HTTP, and what is sent the other way.
const METHODS: &[&str] =
    &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "WEBHOOK"];

/// The method and the path that a page describes.
pub fn of(front: &FrontMatter) -> Option<(&'static str, &str)> {
    let written = front.said(Meaning::Interface)?;
    let mut rest = written.trim();
    loop {
        let (word, behind) = rest.split_once(char::is_whitespace)?;
        let method = METHODS.iter().find(|method| method.eq_ignore_ascii_case(word));
        rest = behind.trim_start();
        if let Some(method) = method {
            return Some((method, rest));
        }
    }
}

/// Writes a method in its colour.
pub fn method(out: &mut String, method: &str) {
    out.push_str("<span class=\"method method-");
    out.push_str(&method.to_ascii_lowercase());
    out.push_str("\">");
    escape::text(out, method);
    out.push_str("</span> ");
}

/// The line below the title of a page that describes an endpoint; empty for others.
pub fn html(front: &FrontMatter) -> String {
    let mut out = String::new();
    if let Some((name, path)) = of(front) {
        out.push_str("<p class=\"endpoint\">");
        method(&mut out, name);
        out.push_str("<code>");
        escape::text(&mut out, path);
        out.push_str("</code></p>");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::front_matter::read;

    #[test]
    fn a_method_and_a_path() {
        for (written, expected) in [
            ("api: GET /users", Some(("GET", "/users"))),
            ("openapi: specs/a.json post /users/{id}", Some(("POST", "/users/{id}"))),
            ("api: DELETE https://a.dev/x y", Some(("DELETE", "https://a.dev/x y"))),
            ("openapi: specs/a.json", None),
            ("api: GET", None),
            ("title: GET /users", None),
        ] {
            let (front, _) = read(&format!("---\n{written}\n---\n"));
            assert_eq!(of(&front), expected, "{written}");
        }
        let (front, _) = read("---\napi: GET /<a>\n---\n");
        let line = "<p class=\"endpoint\"><span class=\"method method-get\">GET</span> \
                    <code>/&lt;a&gt;</code></p>";
        assert_eq!(html(&front), line);
    }
}
