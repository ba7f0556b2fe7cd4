//! Writes instructions: Core whose variables have registers becomes one [`transom_bytecode::Function`].
//!
//! Blocks are written in reverse postorder, so most jumps fall away. What the machine wants in fixed places (arguments, results,
//! parameters of the next block) is brought there by parallel moves.

mod ends;
mod insns;
mod moves;

use transom_bytecode::{Function, Insn, Label, LineIx, Reg, Src};

use crate::core::{BlockId, Callee, Func, Op, OpKind, Val, Var};
use crate::regs::Alloc;

/// Writes one function.
pub fn emit(f: &Func, a: &Alloc) -> Function {
    let mut e = Emitter {
        f,
        a,
        code: Vec::new(),
        at: BlockId(0),
        framed: false,
        line: LineIx(0),
        occupied: Vec::new(),
        written: Vec::new(),
        reserved: 0,
        incoming: vec![None; f.blocks.len()],
        waiting: vec![0; f.blocks.len()],
    };
    for b in &a.order {
        f.blocks[b.ix()]
            .end
            .for_each_target(&mut |t| e.waiting[t.ix()] += 1);
    }
    for (i, b) in a.order.iter().enumerate() {
        e.block(*b, a.order.get(i + 1).copied());
    }
    Function {
        name: f.name,
        arity: f.arity as u8,
        line: f.line,
        code: number_labels(e.code),
    }
}

struct Emitter<'f> {
    f: &'f Func,
    a: &'f Alloc,
    code: Vec<Insn>,
    at: BlockId,
    /// Is there a frame now?
    framed: bool,
    line: LineIx,
    /// Which x registers hold living variables.
    occupied: Vec<bool>,
    /// Which x registers hold anything that the collector may look at.
    written: Vec<bool>,
    /// Heap words reserved and not used yet.
    reserved: u32,
    /// Registers that are written on all ways into a block seen so far, and how many ways are still to come.
    incoming: Vec<Option<Vec<bool>>>,
    waiting: Vec<u32>,
}

fn label(b: BlockId) -> Label {
    Label(b.0 + 1)
}

/// Drops labels nobody jumps to and numbers the others from 1 in order.
fn number_labels(code: Vec<Insn>) -> Vec<Insn> {
    let mut used = std::collections::HashSet::from([Label(1)]);
    for insn in &code {
        if !matches!(insn, Insn::Label { .. }) {
            insn.for_each_operand(&mut |seen| {
                if let transom_bytecode::Seen::Label(l) = seen {
                    used.insert(l);
                }
            });
        }
    }
    let mut number = std::collections::HashMap::from([(Label::RAISE, Label::RAISE)]);
    let mut code: Vec<Insn> = code
        .into_iter()
        .filter(|i| match i {
            Insn::Label { label } => used.contains(label),
            _ => true,
        })
        .collect();
    for insn in &code {
        if let Insn::Label { label } = insn {
            let next = Label(number.len() as u32);
            number.insert(*label, next);
        }
    }
    for insn in &mut code {
        insn.for_each_label(&mut |l| *l = number.get(l).copied().unwrap_or(*l));
    }
    code
}

impl Emitter<'_> {
    fn block(&mut self, b: BlockId, next: Option<BlockId>) {
        let f = self.f;
        let block = &f.blocks[b.ix()];
        self.at = b;
        self.framed = self.a.framed[b.ix()] && !self.a.opens[b.ix()];
        self.code.push(Insn::Label { label: label(b) });
        self.line = LineIx(0);
        self.reserved = 0;
        self.occupied.fill(false);
        self.written.fill(false);
        for v in &self.a.live_in[b.ix()] {
            self.occupy(*v);
        }
        for p in &block.params {
            self.occupy(*p);
        }
        self.written = self.occupied.clone();
        // What predecessors left in registers that are dead now is still good enough for the collector.
        if let (false, 0, Some(before)) = (
            block.is_handler,
            self.waiting[b.ix()],
            self.incoming[b.ix()].take(),
        ) {
            for (r, w) in before.into_iter().enumerate() {
                if w {
                    mark(&mut self.written, r as u16, true);
                }
            }
        }
        if self.a.opens[b.ix()] {
            self.open_frame(&block.ops, Vec::new(), &self.a.live_in[b.ix()]);
        }
        let deaths = &self.a.dies[b.ix()];
        let mut died = 0;
        let mut skip = false;
        for (i, op) in block.ops.iter().enumerate() {
            if !std::mem::take(&mut skip) {
                skip = self.get_list(op, block.ops.get(i + 1));
                if !skip {
                    self.op(&block.ops, i, op);
                }
            }
            while let Some(d) = deaths.get(died).filter(|d| d.0 == i as u32) {
                self.release(d.1);
                died += 1;
            }
            // Results nobody wants die where they come to be.
            let unused = |v: Var| {
                deaths[..died]
                    .iter()
                    .rev()
                    .take_while(|d| d.0 == i as u32)
                    .any(|d| d.1 == v)
            };
            op.for_each_def(&mut |v| {
                if !unused(v) {
                    self.occupy(v);
                }
            });
        }
        self.end(block, next);
    }

    // ---- registers

    fn reg(&self, v: Var) -> Reg {
        match (self.a.y[v.ix()], self.a.x[v.ix()]) {
            (Some(y), _) if self.framed => Reg::Y(y),
            (_, Some(x)) => Reg::X(x),
            (Some(y), None) => Reg::Y(y),
            // A variable that is never alive anywhere; nothing reads what is written there.
            (None, None) => Reg::X(0),
        }
    }

    fn src(&self, v: Val) -> Src {
        match v {
            Val::Var(v) => Src::Reg(self.reg(v)),
            Val::Small(n) => Src::Small(n),
            Val::Atom(a) => Src::Atom(a),
            Val::Nil => Src::Nil,
            Val::Const(c) => Src::Const(c),
        }
    }

    fn srcs(&self, vs: &[Val]) -> Vec<Src> {
        vs.iter().map(|v| self.src(*v)).collect()
    }

    fn occupy(&mut self, v: Var) {
        if let Reg::X(r) = self.reg(v)
            && self.a.x[v.ix()].is_some()
        {
            mark(&mut self.occupied, r, true);
        }
    }

    fn release(&mut self, v: Var) {
        if let Reg::X(r) = self.reg(v) {
            mark(&mut self.occupied, r, false);
        }
    }

    /// The register where an operation's result goes; it counts as written from now on.
    fn dst(&mut self, op: &Op) -> Reg {
        let r = match op.dst {
            Some(v) => self.reg(v),
            None => Reg::X(0),
        };
        self.wrote(r);
        r
    }

    fn wrote(&mut self, r: Reg) {
        if let Reg::X(r) = r {
            mark(&mut self.written, r, true);
        }
    }

    /// The number of x registers that a collection has to look at; those among them that hold nothing are cleared first.
    fn live(&mut self) -> u32 {
        let n = self.occupied.iter().rposition(|o| *o).map_or(0, |i| i + 1);
        self.written.resize(self.written.len().max(n), false);
        for i in 0..n {
            if !std::mem::replace(&mut self.written[i], true) {
                self.code.push(Insn::Move {
                    src: Src::Nil,
                    dst: Reg::X(i as u16),
                });
            }
        }
        self.written.truncate(n);
        n as u32
    }

    fn after_call(&mut self) {
        self.written.clear();
        self.written.push(true);
        self.reserved = 0;
    }

    fn position(&mut self, line: LineIx) {
        if line != self.line && line.0 != 0 {
            self.line = line;
            self.code.push(Insn::Line { line });
        }
    }

    // ---- frame and heap

    /// Makes the frame, with room for what the following operations build, and brings living variables to their slots.
    fn open_frame(&mut self, ops: &[Op], mut moves: Vec<(Reg, Src)>, live: &[Var]) {
        let words = build_words(ops);
        // Without slots too: `allocate` is where the room for return addresses is looked after.
        let roots = self.live();
        self.code.push(Insn::Allocate {
            n: u32::from(self.a.slots),
            words,
            live: roots,
        });
        self.reserved = words;
        for v in live {
            if let (Some(x), Some(y)) = (self.a.x[v.ix()], self.a.y[v.ix()]) {
                moves.push((Reg::Y(y), Src::Reg(Reg::X(x))));
            }
        }
        self.parallel(moves);
        self.framed = true;
        self.occupied.fill(false);
        for v in live {
            self.occupy(*v);
        }
    }

    fn reserve(&mut self, ops: &[Op]) {
        let wanted = build_words(&ops[..1]);
        if wanted > self.reserved {
            let words = build_words(ops);
            let live = self.live();
            self.code.push(Insn::TestHeap { words, live });
            self.reserved = words;
        }
        self.reserved -= wanted;
    }

    fn frame_size(&self) -> Option<u32> {
        self.framed.then_some(u32::from(self.a.slots))
    }

    // ---- operations

    /// Head and tail of the same cell in one instruction.
    fn get_list(&mut self, op: &Op, next: Option<&Op>) -> bool {
        let (
            OpKind::GetHd(a),
            Some(Op {
                kind: OpKind::GetTl(b),
                ..
            }),
        ) = (&op.kind, next)
        else {
            return false;
        };
        let (Some(next), true) = (next, a == b) else {
            return false;
        };
        let src = self.src(*a);
        let (hd, tl) = (self.dst(op), self.dst(next));
        if Src::Reg(hd) == src || hd == tl {
            return false;
        }
        self.code.push(Insn::GetList { src, hd, tl });
        true
    }

    fn op(&mut self, ops: &[Op], i: usize, op: &Op) {
        match &op.kind {
            OpKind::PutList(..) | OpKind::PutTuple(_) | OpKind::MakeFun(..) => {
                self.reserve(&ops[i..]);
                self.simple(op, Label::RAISE);
            }
            OpKind::Call(callee, args) => self.call(op, callee, args),
            OpKind::Send(a, b) => {
                let moves = vec![(Reg::X(0), self.src(*a)), (Reg::X(1), self.src(*b))];
                self.parallel(moves);
                self.position(op.line);
                self.code.push(Insn::Send {});
                self.after_call();
                self.result(op);
            }
            OpKind::CatchEnd(slot, _) => {
                let slot = self.reg(*slot);
                self.code.push(Insn::CatchEnd { slot });
                self.after_call();
                self.result(op);
            }
            OpKind::TryCase(slot) => {
                let slot = self.reg(*slot);
                self.code.push(Insn::TryCase { slot });
                self.written = vec![true; 3];
                let params = self.f.blocks[self.at.ix()].params.clone();
                let moves = params
                    .iter()
                    .enumerate()
                    .filter_map(|(i, p)| match self.reg(*p) {
                        Reg::Y(y) => Some((Reg::Y(y), Src::Reg(Reg::X(i as u16)))),
                        Reg::X(_) => None,
                    })
                    .collect();
                self.parallel(moves);
            }
            _ => self.simple(op, Label::RAISE),
        }
    }

    /// Takes the result of a call from `x0`.
    fn result(&mut self, op: &Op) {
        if let Some(v) = op.dst
            && let dst @ Reg::Y(_) = self.reg(v)
        {
            self.code.push(Insn::Move {
                src: Src::Reg(Reg::X(0)),
                dst,
            });
        }
    }

    fn arguments(&mut self, callee: &Callee, args: &[Val]) {
        let mut moves: Vec<(Reg, Src)> = Vec::with_capacity(args.len() + 2);
        for (i, v) in args.iter().enumerate() {
            moves.push((Reg::X(i as u16), self.src(*v)));
        }
        let n = args.len() as u16;
        match callee {
            Callee::Local(_) | Callee::Ext(_) => {}
            Callee::Fun(f) => moves.push((Reg::X(n), self.src(*f))),
            Callee::Apply(m, f) => {
                moves.push((Reg::X(n), self.src(*m)));
                moves.push((Reg::X(n + 1), self.src(*f)));
            }
        }
        self.parallel(moves);
    }

    fn call(&mut self, op: &Op, callee: &Callee, args: &[Val]) {
        self.arguments(callee, args);
        self.position(op.line);
        let arity = args.len() as u32;
        self.code.push(match callee {
            Callee::Local(f) => Insn::Call { function: *f },
            Callee::Ext(i) => Insn::CallExt { import: *i },
            Callee::Fun(_) => Insn::CallFun { arity },
            Callee::Apply(..) => Insn::Apply { arity },
        });
        self.after_call();
        self.result(op);
    }

    fn tail_call(&mut self, callee: &Callee, args: &[Val]) {
        self.arguments(callee, args);
        let arity = args.len() as u32;
        self.code.push(match (callee, self.frame_size()) {
            (Callee::Local(f), None) => Insn::CallOnly { function: *f },
            (Callee::Local(f), Some(n)) => Insn::CallLast { function: *f, n },
            (Callee::Ext(i), None) => Insn::CallExtOnly { import: *i },
            (Callee::Ext(i), Some(n)) => Insn::CallExtLast { import: *i, n },
            (Callee::Fun(_), None) => Insn::CallFunOnly { arity },
            (Callee::Fun(_), Some(n)) => Insn::CallFunLast { arity, n },
            (Callee::Apply(..), None) => Insn::ApplyOnly { arity },
            (Callee::Apply(..), Some(n)) => Insn::ApplyLast { arity, n },
        });
    }
}

fn mark(set: &mut Vec<bool>, r: u16, value: bool) {
    let r = usize::from(r);
    if set.len() <= r {
        set.resize(r + 1, false);
    }
    set[r] = value;
}

/// Heap words that these operations build before anything comes between that ends a reserve.
fn build_words(ops: &[Op]) -> u32 {
    let mut words = 0u32;
    for op in ops {
        words = words.saturating_add(match &op.kind {
            OpKind::PutList(..) => 2,
            OpKind::PutTuple(vs) if vs.is_empty() => 0,
            OpKind::PutTuple(vs) => vs.len() as u32 + 1,
            OpKind::MakeFun(_, vs) => vs.len() as u32 + 3,
            OpKind::Move(_) | OpKind::GetHd(_) | OpKind::GetTl(_) | OpKind::GetElem(..) => 0,
            _ => break,
        });
    }
    words
}
