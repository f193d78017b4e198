//! pymdownx snippets: `--8<-- "file:section"` on a line, or a block of file names.

use std::ops::Range;

use super::{Expander, below, lines};
use crate::source::VPath;

impl Expander<'_> {
    pub(super) fn snippets(&mut self, file: &VPath, text: &str, range: Range<usize>, prefix: &str) {
        let mut block = false;
        let mut pos = range.start;
        while pos < range.end {
            let next = memchr::memchr(b'\n', &text.as_bytes()[pos..range.end])
                .map_or(range.end, |at| pos + at + 1);
            let line = text[pos..next].trim_end_matches(['\n', '\r']);
            let end = pos + line.len();
            match read(line) {
                Some(Line::Escaped(at)) => {
                    self.copy(file, text, pos..pos + at, prefix);
                    self.copy(file, text, pos + at + 1..next, prefix);
                }
                Some(Line::Fence) => block = !block,
                Some(Line::Snippet(name)) => {
                    let indent = pos..pos + (line.len() - line.trim_start().len());
                    self.snippet(file, text, indent, pos + name.start..pos + name.end, prefix);
                    self.copy(file, text, end..next, prefix);
                }
                Some(Line::Section) if !block => {}
                _ if block && !line.trim().is_empty() => {
                    let start = pos + (line.len() - line.trim_start().len());
                    self.snippet(
                        file,
                        text,
                        pos..start,
                        start..pos + line.trim_end().len(),
                        prefix,
                    );
                    self.copy(file, text, end..next, prefix);
                }
                _ => self.copy(file, text, pos..next, prefix),
            }
            pos = next;
        }
    }

    fn snippet(
        &mut self,
        file: &VPath,
        text: &str,
        indent: Range<usize>,
        name: Range<usize>,
        prefix: &str,
    ) {
        let written = text[name.clone()].trim();
        if written.starts_with(';')
            || written.starts_with("http://")
            || written.starts_with("https://")
        {
            return;
        }
        let (wanted, place) = split(written);
        let folders = [self.roots.project, "", self.roots.content, file.parent()];
        let candidates = folders.map(|folder| below(folder, wanted));
        let found = self.find(file, name.clone(), wanted, &candidates);
        let Some((path, found)) = found else { return };
        let Some(parts) = parts(&found, place) else {
            let message = format!("`{path}` has no section `{place}`");
            return self.fault::<()>(file, name, message).unwrap_or_default();
        };
        self.copy(file, text, indent.clone(), prefix);
        let deeper = format!("{prefix}{}", &text[indent]);
        self.include(&path, &found, &parts, &deeper);
    }
}

enum Line {
    /// An escaped one, with the offset of its semicolon.
    Escaped(usize),
    /// Opens or closes a block of names.
    Fence,
    /// Includes a file, with the range of its name.
    Snippet(Range<usize>),
    /// Begins or ends a section.
    Section,
}

fn read(line: &str) -> Option<Line> {
    memchr::memmem::find(line.as_bytes(), b"-8<-")?;
    let start = line.len() - line.trim_start().len();
    let rest = line[start..].trim_start_matches(';');
    let escaped = start + rest.len() < line.len();
    let marker = rest.trim_start_matches('-').strip_prefix("8<-").filter(|_| rest.starts_with('-'));
    let Some(behind) = marker.map(|behind| behind.trim_start_matches('-')) else {
        return lines::section_mark(line).map(|_| Line::Section);
    };
    if lines::section_mark(line).is_some() && !escaped {
        return Some(Line::Section);
    }
    let name = behind.trim();
    let quoted = name.len() > 2
        && behind.starts_with([' ', '\t'])
        && ['"', '\''].iter().any(|quote| name.starts_with(*quote) && name.ends_with(*quote));
    if !quoted && !behind.is_empty() {
        return None;
    }
    if escaped {
        return Some(Line::Escaped(start));
    }
    if behind.is_empty() {
        return Some(Line::Fence);
    }
    let at = line.len() - behind.len() + (behind.len() - behind.trim_start().len());
    Some(Line::Snippet(at + 1..at + name.len() - 1))
}

/// The file, and the lines or the section of it.
fn split(written: &str) -> (&str, &str) {
    let place = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | ',');
    match written.find(':') {
        Some(at) if written[at + 1..].chars().all(place) => (&written[..at], &written[at + 1..]),
        _ => (written, ""),
    }
}

fn parts(text: &str, place: &str) -> Option<Vec<Range<usize>>> {
    if place.is_empty() {
        return Some(vec![lines::whole(text)]);
    }
    if place.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return lines::section(text, place);
    }
    let total = lines::lines(text).len();
    let counted = |number: &str, behind: usize| match number.parse::<i64>() {
        Ok(number) if number < 0 => (total + behind).saturating_sub(number.unsigned_abs() as usize),
        Ok(number) => (number as usize).saturating_sub(1 - behind),
        Err(_) => {
            if behind == 1 {
                usize::MAX
            } else {
                0
            }
        }
    };
    let slices = place.split(',').map(|one| {
        let (from, to) = one.split_once(':').unwrap_or((one, ""));
        lines::slice(text, counted(from, 0), counted(to, 1))
    });
    Some(slices.flatten().collect())
}
