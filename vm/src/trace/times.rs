//! The accounts of `call_time` and `call_memory`: calls of one function and what they took, by process.
//!
//! Every scheduler adds to a shard of its own. The process that was added to last has its account beside the map, since it is mostly the next one too:
//! that account only its scheduler writes, without a lock; which process it is changes under the map's lock.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use hashbrown::HashMap;
use parking_lot::Mutex;

use crate::heap::Pid;

/// Schedulers beyond these have only the map.
const SHARDS: usize = 8;

/// Calls, and nanoseconds or words.
type Account = (u64, u64);

/// The accounts of one function in one session.
#[derive(Default)]
pub struct Times {
    shards: [Shard; SHARDS],
    /// Paused: nothing is added.
    pub paused: AtomicBool,
}

/// `last`, `calls` and `amount` are written by one scheduler only.
#[derive(Default)]
#[repr(align(64))]
struct Shard {
    /// [`number`] of the process whose account is here; 0 for none.
    last: AtomicU64,
    calls: AtomicU64,
    amount: AtomicU64,
    others: Mutex<HashMap<u64, Account>>,
}

/// A process as a number, never 0.
fn number(pid: Pid) -> u64 {
    pid.raw() + 1
}

impl Shard {
    fn account(&self) -> (u64, Account) {
        let calls = self.calls.load(Ordering::Relaxed);
        (
            self.last.load(Ordering::Relaxed),
            (calls, self.amount.load(Ordering::Relaxed)),
        )
    }

    fn set(&self, calls: u64, amount: u64) {
        self.calls.store(calls, Ordering::Relaxed);
        self.amount.store(amount, Ordering::Relaxed);
    }

    fn add(&self, process: u64, calls: u64, amount: u64) {
        let (last, account) = self.account();
        if last == process {
            return self.set(account.0 + calls, account.1 + amount);
        }
        let mut others = self.others.lock();
        if last != 0 {
            others.insert(last, account);
        }
        let known = others.remove(&process).unwrap_or_default();
        self.set(known.0 + calls, known.1 + amount);
        self.last.store(process, Ordering::Relaxed);
    }
}

impl Times {
    /// Adds to a process's account; `lane` is the scheduler it runs on.
    pub fn add(&self, lane: usize, pid: Pid, calls: u64, amount: u64) {
        if self.paused.load(Ordering::Relaxed) {
            return;
        }
        match self.shards.get(lane) {
            Some(shard) => shard.add(number(pid), calls, amount),
            None => {
                let mut others = self.shards[lane % SHARDS].others.lock();
                let known = others.entry(number(pid)).or_default();
                known.0 += calls;
                known.1 += amount;
            }
        }
    }

    /// The account of every process.
    pub fn all(&self) -> HashMap<Pid, Account> {
        let mut sums: HashMap<Pid, Account> = HashMap::new();
        for shard in &self.shards {
            // Under the lock the account stays that of one process.
            let others = shard.others.lock();
            let own = shard.account();
            let all = others.iter().map(|(process, account)| (*process, *account));
            for (process, account) in all.chain((own.0 != 0).then_some(own)) {
                let sum = sums.entry(Pid::from_raw(process - 1)).or_default();
                sum.0 += account.0;
                sum.1 += account.1;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_add_up_whatever_the_order() {
        let times = Times::default();
        let (a, b) = (Pid::new(1, 0), Pid::new(2, 0));
        for (lane, pid) in [(0, a), (0, b), (1, a), (0, a), (9, b)] {
            times.add(lane, pid, 1, 10);
        }
        let all = times.all();
        assert_eq!(all[&a], (3, 30));
        assert_eq!(all[&b], (2, 20));
        times.paused.store(true, Ordering::Relaxed);
        times.add(0, a, 1, 1);
        assert_eq!(times.all()[&a], (3, 30));
    }
}
