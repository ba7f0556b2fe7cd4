//! Blocks and operations: the small steps of which lowering is made.

use std::collections::HashMap;

use transom_bytecode::{AtomIx, Const, FnIx, LineIx};

use super::{Dest, Lower, Unit};
use crate::core::{
    Arith, Block, BlockId, Callee, ENTRY, End, Func, Kind, Op, OpKind, Raise, Test, Val, Var,
};
use crate::span::Span;

impl<'u, 'a> Lower<'u, 'a> {
    /// Starts a function; its parameters are the entry block's.
    pub fn new(unit: &'u mut Unit<'a>, arity: u32, line: LineIx) -> Lower<'u, 'a> {
        let func = Func {
            name: AtomIx(0),
            arity,
            line,
            blocks: vec![Block::new(None)],
            vars: 0,
        };
        let mut l = Lower {
            unit,
            func,
            cur: ENTRY,
            scope: super::scope::Scope::default(),
            handler: None,
            guard: None,
            line,
            self_funs: HashMap::new(),
        };
        let params: Vec<Var> = (0..arity).map(|_| l.new_var()).collect();
        l.func.blocks[ENTRY.ix()].params = params;
        let body = l.new_block();
        l.end(End::Jump(body, Vec::new()));
        l.cur = body;
        l
    }

    /// The function's parameters.
    pub fn params(&self) -> Vec<Val> {
        let entry = &self.func.blocks[ENTRY.ix()];
        entry.params.iter().map(|v| Val::Var(*v)).collect()
    }

    /// Hands the function to the later passes under this name.
    pub fn finish(mut self, function: FnIx, name: &str) {
        self.func.name = self.unit.pool.atom(name);
        crate::compile::finish_function(self.unit, self.func, function);
    }

    /// A variable that nothing defines yet.
    pub fn new_var(&mut self) -> Var {
        self.func.vars += 1;
        Var(self.func.vars - 1)
    }

    /// An empty block within the current handler's region.
    pub fn new_block(&mut self) -> BlockId {
        self.func.blocks.push(Block::new(self.handler));
        BlockId(self.func.blocks.len() as u32 - 1)
    }

    /// A block with parameters, for a join.
    pub fn new_join(&mut self, params: usize) -> (BlockId, Vec<Var>) {
        let params: Vec<Var> = (0..params).map(|_| self.new_var()).collect();
        let b = self.new_block();
        self.func.blocks[b.ix()].params = params.clone();
        (b, params)
    }

    /// Ends the current block (if nothing has ended it).
    pub fn end(&mut self, end: End) {
        let line = self.line;
        let block = &mut self.func.blocks[self.cur.ix()];
        if matches!(block.end, End::Open) {
            block.end = end;
            block.end_line = line;
        }
    }

    /// Ends the current block with a jump without arguments.
    pub fn jump(&mut self, to: BlockId) {
        self.end(End::Jump(to, Vec::new()));
    }

    /// An operation without a result.
    pub fn effect(&mut self, kind: OpKind) {
        self.push(None, kind);
    }

    /// An operation with a result that cannot fail, or raises when it does.
    pub fn op(&mut self, kind: OpKind) -> Val {
        let v = self.new_var();
        self.push(Some(v), kind);
        Val::Var(v)
    }

    fn push(&mut self, dst: Option<Var>, kind: OpKind) {
        let line = self.line;
        self.func.blocks[self.cur.ix()]
            .ops
            .push(Op { dst, kind, line });
    }

    /// An operation that can fail: in a guard it goes to the guard's fail block, else it raises.
    pub fn fallible(&mut self, kind: OpKind) -> Val {
        match self.guard {
            None => self.op(kind),
            Some(fail) => self.op_or(kind, fail),
        }
    }

    /// An operation with a result that goes to `fail` when it fails.
    pub fn op_or(&mut self, kind: OpKind, fail: BlockId) -> Val {
        let v = self.new_var();
        self.step_or(Some(v), kind, fail);
        Val::Var(v)
    }

    /// The same without a result.
    pub fn step_or(&mut self, dst: Option<Var>, kind: OpKind, fail: BlockId) {
        let next = self.new_block();
        let op = Op {
            dst,
            kind,
            line: self.line,
        };
        self.end(End::Or(op, next, fail));
        self.cur = next;
    }

    /// Goes on if the test holds, else to `fail`.
    pub fn require(&mut self, test: Test, fail: BlockId) {
        let next = self.new_block();
        self.end(End::Test(test, next, fail));
        self.cur = next;
    }

    /// Goes on where a value is of a kind, and to `fail` otherwise.
    pub fn require_is(&mut self, kind: Kind, v: Val, fail: BlockId) {
        self.require(Test::Is(kind, v), fail);
    }

    /// Ends the block in an exception.
    pub fn raise(&mut self, raise: Raise) {
        self.end(End::Raise(raise));
    }

    /// `error(Reason)` as an end of the block.
    pub fn raise_error(&mut self, reason: Val) {
        let error = self.unit.pool.import("erlang", "error", 1);
        let v = self.op(OpKind::Call(Callee::Ext(error), vec![reason]));
        // Not reached; but what is written must end, and inside a `try` it must not leave the function.
        match self.handler {
            None => self.end(End::Return(v)),
            Some(_) => self.raise(Raise::Badmatch(v)),
        }
    }

    /// `error({Tag, Value})` as an end of the block.
    pub fn raise_tagged(&mut self, tag: &str, value: Val) {
        let tag = self.atom(tag);
        let reason = self.op(OpKind::PutTuple(vec![tag, value]));
        self.raise_error(reason);
    }

    /// Brings a value to where it is wanted.
    pub fn deliver(&mut self, v: Val, dest: Dest) -> Val {
        if dest == Dest::Tail {
            self.end(End::Return(v));
        }
        v
    }

    /// A call, as a tail call when the result is the function's.
    pub fn call(&mut self, callee: Callee, args: Vec<Val>, dest: Dest) -> Val {
        match dest {
            Dest::Value => self.op(OpKind::Call(callee, args)),
            Dest::Tail => {
                self.end(End::TailCall(callee, args));
                Val::Nil
            }
        }
    }

    /// A call of a function of another module.
    pub fn call_ext(&mut self, module: &str, name: &str, args: Vec<Val>, dest: Dest) -> Val {
        let import = self.unit.pool.import(module, name, args.len() as u32);
        // The function that raises must be on the stack when the trace is taken, so these calls are never tail calls.
        if super::bifs::never_returns(module, name, args.len() as u32) {
            let v = self.op(OpKind::Call(Callee::Ext(import), args));
            return self.deliver(v, dest);
        }
        self.call(Callee::Ext(import), args, dest)
    }

    /// A guard function or operator of module erlang.
    pub fn bif(&mut self, name: &str, args: Vec<Val>) -> Val {
        let arity = args.len() as u32;
        if let ([a, b], Some(arith)) = (args.as_slice(), super::bifs::arith(name)) {
            return match fold(arith, *a, *b) {
                Some(v) => v,
                None => self.fallible(OpKind::Arith(arith, *a, *b)),
            };
        }
        if let ("-", [Val::Small(n)]) = (name, args.as_slice()) {
            let n = n.wrapping_neg();
            if n <= transom_bytecode::MAX_SMALL {
                return Val::Small(n);
            }
        }
        let import = self.unit.pool.import("erlang", name, arity);
        if super::bifs::cannot_fail(name, arity) {
            return self.op(OpKind::Bif(import, args));
        }
        self.fallible(OpKind::Bif(import, args))
    }

    /// An atom as an operand.
    pub fn atom(&mut self, name: &str) -> Val {
        Val::Atom(self.unit.pool.atom(name))
    }

    /// A constant as an operand.
    pub fn value(&mut self, c: Const) -> Val {
        self.unit.pool.value(c)
    }

    /// Sets the position of what follows.
    pub fn at(&mut self, span: Span) {
        if span.line != 0 {
            self.line = self.unit.pool.line(self.unit.files, span);
        }
    }

    /// A compound literal in a variable, so that tests and accesses have a register to work on.
    pub fn in_var(&mut self, v: Val) -> Val {
        match v {
            Val::Const(_) => self.op(OpKind::Move(v)),
            Val::Var(_) | Val::Small(_) | Val::Atom(_) | Val::Nil => v,
        }
    }
}

/// Integer arithmetic on literals, when operands and result are small.
pub fn fold(op: Arith, a: Val, b: Val) -> Option<Val> {
    let (Val::Small(a), Val::Small(b)) = (a, b) else {
        return None;
    };
    let n = match op {
        Arith::Add => a.checked_add(b)?,
        Arith::Sub => a.checked_sub(b)?,
        Arith::Mul => a.checked_mul(b)?,
        Arith::IntDiv => a.checked_div(b)?,
        Arith::Rem => a.checked_rem(b)?,
        Arith::Band => a & b,
        Arith::Bor => a | b,
        Arith::Bxor => a ^ b,
        Arith::Bsl if (0..59).contains(&b) => a.checked_mul(1i64 << b)?,
        Arith::Bsr if (0..63).contains(&b) => a >> b,
        Arith::Bsl | Arith::Bsr => return None,
    };
    (transom_bytecode::MIN_SMALL..=transom_bytecode::MAX_SMALL)
        .contains(&n)
        .then_some(Val::Small(n))
}
