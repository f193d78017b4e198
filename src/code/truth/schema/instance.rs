//! The example as the validator sees it, with the spans of its parts.

use crate::data::{Member as Written, Node, Value};
use crate::source::Span;
use crate::truth::placeholder::{is_placeholder, is_placeholder_value};

use super::number::Decimal;

/// The deepest level of an example that is validated; deeper parts count as left out.
const MAX_DEPTH: usize = 64;

/// The number of a value in an instance.
pub(super) type ValueId = u32;

/// An example at its place in an otherwise empty document.
pub(super) struct Instance<'a> {
    entries: Vec<Entry<'a>>,
    /// Whether placeholders and gaps are literal values.
    literal: bool,
}

/// One value of the document.
pub(super) struct Entry<'a> {
    /// What it is.
    pub shape: Shape<'a>,
    /// The node that it was read from; `None` around the example, where everything is made up.
    pub node: Option<&'a Node>,
    /// The key that introduces it.
    pub key_span: Option<Span>,
    /// Whether the author left the value, or a part of it, to the reader.
    pub open: bool,
    /// Whether something was left out directly in this object or list.
    pub partial: bool,
    /// The value around it, and the step that leads to this one.
    parent: Option<(ValueId, Step<'a>)>,
}

/// One step down in a document.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The kinds of values.
pub(super) enum Shape<'a> {
    /// Left out, too deep, or not a value: nothing is known about it.
    Unknown,
    Null,
    Bool(bool),
    Number(Decimal),
    String(&'a str),
    Array(Vec<ValueId>),
    /// Sorted by key, each key once.
    Object(Vec<Member<'a>>),
}

/// A key with its value.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    pub name: &'a str,
    /// The key, as a value.
    pub key: ValueId,
    pub value: ValueId,
}

impl<'a> Instance<'a> {
    /// Puts `node` at `prefix`.
    pub fn example(node: &'a Node, prefix: &'a [String]) -> Self {
        let mut instance = Self { entries: Vec::new(), literal: false };
        instance.around(node, prefix, None);
        instance
    }

    /// A whole document written by a program, in which nothing is a placeholder.
    pub fn document(node: &'a Node) -> Self {
        let mut instance = Self { entries: Vec::new(), literal: true };
        instance.add(node, None, None, 0);
        instance
    }

    /// The value that is the whole document.
    pub const ROOT: ValueId = 0;

    pub fn entry(&self, at: ValueId) -> &Entry<'a> {
        &self.entries[at as usize]
    }

    /// Whether placeholders and gaps are literal values.
    pub fn is_literal(&self) -> bool {
        self.literal
    }

    /// The value around this one.
    pub fn parent(&self, at: ValueId) -> Option<ValueId> {
        self.entry(at).parent.map(|(parent, _)| parent)
    }

    /// The keys and indexes that lead to the value.
    pub fn path(&self, mut at: ValueId) -> Vec<String> {
        let mut path = Vec::new();
        while let Some((parent, step)) = self.entry(at).parent {
            path.push(match step {
                Step::Key(key) => key.to_owned(),
                Step::Index(index) => index.to_string(),
            });
            at = parent;
        }
        path.reverse();
        path
    }

    fn push(&mut self, parent: Option<(ValueId, Step<'a>)>) -> ValueId {
        let entry = Entry {
            shape: Shape::Unknown,
            node: None,
            key_span: None,
            open: false,
            partial: false,
            parent,
        };
        self.entries.push(entry);
        self.entries.len() as ValueId - 1
    }

    /// The objects and lists around the example, and the example in them.
    fn around(
        &mut self,
        node: &'a Node,
        prefix: &'a [String],
        parent: Option<(ValueId, Step<'a>)>,
    ) -> ValueId {
        let Some((first, rest)) = prefix.split_first() else {
            return self.add(node, None, parent, 0);
        };
        let at = self.push(parent);
        let shape = if first == "0" {
            Shape::Array(vec![self.around(node, rest, Some((at, Step::Index(0))))])
        } else {
            let key = self.key(at, first, None);
            let value = self.around(node, rest, Some((at, Step::Key(first))));
            Shape::Object(vec![Member { name: first, key, value }])
        };
        self.entries[at as usize].shape = shape;
        at
    }

    fn key(&mut self, parent: ValueId, name: &'a str, span: Option<Span>) -> ValueId {
        let key = self.push(Some((parent, Step::Key(name))));
        let open = !self.literal && is_placeholder(name);
        let entry = &mut self.entries[key as usize];
        (entry.shape, entry.key_span, entry.open) = (Shape::String(name), span, open);
        key
    }

    fn add(
        &mut self,
        node: &'a Node,
        key_span: Option<Span>,
        parent: Option<(ValueId, Step<'a>)>,
        depth: usize,
    ) -> ValueId {
        let at = self.push(parent);
        let (shape, mut open, partial) = if depth > MAX_DEPTH {
            (Shape::Unknown, true, false)
        } else {
            match &node.value {
                Value::Elision if self.literal => (Shape::Null, false, false),
                Value::Elision => (Shape::Unknown, true, false),
                Value::Null => (Shape::Null, false, false),
                Value::Bool(value) => (Shape::Bool(*value), false, false),
                Value::Number(text) => match Decimal::read(text) {
                    Some(number) => (Shape::Number(number), false, false),
                    None => (Shape::Unknown, true, false),
                },
                Value::String(text) => {
                    (Shape::String(text), !self.literal && is_placeholder_value(text), false)
                }
                Value::Array(items) => self.list(at, items, depth),
                Value::Object(members) => self.object(at, members, depth),
            }
        };
        open |= partial;
        let entry = &mut self.entries[at as usize];
        (entry.shape, entry.open, entry.partial) = (shape, open, partial);
        (entry.node, entry.key_span) = (Some(node), key_span);
        at
    }

    fn list(&mut self, at: ValueId, items: &'a [Node], depth: usize) -> (Shape<'a>, bool, bool) {
        let ids: Vec<ValueId> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.add(item, None, Some((at, Step::Index(index))), depth + 1))
            .collect();
        let open = ids.iter().any(|id| self.entry(*id).open);
        let gap = |item: &Node| matches!(item.value, Value::Elision);
        let partial = !self.literal && items.iter().any(gap);
        (Shape::Array(ids), open, partial)
    }

    fn object(
        &mut self,
        at: ValueId,
        members: &'a [Written],
        depth: usize,
    ) -> (Shape<'a>, bool, bool) {
        let partial = !self.literal && members.iter().any(is_gap);
        let mut sorted: Vec<&Written> =
            members.iter().filter(|member| self.literal || !is_gap(member)).collect();
        // The last of two equal keys counts, as in every JSON parser.
        sorted.sort_by(|a, b| a.key.cmp(&b.key));
        let mut last: Vec<&Written> = Vec::with_capacity(sorted.len());
        for member in sorted {
            match last.last_mut() {
                Some(same) if same.key == member.key => *same = member,
                _ => last.push(member),
            }
        }
        let mut open = false;
        let mut found = Vec::with_capacity(last.len());
        for member in last {
            let key = self.key(at, &member.key, Some(member.key_span));
            let step = Some((at, Step::Key(member.key.as_str())));
            let value = self.add(&member.value, Some(member.key_span), step, depth + 1);
            open |= self.entry(value).open;
            found.push(Member { name: &member.key, key, value });
        }
        (Shape::Object(found), open, partial)
    }
}

impl<'a> Entry<'a> {
    /// The members, if this is an object.
    pub fn members(&self) -> &[Member<'a>] {
        match &self.shape {
            Shape::Object(members) => members,
            _ => &[],
        }
    }

    /// The member with this key, if this is an object that has it.
    pub fn member(&self, name: &str) -> Option<Member<'a>> {
        let members = self.members();
        members.binary_search_by(|member| member.name.cmp(name)).ok().map(|at| members[at])
    }
}

/// Whether the member means "more keys here" and is not a key of that name.
pub(super) fn is_gap(member: &Written) -> bool {
    let key = member.key.trim();
    matches!(member.value.value, Value::Elision)
        && (key.is_empty() || key.starts_with("...") || key.starts_with('…'))
}
