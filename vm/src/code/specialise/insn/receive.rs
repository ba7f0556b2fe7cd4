//! Receiving and sending.

use transom_bytecode::{Insn, Label};

use super::{Asm, Field};
use crate::code::words::LOp;

impl Asm<'_> {
    pub(super) fn receive(&mut self, i: &Insn) {
        match *i {
            Insn::LoopRec { empty, dst } => {
                let a = self.reg(dst);
                self.emit(LOp::LoopRec, a, 0, 0);
                self.jump_field(self.start, Field::Bc32, empty);
            }
            Insn::RemoveMessage {} => self.emit(LOp::RemoveMessage, 0, 0, 0),
            Insn::LoopRecEnd { again } => self.again(LOp::LoopRecEnd, 0, again),
            Insn::Wait { again } => self.again(LOp::Wait, 0, again),
            Insn::WaitTimeout { again, src } => {
                let a = self.reg_of(src, 0);
                self.again(LOp::WaitTimeout, a, again);
            }
            Insn::Timeout {} => self.emit(LOp::Timeout, 0, 0, 0),
            Insn::Send {} => self.emit(LOp::Send, 0, 0, 0),
            Insn::RecvMark { slot } => {
                let a = self.reg(slot);
                self.emit(LOp::RecvMark, a, 0, 0);
            }
            Insn::RecvBind { slot, reference } => {
                let (a, b) = (self.reg(slot), self.reg_of(reference, 0));
                self.emit(LOp::RecvBind, a, b, 0);
            }
            Insn::RecvUse { reference } => {
                let a = self.reg_of(reference, 0);
                self.emit(LOp::RecvUse, a, 0, 0);
            }
            Insn::RecvClear { slot } => {
                let a = self.reg(slot);
                self.emit(LOp::RecvClear, a, 0, 0);
            }
            _ => unreachable!("single sends only receive instructions here"),
        }
    }

    fn again(&mut self, op: LOp, a: u16, to: Label) {
        self.emit_wide(op, a, 0);
        self.jump_field(self.start, Field::Bc32, to);
    }
}
