//! How sessions end: by request, with their owner or tracer, by their limits. Every end takes all trace bits away first; then the formatter writes
//! the last lines, when no process can make an event of that session any more.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use transom_tracer::limiter::Reason;

use super::processes;
use super::session::{LEGACY, Session};
use super::sink::{ReplyOnDrop, Waiting};
use super::tracer::Tracer;
use crate::heap::{Pid, Port};
use crate::process::Signal;
use crate::vm::Vm;

/// How often the supervisor looks at the limits of sessions.
const ROUND: Duration = Duration::from_millis(10);
/// How long an ended session stays in the listing.
const KEPT_MS: u64 = 60_000;
/// A process that does not handle the removal of its flags (a long native call) holds up the last lines no longer than this.
const STRAGGLERS_MS: u64 = 1_000;

/// Done when every process has given up its flags.
struct Cleared {
    session: Arc<Session>,
    vm: Weak<Vm>,
    _reply: Option<Arc<ReplyOnDrop>>,
}

impl Drop for Cleared {
    fn drop(&mut self) {
        // Processes that were ending refused the errand; their flags go with them.
        self.session.all_left();
        if let Some(sink) = self.session.sink() {
            sink.finish();
        }
        if let Some(vm) = self.vm.upgrade()
            && self.session.id == LEGACY
        {
            vm.tracing.settle_new();
        }
    }
}

/// Ends a session. `answer` is called when its last line is written, or when its last bit is gone if it has no formatter.
pub fn end(vm: &Vm, session: &Arc<Session>, reason: Reason, answer: Option<Waiting>) {
    let first = session.end(vm.clock.tick());
    let reply = match (session.sink(), answer) {
        (Some(sink), Some(answer)) => {
            sink.when_finished(answer);
            None
        }
        (None, answer) => answer.map(ReplyOnDrop::then),
        (Some(_), None) => None,
    };
    if !first {
        return;
    }
    if let Some(sink) = session.sink() {
        sink.limiter.end(reason);
    }
    vm.tracing.patterns.remove_session(vm, session);
    session.change_new(u32::MAX, false, None);
    session.change_new_ports(u32::MAX, false, None);
    vm.tracing.settle_new();
    vm.tracing.ports.forget(vm, session.id, None);
    vm.tracing.system.remove(Some(session.id));
    let cleared = Arc::new(Cleared {
        session: Arc::clone(session),
        vm: vm.weak(),
        _reply: reply,
    });
    forget_everywhere(vm, session, None, &cleared);
}

/// Has the members of a session forget it (or only what goes to that tracer); `part` is dropped by each when it has.
fn forget_everywhere<T: Send + Sync + 'static>(
    vm: &Vm,
    session: &Arc<Session>,
    tracer: Option<Pid>,
    part: &Arc<T>,
) {
    let id = session.id;
    for pid in session.members() {
        let part = Arc::clone(part);
        let errand = Signal::Errand(Box::new(move |_, _, body| {
            processes::forget(body, id, tracer);
            drop(part);
        }));
        let _gone = vm.signal(pid, errand);
    }
}

/// A process has ended: sessions that it owned or read end with it.
pub fn process_ended(vm: &Vm, pid: Pid) {
    for session in vm.tracing.sessions.list() {
        let reads = session
            .tracer
            .as_ref()
            .is_some_and(|t| t.pid() == Some(pid));
        if session.owner == Some(pid) {
            end(vm, &session, Reason::Stopped, None);
            vm.tracing.sessions.remove(session.id);
        } else if reads {
            end(vm, &session, Reason::Stopped, None);
            if session.sink().is_none() {
                vm.tracing.sessions.remove(session.id);
            }
        }
    }
    if vm.tracing.forget_tracer(pid) {
        legacy_tracer_ended(vm, pid);
    }
}

/// A port has closed: what it recorded is traced no more.
pub fn port_ended(vm: &Vm, port: Port) {
    let gets = |tracer: Option<&Arc<Tracer>>| matches!(tracer.map(|t| &**t), Some(Tracer::Port(p)) if *p == port);
    for session in vm.tracing.sessions.list() {
        if gets(session.tracer.as_ref()) {
            end(vm, &session, Reason::Stopped, None);
            vm.tracing.sessions.remove(session.id);
        }
    }
    let session = &vm.tracing.legacy;
    if gets(session.new_processes().map(|(_, tracer)| tracer).as_ref()) {
        session.change_new(u32::MAX, false, None);
        vm.tracing.settle_new();
    }
    let last = Arc::new(LastPart { vm: vm.weak() });
    for pid in session.members() {
        let part = Arc::clone(&last);
        let errand = Signal::Errand(Box::new(move |_, _, body| {
            processes::forget_port(body, LEGACY, port);
            drop(part);
        }));
        let _gone = vm.signal(pid, errand);
    }
}

/// When nobody traces in the legacy session any more, its patterns go too.
struct LastPart {
    vm: Weak<Vm>,
}

impl Drop for LastPart {
    fn drop(&mut self) {
        let Some(vm) = self.vm.upgrade() else { return };
        let session = &vm.tracing.legacy;
        if session.members().is_empty() && session.new_processes().is_none() {
            let functions = vm.tracing.patterns.functions(LEGACY);
            vm.tracing
                .patterns
                .change(&vm, session, &functions, &mut |p| p.calls = None);
        }
    }
}

/// What went to a dead tracer of the legacy session is traced no more; with the last tracer the patterns go.
fn legacy_tracer_ended(vm: &Vm, pid: Pid) {
    let session = &vm.tracing.legacy;
    if let Some((_, tracer)) = session.new_processes()
        && tracer.pid() == Some(pid)
    {
        session.change_new(u32::MAX, false, None);
        vm.tracing.settle_new();
    }
    if session
        .new_ports()
        .is_some_and(|(_, tracer)| tracer.pid() == Some(pid))
    {
        session.change_new_ports(u32::MAX, false, None);
    }
    vm.tracing.ports.forget(vm, LEGACY, Some(pid));
    let last = vm.tracing.tracers_left() == 0;
    vm.tracing.patterns.change(
        vm,
        session,
        &vm.tracing.patterns.functions(LEGACY),
        &mut |p| {
            if last {
                p.calls = None;
            }
            if p.meta.as_ref().is_some_and(|(t, _)| t.pid() == Some(pid)) {
                p.meta = None;
            }
        },
    );
    forget_everywhere(vm, session, Some(pid), &Arc::new(()));
}

/// Makes sure that somebody looks at the limits.
pub fn supervise(vm: &Vm) {
    let mut supervisor = vm.tracing.supervisor();
    if supervisor
        .as_ref()
        .is_some_and(|thread| !thread.is_finished())
    {
        return;
    }
    let weak = vm.weak();
    let thread = std::thread::Builder::new()
        .name("trace-limits".to_owned())
        .spawn(move || {
            while let Some(vm) = weak.upgrade() {
                if !round(&vm) {
                    break;
                }
                drop(vm);
                std::thread::sleep(ROUND);
            }
        });
    // Without the thread limits in time are noticed by trace points only, and an idle session stays until it is stopped.
    *supervisor = thread.ok();
}

/// One look at all sessions; `false` when there is nothing left to look after.
fn round(vm: &Vm) -> bool {
    if vm.schedulers.is_stopping() {
        return false;
    }
    let now_ms = vm.clock.tick();
    vm.tracing.tick(vm);
    vm.code().poll();
    let sessions = vm.tracing.sessions.list();
    for session in &sessions {
        if let Some(sink) = session.sink() {
            sink.flush_overdue(now_ms);
            sink.limiter.check_time(now_ms);
            if let Some(reason) = sink.limiter.ended() {
                end(vm, session, reason, None);
            } else if sink.recording.as_ref().is_some_and(|r| r.is_frozen()) {
                end(vm, session, Reason::Stopped, None);
            }
            if session.is_ended() && session.ended_for(now_ms) > STRAGGLERS_MS {
                sink.finish();
            }
        }
        if session.lease_until_ms != 0 && now_ms >= session.lease_until_ms {
            end(vm, session, Reason::Time, None);
        }
        if session.is_ended() && session.ended_for(now_ms) > KEPT_MS {
            vm.tracing.sessions.remove(session.id);
        }
    }
    vm.tracing.rounds.fetch_add(1, Ordering::Relaxed);
    let mut supervisor = vm.tracing.supervisor();
    if vm.tracing.sessions.list().is_empty() {
        // Whoever makes the next session finds no thread and starts one.
        *supervisor = None;
        return false;
    }
    true
}
