//! Where the frame is made: at every way from code that needs none into code that does.

use super::liveness::{LiveIn, is_call};
use crate::core::{Block, BlockId, ENTRY, End, Func, OpKind, Var};

/// See the fields of the same names in [`super::Alloc`].
#[derive(Debug, Default)]
pub struct Frames {
    pub framed: Vec<bool>,
    pub opens: Vec<bool>,
    pub opens_at_end: Vec<bool>,
}

/// Decides which blocks have a frame and splits edges where a frame has to be made on one way only.
pub fn place(f: &mut Func, order: &[BlockId], live_in: &mut LiveIn, slotted: &[bool]) -> Frames {
    let mut framed = vec![false; f.blocks.len()];
    let mut work: Vec<BlockId> = order
        .iter()
        .copied()
        .filter(|b| needs_frame(f, *b, slotted))
        .collect();
    // A frame stays until the function is left.
    while let Some(b) = work.pop() {
        if !std::mem::replace(&mut framed[b.ix()], true) {
            f.blocks[b.ix()].end.for_each_target(&mut |t| work.push(t));
        }
    }
    let preds = crate::core::graph::preds(f, order);
    let mut frames = Frames {
        opens: vec![false; f.blocks.len()],
        opens_at_end: vec![false; f.blocks.len()],
        framed,
    };
    for b in order {
        if !frames.framed[b.ix()] {
            continue;
        }
        let outside: Vec<BlockId> = preds[b.ix()]
            .iter()
            .copied()
            .filter(|p| !frames.framed[p.ix()])
            .collect();
        if outside.is_empty() {
            continue;
        }
        if f.blocks[b.ix()].params.is_empty() && outside.len() == preds[b.ix()].len() {
            frames.opens[b.ix()] = true;
            continue;
        }
        for p in outside {
            if matches!(f.blocks[p.ix()].end, End::Jump(..)) {
                frames.opens_at_end[p.ix()] = true;
                continue;
            }
            let edge = BlockId(f.blocks.len() as u32);
            let mut block = Block::new(f.blocks[b.ix()].handler);
            block.end = End::Jump(*b, Vec::new());
            block.end_line = f.blocks[p.ix()].end_line;
            f.blocks.push(block);
            f.blocks[p.ix()]
                .end
                .map_targets(&mut |t| if t == *b { edge } else { t });
            live_in.push(live_in[b.ix()].clone());
            frames.framed.push(false);
            frames.opens.push(false);
            frames.opens_at_end.push(true);
        }
    }
    frames
}

fn needs_frame(f: &Func, b: BlockId, slotted: &[bool]) -> bool {
    if b == ENTRY {
        return false;
    }
    let block = &f.blocks[b.ix()];
    let mut needs = matches!(
        block.end,
        End::Try { .. } | End::Wait(_) | End::WaitTimeout { .. } | End::LoopRec { .. }
    );
    let mut def = |v: Var| needs |= slotted[v.ix()];
    block.params.iter().for_each(|p| def(*p));
    block.ops.iter().for_each(|op| op.for_each_def(&mut def));
    block.end.for_each_def(&mut def);
    needs
        || block.is_handler
        || block
            .ops
            .iter()
            .any(|op| is_call(&op.kind) || matches!(op.kind, OpKind::RecvMark))
}
