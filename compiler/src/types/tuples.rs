//! Accesses moved to where their results are wanted, and tests of tagged tuples made one instruction.

use crate::core::simplify::is_pure;
use crate::core::{BlockId, ENTRY, End, Func, Kind, Op, OpKind, Test, Val, Var, graph};
use crate::regs::liveness::is_call;

/// How far up an access is looked for.
const STEPS: usize = 8;

/// Moves accesses, and tuples that are only made to be shown in an error, down to the only block that uses them.
pub fn sink(f: &mut Func) {
    let order = graph::order(f);
    let preds = graph::preds(f, &order);
    // The only block that uses a variable; `None` if there are several.
    let mut user: Vec<Option<Option<BlockId>>> = vec![None; f.vars as usize];
    for b in &order {
        let mut note = |v: Val| {
            if let Val::Var(v) = v {
                let slot = &mut user[v.ix()];
                *slot = match *slot {
                    None => Some(Some(*b)),
                    Some(Some(other)) if other == *b => Some(Some(*b)),
                    Some(_) => Some(None),
                };
            }
        };
        let block = &f.blocks[b.ix()];
        block.ops.iter().for_each(|op| op.for_each_use(&mut note));
        block.end.for_each_use(&mut note);
    }
    for b in order.iter().rev() {
        let ops = std::mem::take(&mut f.blocks[b.ix()].ops);
        let mut kept: Vec<Op> = Vec::with_capacity(ops.len());
        let mut moved: Vec<(BlockId, Op)> = Vec::new();
        for op in ops.into_iter().rev() {
            let target = op
                .dst
                .and_then(|d: Var| user[d.ix()].flatten())
                .filter(|u| u != b);
            let goes = match (&op.kind, target) {
                (OpKind::GetHd(_) | OpKind::GetTl(_) | OpKind::GetElem(..), Some(u)) => {
                    reaches(f, &preds, *b, u, false)
                }
                (OpKind::BsRest(_), Some(u)) => {
                    reaches(f, &preds, *b, u, true)
                        && !kept.iter().any(|k| matches!(k.kind, OpKind::BsSetPos(..)))
                }
                (OpKind::PutTuple(_) | OpKind::PutList(..), Some(u)) => {
                    matches!(f.blocks[u.ix()].end, End::Raise(_))
                        && !f.blocks[u.ix()].is_handler
                        && f.blocks[u.ix()].handler == f.blocks[b.ix()].handler
                }
                _ => false,
            };
            // What follows in this block may need what would move only through operations, which are uses.
            match (goes, target) {
                (true, Some(u)) => {
                    op.for_each_use(&mut |v| {
                        if let Val::Var(v) = v {
                            // Used there now; a variable that was used here alone may follow.
                            let slot = &mut user[v.ix()];
                            let only_here = *slot == Some(Some(*b));
                            let elsewhere = kept.iter().any(|k| uses(k, v))
                                || end_uses(&f.blocks[b.ix()].end, v);
                            *slot = Some(if only_here && !elsewhere {
                                Some(u)
                            } else {
                                None
                            });
                        }
                    });
                    moved.push((u, op));
                }
                _ => kept.push(op),
            }
        }
        kept.reverse();
        f.blocks[b.ix()].ops = kept;
        for (u, op) in moved {
            f.blocks[u.ix()].ops.insert(0, op);
        }
    }
}

fn uses(op: &Op, v: Var) -> bool {
    let mut found = false;
    op.for_each_use(&mut |u| found |= u == Val::Var(v));
    found
}

fn end_uses(end: &End, v: Var) -> bool {
    let mut found = false;
    end.for_each_use(&mut |u| found |= u == Val::Var(v));
    found
}

/// Is `to` reached from `from` by single ways without a call, under the same handler, and, if `still`, without a step of a
/// match context?
fn reaches(f: &Func, preds: &[Vec<BlockId>], from: BlockId, to: BlockId, still: bool) -> bool {
    let mut at = to;
    if f.blocks[to.ix()].is_handler {
        return false;
    }
    for _ in 0..STEPS {
        let [p] = preds[at.ix()].as_slice() else {
            return false;
        };
        if f.blocks[p.ix()].handler != f.blocks[at.ix()].handler {
            return false;
        }
        let steps = matches!(&f.blocks[p.ix()].end, End::Or(op, ..) if moves_context(&op.kind));
        let resets = *p != from
            && f.blocks[p.ix()]
                .ops
                .iter()
                .any(|op| moves_context(&op.kind));
        if still && (steps || resets) {
            return false;
        }
        if *p == from {
            // Behind the operation there may be a call in its own block.
            return !f.blocks[p.ix()].ops.iter().any(|op| is_call(&op.kind))
                && !matches!(
                    f.blocks[p.ix()].end,
                    End::LoopRec { .. } | End::Wait(_) | End::WaitTimeout { .. }
                );
        }
        if f.blocks[p.ix()].ops.iter().any(|op| is_call(&op.kind))
            || matches!(f.blocks[p.ix()].end, End::Wait(_) | End::WaitTimeout { .. })
        {
            return false;
        }
        at = *p;
    }
    false
}

fn moves_context(kind: &OpKind) -> bool {
    matches!(
        kind,
        OpKind::BsTake { .. }
            | OpKind::BsSkip { .. }
            | OpKind::BsString { .. }
            | OpKind::BsSetPos(..)
    )
}

/// `is_tuple`, `test_arity`, `get_elem 0`, `=:= atom` in a row become one test.
pub fn fuse(f: &mut Func) {
    let order = graph::order(f);
    let preds = graph::preds(f, &order);
    for b in order {
        let End::Test(Test::Is(Kind::Tuple, v), second, no) = f.blocks[b.ix()].end else {
            continue;
        };
        let single = |b: BlockId| preds[b.ix()].len() == 1 && b != ENTRY;
        let End::Test(Test::Arity(w, n), third, no2) = f.blocks[second.ix()].end else {
            continue;
        };
        if !single(second)
            || !f.blocks[second.ix()].ops.is_empty()
            || v != w
            || no != no2
            || !single(third)
        {
            continue;
        }
        let block = &f.blocks[third.ix()];
        let End::Test(Test::EqExact(Val::Var(e), Val::Atom(tag)), yes, no3) = block.end else {
            continue;
        };
        let is_tag =
            |op: &Op| op.dst == Some(e) && matches!(op.kind, OpKind::GetElem(x, 0) if x == v);
        let simple = block
            .ops
            .iter()
            .all(|op| is_tag(op) || matches!(op.kind, OpKind::GetElem(x, _) if x == v));
        if no3 != no || !simple || !block.ops.iter().any(is_tag) {
            continue;
        }
        // The accesses stay, behind the fused test; the tag's own goes away later if nobody else wants it.
        debug_assert!(block.ops.iter().all(|op| is_pure(&op.kind)));
        f.blocks[third.ix()].end = End::Jump(yes, Vec::new());
        f.blocks[b.ix()].end = End::Test(Test::Tagged(v, n, tag), third, no);
    }
}
