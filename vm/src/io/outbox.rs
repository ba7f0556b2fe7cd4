//! Output that a descriptor did not take at once, in order.

use std::collections::VecDeque;
use std::io::{self, IoSlice};

/// Pieces handed to one write.
const PIECES: usize = 64;

/// The queue.
#[derive(Default)]
pub struct Outbox {
    pieces: VecDeque<Vec<u8>>,
    /// Bytes of the first piece that are gone.
    written: usize,
    size: usize,
}

impl Outbox {
    /// Bytes that wait.
    pub fn len(&self) -> usize {
        self.size
    }

    /// Does nothing wait?
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    /// Adds bytes behind those that wait.
    pub fn push(&mut self, piece: Vec<u8>) {
        if !piece.is_empty() {
            self.size += piece.len();
            self.pieces.push_back(piece);
        }
    }

    /// Throws away what waits.
    pub fn clear(&mut self) {
        *self = Outbox::default();
    }

    /// Writes until all is gone or the descriptor takes no more; the bytes written.
    pub fn flush(
        &mut self,
        mut write: impl FnMut(&[IoSlice<'_>]) -> io::Result<usize>,
    ) -> io::Result<usize> {
        let mut total = 0;
        while self.size > 0 {
            let slices: Vec<IoSlice<'_>> = self
                .pieces
                .iter()
                .take(PIECES)
                .enumerate()
                .map(|(at, piece)| IoSlice::new(&piece[if at == 0 { self.written } else { 0 }..]))
                .collect();
            match write(&slices) {
                Ok(0) => break,
                Ok(count) => {
                    total += count;
                    self.drop_front(count);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(total)
    }

    fn drop_front(&mut self, mut count: usize) {
        self.size -= count;
        while let Some(first) = self.pieces.front()
            && count > 0
        {
            let rest = first.len() - self.written;
            if count < rest {
                self.written += count;
                return;
            }
            count -= rest;
            self.written = 0;
            self.pieces.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_all_bytes_in_order_whatever_is_taken_at_a_time() {
        for step in 1..20 {
            let mut outbox = Outbox::default();
            let mut expected = Vec::new();
            for n in 0..30u8 {
                outbox.push(vec![n; usize::from(n % 7)]);
                expected.extend(vec![n; usize::from(n % 7)]);
            }
            let mut seen = Vec::new();
            let total = outbox.flush(|slices| {
                let bytes: Vec<u8> = slices.iter().flat_map(|s| s.iter().copied()).collect();
                let count = bytes.len().min(step);
                seen.extend_from_slice(&bytes[..count]);
                Ok(count)
            });
            assert_eq!(total.ok(), Some(expected.len()));
            assert_eq!(seen, expected);
            assert!(outbox.is_empty());
        }
    }
}
