//! Constants of a module as terms. Recursive: the verifier bounds their depth.

use transom_bytecode::Const;

use crate::atoms::Atom;
use crate::heap::{Heap, Term};
use crate::sync::code_cells::CellTable;

/// Builds a constant on a heap; `atoms` are the VM's atoms for those of the module.
pub fn build<'h>(heap: &'h Heap, atoms: &[Atom], cells: &CellTable, c: &Const) -> Term<'h> {
    let all = |items: &[Const]| {
        items
            .iter()
            .map(|c| build(heap, atoms, cells, c))
            .collect::<Vec<_>>()
    };
    match c {
        Const::Nil => Term::NIL,
        Const::Int(n) => heap.int(*n),
        Const::Big {
            negative,
            magnitude,
        } => heap.big(*negative, &limbs(magnitude)),
        Const::Float(f) => heap.float(f.get()),
        Const::Atom(a) => Term::atom(atoms[a.index()]),
        Const::Bits { bytes, last } => {
            let bits = (bytes.len() * 8).saturating_sub(8 - usize::from(*last));
            heap.bitstring(bytes, bits)
        }
        Const::List { items, tail } => {
            heap.list_with_tail(&all(items), build(heap, atoms, cells, tail))
        }
        Const::Tuple(items) => heap.tuple(&all(items)),
        Const::Map(pairs) => {
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(k, v)| (build(heap, atoms, cells, k), build(heap, atoms, cells, v)))
                .collect();
            heap.map_from_pairs(&pairs)
        }
        Const::ExportFun {
            module,
            name,
            arity,
        } => {
            let (module, name) = (atoms[module.index()], atoms[name.index()]);
            heap.export_fun(
                module,
                name,
                *arity,
                cells.ensure(module, name, *arity).word(),
            )
        }
    }
}

fn limbs(magnitude: &[u8]) -> Vec<u64> {
    let limb = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
    magnitude.chunks(8).map(limb).collect()
}
