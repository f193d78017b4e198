//! The colours of CSS.

use crate::suggest::nearest;

/// The names of colours, with those that have a meaning instead of a value.
const NAMES: &str = "aliceblue antiquewhite aqua aquamarine azure beige bisque black \
     blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate coral \
     cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen \
     darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon \
     darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink \
     deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro \
     ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory \
     khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan \
     lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen \
     lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen \
     magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen \
     mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream \
     mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid \
     palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum \
     powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown \
     seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen \
     steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen \
     transparent currentcolor accentcolor accentcolortext activetext buttonborder buttonface \
     buttontext canvas canvastext field fieldtext graytext highlight highlighttext linktext mark \
     marktext selecteditem selecteditemtext visitedtext";

/// The functions that are a colour.
const FUNCTIONS: &str = "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix \
     contrast-color light-dark device-cmyk var";

/// The numbers of hexadecimal digits that a colour can have.
const DIGITS: [usize; 4] = [3, 4, 6, 8];

/// The text, if nothing but a colour can be in it: it is written into a style.
pub fn plain(text: &str) -> &str {
    let plain = |c: char| c.is_ascii_alphanumeric() || "#(),.% /-".contains(c);
    if text.chars().all(plain) { text } else { "" }
}

/// Why a text is no colour, as help; `None` if it is one.
pub fn fault(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let is_digits = |text: &str| {
        DIGITS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let names = || NAMES.split_ascii_whitespace();
    if let Some(digits) = text.strip_prefix('#') {
        let help = "a hexadecimal colour is `#` with 3, 4, 6 or 8 of the digits 0 to 9 and a to f";
        return (!is_digits(digits)).then(|| help.to_owned());
    }
    if let Some((name, _)) = text.split_once('(') {
        let whole = text.ends_with(')')
            && text.matches('(').count() == text.matches(')').count()
            && !plain(&text).is_empty();
        let functions = || FUNCTIONS.split_ascii_whitespace();
        if functions().any(|one| one == name) {
            return (!whole).then(|| format!("write it as `{name}(…)` does in CSS"));
        }
        return Some(match nearest(name, functions()) {
            Some(near) => format!("did you mean `{near}(…)`?"),
            None => EXAMPLES.to_owned(),
        });
    }
    if names().any(|one| one == text) {
        return None;
    }
    if is_digits(&text) {
        return Some(format!("did you mean `#{text}`?"));
    }
    let word = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    Some(match nearest(word, names()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => EXAMPLES.to_owned(),
    })
}

/// What colours look like.
const EXAMPLES: &str = "for example `teal`, `#0f766e` or `oklch(60% 0.1 180)`";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_of_css() {
        for text in [
            "blue",
            "RebeccaPurple",
            "currentColor",
            "#fff",
            "#FFF8",
            "#0f766e",
            "#0f766e80",
            "rgb(1 2 3 / 50%)",
            "rgba(1, 2, 3, .5)",
            "hsl(120deg 50% 50%)",
            "oklch(60% 0.1 180)",
            "oklch(from var(--accent) calc(l - 0.1) c h)",
            "color(display-p3 1 0 0)",
            "color-mix(in oklab, red 20%, white)",
            "var(--brand)",
            " teal ",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_color() {
        for (text, help) in [
            ("blu", "`blue`"),
            ("#12", "3, 4, 6 or 8"),
            ("#zzzzzz", "3, 4, 6 or 8"),
            ("#12345", "3, 4, 6 or 8"),
            ("0f766e", "`#0f766e`"),
            ("red;}", "`red`"),
            ("rbg(1 2 3)", "`rgb(…)`"),
            ("rgb(1 2 3", "`rgb(…)`"),
            ("rgb(1 2 3);x", "`rgb(…)`"),
            ("url(x)", "for example"),
            ("nothing like it", "for example"),
        ] {
            let said = fault(text).unwrap_or_default();
            assert!(said.contains(help), "{text}: {said}");
        }
    }
}
