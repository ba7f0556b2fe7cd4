//! What is known about variables along the way, and the tests it makes superfluous.
//!
//! One walk over the blocks, predecessors first. Every block has a short list of facts that hold at its start (those that all its
//! predecessors bring); tests that are decided become jumps, accesses that were made before are not repeated, elements of
//! tuples that were just made are taken from where they come. Then [`tuples`] fuses and sinks what is left.

pub mod facts;
pub mod infer;
pub mod tuples;

use crate::core::pool::Pool;
use crate::core::simplify::{simplify, substitute};
use crate::core::{BlockId, End, Func, OpKind, Test, Val, Var, graph};
use facts::Fact;

/// Facts kept at a time. Functions with more live facts than this are rare, and the cost of a block stays bounded.
const KEPT: usize = 24;

/// Optimises a function by types.
pub fn optimize(f: &mut Func, pool: &Pool) {
    for _ in 0..3 {
        if !walk(f, pool) {
            break;
        }
        simplify(f);
    }
    tuples::sink(f);
    tuples::fuse(f);
    simplify(f);
}

/// An access that can be repeated by looking at its first result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Access {
    Head(Var),
    Tail(Var),
    Elem(Var, u32),
}

/// What holds at a point.
#[derive(Clone, Debug, Default)]
struct State {
    facts: Vec<(Var, Fact)>,
    values: Vec<(Var, Val)>,
    accesses: Vec<(Access, Var)>,
}

impl State {
    fn learn(&mut self, v: Var, fact: Fact) {
        self.facts.retain(|f| f.0 != v);
        self.facts.push((v, fact));
        if self.facts.len() > KEPT {
            self.facts.remove(0);
        }
    }

    fn learn_value(&mut self, v: Var, value: Val) {
        self.values.retain(|f| f.0 != v);
        self.values.push((v, value));
        if self.values.len() > KEPT {
            self.values.remove(0);
        }
    }

    fn learn_access(&mut self, a: Access, v: Var) {
        self.accesses.push((a, v));
        if self.accesses.len() > KEPT {
            self.accesses.remove(0);
        }
    }

    fn fact(&self, v: Var) -> Option<Fact> {
        self.facts.iter().find(|f| f.0 == v).map(|f| f.1)
    }

    /// What both know.
    fn meet(&mut self, other: &State) {
        self.facts.retain_mut(|(v, fact)| match other.fact(*v) {
            Some(o) => {
                *fact = fact.join(o);
                true
            }
            None => false,
        });
        self.values.retain(|v| other.values.contains(v));
        self.accesses.retain(|a| other.accesses.contains(a));
    }
}

struct Walk<'f> {
    f: &'f mut Func,
    pool: &'f Pool,
    /// Types of variables by their definitions.
    base: Vec<Fact>,
    /// The operations that made tuples and cells.
    made: Vec<Option<OpKind>>,
    /// Block parameters for which a jump has been seen.
    met: Vec<bool>,
    /// Edges into each block, as ends are now.
    expected: Vec<usize>,
    replace: Vec<Option<Val>>,
    changed: bool,
}

fn walk(f: &mut Func, pool: &Pool) -> bool {
    let order = graph::order(f);
    let n = f.blocks.len();
    let vars = f.vars as usize;
    let mut expected = vec![0usize; n];
    for b in &order {
        f.blocks[b.ix()]
            .end
            .for_each_target(&mut |t| expected[t.ix()] += 1);
    }
    let mut w = Walk {
        f,
        pool,
        base: vec![Fact::ANY; vars],
        made: vec![None; vars],
        met: vec![false; vars],
        expected,
        replace: vec![None; vars],
        changed: false,
    };
    // The state that each predecessor brings, joined as they are walked; `None` until the first has been.
    let mut incoming: Vec<Option<State>> = vec![None; n];
    let mut arrived = vec![0usize; n];
    for b in order {
        let complete = arrived[b.ix()] == w.expected[b.ix()];
        let state = match incoming[b.ix()].take() {
            Some(state) if complete => state,
            // A loop comes back here: nothing is known.
            _ => State::default(),
        };
        if !complete {
            let params = w.f.blocks[b.ix()].params.clone();
            for p in params {
                (w.base[p.ix()], w.met[p.ix()]) = (Fact::ANY, true);
            }
        }
        let edges = w.block(b, state);
        for (to, state) in edges {
            arrived[to.ix()] += 1;
            match &mut incoming[to.ix()] {
                Some(known) => known.meet(&state),
                slot @ None => *slot = Some(state),
            }
        }
    }
    let (replace, changed) = (std::mem::take(&mut w.replace), w.changed);
    if changed {
        substitute(f, &replace);
    }
    changed
}

impl Walk<'_> {
    fn resolve(&self, v: Val) -> Val {
        let mut v = v;
        while let Val::Var(x) = v {
            match self.replace[x.ix()] {
                Some(next) if next != v => v = next,
                _ => break,
            }
        }
        v
    }

    fn fact(&self, state: &State, v: Val) -> Fact {
        match v {
            Val::Var(x) => state.fact(x).unwrap_or(self.base[x.ix()]),
            _ => facts::fact_of_constant(self.pool, v).unwrap_or(Fact::ANY),
        }
    }

    /// Walks a block; answers with the states on its ways out. A decided end has been replaced before.
    fn block(&mut self, b: BlockId, mut state: State) -> Vec<(BlockId, State)> {
        let mut ops = std::mem::take(&mut self.f.blocks[b.ix()].ops);
        for op in &mut ops {
            op.kind.map_uses(&mut |v| self.resolve(v));
            let Some(d) = op.dst else { continue };
            if let Some(v) = self.shortcut(&state, &op.kind) {
                self.replace[d.ix()] = Some(v);
                op.kind = OpKind::Move(v);
                self.changed = true;
                continue;
            }
            self.define(&mut state, d, &op.kind);
        }
        self.f.blocks[b.ix()].ops = ops;
        let mut end = std::mem::replace(&mut self.f.blocks[b.ix()].end, End::Open);
        end.map_uses(&mut |v| self.resolve(v));
        if let Some(new) = self.decide(&state, &end) {
            self.changed = true;
            end.for_each_target(&mut |t| self.expected[t.ix()] -= 1);
            new.for_each_target(&mut |t| self.expected[t.ix()] += 1);
            end = new;
        }
        let edges = self.edges(&end, state);
        self.f.blocks[b.ix()].end = end;
        edges
    }

    fn define(&mut self, state: &mut State, d: Var, kind: &OpKind) {
        let fact = infer::result(kind, self.pool, &|v| self.fact(state, v));
        self.base[d.ix()] = fact;
        match kind {
            OpKind::PutTuple(_) | OpKind::PutList(..) => self.made[d.ix()] = Some(kind.clone()),
            OpKind::GetHd(Val::Var(v)) => state.learn_access(Access::Head(*v), d),
            OpKind::GetTl(Val::Var(v)) => state.learn_access(Access::Tail(*v), d),
            OpKind::GetElem(Val::Var(v), i) => state.learn_access(Access::Elem(*v, *i), d),
            _ => {}
        }
    }

    /// The value of an access that needs no access.
    fn shortcut(&self, state: &State, kind: &OpKind) -> Option<Val> {
        let (v, access) = match kind {
            OpKind::GetHd(Val::Var(v)) => (*v, Access::Head(*v)),
            OpKind::GetTl(Val::Var(v)) => (*v, Access::Tail(*v)),
            OpKind::GetElem(Val::Var(v), i) => (*v, Access::Elem(*v, *i)),
            OpKind::Move(v @ (Val::Var(_) | Val::Small(_) | Val::Atom(_) | Val::Nil)) => {
                return Some(*v);
            }
            _ => return None,
        };
        if let Some((_, known)) = state.accesses.iter().find(|a| a.0 == access) {
            return Some(Val::Var(*known));
        }
        match (&self.made[v.ix()], access) {
            (Some(OpKind::PutList(h, _)), Access::Head(_)) => Some(*h),
            (Some(OpKind::PutList(_, t)), Access::Tail(_)) => Some(*t),
            (Some(OpKind::PutTuple(vs)), Access::Elem(_, i)) => vs.get(i as usize).copied(),
            _ => None,
        }
    }

    /// The end with what is known taken into account, if that changes it.
    fn decide(&self, state: &State, end: &End) -> Option<End> {
        match end {
            End::Test(t, yes, no) => {
                let answer = self.answer(state, t)?;
                Some(End::Jump(if answer { *yes } else { *no }, Vec::new()))
            }
            End::SelectVal(v @ Val::Var(x), arms, default) => {
                if let Some((_, value)) = state.values.iter().find(|f| f.0 == *x) {
                    let to = arms
                        .iter()
                        .find(|a| a.0 == *value)
                        .map_or(*default, |a| a.1);
                    return Some(End::Jump(to, Vec::new()));
                }
                let fact = self.fact(state, *v);
                let possible = |a: &Val| fact.set & self.fact(state, *a).set != 0;
                let kept: Vec<(Val, BlockId)> =
                    arms.iter().filter(|a| possible(&a.0)).copied().collect();
                if kept.is_empty() {
                    return Some(End::Jump(*default, Vec::new()));
                }
                let both = |set| kept.iter().any(|a| self.fact(state, a.0).set == set);
                if fact.set == facts::BOOL
                    && kept.len() == 2
                    && both(facts::TRUE)
                    && both(facts::FALSE)
                {
                    return Some(End::Test(
                        Test::EqExact(*v, kept[0].0),
                        kept[0].1,
                        kept[1].1,
                    ));
                }
                if kept.len() == arms.len() {
                    return None;
                }
                Some(End::SelectVal(*v, kept, *default))
            }
            End::SelectArity(v, arms, default) => {
                let fact = self.fact(state, *v);
                let n = fact.arity?;
                (fact.proved == facts::TUPLE)
                    .then(|| arms.iter().find(|a| a.0 == n).map_or(*default, |a| a.1))
                    .map(|to| End::Jump(to, Vec::new()))
            }
            _ => None,
        }
    }

    fn answer(&self, state: &State, t: &Test) -> Option<bool> {
        match t {
            Test::Is(kind, v) => {
                let fact = self.fact(state, *v);
                let wanted = facts::set_of_kind(*kind);
                if fact.set & wanted == 0 {
                    return Some(false);
                }
                let known = if facts::guards_access(*kind) {
                    fact.proved
                } else {
                    fact.set
                };
                (known & !wanted == 0).then_some(true)
            }
            Test::Arity(v, n) => {
                let fact = self.fact(state, *v);
                match fact.arity {
                    Some(m) if m != *n => Some(false),
                    Some(_) if fact.proved == facts::TUPLE => Some(true),
                    _ => None,
                }
            }
            Test::EqExact(a, b) => {
                let (fa, fb) = (self.fact(state, *a), self.fact(state, *b));
                if fa.set & fb.set == 0 {
                    return Some(false);
                }
                if let (Val::Var(x), true) = (a, b.var().is_none())
                    && let Some((_, value)) = state.values.iter().find(|f| f.0 == *x)
                {
                    return distinct(*value, *b);
                }
                None
            }
            Test::NeExact(a, b) => {
                let (fa, fb) = (self.fact(state, *a), self.fact(state, *b));
                (fa.set & fb.set == 0).then_some(true)
            }
            Test::Function2(..)
            | Test::Tagged(..)
            | Test::Eq(..)
            | Test::Ne(..)
            | Test::Lt(..)
            | Test::Ge(..) => None,
        }
    }

    /// States on the ways out of a block.
    fn edges(&mut self, end: &End, mut state: State) -> Vec<(BlockId, State)> {
        match end {
            End::Jump(to, args) => {
                for (i, a) in args.iter().enumerate() {
                    let fact = self.fact(&state, *a);
                    let Some(p) = self.f.blocks[to.ix()].params.get(i).copied() else {
                        continue;
                    };
                    let before = std::mem::replace(&mut self.met[p.ix()], true);
                    self.base[p.ix()] = if before {
                        self.base[p.ix()].join(fact)
                    } else {
                        fact
                    };
                }
                vec![(*to, state)]
            }
            End::Test(t, yes, no) => {
                let mut other = state.clone();
                self.learn(&mut state, t, true);
                self.learn(&mut other, t, false);
                vec![(*yes, state), (*no, other)]
            }
            End::Or(op, yes, no) => {
                let other = state.clone();
                if let Some(d) = op.dst {
                    self.define(&mut state, d, &op.kind);
                }
                if let OpKind::BsStart(v @ Val::Var(x)) = &op.kind {
                    let fact = self.fact(&state, *v);
                    let set = fact.set & facts::BITSTRING;
                    state.learn(*x, Fact { set, ..fact });
                    let mut other = other;
                    let set = fact.set & !facts::BITSTRING;
                    other.learn(*x, Fact { set, ..fact });
                    return vec![(*yes, state), (*no, other)];
                }
                vec![(*yes, state), (*no, other)]
            }
            End::SelectVal(v, arms, default) => {
                let mut out = Vec::with_capacity(arms.len() + 1);
                for (value, b) in arms {
                    let mut s = state.clone();
                    if let Val::Var(x) = v {
                        let fact = self.fact(&s, *value);
                        s.learn(*x, fact);
                        s.learn_value(*x, *value);
                    }
                    out.push((*b, s));
                }
                out.push((*default, state));
                out
            }
            End::SelectArity(v, arms, default) => {
                let mut out = Vec::with_capacity(arms.len() + 1);
                for (n, b) in arms {
                    let mut s = state.clone();
                    self.learn(&mut s, &Test::Arity(*v, *n), true);
                    out.push((*b, s));
                }
                out.push((*default, state));
                out
            }
            other => {
                let mut out = Vec::new();
                other.for_each_target(&mut |t| out.push((t, state.clone())));
                out
            }
        }
    }

    /// What the answer of a test says.
    fn learn(&self, state: &mut State, t: &Test, yes: bool) {
        match t {
            Test::Is(kind, Val::Var(x)) => {
                let fact = self.fact(state, Val::Var(*x));
                let wanted = facts::set_of_kind(*kind);
                let new = if yes {
                    Fact {
                        set: fact.set & wanted,
                        proved: fact.proved & wanted,
                        arity: fact.arity,
                    }
                } else {
                    Fact {
                        set: fact.set & !wanted,
                        ..fact
                    }
                };
                state.learn(*x, new);
            }
            Test::Arity(Val::Var(x), n) if yes => {
                let fact = self.fact(state, Val::Var(*x));
                state.learn(
                    *x,
                    Fact {
                        arity: Some(*n),
                        ..fact
                    },
                );
            }
            Test::EqExact(Val::Var(x), b) if yes && b.var().is_none() => {
                let fact = self.fact(state, *b);
                let before = self.fact(state, Val::Var(*x));
                // An equal constant says what kind it is, but for compound ones the verifier does not follow, nor to their size.
                let learned = match b {
                    Val::Const(_) => Fact {
                        set: fact.set,
                        ..before
                    },
                    _ => fact,
                };
                state.learn(*x, learned);
                state.learn_value(*x, *b);
            }
            Test::EqExact(Val::Var(x), b) if !yes => {
                // Unequal to a value of which there is only one.
                let other = self.fact(state, *b);
                if b.var().is_none() && matches!(other.set, facts::NIL | facts::TRUE | facts::FALSE)
                {
                    let fact = self.fact(state, Val::Var(*x));
                    let set = fact.set & !other.set;
                    state.learn(*x, Fact { set, ..fact });
                }
            }
            _ => {}
        }
    }
}

/// Are two constants the same? Compound ones may be stored twice, so "no" is certain for simple ones only.
fn distinct(a: Val, b: Val) -> Option<bool> {
    match (a, b) {
        (a, b) if a == b => Some(true),
        (Val::Const(_), _) | (_, Val::Const(_)) => None,
        _ => Some(false),
    }
}
