//! Register allocation: which x register or y slot every variable has, and where the frame is made.
//!
//! What lives across a call has a y slot, everything else an x register. The frame is made as late as possible: blocks that can
//! only be reached without a call run without one, so a clause that calls nothing costs no frame. A variable that needs a slot but
//! is defined before the frame exists has an x register as well, and moves where the frame is made.

pub mod color;
pub mod frames;
pub mod liveness;

use crate::core::{BlockId, Func, Var};

/// The answer.
#[derive(Debug, Default)]
pub struct Alloc {
    /// Blocks in the order in which they are emitted.
    pub order: Vec<BlockId>,
    /// Variables alive at the start of each block, parameters left out.
    pub live_in: Vec<Vec<Var>>,
    /// Per block: which variables die at which operation (index; the end is one past the last).
    pub dies: Vec<Vec<(u32, Var)>>,
    pub x: Vec<Option<u16>>,
    pub y: Vec<Option<u16>>,
    /// Is there a frame in the block?
    pub framed: Vec<bool>,
    /// Is the frame made at the start of the block?
    pub opens: Vec<bool>,
    /// Is the frame made at the end of the block, before its jump?
    pub opens_at_end: Vec<bool>,
    /// Size of the frame.
    pub slots: u16,
}

/// Allocates registers; blocks may be added on edges.
pub fn allocate(f: &mut Func) -> Alloc {
    let mut spilled = vec![false; f.vars as usize];
    loop {
        let order = crate::core::graph::order(f);
        let mut live = liveness::compute(f, &order);
        let slotted = liveness::needs_slot(f, &order, &live, &spilled);
        let frames = frames::place(f, &order, &mut live, &slotted);
        let order = crate::core::graph::order(f);
        match color::color(f, order, live, &slotted, frames) {
            Ok(alloc) => return alloc,
            // More values than x registers: the one without a register gets a slot, and all is done again.
            Err(vars) => vars.into_iter().for_each(|v: Var| spilled[v.ix()] = true),
        }
    }
}
