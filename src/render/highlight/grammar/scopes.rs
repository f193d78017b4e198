//! What a match does to the scopes: in the order of Sublime Text, which syntect follows.

use syntect::parsing::syntax_definition::{Context, ContextId, ContextReference, MatchOperation};
use syntect::parsing::{Region, Scope, ScopeStackOp, SyntaxSet};

use super::{Ops, Stop};

/// What a pattern does to the stack, with its contexts looked up.
pub(super) enum Operation<'s> {
    /// These contexts are opened.
    Push(Vec<(ContextId, &'s Context)>),
    /// These contexts are opened in place of the one that is open.
    Set(Vec<(ContextId, &'s Context)>),
    /// The context is left.
    Pop,
    /// Nothing.
    None,
}

impl<'s> Operation<'s> {
    /// Looks up the contexts of an operation.
    pub(super) fn new(set: &'s SyntaxSet, operation: &MatchOperation) -> Result<Self, Stop> {
        let targets = |references: &[ContextReference]| {
            let target = |reference: &ContextReference| {
                Ok::<_, Stop>((reference.id()?, reference.resolve(set)?))
            };
            references.iter().map(target).collect::<Result<Vec<_>, _>>()
        };
        Ok(match operation {
            MatchOperation::Push(references) => Self::Push(targets(references)?),
            MatchOperation::Set(references) => Self::Set(targets(references)?),
            MatchOperation::Pop => Self::Pop,
            MatchOperation::None => Self::None,
        })
    }

    /// What happens to the scopes before the match.
    pub(super) fn before(&self, current: &Context, at: usize, ops: &mut Ops) {
        let (targets, is_set) = match self {
            Self::Push(targets) => (targets, false),
            Self::Set(targets) => (targets, true),
            Self::Pop => return pop(&current.meta_content_scope, at, ops),
            Self::None => return,
        };
        if is_set && current.clear_scopes.is_some() {
            ops.push((at, ScopeStackOp::Restore));
        }
        for (_, target) in targets {
            let clear = target.clear_scopes.filter(|_| !is_set);
            ops.extend(clear.map(|amount| (at, ScopeStackOp::Clear(amount))));
            push(&target.meta_scope, at, ops);
        }
    }

    /// The operations on the scopes after the match.
    pub(super) fn after(&self, current: &Context, at: usize, ops: &mut Ops) {
        let (targets, is_set) = match self {
            Self::Push(targets) => (targets, false),
            Self::Set(targets) => (targets, true),
            Self::Pop => {
                pop(&current.meta_scope, at, ops);
                if current.clear_scopes.is_some() {
                    ops.push((at, ScopeStackOp::Restore));
                }
                return;
            }
            Self::None => return,
        };
        let own = current.meta_scope.len() + current.meta_content_scope.len();
        let again = (is_set && own > 0)
            || targets.iter().any(|(_, target)| {
                !target.meta_content_scope.is_empty() || (target.clear_scopes.is_some() && is_set)
            });
        if !again {
            return;
        }
        // The scopes of the match are removed, so that those of the content are in order.
        let pushed: usize = targets.iter().map(|(_, target)| target.meta_scope.len()).sum();
        let off = pushed + if is_set { own } else { 0 };
        if off > 0 {
            ops.push((at, ScopeStackOp::Pop(off)));
        }
        for (_, target) in targets {
            let clear = target.clear_scopes.filter(|_| is_set);
            ops.extend(clear.map(|amount| (at, ScopeStackOp::Clear(amount))));
            push(&target.meta_scope, at, ops);
            push(&target.meta_content_scope, at, ops);
        }
    }
}

fn push(scopes: &[Scope], at: usize, ops: &mut Ops) {
    ops.extend(scopes.iter().map(|scope| (at, ScopeStackOp::Push(*scope))));
}

fn pop(scopes: &[Scope], at: usize, ops: &mut Ops) {
    if !scopes.is_empty() {
        ops.push((at, ScopeStackOp::Pop(scopes.len())));
    }
}

/// The scopes of the groups of a match, the outer before the inner.
pub(super) fn captured(groups: &[(usize, Vec<Scope>)], region: &Region, ops: &mut Ops) {
    let mut all: Vec<((usize, i32), ScopeStackOp)> = Vec::new();
    for (group, scopes) in groups {
        let Some((start, end)) = region.pos(*group).filter(|(start, end)| start != end) else {
            continue;
        };
        let length = i32::try_from(end - start).unwrap_or(i32::MAX);
        all.extend(scopes.iter().map(|scope| ((start, -length), ScopeStackOp::Push(*scope))));
        all.push(((end, i32::MIN), ScopeStackOp::Pop(scopes.len())));
    }
    all.sort_by_key(|(place, _)| *place);
    ops.extend(all.into_iter().map(|((at, _), op)| (at, op)));
}
