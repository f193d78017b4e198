//! Finds the commands that the pages of a site mention.

use std::collections::HashSet;

use crate::truth::command::{CommandNode, CommandSpec};

/// The commands that are mentioned in a site, each as a list of its words.
pub struct Mentions(HashSet<String>);

impl Mentions {
    /// Searches for the name of the program and of its runners, and follows its commands from
    /// there. Mentions in prose count too.
    pub fn new(spec: &CommandSpec, runners: &[Vec<String>], texts: &[&str]) -> Self {
        let mut found = HashSet::new();
        let last = runners.iter().filter_map(|runner| runner.last());
        let names: HashSet<&str> =
            std::iter::once(&spec.name).chain(last).map(String::as_str).collect();
        for name in names {
            for text in texts {
                for (at, _) in text.match_indices(name) {
                    let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
                    if !text[..at].ends_with(letter) {
                        walk(&spec.root, &spec.name, call(&text[at + name.len()..]), &mut found);
                    }
                }
            }
        }
        Self(found)
    }

    /// Whether the command with these words is mentioned.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains(path)
    }
}

/// The longest part of a line that is searched for one call, in bytes.
const MAX_CALL: usize = 300;

/// The text that may belong to a call: the rest of the line, and the next one if it is continued.
fn call(rest: &str) -> impl Iterator<Item = &str> {
    let mut end = MAX_CALL.min(rest.len());
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let rest = if rest.starts_with([' ', '@', '\\']) { &rest[..end] } else { "" };
    let lines = rest.split('\n');
    let mut continued = true;
    lines
        .take_while(move |line| std::mem::replace(&mut continued, line.trim_end().ends_with('\\')))
        .flat_map(str::split_whitespace)
        .filter(|word| *word != "\\")
}

/// Marks the commands that the words name. Flags in between are skipped, and so are their values,
/// being words that are not commands.
fn walk<'w>(
    root: &CommandNode,
    tool: &str,
    words: impl Iterator<Item = &'w str>,
    found: &mut HashSet<String>,
) {
    let mut node = root;
    let mut path = tool.to_owned();
    let mut behind_flag = false;
    for word in words {
        // In `status|stop`, `` `status`, `` and `status/stop`, only the last word continues.
        let mut next = None;
        for one in word.split(['|', '/']) {
            let bare = one.trim_matches(|c: char| !c.is_alphanumeric());
            if let Some(command) = node.command(bare) {
                found.insert(format!("{path} {}", command.name));
                next = Some(command);
            }
        }
        match next {
            Some(command) => {
                path = format!("{path} {}", command.name);
                node = command;
                behind_flag = false;
            }
            None if word.starts_with(['-', '[', '<', '@']) => behind_flag = true,
            None if std::mem::take(&mut behind_flag) => {}
            None => return,
        }
        // The code span or the sentence ends here.
        let over = word.ends_with(['.', ';', ')']) || word.trim_start_matches('`').contains('`');
        if over || node.commands.is_empty() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_mentions() {
        let spec = CommandSpec::load(
            r#"{"tool": "claw", "root": {"name": "claw", "commands": [
                {"name": "gateway", "aliases": ["gw"], "commands": [{"name": "run"}, {"name": "stop"}]},
                {"name": "chat"}]}}"#,
            true,
        )
        .unwrap();
        for (text, expected) in [
            ("`claw gateway run`", &["claw gateway", "claw gateway run"][..]),
            ("claw gateway run|stop", &["claw gateway", "claw gateway run", "claw gateway stop"]),
            ("claw --profile x gw stop", &["claw gateway", "claw gateway stop"]),
            ("claw gateway \\\n  --port 1 \\\n  run", &["claw gateway", "claw gateway run"]),
            ("docker compose run claw-cli chat", &["claw chat"]),
            ("see `claw gateway`, run it", &["claw gateway"]),
            ("claw\nchat, unclaw chat, claw-x chat, claw is a chat", &[]),
        ] {
            let runners = [["docker", "compose", "run", "claw-cli"].map(str::to_owned).to_vec()];
            let Mentions(found) = Mentions::new(&spec, &runners, &[text]);
            let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{text}");
        }
    }
}
