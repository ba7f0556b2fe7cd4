//! The loaded form: one 64-bit word per instruction, made by the specialiser ([`super::specialise`]) from verified generic code
//! and executed by `interp/`. Private to the VM: never stored, free to change.
//!
//! ```text
//!  63      48 47      32 31      16 15       0
//! |    c     |    b     |    a     |    op    |   then extension words, as many as the instruction says
//!            | b and c as one i32  |
//! ```
//! Operands, by the letters in the instructions' names:
//! * `R`: any register, 16 bits: bit 14 set for a y slot, number below it. `X`, `Y`: a register of that kind (number only).
//! * `I`: a small integer of 16 bits, not shifted. `W`: a raw term word that fits a signed 32-bit field. `K`: a raw term word as extension.
//! * bytes: two registers in one field, bit 7 set for a y slot.
//! * jumps are distances in words from the instruction's own word; a field of 16 bits reaches +-32,767 (functions that are longer
//!   jump through [`LOp::Jump`], whose distance has 48 bits).
//!
//! In operand lists (tuples, maps, binaries) each extension word is a term word, or a register as [`reg_word`], told apart by the
//! low bits `111`, which no term has.
#![allow(rustdoc::broken_intra_doc_links)] // Register transfers are written with brackets: X[a] := Y[b].

use transom_bytecode::Reg;

macro_rules! loaded_ops {
    ($($(#[doc = $doc:literal])+ $Name:ident,)+) => {
        /// Opcodes of the loaded form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum LOp { $($(#[doc = $doc])+ $Name,)+ }
        /// All of them, by number.
        pub const ALL: &[LOp] = &[$(LOp::$Name,)+];
    };
}

loaded_ops! {
    // ---- control
    /// a := b
    MoveRR,
    /// X[b] := X[a]
    MoveXX,
    /// Y[b] := X[a]
    MoveXY,
    /// X[b] := Y[a]
    MoveYX,
    /// R[a] := K
    MoveKR,
    /// X[a] := W(bc)
    MoveWX,
    /// Y[a] := W(bc)
    MoveWY,
    /// Two moves x to y, bytes in a, b.
    Move2XY,
    /// Three moves x to y, bytes in a, b, c.
    Move3XY,
    /// Two moves y to x.
    Move2YX,
    /// Three moves y to x.
    Move3YX,
    /// Two moves x to x.
    Move2XX,
    /// Three moves x to x.
    Move3XX,
    /// Two moves between any registers.
    Move2,
    /// Three moves between any registers.
    Move3,
    /// a, b := b, a
    SwapRR,
    /// pc += abc (48 bits)
    Jump,
    /// Call of a local function at bc.
    Call,
    /// Drops a slots, tail call of bc.
    CallLast,
    /// Tail call of bc.
    CallOnly,
    /// Moves x to x in a and b; K: distance of the call.
    Move2XXCall,
    /// Moves y to x in a and b; K: distance of the call.
    Move2YXCall,
    /// Moves x to x in a and b; K: distance of the tail call.
    Move2XXCallOnly,
    /// X0 := Y[a.0] + a.1 (signed), call bc
    AddYICall,
    /// X[a.1] := X[a.0], call bc
    MoveXXCall,
    /// X[a.1] := Y[a.0], call bc
    MoveYXCall,
    /// X[a.1] := X[a.0], tail call bc
    MoveXXCallOnly,
    /// X[a.1] := X[a.0] + I(b), tail call c (16 bits)
    AddICallOnly,
    /// External call; K: cell; a: arity
    CallExt,
    /// The same after dropping b slots.
    CallExtLast,
    /// The same without a frame.
    CallExtOnly,
    /// Call of a built-in function; K: cell; a: arity
    CallBif,
    /// The same, then drop b slots and return.
    CallBifLast,
    /// The same, then return.
    CallBifOnly,
    /// Call of X[a] with a arguments
    CallFun,
    /// After dropping b slots.
    CallFunLast,
    /// Without a frame.
    CallFunOnly,
    /// X[a]:X[a+1] with a arguments
    Apply,
    /// After dropping b slots.
    ApplyLast,
    /// Without a frame.
    ApplyOnly,
    /// Back to the caller.
    Return,
    /// Drops a slots, returns.
    DeallocReturn,
    /// X0 := X[a], returns.
    MoveXReturn,
    /// X0 := W(bc), returns.
    MoveWReturn,
    /// X0 := Y[a], drops b slots, returns.
    MoveYDeallocReturn,
    /// X0 := W(bc), drops a slots, returns.
    MoveWDeallocReturn,
    /// Frame of a slots, b words reserved, c live.
    Allocate,
    /// Frame of a.0 slots without words, a.1 live; Y[c] := X[b]
    AllocateMove,
    /// Frame of a.0 slots without words, a.1 live; moves x to y in b, c
    AllocateMove2,
    /// Frame of a.0 slots without words, a.1 live; head of b.0 to b.1, tail to c
    AllocateGetList,
    /// Drops a slots.
    Deallocate,
    /// Reserves a words, c live.
    TestHeap,
    /// Reserves K words, c live.
    TestHeapK,
    /// Entry of a built-in function; a: arity; K: BIF index, cell.
    BifStub,
    /// Entry of an undefined function; K: cell.
    UndefStub,
    /// Entry of a traced function, or the stub of an export cell (a: arity + 1).
    Trace,
    /// Where a function with a trace record returns to.
    TraceReturn,
    /// Bottom of every stack: the process ends normally.
    ExitNormal,
    /// Bottom of a hidden frame: the value returns to the VM.
    ExitHost,

    // ---- exceptions
    /// Y[a] := catch(pc + bc)
    Try,
    /// Y[a] := []
    TryEnd,
    /// Y[a] := []; class, reason, stack are in x0..x2
    TryCase,
    /// Y[a] := []; value of a catch
    CatchEnd,
    /// Raise again: class R[a], reason R[b], stack R[c]
    Raise,
    /// R[b] := stack list of R[a]
    BuildStacktrace,
    /// No clause; a: arity
    FuncClause,
    /// error:{b, R[a]}; b: index into the error table
    Error1,
    /// error:b
    Error0,

    // ---- tests: R[a], fail c
    /// integer
    IsIntegerR,
    /// float
    IsFloatR,
    /// number
    IsNumberR,
    /// atom
    IsAtomR,
    /// boolean
    IsBooleanR,
    /// pid
    IsPidR,
    /// reference
    IsReferenceR,
    /// port
    IsPortR,
    /// nil
    IsNilR,
    /// nil, in an x register
    IsNilX,
    /// list
    IsListR,
    /// cons
    IsConsR,
    /// cons, in an x register
    IsConsX,
    /// tuple
    IsTupleR,
    /// binary
    IsBinaryR,
    /// bitstring
    IsBitstringR,
    /// map
    IsMapR,
    /// fun
    IsFunctionR,
    /// fun of arity R[b]
    IsFunction2RR,
    /// tuple (proven) of b elements
    TestArityR,
    /// tuple (proven) of K elements
    TestArityK,
    /// tuple of b elements
    IsTupleArityR,
    /// tuple of b elements with the tag K
    IsTaggedTupleR,
    /// tuple of b elements in X[a]
    IsTupleArityX,
    /// tuple of b elements with the tag K in X[a]
    IsTaggedTupleX,
    /// cons in X[b.0], head to b.1, tail to c; fail a
    IsConsGetListX,
    /// any registers
    IsConsGetList,
    /// R[a] =:= R[b]
    EqExactRR,
    /// R[a] =:= K (immediate)
    EqExactRK,
    /// R[a] =:= I(b)
    EqExactRI,
    /// X[a] =:= K (immediate)
    EqExactXK,
    /// X[a] =:= I(b)
    EqExactXI,
    /// R[a] =/= R[b]
    NeExactRR,
    /// R[a] =/= K (immediate)
    NeExactRK,
    /// R[a] =/= I(b)
    NeExactRI,
    /// R[a] == R[b]
    EqRR,
    /// R[a] /= R[b]
    NeRR,
    /// R[a] < R[b]
    LtRR,
    /// R[a] >= R[b]
    GeRR,
    /// R[a] < I(b)
    LtRI,
    /// R[a] >= I(b)
    GeRI,
    /// I(b) < R[a]
    LtIR,
    /// I(b) >= R[a]
    GeIR,
    /// X[a] < I(b)
    LtXI,
    /// X[a] >= I(b)
    GeXI,
    /// X[a] < X[b]
    LtXX,
    /// X[a] >= X[b]
    GeXX,
    /// R[a]; b pairs (value, distance) follow the default distance
    SelectLinear,
    /// The same with the values sorted as words: all values, then all distances
    SelectBinary,
    /// Small integers from K on: default, first, b distances
    SelectDense,
    /// Tuple arity; b pairs (arity, distance) follow the default distance
    SelectArity,

    // ---- data
    /// head R[b], tail R[c] of R[a]
    GetListRRR,
    /// R[b] := head of R[a]
    GetHdRR,
    /// R[b] := tail of R[a]
    GetTlRR,
    /// R[c] := element b of R[a]
    GetElemR,
    /// X[c] := element b of X[a]
    GetElemX,
    /// Element numbers b.0, b.1 of R[a] to c.0, c.1
    GetElem2,
    /// R[c] := [R[a] | R[b]]
    PutListRRR,
    /// Reserve a.0 words, a.1 live; c := [b.0 | b.1]
    TestHeapPutList,
    /// The same into x0, then return.
    TestHeapPutListReturn,
    /// Reserve a.0 words, a.1 live; x0 := [b.0 | b.1], drop c slots, return
    TestHeapPutListDeallocReturn,
    /// x0 := [b.0 | b.1], drop a slots, return
    PutListDeallocReturn,
    /// R[a] := {} of b operands in extension words
    PutTuple,
    /// R[a] := {b.0, b.1}
    PutTuple2,
    /// R[a] := {b.0, b.1, c.0}
    PutTuple3,
    /// R[a] := {K, R[b]}
    PutTagged2,
    /// R[a] := {K, b.0, b.1}
    PutTagged3,
    /// R[a] := fun; K: FunInfo; b operands
    MakeFun,
    /// R[a] := R[b] with c pairs; first extension: distance of fail, 0 raises
    PutMapAssoc,
    /// The same, keys must exist
    PutMapExact,
    /// R[a]; b pairs (key, destination); c: fail
    GetMapElements,
    /// R[a]; one key (K) to R[b]; c: fail, also when R[a] is no map
    GetMapElement1,
    /// R[a]; b keys; c: fail
    HasMapFields,

    // ---- arithmetic: R[c] := R[a] op R[b], raising
    /// +
    AddRR,
    /// X[c] := X[a] + X[b]
    AddXX,
    /// R[c] := R[a] + I(b)
    AddRI,
    /// X[c] := X[a] + I(b)
    AddXI,
    /// X[c] := Y[a] + I(b)
    AddYI,
    /// -
    SubRR,
    /// X[c] := X[a] - X[b]
    SubXX,
    /// R[c] := I(b) - R[a]
    SubIR,
    /// *
    MulRR,
    /// div
    IntDivRR,
    /// rem
    RemRR,
    /// R[c] := R[a] rem I(b), b > 0
    RemRI,
    /// R[c] := R[a] div I(b), b > 0
    IntDivRI,
    /// band
    BandRR,
    /// R[c] := R[a] band I(b), b >= 0
    BandRI,
    /// bor
    BorRR,
    /// bxor
    BxorRR,
    /// bsl
    BslRR,
    /// bsr
    BsrRR,
    /// In a guard; K: operation and distance
    ArithFail,
    /// x0 := a.0 + a.1, drop b slots, return
    AddDeallocReturn,
    /// R[a] := bif of b operands; extension: row, distance of fail (0 raises), operands
    Bif,
    /// `Bif` of `/` with two operands.
    FloatDivide,
    /// R[b] := self()
    SelfR,
    /// R[b] := tuple_size(R[a]); extension: distance of fail (0 raises)
    TupleSizeRR,
    /// R[c] := element(R[a], R[b]); extension: distance of fail
    ElementRR,
    /// R[c] := element(I(a), R[b]); extension: distance of fail
    ElementIR,
    /// R[b] := hd(R[a]); extension: distance of fail
    HdRR,
    /// R[b] := tl(R[a]); extension: distance of fail
    TlRR,
    /// R[c] := R[a] cmp R[b]; extension: which comparison
    CompareRR,

    // ---- receive and send
    /// R[a] := message, or to bc
    LoopRec,
    /// takes it
    RemoveMessage,
    /// leaves it; on at bc
    LoopRecEnd,
    /// sleeps; on at bc
    Wait,
    /// sleeps at most R[a]; on at bc
    WaitTimeout,
    /// the time-out has been taken
    Timeout,
    /// x0 ! x1
    Send,
    /// R[a] := mark
    RecvMark,
    /// mark R[a] belongs to R[b]
    RecvBind,
    /// scan from the mark of R[a]
    RecvUse,
    /// R[a] := []
    RecvClear,

    // ---- binaries: context R[a], fail c
    /// R[b] := context over R[a]
    BsStartMatch,
    /// R[b] := integer of K bits (constant), flags in the high half
    BsGetIntegerK,
    /// R[b] := integer of K bytes (at most 7), most significant first
    BsGetBytes,
    /// R[b] := integer of 8 bits
    BsGetByte,
    /// b: dst; extension: size operand, unit | flags << 16
    BsGetInteger,
    /// the same
    BsGetFloat,
    /// the same; size NONE: all
    BsGetBinary,
    /// R[b]; extension: kind (8, 16, 32), flags << 16
    BsGetUtf,
    /// extension: size operand, unit
    BsSkipBits,
    /// extension: kind, flags
    BsSkipUtf,
    /// K bits left
    BsTestTail,
    /// multiple of b left
    BsTestUnit,
    /// R[b] := rest
    BsGetTail,
    /// R[b] := position
    BsGetPosition,
    /// position := R[b]
    BsSetPosition,
    /// next K bits equal those of the literal (second extension)
    BsMatchString,
    /// R[a] := bitstring of b segments of 3 words each; first extension: distance of fail, 0 raises
    BsCreateBin,
}

impl LOp {
    /// The form of an instruction for when the register in `a` is an x register.
    pub const fn in_x(self) -> LOp {
        match self {
            LOp::EqExactRK => LOp::EqExactXK,
            LOp::EqExactRI => LOp::EqExactXI,
            LOp::LtRI => LOp::LtXI,
            LOp::GeRI => LOp::GeXI,
            LOp::IsTupleArityR => LOp::IsTupleArityX,
            LOp::IsTaggedTupleR => LOp::IsTaggedTupleX,
            other => other,
        }
    }
}

/// Flag of a y slot in a 16-bit register operand.
pub const Y_FLAG: u16 = 1 << 14;
/// First of the x registers that only the specialiser uses, for constants in operands that must be registers.
pub const SCRATCH_X: u16 = transom_bytecode::MAX_X;
/// Number of x registers a scheduler provides.
pub const X_REGISTERS: usize = SCRATCH_X as usize + 8;
/// Low bits of a register in an operand list.
pub const REG_TAG: u64 = 0b111;

/// One instruction word.
pub const fn word(op: LOp, a: u16, b: u16, c: u16) -> u64 {
    op as u64 | (a as u64) << 16 | (b as u64) << 32 | (c as u64) << 48
}

/// An instruction word with a 32-bit field in `b` and `c`.
pub const fn word_wide(op: LOp, a: u16, bc: i32) -> u64 {
    op as u64 | (a as u64) << 16 | (bc as u32 as u64) << 32
}

/// A register in an operand list.
pub const fn reg_word(r: Reg) -> u64 {
    match r {
        Reg::X(n) => ((n as u64) << 8) | REG_TAG,
        Reg::Y(n) => ((n as u64) << 8) | (1 << 3) | REG_TAG,
    }
}

/// Two bytes in one field.
pub const fn bytes(low: u8, high: u8) -> u16 {
    low as u16 | (high as u16) << 8
}

/// What [`LOp::ArithFail`] does (low byte of its extension), and what slow paths of arithmetic are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
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

impl Arith {
    /// All, by number.
    pub const ALL: [Arith; 10] = [
        Arith::Add,
        Arith::Sub,
        Arith::Mul,
        Arith::IntDiv,
        Arith::Rem,
        Arith::Band,
        Arith::Bor,
        Arith::Bxor,
        Arith::Bsl,
        Arith::Bsr,
    ];
}

/// Reasons of [`LOp::Error0`] and [`LOp::Error1`], by number.
pub const ERROR_REASONS: [crate::atoms::Atom; 6] = [
    crate::atoms::BADMATCH,
    crate::atoms::CASE_CLAUSE,
    crate::atoms::IF_CLAUSE,
    crate::atoms::TRY_CLAUSE,
    crate::atoms::ELSE_CLAUSE,
    crate::atoms::BADRECORD,
];
