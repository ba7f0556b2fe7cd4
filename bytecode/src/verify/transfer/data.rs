//! Lists, tuples, funs and maps: taken apart and made.

use super::super::flow::Flow;
use super::super::state::Ty;
use super::{Checked, St};
use crate::ops::Insn;

impl Flow<'_> {
    pub(super) fn data(&mut self, insn: &Insn, st: &mut St) -> Checked {
        match insn {
            Insn::GetList { src, hd, tl } => {
                self.cons(st, *src)?;
                self.write(st, *hd, Ty::Any)?;
                self.write(st, *tl, Ty::Any)
            }
            Insn::GetHd { src, dst } | Insn::GetTl { src, dst } => {
                self.cons(st, *src)?;
                self.write(st, *dst, Ty::Any)
            }
            Insn::GetElem { src, index, dst } => {
                self.tuple(st, *src, index.saturating_add(1))?;
                self.write(st, *dst, Ty::Any)
            }
            Insn::PutList { head, tail, dst } => {
                self.term(st, *head)?;
                self.term(st, *tail)?;
                self.take(st, 2)?;
                self.write(st, *dst, Ty::Cons)
            }
            Insn::PutTuple { dst, elems } => {
                self.terms(st, elems)?;
                let n = elems.len() as u32;
                self.take(st, if n == 0 { 0 } else { n + 1 })?;
                self.write(
                    st,
                    *dst,
                    Ty::Tuple {
                        min: n,
                        exact: true,
                    },
                )
            }
            Insn::MakeFun { dst, free, .. } => {
                self.terms(st, free)?;
                self.take(st, 3 + free.len() as u32)?;
                self.write(st, *dst, Ty::Fun)
            }
            Insn::PutMapAssoc {
                fail,
                src,
                dst,
                pairs,
            }
            | Insn::PutMapExact {
                fail,
                src,
                dst,
                pairs,
            } => {
                for p in pairs {
                    self.term(st, p.key)?;
                    self.term(st, p.value)?;
                }
                self.compute(st, *fail, &[*src], *dst, Ty::Map)
            }
            Insn::GetMapElements { fail, src, fetch } => {
                self.map(st, *src)?;
                for p in fetch {
                    self.term(st, p.key)?;
                }
                self.edge(*fail, st)?;
                fetch
                    .iter()
                    .try_for_each(|p| self.write(st, p.dst, Ty::Any))
            }
            Insn::HasMapFields { fail, src, keys } => {
                self.map(st, *src)?;
                self.terms(st, keys)?;
                self.edge(*fail, st)
            }
            _ => unreachable!("step sends only data instructions here"),
        }
    }
}
