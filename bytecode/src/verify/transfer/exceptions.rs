//! Catches, raising, and what no clause matched.

use super::super::flow::Flow;
use super::super::state::{Active, CatchKind, Ty};
use super::super::{Rule, fault};
use super::{Checked, St};
use crate::operand::{Label, Reg};
use crate::ops::Insn;

impl Flow<'_> {
    pub(super) fn exceptions(&mut self, insn: &Insn, st: &mut St) -> Checked {
        match insn {
            Insn::Try { slot, handler } => self.enter(st, *slot, *handler, CatchKind::Try),
            Insn::Catch { slot, handler } => self.enter(st, *slot, *handler, CatchKind::Catch),
            Insn::TryEnd { slot } => self.end_catch(st, *slot, CatchKind::Try),
            Insn::TryCase { slot } => {
                self.end_catch(st, *slot, CatchKind::Try)?;
                self.own(st)?.x = vec![Ty::Atom, Ty::Any, Ty::RawStack];
                Ok(())
            }
            Insn::CatchEnd { slot } => {
                self.end_catch(st, *slot, CatchKind::Catch)?;
                self.only_x0(st, Ty::Any)
            }
            Insn::Raise {
                class,
                reason,
                stack,
            } => {
                self.term(st, *class)?;
                self.term(st, *reason)?;
                match self.movable(st, *stack)? {
                    Ty::RawStack => Ok(()),
                    _ => self.term(st, *stack).map(drop),
                }
            }
            Insn::BuildStacktrace { src, dst } => {
                if self.movable(st, *src)? != Ty::RawStack {
                    return fault(Rule::RawStack, "no raw stack");
                }
                self.end_reserve(st)?;
                self.write(st, *dst, Ty::List)
            }
            Insn::FuncClause {} => self.args(st, u32::from(self.f.arity)),
            Insn::IfClause {} => Ok(()),
            Insn::Badmatch { src }
            | Insn::CaseClause { src }
            | Insn::TryClause { src }
            | Insn::ElseClause { src }
            | Insn::Badrecord { src } => self.term(st, *src).map(drop),
            _ => unreachable!("step sends only exception instructions here"),
        }
    }

    fn enter(&mut self, st: &mut St, slot: Reg, handler: Label, kind: CatchKind) -> Checked {
        let Reg::Y(slot_no) = slot else {
            return fault(Rule::SlotOnly, "an x register");
        };
        if st.catches.last().is_some_and(|c| c.slot <= slot_no) {
            return fault(
                Rule::CatchNesting,
                "an inner catch needs a lower slot than the outer one",
            );
        }
        self.write(st, slot, Ty::Catch)?;
        self.own(st)?.catches.push(Active {
            slot: slot_no,
            handler,
            kind,
        });
        Ok(())
    }

    fn end_catch(&mut self, st: &mut St, slot: Reg, kind: CatchKind) -> Checked {
        let Reg::Y(slot_no) = slot else {
            return fault(Rule::SlotOnly, "an x register");
        };
        if st
            .catches
            .last()
            .is_none_or(|c| c.slot != slot_no || c.kind != kind)
        {
            return fault(Rule::CatchNesting, "this catch is not the innermost one");
        }
        let st = self.own(st)?;
        st.catches.pop();
        if let Some(y) = &mut st.y {
            y[usize::from(slot_no)] = Ty::Nil;
        }
        Ok(())
    }
}
