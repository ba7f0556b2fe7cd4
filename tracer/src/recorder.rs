//! The flight recorder: a fixed ring of the last events that freezes around a trigger.

use std::collections::VecDeque;

/// What freezes a recorder. The VM raises the triggers; the recorder only counts down.
#[derive(Clone, Debug, PartialEq)]
pub enum Trigger {
    /// A process ended abnormally; with a reason whose text contains this, if given.
    Crash(Option<String>),
    /// An exception left this function.
    Exception {
        module: String,
        function: String,
        arity: usize,
    },
    /// A mailbox grew over that many messages.
    Mailbox(usize),
    /// A collection took longer than that many microseconds.
    Collection(u64),
    /// A call took longer than that many microseconds.
    Latency(u64),
}

/// Keeps the last events in a bounded number of bytes.
#[derive(Debug)]
pub struct Recorder {
    events: VecDeque<Vec<u8>>,
    bytes: usize,
    bound: usize,
    /// How many more events are kept after the trigger.
    after: usize,
    /// Set by the trigger: events still to be kept before it freezes.
    countdown: Option<usize>,
    overwritten: u64,
}

/// What one event costs beside its bytes.
const PER_EVENT: usize = 48;

impl Recorder {
    /// A recorder of at most `bound` bytes that keeps `after` events behind the trigger.
    pub fn new(bound: usize, after: usize) -> Recorder {
        Recorder {
            events: VecDeque::new(),
            bytes: 0,
            bound,
            after,
            countdown: None,
            overwritten: 0,
        }
    }

    /// Records an event, dropping the oldest; ignored once frozen.
    pub fn record(&mut self, event: &[u8]) {
        if self.is_frozen() {
            return;
        }
        if let Some(left) = &mut self.countdown {
            *left -= 1;
        }
        let cost = event.len() + PER_EVENT;
        if cost > self.bound {
            self.overwritten += 1;
            return;
        }
        while self.bytes + cost > self.bound {
            // The buffer of the oldest event is not reused: sizes differ too much for it to pay.
            let oldest = self
                .events
                .pop_front()
                .expect("invariant: bytes are held by events");
            self.bytes -= oldest.len() + PER_EVENT;
            self.overwritten += 1;
        }
        self.bytes += cost;
        self.events.push_back(event.to_vec());
    }

    /// The trigger fired: keep `after` more events, then freeze. Later triggers change nothing.
    pub fn trigger(&mut self) {
        self.countdown.get_or_insert(self.after);
    }

    /// Does it keep what it has, behind its trigger?
    pub fn is_frozen(&self) -> bool {
        self.countdown == Some(0)
    }

    /// Forgets everything and records again.
    pub fn rearm(&mut self) {
        self.events.clear();
        self.bytes = 0;
        self.countdown = None;
    }

    /// The events kept, oldest first.
    pub fn events(&self) -> impl Iterator<Item = &[u8]> {
        self.events.iter().map(Vec::as_slice)
    }

    /// How many events were dropped to make room.
    pub fn overwritten(&self) -> u64 {
        self.overwritten
    }
}
