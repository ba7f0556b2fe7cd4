//! What each instruction demands of the state before it, and what it makes of it. One arm per instruction; a file for each
//! family of the instruction table, and `registers` with the steps that they are made of.

mod binaries;
mod conditions;
mod control;
mod data;
mod exceptions;
mod receive;
mod registers;

use std::rc::Rc;

use super::Fault;
use super::flow::Flow;
use super::state::{State, Ty};
use crate::operand::Src;
use crate::ops::Insn;

type St = Rc<State>;
type Checked<T = ()> = Result<T, Fault>;

impl Flow<'_> {
    /// Checks and applies one instruction (not a label).
    pub(super) fn step(&mut self, pc: usize, insn: &Insn, st: &mut St) -> Checked {
        self.spend(1)?;
        match insn {
            Insn::Label { .. } | Insn::Line { .. } => Ok(()),
            Insn::Move { src, dst } => {
                let ty = self.movable(st, *src)?;
                self.write(st, *dst, ty)
            }
            Insn::Swap { a, b } => {
                let (ta, tb) = (
                    self.movable(st, Src::Reg(*a))?,
                    self.movable(st, Src::Reg(*b))?,
                );
                self.write(st, *a, tb)?;
                self.write(st, *b, ta)
            }
            Insn::Jump { target } => self.edge(*target, st),
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
            | Insn::TestHeap { .. }
            | Insn::Send {} => self.control(insn, st),
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
            | Insn::Badrecord { .. } => self.exceptions(insn, st),
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
            | Insn::HasMapFields { .. } => self.data(insn, st),
            Insn::Add { fail, a, b, dst }
            | Insn::Sub { fail, a, b, dst }
            | Insn::Mul { fail, a, b, dst } => {
                let is_int = |t| matches!(t, Ty::Small | Ty::Int);
                let ty = if is_int(self.term(st, *a)?) && is_int(self.term(st, *b)?) {
                    Ty::Int
                } else {
                    Ty::Any
                };
                self.compute(st, *fail, &[*a, *b], *dst, ty)
            }
            Insn::IntDiv { fail, a, b, dst }
            | Insn::Rem { fail, a, b, dst }
            | Insn::Band { fail, a, b, dst }
            | Insn::Bor { fail, a, b, dst }
            | Insn::Bxor { fail, a, b, dst }
            | Insn::Bsl { fail, a, b, dst }
            | Insn::Bsr { fail, a, b, dst } => self.compute(st, *fail, &[*a, *b], *dst, Ty::Int),
            Insn::Bif {
                fail, dst, args, ..
            } => self.compute(st, *fail, args, *dst, Ty::Any),
            Insn::LoopRec { .. }
            | Insn::RemoveMessage {}
            | Insn::LoopRecEnd { .. }
            | Insn::Wait { .. }
            | Insn::WaitTimeout { .. }
            | Insn::Timeout {}
            | Insn::RecvMark { .. }
            | Insn::RecvBind { .. }
            | Insn::RecvUse { .. }
            | Insn::RecvClear { .. } => self.receive(insn, st),
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
            | Insn::BsCreateBin { .. } => self.binaries(pc, insn, st),
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
            | Insn::Ge { .. }
            | Insn::SelectVal { .. }
            | Insn::SelectArity { .. } => self.conditions(insn, st),
        }
    }
}
