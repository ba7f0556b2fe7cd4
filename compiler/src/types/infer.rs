//! Types of results by the operation that makes them.

use super::facts::{self, Fact};
use crate::core::pool::Pool;
use crate::core::{Arith, OpKind, Take, Val};

/// What the result of an operation is; `of` answers for operands.
pub fn result(kind: &OpKind, pool: &Pool, of: &dyn Fn(Val) -> Fact) -> Fact {
    let set = match kind {
        OpKind::Move(v) => return of(*v),
        OpKind::PutList(..) => facts::CONS,
        OpKind::PutTuple(vs) => {
            return Fact {
                arity: Some(vs.len() as u32),
                ..Fact::of(facts::TUPLE)
            };
        }
        OpKind::MakeFun(..) => facts::FUN,
        OpKind::PutMap { .. } => facts::MAP,
        OpKind::CreateBin(_) => facts::BITSTRING,
        OpKind::BsRest(_) => facts::BITSTRING,
        OpKind::BsTake { what, .. } => match what {
            Take::Integer | Take::Utf8 | Take::Utf16 | Take::Utf32 => facts::INT,
            Take::Float => facts::FLOAT,
            Take::Binary => facts::BITSTRING,
        },
        OpKind::Arith(op, a, b) => match op {
            Arith::Add | Arith::Sub | Arith::Mul => {
                let both = of(*a).set | of(*b).set;
                match both & facts::NUMBER {
                    s if s == facts::INT && both == facts::INT => facts::INT,
                    _ => facts::NUMBER,
                }
            }
            Arith::IntDiv
            | Arith::Rem
            | Arith::Band
            | Arith::Bor
            | Arith::Bxor
            | Arith::Bsl
            | Arith::Bsr => facts::INT,
        },
        OpKind::Bif(import, _) => bif(pool.import_text(*import).1),
        OpKind::BuildStack(_) => facts::NIL | facts::CONS,
        _ => facts::ANY,
    };
    // The verifier follows only some of these; its idea of the rest is "any", and then nothing is accessed through them.
    match kind {
        OpKind::Bif(..) => Fact {
            proved: facts::ANY,
            ..Fact::of(set)
        },
        _ => Fact::of(set),
    }
}

fn bif(name: &str) -> facts::Set {
    match name {
        "length" | "size" | "byte_size" | "bit_size" | "tuple_size" | "map_size" | "round"
        | "trunc" | "ceil" | "floor" | "bnot" => facts::INT,
        "float" | "/" => facts::FLOAT,
        "abs" | "-" | "+" => facts::NUMBER,
        "self" => facts::PID,
        "node" => facts::ATOMS,
        "binary_part" => facts::BINARY,
        "and" | "or" | "xor" | "not" | "==" | "/=" | "=:=" | "=/=" | "<" | ">" | "=<" | ">="
        | "is_map_key" => facts::BOOL,
        name if name.starts_with("is_") => facts::BOOL,
        _ => facts::ANY,
    }
}
