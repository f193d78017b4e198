//! Renders formulas to MathML.

use super::escape;
use crate::lang::math::mathml;

/// Writes a formula; one with errors is shown as its source.
pub fn write(out: &mut String, formula: &str, display: bool) {
    let (open, close) = if display { ("<span class=\"math-block\">", "</span>") } else { ("", "") };
    out.push_str(open);
    match mathml(formula, display) {
        Ok(markup) => out.push_str(&markup),
        Err(_) => {
            out.push_str("<code>");
            escape::text(out, formula);
            out.push_str("</code>");
        }
    }
    out.push_str(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_shown() {
        let mut out = String::new();
        write(&mut out, "\\frac{a}{<b>", true);
        let shown = "<span class=\"math-block\"><code>\\frac{a}{&lt;b&gt;</code></span>";
        assert_eq!(out, shown);
    }
}
