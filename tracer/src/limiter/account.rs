//! Counting what happened to each matched event, so that nothing is lost without a mark.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! reasons {
    ($( $(#[$doc:meta])* $name:ident = $code:literal, $text:literal; )*) => {
        /// Why an event was not shown.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Reason { $( $(#[$doc])* $name = $code, )* }

        impl Reason {
            pub const ALL: &'static [Reason] = &[$( Reason::$name, )*];

            /// The word that gap lines and totals use.
            pub fn text(self) -> &'static str {
                match self { $( Reason::$name => $text, )* }
            }

            pub fn from_code(code: u8) -> Option<Reason> {
                match code { $( $code => Some(Reason::$name), )* _ => None }
            }
        }
    };
}

reasons! {
    /// The interval's events are used up.
    Rate = 0, "rate";
    /// The interval's bytes are used up.
    Bytes = 1, "bytes";
    /// The function had its share of the interval.
    FunctionShare = 2, "function_share";
    /// The process had its share of the interval.
    ProcessShare = 3, "process_share";
    /// Left out by sampling, to stay in the CPU budget.
    Sampled = 4, "sampled";
    /// The absolute count was reached.
    Count = 5, "count";
    /// The session's time was over.
    Time = 6, "time";
    /// The session was stopped, or its owner died.
    Stopped = 7, "stopped";
    /// A predicate on the outcome (`return(R) when ..`, `duration > ..`) did not hold.
    Predicate = 8, "predicate";
    /// A consumer stopped the session because its queue was too long.
    Queue = 9, "queue";
}

const REASONS: usize = Reason::ALL.len();

/// The counters of one lane: one writer, any number of readers.
#[derive(Debug, Default)]
pub struct Counters {
    matched: AtomicU64,
    shown: AtomicU64,
    lost: AtomicU64,
    bytes: AtomicU64,
    suppressed: [AtomicU64; REASONS],
}

/// Adds without a locked instruction: only the lane's own scheduler writes.
fn bump(counter: &AtomicU64, by: u64) {
    counter.store(
        counter.load(Ordering::Relaxed).wrapping_add(by),
        Ordering::Relaxed,
    );
}

impl Counters {
    pub(super) fn matched(&self) {
        bump(&self.matched, 1);
    }

    pub(super) fn matched_many(&self, count: u64) {
        bump(&self.matched, count);
    }

    pub(super) fn suppressed_many(&self, reason: Reason, count: u64) {
        bump(&self.suppressed[reason as usize], count);
    }

    pub(super) fn lost_many(&self, count: u64) {
        bump(&self.lost, count);
    }

    pub(super) fn shown(&self) {
        bump(&self.shown, 1);
    }

    pub(super) fn bytes(&self, bytes: u64) {
        bump(&self.bytes, bytes);
    }

    pub(super) fn suppressed(&self, reason: Reason) {
        bump(&self.suppressed[reason as usize], 1);
    }

    /// An event that was to be shown did not fit into the ring.
    pub(super) fn lost(&self) {
        bump(&self.lost, 1);
        bump(&self.shown, u64::MAX);
    }

    /// An event that was to be shown was taken back.
    pub(super) fn withdrawn(&self, reason: Reason) {
        self.suppressed(reason);
        bump(&self.shown, u64::MAX);
    }

    /// The sums of this moment.
    pub fn read(&self) -> Totals {
        let mut totals = Totals {
            matched: self.matched.load(Ordering::Relaxed),
            shown: self.shown.load(Ordering::Relaxed),
            lost: self.lost.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            suppressed: [0; REASONS],
        };
        for (total, counter) in totals.suppressed.iter_mut().zip(&self.suppressed) {
            *total = counter.load(Ordering::Relaxed);
        }
        totals
    }
}

/// What became of all matched events of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub matched: u64,
    pub shown: u64,
    pub lost: u64,
    /// Bytes captured.
    pub bytes: u64,
    /// By [`Reason`], in the order of [`Reason::ALL`].
    pub suppressed: [u64; REASONS],
}

impl Totals {
    /// Suppressed events of all reasons.
    pub fn suppressed_in_all(&self) -> u64 {
        self.suppressed.iter().sum()
    }

    /// The invariant: every matched event was shown, suppressed for a reason, or lost and counted.
    pub fn balanced(&self) -> bool {
        self.matched == self.shown + self.suppressed_in_all() + self.lost
    }

    /// The sums of both.
    pub fn plus(mut self, other: &Totals) -> Totals {
        self.matched += other.matched;
        self.shown += other.shown;
        self.lost += other.lost;
        self.bytes += other.bytes;
        for (sum, more) in self.suppressed.iter_mut().zip(other.suppressed) {
            *sum += more;
        }
        self
    }
}

impl std::fmt::Display for Totals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} matched: {} shown", self.matched, self.shown)?;
        for reason in Reason::ALL {
            let count = self.suppressed[*reason as usize];
            if count > 0 {
                write!(f, ", {count} {}", reason.text())?;
            }
        }
        if self.lost > 0 {
            write!(f, ", {} lost", self.lost)?;
        }
        Ok(())
    }
}
