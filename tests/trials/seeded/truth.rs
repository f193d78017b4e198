//! Faults against the truth: keys, commands and flags that are misspelt.

use std::ops::Range;

use docgen::data::{Node, Value};
use docgen::lang::{self, Command, Content, Word};
use docgen::markdown::outline::InlineKind;
use docgen::project::bindings::BoundCommand;
use docgen::source::Span;
use docgen::truth::command::CommandNode;

use super::mutant::{Mutant, Near, View};

/// A slip of the fingers: the letter in the middle twice.
fn slip(word: &str) -> Option<(usize, char)> {
    let letters: Vec<(usize, char)> =
        word.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).collect();
    (letters.len() > 2).then(|| letters[letters.len() / 2])
}

/// Keys of documents that the schema is for.
pub fn keys(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    let Some(bound) = view.site.bindings.schemas.first() else { return };
    for (number, code) in view.facts.code.iter().enumerate() {
        let info = &code.info;
        let language = lang::judged(&info.language).filter(|_| code.closed && !info.unchecked);
        let Some(language) = language else { continue };
        let Content::Data(documents) = language.judge(&code.text(view.text)).content else {
            continue;
        };
        let path = view.site.index.pages[view.page].content_path.as_str();
        for document in &documents {
            if !bound.claims(info.schema.as_deref(), &info.language, path, document) {
                continue;
            }
            each_key(document, bound.pointer(), &mut |span, pointer, key| {
                let Some((at, letter)) = slip(key) else { return };
                let misspelt = format!("{}{letter}{}", &key[..at], &key[at..]);
                let wrong = format!("{pointer}/{misspelt}");
                if bound.schema().has(&wrong) || !bound.schema().has(&format!("{pointer}/{key}")) {
                    return;
                }
                let source = code.source_span(view.text, span);
                let written = &view.text[source.start..source.end];
                if let Some(start) = written.find(key) {
                    let at = source.start + start + at;
                    offer(view.mutant(at..at, letter.to_string(), Near::Block(number)));
                }
            });
        }
    }
}

fn each_key(node: &Node, pointer: &str, visit: &mut dyn FnMut(Span, &str, &str)) {
    match &node.value {
        Value::Object(members) => {
            for member in members {
                let plain =
                    member.key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
                if plain {
                    visit(member.key_span, pointer, &member.key);
                    each_key(&member.value, &format!("{pointer}/{}", member.key), visit);
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                each_key(item, &format!("{pointer}/{at}"), visit);
            }
        }
        _ => {}
    }
}

/// The words of a command line that the specification knows.
fn known_words(bound: &BoundCommand, command: &Command, visit: &mut dyn FnMut(&Word, &str, bool)) {
    if !bound.spec.is_for(command, &bound.runners) {
        return;
    }
    let Some(start) = command.words.iter().position(|word| word.text == bound.spec.name) else {
        return;
    };
    let mut chain: Vec<&CommandNode> = vec![&bound.spec.root];
    let mut positional = false;
    for word in &command.words[start + 1..] {
        let node = *chain.last().expect("the root is there");
        if !word.literal {
            positional = true;
        } else if word.text.starts_with("--") {
            let name = word.text.split('=').next().unwrap_or(&word.text);
            let open = chain.iter().any(|one| one.unknown_flags);
            let known = |name: &str| chain.iter().any(|one| one.long(name).is_some());
            if let Some((at, letter)) = slip(name).filter(|_| !open && known(name)) {
                let misspelt = format!("{}{letter}{}", &name[..at], &name[at..]);
                if !known(&misspelt) {
                    visit(word, name, true);
                }
            }
        } else if word.text.starts_with('-') || positional {
            positional = true;
        } else if let Some(next) = node.command(&word.text) {
            if !node.takes_words() && slip(&word.text).is_some() {
                visit(word, &word.text, false);
            }
            chain.push(next);
        } else {
            positional = true;
        }
    }
}

/// Offers the misspelt commands or flags of blocks and of code spans.
fn words(view: &View<'_>, flags: bool, spans: bool, offer: &mut dyn FnMut(Mutant)) {
    let Some(bound) = view.site.bindings.commands.first() else { return };
    let mut commands =
        |text: &str, language: &str, place: &dyn Fn(Span) -> Range<usize>, near: Near| {
            let Some(language) = lang::judged(language) else { return };
            let Content::Shell(commands) = language.judge(text).content else { return };
            for command in &commands {
                known_words(bound, command, &mut |word, name, is_flag| {
                    let written = place(word.span);
                    let Some((at, letter)) = slip(name) else { return };
                    if is_flag == flags && view.text[written.clone()].starts_with(name) {
                        let at = written.start + at;
                        offer(view.mutant(at..at, letter.to_string(), near));
                    }
                });
            }
        };
    if !spans {
        for (number, code) in view.facts.code.iter().enumerate().filter(|(_, code)| code.closed) {
            if code.info.unchecked || code.info.bad.is_some() {
                continue;
            }
            let place = |span: Span| {
                let span = code.source_span(view.text, span);
                span.start..span.end
            };
            commands(&code.text(view.text), &code.info.language, &place, Near::Block(number));
        }
        return;
    }
    for inline in view.outline.inlines.iter().filter(|one| one.kind == InlineKind::Code) {
        let written = &view.text[inline.span.start..inline.span.end];
        let ticks = written.len() - written.trim_start_matches('`').len();
        let starts = written[ticks..].starts_with(&*inline.text);
        if starts && inline.text.starts_with(&format!("{} ", bound.spec.name)) {
            let start = inline.span.start + ticks;
            let place = |span: Span| start + span.start..start + span.end;
            commands(&inline.text, "bash", &place, Near::Line);
        }
    }
}

pub fn commands(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    words(view, false, false, offer);
}

pub fn flags(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    words(view, true, false, offer);
}

pub fn commands_in_span(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    words(view, false, true, offer);
}

pub fn flags_in_span(view: &View<'_>, offer: &mut dyn FnMut(Mutant)) {
    words(view, true, true, offer);
}
