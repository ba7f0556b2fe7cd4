//! Threads for work that may block: files, name look-ups, long native calls. They start when needed and end after a while without work.

use parking_lot::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// As many as OTP has dirty I/O schedulers.
const MOST: usize = 10;
const IDLE: Duration = Duration::from_secs(10);

type Job = Box<dyn FnOnce() + Send>;

/// The pool.
pub struct DirtyPool {
    shared: Arc<Shared>,
    most: usize,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    work: Condvar,
    busy: AtomicUsize,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    threads: usize,
    sleeping: usize,
}

impl Default for DirtyPool {
    fn default() -> Self {
        DirtyPool::of(MOST)
    }
}

impl DirtyPool {
    /// A pool of at most so many threads.
    pub fn of(most: usize) -> DirtyPool {
        DirtyPool {
            shared: Arc::new(Shared::default()),
            most,
        }
    }

    /// Runs a job on some thread, soon.
    pub fn submit(&self, job: impl FnOnce() + Send + 'static) {
        self.shared.busy.fetch_add(1, Ordering::AcqRel);
        let mut queue = self.shared.queue.lock();
        queue.jobs.push_back(Box::new(job));
        if queue.sleeping >= queue.jobs.len() || queue.threads >= self.most {
            drop(queue);
            self.shared.work.notify_one();
            return;
        }
        queue.threads += 1;
        drop(queue);
        let shared = self.shared.clone();
        let started = std::thread::Builder::new()
            .name("transom-dirty".into())
            .spawn(move || shared.serve());
        if started.is_err() {
            // No thread to be had: the threads there are (if any) take the job when they come to it; with none, it runs here.
            let job = {
                let mut queue = self.shared.queue.lock();
                queue.threads -= 1;
                if queue.threads == 0 {
                    queue.jobs.pop_front()
                } else {
                    None
                }
            };
            if let Some(job) = job {
                job();
                self.shared.busy.fetch_sub(1, Ordering::AcqRel);
            }
        }
    }

    /// Jobs waiting or running.
    pub fn busy(&self) -> usize {
        self.shared.busy.load(Ordering::Acquire)
    }
}

impl Shared {
    fn serve(&self) {
        loop {
            let mut queue = self.queue.lock();
            let job = loop {
                if let Some(job) = queue.jobs.pop_front() {
                    break job;
                }
                queue.sleeping += 1;
                let timed_out = self.work.wait_for(&mut queue, IDLE).timed_out();
                queue.sleeping -= 1;
                if timed_out && queue.jobs.is_empty() {
                    queue.threads -= 1;
                    return;
                }
            };
            drop(queue);
            job();
            self.busy.fetch_sub(1, Ordering::AcqRel);
        }
    }
}
