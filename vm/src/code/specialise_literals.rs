//! Constants of a module as terms in the literal area.

use transom_bytecode::Const;

use super::super::lower::LowerInput;
use crate::heap::{Heap, HeapEnv, HeapOptions, LiteralBlock, Term};
use std::sync::Arc;

/// Builds all constants; none when the area is full.
pub(super) fn place(env: &Arc<HeapEnv>, input: &LowerInput<'_>) -> Option<LiteralBlock> {
    let heap = Heap::new(env, HeapOptions::default());
    let terms: Vec<Term<'_>> = input
        .module
        .consts
        .iter()
        .map(|c| build(&heap, input, c))
        .collect();
    env.literals.place(&terms)
}

/// The compiler bounds the nesting of terms in source, so recursion is bounded too.
fn build<'h>(heap: &'h Heap, input: &LowerInput<'_>, c: &Const) -> Term<'h> {
    let all = |items: &[Const]| -> Vec<Term<'h>> {
        items.iter().map(|i| build(heap, input, i)).collect()
    };
    let atom = |a: transom_bytecode::AtomIx| input.atoms[a.index()];
    match c {
        Const::Nil => Term::NIL,
        Const::Int(n) => heap.int(*n),
        Const::Big {
            negative,
            magnitude,
        } => {
            let limbs: Vec<u64> = magnitude
                .chunks(8)
                .map(|c| {
                    let mut limb = [0; 8];
                    limb[..c.len()].copy_from_slice(c);
                    u64::from_le_bytes(limb)
                })
                .collect();
            heap.big(*negative, &limbs)
        }
        Const::Float(x) => heap.float(x.get()),
        Const::Atom(a) => Term::atom(atom(*a)),
        Const::Bits { bytes, last } => {
            let bits = (bytes.len() * 8).saturating_sub(8 - usize::from(*last));
            heap.bitstring(bytes, bits)
        }
        Const::List { items, tail } => {
            let tail = build(heap, input, tail);
            heap.list_with_tail(&all(items), tail)
        }
        Const::Tuple(items) => heap.tuple(&all(items)),
        Const::Map(pairs) => {
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(k, v)| (build(heap, input, k), build(heap, input, v)))
                .collect();
            heap.map_from_pairs(&pairs)
        }
        Const::ExportFun {
            module,
            name,
            arity,
        } => {
            let (m, f) = (atom(*module), atom(*name));
            heap.export_fun(m, f, *arity, input.cells.ensure(m, f, *arity).word())
        }
    }
}
