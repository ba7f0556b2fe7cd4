//! Scoped tracing: a session shows only what happens while certain functions run, in whatever process that leads to.
//!
//! ```text
//!   A: calls an entry function  -> request 7 begins          every event of A is part of 7 until the function has ended
//!      ── message, carries 7 ──> B: takes it out of its mailbox: part of 7 until it takes out the next message
//!      ── spawn ──────────────> C: part of 7 for its life, but for messages of other requests
//! ```
//! Where a process stands lies with its flags in the session ([`super::processes::ProcessTrace`]), so only processes that the session traces take part,
//! and all of it goes with the session. [`flags::REQUEST`] in the process's trace word says that there is anything to hand on; without it sending and
//! receiving cost what they did.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use smallvec::SmallVec;

use super::flags;
use super::processes::{self, Inherited};
use super::session::Session;
use crate::process::ProcessBody;

/// The scope of a session.
#[derive(Default)]
pub struct Scope {
    on: AtomicBool,
    spawns: AtomicBool,
    messages: AtomicBool,
    last: AtomicU64,
}

impl Scope {
    /// Shows requests only, from now on, and follows them along spawns and messages if asked for.
    pub fn turn_on(&self, spawns: bool, messages: bool) {
        self.spawns.store(spawns, Ordering::Relaxed);
        self.messages.store(messages, Ordering::Relaxed);
        self.on.store(true, Ordering::Release);
    }

    /// Are only requests shown?
    #[inline]
    pub fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }
}

/// Where a process stands in the requests of one session; 0 stands for none.
#[derive(Clone, Copy, Default)]
pub struct Within {
    /// It is inside of an entry function.
    entered: u64,
    /// The message it took out last belonged to it.
    received: u64,
    /// It was spawned in it.
    born: u64,
}

impl Within {
    /// The request it works for. What it does inside of an entry function counts for that whatever it receives meanwhile.
    pub fn request(&self) -> u64 {
        [self.entered, self.received, self.born]
            .into_iter()
            .find(|r| *r != 0)
            .unwrap_or(0)
    }

    /// The one that a message without a request of its own belongs to.
    pub fn entered(&self) -> u64 {
        self.entered
    }

    /// A process that is spawned in a request.
    pub fn born(request: u64) -> Within {
        Within {
            born: request,
            ..Within::default()
        }
    }
}

/// Requests that go with a message: session and number.
pub type Requests = SmallVec<[(u32, u64); 1]>;

/// The request of a message in a session.
pub fn of(requests: &[(u32, u64)], session: u32) -> Option<u64> {
    requests.iter().find(|(s, _)| *s == session).map(|r| r.1)
}

/// The request that the process works for in a session; 0 for none.
pub fn request(body: &ProcessBody, session: u32) -> u64 {
    within(body, session).request()
}

/// Where the process stands in a session.
pub fn within(body: &ProcessBody, session: u32) -> Within {
    body.if_extra(|extra| {
        let trace = extra.traces.iter().find(|t| t.session.id == session);
        trace.map_or(Within::default(), |t| t.within)
    })
}

/// The process calls an entry function and works for no request yet: one begins. Answers its number.
#[cold]
pub fn enter(body: &ProcessBody, session: &Session) -> u64 {
    let request = session.scope.last.fetch_add(1, Ordering::Relaxed) + 1;
    change(body, session.id, |within| within.entered = request);
    request
}

/// The call that began a request in this process has ended.
#[cold]
pub fn leave(body: &ProcessBody, session: u32) {
    change(body, session, |within| within.entered = 0);
}

fn change(body: &ProcessBody, session: u32, change: impl FnOnce(&mut Within)) {
    body.if_extra(|extra| {
        if let Some(trace) = extra.traces.iter_mut().find(|t| t.session.id == session) {
            change(&mut trace.within);
        }
    });
    processes::settle(body);
}

/// What a message of the process carries.
#[cold]
pub fn carried(body: &ProcessBody) -> Requests {
    body.if_extra(|extra| {
        extra
            .traces
            .iter()
            .filter(|t| t.session.scope.messages.load(Ordering::Relaxed))
            .map(|t| (t.session.id, t.within.request()))
            .filter(|(_, request)| *request != 0)
            .collect()
    })
}

/// The process has taken out a message with these requests.
#[cold]
pub fn taken(body: &ProcessBody, requests: &[(u32, u64)]) {
    body.if_extra(|extra| {
        for trace in &mut extra.traces {
            if trace.within.entered == 0 && trace.session.scope.is_on() {
                trace.within.received = of(requests, trace.session.id).unwrap_or(0);
            }
        }
    });
    processes::settle(body);
}

/// A child of the process begins in its requests, traced by their sessions.
#[cold]
pub fn pass_on(body: &ProcessBody, to: &mut Vec<Inherited>) {
    if body.trace_flags.get() & flags::REQUEST == 0 {
        return;
    }
    body.if_extra(|extra| {
        for trace in &extra.traces {
            let request = trace.within.request();
            if request == 0 || !trace.session.scope.spawns.load(Ordering::Relaxed) {
                continue;
            }
            match to.iter_mut().find(|i| i.session.id == trace.session.id) {
                Some(inherited) => inherited.request = request,
                None => to.push(Inherited {
                    session: trace.session.clone(),
                    bits: trace.bits,
                    tracer: trace.tracer.clone(),
                    request,
                }),
            }
        }
    });
}
