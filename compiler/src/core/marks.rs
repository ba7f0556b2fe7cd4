//! Receive marks. A receive all of whose clauses ask for a reference that was made in the same function need not look at messages
//! that were in the queue before the reference: none can contain it.
//!
//! ```text
//! mark = recv_mark            the end of the queue
//! ref = make_ref()            (or monitor/2,3, alias/0,1)
//! recv_bind mark, ref
//! ...
//! recv_use ref                before the receive: scan from the mark
//! ```

use super::pool::Pool;
use super::{BlockId, Callee, End, Func, Op, OpKind, Test, Val, Var, graph};

/// Finds such receives and adds the marks.
pub fn add(f: &mut Func, pool: &Pool) {
    let loops: Vec<BlockId> = (0..f.blocks.len() as u32)
        .map(BlockId)
        .filter(|b| matches!(f.blocks[b.ix()].end, End::LoopRec { .. }))
        .collect();
    if loops.is_empty() {
        return;
    }
    let made = references(f, pool);
    if made.is_empty() {
        return;
    }
    let order = graph::order(f);
    let preds = graph::preds(f, &order);
    let mut marked: Vec<Var> = Vec::new();
    for b in loops {
        let Some(r) = made
            .iter()
            .map(|m| m.0)
            .find(|r| every_clause_asks(f, b, *r))
        else {
            continue;
        };
        for p in &preds[b.ix()] {
            let block = &mut f.blocks[p.ix()];
            if matches!(block.end, End::Jump(..)) {
                let line = block.end_line;
                block.ops.push(Op {
                    dst: None,
                    kind: OpKind::RecvUse(Val::Var(r)),
                    line,
                });
                marked.push(r);
            }
        }
    }
    for (r, block) in made {
        if marked.contains(&r) {
            surround(f, r, block);
        }
    }
}

/// Results of calls that make a reference, and where.
fn references(f: &Func, pool: &Pool) -> Vec<(Var, BlockId)> {
    let mut found = Vec::new();
    for (i, block) in f.blocks.iter().enumerate() {
        for op in &block.ops {
            if let (Some(d), OpKind::Call(Callee::Ext(import), _)) = (op.dst, &op.kind)
                && let ("erlang", "make_ref" | "monitor" | "alias", _) = pool.import_text(*import)
            {
                found.push((d, BlockId(i as u32)));
            }
        }
    }
    found
}

/// Does every way from the loop to a removed message pass a successful comparison with the reference?
fn every_clause_asks(f: &Func, start: BlockId, r: Var) -> bool {
    let mut seen = vec![false; f.blocks.len()];
    let mut work = Vec::new();
    if let End::LoopRec { next, .. } = &f.blocks[start.ix()].end {
        work.push(*next);
    }
    let mut asked = false;
    while let Some(b) = work.pop() {
        if b == start || std::mem::replace(&mut seen[b.ix()], true) {
            continue;
        }
        let block = &f.blocks[b.ix()];
        if block
            .ops
            .iter()
            .any(|op| matches!(op.kind, OpKind::RemoveMessage))
        {
            return false;
        }
        match &block.end {
            End::Test(Test::EqExact(a, c), _, no) if *a == Val::Var(r) || *c == Val::Var(r) => {
                asked = true;
                work.push(*no);
            }
            end => end.for_each_target(&mut |t| work.push(t)),
        }
    }
    asked
}

fn surround(f: &mut Func, r: Var, block: BlockId) {
    let mark = Var(f.vars);
    f.vars += 1;
    let ops = &mut f.blocks[block.ix()].ops;
    let Some(at) = ops.iter().position(|op| op.dst == Some(r)) else {
        return;
    };
    let line = ops[at].line;
    ops.insert(
        at + 1,
        Op {
            dst: None,
            kind: OpKind::RecvBind(mark, Val::Var(r)),
            line,
        },
    );
    ops.insert(
        at,
        Op {
            dst: Some(mark),
            kind: OpKind::RecvMark,
            line,
        },
    );
}
