//! What is traced of one process: for each session its flags and where its events go. The word `trace_flags` of the body is the union that
//! cold places test; the rest is in the rarely used settings.

use std::sync::Arc;

use super::flags;
use super::scope::Within;
use super::session::Session;
use super::tracer::Tracer;
use crate::heap::{Pid, Port};
use crate::process::ProcessBody;
use crate::process::body::process_flag;

/// One session's flags of one process. While it exists the session counts the process among its own.
pub struct ProcessTrace {
    pub session: Arc<Session>,
    pub bits: u32,
    pub tracer: Arc<Tracer>,
    /// The request it works for.
    pub within: Within,
    pid: Pid,
}

impl ProcessTrace {
    /// Makes a process one of a session's.
    pub fn new(session: &Arc<Session>, pid: Pid, bits: u32, tracer: &Arc<Tracer>) -> ProcessTrace {
        session.joined(pid);
        ProcessTrace {
            session: Arc::clone(session),
            bits,
            tracer: Arc::clone(tracer),
            within: Within::default(),
            pid,
        }
    }
}

impl Drop for ProcessTrace {
    fn drop(&mut self) {
        self.session.left(self.pid);
    }
}

/// What one process passes on to another.
pub struct Inherited {
    pub session: Arc<Session>,
    pub bits: u32,
    pub tracer: Arc<Tracer>,
    /// The request that it begins in; 0 for none.
    pub request: u64,
}

impl Inherited {
    fn of(trace: &ProcessTrace) -> Inherited {
        Inherited {
            session: Arc::clone(&trace.session),
            bits: trace.bits,
            tracer: Arc::clone(&trace.tracer),
            request: 0,
        }
    }
}

/// Recomputes the union.
pub(super) fn settle(body: &ProcessBody) {
    let of = |trace: &ProcessTrace| match trace.within.request() {
        0 => trace.bits,
        _ => trace.bits | flags::REQUEST,
    };
    let all = body.if_extra(|extra| extra.traces.iter().fold(0, |all, t| all | of(t)));
    body.call_session.set(body.if_extra(|extra| {
        let mut calls = extra.traces.iter().filter(|t| t.bits & flags::CALL != 0);
        match (calls.next(), calls.next()) {
            (Some(t), None) if t.bits & (flags::SILENT | flags::RETURN_TO) == 0 => t.session.id,
            _ => 0,
        }
    }));
    body.trace_flags
        .set(all | body.trace_flags.get() & flags::TOKEN);
}

/// Sets or clears flags of one session. A process has one tracer in a session: `false` if it has another already, if it is the tracer itself,
/// or if it belongs to the VM's own and is never traced. Without flags left it has no tracer.
pub fn change(
    body: &ProcessBody,
    session: &Arc<Session>,
    bits: u32,
    on: bool,
    tracer: Option<&Arc<Tracer>>,
) -> bool {
    if on && (body.has_flag(process_flag::UNTRACED) || !session.is_live()) {
        return false;
    }
    let done = body.with_extra(|extra| {
        let at = extra.traces.iter().position(|t| t.session.id == session.id);
        match (at, on) {
            (Some(at), true) => {
                let trace = &mut extra.traces[at];
                let other = |t: &&Arc<Tracer>| t.pid() == Some(body.pid) || !trace.tracer.same(t);
                if tracer.as_ref().is_some_and(other) {
                    return false;
                }
                trace.bits |= bits;
                true
            }
            (None, true) => match tracer {
                // A process that is told to trace itself is not traced, as in OTP.
                Some(tracer) if tracer.pid() == Some(body.pid) => true,
                Some(tracer) => {
                    if bits != 0 {
                        let trace = ProcessTrace::new(session, body.pid, bits, tracer);
                        extra.traces.push(trace);
                    }
                    true
                }
                None => false,
            },
            (Some(at), false) => {
                extra.traces[at].bits &= !bits;
                if extra.traces[at].bits & !flags::WATCHES == 0 {
                    extra.traces.swap_remove(at);
                }
                true
            }
            (None, false) => true,
        }
    });
    settle(body);
    done
}

/// Replaces a session's flags of this process, from a match specification. Only sessions it has already are touched.
pub fn set_bits(body: &ProcessBody, session: u32, change: impl FnOnce(u32) -> u32) {
    body.if_extra(|extra| {
        if let Some(at) = extra.traces.iter().position(|t| t.session.id == session) {
            extra.traces[at].bits = change(extra.traces[at].bits);
            if extra.traces[at].bits & !flags::WATCHES == 0 {
                extra.traces.swap_remove(at);
            }
        }
    });
    settle(body);
}

/// Takes everything of a session (`tracer` none), or what goes to that tracer, away from the process.
pub fn forget(body: &ProcessBody, session: u32, tracer: Option<Pid>) {
    body.if_extra(|extra| {
        extra.traces.retain(|t| {
            t.session.id != session || tracer.is_some_and(|pid| t.tracer.pid() != Some(pid))
        });
    });
    settle(body);
}

/// Takes what goes to that tracer away from the process, in all sessions.
pub fn forget_tracer(body: &ProcessBody, tracer: Pid) {
    body.if_extra(|extra| extra.traces.retain(|t| t.tracer.pid() != Some(tracer)));
    settle(body);
}

/// Takes what goes to that port away from the process.
pub fn forget_port(body: &ProcessBody, session: u32, port: Port) {
    body.if_extra(|extra| {
        extra.traces.retain(|t| {
            t.session.id != session || !matches!(*t.tracer, Tracer::Port(p) if p == port)
        });
    });
    settle(body);
}

/// The flags of a process in a session.
pub fn bits_of(body: &ProcessBody, session: u32) -> u32 {
    body.if_extra(|extra| {
        let trace = extra.traces.iter().find(|t| t.session.id == session);
        trace.map_or(0, |t| t.bits)
    })
}

/// The flags and tracer of a process in a session.
pub fn of(body: &ProcessBody, session: u32) -> Option<(u32, Arc<Tracer>)> {
    body.if_extra(|extra| {
        extra
            .traces
            .iter()
            .find(|t| t.session.id == session)
            .map(|t| (t.bits, Arc::clone(&t.tracer)))
    })
}

/// What a child of this process (or a process linked to it) starts with. Flags for the first one are used up.
pub fn inherited(body: &ProcessBody, always: u32, first: u32) -> Vec<Inherited> {
    if body.trace_flags.get() & (always | first) == 0 {
        return Vec::new();
    }
    let passed = body.if_extra(|extra| {
        let mut passed = Vec::new();
        for trace in &mut extra.traces {
            if trace.bits & always != 0 {
                passed.push(Inherited::of(trace));
            } else if trace.bits & first != 0 {
                trace.bits &= !(always | first);
                passed.push(Inherited::of(trace));
            }
        }
        passed
    });
    settle(body);
    passed
}

/// Gives a process that starts or was linked to what it inherits.
pub fn adopt(body: &ProcessBody, passed: &[Inherited]) {
    for inherited in passed {
        let Inherited {
            session,
            bits,
            tracer,
            request,
        } = inherited;
        change(body, session, *bits, true, Some(tracer));
        if *request != 0 {
            body.if_extra(|extra| {
                if let Some(trace) = extra.traces.iter_mut().find(|t| t.session.id == session.id) {
                    trace.within = Within::born(*request);
                }
            });
        }
    }
    settle(body);
}
