//! Calls, returns, frames and reserves.

use super::super::flow::Flow;
use super::super::state::Ty;
use super::super::{Rule, fault};
use super::{Checked, St};
use crate::operand::{FnIx, ImportIx};
use crate::ops::Insn;

impl Flow<'_> {
    pub(super) fn control(&mut self, insn: &Insn, st: &mut St) -> Checked {
        match insn {
            Insn::Call { function } => {
                let n = self.arity_of(*function);
                self.call(st, n)
            }
            Insn::CallLast { function, n } => {
                self.tail_call(st, self.arity_of(*function), Some(*n))
            }
            Insn::CallOnly { function } => self.tail_call(st, self.arity_of(*function), None),
            Insn::CallExt { import } => {
                let n = self.import_arity(*import);
                self.call(st, n)
            }
            Insn::CallExtLast { import, n } => {
                self.tail_call(st, self.import_arity(*import), Some(*n))
            }
            Insn::CallExtOnly { import } => self.tail_call(st, self.import_arity(*import), None),
            Insn::CallFun { arity } => self.call(st, arity + 1),
            Insn::CallFunLast { arity, n } => self.tail_call(st, arity + 1, Some(*n)),
            Insn::CallFunOnly { arity } => self.tail_call(st, arity + 1, None),
            Insn::Apply { arity } => self.call(st, arity + 2),
            Insn::ApplyLast { arity, n } => self.tail_call(st, arity + 2, Some(*n)),
            Insn::ApplyOnly { arity } => self.tail_call(st, arity + 2, None),
            Insn::Send {} => self.call(st, 2),
            Insn::Return {} => self.tail_call(st, 1, None),
            Insn::Allocate { n, words, live } => {
                if st.y.is_some() {
                    return fault(Rule::FrameSize, "there is a frame already");
                }
                self.collect(st, *words, *live)?;
                self.spend(*n as usize)?;
                self.own(st)?.y = Some(vec![Ty::Nil; *n as usize]);
                Ok(())
            }
            Insn::Deallocate { n } => self.leave(st, Some(*n)).map(drop),
            Insn::TestHeap { words, live } => self.collect(st, *words, *live),
            _ => unreachable!("step sends only control instructions here"),
        }
    }

    fn arity_of(&self, f: FnIx) -> u32 {
        u32::from(self.m.functions[f.index()].arity)
    }

    fn import_arity(&self, i: ImportIx) -> u32 {
        u32::from(self.m.imports[i.index()].arity)
    }

    fn call(&mut self, st: &mut St, args: u32) -> Checked {
        self.args(st, args)?;
        self.only_x0(st, Ty::Any)
    }

    fn tail_call(&mut self, st: &mut St, args: u32, n: Option<u32>) -> Checked {
        self.args(st, args)?;
        self.leave(st, n)
    }

    /// Drops the frame that must be there, or, with `None`, checks that there is none.
    fn leave(&mut self, st: &mut St, n: Option<u32>) -> Checked {
        if !st.catches.is_empty() {
            return fault(Rule::CatchNesting, "a catch is active");
        }
        let have = st.y.as_ref().map(|y| y.len() as u32);
        if have != n {
            return fault(
                Rule::FrameSize,
                format!("frame is {have:?}, instruction expects {n:?}"),
            );
        }
        if have.is_some() {
            self.own(st)?.y = None;
        }
        Ok(())
    }
}
