//! The peephole table: sequences of generic instructions that become one word. Every rule looks at the instructions from the current
//! one on, emits and answers how many it took; labels end every sequence because they are instructions themselves.

use transom_bytecode::{Insn, Reg, Src};

use super::super::words::{LOp, bytes};
use super::{Asm, Field, fits_wide, short};
use Reg::{X, Y};

/// A register that fits one byte: bit 7 marks y.
pub(super) fn byte(r: Reg) -> Option<u8> {
    match r {
        X(n) if n < 128 => Some(n as u8),
        Y(n) if n < 128 => Some(n as u8 | 128),
        _ => None,
    }
}

fn byte_of(s: Src) -> Option<u8> {
    match s {
        Src::Reg(r) => byte(r),
        _ => None,
    }
}

fn small_u8(n: u32) -> Option<u8> {
    u8::try_from(n).ok()
}

/// A move between registers that fit bytes: (source, destination).
fn byte_move(i: Option<&Insn>) -> Option<(Reg, Reg)> {
    match i {
        Some(Insn::Move {
            src: Src::Reg(s),
            dst,
        }) if byte(*s).is_some() && byte(*dst).is_some() => Some((*s, *dst)),
        _ => None,
    }
}

fn pack((s, d): (Reg, Reg)) -> u16 {
    // Checked by `byte_move`.
    bytes(byte(s).unwrap_or(0), byte(d).unwrap_or(0))
}

fn pack_low((s, d): (Reg, Reg)) -> u16 {
    bytes(byte(s).unwrap_or(0) & 127, byte(d).unwrap_or(0) & 127)
}

impl Asm<'_> {
    /// Emits a superinstruction for the beginning of `code`; 0 when no rule fits.
    pub(super) fn fuse(&mut self, code: &[Insn]) -> usize {
        let rule = match &code[0] {
            Insn::Move { .. } => Asm::fuse_move,
            Insn::Allocate { .. } => Asm::fuse_allocate,
            Insn::Deallocate { .. } => Asm::fuse_deallocate,
            Insn::TestHeap { .. } => Asm::fuse_test_heap,
            Insn::PutList { .. } => Asm::fuse_put_list,
            Insn::IsCons { .. } => Asm::fuse_is_cons,
            Insn::IsTuple { .. } => Asm::fuse_is_tuple,
            Insn::GetElem { .. } => Asm::fuse_get_elem,
            Insn::Add { .. } | Insn::Sub { .. } => Asm::fuse_add,
            Insn::IsMap { .. } => Asm::fuse_is_map,
            _ => return 0,
        };
        rule(self, code).unwrap_or(0)
    }

    fn fuse_move(&mut self, code: &[Insn]) -> Option<usize> {
        if let (Some(m1), Some(m2)) = (byte_move(code.first()), byte_move(code.get(1))) {
            if let Some(used) = self.two_and_call(m1, m2, &code[2..]) {
                return Some(used);
            }
            let third = byte_move(code.get(2));
            // A move right before a call is better fused with the call.
            let third = third.filter(|_| !matches!(code.get(3), Some(Insn::Call { .. })));
            return Some(self.moves(m1, m2, third));
        }
        let Insn::Move { src, dst } = code.first()? else {
            return None;
        };
        match (code.get(1)?, *dst) {
            (Insn::Return {}, X(0)) => self.move_return(*src),
            (Insn::Deallocate { n }, X(0)) if matches!(code.get(2), Some(Insn::Return {})) => {
                self.move_dealloc_return(*src, *n)
            }
            (Insn::Call { function }, X(d)) if d < 128 => {
                let (s, y) = self.call_move(*src)?;
                let op = if y { LOp::MoveYXCall } else { LOp::MoveXXCall };
                self.emit_wide(op, bytes(s, d as u8), 0);
                self.call_field(Field::Bc32, *function);
                Some(2)
            }
            (Insn::Line { line }, X(d)) if d < 128 => {
                let Some(Insn::Call { function }) = code.get(2) else {
                    return None;
                };
                let (s, y) = self.call_move(*src)?;
                self.line(*line);
                let op = if y { LOp::MoveYXCall } else { LOp::MoveXXCall };
                self.emit_wide(op, bytes(s, d as u8), 0);
                self.call_field(Field::Bc32, *function);
                Some(3)
            }
            (Insn::CallOnly { function }, X(d)) if d < 128 => {
                let (s, false) = self.call_move(*src)? else {
                    return None;
                };
                self.emit_wide(LOp::MoveXXCallOnly, bytes(s, d as u8), 0);
                self.call_field(Field::Bc32, *function);
                Some(2)
            }
            _ => None,
        }
    }

    /// Two moves to x registers right before a local call.
    fn two_and_call(&mut self, m1: (Reg, Reg), m2: (Reg, Reg), next: &[Insn]) -> Option<usize> {
        let (line, call) = match next.first()? {
            Insn::Line { line } => (Some(*line), next.get(1)?),
            other => (None, other),
        };
        let op = match ((m1.0, m1.1, m2.0, m2.1), call) {
            ((X(_), X(_), X(_), X(_)), Insn::Call { .. }) => LOp::Move2XXCall,
            ((Y(_), X(_), Y(_), X(_)), Insn::Call { .. }) => LOp::Move2YXCall,
            ((X(_), X(_), X(_), X(_)), Insn::CallOnly { .. }) => LOp::Move2XXCallOnly,
            _ => return None,
        };
        let (Insn::Call { function } | Insn::CallOnly { function }) = call else {
            return None;
        };
        if let Some(line) = line {
            self.line(line);
        }
        self.emit(op, pack_low(m1), pack_low(m2), 0);
        self.call_ext_word(*function);
        Some(3 + usize::from(line.is_some()))
    }

    fn call_move(&self, src: Src) -> Option<(u8, bool)> {
        match src {
            Src::Reg(X(s)) if s < 128 => Some((s as u8, false)),
            Src::Reg(Y(s)) if s < 128 => Some((s as u8, true)),
            _ => None,
        }
    }

    fn moves(&mut self, m1: (Reg, Reg), m2: (Reg, Reg), m3: Option<(Reg, Reg)>) -> usize {
        let kind = |m: (Reg, Reg)| (matches!(m.0, X(_)), matches!(m.1, X(_)));
        let same = kind(m1) == kind(m2) && m3.is_none_or(|m| kind(m) == kind(m1));
        let (op2, op3) = match (same, kind(m1)) {
            (true, (true, true)) => (LOp::Move2XX, LOp::Move3XX),
            (true, (true, false)) => (LOp::Move2XY, LOp::Move3XY),
            (true, (false, true)) => (LOp::Move2YX, LOp::Move3YX),
            _ => (LOp::Move2, LOp::Move3),
        };
        let p = if op2 == LOp::Move2 { pack } else { pack_low };
        match m3 {
            Some(m) => {
                self.emit(op3, p(m1), p(m2), p(m));
                3
            }
            None => {
                self.emit(op2, p(m1), p(m2), 0);
                2
            }
        }
    }

    fn move_return(&mut self, src: Src) -> Option<usize> {
        match src {
            Src::Reg(X(s)) => self.emit(LOp::MoveXReturn, s, 0, 0),
            Src::Reg(Y(_)) => return None,
            other => {
                let w = fits_wide(self.term(other)?)?;
                self.emit_wide(LOp::MoveWReturn, 0, w);
            }
        }
        Some(2)
    }

    fn move_dealloc_return(&mut self, src: Src, n: u32) -> Option<usize> {
        let n = u16::try_from(n).ok()?;
        match src {
            Src::Reg(Y(s)) => self.emit(LOp::MoveYDeallocReturn, s, n, 0),
            Src::Reg(X(_)) => return None,
            other => {
                let w = fits_wide(self.term(other)?)?;
                self.emit_wide(LOp::MoveWDeallocReturn, n, w);
            }
        }
        Some(3)
    }

    fn fuse_allocate(&mut self, code: &[Insn]) -> Option<usize> {
        let Insn::Allocate { n, words: 0, live } = code[0] else {
            return None;
        };
        let a = bytes(small_u8(n)?, small_u8(live)?);
        if let Some(Insn::GetList { src, hd, tl }) = code.get(1) {
            let b = bytes(byte_of(*src)?, byte(*hd)?);
            self.emit(LOp::AllocateGetList, a, b, u16::from(byte(*tl)?));
            return Some(2);
        }
        let xy = |m: &(Reg, Reg)| matches!(m, (X(_), Y(_)));
        let m1 = byte_move(code.get(1)).filter(xy)?;
        if let Some(m2) = byte_move(code.get(2)).filter(xy) {
            self.emit(LOp::AllocateMove2, a, pack_low(m1), pack_low(m2));
            return Some(3);
        }
        let (X(s), Y(d)) = m1 else { return None };
        self.emit(LOp::AllocateMove, a, s, d);
        Some(2)
    }

    fn fuse_deallocate(&mut self, code: &[Insn]) -> Option<usize> {
        let (Insn::Deallocate { n }, Insn::Return {}) = (&code[0], code.get(1)?) else {
            return None;
        };
        self.emit(LOp::DeallocReturn, u16::try_from(*n).ok()?, 0, 0);
        Some(2)
    }

    fn fuse_test_heap(&mut self, code: &[Insn]) -> Option<usize> {
        let Insn::TestHeap { words, live } = code[0] else {
            return None;
        };
        let Insn::PutList { head, tail, dst } = code.get(1)? else {
            return None;
        };
        let a = bytes(small_u8(words)?, small_u8(live)?);
        let b = bytes(byte_of(*head)?, byte_of(*tail)?);
        if *dst == X(0) && matches!(code.get(2), Some(Insn::Return {})) {
            self.emit(LOp::TestHeapPutListReturn, a, b, 0);
            return Some(3);
        }
        if let (X(0), Some(Insn::Deallocate { n }), Some(Insn::Return {})) =
            (*dst, code.get(2), code.get(3))
            && let Ok(n) = u16::try_from(*n)
        {
            self.emit(LOp::TestHeapPutListDeallocReturn, a, b, n);
            return Some(4);
        }
        let c = u16::from(byte(*dst)?);
        self.emit(LOp::TestHeapPutList, a, b, c);
        Some(2)
    }

    fn fuse_put_list(&mut self, code: &[Insn]) -> Option<usize> {
        let Insn::PutList {
            head,
            tail,
            dst: X(0),
        } = code[0]
        else {
            return None;
        };
        let (Insn::Deallocate { n }, Insn::Return {}) = (code.get(1)?, code.get(2)?) else {
            return None;
        };
        let b = bytes(byte_of(head)?, byte_of(tail)?);
        self.emit(LOp::PutListDeallocReturn, u16::try_from(*n).ok()?, b, 0);
        Some(3)
    }

    fn fuse_is_cons(&mut self, code: &[Insn]) -> Option<usize> {
        let Insn::IsCons { fail, src } = code[0] else {
            return None;
        };
        let Insn::GetList { src: from, hd, tl } = code.get(1)? else {
            return None;
        };
        if *from != src {
            return None;
        }
        let (s, h, t) = (byte_of(src)?, byte(*hd)?, byte(*tl)?);
        let all_x = (s | h | t) & 128 == 0;
        let op = if all_x {
            LOp::IsConsGetListX
        } else {
            LOp::IsConsGetList
        };
        self.emit(op, 0, bytes(s, h), u16::from(t));
        self.fail(Field::A16, fail);
        Some(2)
    }

    /// Taking a value out of a map finds out itself whether it is one.
    fn fuse_is_map(&mut self, code: &[Insn]) -> Option<usize> {
        let Insn::IsMap { fail, src } = code[0] else {
            return None;
        };
        match code.get(1)? {
            Insn::GetMapElements {
                fail: f2, src: s2, ..
            } if *f2 == fail && *s2 == src => {
                self.single(&code[1]);
                Some(2)
            }
            _ => None,
        }
    }

    fn fuse_is_tuple(&mut self, code: &[Insn]) -> Option<usize> {
        let (
            Insn::IsTuple { fail, src },
            Insn::TestArity {
                fail: f2,
                src: s2,
                n,
            },
        ) = (&code[0], code.get(1)?)
        else {
            return None;
        };
        let (Src::Reg(r), true) = (*src, fail == f2 && src == s2) else {
            return None;
        };
        let n = u16::try_from(*n).ok()?;
        let r = self.reg(r);
        self.emit(LOp::IsTupleArityR, r, n, 0);
        self.fail(Field::C16, *fail);
        Some(2)
    }

    fn fuse_get_elem(&mut self, code: &[Insn]) -> Option<usize> {
        let Insn::GetElem { src, index, dst } = code[0] else {
            return None;
        };
        let Insn::GetElem {
            src: src2,
            index: index2,
            dst: dst2,
        } = *code.get(1)?
        else {
            return None;
        };
        // The first result must not replace the tuple.
        let (Src::Reg(r), true) = (src, src == src2 && src != Src::Reg(dst)) else {
            return None;
        };
        let b = bytes(small_u8(index)?, small_u8(index2)?);
        let c = bytes(byte(dst)?, byte(dst2)?);
        let r = self.reg(r);
        self.emit(LOp::GetElem2, r, b, c);
        Some(2)
    }

    fn fuse_add(&mut self, code: &[Insn]) -> Option<usize> {
        let (fail, a, b, dst, negate) = match code[0] {
            Insn::Add { fail, a, b, dst } => (fail, a, b, dst, false),
            Insn::Sub { fail, a, b, dst } => (fail, a, b, dst, true),
            _ => return None,
        };
        if !fail.raises() {
            return None;
        }
        if let (Src::Reg(Y(s)), X(0), Insn::Call { function }) = (a, dst, code.get(1)?) {
            let n = short(b)?;
            let n = if negate { n.checked_neg()? } else { n };
            let (s, n) = (u8::try_from(s).ok()?, i8::try_from(n).ok()?);
            self.emit_wide(LOp::AddYICall, bytes(s, n as u8), 0);
            self.call_field(Field::Bc32, *function);
            return Some(2);
        }
        if let (Src::Reg(X(s)), X(d), Insn::CallOnly { function }) = (a, dst, code.get(1)?) {
            let n = short(b)?;
            let n = if negate { n.checked_neg()? } else { n };
            let regs = bytes(byte(X(s))?, byte(X(d))?);
            // Only a self call is sure to be near.
            if *function != transom_bytecode::FnIx(self.entries.len() as u32 - 1) || self.far {
                return None;
            }
            self.emit(LOp::AddICallOnly, regs, n as u16, 0);
            self.call_field(Field::C16, *function);
            return Some(2);
        }
        if let (Insn::Deallocate { n }, Some(Insn::Return {}), X(0), false) =
            (code.get(1)?, code.get(2), dst, negate)
        {
            let regs = bytes(byte_of(a)?, byte_of(b)?);
            self.emit(LOp::AddDeallocReturn, regs, u16::try_from(*n).ok()?, 0);
            return Some(3);
        }
        None
    }
}
