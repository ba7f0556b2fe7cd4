//! Standard input, output and error: bytes in and out, no buffering of their own. Reading blocks and so runs on a dirty thread.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, IsTerminal, Read};
use std::os::fd::BorrowedFd;

/// What a pipe takes at once when it says that it is writable.
const AT_ONCE: usize = 4_096;

fn output(descriptor: i64) -> io::Result<BorrowedFd<'static>> {
    match descriptor {
        1 => Ok(rustix::stdio::stdout()),
        2 => Ok(rustix::stdio::stderr()),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// Writes as much as goes without waiting for a reader; how much that was. The descriptor is shared with other programs, so it is asked
/// before each step instead of being switched to non-blocking.
pub fn write_now(descriptor: i64, bytes: &[u8]) -> io::Result<usize> {
    let out = output(descriptor)?;
    let none = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    let mut written = 0;
    while written < bytes.len() {
        if poll(&mut [PollFd::new(&out, PollFlags::OUT)], Some(&none))? == 0 {
            break;
        }
        let step = &bytes[written..bytes.len().min(written + AT_ONCE)];
        match rustix::io::write(out, step) {
            Ok(count) => written += count,
            Err(error) if error == rustix::io::Errno::INTR => {}
            Err(error) if error == rustix::io::Errno::AGAIN => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(written)
}

/// Writes all bytes to descriptor 1 or 2, waiting for their reader: not for a scheduler.
pub fn write(descriptor: i64, bytes: &[u8]) -> io::Result<()> {
    let out = output(descriptor)?;
    let mut rest = bytes;
    while !rest.is_empty() {
        match rustix::io::write(out, rest) {
            Ok(count) => rest = &rest[count..],
            Err(error) if error == rustix::io::Errno::INTR => {}
            Err(error) if error == rustix::io::Errno::AGAIN => {
                poll(&mut [PollFd::new(&out, PollFlags::OUT)], None)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Reads at least one byte and at most `most` of standard input; `None` at its end.
pub fn read(most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = vec![0; most.clamp(1, 1 << 20)];
    let count = io::stdin().lock().read(&mut bytes)?;
    bytes.truncate(count);
    Ok((count > 0).then_some(bytes))
}

/// Whether the descriptor is a terminal.
pub fn is_terminal(descriptor: i64) -> bool {
    match descriptor {
        0 => io::stdin().is_terminal(),
        1 => io::stdout().is_terminal(),
        2 => io::stderr().is_terminal(),
        _ => false,
    }
}
