//! Arithmetic and guard functions.

use transom_bytecode::{ImportIx, Insn, Label, Reg, Src};

use super::{Asm, count, short};
use crate::code::words::{Arith, LOp, Y_FLAG};
use Reg::{X, Y};

impl Asm<'_> {
    pub(super) fn arithmetic(&mut self, i: &Insn) {
        let (kind, fail, a, b, dst) = match *i {
            Insn::Add { fail, a, b, dst } => (Arith::Add, fail, a, b, dst),
            Insn::Sub { fail, a, b, dst } => (Arith::Sub, fail, a, b, dst),
            Insn::Mul { fail, a, b, dst } => (Arith::Mul, fail, a, b, dst),
            Insn::IntDiv { fail, a, b, dst } => (Arith::IntDiv, fail, a, b, dst),
            Insn::Rem { fail, a, b, dst } => (Arith::Rem, fail, a, b, dst),
            Insn::Band { fail, a, b, dst } => (Arith::Band, fail, a, b, dst),
            Insn::Bor { fail, a, b, dst } => (Arith::Bor, fail, a, b, dst),
            Insn::Bxor { fail, a, b, dst } => (Arith::Bxor, fail, a, b, dst),
            Insn::Bsl { fail, a, b, dst } => (Arith::Bsl, fail, a, b, dst),
            Insn::Bsr { fail, a, b, dst } => (Arith::Bsr, fail, a, b, dst),
            Insn::Bif {
                fail,
                import,
                dst,
                ref args,
            } => {
                self.bif(fail, import, dst, args);
                return;
            }
            _ => unreachable!("single sends only arithmetic here"),
        };
        if !fail.raises() {
            let (a, b, c) = (self.reg_of(a, 0), self.reg_of(b, 1), self.reg(dst));
            self.emit(LOp::ArithFail, a, b, c);
            self.ext(kind as u64);
            self.ext_fail(fail);
            return;
        }
        self.body_arithmetic(kind, a, b, dst);
    }

    fn body_arithmetic(&mut self, kind: Arith, a: Src, b: Src, dst: Reg) {
        let c = self.reg(dst);
        let small = short(b).and_then(|n| match (kind, n) {
            (Arith::Add, _) => Some((LOp::AddRI, n)),
            (Arith::Sub, _) => n.checked_neg().map(|n| (LOp::AddRI, n)),
            (Arith::Rem, 1..) => Some((LOp::RemRI, n)),
            (Arith::IntDiv, 1..) => Some((LOp::IntDivRI, n)),
            (Arith::Band, 0..) => Some((LOp::BandRI, n)),
            _ => None,
        });
        match (a, b, small) {
            (Src::Reg(X(r)), _, Some((LOp::AddRI, n))) if matches!(dst, X(_)) => {
                self.emit(LOp::AddXI, r, n as u16, c);
            }
            (Src::Reg(Y(r)), _, Some((LOp::AddRI, n))) if matches!(dst, X(_)) && r < Y_FLAG => {
                self.emit(LOp::AddYI, r, n as u16, c);
            }
            (Src::Reg(r), _, Some((op, n))) => {
                let r = self.reg(r);
                self.emit(op, r, n as u16, c);
            }
            (_, Src::Reg(r), None) if kind == Arith::Add && short(a).is_some() => {
                let r = self.reg(r);
                self.emit(LOp::AddRI, r, short(a).unwrap_or(0) as u16, c);
            }
            (_, Src::Reg(r), None) if kind == Arith::Sub && short(a).is_some() => {
                let r = self.reg(r);
                self.emit(LOp::SubIR, r, short(a).unwrap_or(0) as u16, c);
            }
            (Src::Reg(X(a)), Src::Reg(X(b)), _) if kind == Arith::Add && matches!(dst, X(_)) => {
                self.emit(LOp::AddXX, a, b, c);
            }
            (Src::Reg(X(a)), Src::Reg(X(b)), _) if kind == Arith::Sub && matches!(dst, X(_)) => {
                self.emit(LOp::SubXX, a, b, c);
            }
            _ => {
                let (a, b) = (self.reg_of(a, 0), self.reg_of(b, 1));
                let op = match kind {
                    Arith::Add => LOp::AddRR,
                    Arith::Sub => LOp::SubRR,
                    Arith::Mul => LOp::MulRR,
                    Arith::IntDiv => LOp::IntDivRR,
                    Arith::Rem => LOp::RemRR,
                    Arith::Band => LOp::BandRR,
                    Arith::Bor => LOp::BorRR,
                    Arith::Bxor => LOp::BxorRR,
                    Arith::Bsl => LOp::BslRR,
                    Arith::Bsr => LOp::BsrRR,
                };
                self.emit(op, a, b, c);
            }
        }
    }

    fn bif(&mut self, fail: Label, import: ImportIx, dst: Reg, args: &[Src]) {
        let i = &self.module.imports[import.index()];
        match (self.module.atom(i.name), args) {
            ("self", []) => {
                let b = self.reg(dst);
                return self.emit(LOp::SelfR, 0, b, 0);
            }
            ("tuple_size", [t]) => {
                self.unary(LOp::TupleSizeRR, *t, dst);
                return self.ext_fail(fail);
            }
            ("hd", [l]) => {
                self.unary(LOp::HdRR, *l, dst);
                return self.ext_fail(fail);
            }
            ("tl", [l]) => {
                self.unary(LOp::TlRR, *l, dst);
                return self.ext_fail(fail);
            }
            ("element", [n, t]) => {
                let (b, c) = (self.reg_of(*t, 1), self.reg(dst));
                match short(*n) {
                    Some(n) if n > 0 => self.emit(LOp::ElementIR, n as u16, b, c),
                    _ => {
                        let a = self.reg_of(*n, 0);
                        self.emit(LOp::ElementRR, a, b, c);
                    }
                }
                return self.ext_fail(fail);
            }
            (op, [a, b]) => {
                const COMPARE: [&str; 8] = ["=:=", "=/=", "==", "/=", "<", ">=", ">", "=<"];
                if let Some(which) = COMPARE.iter().position(|c| *c == op) {
                    let (a, b, c) = (self.reg_of(*a, 0), self.reg_of(*b, 1), self.reg(dst));
                    self.emit(LOp::CompareRR, a, b, c);
                    return self.ext(which as u64);
                }
            }
            _ => {}
        }
        let a = self.reg(dst);
        let divides = self.module.atom(i.name) == "/" && args.len() == 2;
        let op = if divides { LOp::FloatDivide } else { LOp::Bif };
        self.emit(op, a, count(args.len()), 0);
        self.ext(self.resolve.bif_row(import));
        self.ext_fail(fail);
        args.iter().for_each(|s| self.list_operand(*s));
    }
}
