//! Variables: which are bound, unsafe or unused at each point of a function. Branches run on the same table with a
//! trail; what a branch changed is taken out again as a [`Delta`] and the branches are joined by the caller.

use std::collections::{HashMap, HashSet};

use smallvec::SmallVec;

use crate::ast::Name;
use crate::span::Span;

/// What is known of a variable.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum State {
    Bound,
    /// Bound on some ways through this construct only.
    Unsafe(&'static str, Span),
}

/// A variable in scope: its state and the bindings it may stand for.
#[derive(Clone, Debug)]
pub(super) struct Var {
    pub state: State,
    pub ids: SmallVec<[u32; 2]>,
}

/// One place where a variable is bound.
#[derive(Debug)]
pub(super) struct Binding {
    pub name: Name,
    pub span: Span,
    pub used: bool,
}

/// What a branch bound.
pub(super) type Delta = Vec<(Name, Var)>;

/// The variables of the function being looked at.
#[derive(Debug, Default)]
pub(super) struct Vars {
    env: HashMap<Name, Var>,
    trail: Vec<(Name, Option<Var>)>,
    pub bindings: Vec<Binding>,
}

impl Vars {
    /// What is known of a variable.
    pub fn get(&self, name: &str) -> Option<&Var> {
        self.env.get(name)
    }

    /// All variables that are known.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.env.keys().map(|k| &**k)
    }

    /// From here on this is known of a variable.
    pub fn set(&mut self, name: &Name, var: Var) {
        let old = self.env.insert(name.clone(), var);
        self.trail.push((name.clone(), old));
    }

    /// A new binding, not yet in scope.
    pub fn binding(&mut self, name: &Name, span: Span) -> u32 {
        let id = u32::try_from(self.bindings.len()).unwrap_or(u32::MAX);
        self.bindings.push(Binding {
            name: name.clone(),
            span,
            used: false,
        });
        id
    }

    /// These bindings are used.
    pub fn mark(&mut self, ids: &[u32]) {
        for id in ids {
            if let Some(b) = self.bindings.get_mut(*id as usize) {
                b.used = true;
            }
        }
    }

    /// Where the trail stands, for [`Vars::take`].
    pub fn point(&self) -> usize {
        self.trail.len()
    }

    /// Undoes everything since `point` and says what it was.
    pub fn take(&mut self, point: usize) -> Delta {
        let mut delta: Delta = Vec::new();
        let mut seen: HashSet<Name> = HashSet::new();
        while self.trail.len() > point {
            let Some((name, old)) = self.trail.pop() else {
                break;
            };
            let now = match old {
                Some(v) => self.env.insert(name.clone(), v),
                None => self.env.remove(&name),
            };
            if let Some(now) = now {
                // The trail is walked backwards, so the first one met for a name is its last state.
                if seen.insert(name.clone()) {
                    delta.push((name, now));
                }
            }
        }
        delta
    }

    /// Puts back what a branch bound; a name bound by several of them stands for all those bindings.
    pub fn apply(&mut self, delta: Delta) {
        for (name, mut var) in delta {
            if let Some(old) = self.env.get(&name).cloned() {
                if old.ids.is_empty() || var.ids.is_empty() {
                    // One side has been complained of as unbound: that was a use.
                    self.mark(&old.ids);
                    self.mark(&var.ids);
                }
                for id in &old.ids {
                    if !var.ids.contains(id) {
                        var.ids.push(*id);
                    }
                }
            }
            self.set(&name, var);
        }
    }

    /// Puts back what a branch bound as unsafe.
    pub fn apply_unsafe(&mut self, delta: Delta, what: &'static str, span: Span) {
        for (name, var) in delta {
            // What was in scope before keeps its state: a branch cannot make it safe.
            let state = match self.env.get(&name) {
                Some(old) => old.state.clone(),
                None => State::Unsafe(what, span),
            };
            self.apply(vec![(
                name,
                Var {
                    state,
                    ids: var.ids,
                },
            )]);
        }
    }

    /// Joins the branches of a construct: bound in all of them is bound, in some of them unsafe.
    pub fn join(&mut self, branches: Vec<Delta>, what: &'static str, span: Span) {
        let count = branches.len();
        let mut all: HashMap<Name, (usize, Var)> = HashMap::new();
        for (name, var) in branches.into_iter().flatten() {
            let good = usize::from(var.state == State::Bound);
            match all.get_mut(&name) {
                Some((n, joined)) => {
                    *n += good;
                    joined.ids.extend(var.ids);
                }
                None => {
                    all.insert(
                        name,
                        (
                            good,
                            Var {
                                state: State::Bound,
                                ids: var.ids,
                            },
                        ),
                    );
                }
            }
        }
        for (name, (n, mut var)) in all {
            if n < count && !self.env.contains_key(&name) {
                var.state = State::Unsafe(what, span);
            }
            self.apply(vec![(name, var)]);
        }
    }

    /// Variables in scope that were bound somewhere; they count as used.
    pub fn escaped(&mut self) -> Vec<(Name, Span)> {
        let ids: Vec<u32> = self.env.values().flat_map(|v| v.ids.clone()).collect();
        self.mark(&ids);
        let bound = ids.iter().filter_map(|id| self.bindings.get(*id as usize));
        bound.map(|b| (b.name.clone(), b.span)).collect()
    }

    /// Ends a function: the bindings nobody used, in order.
    pub fn finish(&mut self) -> Vec<Binding> {
        self.env.clear();
        self.trail.clear();
        std::mem::take(&mut self.bindings)
            .into_iter()
            .filter(|b| !b.used)
            .collect()
    }
}
