//! Terms made and taken apart, and arithmetic.

use transom_bytecode::*;

use super::{I, X0, X1, X2, at, base, l, r};

pub fn module() -> Module {
    let fail = l(2);
    let raise = Label::RAISE;
    let (a, b, dst) = (r(X0), Src::Small(3), X2);
    let pair = MapPair {
        key: Src::Atom(AtomIx(10)),
        value: r(X1),
    };
    let mut code = vec![
        I::TestHeap { words: 16, live: 2 },
        I::PutList {
            head: r(X0),
            tail: Src::Nil,
            dst,
        },
        I::PutTuple {
            dst: X1,
            elems: vec![Src::Atom(AtomIx(9)), r(X0), Src::Const(ConstIx(4))],
        },
        I::MakeFun {
            dst,
            lambda: LambdaIx(0),
            free: vec![r(X0)],
        },
        I::GetElem {
            src: r(X1),
            index: 2,
            dst,
        },
        I::IsCons { fail, src: a },
        I::GetList {
            src: a,
            hd: X1,
            tl: X2,
        },
        I::GetHd { src: a, dst },
        I::GetTl { src: a, dst },
        I::PutMapAssoc {
            fail: raise,
            src: Src::Const(ConstIx(2)),
            dst,
            pairs: vec![pair],
        },
        I::PutMapExact {
            fail,
            src: r(X2),
            dst,
            pairs: vec![pair],
        },
        I::GetMapElements {
            fail,
            src: r(X2),
            fetch: vec![MapFetch { key: b, dst: X1 }],
        },
        I::HasMapFields {
            fail,
            src: r(X2),
            keys: vec![b, r(X1)],
        },
    ];
    let arith = [
        I::Add {
            fail: raise,
            a,
            b,
            dst,
        },
        I::Sub {
            fail: raise,
            a,
            b,
            dst,
        },
        I::Mul {
            fail: raise,
            a,
            b,
            dst,
        },
        I::IntDiv { fail, a, b, dst },
        I::Rem { fail, a, b, dst },
        I::Band { fail, a, b, dst },
        I::Bor { fail, a, b, dst },
        I::Bxor { fail, a, b, dst },
        I::Bsl { fail, a, b, dst },
        I::Bsr { fail, a, b, dst },
        I::Bif {
            fail: raise,
            import: ImportIx(0),
            dst: X0,
            args: vec![],
        },
    ];
    code.extend(arith);
    code.extend([at(2), I::IfClause {}]);
    base(vec![(2, code)])
}
