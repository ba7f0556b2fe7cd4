//! Tests and comparisons.

use transom_bytecode::*;

use super::{I, X0, at, base, l, r};

pub fn module() -> Module {
    let (fail, src) = (l(2), r(X0));
    let b = Src::Small(7);
    base(vec![(
        2,
        vec![
            I::IsInteger { fail, src },
            I::IsFloat { fail, src },
            I::IsNumber { fail, src },
            I::IsAtom { fail, src },
            I::IsBoolean { fail, src },
            I::IsPid { fail, src },
            I::IsReference { fail, src },
            I::IsPort { fail, src },
            I::IsNil { fail, src },
            I::IsList { fail, src },
            I::IsCons { fail, src },
            I::IsTuple { fail, src },
            I::IsBinary { fail, src },
            I::IsBitstring { fail, src },
            I::IsMap { fail, src },
            I::IsFunction { fail, src },
            I::IsFunction2 {
                fail,
                src,
                arity: Src::Small(2),
            },
            I::IsTuple { fail, src },
            I::TestArity { fail, src, n: 3 },
            I::IsTaggedTuple {
                fail,
                src,
                n: 3,
                tag: AtomIx(9),
            },
            I::EqExact { fail, a: src, b },
            I::NeExact { fail, a: src, b },
            I::Eq { fail, a: src, b },
            I::Ne { fail, a: src, b },
            I::Lt { fail, a: src, b },
            I::Ge { fail, a: src, b },
            I::SelectArity {
                src,
                default: fail,
                arms: vec![ArityArm {
                    arity: 2,
                    label: fail,
                }],
            },
            at(2),
            I::IfClause {},
        ],
    )])
}
