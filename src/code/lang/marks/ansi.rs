//! Escape sequences for colours in the output of programs. What readers see and copy is the text
//! without them, in those colours.

use std::ops::Range;

use super::{Line, Marks};

/// What a sequence begins with: the escape character itself, its picture, and as it is written in
/// strings of programs.
const ESCAPES: &[&str] =
    &["\u{1b}", "␛", "\\x1b", "\\x1B", "\\e", "\\E", "\\033", "\\u001b", "\\u001B"];

/// The most sequences of a line that are read; lines of programs have a few.
const MAX_SEQUENCES: usize = 200;

/// The sequences of a block as marks: they are cut out, and the text between them has classes.
pub(super) fn marks(text: &str) -> Marks {
    let mut style = Style::default();
    let lines: Vec<Line> = text.split('\n').map(|line| style.line(line)).collect();
    let any = lines.iter().any(|line| *line != Line::default());
    Marks { lines: if any { lines } else { Vec::new() }, patch: false }
}

/// How text looks from here on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Style {
    /// The colour of the text, by its code: 30 to 37 and, for bright ones, 90 to 97.
    color: Option<u32>,
    /// The colour of the ground: 40 to 47.
    ground: Option<u32>,
    /// Bold, dim, italic, underlined, inverted and struck, by their codes.
    traits: Vec<u32>,
}

impl Style {
    fn line(&mut self, text: &str) -> Line {
        let mut line = Line::default();
        let mut done = 0;
        let mut from = 0;
        while let Some(at) = text[from..].find(['\u{1b}', '␛', '\\']).map(|at| from + at) {
            let Some((length, codes)) = sequence(&text[at..]) else {
                from = at + text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            if line.cut.len() == MAX_SEQUENCES {
                break;
            }
            self.color_text(&mut line, done..at);
            if let Some(codes) = codes {
                self.apply(codes);
            }
            line.cut.push(at..at + length);
            from = at + length;
            done = from;
        }
        self.color_text(&mut line, done..text.len());
        line
    }

    fn color_text(&self, line: &mut Line, range: Range<usize>) {
        let codes = self.color.iter().chain(&self.ground).chain(&self.traits);
        let classes: Vec<String> = codes.map(|code| format!("ansi-{code}")).collect();
        if !classes.is_empty() && !range.is_empty() {
            line.colors.push((range, classes.join(" ")));
        }
    }

    fn apply(&mut self, codes: &str) {
        let numbers = codes.split([';', ':']).map(|code| code.parse().unwrap_or(0));
        let mut numbers = numbers.collect::<Vec<u32>>().into_iter();
        while let Some(code) = numbers.next() {
            match code {
                0 => *self = Self::default(),
                1 | 2 | 3 | 4 | 7 | 9 if !self.traits.contains(&code) => self.traits.push(code),
                22 => self.traits.retain(|one| !matches!(one, 1 | 2)),
                23 | 24 | 27 | 29 => self.traits.retain(|one| *one != code - 20),
                30..=37 | 90..=97 => self.color = Some(code),
                39 => self.color = None,
                40..=47 => self.ground = Some(code),
                100..=107 => self.ground = Some(code - 60),
                49 => self.ground = None,
                38 => self.color = other(&mut numbers).map(|color| 30 + color),
                48 => self.ground = other(&mut numbers).map(|color| 40 + color),
                _ => {}
            }
        }
    }
}

/// Of the eight colours that fit every ground, the one closest to one of 256 or more.
fn other(numbers: &mut impl Iterator<Item = u32>) -> Option<u32> {
    let [red, green, blue] = match numbers.next()? {
        5 => match numbers.next()? {
            basic @ 0..=15 => return Some(basic % 8),
            gray @ 232.. => [(gray.min(255) - 232) * 10 + 8; 3],
            cube => [(cube - 16) / 36, (cube - 16) / 6 % 6, (cube - 16) % 6].map(|part| part * 51),
        },
        _ => [numbers.next()?, numbers.next()?, numbers.next()?],
    };
    let most = red.max(green).max(blue);
    // A part counts where it is more than half of the strongest; what is nearly black is black.
    let has = |part: u32| u32::from(most > 40 && 2 * part > most);
    Some(has(red) + 2 * has(green) + 4 * has(blue))
}

/// The length of the sequence that a text begins with; its codes, if it is about colours.
fn sequence(text: &str) -> Option<(usize, Option<&str>)> {
    let escape = ESCAPES.iter().find(|escape| text.starts_with(**escape))?.len();
    let rest = text[escape..].strip_prefix('[')?;
    let codes = rest.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b';' | b':' | b'?'));
    let length = codes.count();
    let end = *rest.as_bytes().get(length)?;
    let whole = escape + 1 + length + 1;
    end.is_ascii_alphabetic().then(|| (whole, (end == b'm').then(|| &rest[..length])))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that is left, with the classes of its parts.
    fn shown(text: &str) -> String {
        let marks = marks(text);
        let mut out = String::new();
        for (at, line) in text.split('\n').enumerate() {
            let said = marks.lines.get(at).cloned().unwrap_or_default();
            for (at, c) in line.char_indices() {
                if let Some((_, classes)) = said.colors.iter().find(|(range, _)| range.start == at)
                {
                    out.push_str(&format!("<{}>", classes.replace("ansi-", "")));
                }
                if !said.cut.iter().any(|cut| cut.contains(&at)) {
                    out.push(c);
                }
                if said.colors.iter().any(|(range, _)| range.end == at + c.len_utf8()) {
                    out.push_str("</>");
                }
            }
            out.push('/');
        }
        out
    }

    #[test]
    fn sequences_become_classes() {
        for (text, expected) in [
            ("\u{1b}[31mred\u{1b}[0m plain", "<31>red</> plain/"),
            ("\\x1b[1;32mok\\x1b[m", "<32 1>ok</>/"),
            ("\\e[1mé\\e[22m\\033[4mu\\u001b[24mx", "<1>é</><4>u</>x/"),
            ("␛[33ma\nb␛[39m c", "<33>a</>/<33>b</> c/"),
            ("\u{1b}[2K\u{1b}[1Gdone", "done/"),
            ("\u{1b}[44;97mx", "<97 44>x</>/"),
            (
                "\u{1b}[38;5;196mx\u{1b}[38;2;20;200;30my\u{1b}[38;5;240mz",
                "<31>x</><32>y</><37>z</>/",
            ),
            ("\u{1b}[38;5;9mx\u{1b}[48;5;17my", "<31>x</><31 44>y</>/"),
            ("C:\\e[x \\n [31m", "C: \\n [31m/"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
        assert_eq!(shown("no colour, C:\\temp"), "no colour, C:\\temp/");
        assert_eq!(marks("plain\\n"), Marks::default());
    }

    #[test]
    fn sequences_that_are_cut_off_stay() {
        for text in ["\u{1b}[31", "\u{1b}", "\\x1b[", "\\x1b[31;", "\u{1b}]0;t"] {
            assert_eq!(marks(text), Marks::default(), "{text:?}");
        }
    }

    #[test]
    fn a_line_has_a_bound() {
        let text = "\u{1b}[31mx".repeat(100_000);
        assert_eq!(marks(&text).lines[0].cut.len(), MAX_SEQUENCES);
    }
}
