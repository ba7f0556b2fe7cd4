//! A hash per function that says whether the function itself changed: independent of positions, label numbers and the
//! numbering of atoms, constants, imports and lambdas, so an edit elsewhere in the module leaves it alone.

use std::collections::HashMap;

use crate::file::hash128;
use crate::module::{Const, Function, Module};
use crate::operand::{AtomIx, Label, Seen, Src};
use crate::ops::Insn;
use crate::reader::{put_blob, put_uint};

/// Hash of what the function does. Local calls count by the name of what they call, not by its code.
pub fn function_hash(m: &Module, f: &Function) -> [u8; 16] {
    // Labels are renamed by their order in the code.
    let mut order: HashMap<Label, u64> = HashMap::new();
    for insn in &f.code {
        if let Insn::Label { label } = insn {
            let n = order.len() as u64 + 1;
            order.insert(*label, n);
        }
    }
    let mut out = vec![f.arity];
    let mut name = |seen: Seen, out: &mut Vec<u8>| match seen {
        Seen::Label(l) => put_uint(out, order.get(&l).copied().unwrap_or(0)),
        Seen::AtomIx(a) => put_atom(m, a, out),
        Seen::ConstIx(c) => match m.consts.get(c.index()) {
            Some(c) => put_named_const(m, c, out),
            None => out.push(0xff),
        },
        Seen::FnIx(g) => put_function(m, g.index(), out),
        Seen::ImportIx(i) => {
            if let Some(i) = m.imports.get(i.index()) {
                put_atom(m, i.module, out);
                put_atom(m, i.name, out);
                out.push(i.arity);
            }
        }
        Seen::LambdaIx(l) => {
            if let Some(l) = m.lambdas.get(l.index()) {
                out.push(l.free);
                put_function(m, l.function.index(), out);
            }
        }
        // Shown by `for_each_operand` only, or dropped below.
        Seen::LineIx(_) | Seen::Reg(..) | Seen::Value(Src::Reg(_) | Src::Nil | Src::Small(_)) => {}
        Seen::Value(Src::Atom(_) | Src::Const(_)) => {}
    };
    for insn in f.code.iter().filter(|i| !matches!(i, Insn::Line { .. })) {
        insn.encode_named(&mut out, &mut name);
    }
    hash128(&out)
}

fn put_atom(m: &Module, a: AtomIx, out: &mut Vec<u8>) {
    put_blob(out, m.atom(a).as_bytes());
}

fn put_function(m: &Module, ix: usize, out: &mut Vec<u8>) {
    if let Some(f) = m.functions.get(ix) {
        put_atom(m, f.name, out);
        out.push(f.arity);
    }
}

fn put_named_const(m: &Module, c: &Const, out: &mut Vec<u8>) {
    let mut todo = vec![c];
    while let Some(c) = todo.pop() {
        match c {
            Const::Nil => out.push(0),
            Const::Int(n) => {
                out.push(1);
                out.extend_from_slice(&n.to_le_bytes());
            }
            Const::Big {
                negative,
                magnitude,
            } => {
                out.push(2 + u8::from(*negative));
                put_blob(out, magnitude);
            }
            Const::Float(f) => {
                out.push(4);
                out.extend_from_slice(&f.0.to_le_bytes());
            }
            Const::Atom(a) => {
                out.push(5);
                put_atom(m, *a, out);
            }
            Const::Bits { bytes, last } => {
                out.extend([6, *last]);
                put_blob(out, bytes);
            }
            Const::List { items, tail } => {
                out.push(7);
                put_uint(out, items.len() as u64);
                todo.push(tail);
                todo.extend(items);
            }
            Const::Tuple(items) => {
                out.push(8);
                put_uint(out, items.len() as u64);
                todo.extend(items);
            }
            Const::Map(pairs) => {
                out.push(9);
                put_uint(out, pairs.len() as u64);
                todo.extend(pairs.iter().flat_map(|(k, v)| [k, v]));
            }
            Const::ExportFun {
                module,
                name,
                arity,
            } => {
                out.push(10);
                put_atom(m, *module, out);
                put_atom(m, *name, out);
                out.push(*arity);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::{Import, Line};
    use crate::operand::*;

    fn sample() -> Module {
        let call = Insn::CallExtOnly {
            import: ImportIx(0),
        };
        let test = Insn::EqExact {
            fail: Label(2),
            a: Src::Reg(Reg::X(0)),
            b: Src::Const(ConstIx(0)),
        };
        let code = vec![
            Insn::Label { label: Label(1) },
            Insn::Line { line: LineIx(0) },
            test,
            call,
            Insn::Label { label: Label(2) },
            Insn::Badmatch {
                src: Src::Atom(AtomIx(1)),
            },
        ];
        Module {
            atoms: vec!["m".into(), "f".into()],
            consts: vec![Const::Tuple(vec![Const::Atom(AtomIx(1)), Const::Int(4)])],
            imports: vec![Import {
                module: AtomIx(0),
                name: AtomIx(1),
                arity: 1,
            }],
            functions: vec![Function {
                name: AtomIx(1),
                arity: 1,
                line: LineIx(0),
                code,
            }],
            files: vec!["m.erl".into()],
            lines: vec![Line { file: 0, line: 1 }],
            ..Module::default()
        }
    }

    fn hash(m: &Module) -> [u8; 16] {
        function_hash(m, &m.functions[0])
    }

    /// The same function in a module where everything else is numbered differently.
    fn renumbered() -> Module {
        let mut m = sample();
        m.atoms = vec!["new".into(), "m".into(), "f".into()];
        m.consts = vec![
            Const::Nil,
            Const::Tuple(vec![Const::Atom(AtomIx(2)), Const::Int(4)]),
        ];
        m.imports = vec![
            Import {
                module: AtomIx(0),
                name: AtomIx(0),
                arity: 9,
            },
            Import {
                module: AtomIx(1),
                name: AtomIx(2),
                arity: 1,
            },
        ];
        m.lines = vec![Line { file: 0, line: 77 }; 5];
        m.functions[0].name = AtomIx(2);
        m.functions[0].code = vec![
            Insn::Label { label: Label(1) },
            Insn::Line { line: LineIx(4) },
            Insn::EqExact {
                fail: Label(7),
                a: Src::Reg(Reg::X(0)),
                b: Src::Const(ConstIx(1)),
            },
            Insn::CallExtOnly {
                import: ImportIx(1),
            },
            Insn::Label { label: Label(7) },
            Insn::Badmatch {
                src: Src::Atom(AtomIx(2)),
            },
        ];
        m
    }

    #[test]
    fn edits_elsewhere_leave_it_alone() {
        assert_eq!(hash(&sample()), hash(&renumbered()));
    }

    #[test]
    fn edits_of_the_function_change_it() {
        let base = hash(&sample());
        let changed = |change: fn(&mut Module)| {
            let mut m = sample();
            change(&mut m);
            hash(&m)
        };
        assert_ne!(
            base,
            changed(|m| m.consts[0] = Const::Tuple(vec![Const::Atom(AtomIx(1)), Const::Int(5)]))
        );
        assert_ne!(base, changed(|m| m.imports[0].arity = 2));
        assert_ne!(base, changed(|m| m.atoms[1] = "g".into()));
        assert_ne!(
            base,
            changed(|m| m.functions[0].code[2] = Insn::IfClause {})
        );
        assert_ne!(
            base,
            changed(|m| m.functions[0].code[5] = Insn::Badmatch {
                src: Src::Reg(Reg::X(0))
            })
        );
        assert_ne!(
            base,
            changed(|m| {
                m.functions[0].code[2] = Insn::NeExact {
                    fail: Label(2),
                    a: Src::Reg(Reg::X(0)),
                    b: Src::Const(ConstIx(0)),
                }
            })
        );
    }
}
