//! Calls, returns, frames, jumps and selections.

use transom_bytecode::*;

use super::{I, X0, X1, X2, Y1, at, base, l, r};

pub fn module() -> Module {
    let mut m = base(vec![
        (
            2,
            vec![
                I::Line { line: LineIx(0) },
                I::Allocate {
                    n: 2,
                    words: 0,
                    live: 2,
                },
                I::Move {
                    src: r(X1),
                    dst: Y1,
                },
                I::Swap { a: X0, b: X1 },
                I::Call { function: FnIx(0) },
                I::Line { line: LineIx(3) },
                I::CallExt {
                    import: ImportIx(1),
                },
                I::Move {
                    src: Src::Const(ConstIx(6)),
                    dst: X1,
                },
                I::CallFun { arity: 1 },
                I::Move {
                    src: Src::Atom(AtomIx(9)),
                    dst: X1,
                },
                I::Move {
                    src: Src::Const(ConstIx(5)),
                    dst: X2,
                },
                I::Apply { arity: 1 },
                I::Deallocate { n: 2 },
                I::TestHeap { words: 4, live: 1 },
                I::Jump { target: l(2) },
                at(2),
                I::Return {},
            ],
        ),
        (
            1,
            vec![
                I::SelectVal {
                    src: r(X0),
                    default: l(9),
                    arms: vec![
                        ValueArm {
                            value: Src::Small(-1),
                            label: l(2),
                        },
                        ValueArm {
                            value: Src::Atom(AtomIx(10)),
                            label: l(3),
                        },
                    ],
                },
                at(2),
                I::Allocate {
                    n: 1,
                    words: 0,
                    live: 1,
                },
                I::CallLast {
                    function: FnIx(1),
                    n: 1,
                },
                at(3),
                I::CallOnly { function: FnIx(1) },
                at(4),
                I::CallExtLast {
                    import: ImportIx(1),
                    n: 0,
                },
                at(5),
                I::CallExtOnly {
                    import: ImportIx(1),
                },
                at(6),
                I::CallFunLast { arity: 0, n: 1 },
                at(7),
                I::CallFunOnly { arity: 0 },
                at(8),
                I::ApplyLast { arity: 0, n: 3 },
                at(9),
                I::ApplyOnly { arity: 0 },
            ],
        ),
    ]);
    m.exports.push(Export {
        name: AtomIx(2),
        arity: 1,
        function: FnIx(1),
    });
    m.on_load = Some(FnIx(1));
    m.source = Some("src/m.erl".into());
    m.records.push(RecordDef {
        name: AtomIx(9),
        fields: vec![
            RecordField {
                name: AtomIx(10),
                default: None,
            },
            RecordField {
                name: AtomIx(8),
                default: None,
            },
        ],
    });
    m
}
