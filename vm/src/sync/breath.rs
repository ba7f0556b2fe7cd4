//! Long work on a thread of its own, beside threads that must run at once.

/// Steps between two breaths: some hundred microseconds of copying, writing or reading terms.
const STEPS: u32 = 16 * 1024;

/// Counts the steps of long work and now and then lets another thread of the operating system go first. A scheduler that wakes for a timer or
/// a message otherwise waits for the end of the time slice of whoever has its core: 3 ms on Linux.
#[derive(Default)]
pub struct Breath(u32);

impl Breath {
    /// One step is done.
    #[inline]
    pub fn step(&mut self) {
        self.steps(1);
    }

    /// So many steps are done.
    #[inline]
    pub fn steps(&mut self, steps: u32) {
        self.0 += steps;
        if self.0 >= STEPS {
            self.0 = 0;
            std::thread::yield_now();
        }
    }
}
