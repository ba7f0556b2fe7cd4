//! Constants in a module file: a tag byte and the contents. Neither direction recurses.

use crate::module::{Const, FloatBits};
use crate::operand::{AtomIx, Operand};
use crate::reader::{DecodeError, Reader, put_blob, put_int, put_uint};

pub(super) const NIL: u8 = 0;
const INT: u8 = 1;
const BIG_PLUS: u8 = 2;
const BIG_MINUS: u8 = 3;
const FLOAT: u8 = 4;
const ATOM: u8 = 5;
const BITS: u8 = 6;
const LIST: u8 = 7;
const IMPROPER: u8 = 8;
pub(super) const TUPLE: u8 = 9;
const MAP: u8 = 10;
const EXPORT: u8 = 11;

/// The deepest constant that is read; the verifier allows fewer levels, but reading must survive first.
const READ_DEPTH: usize = 1_024;

pub(super) fn put_const(c: &Const, out: &mut Vec<u8>) {
    // An explicit stack: the compiler may hold deeper constants than the native stack of this thread could walk.
    let mut todo = vec![c];
    while let Some(c) = todo.pop() {
        match c {
            Const::Nil => out.push(NIL),
            Const::Int(n) => {
                out.push(INT);
                put_int(out, *n);
            }
            Const::Big {
                negative,
                magnitude,
            } => {
                out.push(if *negative { BIG_MINUS } else { BIG_PLUS });
                put_blob(out, magnitude);
            }
            Const::Float(f) => {
                out.push(FLOAT);
                out.extend_from_slice(&f.0.to_le_bytes());
            }
            Const::Atom(a) => {
                out.push(ATOM);
                a.encode(out);
            }
            Const::Bits { bytes, last } => {
                out.push(BITS);
                out.push(*last);
                put_blob(out, bytes);
            }
            Const::List { items, tail } => {
                let proper = **tail == Const::Nil;
                out.push(if proper { LIST } else { IMPROPER });
                put_uint(out, items.len() as u64);
                if !proper {
                    todo.push(tail);
                }
                todo.extend(items.iter().rev());
            }
            Const::Tuple(items) => {
                out.push(TUPLE);
                put_uint(out, items.len() as u64);
                todo.extend(items.iter().rev());
            }
            Const::Map(pairs) => {
                out.push(MAP);
                put_uint(out, pairs.len() as u64);
                todo.extend(pairs.iter().rev().flat_map(|(k, v)| [v, k]));
            }
            Const::ExportFun {
                module,
                name,
                arity,
            } => {
                out.push(EXPORT);
                module.encode(out);
                name.encode(out);
                out.push(*arity);
            }
        }
    }
}

/// A compound constant that still waits for some of its parts.
struct Open {
    tag: u8,
    missing: usize,
    parts: Vec<Const>,
}

pub(super) fn get_const(r: &mut Reader<'_>) -> Result<Const, DecodeError> {
    let mut open: Vec<Open> = Vec::new();
    loop {
        let mut done = match r.byte()? {
            NIL => Const::Nil,
            INT => Const::Int(r.int()?),
            tag @ (BIG_PLUS | BIG_MINUS) => Const::Big {
                negative: tag == BIG_MINUS,
                magnitude: r.blob()?.to_vec(),
            },
            FLOAT => {
                let mut bytes = [0; 8];
                bytes.copy_from_slice(r.take(8)?);
                Const::Float(FloatBits(u64::from_le_bytes(bytes)))
            }
            ATOM => Const::Atom(AtomIx::decode(r)?),
            BITS => {
                let last = r.byte()?;
                Const::Bits {
                    bytes: r.blob()?.to_vec(),
                    last,
                }
            }
            EXPORT => Const::ExportFun {
                module: AtomIx::decode(r)?,
                name: AtomIx::decode(r)?,
                arity: r.byte()?,
            },
            tag @ (LIST | IMPROPER | TUPLE | MAP) => {
                let n = r.count(if tag == MAP { 2 } else { 1 })?;
                let missing = match tag {
                    MAP => 2 * n,
                    IMPROPER => n + 1,
                    _ => n,
                };
                if open.len() >= READ_DEPTH {
                    return Err(r.error("constant nested too deeply"));
                }
                let next = Open {
                    tag,
                    missing,
                    parts: Vec::new(),
                };
                if missing > 0 {
                    open.push(next);
                    continue;
                }
                close(next)
            }
            _ => return Err(r.error("unknown kind of constant")),
        };
        // Hand the finished constant to what waits for it, which may finish that one too.
        loop {
            let Some(top) = open.last_mut() else {
                return Ok(done);
            };
            top.parts.push(done);
            top.missing -= 1;
            if top.missing > 0 {
                break;
            }
            let Some(full) = open.pop() else { break };
            done = close(full);
        }
    }
}

fn close(open: Open) -> Const {
    let Open { tag, mut parts, .. } = open;
    match tag {
        LIST => Const::list(parts),
        IMPROPER => {
            let tail = Box::new(parts.pop().unwrap_or_default());
            Const::List { items: parts, tail }
        }
        TUPLE => Const::Tuple(parts),
        _ => {
            let mut pairs = Vec::with_capacity(parts.len() / 2);
            let mut parts = parts.into_iter();
            while let (Some(k), Some(v)) = (parts.next(), parts.next()) {
                pairs.push((k, v));
            }
            Const::Map(pairs)
        }
    }
}
