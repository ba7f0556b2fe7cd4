//! Variables in scope, with a log so that a clause's bindings can be listed (to export them) and undone.

use std::collections::HashMap;

use crate::ast::Name;
use crate::core::Val;

/// Name to value.
#[derive(Debug, Default)]
pub struct Scope {
    map: HashMap<Name, Val>,
    log: Vec<(Name, Option<Val>)>,
}

impl Scope {
    /// The value of a variable in scope.
    pub fn get(&self, name: &str) -> Option<Val> {
        self.map.get(name).copied()
    }

    /// A variable has this value from here on.
    pub fn bind(&mut self, name: Name, value: Val) {
        let old = self.map.insert(name.clone(), value);
        self.log.push((name, old));
    }

    /// A point to come back to.
    pub fn mark(&self) -> usize {
        self.log.len()
    }

    /// What has been bound since the mark.
    pub fn since(&self, mark: usize) -> Vec<(Name, Val)> {
        let mut out: Vec<(Name, Val)> = Vec::new();
        for (name, _) in &self.log[mark..] {
            if let Some(v) = self.map.get(name) {
                out.push((name.clone(), *v));
            }
        }
        out
    }

    /// What has been bound since the mark, which is undone: for [`Scope::put_back`].
    pub fn take(&mut self, mark: usize) -> Vec<(Name, Val)> {
        let bound = self.since(mark);
        self.restore(mark);
        bound
    }

    /// Binds again what was taken.
    pub fn put_back(&mut self, bound: Vec<(Name, Val)>) {
        for (name, value) in bound {
            self.bind(name, value);
        }
    }

    /// Undoes all bindings since the mark.
    pub fn restore(&mut self, mark: usize) {
        while self.log.len() > mark {
            match self.log.pop() {
                Some((name, Some(old))) => {
                    self.map.insert(name, old);
                }
                Some((name, None)) => {
                    self.map.remove(&name);
                }
                None => return,
            }
        }
    }
}
