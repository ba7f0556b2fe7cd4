//! Aggregates of a pattern: counts, times and histograms kept in the VM; no event leaves the trace point.

use std::sync::{Mutex, PoisonError};

use transom_tracer::aggregate::{Aggregate, Measure};

use crate::process::body::Mfa;
use crate::vm::Vm;

/// What the counts are kept by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Function,
    Process,
    Caller,
}

/// Keys one table may have; further ones are counted together.
const MAX_KEYS: usize = 10_000;

/// The tables of a pattern, one for each scheduler and one for other threads.
pub struct Aggregation {
    pub measure: Measure,
    pub by: By,
    tables: Box<[Mutex<Aggregate>]>,
}

impl Aggregation {
    /// Empty tables.
    pub fn new(vm: &Vm, measure: Measure, by: By) -> Aggregation {
        let table = |_| Mutex::new(Aggregate::new(measure, MAX_KEYS));
        Aggregation {
            measure,
            by,
            tables: (0..=vm.schedulers.count()).map(table).collect(),
        }
    }

    /// Does it need the end of calls?
    pub fn timed(&self) -> bool {
        match self.measure {
            Measure::Count => false,
            Measure::Sum | Measure::Histogram => true,
        }
    }

    /// Adds a value (nanoseconds) under a key.
    pub fn add(&self, vm: &Vm, key: &[u8], value: u64) {
        let own = vm.scheduler_index().unwrap_or(self.tables.len() - 1);
        let mut table = self.tables[own]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        table.add(key, value);
    }

    /// All tables as one.
    pub fn merged(&self) -> Aggregate {
        let mut all = Aggregate::new(self.measure, MAX_KEYS);
        for table in &self.tables {
            all.merge(&table.lock().unwrap_or_else(PoisonError::into_inner));
        }
        all
    }
}

/// A function as a key.
pub fn function_bytes(mfa: Mfa) -> [u8; 9] {
    let mut key = [0; 9];
    key[..4].copy_from_slice(&mfa.module.0.to_le_bytes());
    key[4..8].copy_from_slice(&mfa.function.0.to_le_bytes());
    key[8] = mfa.arity;
    key
}

/// The text of a key: `m:f/1`, a pid.
pub fn key_text(vm: &Vm, key: &[u8]) -> String {
    let number = |at: usize| {
        key.get(at..at + 4)
            .and_then(|b| b.try_into().ok())
            .map_or(0, u32::from_le_bytes)
    };
    match key {
        [_, _, _, _, _, _, _, _, arity] => {
            let name = |index| {
                let text = vm.atoms().text(crate::atoms::Atom(index));
                transom_pretty::atom_text(text, transom_pretty::Encoding::Unicode)
            };
            format!("{}:{}/{arity}", name(number(0)), name(number(4)))
        }
        [_, _, _, _, _, _, _, _] => crate::heap::Pid::new(number(0), number(4)).to_string(),
        _ => "undefined".to_owned(),
    }
}
