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
pub mod tails;
mod visit;

use transom_bytecode::{AtomIx, ConstIx, FnIx, ImportIx, LambdaIx, LineIx, SegFlags, SegKind};

/// A variable of one function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Var(pub u32);

impl Var {
    /// The number, to index by.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// A block of one function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct BlockId(pub u32);

impl BlockId {
    /// The number, to index by.
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
    /// The variable, if it is one.
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
    /// An empty block within the region of a handler.
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
