//! One rule per generic instruction: the loaded instruction for the kinds of its operands.

use transom_bytecode::{ArityArm, Insn, Label, MapPair, Reg, SegKind, Segment, Src, ValueArm};

use super::super::words::{Arith, LOp, SCRATCH_X, Y_FLAG, bytes};
use super::{Asm, Field, fits_wide, short};
use Reg::{X, Y};

/// About how many extension words the operand lists of an instruction take.
pub(super) fn list_words(i: &Insn) -> usize {
    match i {
        Insn::SelectVal { arms, .. } => arms.len() * 2,
        Insn::SelectArity { arms, .. } => arms.len() * 2,
        Insn::PutTuple { elems, .. } => elems.len(),
        Insn::MakeFun { free, .. } => free.len(),
        Insn::PutMapAssoc { pairs, .. } | Insn::PutMapExact { pairs, .. } => pairs.len() * 2,
        Insn::GetMapElements { fetch, .. } => fetch.len() * 2,
        Insn::HasMapFields { keys, .. } => keys.len(),
        Insn::BsCreateBin { segments, .. } => segments.len() * 3,
        Insn::Bif { args, .. } => args.len() + 2,
        _ => 0,
    }
}

/// A count that a field of 16 bits holds; the format allows more only where the VM would run out of other things first.
fn count(n: usize) -> u16 {
    u16::try_from(n).expect("invariant: the specialiser splits longer lists")
}

impl Asm<'_> {
    /// Emits one instruction.
    pub(super) fn single(&mut self, i: &Insn) {
        match i {
            Insn::Label { label } => self.label(*label),
            Insn::Line { line } => self.line(*line),
            Insn::Move { src, dst } => self.mov(*src, *dst),
            Insn::Swap { a, b } => {
                let (a, b) = (self.reg(*a), self.reg(*b));
                self.emit(LOp::SwapRR, a, b, 0);
            }
            Insn::Jump { target } => self.jump(*target),
            Insn::SelectVal { src, default, arms } => self.select_val(*src, *default, arms),
            Insn::SelectArity { src, default, arms } => self.select_arity(*src, *default, arms),
            _ => {
                let done = self.calls(i)
                    || self.exceptions(i)
                    || self.tests(i)
                    || self.data(i)
                    || self.arithmetic(i)
                    || self.receive(i)
                    || self.binaries(i);
                debug_assert!(done, "every instruction has a rule: {}", i.mnemonic());
            }
        }
    }

    pub(super) fn mov(&mut self, src: Src, dst: Reg) {
        match (src, dst) {
            (Src::Reg(X(s)), X(d)) => self.emit(LOp::MoveXX, s, d, 0),
            (Src::Reg(X(s)), Y(d)) => self.emit(LOp::MoveXY, s, d, 0),
            (Src::Reg(Y(s)), X(d)) => self.emit(LOp::MoveYX, s, d, 0),
            (Src::Reg(s), d) => {
                let (s, d) = (self.reg(s), self.reg(d));
                self.emit(LOp::MoveRR, d, s, 0);
            }
            (other, d) => {
                let w = self.term(other).expect("invariant: not a register");
                match (fits_wide(w), d) {
                    (Some(n), X(d)) => self.emit_wide(LOp::MoveWX, d, n),
                    (Some(n), Y(d)) => self.emit_wide(LOp::MoveWY, d, n),
                    (None, d) => {
                        let d = self.reg(d);
                        self.emit(LOp::MoveKR, d, 0, 0);
                        self.ext(w);
                    }
                }
            }
        }
    }

    fn calls(&mut self, i: &Insn) -> bool {
        match *i {
            Insn::Call { function } => {
                self.emit_wide(LOp::Call, 0, 0);
                self.call_field(Field::Bc32, function);
            }
            Insn::CallOnly { function } => {
                self.emit_wide(LOp::CallOnly, 0, 0);
                self.call_field(Field::Bc32, function);
            }
            Insn::CallLast { function, n } => {
                self.emit_wide(LOp::CallLast, n as u16, 0);
                self.call_field(Field::Bc32, function);
            }
            Insn::CallExt { import } => self.call_ext(import, LOp::CallExt, LOp::CallBif, 0),
            Insn::CallExtOnly { import } => {
                self.call_ext(import, LOp::CallExtOnly, LOp::CallBifOnly, 0);
            }
            Insn::CallExtLast { import, n } => {
                self.call_ext(import, LOp::CallExtLast, LOp::CallBifLast, n as u16);
            }
            Insn::CallFun { arity } => self.emit(LOp::CallFun, arity as u16, 0, 0),
            Insn::CallFunLast { arity, n } => {
                self.emit(LOp::CallFunLast, arity as u16, n as u16, 0);
            }
            Insn::CallFunOnly { arity } => self.emit(LOp::CallFunOnly, arity as u16, 0, 0),
            Insn::Apply { arity } => self.emit(LOp::Apply, arity as u16, 0, 0),
            Insn::ApplyLast { arity, n } => self.emit(LOp::ApplyLast, arity as u16, n as u16, 0),
            Insn::ApplyOnly { arity } => self.emit(LOp::ApplyOnly, arity as u16, 0, 0),
            Insn::Return {} => self.emit(LOp::Return, 0, 0, 0),
            Insn::Allocate { n, words, live } => match u16::try_from(words) {
                Ok(w) => self.emit(LOp::Allocate, n as u16, w, live as u16),
                Err(_) => {
                    self.emit(LOp::Allocate, n as u16, 0, live as u16);
                    self.test_heap(words, live);
                }
            },
            Insn::Deallocate { n } => self.emit(LOp::Deallocate, n as u16, 0, 0),
            Insn::TestHeap { words, live } => self.test_heap(words, live),
            _ => return false,
        }
        true
    }

    fn call_ext(&mut self, i: transom_bytecode::ImportIx, ext: LOp, bif: LOp, n: u16) {
        let (cell, is_bif) = self.resolve.cell(i);
        let arity = u16::from(self.module.imports[i.index()].arity);
        self.emit(if is_bif { bif } else { ext }, arity, n, 0);
        self.ext(cell);
    }

    fn test_heap(&mut self, words: u32, live: u32) {
        match u16::try_from(words) {
            Ok(w) => self.emit(LOp::TestHeap, w, 0, live as u16),
            Err(_) => {
                self.emit(LOp::TestHeapK, 0, 0, live as u16);
                self.ext(u64::from(words));
            }
        }
    }

    fn slot(r: Reg) -> u16 {
        match r {
            X(n) | Y(n) => n,
        }
    }

    fn exceptions(&mut self, i: &Insn) -> bool {
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
            _ => return false,
        }
        true
    }

    fn error1(&mut self, src: Src, reason: u16) {
        let a = self.reg_of(src, 0);
        self.emit(LOp::Error1, a, reason, 0);
    }

    fn tests(&mut self, i: &Insn) -> bool {
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
            _ => return self.tests2(i),
        };
        let a = self.reg_of(src, 0);
        self.emit(op, a, 0, 0);
        self.fail(Field::C16, fail);
        true
    }

    fn tests2(&mut self, i: &Insn) -> bool {
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
            _ => return false,
        }
        true
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

    fn select_val(&mut self, src: Src, default: Label, arms: &[ValueArm]) {
        let mut table: Vec<(u64, Label)> = arms
            .iter()
            .map(|a| (self.term(a.value).unwrap_or(0), a.label))
            .collect();
        table.sort_by_key(|(w, _)| *w);
        let r = self.reg_of(src, 0);
        let smalls = table.iter().all(|(w, _)| w & 15 == 0);
        table.sort_by_key(|(w, _)| *w as i64);
        let (first, last) = match (table.first(), table.last()) {
            (Some(f), Some(l)) => ((f.0 as i64) >> 4, (l.0 as i64) >> 4),
            _ => return self.jump(default),
        };
        let span = (last - first) as u64;
        if smalls && table.len() > 3 && span < table.len() as u64 * 3 && span < 60_000 {
            self.emit(LOp::SelectDense, r, span as u16 + 1, 0);
            self.ext_fail(default);
            self.ext(first as u64);
            let mut next = table.iter().peekable();
            for n in first..=last {
                match next.next_if(|(w, _)| (*w as i64) >> 4 == n) {
                    Some((_, to)) => self.ext_fail(*to),
                    None => self.ext_fail(default),
                }
            }
        } else if table.len() <= 6 {
            self.emit(LOp::SelectLinear, r, count(table.len()), 0);
            self.ext_fail(default);
            for (w, to) in table {
                self.ext(w);
                self.ext_fail(to);
            }
        } else {
            // The count needs more than 16 bits for large functions: it is an extension word.
            table.sort_by_key(|(w, _)| *w);
            self.emit(LOp::SelectBinary, r, 0, 0);
            self.ext_fail(default);
            self.ext(table.len() as u64);
            table.iter().for_each(|(w, _)| self.ext(*w));
            table.iter().for_each(|(_, to)| self.ext_fail(*to));
        }
    }

    fn select_arity(&mut self, src: Src, default: Label, arms: &[ArityArm]) {
        let r = self.reg_of(src, 0);
        self.emit(LOp::SelectArity, r, count(arms.len()), 0);
        self.ext_fail(default);
        for arm in arms {
            self.ext(u64::from(arm.arity));
            self.ext_fail(arm.label);
        }
    }

    fn data(&mut self, i: &Insn) -> bool {
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
            _ => return false,
        }
        true
    }

    fn unary(&mut self, op: LOp, src: Src, dst: Reg) {
        let (a, b) = (self.reg_of(src, 0), self.reg(dst));
        self.emit(op, a, b, 0);
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
            Src::Reg(r) => super::fuse::byte(*r),
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

    fn arithmetic(&mut self, i: &Insn) -> bool {
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
                return true;
            }
            _ => return false,
        };
        if !fail.raises() {
            let (a, b, c) = (self.reg_of(a, 0), self.reg_of(b, 1), self.reg(dst));
            self.emit(LOp::ArithFail, a, b, c);
            self.ext(kind as u64);
            self.ext_fail(fail);
            return true;
        }
        self.body_arithmetic(kind, a, b, dst);
        true
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

    fn bif(&mut self, fail: Label, import: transom_bytecode::ImportIx, dst: Reg, args: &[Src]) {
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

    fn receive(&mut self, i: &Insn) -> bool {
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
            _ => return false,
        }
        true
    }

    fn again(&mut self, op: LOp, a: u16, to: Label) {
        self.emit_wide(op, a, 0);
        self.jump_field(self.start, Field::Bc32, to);
    }

    fn binaries(&mut self, i: &Insn) -> bool {
        let (op, fail, ctx, dst, size, info) = match *i {
            Insn::BsStartMatch { fail, src, dst } => {
                let (a, b) = (self.reg_of(src, 0), self.reg(dst));
                self.emit(LOp::BsStartMatch, a, b, 0);
                self.fail(Field::C16, fail);
                return true;
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
                return true;
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
            _ => return self.binaries2(i),
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
        true
    }

    fn utf(&mut self, op: LOp, fail: Label, ctx: Reg, kind: u64, flags: u8, dst: Option<Reg>) {
        let a = self.reg(ctx);
        let b = dst.map_or(0, |d| self.reg(d));
        self.emit(op, a, b, 0);
        self.ext(kind | u64::from(flags) << 16);
        self.fail(Field::C16, fail);
    }

    fn binaries2(&mut self, i: &Insn) -> bool {
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
            _ => return false,
        }
        true
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
