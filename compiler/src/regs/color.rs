//! Gives every variable its registers. Blocks are taken in an order in which definitions come before uses; at each definition the
//! variables alive there already have theirs, so a free one is simply taken (variables are defined once, which makes this
//! greedy walk exact). A variable that will be an argument of a call asks for the argument's register.

use transom_bytecode::MAX_X;

use super::Alloc;
use super::frames::Frames;
use super::liveness::{LiveIn, live_out};
use crate::core::{BlockId, Callee, ENTRY, End, Func, OpKind, Val, Var};

/// Registers above this one are left to the moves before calls.
const LAST_X: u16 = MAX_X - 264;

struct Coloring<'f> {
    f: &'f Func,
    a: Alloc,
    slotted: &'f [bool],
    hint: Vec<Option<u16>>,
    /// Slots below this one belong to `try`.
    first_slot: u16,
    x_used: Vec<bool>,
    y_used: Vec<bool>,
    too_many: Vec<Var>,
}

/// Allocates; `Err` names variables that got no x register.
pub fn color(
    f: &Func,
    order: Vec<BlockId>,
    live_in: LiveIn,
    slotted: &[bool],
    frames: Frames,
) -> Result<Alloc, Vec<Var>> {
    let vars = f.vars as usize;
    let hint = hints(f, &order);
    let tries = try_slots(f, &order);
    let first_slot = tries.iter().map(|t| t.1 + 1).max().unwrap_or(0);
    let mut c = Coloring {
        f,
        a: Alloc {
            live_in,
            dies: vec![Vec::new(); f.blocks.len()],
            x: vec![None; vars],
            y: vec![None; vars],
            framed: frames.framed,
            opens: frames.opens,
            opens_at_end: frames.opens_at_end,
            slots: first_slot,
            order: Vec::new(),
        },
        slotted,
        hint,
        first_slot,
        x_used: Vec::new(),
        y_used: Vec::new(),
        too_many: Vec::new(),
    };
    for (v, slot) in tries {
        c.a.y[v.ix()] = Some(slot);
    }
    for b in &order {
        c.block(*b);
    }
    c.a.order = order;
    if c.too_many.is_empty() {
        Ok(c.a)
    } else {
        Err(c.too_many)
    }
}

/// Slots of `try` and `catch`: an inner one has a lower number than those around it.
fn try_slots(f: &Func, order: &[BlockId]) -> Vec<(Var, u16)> {
    let mut found = Vec::new();
    for b in order {
        if let End::Try { slot, .. } = &f.blocks[b.ix()].end {
            let mut depth = 0u16;
            let mut at = f.blocks[b.ix()].handler;
            while let Some(h) = at {
                depth += 1;
                at = f.blocks[h.ix()].handler;
            }
            found.push((*slot, depth));
        }
    }
    let deepest = found.iter().map(|s| s.1).max().unwrap_or(0);
    found
        .into_iter()
        .map(|(v, depth)| (v, deepest - depth))
        .collect()
}

/// The x register in which each variable is wanted, seen from behind: the first call that takes it decides.
fn hints(f: &Func, order: &[BlockId]) -> Vec<Option<u16>> {
    let mut hint: Vec<Option<u16>> = vec![None; f.vars as usize];
    let want = |hint: &mut Vec<Option<u16>>, v: Val, r: usize| {
        if let Val::Var(v) = v {
            hint[v.ix()] = Some(r as u16);
        }
    };
    let call = |hint: &mut Vec<Option<u16>>, callee: &Callee, args: &[Val]| {
        match callee {
            Callee::Local(_) | Callee::Ext(_) => {}
            Callee::Fun(v) => want(hint, *v, args.len()),
            Callee::Apply(m, n) => {
                want(hint, *m, args.len());
                want(hint, *n, args.len() + 1);
            }
        }
        args.iter().enumerate().for_each(|(i, v)| want(hint, *v, i));
    };
    for b in order.iter().rev() {
        let block = &f.blocks[b.ix()];
        match &block.end {
            End::TailCall(callee, args) => call(&mut hint, callee, args),
            End::Return(v) => want(&mut hint, *v, 0),
            End::Jump(to, args) => {
                let target = &f.blocks[to.ix()];
                for (i, (a, p)) in args.iter().zip(&target.params).enumerate() {
                    let wish = if target.is_handler {
                        Some(i as u16)
                    } else {
                        hint[p.ix()]
                    };
                    if let Some(r) = wish {
                        want(&mut hint, *a, usize::from(r));
                    }
                }
            }
            _ => {}
        }
        for op in block.ops.iter().rev() {
            match &op.kind {
                OpKind::Call(callee, args) => call(&mut hint, callee, args),
                OpKind::Send(a, b) => {
                    want(&mut hint, *a, 0);
                    want(&mut hint, *b, 1);
                }
                _ => {}
            }
        }
    }
    hint
}

impl Coloring<'_> {
    fn block(&mut self, b: BlockId) {
        let block = &self.f.blocks[b.ix()];
        let framed = self.a.framed[b.ix()];
        self.a.dies[b.ix()] = self.deaths(b);
        self.x_used.fill(false);
        self.y_used.fill(false);
        let live = std::mem::take(&mut self.a.live_in[b.ix()]);
        for v in &live {
            self.occupy(*v, framed);
        }
        self.a.live_in[b.ix()] = live;
        for (i, p) in block.params.iter().enumerate() {
            let fixed = (block.is_handler || b == ENTRY).then_some(i as u16);
            self.define(*p, framed, fixed);
        }
        let deaths = std::mem::take(&mut self.a.dies[b.ix()]);
        // Parameters nobody reads die at once.
        let mut next = 0;
        for (i, op) in block.ops.iter().enumerate() {
            let early = matches!(op.kind, OpKind::Fetch(..) | OpKind::BsTake { .. });
            let from = next;
            while deaths.get(next).is_some_and(|d| d.0 == i as u32) {
                next += 1;
            }
            let dying = &deaths[from..next];
            if !early {
                dying.iter().for_each(|d| self.release(d.1, framed));
            }
            let fixed = match op.kind {
                OpKind::Call(..) | OpKind::Send(..) | OpKind::CatchEnd(..) => Some(0),
                _ => None,
            };
            op.for_each_def(&mut |v| self.define(v, framed, fixed));
            // A result nobody wants is dead at once (its death is listed with the operation).
            op.for_each_def(&mut |v| {
                if dying.iter().any(|d| d.1 == v) {
                    self.release(v, framed);
                }
            });
            if early {
                dying.iter().for_each(|d| self.release(d.1, framed));
            }
        }
        let rest = &deaths[next..];
        let early = matches!(&block.end, End::Or(op, ..) if matches!(op.kind, OpKind::Fetch(..) | OpKind::BsTake { .. } | OpKind::BsStart(_)));
        if !early {
            rest.iter().for_each(|d| self.release(d.1, framed));
        }
        block
            .end
            .for_each_def(&mut |v| self.define(v, framed, None));
        self.a.dies[b.ix()] = deaths;
    }

    /// Which variables die where in a block, in order of place.
    fn deaths(&self, b: BlockId) -> Vec<(u32, Var)> {
        let block = &self.f.blocks[b.ix()];
        let mut out = Vec::new();
        live_out(self.f, &self.a.live_in, b, &mut out);
        let mut alive: std::collections::HashSet<Var> = out.into_iter().collect();
        let mut deaths: Vec<(u32, Var)> = Vec::new();
        let end = block.ops.len() as u32;
        let mut used = |v: Val, at: u32, alive: &mut std::collections::HashSet<Var>| {
            if let Val::Var(v) = v
                && alive.insert(v)
            {
                deaths.push((at, v));
            }
        };
        let mut defs = Vec::new();
        block.end.for_each_def(&mut |v| defs.push(v));
        for v in &defs {
            alive.remove(v);
        }
        block.end.for_each_use(&mut |v| used(v, end, &mut alive));
        for (i, op) in block.ops.iter().enumerate().rev() {
            let mut unused = Vec::new();
            op.for_each_def(&mut |v| {
                if !alive.remove(&v) {
                    unused.push(v);
                }
            });
            for v in unused {
                used(Val::Var(v), i as u32, &mut alive);
                alive.remove(&v);
            }
            op.for_each_use(&mut |v| used(v, i as u32, &mut alive));
        }
        deaths.reverse();
        deaths.sort_by_key(|d| d.0);
        deaths
    }

    /// Marks the registers of a variable that is alive.
    fn occupy(&mut self, v: Var, framed: bool) {
        let slotted = self.slotted[v.ix()];
        if let (Some(r), false) = (self.a.x[v.ix()], framed && slotted) {
            set(&mut self.x_used, r, true);
        }
        if let Some(r) = self.a.y[v.ix()] {
            set(&mut self.y_used, r, true);
        }
    }

    fn release(&mut self, v: Var, framed: bool) {
        let slotted = self.slotted[v.ix()];
        if let (Some(r), false) = (self.a.x[v.ix()], framed && slotted) {
            set(&mut self.x_used, r, false);
        }
        if let Some(r) = self.a.y[v.ix()]
            && r >= self.first_slot
        {
            set(&mut self.y_used, r, false);
        }
    }

    fn define(&mut self, v: Var, framed: bool, fixed: Option<u16>) {
        if self.slotted[v.ix()] {
            if self.a.y[v.ix()].is_none() {
                let r = free(&self.y_used, self.first_slot);
                self.a.y[v.ix()] = Some(r);
                self.a.slots = self.a.slots.max(r + 1);
            }
            if let Some(r) = self.a.y[v.ix()] {
                set(&mut self.y_used, r, true);
            }
        }
        if self.slotted[v.ix()] && framed {
            // Where the machine puts it; it moves to its slot at once.
            self.a.x[v.ix()] = fixed;
            return;
        }
        let r = match (fixed, self.hint[v.ix()]) {
            (Some(r), _) => r,
            (None, Some(r)) if !self.x_used.get(usize::from(r)).copied().unwrap_or(false) => r,
            _ => free(&self.x_used, 0),
        };
        if r >= LAST_X {
            self.too_many.push(v);
        }
        self.a.x[v.ix()] = Some(r);
        set(&mut self.x_used, r, true);
    }
}

fn free(used: &[bool], from: u16) -> u16 {
    let from = usize::from(from);
    let at = used.iter().skip(from).position(|u| !u);
    at.map_or(used.len().max(from), |i| i + from) as u16
}

fn set(used: &mut Vec<bool>, r: u16, value: bool) {
    let r = usize::from(r);
    if used.len() <= r {
        used.resize(r + 1, false);
    }
    used[r] = value;
}
