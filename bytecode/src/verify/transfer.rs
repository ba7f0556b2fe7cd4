//! What each instruction demands of the state before it, and what it makes of it. One arm per instruction, grouped as the
//! instruction table is.

use std::rc::Rc;

use super::flow::Flow;
use super::state::{Active, CatchKind, State, Ty};
use super::{Fault, Rule, fault};
use crate::operand::*;
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
            | Insn::SelectArity { .. } => self.tests(insn, st),
        }
    }

    fn control(&mut self, insn: &Insn, st: &mut St) -> Checked {
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

    fn exceptions(&mut self, insn: &Insn, st: &mut St) -> Checked {
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

    fn tests(&mut self, insn: &Insn, st: &mut St) -> Checked {
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

    fn data(&mut self, insn: &Insn, st: &mut St) -> Checked {
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

    fn receive(&mut self, insn: &Insn, st: &mut St) -> Checked {
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

    fn binaries(&mut self, pc: usize, insn: &Insn, st: &mut St) -> Checked {
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

    // ---- reading

    /// The type of a register, which need not be initialised.
    fn look(&self, st: &St, r: Reg) -> Checked<Ty> {
        match r {
            Reg::X(n) => Ok(st.x(n)),
            Reg::Y(n) => match st.y.as_ref().and_then(|y| y.get(usize::from(n))) {
                Some(t) => Ok(*t),
                None => fault(Rule::Frame, format!("y{n} is outside the frame")),
            },
        }
    }

    /// The type of something that may be copied to another register.
    fn movable(&self, st: &St, src: Src) -> Checked<Ty> {
        let r = match src {
            Src::Reg(r) => r,
            Src::Small(_) => return Ok(Ty::Small),
            Src::Atom(_) => return Ok(Ty::Atom),
            Src::Nil => return Ok(Ty::Nil),
            Src::Const(c) => return Ok(Ty::of_const(&self.m.consts[c.index()])),
        };
        match self.look(st, r)? {
            Ty::Uninit => fault(Rule::Initialised, format!("{r:?} is not initialised")),
            Ty::Mixed => fault(
                Rule::Ordinary,
                format!("{r:?} holds different things on different ways"),
            ),
            Ty::Catch => fault(Rule::CatchSlot, format!("{r:?} belongs to an active catch")),
            Ty::Mark => fault(Rule::Ordinary, format!("{r:?} holds a receive mark")),
            ty => Ok(ty),
        }
    }

    /// The type of an ordinary term.
    fn term(&self, st: &St, src: Src) -> Checked<Ty> {
        match self.movable(st, src)? {
            ty if ty.is_term() => Ok(ty),
            ty => fault(Rule::Ordinary, format!("{src:?} is {ty:?}")),
        }
    }

    fn terms(&self, st: &St, all: &[Src]) -> Checked {
        all.iter().try_for_each(|s| self.term(st, *s).map(drop))
    }

    /// `x0..n-1` are ordinary terms.
    fn args(&self, st: &St, n: u32) -> Checked {
        (0..n).try_for_each(|i| self.term(st, Src::Reg(Reg::X(i as u16))).map(drop))
    }

    fn cons(&self, st: &St, src: Src) -> Checked {
        match self.term(st, src)? {
            Ty::Cons => Ok(()),
            ty => fault(Rule::NotCons, format!("{src:?} is {ty:?}")),
        }
    }

    fn tuple(&self, st: &St, src: Src, wanted: u32) -> Checked {
        match self.term(st, src)? {
            Ty::Tuple { min, .. } if min >= wanted => Ok(()),
            ty => fault(Rule::NotTuple, format!("{src:?} is {ty:?}")),
        }
    }

    fn map(&self, st: &St, src: Src) -> Checked {
        match self.term(st, src)? {
            Ty::Map => Ok(()),
            ty => fault(Rule::NotMap, format!("{src:?} is {ty:?}")),
        }
    }

    fn context(&self, st: &St, r: Reg) -> Checked<u32> {
        match self.movable(st, Src::Reg(r))? {
            Ty::Ctx(id) => Ok(id),
            ty => fault(Rule::Context, format!("{r:?} is {ty:?}")),
        }
    }

    // ---- writing

    fn write(&mut self, st: &mut St, r: Reg, ty: Ty) -> Checked {
        let old = self.look(st, r)?;
        if old == Ty::Catch {
            return fault(Rule::CatchSlot, format!("{r:?} belongs to an active catch"));
        }
        if old == ty {
            return Ok(());
        }
        let st = self.own(st)?;
        match r {
            Reg::X(n) => {
                let n = usize::from(n);
                if st.x.len() <= n {
                    st.x.resize(n + 1, Ty::Uninit);
                }
                st.x[n] = ty;
            }
            Reg::Y(n) => {
                if let Some(y) = &mut st.y {
                    y[usize::from(n)] = ty;
                }
            }
        }
        Ok(())
    }

    /// Narrows what is known of a register after a test; what was known more exactly stays.
    fn refine(&mut self, st: &mut St, src: Src, ty: Ty) -> Checked {
        let Src::Reg(r) = src else { return Ok(()) };
        let old = self.look(st, r)?;
        if old.join(ty) == ty {
            return Ok(());
        }
        self.write(st, r, ty)
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

    /// An instruction that computes a value from terms, may allocate, and fails or raises.
    fn compute(&mut self, st: &mut St, fail: Label, args: &[Src], dst: Reg, ty: Ty) -> Checked {
        self.terms(st, args)?;
        self.end_reserve(st)?;
        if !fail.raises() {
            self.edge(fail, st)?;
        }
        self.write(st, dst, ty)
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

    // ---- frames, calls, reserve

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

    fn only_x0(&mut self, st: &mut St, ty: Ty) -> Checked {
        let st = self.own(st)?;
        st.x.clear();
        st.x.push(ty);
        st.reserve = 0;
        Ok(())
    }

    fn forget_x(&mut self, st: &mut St) -> Checked {
        let st = self.own(st)?;
        st.x.clear();
        st.reserve = 0;
        Ok(())
    }

    /// A point where the collector may run.
    fn collect(&mut self, st: &mut St, words: u32, live: u32) -> Checked {
        for i in 0..live {
            if st.x(i as u16) == Ty::Uninit {
                return fault(Rule::Live, format!("x{i} is not initialised"));
            }
        }
        let st = self.own(st)?;
        st.x.truncate(live as usize);
        st.reserve = words;
        Ok(())
    }

    fn end_reserve(&mut self, st: &mut St) -> Checked {
        if st.reserve != 0 {
            self.own(st)?.reserve = 0;
        }
        Ok(())
    }

    fn take(&mut self, st: &mut St, words: u32) -> Checked {
        if words > st.reserve {
            return fault(
                Rule::Reserve,
                format!("{words} words wanted, {} reserved", st.reserve),
            );
        }
        if words > 0 {
            self.own(st)?.reserve -= words;
        }
        Ok(())
    }

    // ---- catches

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
