//! One module per family of instructions; together they show every opcode.

mod binaries;
mod conditions;
mod control;
mod data;
mod exceptions;
mod receive;

use transom_bytecode::Insn as I;
use transom_bytecode::*;

const X0: Reg = Reg::X(0);
const X1: Reg = Reg::X(1);
const X2: Reg = Reg::X(2);
const Y0: Reg = Reg::Y(0);
const Y1: Reg = Reg::Y(1);

fn r(reg: Reg) -> Src {
    Src::Reg(reg)
}

fn l(n: u32) -> Label {
    Label(n)
}

fn at(n: u32) -> I {
    I::Label { label: l(n) }
}

fn base(functions: Vec<(u8, Vec<I>)>) -> Module {
    let names = [
        "m",
        "first",
        "second",
        "third",
        "fourth",
        "erlang",
        "self",
        "lists",
        "reverse",
        "hello world",
        "ok",
    ];
    let names = names.map(String::from).to_vec();
    let function = |(i, (arity, code)): (usize, (u8, Vec<I>))| Function {
        name: AtomIx(i as u32 + 1),
        arity,
        line: LineIx(i as u32),
        code: [vec![at(1)], code].concat(),
    };
    Module {
        name: AtomIx(0),
        atoms: names,
        consts: vec![
            Const::list(b"text".iter().map(|&b| Const::Int(b.into())).collect()),
            Const::Tuple(vec![Const::Atom(AtomIx(9)), Const::float(1.5), Const::Nil]),
            Const::Map(vec![(Const::Atom(AtomIx(10)), Const::binary(*b"bytes"))]),
            Const::Bits {
                bytes: vec![1, 0xa0],
                last: 3,
            },
            Const::Big {
                negative: true,
                magnitude: vec![1, 0, 0, 0, 0, 0, 0, 0, 2],
            },
            Const::List {
                items: vec![Const::Int(1)],
                tail: Box::new(Const::Int(2)),
            },
            Const::ExportFun {
                module: AtomIx(7),
                name: AtomIx(8),
                arity: 1,
            },
        ],
        imports: vec![
            Import {
                module: AtomIx(5),
                name: AtomIx(6),
                arity: 0,
            },
            Import {
                module: AtomIx(7),
                name: AtomIx(8),
                arity: 1,
            },
        ],
        functions: functions.into_iter().enumerate().map(function).collect(),
        lambdas: vec![Lambda {
            function: FnIx(0),
            free: 1,
            uniq: 0,
        }],
        files: vec!["m.erl".into(), "m.hrl".into()],
        lines: [(0, 3), (0, 8), (0, 15), (1, 2)]
            .map(|(file, line)| Line { file, line })
            .to_vec(),
        ..Module::default()
    }
}

/// All of them, by the names of their golden listings.
pub fn all() -> [(&'static str, Module); 6] {
    [
        ("control", control::module()),
        ("exceptions", exceptions::module()),
        ("tests", conditions::module()),
        ("data", data::module()),
        ("receive", receive::module()),
        ("binaries", binaries::module()),
    ]
}
