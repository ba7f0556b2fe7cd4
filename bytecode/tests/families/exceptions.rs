//! Catches, raising, and what no clause matched.

use transom_bytecode::*;

use super::{I, X0, X1, X2, Y0, Y1, at, base, l, r};

pub fn module() -> Module {
    base(vec![
        (
            1,
            vec![
                I::Allocate {
                    n: 2,
                    words: 0,
                    live: 1,
                },
                I::Try {
                    slot: Y0,
                    handler: l(2),
                },
                I::Call { function: FnIx(0) },
                I::TryEnd { slot: Y0 },
                I::Deallocate { n: 2 },
                I::Return {},
                at(2),
                I::TryCase { slot: Y0 },
                I::Move {
                    src: r(X2),
                    dst: Y1,
                },
                I::BuildStacktrace {
                    src: r(X2),
                    dst: X2,
                },
                I::EqExact {
                    fail: l(3),
                    a: r(X0),
                    b: Src::Atom(AtomIx(10)),
                },
                I::Raise {
                    class: r(X0),
                    reason: r(X1),
                    stack: r(Y1),
                },
                at(3),
                I::Catch {
                    slot: Y0,
                    handler: l(4),
                },
                at(4),
                I::CatchEnd { slot: Y0 },
                I::Badmatch { src: r(X0) },
            ],
        ),
        (1, vec![I::FuncClause {}]),
        (
            1,
            vec![
                I::CaseClause { src: r(X0) },
                I::IfClause {},
                I::TryClause { src: r(X0) },
                I::ElseClause {
                    src: Src::Const(ConstIx(1)),
                },
                I::Badrecord {
                    src: Src::Const(ConstIx(0)),
                },
            ],
        ),
    ])
}
