//! Limits on the run time and output of templates.
//!
//! The engine limits neither loops nor nested includes, blocks and components, and has no hook
//! between instructions. So each of the site's own templates gets calls of a function that counts
//! and prints nothing, wherever something can be repeated: at its start, and after tags that
//! begin a loop, a block or a component.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use tera::{Kwargs, State, Tera, TeraResult};

/// The most iterations of loops, blocks, components and includes of one page in total: ten times
/// the number of entries in the longest table of contents.
const MAX_STEPS: u64 = 250_000;
/// The largest page, in bytes. The largest source is 64 MiB, and its HTML can be longer.
pub(super) const MAX_OUTPUT: usize = 512 << 20;

/// The most that the components of one page write, in bytes.
pub(super) const COMPONENTS: usize = 64 << 20;

/// The most templates of a site. Each can include another, which takes stack.
pub(super) const MAX_TEMPLATES: usize = 100;
/// The stack for that many nested templates, in bytes. A debug build takes about 60 KiB for each;
/// unused stack costs nothing.
pub(super) const STACK: usize = 64 << 20;

/// The name of the function that counts.
const COUNTER: &str = "docgen_step";
/// Tags after which something may be repeated.
const REPEATING: [&str; 3] = ["for", "block", "component"];

/// A template with calls that count its steps.
pub(super) struct Counted {
    /// The text that is passed to the engine.
    pub(super) text: String,
    /// The offsets and lengths of the calls in it, in order.
    calls: Vec<(usize, usize)>,
}

impl Counted {
    /// Adds a call wherever something may be repeated.
    pub(super) fn new(source: &str) -> Self {
        let mut counted = Self { text: String::with_capacity(source.len()), calls: Vec::new() };
        let tags = tags(source);
        if tags.first().is_none_or(|tag| tag.name != "extends") {
            counted.call(false);
        }
        let mut done = 0;
        for tag in tags.iter().filter(|tag| REPEATING.contains(&tag.name)) {
            counted.text.push_str(&source[done..tag.end]);
            counted.call(source[..tag.end].ends_with("-%}"));
            done = tag.end;
        }
        counted.text.push_str(&source[done..]);
        counted
    }

    /// Whitespace control after a tag is moved to the call.
    fn call(&mut self, trims: bool) {
        let call = format!("{{{{ {COUNTER}() {}}}}}", if trims { "-" } else { "" });
        self.calls.push((self.text.len(), call.len()));
        self.text.push_str(&call);
    }

    /// Maps an offset in the text passed to the engine to the source.
    pub(super) fn place(&self, at: usize) -> usize {
        let before = self.calls.iter().take_while(|(start, _)| *start < at);
        at - before.map(|(start, len)| (*len).min(at - start)).sum::<usize>()
    }
}

/// A tag between `{%` and `%}`.
struct Tag<'s> {
    name: &'s str,
    end: usize,
}

/// The tags of a template, except in comments and raw text.
fn tags(source: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    let mut raw = false;
    while let Some(next) = source[at..].find('{') {
        let start = at + next;
        let rest = &source[start..];
        at = start + 1;
        if let Some(inside) = rest.strip_prefix("{%") {
            let name = inside.trim_start_matches('-').trim_start();
            let name = &name[..name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len())];
            if raw && name != "endraw" {
                continue;
            }
            let Some(len) = closed(rest, "%}") else { break };
            at = start + len;
            raw = name == "raw";
            tags.push(Tag { name, end: at });
        } else if !raw && rest.starts_with("{{") {
            let Some(len) = closed(rest, "}}") else { break };
            at = start + len;
        } else if !raw && rest.starts_with("{#") {
            let Some(len) = rest.find("#}") else { break };
            at = start + len + 2;
        }
    }
    tags
}

/// The length up to an end marker outside strings.
fn closed(rest: &str, end: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().skip(2) {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None if rest.as_bytes()[at..].starts_with(end.as_bytes()) => {
                return Some(at + end.len());
            }
            None => {}
        }
    }
    None
}

/// Registers a fresh counter with an engine.
pub(super) fn count(tera: &mut Tera) {
    let steps = AtomicU64::new(0);
    tera.register_function(COUNTER, move |_: Kwargs, _: &State<'_>| -> TeraResult<&'static str> {
        if steps.fetch_add(1, Ordering::Relaxed) < MAX_STEPS {
            return Ok("");
        }
        Err(tera::Error::message(format!(
            "the loops and includes of this page run more than {MAX_STEPS} times"
        )))
    });
}

/// A writer with a maximum length.
pub(super) struct Page {
    /// What was written.
    pub(super) bytes: Vec<u8>,
    most: usize,
}

impl Page {
    /// An empty page, for which there is some room, and which may have so many bytes.
    pub(super) fn new(room: usize, most: usize) -> Self {
        Self { bytes: Vec::with_capacity(room), most }
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            // Components of a page share one limit, and the last may find it nearly spent.
            let limit = if self.most > COMPONENTS { MAX_OUTPUT } else { COMPONENTS };
            let message = format!("the page is longer than {} MiB", limit >> 20);
            return Err(io::Error::other(message));
        }
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_stand_where_something_repeats() {
        let call = "{{ docgen_step() }}";
        for (source, expected) in [
            ("a", "@a"),
            (
                "{% extends \"b\" %}{% block c -%} d{% endblock %}",
                "{% extends \"b\" %}{% block c -%}{{ docgen_step() -}} d{% endblock %}",
            ),
            (
                "{%- for a in \"%}\" %}{{ '{% for' }}{% endfor %}",
                "@{%- for a in \"%}\" %}@{{ '{% for' }}{% endfor %}",
            ),
            (
                "{# {% for a in b %} #}{% raw %}{% for a in b %}{% endraw %}",
                "@{# {% for a in b %} #}{% raw %}{% for a in b %}{% endraw %}",
            ),
            ("{% for", "@{% for"),
            ("{ {{ {", "@{ {{ {"),
        ] {
            let counted = Counted::new(source);
            assert_eq!(counted.text, expected.replace('@', call), "{source}");
            for (at, _) in source.char_indices() {
                let moved = (0..counted.text.len()).rev().find(|to| counted.place(*to) == at);
                assert!(moved.is_some_and(|to| counted.text[to..].starts_with(&source[at..=at])));
            }
        }
    }
}
