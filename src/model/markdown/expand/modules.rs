//! MDX: `import Name from "./file.md"` and `<Name />` on a line.

use std::collections::HashMap;
use std::ops::Range;

use super::{Expander, below, lines};
use crate::markdown::front_matter;
use crate::markdown::lines::{closes_fence, opens_fence};
use crate::source::VPath;

impl Expander<'_> {
    pub(super) fn modules(&mut self, file: &VPath, text: &str, range: Range<usize>, prefix: &str) {
        let mut imported: HashMap<&str, (VPath, std::sync::Arc<str>)> = HashMap::new();
        let mut fence: Option<(u8, usize)> = None;
        let inside = self.stack.len() > 1;
        let mut done = range.start;
        let mut pos = range.start;
        while pos < range.end {
            let next = memchr::memchr(b'\n', &text.as_bytes()[pos..range.end])
                .map_or(range.end, |at| pos + at + 1);
            let line = text[pos..next].trim_end_matches(['\n', '\r']);
            let content = line.trim_start();
            let start = pos + (line.len() - content.len());
            match fence {
                Some((byte, len)) if closes_fence(content, byte, len, false) => fence = None,
                None => fence = opens_fence(content),
                _ => {}
            }
            if fence.is_none() {
                if start == pos && content.starts_with("import ") {
                    if let Some((name, wanted)) = import(content)
                        && let Some(found) = self.module(file, pos, line, wanted)
                    {
                        imported.insert(name, found);
                    }
                    if inside {
                        // After the imports at the top of a page, such lines are text.
                        self.copy(file, text, done..pos, prefix);
                        done = next;
                    }
                } else if let Some((path, found)) =
                    used(content).and_then(|name| imported.get(name))
                {
                    let (path, found) = (path.clone(), found.clone());
                    self.copy(file, text, done..start, prefix);
                    let deeper = format!("{prefix}{}", &text[pos..start]);
                    let (_, body) = front_matter::read(&found);
                    let end = lines::whole(&found).end.max(body);
                    self.insert("\n", file, start);
                    self.insert(&deeper, file, start);
                    self.include(&path, &found, std::slice::from_ref(&(body..end)), &deeper);
                    done = pos + line.len();
                    self.insert("\n", file, done);
                }
            }
            pos = next;
        }
        self.copy(file, text, done..range.end, prefix);
    }

    fn module(
        &mut self,
        file: &VPath,
        at: usize,
        line: &str,
        wanted: &str,
    ) -> Option<(VPath, std::sync::Arc<str>)> {
        let path = if wanted.starts_with('.') {
            below(file.parent(), wanted)
        } else if let Some(rest) = wanted.strip_prefix("@site/") {
            below(self.roots.project, rest)
        } else if wanted.starts_with('/') {
            VPath::beyond(wanted)
        } else {
            // A package, or an alias from the settings of the generator.
            return None;
        };
        let start = at + line.find(wanted).unwrap_or(0);
        self.find(file, start..start + wanted.len(), wanted, &[path])
    }
}

/// The name and the Markdown file of an import.
fn import(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix("import ")?.split_once(" from ")?;
    let name = name.trim();
    let plain = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let wanted = rest.trim().trim_end_matches(';').trim_end();
    let quote = wanted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let wanted = wanted[1..].strip_suffix(quote)?;
    let markdown = wanted.ends_with(".md") || wanted.ends_with(".mdx");
    (plain && markdown).then_some((name, wanted))
}

/// The component that a line consists of: `<Name />`, `<Name a="b" />` or `<Name></Name>`.
fn used(line: &str) -> Option<&str> {
    let rest = line.trim_end().strip_prefix('<')?;
    let len = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let (name, behind) = rest.split_at(len);
    let empty = behind.ends_with("/>") && !behind[..behind.len() - 2].contains('>')
        || behind.strip_prefix("></").and_then(|rest| rest.strip_suffix('>')) == Some(name);
    (len > 0 && empty).then_some(name)
}
