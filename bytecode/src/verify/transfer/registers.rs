//! The steps that the rules are made of: reading registers, writing them, and the heap words that are reserved.

use super::super::flow::Flow;
use super::super::state::Ty;
use super::super::{Rule, fault};
use super::{Checked, St};
use crate::operand::{Label, Reg, Src};

impl Flow<'_> {
    // ---- reading

    /// The type of a register, which need not be initialised.
    pub(super) fn look(&self, st: &St, r: Reg) -> Checked<Ty> {
        match r {
            Reg::X(n) => Ok(st.x(n)),
            Reg::Y(n) => match st.y.as_ref().and_then(|y| y.get(usize::from(n))) {
                Some(t) => Ok(*t),
                None => fault(Rule::Frame, format!("y{n} is outside the frame")),
            },
        }
    }

    /// The type of something that may be copied to another register.
    pub(super) fn movable(&self, st: &St, src: Src) -> Checked<Ty> {
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
    pub(super) fn term(&self, st: &St, src: Src) -> Checked<Ty> {
        match self.movable(st, src)? {
            ty if ty.is_term() => Ok(ty),
            ty => fault(Rule::Ordinary, format!("{src:?} is {ty:?}")),
        }
    }

    pub(super) fn terms(&self, st: &St, all: &[Src]) -> Checked {
        all.iter().try_for_each(|s| self.term(st, *s).map(drop))
    }

    /// `x0..n-1` are ordinary terms.
    pub(super) fn args(&self, st: &St, n: u32) -> Checked {
        (0..n).try_for_each(|i| self.term(st, Src::Reg(Reg::X(i as u16))).map(drop))
    }

    /// A list that was tested to have a head.
    pub(super) fn cons(&self, st: &St, src: Src) -> Checked {
        match self.term(st, src)? {
            Ty::Cons => Ok(()),
            ty => fault(Rule::NotCons, format!("{src:?} is {ty:?}")),
        }
    }

    /// A tuple of at least so many elements.
    pub(super) fn tuple(&self, st: &St, src: Src, wanted: u32) -> Checked {
        match self.term(st, src)? {
            Ty::Tuple { min, .. } if min >= wanted => Ok(()),
            ty => fault(Rule::NotTuple, format!("{src:?} is {ty:?}")),
        }
    }

    pub(super) fn map(&self, st: &St, src: Src) -> Checked {
        match self.term(st, src)? {
            Ty::Map => Ok(()),
            ty => fault(Rule::NotMap, format!("{src:?} is {ty:?}")),
        }
    }

    // ---- writing

    /// Puts something into a register that no active catch owns.
    pub(super) fn write(&mut self, st: &mut St, r: Reg, ty: Ty) -> Checked {
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
    pub(super) fn refine(&mut self, st: &mut St, src: Src, ty: Ty) -> Checked {
        let Src::Reg(r) = src else { return Ok(()) };
        let old = self.look(st, r)?;
        if old.join(ty) == ty {
            return Ok(());
        }
        self.write(st, r, ty)
    }

    /// An instruction that computes a value from terms, may allocate, and fails or raises.
    pub(super) fn compute(
        &mut self,
        st: &mut St,
        fail: Label,
        args: &[Src],
        dst: Reg,
        ty: Ty,
    ) -> Checked {
        self.terms(st, args)?;
        self.end_reserve(st)?;
        if !fail.raises() {
            self.edge(fail, st)?;
        }
        self.write(st, dst, ty)
    }

    // ---- calls and reserves

    /// After a call nothing but its result is known.
    pub(super) fn only_x0(&mut self, st: &mut St, ty: Ty) -> Checked {
        let st = self.own(st)?;
        st.x.clear();
        st.x.push(ty);
        st.reserve = 0;
        Ok(())
    }

    /// Where the process may wait, no `x` register survives.
    pub(super) fn forget_x(&mut self, st: &mut St) -> Checked {
        let st = self.own(st)?;
        st.x.clear();
        st.reserve = 0;
        Ok(())
    }

    /// A point where the collector may run.
    pub(super) fn collect(&mut self, st: &mut St, words: u32, live: u32) -> Checked {
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

    /// What was reserved and not used is gone.
    pub(super) fn end_reserve(&mut self, st: &mut St) -> Checked {
        if st.reserve != 0 {
            self.own(st)?.reserve = 0;
        }
        Ok(())
    }

    /// Uses reserved words.
    pub(super) fn take(&mut self, st: &mut St, words: u32) -> Checked {
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
}
