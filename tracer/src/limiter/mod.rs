//! The limiter: decides in the trace point, before anything is copied, whether an event is shown.
//!
//! ```text
//!   Limiter (one a session, shared)          Lane (one a scheduler, no sharing)
//!     absolute count, fuse, deadline   <──    takes tokens in chunks from the pools, once a millisecond or so
//!     pools of this interval's tokens         keeps fair shares, sampling, gaps
//!                                             counts: matched = shown + suppressed + lost, always
//! ```
//!
//! Time comes from the caller as a coarse millisecond clock; nothing here reads a clock, so a seeded run replays.

mod account;
mod board;
mod lane;
mod pool;
mod shares;

use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub use account::{Counters, Reason, Totals};
use board::Board;
pub use lane::{Gap, Key, Lane, Permit, Verdict};
use pool::Pool;

use crate::capture::Limits;

/// That many in each interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub count: u32,
    pub per_ms: u32,
}

/// What happens when a rate is exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Suppress the rest of the interval and go on.
    Throttle,
    /// Stop all tracing of the session, with the windows of `recon_trace`: the event that exceeds the rate is still
    /// shown, and a window begins with the first event after the last one ended, which is not counted.
    Fuse,
}

/// The limits of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub events: Option<Rate>,
    /// Captured bytes in each interval of `events`, or of 100 ms.
    pub bytes: Option<Rate>,
    pub mode: Mode,
    /// Events in all; the session ends with the last of them.
    pub total: Option<u64>,
    /// The session ends after that time.
    pub wall_ms: Option<u64>,
    /// Give functions and processes fair shares of `events`.
    pub fair: bool,
    /// What is copied of one event.
    pub per_event: Limits,
    /// Percent of a scheduler's time that tracing may use; beyond it only every n-th event is shown.
    pub budget_percent: Option<f64>,
}

impl Config {
    /// No limit but the one on a single event.
    pub fn unlimited() -> Config {
        Config {
            events: None,
            bytes: None,
            mode: Mode::Throttle,
            total: None,
            wall_ms: None,
            fair: false,
            per_event: Limits::default(),
            budget_percent: None,
        }
    }

    /// `recon_trace` with a plain count.
    pub fn recon_count(max: u64) -> Config {
        Config {
            total: Some(max),
            mode: Mode::Fuse,
            ..Config::unlimited()
        }
    }

    /// `recon_trace` with `{Max,Ms}`.
    pub fn recon_rate(max: u32, per_ms: u32) -> Config {
        Config {
            events: Some(Rate { count: max, per_ms }),
            mode: Mode::Fuse,
            ..Config::unlimited()
        }
    }
}

impl Default for Config {
    /// The defaults of `transom trace`.
    fn default() -> Config {
        Config {
            events: Some(Rate {
                count: 100,
                per_ms: 1000,
            }),
            bytes: Some(Rate {
                count: 4 << 20,
                per_ms: 1000,
            }),
            mode: Mode::Throttle,
            total: Some(1000),
            wall_ms: Some(60_000),
            fair: true,
            per_event: Limits::default(),
            budget_percent: None,
        }
    }
}

const RUNNING: u8 = u8::MAX;

/// The window of [`Mode::Fuse`].
#[derive(Debug)]
struct Window {
    start_ms: u64,
    count: u32,
}

/// The part of a session's limits that all schedulers share.
#[derive(Debug)]
pub struct Limiter {
    config: Config,
    started_ms: u64,
    /// The [`Reason`] why the session ended, or [`RUNNING`].
    state: AtomicU8,
    /// Events that may still be shown.
    left: AtomicI64,
    events: Option<Pool>,
    bytes: Option<Pool>,
    window: Mutex<Window>,
    lanes: Mutex<Vec<Arc<Counters>>>,
    /// What lanes counted of functions, and of processes.
    boards: [Board; 2],
    /// The sampling factor in force, for display.
    factor: AtomicU64,
}

impl Limiter {
    /// A limiter whose session begins at this time.
    pub fn new(config: Config, now_ms: u64) -> Arc<Limiter> {
        let pool = |rate: &Option<Rate>| match (config.mode, rate) {
            (Mode::Throttle, Some(rate)) => Some(Pool::new(*rate, now_ms)),
            (Mode::Throttle | Mode::Fuse, _) => None,
        };
        Arc::new(Limiter {
            started_ms: now_ms,
            state: AtomicU8::new(RUNNING),
            left: AtomicI64::new(
                config
                    .total
                    .map_or(i64::MAX, |total| i64::try_from(total).unwrap_or(i64::MAX)),
            ),
            events: pool(&config.events),
            bytes: pool(&config.bytes),
            window: Mutex::new(Window {
                start_ms: now_ms,
                count: 0,
            }),
            lanes: Mutex::new(Vec::new()),
            boards: Default::default(),
            factor: AtomicU64::new(1),
            config,
        })
    }

    /// What it limits to.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// A lane for one scheduler.
    pub fn lane(self: &Arc<Self>) -> Lane {
        let counters = Arc::new(Counters::default());
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        lanes.push(Arc::clone(&counters));
        Lane::new(Arc::clone(self), counters, lanes.len() - 1)
    }

    /// Why the session is over, if it is. Whoever sees it removes the session's trace bits.
    pub fn ended(&self) -> Option<Reason> {
        Reason::from_code(self.state.load(Ordering::Relaxed))
    }

    /// Ends the session; the first reason stays.
    pub fn end(&self, reason: Reason) {
        let _ = self.state.compare_exchange(
            RUNNING,
            reason as u8,
            Ordering::Relaxed,
            Ordering::Relaxed,
        );
    }

    /// Ends the session if its time is over.
    pub fn check_time(&self, now_ms: u64) {
        if self
            .config
            .wall_ms
            .is_some_and(|limit| now_ms.saturating_sub(self.started_ms) >= limit)
        {
            self.end(Reason::Time);
        }
    }

    /// Every `factor`-th event is shown because of the CPU budget.
    pub fn sampling_factor(&self) -> u64 {
        self.factor.load(Ordering::Relaxed)
    }

    /// The counters of all lanes, summed. Exact when no event is being decided.
    pub fn totals(&self) -> Totals {
        let lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        lanes
            .iter()
            .fold(Totals::default(), |sum, lane| sum.plus(&lane.read()))
    }

    /// Takes one of the absolute count; the last one ends the session.
    fn take_one(&self) -> bool {
        if self.config.total.is_none() {
            return true;
        }
        let before = self.left.fetch_sub(1, Ordering::Relaxed);
        if before <= 1 {
            self.end(Reason::Count);
        }
        before >= 1
    }

    /// Passes an event through the fuse: it is shown, and may be the one that trips it.
    fn pass_fuse(&self, rate: Rate, now_ms: u64) {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if now_ms.saturating_sub(window.start_ms) > u64::from(rate.per_ms) {
            *window = Window {
                start_ms: now_ms,
                count: 0,
            };
        } else if window.count < rate.count {
            window.count += 1;
        } else {
            self.end(Reason::Rate);
        }
    }
}
