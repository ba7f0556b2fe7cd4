//! Frames of the control protocol, and the greeting before them.
//!
//! ```text
//!  greeting, both ways:  "TRANSOM" version(u8)
//!  frame:                length(u32, big endian, of what follows) kind(u8) bytes
//! ```
//! A frame of more than [`MOST`] bytes, or of none, ends the conversation: nothing is allocated for what a length claims.

use std::io::{self, Read, Write};

/// What each side sends first.
pub const GREETING: [u8; 8] = *b"TRANSOM\x01";
/// Bytes of the longest frame, kind included.
pub const MOST: usize = 1 << 17;
/// Bytes of input in one frame.
pub const PIECE: usize = 1 << 15;

/// The kinds of frames, as in `stdlib/src/transom_control.hrl`.
pub mod kind {
    pub const START: u8 = 1;
    pub const INPUT: u8 = 2;
    pub const EOF: u8 = 3;
    pub const INTERRUPT: u8 = 4;
    pub const RESIZE: u8 = 5;
    pub const COMPLETE: u8 = 6;
    pub const JOB: u8 = 7;
    pub const OUTPUT: u8 = 65;
    pub const ERRORS: u8 = 66;
    pub const READ: u8 = 67;
    pub const CANDIDATES: u8 = 68;
    pub const EXIT: u8 = 69;
    pub const CONNECTED: u8 = 70;
}

/// Why a conversation cannot go on.
#[derive(Debug, PartialEq, Eq)]
pub enum Broken {
    /// The other side speaks another version, or something else altogether.
    Greeting,
    /// A length of zero or beyond [`MOST`].
    Length(usize),
    /// The end in the middle of a frame.
    Half,
    /// The connection failed.
    Io(io::ErrorKind),
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Broken::Greeting => write!(f, "it speaks another version of the control protocol"),
            Broken::Length(n) => write!(f, "it sent a frame of {n} bytes"),
            Broken::Half => write!(f, "the connection ended within a frame"),
            Broken::Io(kind) => write!(f, "the connection failed ({kind})"),
        }
    }
}

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub kind: u8,
    pub bytes: Vec<u8>,
}

/// Sends the greeting.
pub fn greet(to: &mut impl Write) -> io::Result<()> {
    to.write_all(&GREETING)
}

/// Checks the other side's greeting.
pub fn expect_greeting(from: &mut impl Read) -> Result<(), Broken> {
    let mut got = [0; GREETING.len()];
    from.read_exact(&mut got)
        .map_err(|e| Broken::Io(e.kind()))?;
    if got == GREETING {
        Ok(())
    } else {
        Err(Broken::Greeting)
    }
}

/// Sends a frame in one write.
pub fn send(to: &mut impl Write, kind: u8, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len() + 1).map_err(|_| io::ErrorKind::InvalidInput)?;
    let mut all = Vec::with_capacity(bytes.len() + 5);
    all.extend(length.to_be_bytes());
    all.push(kind);
    all.extend(bytes);
    to.write_all(&all)
}

/// Reads the next frame; `None` at an end between frames.
pub fn receive(from: &mut impl Read) -> Result<Option<Frame>, Broken> {
    let mut length = [0; 4];
    let mut got = 0;
    while got < length.len() {
        match from.read(&mut length[got..]) {
            Ok(0) if got == 0 => return Ok(None),
            Ok(0) => return Err(Broken::Half),
            Ok(n) => got += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(Broken::Io(e.kind())),
        }
    }
    let length = u32::from_be_bytes(length) as usize;
    if length == 0 || length > MOST {
        return Err(Broken::Length(length));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).map_err(|e| match e.kind() {
        io::ErrorKind::UnexpectedEof => Broken::Half,
        kind => Broken::Io(kind),
    })?;
    let kind = bytes.remove(0);
    Ok(Some(Frame { kind, bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator, so that a failure names its seed.
    fn random(seed: &mut u64) -> u64 {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        *seed
    }

    #[test]
    fn frames_come_back_as_sent_and_end_between_frames() {
        let mut wire = Vec::new();
        let long = vec![7; MOST - 1];
        for (kind, bytes) in [
            (kind::INPUT, &b"lists:seq(1, 3).\n"[..]),
            (kind::EOF, b""),
            (kind::OUTPUT, &long),
        ] {
            send(&mut wire, kind, bytes).expect("writing to memory");
        }
        let mut from = wire.as_slice();
        let mut sizes = Vec::new();
        while let Some(frame) = receive(&mut from).expect("whole frames") {
            sizes.push((frame.kind, frame.bytes.len()));
        }
        assert_eq!(
            sizes,
            [(kind::INPUT, 17), (kind::EOF, 0), (kind::OUTPUT, MOST - 1)]
        );
    }

    #[test]
    fn lengths_that_lie_are_refused_before_anything_is_allocated() {
        for length in [0_u32, MOST as u32 + 1, u32::MAX] {
            let wire = length.to_be_bytes();
            assert_eq!(
                receive(&mut wire.as_slice()),
                Err(Broken::Length(length as usize))
            );
        }
    }

    #[test]
    fn every_cut_of_a_frame_is_half_or_an_end() {
        let mut wire = Vec::new();
        send(&mut wire, kind::INPUT, b"some input").expect("writing to memory");
        for cut in 0..wire.len() {
            let expected = if cut == 0 {
                Ok(None)
            } else {
                Err(Broken::Half)
            };
            assert_eq!(receive(&mut &wire[..cut]), expected, "cut at {cut}");
        }
    }

    #[test]
    fn garbage_never_panics_and_never_reads_on_after_an_error() {
        for first in 1..2_000_u64 {
            let mut seed = first;
            let size = random(&mut seed) as usize % 300;
            let bytes: Vec<u8> = (0..size)
                .map(|_| match random(&mut seed) % 3 {
                    0 => 0,
                    1 => (random(&mut seed) % 8) as u8,
                    _ => random(&mut seed) as u8,
                })
                .collect();
            let mut from = bytes.as_slice();
            let mut total = 0;
            while let Ok(Some(frame)) = receive(&mut from) {
                total += frame.bytes.len() + 5;
            }
            assert!(total <= size, "seed {first}");
            let greeted = expect_greeting(&mut bytes.as_slice()).is_ok();
            assert_eq!(greeted, bytes.starts_with(&GREETING), "seed {first}");
        }
    }
}
