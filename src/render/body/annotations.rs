//! The list below a block of code whose items its comments stand for.

use super::Writer;
use crate::escape;

/// How many lines behind a block are looked at for its list.
const MAX_LINES: usize = 400;

/// The list of the last block that has one.
#[derive(Default)]
pub(super) struct Annotations {
    /// What the ids of its items begin with, and where the block ends: the list must stand there.
    expected: Option<(String, usize)>,
    /// The same beginning, how many of its items were written, and how many lists are open in it.
    open: Option<(String, usize, usize)>,
}

impl Writer<'_> {
    /// The list behind a block that ends at this offset of the source: what the ids of its items
    /// begin with, and how many items are written with a number.
    pub(super) fn list_behind(&self, end: usize) -> Option<(String, usize)> {
        let lines = self.source.get(end..)?.lines().take(MAX_LINES);
        let mut lines = lines.skip_while(|line| line.trim().is_empty());
        let first = lines.next()?;
        if !numbered(first.trim_start()) {
            return None;
        }
        // What is as far left as the first item is another one, or the end of the list.
        let indent = first.len() - first.trim_start().len();
        let inside = |line: &str| line.trim().is_empty() || line.starts_with([' ', '\t']);
        let mut items = 1;
        for line in lines {
            let own = line.get(indent..).unwrap_or_default();
            if numbered(own) {
                items += 1;
            } else if !inside(own) {
                break;
            }
        }
        Some((format!("docgen-code-{}", self.code), items))
    }

    /// Remembers that the list of a block is to come.
    pub(super) fn expect_list(&mut self, list: Option<(String, usize)>) {
        self.annotations.expected = list.map(|(list, _)| (list, self.out.len()));
    }

    pub(super) fn start_list(&mut self, start: Option<u64>) {
        self.fold_item();
        if let Some((_, _, depth)) = &mut self.annotations.open {
            *depth += 1;
        }
        let here = self.out.len();
        let expected = self.annotations.expected.take();
        let expected = expected.filter(|(_, at)| start.is_some() && *at == here);
        let class = match expected {
            Some((list, _)) => {
                self.annotations.open = Some((list, 0, 1));
                " class=\"annotations\""
            }
            None => "",
        };
        match start {
            None => self.out.push_str("<ul>\n"),
            Some(1) => self.out.push_str(&format!("<ol{class}>\n")),
            Some(start) => self.out.push_str(&format!("<ol{class} start=\"{start}\">\n")),
        }
    }

    pub(super) fn start_item(&mut self) {
        self.out.push_str("<li");
        if let Some((list, written, 1)) = &mut self.annotations.open {
            *written += 1;
            escape::attribute(&mut self.out, "id", &format!("{list}-{written}"));
        }
        self.out.push('>');
        self.enter_item();
    }

    pub(super) fn end_list(&mut self) {
        if let Some((_, _, depth)) = &mut self.annotations.open {
            *depth -= 1;
            if *depth == 0 {
                self.annotations.open = None;
            }
        }
    }
}

/// Whether a line begins an item of a numbered list.
fn numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "))
}
