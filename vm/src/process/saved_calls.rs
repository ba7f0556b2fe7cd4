//! The last calls of a process that has the flag `save_calls`. Its slices run in the careful form of the interpreter's loop, so that others
//! pay nothing.

use super::body::Mfa;
use std::collections::VecDeque;

/// Something a process did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// A call that leaves its module, or of a built-in function.
    Call(Mfa),
    Send,
    Receive,
    Timeout,
}

/// The last of them, oldest first.
#[derive(Default)]
pub struct SavedCalls {
    most: usize,
    last: VecDeque<Saved>,
}

impl SavedCalls {
    /// Keeps so many from now on, and none of the earlier ones. Answers how many were kept.
    pub fn keep(&mut self, most: usize) -> usize {
        self.last = VecDeque::with_capacity(most.min(64));
        std::mem::replace(&mut self.most, most)
    }

    /// This was called; the oldest call is forgotten.
    pub fn note(&mut self, what: Saved) {
        if self.most == 0 {
            return;
        }
        if self.last.len() == self.most {
            self.last.pop_front();
        }
        self.last.push_back(what);
    }

    /// The latest was not made after all: it waits, and will be made again.
    pub fn take_back(&mut self) {
        self.last.pop_back();
    }

    /// `None`: they are not saved.
    pub fn all(&self) -> Option<Vec<Saved>> {
        (self.most > 0).then(|| self.last.iter().copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first() {
        let mut saved = SavedCalls::default();
        saved.note(Saved::Send);
        assert_eq!(saved.all(), None);
        assert_eq!(saved.keep(2), 0);
        for what in [Saved::Send, Saved::Receive, Saved::Timeout] {
            saved.note(what);
        }
        assert_eq!(saved.all(), Some(vec![Saved::Receive, Saved::Timeout]));
        saved.take_back();
        assert_eq!(saved.all(), Some(vec![Saved::Receive]));
        assert_eq!(saved.keep(0), 2);
        assert_eq!(saved.all(), None);
    }
}
