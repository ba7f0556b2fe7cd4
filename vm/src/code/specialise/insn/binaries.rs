//! Matching and making of binaries.

use transom_bytecode::{Insn, Label, Reg, SegKind, Segment, Src};

use super::{Asm, Field};
use crate::code::words::LOp;

impl Asm<'_> {
    pub(super) fn binaries(&mut self, i: &Insn) {
        let (op, fail, ctx, dst, size, info) = match *i {
            Insn::BsStartMatch { fail, src, dst } => {
                let (a, b) = (self.reg_of(src, 0), self.reg(dst));
                self.emit(LOp::BsStartMatch, a, b, 0);
                self.fail(Field::C16, fail);
                return;
            }
            Insn::BsGetInteger {
                fail,
                ctx,
                size: Src::Small(n),
                unit,
                flags,
                dst,
            } if (0..=64).contains(&n) && n * i64::from(unit) <= 64 => {
                let bits = n * i64::from(unit);
                let (a, b) = (self.reg(ctx), self.reg(dst));
                if bits == 8 && !flags.signed() {
                    self.emit(LOp::BsGetByte, a, b, 0);
                } else if bits % 8 == 0 && bits <= 56 && !flags.signed() && !flags.little() {
                    self.emit(LOp::BsGetBytes, a, b, 0);
                    self.ext(bits as u64 / 8);
                } else {
                    self.emit(LOp::BsGetIntegerK, a, b, 0);
                    self.ext(bits as u64 | u64::from(flags.0) << 32);
                }
                self.fail(Field::C16, fail);
                return;
            }
            Insn::BsGetInteger {
                fail,
                ctx,
                size,
                unit,
                flags,
                dst,
            } => (
                LOp::BsGetInteger,
                fail,
                ctx,
                Some(dst),
                Some(size),
                u64::from(unit) | u64::from(flags.0) << 16,
            ),
            Insn::BsGetFloat {
                fail,
                ctx,
                size,
                unit,
                flags,
                dst,
            } => (
                LOp::BsGetFloat,
                fail,
                ctx,
                Some(dst),
                Some(size),
                u64::from(unit) | u64::from(flags.0) << 16,
            ),
            Insn::BsGetBinary {
                fail,
                ctx,
                size,
                unit,
                dst,
            } => (
                LOp::BsGetBinary,
                fail,
                ctx,
                Some(dst),
                size,
                u64::from(unit),
            ),
            Insn::BsSkipBits {
                fail,
                ctx,
                size,
                unit,
            } => (
                LOp::BsSkipBits,
                fail,
                ctx,
                None,
                Some(size),
                u64::from(unit),
            ),
            _ => return self.more_binaries(i),
        };
        let a = self.reg(ctx);
        let b = dst.map_or(0, |d| self.reg(d));
        self.emit(op, a, b, 0);
        match size {
            Some(s) => self.list_operand(s),
            None => self.ext(crate::heap::Word::NONE.0),
        }
        self.ext(info);
        self.fail(Field::C16, fail);
    }

    fn utf(&mut self, op: LOp, fail: Label, ctx: Reg, kind: u64, flags: u8, dst: Option<Reg>) {
        let a = self.reg(ctx);
        let b = dst.map_or(0, |d| self.reg(d));
        self.emit(op, a, b, 0);
        self.ext(kind | u64::from(flags) << 16);
        self.fail(Field::C16, fail);
    }

    fn more_binaries(&mut self, i: &Insn) {
        match i {
            Insn::BsGetUtf8 {
                fail,
                ctx,
                flags,
                dst,
            } => self.utf(LOp::BsGetUtf, *fail, *ctx, 8, flags.0, Some(*dst)),
            Insn::BsGetUtf16 {
                fail,
                ctx,
                flags,
                dst,
            } => self.utf(LOp::BsGetUtf, *fail, *ctx, 16, flags.0, Some(*dst)),
            Insn::BsGetUtf32 {
                fail,
                ctx,
                flags,
                dst,
            } => self.utf(LOp::BsGetUtf, *fail, *ctx, 32, flags.0, Some(*dst)),
            Insn::BsSkipUtf8 { fail, ctx, flags } => {
                self.utf(LOp::BsSkipUtf, *fail, *ctx, 8, flags.0, None);
            }
            Insn::BsSkipUtf16 { fail, ctx, flags } => {
                self.utf(LOp::BsSkipUtf, *fail, *ctx, 16, flags.0, None);
            }
            Insn::BsSkipUtf32 { fail, ctx, flags } => {
                self.utf(LOp::BsSkipUtf, *fail, *ctx, 32, flags.0, None);
            }
            Insn::BsTestTail { fail, ctx, bits } => {
                let a = self.reg(*ctx);
                self.emit(LOp::BsTestTail, a, 0, 0);
                self.ext(u64::from(*bits));
                self.fail(Field::C16, *fail);
            }
            Insn::BsTestUnit { fail, ctx, unit } => {
                let a = self.reg(*ctx);
                self.emit(LOp::BsTestUnit, a, *unit, 0);
                self.fail(Field::C16, *fail);
            }
            Insn::BsGetTail { ctx, dst } => self.unary(LOp::BsGetTail, Src::Reg(*ctx), *dst),
            Insn::BsGetPosition { ctx, dst } => {
                self.unary(LOp::BsGetPosition, Src::Reg(*ctx), *dst);
            }
            Insn::BsSetPosition { ctx, src } => {
                let (a, b) = (self.reg(*ctx), self.reg_of(*src, 0));
                self.emit(LOp::BsSetPosition, a, b, 0);
            }
            Insn::BsMatchString {
                fail,
                ctx,
                bits,
                value,
            } => {
                let a = self.reg(*ctx);
                let k = self.resolve.constant(*value);
                self.emit(LOp::BsMatchString, a, 0, 0);
                self.ext(u64::from(*bits));
                self.ext(k);
                self.fail(Field::C16, *fail);
            }
            Insn::BsCreateBin {
                fail,
                dst,
                segments,
            } => self.create_bin(*fail, *dst, segments),
            _ => unreachable!("single sends only binary instructions here"),
        }
    }

    fn create_bin(&mut self, fail: Label, dst: Reg, segments: &[Segment]) {
        let a = self.reg(dst);
        self.emit(LOp::BsCreateBin, a, 0, 0);
        self.ext_fail(fail);
        self.ext(segments.len() as u64);
        for s in segments {
            let kind: SegKind = s.kind;
            self.ext(kind as u64 | (s.unit as u64) << 8 | u64::from(s.flags.0) << 32);
            self.list_operand(s.value);
            match s.size {
                Some(size) => self.list_operand(size),
                None => self.ext(crate::heap::Word::NONE.0),
            }
        }
    }
}
