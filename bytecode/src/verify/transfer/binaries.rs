//! Matching and making of binaries.

use super::super::flow::Flow;
use super::super::state::Ty;
use super::super::{Rule, fault};
use super::{Checked, St};
use crate::operand::{Label, Reg, Src};
use crate::ops::Insn;

impl Flow<'_> {
    pub(super) fn binaries(&mut self, pc: usize, insn: &Insn, st: &mut St) -> Checked {
        match insn {
            Insn::BsStartMatch { fail, src, dst } => {
                self.term(st, *src)?;
                self.end_reserve(st)?;
                self.edge(*fail, st)?;
                self.new_context(st, pc as u32)?;
                self.write(st, *dst, Ty::Ctx(pc as u32))
            }
            Insn::BsGetInteger {
                fail,
                ctx,
                size,
                dst,
                ..
            } => self.extract(st, *fail, *ctx, Some(*size), *dst, Ty::Int),
            Insn::BsGetFloat {
                fail,
                ctx,
                size,
                dst,
                ..
            } => self.extract(st, *fail, *ctx, Some(*size), *dst, Ty::Float),
            Insn::BsGetBinary {
                fail,
                ctx,
                size,
                dst,
                ..
            } => self.extract(st, *fail, *ctx, *size, *dst, Ty::Bits),
            Insn::BsGetUtf8 { fail, ctx, dst, .. }
            | Insn::BsGetUtf16 { fail, ctx, dst, .. }
            | Insn::BsGetUtf32 { fail, ctx, dst, .. } => {
                self.extract(st, *fail, *ctx, None, *dst, Ty::Small)
            }
            Insn::BsSkipBits {
                fail, ctx, size, ..
            } => {
                self.context(st, *ctx)?;
                self.term(st, *size)?;
                self.end_reserve(st)?;
                self.edge(*fail, st)
            }
            Insn::BsSkipUtf8 { fail, ctx, .. }
            | Insn::BsSkipUtf16 { fail, ctx, .. }
            | Insn::BsSkipUtf32 { fail, ctx, .. }
            | Insn::BsTestTail { fail, ctx, .. }
            | Insn::BsTestUnit { fail, ctx, .. }
            | Insn::BsMatchString { fail, ctx, .. } => {
                self.context(st, *ctx)?;
                self.end_reserve(st)?;
                self.edge(*fail, st)
            }
            Insn::BsGetTail { ctx, dst } => {
                self.context(st, *ctx)?;
                self.end_reserve(st)?;
                self.write(st, *dst, Ty::Bits)
            }
            Insn::BsGetPosition { ctx, dst } => {
                let id = self.context(st, *ctx)?;
                self.write(st, *dst, Ty::Position(id))
            }
            Insn::BsSetPosition { ctx, src } => {
                let id = self.context(st, *ctx)?;
                if self.movable(st, *src)? == Ty::Position(id) {
                    Ok(())
                } else {
                    fault(Rule::Position, "not a position of this context")
                }
            }
            Insn::BsCreateBin {
                fail,
                dst,
                segments,
            } => {
                for s in segments {
                    self.term(st, s.value)?;
                    if let Some(size) = s.size {
                        self.term(st, size)?;
                    }
                }
                self.compute(st, *fail, &[], *dst, Ty::Bits)
            }
            _ => unreachable!("step sends only binary instructions here"),
        }
    }
    fn extract(
        &mut self,
        st: &mut St,
        fail: Label,
        ctx: Reg,
        size: Option<Src>,
        dst: Reg,
        ty: Ty,
    ) -> Checked {
        self.context(st, ctx)?;
        if let Some(size) = size {
            self.term(st, size)?;
        }
        self.end_reserve(st)?;
        self.edge(fail, st)?;
        self.write(st, dst, ty)
    }

    /// A context gets the identity of its instruction: what an earlier run of that instruction left is no longer trusted.
    fn new_context(&mut self, st: &mut St, id: u32) -> Checked {
        let stale = |t: &Ty| *t == Ty::Ctx(id) || *t == Ty::Position(id);
        if st.x.iter().any(stale) || st.y.iter().flatten().any(stale) {
            let st = self.own(st)?;
            let y = st.y.iter_mut().flatten();
            st.x.iter_mut()
                .chain(y)
                .filter(|t| stale(t))
                .for_each(|t| *t = Ty::Mixed);
        }
        Ok(())
    }

    fn context(&self, st: &St, r: Reg) -> Checked<u32> {
        match self.movable(st, Src::Reg(r))? {
            Ty::Ctx(id) => Ok(id),
            ty => fault(Rule::Context, format!("{r:?} is {ty:?}")),
        }
    }
}
