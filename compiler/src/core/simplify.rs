//! Makes a function smaller without knowing types: tests of constants are decided, jumps to jumps are shortened, straight lines
//! become one block, unused results disappear.

use super::{Block, BlockId, ENTRY, End, Func, Kind, OpKind, Test, Val, Var, graph};

/// Runs until nothing changes (two or three rounds in practice).
pub fn simplify(f: &mut Func) {
    for _ in 0..8 {
        let mut changed = decide(f);
        changed |= shorten(f);
        changed |= merge(f);
        changed |= remove_unused(f);
        if !changed {
            return;
        }
    }
}

/// Ends whose outcome is known become jumps.
fn decide(f: &mut Func) -> bool {
    let mut changed = false;
    for block in &mut f.blocks {
        let to = match &block.end {
            End::Test(t, yes, no) => {
                if yes == no {
                    Some(*yes)
                } else {
                    outcome(t).map(|b| if b { *yes } else { *no })
                }
            }
            End::SelectVal(v, arms, default)
                if matches!(v, Val::Atom(_) | Val::Small(_) | Val::Nil | Val::Const(_)) =>
            {
                Some(arms.iter().find(|a| a.0 == *v).map_or(*default, |a| a.1))
            }
            End::SelectVal(_, arms, default) if arms.iter().all(|a| a.1 == *default) => {
                Some(*default)
            }
            _ => None,
        };
        if let Some(to) = to {
            block.end = End::Jump(to, Vec::new());
            changed = true;
        }
    }
    changed
}

/// The answer of a test of constants.
fn outcome(t: &Test) -> Option<bool> {
    match t {
        Test::Is(kind, v) => is_kind(*kind, *v),
        Test::EqExact(a, b) | Test::NeExact(a, b) => {
            let same = match (a, b) {
                (Val::Var(x), Val::Var(y)) if x == y => true,
                (Val::Var(_), _) | (_, Val::Var(_)) => return None,
                // Equal maps may be written in different orders.
                (Val::Const(x), Val::Const(y)) if x != y => return None,
                (a, b) => a == b,
            };
            Some(same == matches!(t, Test::EqExact(..)))
        }
        Test::Lt(Val::Small(a), Val::Small(b)) => Some(a < b),
        Test::Ge(Val::Small(a), Val::Small(b)) => Some(a >= b),
        Test::Eq(Val::Small(a), Val::Small(b)) => Some(a == b),
        Test::Ne(Val::Small(a), Val::Small(b)) => Some(a != b),
        Test::Arity(v, _) | Test::Tagged(v, ..)
            if matches!(v, Val::Small(_) | Val::Atom(_) | Val::Nil) =>
        {
            Some(false)
        }
        _ => None,
    }
}

fn is_kind(kind: Kind, v: Val) -> Option<bool> {
    Some(match v {
        Val::Var(_) | Val::Const(_) => return None,
        Val::Small(_) => matches!(kind, Kind::Integer | Kind::Number),
        Val::Nil => matches!(kind, Kind::Nil | Kind::List),
        // Whether it is a Boolean depends on which atom it is.
        Val::Atom(_) if kind == Kind::Boolean => return None,
        Val::Atom(_) => kind == Kind::Atom,
    })
}

/// Where a jump to `b` really leads: through blocks that do nothing but jump.
fn final_target(f: &Func, b: BlockId) -> BlockId {
    let mut at = b;
    for _ in 0..16 {
        let block = &f.blocks[at.ix()];
        match &block.end {
            End::Jump(to, args)
                if block.ops.is_empty()
                    && block.params.is_empty()
                    && args.is_empty()
                    && *to != at
                    && at != ENTRY
                    && f.blocks[to.ix()].handler == block.handler
                    && !f.blocks[to.ix()].is_handler =>
            {
                at = *to;
            }
            _ => break,
        }
    }
    at
}

fn shorten(f: &mut Func) -> bool {
    let mut changed = false;
    for i in 0..f.blocks.len() {
        let mut end = std::mem::replace(&mut f.blocks[i].end, End::Open);
        end.map_targets(&mut |b| {
            let to = final_target(f, b);
            changed |= to != b;
            to
        });
        f.blocks[i].end = end;
    }
    changed
}

/// Joins a block to the only block that jumps to it.
fn merge(f: &mut Func) -> bool {
    let order = graph::order(f);
    let mut count = vec![0u32; f.blocks.len()];
    for b in &order {
        f.blocks[b.ix()]
            .end
            .for_each_target(&mut |t| count[t.ix()] += 1);
    }
    let mut replace: Vec<Option<Val>> = vec![None; f.vars as usize];
    let mut changed = false;
    for b in order {
        if b == ENTRY {
            continue;
        }
        while let End::Jump(to, args) = &f.blocks[b.ix()].end {
            let (to, args) = (*to, args.clone());
            let next = &f.blocks[to.ix()];
            if count[to.ix()] != 1
                || to == b
                || next.is_handler
                || next.handler != f.blocks[b.ix()].handler
            {
                break;
            }
            for (p, a) in next.params.clone().into_iter().zip(args) {
                replace[p.ix()] = Some(a);
            }
            let next = std::mem::replace(&mut f.blocks[to.ix()], Block::new(None));
            let block = &mut f.blocks[b.ix()];
            block.ops.extend(next.ops);
            block.end = next.end;
            block.end_line = next.end_line;
            changed = true;
        }
    }
    // A parameter that gets the same value on every way is that value.
    changed |= same_arguments(f, &mut replace);
    if changed {
        substitute(f, &replace);
    }
    changed
}

fn same_arguments(f: &mut Func, replace: &mut [Option<Val>]) -> bool {
    let order = graph::order(f);
    let mut incoming: Vec<Option<Vec<Option<Val>>>> = vec![None; f.blocks.len()];
    for b in &order {
        if let End::Jump(to, args) = &f.blocks[b.ix()].end
            && !args.is_empty()
        {
            match &mut incoming[to.ix()] {
                slot @ None => *slot = Some(args.iter().map(|a| Some(*a)).collect()),
                Some(known) => {
                    for (k, a) in known.iter_mut().zip(args) {
                        if *k != Some(*a) {
                            *k = None;
                        }
                    }
                }
            }
        }
    }
    let mut keeps: Keeps = vec![None; f.blocks.len()];
    for to in order {
        let Some(known) = &incoming[to.ix()] else {
            continue;
        };
        if f.blocks[to.ix()].is_handler {
            continue;
        }
        let params = f.blocks[to.ix()].params.clone();
        let keep: Vec<bool> = known
            .iter()
            .zip(&params)
            .map(|(k, p)| match k {
                Some(v) if *v != Val::Var(*p) => {
                    replace[p.ix()] = Some(*v);
                    false
                }
                _ => true,
            })
            .collect();
        if keep.contains(&false) {
            keeps[to.ix()] = Some(keep);
        }
    }
    drop_params(f, &keeps)
}

/// By block: which of its parameters stay. `None` where all do.
type Keeps = Vec<Option<Vec<bool>>>;

/// Removes parameters and the arguments of all jumps to their blocks. Are there any?
fn drop_params(f: &mut Func, keeps: &Keeps) -> bool {
    if keeps.iter().all(Option::is_none) {
        return false;
    }
    for (block, keep) in f.blocks.iter_mut().zip(keeps) {
        if let Some(keep) = keep {
            keep_only(&mut block.params, keep);
        }
        if let End::Jump(to, args) = &mut block.end
            && let Some(keep) = &keeps[to.ix()]
        {
            keep_only(args, keep);
        }
    }
    true
}

fn keep_only<T>(all: &mut Vec<T>, keep: &[bool]) {
    let mut flags = keep.iter();
    all.retain(|_| flags.next().copied().unwrap_or(true));
}

/// Puts values in the place of variables everywhere.
pub fn substitute(f: &mut Func, replace: &[Option<Val>]) {
    let mut get = |v: Val| {
        let mut v = v;
        // Chains of replacements are as long as merged blocks are nested.
        while let Val::Var(x) = v {
            match replace.get(x.ix()).copied().flatten() {
                Some(next) if next != v => v = next,
                _ => break,
            }
        }
        v
    };
    for block in &mut f.blocks {
        for op in &mut block.ops {
            op.kind.map_uses(&mut get);
        }
        block.end.map_uses(&mut get);
    }
}

/// Can the operation be left out when nobody looks at its result?
pub fn is_pure(kind: &OpKind) -> bool {
    match kind {
        OpKind::Move(_)
        | OpKind::PutList(..)
        | OpKind::PutTuple(_)
        | OpKind::MakeFun(..)
        | OpKind::GetHd(_)
        | OpKind::GetTl(_)
        | OpKind::GetElem(..)
        | OpKind::BuildStack(_)
        | OpKind::BsRest(_)
        | OpKind::BsGetPos(_) => true,
        OpKind::PutMap { .. }
        | OpKind::Arith(..)
        | OpKind::Bif(..)
        | OpKind::Call(..)
        | OpKind::Send(..)
        | OpKind::CreateBin(_)
        | OpKind::Fetch(..)
        | OpKind::HasKeys(..)
        | OpKind::BsStart(_)
        | OpKind::BsTake { .. }
        | OpKind::BsSkip { .. }
        | OpKind::BsString { .. }
        | OpKind::BsTail(..)
        | OpKind::BsUnit(..)
        | OpKind::BsSetPos(..)
        | OpKind::TryEnd(_)
        | OpKind::CatchEnd(..)
        | OpKind::TryCase(_)
        | OpKind::RemoveMessage
        | OpKind::Timeout
        | OpKind::RecvMark
        | OpKind::RecvBind(..)
        | OpKind::RecvUse(_)
        | OpKind::RecvClear(_) => false,
    }
}

/// Removes pure operations and block parameters that nobody uses.
fn remove_unused(f: &mut Func) -> bool {
    let order = graph::order(f);
    let mut reachable = vec![false; f.blocks.len()];
    order.iter().for_each(|b| reachable[b.ix()] = true);
    for (b, alive) in f.blocks.iter_mut().zip(&reachable) {
        let empty = b.ops.is_empty() && matches!(b.end, End::Open);
        if !alive && !empty {
            *b = Block::new(None);
        }
    }
    let mut used = vec![0u32; f.vars as usize];
    let mut count = |v: Val| {
        if let Val::Var(v) = v {
            used[v.ix()] += 1;
        }
    };
    for b in &order {
        let block = &f.blocks[b.ix()];
        block.ops.iter().for_each(|op| op.for_each_use(&mut count));
        block.end.for_each_use(&mut count);
    }
    let mut changed = false;
    for b in order.iter().rev() {
        let ops = std::mem::take(&mut f.blocks[b.ix()].ops);
        let mut kept: Vec<super::Op> = Vec::with_capacity(ops.len());
        for op in ops.into_iter().rev() {
            let unused = op.dst.is_none_or(|d: Var| used[d.ix()] == 0);
            if unused && is_pure(&op.kind) {
                op.for_each_use(&mut |v| {
                    if let Val::Var(v) = v {
                        used[v.ix()] -= 1;
                    }
                });
                changed = true;
            } else {
                kept.push(op);
            }
        }
        kept.reverse();
        f.blocks[b.ix()].ops = kept;
    }
    let mut keeps: Keeps = vec![None; f.blocks.len()];
    for b in order {
        let block = &f.blocks[b.ix()];
        if b == ENTRY || block.is_handler || block.params.is_empty() {
            continue;
        }
        let keep: Vec<bool> = block.params.iter().map(|p| used[p.ix()] > 0).collect();
        if keep.contains(&false) {
            keeps[b.ix()] = Some(keep);
        }
    }
    changed | drop_params(f, &keeps)
}
