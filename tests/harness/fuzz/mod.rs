//! Fuzzing at the sizes the project promises: mutated sources, bytecode files and external terms. `tests/fuzz/main.rs` runs it for long, `cargo
//! test` runs a few of each. Every case is made from a seed and its number alone, so one number brings a failure back.

pub mod bytecode;
pub mod corpus;
pub mod source;
pub mod terms;

use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// A small generator (xorshift64*): the numbers must be the same everywhere and for ever.
pub struct Random(u64);

impl Random {
    /// The generator of one case.
    pub fn of(seed: u64, number: u64) -> Random {
        let mixed =
            (seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Random((mixed ^ (mixed >> 29)) | 1)
    }

    /// A number from 0 on, below `bound`; 0 if the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize) % bound.max(1)
    }

    pub fn byte(&mut self) -> u8 {
        self.below(256) as u8
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// What came of many cases: how often each answer was given, and the cases that failed.
#[derive(Default)]
pub struct Report {
    pub answers: BTreeMap<String, u64>,
    /// Number of the case and what went wrong.
    pub failures: Vec<(u64, String)>,
}

impl Report {
    pub fn note(&mut self, number: u64, outcome: Result<String, String>) {
        match outcome {
            Ok(answer) => *self.answers.entry(answer).or_default() += 1,
            Err(why) => self.failures.push((number, why)),
        }
    }

    /// One line an answer, then the failures.
    pub fn text(&self) -> String {
        let answers = self
            .answers
            .iter()
            .map(|(answer, n)| format!("{n:>9}  {answer}\n"));
        let failures = self
            .failures
            .iter()
            .map(|(number, why)| format!("FAILED {number}: {why}\n"));
        answers.chain(failures).collect()
    }
}

/// Runs a case on a thread of its own. A panic and a case that takes longer than the limit are failures; the thread of the latter is left behind.
pub fn watched(
    limit: Duration,
    case: impl FnOnce() -> Result<String, String> + Send + 'static,
) -> Result<String, String> {
    let (done, answer) = channel();
    let thread = std::thread::Builder::new()
        .spawn(move || {
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(case));
            // Nobody listens any more after the limit.
            let _late = done
                .send(outcome.unwrap_or_else(|panic| Err(format!("panic: {}", text_of(&*panic)))));
        })
        .expect("the system gives a thread");
    match answer.recv_timeout(limit) {
        Ok(outcome) => {
            let _ended = thread.join();
            outcome
        }
        Err(RecvTimeoutError::Timeout) => Err(format!("takes longer than {limit:?}")),
        Err(RecvTimeoutError::Disconnected) => Err("ended without an answer".into()),
    }
}

/// What a panic said.
pub fn text_of(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
        .unwrap_or_default()
}

/// Changes some bytes: one to four of replace, flip, insert, delete, copy a piece elsewhere, swap.
pub fn mutate_bytes(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            bytes.push(random.byte());
        }
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes[at] = random.byte(),
            1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes.insert(at, random.byte()),
            3 => drop(bytes.drain(at..(at + 1 + random.below(20)).min(bytes.len()))),
            4 => {
                let end = (at + 1 + random.below(60)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let with = random.below(bytes.len());
                bytes.swap(at, with);
            }
        }
    }
}
