//! Aggregates of a pattern: counts, times and histograms kept in the VM; no event leaves the trace point.

use std::sync::{Mutex, PoisonError};

use transom_tracer::aggregate::{Aggregate, Measure};

use crate::heap::{Kind, Term};
use crate::process::body::Mfa;
use crate::view::TermView;
use crate::vm::Vm;

/// What the counts are kept by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Function,
    /// Function and version of its module: old and new code apart.
    Version,
    Process,
    Caller,
    /// The term that the match specification says: all of its `{message, Term}`, or the first element of two if the value is there too.
    Message,
}

/// What is counted, summed or put into a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Calls.
    Calls,
    /// Nanoseconds from call to end.
    Duration,
    /// Bytes of all arguments, or of the one with that number from 0.
    Size(Option<u8>),
    /// The number that the match specification says.
    Message,
}

/// Keys one table may have; further ones are counted together.
const MAX_KEYS: usize = 10_000;
/// Characters of a key that is a term.
const KEY_CHARACTERS: usize = 120;

/// The tables of a pattern, one for each scheduler and one for other threads.
pub struct Aggregation {
    pub measure: Measure,
    pub by: By,
    pub of: Of,
    tables: Box<[Mutex<Aggregate>]>,
}

impl Aggregation {
    /// Empty tables.
    pub fn new(vm: &Vm, measure: Measure, by: By, of: Of) -> Aggregation {
        let table = |_| Mutex::new(Aggregate::new(measure, MAX_KEYS));
        Aggregation {
            measure,
            by,
            of,
            tables: (0..=vm.schedulers.count()).map(table).collect(),
        }
    }

    /// The key and the value that a message of the specification holds. `None`: it is not what was asked for.
    pub fn of_message<'h>(&self, message: Term<'h>) -> Option<(Option<Term<'h>>, Option<u64>)> {
        let (key, value) = match (self.by, self.of) {
            (By::Message, Of::Message) => {
                let pair = message.as_tuple().filter(|pair| pair.len() == 2)?;
                (pair.get(0), pair.get(1))
            }
            (By::Message, _) => (Some(message), None),
            (_, Of::Message) => (None, Some(message)),
            (_, _) => (None, None),
        };
        let number = match value {
            Some(value) => Some(natural(value)?),
            None => None,
        };
        Some((key, number))
    }

    /// The unit of its values.
    pub fn unit(&self) -> &'static str {
        match self.of {
            Of::Duration => "ns",
            Of::Size(_) => "bytes",
            Of::Calls | Of::Message => "",
        }
    }

    /// The text of a key.
    pub fn key_text(&self, vm: &Vm, key: &[u8]) -> String {
        match self.by {
            By::Message => String::from_utf8_lossy(key).into_owned(),
            By::Function | By::Version | By::Process | By::Caller => key_text(vm, key),
        }
    }

    /// Adds a value under a key.
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

/// A function of one version as a key.
pub fn version_bytes(mfa: Mfa, version: u32) -> [u8; 13] {
    let mut key = [0; 13];
    key[..9].copy_from_slice(&function_bytes(mfa));
    key[9..].copy_from_slice(&version.to_le_bytes());
    key
}

/// A number that is not below 0; fractions are rounded.
fn natural(value: Term<'_>) -> Option<u64> {
    match value.kind() {
        Kind::Small(n) => u64::try_from(n).ok(),
        Kind::Float(f) if f >= 0.0 => Some(f.round() as u64),
        _ => None,
    }
}

/// A term as a key: its text, not more than a line of it.
pub fn term_bytes(vm: &Vm, term: Term<'_>) -> Vec<u8> {
    let view = TermView::new(term.for_reading(), vm.atoms());
    let mut text = transom_pretty::write(view, &transom_pretty::Options::default());
    if let Some((end, _)) = text.char_indices().nth(KEY_CHARACTERS) {
        text.truncate(end);
        text.push_str("...");
    }
    text.into_bytes()
}

/// The text of a key: `m:f/1`, `m:f/1@3`, a pid.
fn key_text(vm: &Vm, key: &[u8]) -> String {
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
        [function @ .., _, _, _, _] if key.len() == 13 => {
            format!("{}@{}", key_text(vm, function), number(9))
        }
        [_, _, _, _, _, _, _, _] => crate::heap::Pid::new(number(0), number(4)).to_string(),
        _ => "undefined".to_owned(),
    }
}
