//! Receiving: where the process may wait no `x` register survives, and a mark is used only for what it is.

use super::super::flow::Flow;
use super::super::state::Ty;
use super::super::{Rule, fault};
use super::{Checked, St};
use crate::ops::Insn;

impl Flow<'_> {
    pub(super) fn receive(&mut self, insn: &Insn, st: &mut St) -> Checked {
        match insn {
            Insn::LoopRec { empty, dst } => {
                self.forget_x(st)?;
                self.edge(*empty, st)?;
                self.write(st, *dst, Ty::Any)
            }
            Insn::RemoveMessage {} | Insn::Timeout {} => self.end_reserve(st),
            Insn::LoopRecEnd { again } | Insn::Wait { again } => {
                self.forget_x(st)?;
                self.edge(*again, st)
            }
            Insn::WaitTimeout { again, src } => {
                self.term(st, *src)?;
                self.forget_x(st)?;
                self.edge(*again, st)
            }
            Insn::RecvMark { slot } => self.write(st, *slot, Ty::Mark),
            Insn::RecvBind { slot, reference } => {
                self.term(st, *reference)?;
                match self.look(st, *slot)? {
                    Ty::Mark => Ok(()),
                    _ => fault(Rule::Mark, "the slot holds no mark"),
                }
            }
            Insn::RecvUse { reference } => self.term(st, *reference).map(drop),
            Insn::RecvClear { slot } => self.write(st, *slot, Ty::Nil),
            _ => unreachable!("step sends only receive instructions here"),
        }
    }
}
