//! Which variables are alive where. Computed variable by variable, backwards from each use to the definition, so that the cost is the
//! size of the answer and not blocks times variables.

use crate::core::{BlockId, End, Func, OpKind, Val, Var};

/// Variables alive at the start of each block, its parameters left out.
pub type LiveIn = Vec<Vec<Var>>;

/// Computes it. Everything that a handler needs is alive throughout the blocks that it protects.
pub fn compute(f: &Func, order: &[BlockId]) -> LiveIn {
    let n = f.blocks.len();
    let mut def_block = vec![BlockId(u32::MAX); f.vars as usize];
    for b in order {
        let block = &f.blocks[b.ix()];
        let mut def = |v: Var| def_block[v.ix()] = *b;
        block.params.iter().for_each(|p| def(*p));
        block.ops.iter().for_each(|op| op.for_each_def(&mut def));
        block.end.for_each_def(&mut def);
    }
    let mut preds = crate::core::graph::preds(f, order);
    for b in order {
        if let Some(h) = f.blocks[b.ix()].handler {
            preds[h.ix()].push(*b);
        }
    }
    // Blocks that use a variable which they do not define.
    let mut uses: Vec<Vec<BlockId>> = vec![Vec::new(); f.vars as usize];
    for b in order {
        let block = &f.blocks[b.ix()];
        let mut note = |v: Val| {
            if let Val::Var(v) = v
                && def_block[v.ix()] != *b
                && uses[v.ix()].last() != Some(b)
            {
                uses[v.ix()].push(*b);
            }
        };
        block.ops.iter().for_each(|op| op.for_each_use(&mut note));
        block.end.for_each_use(&mut note);
    }
    let mut live: LiveIn = vec![Vec::new(); n];
    let mut seen = vec![u32::MAX; n];
    let mut work = Vec::new();
    for (i, blocks) in uses.into_iter().enumerate() {
        let v = Var(i as u32);
        work.extend(blocks);
        while let Some(b) = work.pop() {
            if seen[b.ix()] == v.0 {
                continue;
            }
            seen[b.ix()] = v.0;
            live[b.ix()].push(v);
            work.extend(preds[b.ix()].iter().filter(|p| def_block[v.ix()] != **p));
        }
    }
    live
}

/// Variables alive at the end of a block, arguments of its jump not counted.
pub fn live_out(f: &Func, live_in: &LiveIn, b: BlockId, out: &mut Vec<Var>) {
    out.clear();
    let block = &f.blocks[b.ix()];
    block
        .end
        .for_each_target(&mut |t| out.extend_from_slice(&live_in[t.ix()]));
    if let Some(h) = block.handler {
        out.extend_from_slice(&live_in[h.ix()]);
    }
    out.sort_unstable();
    out.dedup();
}

/// Does it leave all x registers dead?
pub fn is_call(kind: &OpKind) -> bool {
    matches!(kind, OpKind::Call(..) | OpKind::Send(..))
}

/// Variables that need a y slot: those that live across a call or a wait, and what handlers need.
pub fn needs_slot(f: &Func, order: &[BlockId], live_in: &LiveIn, spilled: &[bool]) -> Vec<bool> {
    let mut slot = spilled.to_vec();
    let mut alive: Vec<u32> = vec![u32::MAX; f.vars as usize];
    let mut out = Vec::new();
    for b in order {
        let block = &f.blocks[b.ix()];
        if let Some(h) = block.handler {
            live_in[h.ix()].iter().for_each(|v| slot[v.ix()] = true);
        }
        if let End::Try {
            slot: s, handler, ..
        } = &block.end
        {
            slot[s.ix()] = true;
            live_in[handler.ix()]
                .iter()
                .for_each(|v| slot[v.ix()] = true);
        }
        for op in &block.ops {
            if let (OpKind::RecvMark, Some(d)) = (&op.kind, op.dst) {
                slot[d.ix()] = true;
            }
        }
        live_out(f, live_in, *b, &mut out);
        if matches!(block.end, End::Wait(_) | End::WaitTimeout { .. }) {
            out.iter().for_each(|v| slot[v.ix()] = true);
        }
        if !block.ops.iter().any(|op| is_call(&op.kind)) {
            continue;
        }
        // Backwards with the set of living variables: `alive[v] == b` says that v is in it.
        let mut set: Vec<Var> = out.clone();
        set.iter().for_each(|v| alive[v.ix()] = b.0);
        let add = |v: Val, set: &mut Vec<Var>, alive: &mut Vec<u32>| {
            if let Val::Var(v) = v
                && alive[v.ix()] != b.0
            {
                alive[v.ix()] = b.0;
                set.push(v);
            }
        };
        block
            .end
            .for_each_use(&mut |v| add(v, &mut set, &mut alive));
        for op in block.ops.iter().rev() {
            op.for_each_def(&mut |v| alive[v.ix()] = u32::MAX);
            if is_call(&op.kind) {
                set.retain(|v| alive[v.ix()] == b.0);
                set.iter().for_each(|v| slot[v.ix()] = true);
                // What has a slot needs no second look.
            }
            op.for_each_use(&mut |v| add(v, &mut set, &mut alive));
        }
        set.iter().for_each(|v| alive[v.ix()] = u32::MAX);
    }
    slot
}
