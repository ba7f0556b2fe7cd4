//! Time: a monotonic clock, the system clock, and a virtual one for deterministic runs.
//!
//! Erlang monotonic time starts at a large negative number, as OTP's does, so that programs do not come to rely on its sign.
//! System time is monotonic time plus an offset taken once at start (time warp mode `no_time_warp`).

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use nix::time::ClockId;

/// Monotonic time at start, in nanoseconds: the smallest 60-bit integer.
pub const MONOTONIC_START: i64 = -(1 << 59) + 1;
/// Nanoseconds of a turn of the timer wheel.
pub const NS_PER_TICK: i64 = 1_000_000;

/// The clock of one VM.
pub struct Clock {
    start: Instant,
    /// System time at start, since 1970.
    epoch_ns: i64,
    /// Nanoseconds since start in deterministic mode, -1 otherwise.
    simulated: AtomicI64,
    /// The last `now/0`, in microseconds.
    last_now: AtomicI64,
}

impl Clock {
    /// A clock that starts now, or a simulated one at zero.
    pub fn new(simulated: bool) -> Self {
        let epoch_ns = if simulated {
            // A fixed date, so that replays agree: 2025-01-01.
            1_735_689_600_000_000_000
        } else {
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_nanos() as i64)
        };
        Clock {
            start: Instant::now(),
            epoch_ns,
            simulated: AtomicI64::new(if simulated { 0 } else { -1 }),
            last_now: AtomicI64::new(0),
        }
    }

    /// Does time move only when it is told to?
    pub fn is_simulated(&self) -> bool {
        self.simulated.load(Ordering::Relaxed) >= 0
    }

    /// Nanoseconds since the VM started.
    pub fn since_start_ns(&self) -> i64 {
        match self.simulated.load(Ordering::Relaxed) {
            -1 => self.start.elapsed().as_nanos() as i64,
            simulated => simulated,
        }
    }

    /// Real nanoseconds since the VM started, in deterministic mode too.
    pub fn real_since_start_ns(&self) -> i64 {
        self.start.elapsed().as_nanos() as i64
    }

    /// Moves simulated time forward.
    pub fn advance_to_ns(&self, since_start: i64) {
        if self.is_simulated() {
            self.simulated.fetch_max(since_start, Ordering::Relaxed);
        }
    }

    /// Erlang monotonic time in nanoseconds.
    pub fn monotonic_ns(&self) -> i64 {
        MONOTONIC_START + self.since_start_ns()
    }

    /// Monotonic and system time of a moment after the start.
    pub fn at_ns(&self, since_start: i64) -> (i64, i64) {
        (MONOTONIC_START + since_start, self.epoch_ns + since_start)
    }

    /// Erlang system time in nanoseconds since 1970.
    pub fn system_ns(&self) -> i64 {
        self.epoch_ns + self.since_start_ns()
    }

    /// System time in microseconds, never the same twice.
    pub fn unique_micros(&self) -> i64 {
        let micros = self.system_ns() / 1_000;
        let mut last = self.last_now.load(Ordering::Relaxed);
        loop {
            let next = micros.max(last + 1);
            match self.last_now.compare_exchange_weak(
                last,
                next,
                Ordering::Relaxed,
                Ordering::Relaxed,
            ) {
                Ok(_) => return next,
                Err(now) => last = now,
            }
        }
    }

    /// `time_offset`: system time minus monotonic time.
    pub fn offset_ns(&self) -> i64 {
        self.epoch_ns.wrapping_sub(MONOTONIC_START)
    }

    /// The operating system's own clock.
    pub fn os_system_ns(&self) -> i64 {
        if self.is_simulated() {
            return self.system_ns();
        }
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_nanos() as i64)
    }

    /// Whole ticks (milliseconds) since start.
    pub fn tick(&self) -> u64 {
        (self.since_start_ns() / NS_PER_TICK) as u64
    }

    /// The tick at which a timer of this length is due: never early.
    pub fn due_in_ms(&self, ms: u64) -> u64 {
        let now = self.since_start_ns();
        (now as u64).div_ceil(NS_PER_TICK as u64).saturating_add(ms)
    }

    /// Date and time as reports print them: `23-Nov-2026::13:42:00.123456`.
    pub fn report_stamp(&self) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let now = self.system_ns();
        let (date, time) = super::calendar::local(now.div_euclid(1_000_000_000));
        let micros = now.rem_euclid(1_000_000_000) / 1_000;
        let month = MONTHS[usize::from(date.month) - 1];
        format!(
            "{}-{month}-{}::{:02}:{:02}:{:02}.{micros:06}",
            date.day, date.year, time.hour, time.minute, time.second
        )
    }
}

/// Microseconds that this program has had of the processors, in all threads.
pub fn processor_us() -> i64 {
    taken(ClockId::CLOCK_PROCESS_CPUTIME_ID).as_micros() as i64
}

/// What this thread has had of the processors.
pub fn thread_time() -> Duration {
    taken(ClockId::CLOCK_THREAD_CPUTIME_ID)
}

fn taken(clock: ClockId) -> Duration {
    clock.now().map_or(Duration::ZERO, Duration::from)
}
