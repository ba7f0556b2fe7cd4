//! Tests and selections: what holds when one succeeds is known from there on.

use std::rc::Rc;

use super::super::flow::Flow;
use super::super::state::Ty;
use super::{Checked, St};
use crate::operand::{Label, Src};
use crate::ops::Insn;

impl Flow<'_> {
    pub(super) fn conditions(&mut self, insn: &Insn, st: &mut St) -> Checked {
        let tuple = Ty::Tuple {
            min: 0,
            exact: false,
        };
        match insn {
            Insn::IsInteger { fail, src } => self.test(st, *fail, *src, Ty::Int),
            Insn::IsFloat { fail, src } => self.test(st, *fail, *src, Ty::Float),
            Insn::IsAtom { fail, src } | Insn::IsBoolean { fail, src } => {
                self.test(st, *fail, *src, Ty::Atom)
            }
            Insn::IsNumber { fail, src }
            | Insn::IsPid { fail, src }
            | Insn::IsReference { fail, src }
            | Insn::IsPort { fail, src } => self.test(st, *fail, *src, Ty::Any),
            Insn::IsNil { fail, src } => self.test(st, *fail, *src, Ty::Nil),
            Insn::IsList { fail, src } => self.test(st, *fail, *src, Ty::List),
            Insn::IsCons { fail, src } => self.test(st, *fail, *src, Ty::Cons),
            Insn::IsTuple { fail, src } => self.test(st, *fail, *src, tuple),
            Insn::IsBinary { fail, src } | Insn::IsBitstring { fail, src } => {
                self.test(st, *fail, *src, Ty::Bits)
            }
            Insn::IsMap { fail, src } => self.test(st, *fail, *src, Ty::Map),
            Insn::IsFunction { fail, src } => self.test(st, *fail, *src, Ty::Fun),
            Insn::IsFunction2 { fail, src, arity } => {
                self.term(st, *arity)?;
                self.test(st, *fail, *src, Ty::Fun)
            }
            Insn::TestArity { fail, src, n } => {
                self.tuple(st, *src, 0)?;
                self.test(
                    st,
                    *fail,
                    *src,
                    Ty::Tuple {
                        min: *n,
                        exact: true,
                    },
                )
            }
            Insn::IsTaggedTuple { fail, src, n, .. } => self.test(
                st,
                *fail,
                *src,
                Ty::Tuple {
                    min: *n,
                    exact: true,
                },
            ),
            Insn::EqExact { fail, a, b } => {
                let (ta, tb) = (self.term(st, *a)?, self.term(st, *b)?);
                self.edge(*fail, st)?;
                // Equal to a small integer, an atom or [] means being one.
                match (a, b) {
                    (Src::Reg(_), Src::Small(_) | Src::Atom(_) | Src::Nil) => {
                        self.refine(st, *a, tb)
                    }
                    (Src::Small(_) | Src::Atom(_) | Src::Nil, Src::Reg(_)) => {
                        self.refine(st, *b, ta)
                    }
                    _ => Ok(()),
                }
            }
            Insn::NeExact { fail, a, b }
            | Insn::Eq { fail, a, b }
            | Insn::Ne { fail, a, b }
            | Insn::Lt { fail, a, b }
            | Insn::Ge { fail, a, b } => {
                self.term(st, *a)?;
                self.term(st, *b)?;
                self.edge(*fail, st)
            }
            Insn::SelectVal { src, default, arms } => {
                self.term(st, *src)?;
                self.edge(*default, st)?;
                arms.iter().try_for_each(|a| self.edge(a.label, st))
            }
            Insn::SelectArity { src, default, arms } => {
                self.tuple(st, *src, 0)?;
                self.edge(*default, st)?;
                for arm in arms {
                    let mut there = Rc::clone(st);
                    self.refine(
                        &mut there,
                        *src,
                        Ty::Tuple {
                            min: arm.arity,
                            exact: true,
                        },
                    )?;
                    self.edge(arm.label, &there)?;
                }
                Ok(())
            }
            _ => unreachable!("step sends only tests here"),
        }
    }

    fn test(&mut self, st: &mut St, fail: Label, src: Src, ty: Ty) -> Checked {
        self.term(st, src)?;
        self.edge(fail, st)?;
        if ty == Ty::Any {
            Ok(())
        } else {
            self.refine(st, src, ty)
        }
    }
}
