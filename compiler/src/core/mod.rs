//! Core: what functions are between syntax tree and bytecode. A function is a graph of blocks with parameters; every operand is
//! a variable or an atomic constant (A-normal form), every variable is defined once, and a join point is a block whose parameters
//! receive the values that differ by path. [`crate::lower`] makes it, [`simplify`] and [`crate::types`] shorten it,
//! [`crate::regs`] gives registers to its variables, [`crate::emit`] writes instructions.
//!
//! Rules that all passes keep: only [`End::Jump`] passes arguments; every other target has no parameters, save the handlers of
//! `try` and `catch`, whose parameters the machine fills; a variable's definition dominates its uses.

pub mod dump;
pub mod graph;
pub mod marks;
pub mod pool;
pub mod simplify;

use transom_bytecode::{AtomIx, ConstIx, FnIx, ImportIx, LambdaIx, LineIx, SegFlags, SegKind};

/// A variable of one function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Var(pub u32);

impl Var {
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// A block of one function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct BlockId(pub u32);

impl BlockId {
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// The block where every function starts: it has the function's parameters and only jumps on.
pub const ENTRY: BlockId = BlockId(0);

/// An operand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Val {
    Var(Var),
    Small(i64),
    Atom(AtomIx),
    Nil,
    Const(ConstIx),
}

impl Val {
    pub fn var(self) -> Option<Var> {
        match self {
            Val::Var(v) => Some(v),
            Val::Small(_) | Val::Atom(_) | Val::Nil | Val::Const(_) => None,
        }
    }
}

impl From<Var> for Val {
    fn from(v: Var) -> Val {
        Val::Var(v)
    }
}

/// A function.
#[derive(Clone, Debug)]
pub struct Func {
    pub name: AtomIx,
    pub arity: u32,
    pub line: LineIx,
    pub blocks: Vec<Block>,
    /// How many variables there are.
    pub vars: u32,
}

/// A block: straight code and one end.
#[derive(Clone, Debug)]
pub struct Block {
    pub params: Vec<Var>,
    pub ops: Vec<Op>,
    pub end: End,
    pub end_line: LineIx,
    /// The handler of the innermost `try` or `catch` around it.
    pub handler: Option<BlockId>,
    /// Is it the handler of a `try` or `catch`, with parameters in `x0...`?
    pub is_handler: bool,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Op {
    pub dst: Option<Var>,
    pub kind: OpKind,
    pub line: LineIx,
}

/// Two-operand arithmetic with an instruction of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arith {
    Add,
    Sub,
    Mul,
    IntDiv,
    Rem,
    Band,
    Bor,
    Bxor,
    Bsl,
    Bsr,
}

/// Whom a call calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Callee {
    Local(FnIx),
    Ext(ImportIx),
    Fun(Val),
    Apply(Val, Val),
}

/// A segment of a binary under construction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seg {
    pub kind: SegKind,
    pub value: Val,
    pub size: Option<Val>,
    pub unit: u16,
    pub flags: SegFlags,
}

/// What is taken from a match context.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Take {
    Integer,
    Float,
    Binary,
    Utf8,
    Utf16,
    Utf32,
}

/// What an operation does. Those that can fail do so by raising, or, as the operation of an [`End::Or`], by going elsewhere.
#[derive(Clone, Debug)]
pub enum OpKind {
    Move(Val),
    PutList(Val, Val),
    PutTuple(Vec<Val>),
    MakeFun(LambdaIx, Vec<Val>),
    PutMap {
        exact: bool,
        src: Val,
        pairs: Vec<(Val, Val)>,
    },
    Arith(Arith, Val, Val),
    Bif(ImportIx, Vec<Val>),
    GetHd(Val),
    GetTl(Val),
    GetElem(Val, u32),
    Call(Callee, Vec<Val>),
    Send(Val, Val),
    BuildStack(Val),
    CreateBin(Vec<Seg>),
    /// Values of keys of a proven map; the only operation with several results (`dst` is not used). Only in `Or`.
    Fetch(Val, Vec<(Val, Var)>),
    HasKeys(Val, Vec<Val>),
    BsStart(Val),
    BsTake {
        what: Take,
        ctx: Val,
        size: Option<Val>,
        unit: u16,
        flags: SegFlags,
    },
    /// The same without the value.
    BsSkip {
        what: Take,
        ctx: Val,
        size: Val,
        unit: u16,
        flags: SegFlags,
    },
    BsString {
        ctx: Val,
        bits: u32,
        value: ConstIx,
    },
    BsTail(Val, u32),
    BsUnit(Val, u16),
    BsRest(Val),
    BsGetPos(Val),
    BsSetPos(Val, Val),
    TryEnd(Var),
    CatchEnd(Var, Val),
    TryCase(Var),
    RemoveMessage,
    Timeout,
    RecvMark,
    RecvBind(Var, Val),
    RecvUse(Val),
    RecvClear(Var),
}

/// A question with two answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Test {
    Is(Kind, Val),
    Function2(Val, Val),
    Arity(Val, u32),
    Tagged(Val, u32, AtomIx),
    EqExact(Val, Val),
    NeExact(Val, Val),
    Eq(Val, Val),
    Ne(Val, Val),
    Lt(Val, Val),
    Ge(Val, Val),
}

/// The one-operand type tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    Integer,
    Float,
    Number,
    Atom,
    Boolean,
    Pid,
    Reference,
    Port,
    Nil,
    List,
    Cons,
    Tuple,
    Binary,
    Bitstring,
    Map,
    Function,
}

/// How a block ends.
#[derive(Clone, Debug)]
pub enum End {
    /// While the block is being made.
    Open,
    Jump(BlockId, Vec<Val>),
    Test(Test, BlockId, BlockId),
    /// The operation, then the first block; the second if it fails.
    Or(Op, BlockId, BlockId),
    SelectVal(Val, Vec<(Val, BlockId)>, BlockId),
    SelectArity(Val, Vec<(u32, BlockId)>, BlockId),
    Return(Val),
    TailCall(Callee, Vec<Val>),
    Raise(Raise),
    /// Enters `body` with `slot` holding the catch word; exceptions go to `handler`.
    Try {
        slot: Var,
        body: BlockId,
        handler: BlockId,
        old_catch: bool,
    },
    LoopRec {
        dst: Var,
        next: BlockId,
        empty: BlockId,
    },
    LoopRecEnd(BlockId),
    Wait(BlockId),
    WaitTimeout {
        again: BlockId,
        time: Val,
        next: BlockId,
    },
}

/// How a block ends in an exception.
#[derive(Clone, Debug)]
pub enum Raise {
    FuncClause(Vec<Val>),
    Badmatch(Val),
    CaseClause(Val),
    IfClause,
    TryClause(Val),
    ElseClause(Val),
    Badrecord(Val),
    Again(Val, Val, Val),
}

impl Block {
    pub fn new(handler: Option<BlockId>) -> Block {
        Block {
            params: Vec::new(),
            ops: Vec::new(),
            end: End::Open,
            end_line: LineIx(0),
            handler,
            is_handler: false,
        }
    }
}

impl Op {
    /// All variables that the operation defines.
    pub fn for_each_def(&self, see: &mut dyn FnMut(Var)) {
        if let Some(v) = self.dst {
            see(v);
        }
        if let OpKind::Fetch(_, pairs) = &self.kind {
            pairs.iter().for_each(|(_, v)| see(*v));
        }
    }

    /// All operands.
    pub fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        // One list of operands for reading and for replacing: a copy of the operation is cheap beside what follows.
        self.kind.for_each_use(see);
    }
}

impl OpKind {
    /// All operands, in order.
    pub fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        match self {
            OpKind::Move(a)
            | OpKind::GetHd(a)
            | OpKind::GetTl(a)
            | OpKind::GetElem(a, _)
            | OpKind::BuildStack(a)
            | OpKind::BsStart(a)
            | OpKind::BsTail(a, _)
            | OpKind::BsUnit(a, _)
            | OpKind::BsRest(a)
            | OpKind::BsGetPos(a)
            | OpKind::RecvUse(a)
            | OpKind::BsString { ctx: a, .. } => see(*a),
            OpKind::PutList(a, b)
            | OpKind::Arith(_, a, b)
            | OpKind::Send(a, b)
            | OpKind::BsSetPos(a, b)
            | OpKind::BsSkip {
                ctx: a, size: b, ..
            } => {
                see(*a);
                see(*b);
            }
            OpKind::PutTuple(vs) | OpKind::MakeFun(_, vs) | OpKind::Bif(_, vs) => {
                vs.iter().for_each(|v| see(*v));
            }
            OpKind::PutMap { src, pairs, .. } => {
                see(*src);
                for (k, v) in pairs {
                    see(*k);
                    see(*v);
                }
            }
            OpKind::Call(callee, args) => {
                args.iter().for_each(|v| see(*v));
                callee.for_each_use(see);
            }
            OpKind::CreateBin(segs) => {
                for s in segs {
                    see(s.value);
                    s.size.into_iter().for_each(&mut *see);
                }
            }
            OpKind::Fetch(src, pairs) => {
                see(*src);
                pairs.iter().for_each(|(k, _)| see(*k));
            }
            OpKind::HasKeys(src, keys) => {
                see(*src);
                keys.iter().for_each(|k| see(*k));
            }
            OpKind::BsTake { ctx, size, .. } => {
                see(*ctx);
                size.iter().for_each(|v| see(*v));
            }
            OpKind::TryEnd(v) | OpKind::TryCase(v) | OpKind::RecvClear(v) => see(Val::Var(*v)),
            OpKind::CatchEnd(v, a) | OpKind::RecvBind(v, a) => {
                see(Val::Var(*v));
                see(*a);
            }
            OpKind::RemoveMessage | OpKind::Timeout | OpKind::RecvMark => {}
        }
    }

    /// Replaces operands.
    pub fn map_uses(&mut self, f: &mut dyn FnMut(Val) -> Val) {
        let mut fix = |v: &mut Val| *v = f(*v);
        match self {
            OpKind::Move(a)
            | OpKind::GetHd(a)
            | OpKind::GetTl(a)
            | OpKind::GetElem(a, _)
            | OpKind::BuildStack(a)
            | OpKind::BsStart(a)
            | OpKind::BsTail(a, _)
            | OpKind::BsUnit(a, _)
            | OpKind::BsRest(a)
            | OpKind::BsGetPos(a)
            | OpKind::RecvUse(a)
            | OpKind::CatchEnd(_, a)
            | OpKind::RecvBind(_, a)
            | OpKind::BsString { ctx: a, .. } => fix(a),
            OpKind::PutList(a, b)
            | OpKind::Arith(_, a, b)
            | OpKind::Send(a, b)
            | OpKind::BsSetPos(a, b)
            | OpKind::BsSkip {
                ctx: a, size: b, ..
            } => {
                fix(a);
                fix(b);
            }
            OpKind::PutTuple(vs) | OpKind::MakeFun(_, vs) | OpKind::Bif(_, vs) => {
                vs.iter_mut().for_each(fix);
            }
            OpKind::PutMap { src, pairs, .. } => {
                fix(src);
                for (k, v) in pairs {
                    fix(k);
                    fix(v);
                }
            }
            OpKind::Call(callee, args) => {
                args.iter_mut().for_each(&mut fix);
                callee.map_uses(f);
            }
            OpKind::CreateBin(segs) => {
                for s in segs {
                    fix(&mut s.value);
                    s.size.iter_mut().for_each(&mut fix);
                }
            }
            OpKind::Fetch(src, pairs) => {
                fix(src);
                pairs.iter_mut().for_each(|(k, _)| fix(k));
            }
            OpKind::HasKeys(src, keys) => {
                fix(src);
                keys.iter_mut().for_each(fix);
            }
            OpKind::BsTake { ctx, size, .. } => {
                fix(ctx);
                size.iter_mut().for_each(fix);
            }
            OpKind::TryEnd(_)
            | OpKind::TryCase(_)
            | OpKind::RecvClear(_)
            | OpKind::RemoveMessage
            | OpKind::Timeout
            | OpKind::RecvMark => {}
        }
    }
}

impl Callee {
    fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        match self {
            Callee::Local(_) | Callee::Ext(_) => {}
            Callee::Fun(f) => see(*f),
            Callee::Apply(m, f) => {
                see(*m);
                see(*f);
            }
        }
    }

    fn map_uses(&mut self, f: &mut dyn FnMut(Val) -> Val) {
        match self {
            Callee::Local(_) | Callee::Ext(_) => {}
            Callee::Fun(a) => *a = f(*a),
            Callee::Apply(a, b) => {
                *a = f(*a);
                *b = f(*b);
            }
        }
    }
}

impl Test {
    fn parts(&mut self) -> [Option<&mut Val>; 2] {
        match self {
            Test::Is(_, a) | Test::Arity(a, _) | Test::Tagged(a, _, _) => [Some(a), None],
            Test::Function2(a, b)
            | Test::EqExact(a, b)
            | Test::NeExact(a, b)
            | Test::Eq(a, b)
            | Test::Ne(a, b)
            | Test::Lt(a, b)
            | Test::Ge(a, b) => [Some(a), Some(b)],
        }
    }
}

impl Raise {
    fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        match self {
            Raise::FuncClause(args) => args.iter().for_each(|v| see(*v)),
            Raise::Badmatch(v)
            | Raise::CaseClause(v)
            | Raise::TryClause(v)
            | Raise::ElseClause(v)
            | Raise::Badrecord(v) => see(*v),
            Raise::IfClause => {}
            Raise::Again(a, b, c) => [a, b, c].iter().for_each(|v| see(**v)),
        }
    }

    fn map_uses(&mut self, f: &mut dyn FnMut(Val) -> Val) {
        match self {
            Raise::FuncClause(args) => args.iter_mut().for_each(|v| *v = f(*v)),
            Raise::Badmatch(v)
            | Raise::CaseClause(v)
            | Raise::TryClause(v)
            | Raise::ElseClause(v)
            | Raise::Badrecord(v) => *v = f(*v),
            Raise::IfClause => {}
            Raise::Again(a, b, c) => [a, b, c].into_iter().for_each(|v| *v = f(*v)),
        }
    }
}

impl End {
    /// All operands of the end, arguments of a jump included.
    pub fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        match self {
            End::Open | End::LoopRec { .. } | End::LoopRecEnd(_) | End::Wait(_) => {}
            End::Try { .. } => {}
            End::Jump(_, args) => args.iter().for_each(|v| see(*v)),
            End::Test(t, ..) => {
                let mut t = *t;
                t.parts().into_iter().flatten().for_each(|v| see(*v));
            }
            End::Or(op, ..) => op.for_each_use(see),
            End::SelectVal(v, ..)
            | End::SelectArity(v, ..)
            | End::Return(v)
            | End::WaitTimeout { time: v, .. } => see(*v),
            End::TailCall(callee, args) => {
                args.iter().for_each(|v| see(*v));
                callee.for_each_use(see);
            }
            End::Raise(r) => r.for_each_use(see),
        }
    }

    /// Replaces operands.
    pub fn map_uses(&mut self, f: &mut dyn FnMut(Val) -> Val) {
        match self {
            End::Open | End::LoopRec { .. } | End::LoopRecEnd(_) | End::Wait(_) => {}
            End::Try { .. } => {}
            End::Jump(_, args) => args.iter_mut().for_each(|v| *v = f(*v)),
            End::Test(t, ..) => t.parts().into_iter().flatten().for_each(|v| *v = f(*v)),
            End::Or(op, ..) => op.kind.map_uses(f),
            End::SelectVal(v, ..)
            | End::SelectArity(v, ..)
            | End::Return(v)
            | End::WaitTimeout { time: v, .. } => *v = f(*v),
            End::TailCall(callee, args) => {
                args.iter_mut().for_each(|v| *v = f(*v));
                callee.map_uses(f);
            }
            End::Raise(r) => r.map_uses(f),
        }
    }

    /// Variables that the end defines.
    pub fn for_each_def(&self, see: &mut dyn FnMut(Var)) {
        match self {
            End::Or(op, ..) => op.for_each_def(see),
            End::Try { slot, .. } => see(*slot),
            End::LoopRec { dst, .. } => see(*dst),
            End::Open
            | End::Jump(..)
            | End::Test(..)
            | End::SelectVal(..)
            | End::SelectArity(..)
            | End::Return(_)
            | End::TailCall(..)
            | End::Raise(_)
            | End::LoopRecEnd(_)
            | End::Wait(_)
            | End::WaitTimeout { .. } => {}
        }
    }

    /// The blocks it may go to.
    pub fn for_each_target(&self, see: &mut dyn FnMut(BlockId)) {
        match self {
            End::Jump(b, _) | End::LoopRecEnd(b) | End::Wait(b) => see(*b),
            End::Test(_, a, b) | End::Or(_, a, b) => {
                see(*a);
                see(*b);
            }
            End::SelectVal(_, arms, default) => {
                arms.iter().for_each(|(_, b)| see(*b));
                see(*default);
            }
            End::SelectArity(_, arms, default) => {
                arms.iter().for_each(|(_, b)| see(*b));
                see(*default);
            }
            End::Try { body, handler, .. } => {
                see(*body);
                see(*handler);
            }
            End::LoopRec { next, empty, .. } => {
                see(*next);
                see(*empty);
            }
            End::WaitTimeout { again, next, .. } => {
                see(*again);
                see(*next);
            }
            End::Open | End::Return(_) | End::TailCall(..) | End::Raise(_) => {}
        }
    }

    /// Replaces targets.
    pub fn map_targets(&mut self, f: &mut dyn FnMut(BlockId) -> BlockId) {
        let mut fix = |b: &mut BlockId| *b = f(*b);
        match self {
            End::Jump(b, _) | End::LoopRecEnd(b) | End::Wait(b) => fix(b),
            End::Test(_, a, b) | End::Or(_, a, b) => {
                fix(a);
                fix(b);
            }
            End::SelectVal(_, arms, default) => {
                arms.iter_mut().for_each(|(_, b)| fix(b));
                fix(default);
            }
            End::SelectArity(_, arms, default) => {
                arms.iter_mut().for_each(|(_, b)| fix(b));
                fix(default);
            }
            End::Try { body, handler, .. } => {
                fix(body);
                fix(handler);
            }
            End::LoopRec { next, empty, .. } => {
                fix(next);
                fix(empty);
            }
            End::WaitTimeout { again, next, .. } => {
                fix(again);
                fix(next);
            }
            End::Open | End::Return(_) | End::TailCall(..) | End::Raise(_) => {}
        }
    }
}
