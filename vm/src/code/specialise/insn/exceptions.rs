//! Catches, raising, and what no clause matched.

use transom_bytecode::{Insn, Reg, Src};

use super::{Asm, Field};
use crate::code::words::LOp;

impl Asm<'_> {
    fn slot(r: Reg) -> u16 {
        match r {
            Reg::X(n) | Reg::Y(n) => n,
        }
    }

    pub(super) fn exceptions(&mut self, i: &Insn) {
        match *i {
            Insn::Try { slot, handler } | Insn::Catch { slot, handler } => {
                self.emit_wide(LOp::Try, Self::slot(slot), 0);
                self.jump_field(self.start, Field::Bc32, handler);
            }
            Insn::TryEnd { slot } => self.emit(LOp::TryEnd, Self::slot(slot), 0, 0),
            Insn::TryCase { slot } => self.emit(LOp::TryCase, Self::slot(slot), 0, 0),
            Insn::CatchEnd { slot } => self.emit(LOp::CatchEnd, Self::slot(slot), 0, 0),
            Insn::Raise {
                class,
                reason,
                stack,
            } => {
                let a = self.reg_of(class, 0);
                let b = self.reg_of(reason, 1);
                let c = self.reg_of(stack, 2);
                self.emit(LOp::Raise, a, b, c);
            }
            Insn::BuildStacktrace { src, dst } => {
                let (a, b) = (self.reg_of(src, 0), self.reg(dst));
                self.emit(LOp::BuildStacktrace, a, b, 0);
            }
            Insn::FuncClause {} => self.emit(LOp::FuncClause, u16::from(self.arity), 0, 0),
            Insn::Badmatch { src } => self.error1(src, 0),
            Insn::CaseClause { src } => self.error1(src, 1),
            Insn::IfClause {} => self.emit(LOp::Error0, 0, 2, 0),
            Insn::TryClause { src } => self.error1(src, 3),
            Insn::ElseClause { src } => self.error1(src, 4),
            Insn::Badrecord { src } => self.error1(src, 5),
            _ => unreachable!("single sends only exception instructions here"),
        }
    }

    fn error1(&mut self, src: Src, reason: u16) {
        let a = self.reg_of(src, 0);
        self.emit(LOp::Error1, a, reason, 0);
    }
}
