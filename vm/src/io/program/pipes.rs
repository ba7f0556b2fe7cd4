//! One end of a pipe, a terminal or a file, read and written without blocking.
//!
//! Pipes of our own are switched to non-blocking. Descriptors that other programs share (our standard streams) are not: the switch belongs
//! to what is open, not to the descriptor, and would surprise them. Those are asked whether they are ready before each step, and
//! written in steps that a pipe takes as a whole.

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::FileType;
use std::io::{self, ErrorKind, IoSlice};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// What a pipe takes at once when it says that it is writable.
const AT_ONCE: usize = 4_096;

/// A descriptor.
pub struct Pipe {
    descriptor: OwnedFd,
    shared: bool,
}

impl Pipe {
    /// One of our own.
    pub fn own(descriptor: OwnedFd) -> io::Result<Pipe> {
        rustix::io::ioctl_fionbio(&descriptor, true)?;
        Ok(Pipe {
            descriptor,
            shared: false,
        })
    }

    /// One that others may use too.
    pub fn shared(descriptor: OwnedFd) -> Pipe {
        Pipe {
            descriptor,
            shared: true,
        }
    }

    /// The pipe's end, for the poller.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.descriptor.as_fd()
    }

    /// Regular files are always ready, and the kernel refuses to watch them.
    pub fn is_file(&self) -> bool {
        rustix::fs::fstat(&self.descriptor)
            .is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile)
    }

    fn wait_not(&self, flags: PollFlags) -> io::Result<()> {
        if !self.shared {
            return Ok(());
        }
        let mut asked = [PollFd::new(&self.descriptor, flags)];
        let none = rustix::event::Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        match poll(&mut asked, Some(&none))? {
            0 => Err(ErrorKind::WouldBlock.into()),
            _ => Ok(()),
        }
    }

    /// Reads what is there; 0 is the end.
    pub fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        self.wait_not(PollFlags::IN | PollFlags::HUP)?;
        Ok(rustix::io::read(&self.descriptor, space)?)
    }

    /// Writes what the pipe takes; answers how many bytes.
    pub fn write(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.wait_not(PollFlags::OUT)?;
        if self.shared {
            let first = slices.first().map_or(&[][..], |slice| slice);
            let some = &first[..first.len().min(AT_ONCE)];
            return Ok(rustix::io::write(&self.descriptor, some)?);
        }
        Ok(rustix::io::writev(&self.descriptor, slices)?)
    }
}
