//! Sets of kinds of values, and what is known of a variable.

use transom_bytecode::{AtomIx, Const};

use crate::core::pool::Pool;
use crate::core::{Kind, Val};

/// A set of kinds of values.
pub type Set = u32;

/// Integers.
pub const INT: Set = 1;
/// Floats.
pub const FLOAT: Set = 2;
/// The atom `true`.
pub const TRUE: Set = 4;
/// The atom `false`.
pub const FALSE: Set = 8;
/// All other atoms.
pub const ATOM: Set = 16;
/// `[]`.
pub const NIL: Set = 32;
/// Lists with a head.
pub const CONS: Set = 64;
/// Tuples.
pub const TUPLE: Set = 128;
/// Maps.
pub const MAP: Set = 256;
/// Bitstrings of whole bytes.
pub const BINARY: Set = 512;
/// All other bitstrings.
pub const BITS: Set = 1024;
/// Funs.
pub const FUN: Set = 2048;
/// Process identifiers.
pub const PID: Set = 4096;
/// References.
pub const REF: Set = 8192;
/// Ports.
pub const PORT: Set = 16384;
/// All terms.
pub const ANY: Set = 32767;
/// Both booleans.
pub const BOOL: Set = TRUE | FALSE;
/// All atoms.
pub const ATOMS: Set = BOOL | ATOM;
/// All numbers.
pub const NUMBER: Set = INT | FLOAT;
/// All bitstrings.
pub const BITSTRING: Set = BINARY | BITS;

/// What is known of a variable at a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fact {
    /// It is one of these.
    pub set: Set,
    /// The same as far as tests that succeeded say so. The verifier follows those and does not reason by elimination, so
    /// only this may replace a test that makes a later access lawful.
    pub proved: Set,
    /// Its size if it is a tuple; only if the verifier can tell too.
    pub arity: Option<u32>,
}

impl Fact {
    /// Nothing is known.
    pub const ANY: Fact = Fact {
        set: ANY,
        proved: ANY,
        arity: None,
    };

    /// Known by construction.
    pub fn of(set: Set) -> Fact {
        Fact {
            set,
            proved: set,
            arity: None,
        }
    }

    /// What holds if either holds.
    pub fn join(self, other: Fact) -> Fact {
        Fact {
            set: self.set | other.set,
            proved: self.proved | other.proved,
            arity: if self.arity == other.arity {
                self.arity
            } else {
                None
            },
        }
    }
}

/// The kinds for which a type test answers true.
pub fn set_of_kind(kind: Kind) -> Set {
    match kind {
        Kind::Integer => INT,
        Kind::Float => FLOAT,
        Kind::Number => NUMBER,
        Kind::Atom => ATOMS,
        Kind::Boolean => BOOL,
        Kind::Pid => PID,
        Kind::Reference => REF,
        Kind::Port => PORT,
        Kind::Nil => NIL,
        Kind::List => NIL | CONS,
        Kind::Cons => CONS,
        Kind::Tuple => TUPLE,
        Kind::Binary => BINARY,
        Kind::Bitstring => BITSTRING,
        Kind::Map => MAP,
        Kind::Function => FUN,
    }
}

/// Tests whose success makes accesses lawful.
pub fn guards_access(kind: Kind) -> bool {
    matches!(kind, Kind::Cons | Kind::Tuple | Kind::Map)
}

fn atom_set(pool: &Pool, a: AtomIx) -> Set {
    match pool.atom_text(a) {
        "true" => TRUE,
        "false" => FALSE,
        _ => ATOM,
    }
}

/// Kind of a constant operand; `None` for variables.
pub fn fact_of_constant(pool: &Pool, v: Val) -> Option<Fact> {
    Some(match v {
        Val::Var(_) => return None,
        Val::Small(_) => Fact::of(INT),
        Val::Atom(a) => Fact::of(atom_set(pool, a)),
        Val::Nil => Fact::of(NIL),
        Val::Const(c) => match pool.consts.get(c.index())? {
            Const::Nil => Fact::of(NIL),
            Const::Int(_) | Const::Big { .. } => Fact::of(INT),
            Const::Float(_) => Fact::of(FLOAT),
            Const::Atom(a) => Fact::of(atom_set(pool, *a)),
            Const::Bits { last: 8, .. } => Fact::of(BINARY),
            Const::Bits { .. } => Fact::of(BITS),
            Const::List { .. } => Fact::of(CONS),
            Const::Tuple(items) => Fact {
                arity: Some(items.len() as u32),
                ..Fact::of(TUPLE)
            },
            Const::Map(_) => Fact::of(MAP),
            Const::ExportFun { .. } => Fact::of(FUN),
        },
    })
}
