//! Lists, tuples, funs and maps: taken apart and made.

use transom_bytecode::{Insn, Label, MapPair, Reg, Src};

use super::super::fuse;
use super::{Asm, Field, count};
use crate::code::words::{LOp, bytes};
use Reg::X;

impl Asm<'_> {
    pub(super) fn data(&mut self, i: &Insn) {
        match i {
            Insn::GetList { src, hd, tl } => {
                let (a, b, c) = (self.reg_of(*src, 0), self.reg(*hd), self.reg(*tl));
                self.emit(LOp::GetListRRR, a, b, c);
            }
            Insn::GetHd { src, dst } => self.unary(LOp::GetHdRR, *src, *dst),
            Insn::GetTl { src, dst } => self.unary(LOp::GetTlRR, *src, *dst),
            Insn::GetElem { src, index, dst } => {
                let (a, c) = (self.reg_of(*src, 0), self.reg(*dst));
                match (src, dst, u16::try_from(*index)) {
                    (Src::Reg(X(_)), X(_), Ok(n)) => self.emit(LOp::GetElemX, a, n, c),
                    (_, _, Ok(n)) => self.emit(LOp::GetElemR, a, n, c),
                    (_, _, Err(_)) => {
                        let n = self.reg_of(Src::Small(i64::from(*index) + 1), 1);
                        self.emit(LOp::ElementRR, n, a, c);
                        self.ext(0);
                    }
                }
            }
            Insn::PutList { head, tail, dst } => {
                let (a, b) = (self.reg_of(*head, 0), self.reg_of(*tail, 1));
                let c = self.reg(*dst);
                self.emit(LOp::PutListRRR, a, b, c);
            }
            Insn::PutTuple { dst, elems } if self.small_tuple(*dst, elems) => {}
            Insn::PutTuple { dst, elems } => {
                let a = self.reg(*dst);
                self.emit(LOp::PutTuple, a, 0, 0);
                self.ext(elems.len() as u64);
                elems.iter().for_each(|e| self.list_operand(*e));
            }
            Insn::MakeFun { dst, lambda, free } => {
                let a = self.reg(*dst);
                self.emit(LOp::MakeFun, a, count(free.len()), 0);
                self.ext(self.resolve.lambda(*lambda));
                free.iter().for_each(|e| self.list_operand(*e));
            }
            Insn::PutMapAssoc {
                fail,
                src,
                dst,
                pairs,
            } => self.put_map(LOp::PutMapAssoc, *fail, *src, *dst, pairs),
            Insn::PutMapExact {
                fail,
                src,
                dst,
                pairs,
            } => self.put_map(LOp::PutMapExact, *fail, *src, *dst, pairs),
            Insn::GetMapElements { fail, src, fetch } => {
                let a = self.reg_of(*src, 0);
                if let [one] = &fetch[..] {
                    let b = self.reg(one.dst);
                    self.emit(LOp::GetMapElement1, a, b, 0);
                    self.list_operand(one.key);
                } else {
                    self.emit(LOp::GetMapElements, a, count(fetch.len()), 0);
                    for f in fetch {
                        self.list_operand(f.key);
                        self.list_operand(Src::Reg(f.dst));
                    }
                }
                self.fail(Field::C16, *fail);
            }
            Insn::HasMapFields { fail, src, keys } => {
                let a = self.reg_of(*src, 0);
                self.emit(LOp::HasMapFields, a, count(keys.len()), 0);
                keys.iter().for_each(|k| self.list_operand(*k));
                self.fail(Field::C16, *fail);
            }
            _ => unreachable!("single sends only data instructions here"),
        }
    }

    fn put_map(&mut self, op: LOp, fail: Label, src: Src, dst: Reg, pairs: &[MapPair]) {
        let (a, b) = (self.reg(dst), self.reg_of(src, 0));
        self.emit(op, a, b, 0);
        self.ext_fail(fail);
        self.ext(pairs.len() as u64);
        for p in pairs {
            self.list_operand(p.key);
            self.list_operand(p.value);
        }
    }

    /// A tuple of two or three elements in registers, or with a constant in front.
    fn small_tuple(&mut self, dst: Reg, elems: &[Src]) -> bool {
        let byte = |s: &Src| match s {
            Src::Reg(r) => fuse::byte(*r),
            _ => None,
        };
        let a = self.reg(dst);
        match elems {
            [p, q] if let (Some(p), Some(q)) = (byte(p), byte(q)) => {
                self.emit(LOp::PutTuple2, a, bytes(p, q), 0);
            }
            [p, q, r] if let (Some(p), Some(q), Some(r)) = (byte(p), byte(q), byte(r)) => {
                self.emit(LOp::PutTuple3, a, bytes(p, q), u16::from(r));
            }
            [tag, Src::Reg(r)] if !matches!(tag, Src::Reg(_)) => {
                let b = self.reg(*r);
                self.emit(LOp::PutTagged2, a, b, 0);
                self.list_operand(*tag);
            }
            [tag, p, q]
                if !matches!(tag, Src::Reg(_))
                    && let (Some(p), Some(q)) = (byte(p), byte(q)) =>
            {
                self.emit(LOp::PutTagged3, a, bytes(p, q), 0);
                self.list_operand(*tag);
            }
            _ => return false,
        }
        true
    }
}
