//! The shape of a function: who jumps where, in which order to look at blocks, which block dominates which.
//! All of it is computed anew when asked for; nothing here changes a function.

use super::{BlockId, ENTRY, Func};

/// Blocks that can be reached, each after the blocks that dominate it (reverse postorder).
pub fn order(f: &Func) -> Vec<BlockId> {
    let mut seen = vec![false; f.blocks.len()];
    let mut post = Vec::with_capacity(f.blocks.len());
    let mut stack = vec![(ENTRY, targets(f, ENTRY), 0usize)];
    seen[ENTRY.ix()] = true;
    while let Some((block, succ, at)) = stack.last_mut() {
        if let Some(next) = succ.get(*at).copied() {
            *at += 1;
            if !seen[next.ix()] {
                seen[next.ix()] = true;
                stack.push((next, targets(f, next), 0));
            }
        } else {
            post.push(*block);
            stack.pop();
        }
    }
    post.reverse();
    post
}

/// The targets of a block's end, the likeliest to follow it last (so that reverse postorder puts it next).
fn targets(f: &Func, b: BlockId) -> Vec<BlockId> {
    let mut out = Vec::new();
    f.blocks[b.ix()].end.for_each_target(&mut |t| out.push(t));
    out.reverse();
    out
}

/// Predecessors of every block, exceptions left out.
pub fn preds(f: &Func, order: &[BlockId]) -> Vec<Vec<BlockId>> {
    let mut preds = vec![Vec::new(); f.blocks.len()];
    for b in order {
        f.blocks[b.ix()].end.for_each_target(&mut |t| {
            if preds[t.ix()].last() != Some(b) {
                preds[t.ix()].push(*b);
            }
        });
    }
    preds
}

/// The immediate dominator of every block (its own for the entry and for blocks that cannot be reached), after Cooper, Harvey
/// and Kennedy's simple algorithm.
pub fn dominators(f: &Func, order: &[BlockId], preds: &[Vec<BlockId>]) -> Vec<BlockId> {
    let mut number = vec![usize::MAX; f.blocks.len()];
    for (i, b) in order.iter().enumerate() {
        number[b.ix()] = i;
    }
    let mut idom: Vec<Option<BlockId>> = vec![None; f.blocks.len()];
    idom[ENTRY.ix()] = Some(ENTRY);
    let mut changed = true;
    while changed {
        changed = false;
        for b in order.iter().skip(1) {
            let mut new = None;
            for p in &preds[b.ix()] {
                if idom[p.ix()].is_none() {
                    continue;
                }
                new = Some(match new {
                    None => *p,
                    Some(other) => meet(*p, other, &idom, &number),
                });
            }
            if new.is_some() && idom[b.ix()] != new {
                idom[b.ix()] = new;
                changed = true;
            }
        }
    }
    (0..f.blocks.len())
        .map(|i| idom[i].unwrap_or(BlockId(i as u32)))
        .collect()
}

fn meet(a: BlockId, b: BlockId, idom: &[Option<BlockId>], number: &[usize]) -> BlockId {
    let (mut a, mut b) = (a, b);
    while a != b {
        let lower = if number[a.ix()] > number[b.ix()] {
            &mut a
        } else {
            &mut b
        };
        match idom[lower.ix()] {
            Some(up) => *lower = up,
            None => return ENTRY,
        }
    }
    a
}
