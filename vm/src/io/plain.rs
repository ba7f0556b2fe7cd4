//! A file on a disk, read by lines or pieces. What is in the system's memory is read without waiting, on the thread of the caller; what was
//! opened to be read ahead keeps what came with a line or a piece and was not asked for; what was opened to be written later keeps what is small.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::time::Duration;

use super::later::{Bounds, Kept};

/// A line is looked for in so many bytes first.
const STEP: usize = 256;
/// And in at most so many more at a time.
const MOST: usize = 1 << 16;

/// An open file, what was read of it ahead, and what is yet to be written. Only one of the two is there at a time.
pub struct Plain {
    file: File,
    ahead: Option<Ahead>,
    later: Option<Kept>,
}

/// `bytes[at..]` stand before the file's own position and were not asked for yet.
struct Ahead {
    size: usize,
    bytes: Vec<u8>,
    at: usize,
}

/// Whether a read may take as long as a disk does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    Yes,
    /// Else it is an error of the kind `WouldBlock`, and nothing has changed.
    No,
}

impl Plain {
    /// `ahead`: how much is read at once.
    pub fn new(file: File, ahead: Option<usize>) -> Plain {
        let ahead = ahead.map(|size| Ahead {
            size,
            bytes: Vec::new(),
            at: 0,
        });
        Plain {
            file,
            ahead,
            later: None,
        }
    }

    /// What is written is kept within these bounds.
    pub fn written_later(mut self, bounds: Option<Bounds>) -> Plain {
        self.later = bounds.map(Kept::new);
        self
    }

    /// The file, standing where its user thinks it does, with everything written.
    pub fn settled(&mut self) -> io::Result<&mut File> {
        self.unread()?;
        if let Some(later) = &mut self.later {
            let bytes = later.take()?;
            self.file.write_all(&bytes)?;
        }
        Ok(&mut self.file)
    }

    /// Keeps bytes to be written later, if there is room for them; see [`Kept::keep`].
    pub fn keep(&mut self, bytes: &[u8]) -> Option<Option<Duration>> {
        self.later.as_ref()?;
        self.unread().ok()?;
        self.later.as_mut()?.keep(bytes)
    }

    /// Writes what was kept for long enough.
    pub fn write_kept(&mut self) {
        if let Err(error) = self.settled()
            && let Some(later) = &mut self.later
        {
            later.fail(error);
        }
    }

    /// What was read ahead is forgotten.
    fn unread(&mut self) -> io::Result<()> {
        if let Some(ahead) = &mut self.ahead {
            let unread = ahead.bytes.len() - ahead.at;
            if unread > 0 {
                self.file.seek(SeekFrom::Current(-(unread as i64)))?;
            }
            (ahead.bytes, ahead.at) = (Vec::new(), 0);
        }
        Ok(())
    }

    /// At most `most` bytes; fewer only at the end.
    pub fn read(&mut self, most: usize, wait: Wait) -> io::Result<Vec<u8>> {
        if let Some(bytes) = self.kept(|kept| (kept.len() >= most).then_some(most)) {
            return Ok(bytes);
        }
        let size = self.ahead.as_ref().map_or(0, |ahead| ahead.size).max(most);
        if wait == Wait::Yes && size == most {
            let mut bytes = Vec::with_capacity(most.min(1 << 20));
            self.settled()?.take(most as u64).read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        let start = self.settled()?.stream_position()?;
        let bytes = piece(&self.file, start, size, wait)?;
        let end = most.min(bytes.len());
        self.taken(start, bytes, end)
    }

    /// Up to and with the next end of a line, or to the end of the file.
    pub fn line(&mut self, wait: Wait) -> io::Result<Vec<u8>> {
        let end_of = |bytes: &[u8]| memchr::memchr(b'\n', bytes).map(|at| at + 1);
        if let Some(bytes) = self.kept(end_of) {
            return Ok(bytes);
        }
        let mut step = self.ahead.as_ref().map_or(STEP, |ahead| ahead.size.max(1));
        let start = self.settled()?.stream_position()?;
        let mut bytes = Vec::new();
        loop {
            let more = piece(&self.file, start + bytes.len() as u64, step, wait)?;
            let seen = bytes.len();
            bytes.extend_from_slice(&more);
            if let Some(end) = end_of(&more) {
                return self.taken(start, bytes, seen + end);
            }
            if more.len() < step {
                let end = bytes.len();
                return self.taken(start, bytes, end);
            }
            step = (step * 2).min(MOST).max(step);
        }
    }

    /// So many of the bytes that are there already, if `end` says how many.
    fn kept(&mut self, end: impl FnOnce(&[u8]) -> Option<usize>) -> Option<Vec<u8>> {
        let ahead = self.ahead.as_mut()?;
        let kept = &ahead.bytes[ahead.at..];
        let end = end(kept)?;
        let bytes = kept[..end].to_vec();
        ahead.at += end;
        Some(bytes)
    }

    /// Of what was read at `start` the first `end` bytes were asked for.
    fn taken(&mut self, start: u64, mut bytes: Vec<u8>, end: usize) -> io::Result<Vec<u8>> {
        let stand = if self.ahead.is_some() {
            bytes.len()
        } else {
            end
        };
        self.file.seek(SeekFrom::Start(start + stand as u64))?;
        if let Some(ahead) = &mut self.ahead {
            let taken = bytes[..end].to_vec();
            (ahead.bytes, ahead.at) = (bytes, end);
            return Ok(taken);
        }
        bytes.truncate(end);
        Ok(bytes)
    }
}

impl Drop for Plain {
    /// Of a file that nobody closes, its user being gone, nobody hears that it cannot be written.
    fn drop(&mut self) {
        self.write_kept();
    }
}

/// `most` bytes at a place, fewer only at the end; the file stays where it stands.
pub fn piece(file: &File, at: u64, most: usize, wait: Wait) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; most];
    let mut have = 0;
    while have < most {
        let rest = &mut bytes[have..];
        let from = at + have as u64;
        let outcome = match wait {
            Wait::Yes => file.read_at(rest, from),
            Wait::No => read_now(file, rest, from),
        };
        match outcome {
            Ok(0) => break,
            Ok(count) => have += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(have);
    Ok(bytes)
}

/// Reads what is in memory already. File systems, and systems, that cannot tell are as if nothing were.
#[cfg(target_os = "linux")]
fn read_now(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    use rustix::io::Errno;
    let mut one = [io::IoSliceMut::new(bytes)];
    rustix::io::preadv2(file, &mut one, at, rustix::io::ReadWriteFlags::NOWAIT).map_err(|error| {
        match error {
            Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL => io::ErrorKind::WouldBlock.into(),
            other => other.into(),
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn read_now(_: &File, _: &mut [u8], _: u64) -> io::Result<usize> {
    Err(io::ErrorKind::WouldBlock.into())
}
