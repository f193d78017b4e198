//! Invisible characters, and those that look like others.

use super::hyphens::hyphens;
use super::{Damage, Kind, MAX_LINE, Part, Subject, line};
use crate::diagnostic::Severity;
use crate::lang::Family;
use crate::source::Span;

/// The name of an invisible character.
pub fn name_of(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "a no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => "an unusual space",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{200e}' | '\u{200f}' | '\u{61c}' => "a direction mark",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a text direction control",
        '\u{2028}' | '\u{2029}' => "a line separator",
        '\u{2060}' => "a word joiner",
        '\u{3000}' => "an ideographic space",
        '\u{feff}' => "a byte order mark",
        _ => return None,
    })
}

fn is_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub(super) fn find(subject: &Subject<'_>, out: &mut Vec<Damage>) {
    let text = subject.text;
    let commands = Commands::new(subject);
    let wide = memchr::memmem::find_iter(text.as_bytes(), "\u{3000}");
    let leads = memchr::memchr3_iter(0xc2, 0xe2, 0xef, text.as_bytes());
    for at in leads.chain(wide) {
        let Some(c) = text[at..].chars().next() else { continue };
        let span = Span::new(at, at + c.len_utf8());
        if let Some(name) = name_of(c) {
            let Some(severity) = severity(subject, &commands, c, span) else { continue };
            let message = format!("{name} (U+{:04X}) is invisible in this code", c as u32);
            let with = if is_space(c) { " " } else { "" };
            let help = if is_space(c) { "use a plain space" } else { "remove it" };
            let kind = Kind::Invisible;
            // A run of them is one finding.
            if let Some(last) = out.last_mut().filter(|last| last.is_before(kind, span)) {
                last.span.end = span.end;
                last.edits.push((span, with));
                continue;
            }
            out.push(Damage { kind, span, message, help, severity, edits: vec![(span, with)] });
        } else if matches!(c, '–' | '—') && commands.holds(subject, at) {
            let Some(len) = flag_dash(text, at) else { continue };
            let sure = subject.family() == Some(Family::Shell);
            let severity = if sure { Severity::Error } else { Severity::Warning };
            out.push(dash(text, Span::new(at, at + len), severity));
        }
        if out.len() > 2 * super::MAX_DAMAGES {
            break;
        }
    }
}

fn dash(text: &str, span: Span, severity: Severity) -> Damage {
    let c = &text[span.start..span.end];
    let message =
        format!("a flag begins with the dash `{c}`, which programs do not accept as hyphens");
    let with = flag_hyphens(text, span);
    let help = hyphens_help(with);
    let edits = with.map(|with| (span, with)).into_iter().collect();
    Damage { kind: Kind::Invisible, span, message, help, severity, edits }
}

/// What a reader is told who has to write the hyphens, of which `with` are certain.
pub fn hyphens_help(with: Option<&str>) -> &'static str {
    match with {
        Some("-") => "write a hyphen",
        Some(_) => "write two hyphens",
        None => "write one hyphen or two, as the program has it",
    }
}

/// The hyphens that the dashes at a span stand for, if they are certain.
pub fn flag_hyphens(text: &str, dashes: Span) -> Option<&'static str> {
    let mut start = line(text, dashes.start).start;
    // The program of a command on several lines is on the first.
    while start > 0 && text[..start - 1].trim_end().ends_with('\\') {
        let above = line(text, start - 1).start;
        if above == start || dashes.start - above > MAX_LINE {
            break;
        }
        start = above;
    }
    let written = &text[dashes.start..dashes.end];
    hyphens(&text[start..dashes.start], written, &text[dashes.end..])
}

/// The length of the dashes at `at`, if a flag begins with them: `–force`, `—x`, `–-all`.
pub fn flag_dash(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    if !before.is_none_or(|c| c.is_whitespace() || "[(|\"'`".contains(c)) {
        return None;
    }
    let rest = &text[at..];
    let name = rest.trim_start_matches(['–', '—', '-']);
    let len = rest.len() - name.len();
    let word = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let ends =
        name[word..].chars().next().is_none_or(|c| c.is_whitespace() || "=]),|\"'`".contains(c));
    let first = name.as_bytes().first()?;
    // A dash before a word in capitals belongs to a sentence.
    let named = first.is_ascii_lowercase() || first.is_ascii_uppercase() && word == 1;
    (named && ends && len <= 6).then_some(len)
}

/// Which lines are commands, and not their output.
struct Commands {
    prompts: bool,
    family: Option<Family>,
}

impl Commands {
    fn new(subject: &Subject<'_>) -> Self {
        let family = subject.family();
        let shell = family == Some(Family::Shell);
        let session = subject.has(|language| language.is_session);
        let prompts =
            shell && (session || subject.text.lines().any(|line| is_prompt(line.trim_start())));
        Self { prompts, family }
    }

    /// Whether the line around `at` is a command.
    fn holds(&self, subject: &Subject<'_>, at: usize) -> bool {
        let line = subject.line(at);
        let line = &subject.text[line.start..line.end];
        match self.family {
            Some(Family::Shell) => {
                let behind = !self.prompts || is_prompt(line.trim_start());
                behind && subject.part(at) == Part::Code
            }
            Some(Family::Loose) => {
                let words = line.trim_start();
                subject.part(at) == Part::Code
                    && (words.starts_with("RUN ") || words.starts_with("CMD "))
            }
            None => {
                subject.is_plain() && line.starts_with(|c: char| c.is_ascii_lowercase() || c == '$')
            }
            _ => false,
        }
    }
}

fn is_prompt(line: &str) -> bool {
    let marked = ["$ ", "% ", "# ", "> "].iter().any(|prompt| line.starts_with(prompt));
    let named =
        line.split_once("$ ").is_some_and(|(host, _)| host.contains('@') && !host.contains(' '));
    marked && !line.starts_with("# ") || named
}

/// The severity of a character at its position, if it does harm.
fn severity(subject: &Subject<'_>, commands: &Commands, c: char, span: Span) -> Option<Severity> {
    let part = subject.part(span.start);
    if turns(c) {
        // People and programs read the code in different orders.
        return (c != '\u{202a}' || part == Part::Code).then_some(Severity::Error);
    }
    let text = subject.text;
    let before = text[..span.start].chars().next_back().unwrap_or('\n');
    let behind = text[span.end..].chars().next().unwrap_or('\n');
    let plain = before.is_ascii() && behind.is_ascii();
    // A known trick to show characters that would end the block.
    let trick = |c: char| "`{}@*/<%".contains(c);
    if is_space(c) {
        return space(subject, commands, span, before);
    }
    if !plain || trick(before) && trick(behind) || before == '`' || behind == '`' {
        return None;
    }
    let words = before.is_ascii_alphanumeric() && behind.is_ascii_alphanumeric();
    let beside = before.is_ascii_alphanumeric() || behind.is_ascii_alphanumeric();
    match (subject.family(), part) {
        (None, _) => words.then_some(Severity::Warning),
        (Some(_), Part::Comment) => None,
        (Some(_), Part::Text) => beside.then_some(Severity::Warning),
        (Some(Family::Shell), Part::Code) if !commands.holds(subject, span.start) => {
            words.then_some(Severity::Warning)
        }
        (Some(Family::Yaml | Family::Loose), Part::Code) if !words && before == ' ' => {
            Some(Severity::Warning)
        }
        (Some(_), Part::Code) => Some(Severity::Error),
    }
}

/// The severity of an unusual space: it may be meant in a text, but not between two words of code.
fn space(subject: &Subject<'_>, commands: &Commands, span: Span, before: char) -> Option<Severity> {
    let line = subject.line(span.start);
    let written = &subject.text[line.start..line.end];
    // `tree` draws with them.
    if subject.part(span.start) != Part::Code || written.contains(['├', '└', '│', '─', '┌'])
    {
        return None;
    }
    let lead = subject.text[line.start..span.start].trim().is_empty();
    match subject.family()? {
        Family::Shell => commands.holds(subject, span.start).then_some(Severity::Error),
        Family::Yaml | Family::Loose => {
            (lead || ":-=,[{".contains(before)).then_some(Severity::Error)
        }
        // JavaScript accepts it as a space, and between tags there is text.
        Family::Script => {
            (lead && subject.text[span.start..].starts_with('\u{a0}')).then_some(Severity::Warning)
        }
        _ if subject.has(|language| language.takes_unicode_spaces) => Some(Severity::Warning),
        _ => Some(Severity::Error),
    }
}
