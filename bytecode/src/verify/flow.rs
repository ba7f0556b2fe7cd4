//! The verifier's third step: abstract interpretation of one function. This file walks the control-flow graph; what each
//! instruction demands and does is in `transfer`.
//!
//! Blocks start at labels. They are taken in the order of the code, so a function without backward jumps (nearly all) is walked
//! once; a label whose state widens is walked again. States are shared until they are written.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::shape::Shape;
use super::state::{CatchKind, State};
use super::{Fault, Located, Rule, fault};
use crate::module::{Function, Module};
use crate::operand::Label;
use crate::ops::Insn;

/// What a function may cost however short it is, in register states copied or joined.
const BASE_COST: usize = 32_000_000;
/// What it may cost per instruction on top.
const COST_PER_INSN: usize = 256;

/// Shown each reachable instruction with what is known before it.
pub(super) type See<'a> = &'a mut dyn FnMut(usize, &State);

/// The walk over one function.
pub(super) struct Flow<'m> {
    pub m: &'m Module,
    pub f: &'m Function,
    shape: &'m Shape,
    /// What is known at each label, once it was reached.
    states: Vec<Option<Rc<State>>>,
    /// Labels to walk from, by place in the code.
    work: BinaryHeap<Reverse<usize>>,
    queued: Vec<bool>,
    cost: usize,
}

/// Runs the analysis; with `see`, shows the final state before each reachable instruction.
pub(super) fn run(
    m: &Module,
    f: &Function,
    shape: &Shape,
    see: Option<See<'_>>,
) -> Result<(), Located> {
    let labels = shape.at.len();
    let mut flow = Flow {
        m,
        f,
        shape,
        states: vec![None; labels],
        work: BinaryHeap::new(),
        queued: vec![false; labels],
        cost: 0,
    };
    flow.merge(Label(1), &Rc::new(State::entry(f.arity)))
        .map_err(|e| (None, e))?;
    while let Some(Reverse(pc)) = flow.work.pop() {
        flow.block(pc, &mut |_, _| ())?;
    }
    if let Some(see) = see {
        for pc in 0..f.code.len() {
            if let Insn::Label { label } = f.code[pc]
                && flow.states[label.index()].is_some()
            {
                flow.block(pc, see)?;
            }
        }
    }
    Ok(())
}

impl Flow<'_> {
    /// Walks from a label to the next label or to an instruction that never falls through.
    fn block(&mut self, start: usize, see: See<'_>) -> Result<(), Located> {
        let f = self.f;
        let Insn::Label { label } = f.code[start] else {
            return Ok(());
        };
        self.queued[label.index()] = false;
        let Some(mut state) = self.states[label.index()].clone() else {
            return Ok(());
        };
        see(start, &state);
        // The handler of the innermost catch must know the slots as they are at every point where an exception may come from.
        let mut told = None;
        for (pc, insn) in f.code.iter().enumerate().skip(start + 1) {
            let at = |e| (Some(pc), e);
            if let Insn::Label { label } = insn {
                return self.edge(*label, &state).map_err(at);
            }
            see(pc, &state);
            self.tell_handler(&state, &mut told).map_err(at)?;
            self.step(pc, insn, &mut state).map_err(at)?;
            if !insn.falls_through() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// An ordinary way to a label.
    pub fn edge(&mut self, label: Label, state: &Rc<State>) -> Result<(), Fault> {
        match self.shape.handlers[label.index()] {
            None => self.merge(label, state),
            Some((_, CatchKind::Try)) => {
                fault(Rule::HandlerReached, "a jump into the handler of a try")
            }
            Some((slot, CatchKind::Catch)) => {
                if state
                    .catches
                    .last()
                    .is_none_or(|c| c.slot != slot || c.handler != label)
                {
                    return fault(Rule::CatchNesting, "this catch is not the innermost one");
                }
                if !state.x(0).is_term() {
                    return fault(Rule::Ordinary, "x0 holds no value for catch_end");
                }
                self.merge(label, state)
            }
        }
    }

    /// The way of an exception to the innermost handler, unless it was told of this state's slots before.
    fn tell_handler(
        &mut self,
        state: &Rc<State>,
        told: &mut Option<Rc<State>>,
    ) -> Result<(), Fault> {
        let Some(catch) = state.catches.last() else {
            return Ok(());
        };
        if let Some(before) = told
            && (Rc::ptr_eq(before, state)
                || (before.catches == state.catches && before.y == state.y))
        {
            return Ok(());
        }
        *told = Some(Rc::clone(state));
        let raised = State {
            x: Vec::new(),
            y: state.y.clone(),
            reserve: 0,
            catches: state.catches.clone(),
        };
        self.merge(catch.handler, &Rc::new(raised))
    }

    fn merge(&mut self, label: Label, state: &Rc<State>) -> Result<(), Fault> {
        let known = &mut self.states[label.index()];
        let changed = match known {
            None => {
                *known = Some(Rc::clone(state));
                true
            }
            Some(old) if Rc::ptr_eq(old, state) => false,
            Some(old) => {
                self.cost += 2 * state.cells();
                match Rc::make_mut(old).widen(state) {
                    Some(changed) => changed,
                    None => return disagree(old, state),
                }
            }
        };
        if changed && !self.queued[label.index()] {
            self.queued[label.index()] = true;
            self.work.push(Reverse(self.shape.at[label.index()]));
        }
        self.spend(1)
    }

    /// Counts work, so that no input makes the analysis slow or large.
    pub fn spend(&mut self, cost: usize) -> Result<(), Fault> {
        self.cost += cost;
        if self.cost > BASE_COST + COST_PER_INSN * self.f.code.len() {
            return fault(Rule::TooComplex, "too many registers and joins");
        }
        Ok(())
    }

    /// The state for writing.
    pub fn own<'s>(&mut self, state: &'s mut Rc<State>) -> Result<&'s mut State, Fault> {
        if Rc::get_mut(state).is_none() {
            self.spend(state.cells())?;
        }
        Ok(Rc::make_mut(state))
    }
}

fn disagree(a: &State, b: &State) -> Result<(), Fault> {
    if a.catches != b.catches {
        return fault(
            Rule::CatchNesting,
            "ways that join have different active catches",
        );
    }
    fault(Rule::FrameSize, "ways that join have different frames")
}
