//! The accounts of `call_time` and `call_memory`: calls of one function and what they took, by process.
//!
//! Every scheduler adds to a shard of its own, so the locks are not fought for; the process that was added to last is kept beside the map, since it is
//! mostly the next one too.

use std::sync::atomic::{AtomicBool, Ordering};

use hashbrown::HashMap;
use parking_lot::Mutex;

use crate::heap::Pid;

/// Schedulers beyond share.
const SHARDS: usize = 8;

/// Calls, and nanoseconds or words.
type Account = (u64, u64);

/// The accounts of one function in one session.
#[derive(Default)]
pub struct Times {
    shards: [Mutex<Shard>; SHARDS],
    /// Paused: nothing is added.
    pub paused: AtomicBool,
}

#[derive(Default)]
#[repr(align(64))]
struct Shard {
    last: Option<(Pid, Account)>,
    others: HashMap<Pid, Account>,
}

impl Times {
    /// Adds to a process's account; `lane` is the scheduler it runs on.
    pub fn add(&self, lane: usize, pid: Pid, calls: u64, amount: u64) {
        if self.paused.load(Ordering::Relaxed) {
            return;
        }
        let mut shard = self.shards[lane % SHARDS].lock();
        match &mut shard.last {
            Some((last, account)) if *last == pid => {
                account.0 += calls;
                account.1 += amount;
            }
            _ => {
                let next = Some((pid, (calls, amount)));
                if let Some((last, account)) = std::mem::replace(&mut shard.last, next) {
                    let known = shard.others.entry(last).or_default();
                    known.0 += account.0;
                    known.1 += account.1;
                }
            }
        }
    }

    /// The account of every process.
    pub fn all(&self) -> HashMap<Pid, Account> {
        let mut sums: HashMap<Pid, Account> = HashMap::new();
        for shard in &self.shards {
            let shard = shard.lock();
            let others = shard.others.iter().map(|(pid, account)| (*pid, *account));
            for (pid, account) in others.chain(shard.last) {
                let sum = sums.entry(pid).or_default();
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
