//! Deterministic sample modules for the tests of this crate: random ones by seed, and one with every instruction.

use crate::module::*;
use crate::operand::*;
use crate::ops::{Insn, OPS};
use crate::reader::Reader;

/// A small random generator: tests must repeat exactly.
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// Some instruction of each opcode: random operand bytes are drawn until they decode.
pub fn insn(rng: &mut Rng, op: u8) -> Insn {
    loop {
        let mut bytes = vec![op];
        bytes.extend((0..60).map(|_| (rng.next() % 5) as u8));
        if let Ok(i) = Insn::decode(&mut Reader::new(&bytes)) {
            return i;
        }
    }
}

pub fn constant(rng: &mut Rng, depth: usize) -> Const {
    let kinds = if depth > 4 { 7 } else { 10 };
    let many =
        |rng: &mut Rng, n: usize| (0..n).map(|_| constant(rng, depth + 1)).collect::<Vec<_>>();
    let n = rng.below(4);
    match rng.below(kinds) {
        0 => Const::Nil,
        1 => Const::Int(rng.next() as i64 >> rng.below(64)),
        2 => Const::Big {
            negative: n == 1,
            magnitude: vec![7; 9 + n],
        },
        3 => Const::float(rng.next() as f64),
        4 => Const::Atom(AtomIx(n as u32)),
        5 => Const::binary(vec![b'x'; n * 40]),
        6 => Const::ExportFun {
            module: AtomIx(0),
            name: AtomIx(1),
            arity: n as u8,
        },
        7 => match many(rng, n) {
            items if items.is_empty() => Const::Nil,
            items => Const::List {
                items,
                tail: Box::new(Const::Int(1)),
            },
        },
        8 => Const::Tuple(many(rng, n)),
        _ => Const::Map(
            (0..n)
                .map(|i| (Const::Int(i as i64), constant(rng, depth + 1)))
                .collect(),
        ),
    }
}

/// A module with random contents: fit for files, hardly ever for the verifier.
pub fn module(seed: u64) -> Module {
    let mut rng = Rng(seed | 1);
    let rng = &mut rng;
    let function = |rng: &mut Rng, i: u32| Function {
        name: AtomIx(i),
        arity: rng.below(4) as u8,
        line: LineIx(0),
        code: (0..rng.below(40)).map(|_| op_at(rng)).collect(),
    };
    fn op_at(rng: &mut Rng) -> Insn {
        let op = rng.below(OPS.len()) as u8;
        insn(rng, op)
    }
    Module {
        name: AtomIx(0),
        atoms: ["m", "f", "åäö", "", "a b"].map(String::from).to_vec(),
        consts: (0..rng.below(20)).map(|_| constant(rng, 0)).collect(),
        imports: vec![Import {
            module: AtomIx(1),
            name: AtomIx(2),
            arity: 3,
        }],
        exports: vec![Export {
            name: AtomIx(1),
            arity: 2,
            function: FnIx(0),
        }],
        functions: (0..rng.below(5)).map(|i| function(rng, i as u32)).collect(),
        lambdas: vec![Lambda {
            function: FnIx(0),
            free: 1,
            uniq: 77,
        }],
        files: vec!["m.erl".into(), "h.hrl".into()],
        lines: (0..rng.below(30))
            .map(|i| Line {
                file: i as u32 % 2,
                line: 3 * i as u32,
            })
            .collect(),
        attributes: constant(rng, 0),
        compile_info: constant(rng, 0),
        records: vec![RecordDef {
            name: AtomIx(1),
            fields: vec![RecordField {
                name: AtomIx(2),
                default: Some(constant(rng, 0)),
            }],
        }],
        on_load: (rng.below(2) == 0).then_some(FnIx(1)),
        source: Some("src/m.erl".into()),
        docs: Some(constant(rng, 0)),
        extra: vec![ExtraChunk {
            name: "abstract".into(),
            bytes: vec![1, 2, 3],
        }],
    }
}
