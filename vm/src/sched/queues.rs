//! Run queues of one scheduler: four work-stealing deques of pids, picked by priority.
//!
//! Entries are only hints, checked against the process's state word when they are picked. Max and high come first; low
//! gets one pick for every eight of normal, so that it starves nobody and is not starved.

use crossbeam::deque::{Injector, Steal, Stealer, Worker};

/// Low, normal, high, max: the numbers of the state word.
pub const LEVELS: usize = 4;
/// One pick of low for this many of normal.
const LOW_SHARE: u32 = 8;
/// Every so many picks the injector goes first, or a busy scheduler would starve the poller's and timers' wakes.
/// A prime, so that it does not beat with periodic workloads.
const INJECTOR_PERIOD: u32 = 61;

/// The owner's side of the queues.
pub struct Queues<E> {
    levels: [Worker<E>; LEVELS],
    picks: u32,
}

/// What other schedulers see.
pub struct Stealers<E>([Stealer<E>; LEVELS]);

/// Entries from threads that are no schedulers, by level.
pub struct Injectors<E>([Injector<E>; LEVELS]);

impl<E> Injectors<E> {
    /// Empty queues.
    pub fn new() -> Self {
        Injectors(std::array::from_fn(|_| Injector::new()))
    }

    /// Adds an entry from outside of the schedulers; 0 is the lowest priority.
    pub fn push(&self, priority: u8, entry: E) {
        self.0[usize::from(priority)].push(entry);
    }

    /// Is nothing waiting?
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Injector::is_empty)
    }

    /// Entries of all priorities.
    pub fn len(&self) -> usize {
        self.0.iter().map(Injector::len).sum()
    }
}

impl<E> Default for Injectors<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Stealers<E> {
    /// Entries of all priorities, as far as others can see.
    pub fn len(&self) -> usize {
        self.0.iter().map(Stealer::len).sum()
    }

    /// Is there nothing to steal?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<E> Queues<E> {
    /// Empty queues.
    pub fn new() -> Self {
        Queues {
            levels: std::array::from_fn(|_| Worker::new_fifo()),
            picks: 0,
        }
    }

    /// The other end of these queues, for other schedulers.
    pub fn stealers(&self) -> Stealers<E> {
        Stealers(std::array::from_fn(|i| self.levels[i].stealer()))
    }

    /// Adds an entry of a priority, behind those that wait.
    pub fn push(&self, priority: u8, entry: E) {
        self.levels[usize::from(priority)].push(entry);
    }

    /// Entries of all priorities.
    pub fn len(&self) -> usize {
        self.levels.iter().map(Worker::len).sum()
    }

    /// Is nothing waiting?
    pub fn is_empty(&self) -> bool {
        self.levels.iter().all(Worker::is_empty)
    }

    /// The next entry of our own or of the injector.
    pub fn pop(&mut self, injectors: &Injectors<E>) -> Option<E> {
        self.picks = self.picks.wrapping_add(1);
        if self.picks.is_multiple_of(INJECTOR_PERIOD)
            && let Some(entry) = self.steal_injected(injectors)
        {
            return Some(entry);
        }
        let low_first = self.picks.is_multiple_of(LOW_SHARE + 1);
        let order = if low_first {
            [3, 2, 0, 1]
        } else {
            [3, 2, 1, 0]
        };
        order
            .into_iter()
            .find_map(|level| self.levels[level].pop())
            .or_else(|| self.steal_injected(injectors))
    }

    fn steal_injected(&self, injectors: &Injectors<E>) -> Option<E> {
        (0..LEVELS).rev().find_map(|level| {
            insist(|| injectors.0[level].steal_batch_and_pop(&self.levels[level]))
        })
    }

    /// Takes half of a victim's entries, highest level first, and gives one of them to run.
    pub fn steal_from(&self, victim: &Stealers<E>) -> Option<E> {
        (0..LEVELS)
            .rev()
            .find_map(|level| insist(|| victim.0[level].steal_batch_and_pop(&self.levels[level])))
    }
}

impl<E> Default for Queues<E> {
    fn default() -> Self {
        Self::new()
    }
}

/// Repeats while the deque says that it lost a race.
fn insist<E>(mut steal: impl FnMut() -> Steal<E>) -> Option<E> {
    loop {
        match steal() {
            Steal::Success(entry) => return Some(entry),
            Steal::Empty => return None,
            Steal::Retry => std::hint::spin_loop(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn max_and_high_come_first_and_low_gets_its_share() {
        let injectors = Injectors::new();
        let mut queues = Queues::new();
        for _ in 0..40 {
            queues.push(1, 'n');
            queues.push(0, 'l');
        }
        queues.push(2, 'h');
        queues.push(3, 'm');
        assert_eq!(queues.pop(&injectors), Some('m'));
        assert_eq!(queues.pop(&injectors), Some('h'));
        let low = (0..36)
            .filter(|_| queues.pop(&injectors) == Some('l'))
            .count();
        assert_eq!(low, 4);
    }

    #[test]
    fn injected_entries_are_not_starved() {
        let injectors = Injectors::new();
        injectors.push(1, 'i');
        let mut queues = Queues::new();
        for _ in 0..100 {
            queues.push(1, 'n');
        }
        let at = (0..100).position(|_| queues.pop(&injectors) == Some('i'));
        assert!(at.is_some_and(|at| at <= 61));
    }

    #[test]
    fn thieves_take_about_half() {
        let (victim, thief) = (Queues::new(), Queues::new());
        (0..10).for_each(|n| victim.push(1, n));
        assert!(thief.steal_from(&victim.stealers()).is_some());
        assert!((3..=6).contains(&victim.len()), "{}", victim.len());
        assert_eq!(victim.len() + thief.len(), 9);
    }
}
