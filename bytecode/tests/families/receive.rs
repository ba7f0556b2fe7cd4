//! Sending and receiving.

use transom_bytecode::*;

use super::{I, X0, X1, Y0, Y1, at, base, l, r};

pub fn module() -> Module {
    base(vec![(
        2,
        vec![
            I::Allocate {
                n: 2,
                words: 0,
                live: 2,
            },
            I::Move {
                src: r(X1),
                dst: Y1,
            },
            I::RecvMark { slot: Y0 },
            I::RecvBind {
                slot: Y0,
                reference: r(Y1),
            },
            I::RecvUse { reference: r(Y1) },
            I::Send {},
            at(2),
            I::LoopRec {
                empty: l(4),
                dst: X0,
            },
            I::EqExact {
                fail: l(3),
                a: r(X0),
                b: r(Y1),
            },
            I::RemoveMessage {},
            I::RecvClear { slot: Y0 },
            I::Deallocate { n: 2 },
            I::Return {},
            at(3),
            I::LoopRecEnd { again: l(2) },
            at(4),
            I::WaitTimeout {
                again: l(2),
                src: Src::Small(500),
            },
            I::Timeout {},
            at(5),
            I::Wait { again: l(5) },
        ],
    )])
}
