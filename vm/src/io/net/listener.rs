//! A listening socket: connections wait in the kernel until somebody accepts.

use super::Family;
use super::options::Options;
use crate::io::poller::Readiness;
use crate::io::ports::Request;
use crate::io::ports::port::{After, Fault};
use crate::vm::Vm;
use std::collections::VecDeque;
use std::io::ErrorKind;

/// What an accept gives: the process that asked makes a port of it.
pub struct Accepted {
    pub kernel: socket2::Socket,
    pub family: Family,
    pub options: Options,
}

/// The listening side.
pub struct Listener {
    accepts: VecDeque<Request>,
    readable: bool,
}

impl Default for Listener {
    fn default() -> Self {
        // The first accept looks for itself.
        Listener {
            accepts: VecDeque::new(),
            readable: true,
        }
    }
}

impl Listener {
    /// A connection that waits; `None` when there is none.
    pub fn accept(
        &mut self,
        kernel: &socket2::Socket,
        family: Family,
        options: &Options,
    ) -> Option<Result<Accepted, Fault>> {
        while self.readable {
            match kernel.accept() {
                Ok((stream, _)) => {
                    let made = stream.set_nonblocking(true).map(|()| Accepted {
                        kernel: stream,
                        family,
                        options: options.inherited(),
                    });
                    return Some(made.map_err(Fault::from));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.readable = false,
                // The peer went away while it waited.
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::ConnectionAborted | ErrorKind::Interrupted
                    ) => {}
                Err(error) => return Some(Err(error.into())),
            }
        }
        None
    }

    /// Waits for the next connection; the first come are served first.
    pub fn wait(&mut self, request: Request) {
        self.accepts.push_back(request);
    }

    /// Whether others wait already.
    pub fn has_queue(&self) -> bool {
        !self.accepts.is_empty()
    }

    /// The kernel says that a connection waits.
    pub fn ready(
        &mut self,
        vm: &Vm,
        kernel: &socket2::Socket,
        family: Family,
        options: &Options,
        readiness: Readiness,
    ) -> After {
        self.readable |= readiness.readable;
        loop {
            while let Some(first) = self.accepts.front()
                && !first.is_wanted(vm)
            {
                self.accepts.pop_front();
            }
            if self.accepts.is_empty() {
                return After::Stay;
            }
            let Some(outcome) = self.accept(kernel, family, options) else {
                return After::Stay;
            };
            if let Some(first) = self.accepts.pop_front() {
                match outcome {
                    Ok(accepted) => first.succeed(vm, accepted),
                    Err(fault) => first.fail(vm, fault),
                }
            }
        }
    }

    /// The waiting request of this number; it waits no more.
    pub fn take_request(&mut self, id: u64) -> Option<Request> {
        let at = self.accepts.iter().position(|request| request.id == id)?;
        self.accepts.remove(at)
    }

    /// All waiting requests.
    pub fn take_requests(&mut self) -> Vec<Request> {
        self.accepts.drain(..).collect()
    }
}
