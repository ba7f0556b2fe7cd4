//! Files that are written later (`delayed_write`): bytes are kept until they are too many, until something else is done with the file, or until the
//! first of them has waited long enough. The last is the work of one thread for all files; it holds none of them open.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use super::files::OpenFile;
use crate::heap::ResourceBox;

/// How much may be kept, and how long.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes.
    pub size: usize,
    pub delay: Duration,
}

impl Bounds {
    /// Of `delayed_write` without numbers.
    pub const USUAL: Bounds = Bounds {
        size: 64 * 1024,
        delay: Duration::from_secs(2),
    };
}

/// What a file keeps.
pub struct Kept {
    bounds: Bounds,
    bytes: Vec<u8>,
    /// What went wrong meanwhile: the next operation hears of it.
    failed: Option<io::Error>,
}

impl Kept {
    pub fn new(bounds: Bounds) -> Kept {
        Kept {
            bounds,
            bytes: Vec::new(),
            failed: None,
        }
    }

    /// Keeps bytes, if there is room for them and nothing has gone wrong. Answers how long they may stay if they are the first.
    pub fn keep(&mut self, bytes: &[u8]) -> Option<Option<Duration>> {
        if self.failed.is_some() || self.bytes.len() + bytes.len() > self.bounds.size {
            return None;
        }
        let first = self.bytes.is_empty() && !bytes.is_empty();
        self.bytes.extend_from_slice(bytes);
        Some(first.then_some(self.bounds.delay))
    }

    /// What is to be written now, or what has gone wrong.
    pub fn take(&mut self) -> io::Result<Vec<u8>> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(std::mem::take(&mut self.bytes)),
        }
    }

    /// Writing what was taken has failed, and nobody was there to be told.
    pub fn fail(&mut self, error: io::Error) {
        self.failed = Some(error);
    }
}

/// Has the kept bytes of a file written after this time, unless it is closed by then.
pub fn write_after(file: &Arc<ResourceBox>, delay: Duration) {
    static THREAD: OnceLock<Option<Sender<Wish>>> = OnceLock::new();
    let thread = THREAD.get_or_init(|| {
        let (sender, wishes) = channel();
        let thread = std::thread::Builder::new().name("transom-later".to_owned());
        thread
            .spawn(move || serve(&wishes))
            .is_ok()
            .then_some(sender)
    });
    let due = Instant::now() + delay;
    let wish = Wish(due, Arc::downgrade(file));
    // Without the thread they are written with the next operation.
    let _no_thread = thread.as_ref().map(|thread| thread.send(wish));
}

/// The file, and when.
struct Wish(Instant, Weak<ResourceBox>);

fn serve(wishes: &Receiver<Wish>) {
    let mut waiting: BTreeMap<(Instant, u64), Weak<ResourceBox>> = BTreeMap::new();
    let mut number = 0;
    loop {
        let wish = match waiting.first_key_value() {
            None => wishes.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(((due, _), _)) => {
                wishes.recv_timeout(due.saturating_duration_since(Instant::now()))
            }
        };
        match wish {
            Ok(Wish(due, file)) => {
                number += 1;
                waiting.insert((due, number), file);
            }
            Err(RecvTimeoutError::Timeout) => {
                let file = waiting.pop_first().and_then(|(_, file)| file.upgrade());
                if let Some(file) = file.as_ref().and_then(|f| f.0.downcast_ref::<OpenFile>()) {
                    file.write_kept();
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
