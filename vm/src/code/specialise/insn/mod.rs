//! One rule per generic instruction: the loaded instruction for the kinds of its operands. A file for each family of the
//! instruction table.

mod arithmetic;
mod binaries;
mod conditions;
mod control;
mod data;
mod exceptions;
mod receive;

use transom_bytecode::{Insn, Reg, Src};

use super::{Asm, Field, fits_wide, short};
use crate::code::words::LOp;
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
            Insn::Call { .. }
            | Insn::CallLast { .. }
            | Insn::CallOnly { .. }
            | Insn::CallExt { .. }
            | Insn::CallExtLast { .. }
            | Insn::CallExtOnly { .. }
            | Insn::CallFun { .. }
            | Insn::CallFunLast { .. }
            | Insn::CallFunOnly { .. }
            | Insn::Apply { .. }
            | Insn::ApplyLast { .. }
            | Insn::ApplyOnly { .. }
            | Insn::Return {}
            | Insn::Allocate { .. }
            | Insn::Deallocate { .. }
            | Insn::TestHeap { .. } => self.calls(i),
            Insn::Try { .. }
            | Insn::TryEnd { .. }
            | Insn::TryCase { .. }
            | Insn::Catch { .. }
            | Insn::CatchEnd { .. }
            | Insn::Raise { .. }
            | Insn::BuildStacktrace { .. }
            | Insn::FuncClause {}
            | Insn::Badmatch { .. }
            | Insn::CaseClause { .. }
            | Insn::IfClause {}
            | Insn::TryClause { .. }
            | Insn::ElseClause { .. }
            | Insn::Badrecord { .. } => self.exceptions(i),
            Insn::IsInteger { .. }
            | Insn::IsFloat { .. }
            | Insn::IsNumber { .. }
            | Insn::IsAtom { .. }
            | Insn::IsBoolean { .. }
            | Insn::IsPid { .. }
            | Insn::IsReference { .. }
            | Insn::IsPort { .. }
            | Insn::IsNil { .. }
            | Insn::IsList { .. }
            | Insn::IsCons { .. }
            | Insn::IsTuple { .. }
            | Insn::IsBinary { .. }
            | Insn::IsBitstring { .. }
            | Insn::IsMap { .. }
            | Insn::IsFunction { .. }
            | Insn::IsFunction2 { .. }
            | Insn::TestArity { .. }
            | Insn::IsTaggedTuple { .. }
            | Insn::EqExact { .. }
            | Insn::NeExact { .. }
            | Insn::Eq { .. }
            | Insn::Ne { .. }
            | Insn::Lt { .. }
            | Insn::Ge { .. } => self.conditions(i),
            Insn::GetList { .. }
            | Insn::GetHd { .. }
            | Insn::GetTl { .. }
            | Insn::GetElem { .. }
            | Insn::PutList { .. }
            | Insn::PutTuple { .. }
            | Insn::MakeFun { .. }
            | Insn::PutMapAssoc { .. }
            | Insn::PutMapExact { .. }
            | Insn::GetMapElements { .. }
            | Insn::HasMapFields { .. } => self.data(i),
            Insn::Add { .. }
            | Insn::Sub { .. }
            | Insn::Mul { .. }
            | Insn::IntDiv { .. }
            | Insn::Rem { .. }
            | Insn::Band { .. }
            | Insn::Bor { .. }
            | Insn::Bxor { .. }
            | Insn::Bsl { .. }
            | Insn::Bsr { .. }
            | Insn::Bif { .. } => self.arithmetic(i),
            Insn::LoopRec { .. }
            | Insn::RemoveMessage {}
            | Insn::LoopRecEnd { .. }
            | Insn::Wait { .. }
            | Insn::WaitTimeout { .. }
            | Insn::Timeout {}
            | Insn::RecvMark { .. }
            | Insn::RecvBind { .. }
            | Insn::RecvUse { .. }
            | Insn::RecvClear { .. }
            | Insn::Send {} => self.receive(i),
            Insn::BsStartMatch { .. }
            | Insn::BsGetInteger { .. }
            | Insn::BsGetFloat { .. }
            | Insn::BsGetBinary { .. }
            | Insn::BsGetUtf8 { .. }
            | Insn::BsGetUtf16 { .. }
            | Insn::BsGetUtf32 { .. }
            | Insn::BsSkipBits { .. }
            | Insn::BsSkipUtf8 { .. }
            | Insn::BsSkipUtf16 { .. }
            | Insn::BsSkipUtf32 { .. }
            | Insn::BsTestTail { .. }
            | Insn::BsTestUnit { .. }
            | Insn::BsGetTail { .. }
            | Insn::BsGetPosition { .. }
            | Insn::BsSetPosition { .. }
            | Insn::BsMatchString { .. }
            | Insn::BsCreateBin { .. } => self.binaries(i),
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

    fn unary(&mut self, op: LOp, src: Src, dst: Reg) {
        let (a, b) = (self.reg_of(src, 0), self.reg(dst));
        self.emit(op, a, b, 0);
    }
}
