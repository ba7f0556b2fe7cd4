//! Tests and comparisons with a place to go when they fail.

use transom_bytecode::{Insn, Label, Src};

use super::{Asm, Field, short};
use crate::code::words::{LOp, SCRATCH_X};
use transom_bytecode::Reg::X;

impl Asm<'_> {
    pub(super) fn conditions(&mut self, i: &Insn) {
        let (op, fail, src) = match *i {
            Insn::IsInteger { fail, src } => (LOp::IsIntegerR, fail, src),
            Insn::IsFloat { fail, src } => (LOp::IsFloatR, fail, src),
            Insn::IsNumber { fail, src } => (LOp::IsNumberR, fail, src),
            Insn::IsAtom { fail, src } => (LOp::IsAtomR, fail, src),
            Insn::IsBoolean { fail, src } => (LOp::IsBooleanR, fail, src),
            Insn::IsPid { fail, src } => (LOp::IsPidR, fail, src),
            Insn::IsReference { fail, src } => (LOp::IsReferenceR, fail, src),
            Insn::IsPort { fail, src } => (LOp::IsPortR, fail, src),
            Insn::IsNil { fail, src } => match src {
                Src::Reg(X(_)) => (LOp::IsNilX, fail, src),
                _ => (LOp::IsNilR, fail, src),
            },
            Insn::IsList { fail, src } => (LOp::IsListR, fail, src),
            Insn::IsCons { fail, src } => match src {
                Src::Reg(X(_)) => (LOp::IsConsX, fail, src),
                _ => (LOp::IsConsR, fail, src),
            },
            Insn::IsTuple { fail, src } => (LOp::IsTupleR, fail, src),
            Insn::IsBinary { fail, src } => (LOp::IsBinaryR, fail, src),
            Insn::IsBitstring { fail, src } => (LOp::IsBitstringR, fail, src),
            Insn::IsMap { fail, src } => (LOp::IsMapR, fail, src),
            Insn::IsFunction { fail, src } => (LOp::IsFunctionR, fail, src),
            _ => return self.more_conditions(i),
        };
        let a = self.reg_of(src, 0);
        self.emit(op, a, 0, 0);
        self.fail(Field::C16, fail);
    }

    fn more_conditions(&mut self, i: &Insn) {
        match *i {
            Insn::IsFunction2 { fail, src, arity } => {
                self.compare(LOp::IsFunction2RR, fail, src, arity);
            }
            Insn::TestArity { fail, src, n } if n > u32::from(u16::MAX) => {
                self.large_arity(fail, src, n);
            }
            Insn::IsTaggedTuple { fail, src, n, tag } if n > u32::from(u16::MAX) => {
                let a = self.reg_of(src, 0);
                self.emit(LOp::IsTupleR, a, 0, 0);
                self.fail(Field::C16, fail);
                self.land_far();
                self.large_arity(fail, src, n);
                self.land_far();
                let first = X(SCRATCH_X + 1);
                self.single(&Insn::GetElem {
                    src,
                    index: 0,
                    dst: first,
                });
                self.equal(
                    LOp::EqExactRR,
                    LOp::EqExactRK,
                    LOp::EqExactRI,
                    fail,
                    Src::Reg(first),
                    Src::Atom(tag),
                );
            }
            Insn::TestArity { fail, src, n } => {
                let a = self.reg_of(src, 0);
                self.emit(LOp::TestArityR, a, n as u16, 0);
                self.fail(Field::C16, fail);
            }
            Insn::IsTaggedTuple { fail, src, n, tag } => {
                let a = self.reg_of(src, 0);
                let tag = crate::heap::Word::atom(self.resolve.atom(tag)).0;
                self.emit(LOp::IsTaggedTupleR, a, n as u16, 0);
                self.ext(tag);
                self.fail(Field::C16, fail);
            }
            Insn::EqExact { fail, a, b } => {
                self.equal(LOp::EqExactRR, LOp::EqExactRK, LOp::EqExactRI, fail, a, b);
            }
            Insn::NeExact { fail, a, b } => {
                self.equal(LOp::NeExactRR, LOp::NeExactRK, LOp::NeExactRI, fail, a, b);
            }
            Insn::Eq { fail, a, b } => self.compare(LOp::EqRR, fail, a, b),
            Insn::Ne { fail, a, b } => self.compare(LOp::NeRR, fail, a, b),
            Insn::Lt { fail, a, b } => {
                self.order([LOp::LtRR, LOp::LtXX, LOp::LtRI, LOp::LtIR], fail, a, b);
            }
            Insn::Ge { fail, a, b } => {
                self.order([LOp::GeRR, LOp::GeXX, LOp::GeRI, LOp::GeIR], fail, a, b);
            }
            _ => unreachable!("single sends only tests here"),
        }
    }

    fn large_arity(&mut self, fail: Label, src: Src, n: u32) {
        let a = self.reg_of(src, 0);
        self.emit(LOp::TestArityK, a, 0, 0);
        self.ext(u64::from(n));
        self.fail(Field::C16, fail);
    }

    fn compare(&mut self, op: LOp, fail: Label, a: Src, b: Src) {
        let (a, b) = (self.reg_of(a, 0), self.reg_of(b, 1));
        self.emit(op, a, b, 0);
        self.fail(Field::C16, fail);
    }

    fn equal(&mut self, rr: LOp, rk: LOp, ri: LOp, fail: Label, a: Src, b: Src) {
        let (a, b) = match (a, b) {
            (Src::Reg(_), _) => (a, b),
            _ => (b, a),
        };
        let (Src::Reg(r), Some(w)) = (a, self.term(b)) else {
            return self.compare(rr, fail, a, b);
        };
        if let Some(n) = short(b) {
            let r = self.reg(r);
            self.emit(ri, r, n as u16, 0);
            self.fail(Field::C16, fail);
        } else if crate::heap::Word(w).is_immediate() {
            let r = self.reg(r);
            self.emit(rk, r, 0, 0);
            self.ext(w);
            self.fail(Field::C16, fail);
        } else {
            self.compare(rr, fail, a, b);
        }
    }

    /// Operations for: any registers, x registers, a small on the right, a small on the left.
    fn order(&mut self, ops: [LOp; 4], fail: Label, a: Src, b: Src) {
        let (op, a, b) = match (a, b, short(a), short(b)) {
            (Src::Reg(X(a)), Src::Reg(X(b)), ..) => (ops[1], a, b),
            (Src::Reg(r), _, _, Some(n)) => (ops[2], self.reg(r), n as u16),
            (_, Src::Reg(r), Some(n), _) => (ops[3], self.reg(r), n as u16),
            _ => return self.compare(ops[0], fail, a, b),
        };
        self.emit(op, a, b, 0);
        self.fail(Field::C16, fail);
    }
}
