//! From an event to its receivers: every session that traces the process and wants this kind.

use smallvec::SmallVec;

use super::event::Event;
use super::message::{self, Sent};
use super::session::{Filter, Session};
use super::specs::{self, Surroundings, Verdict};
use super::tracer::Tracer;
use super::{flags, processes, scope};
use crate::bifs::Cx;
use crate::heap::Term;
use crate::process::{ProcessBody, Signal, whereabouts};
use crate::vm::Vm;

/// Hands an event to a tracer. `false`: there is nobody any more.
pub fn deliver(vm: &Vm, tracer: &Tracer, bits: u32, event: &Event<'_, '_>) -> bool {
    match tracer {
        Tracer::Process(pid, credit) | Tracer::Module(_, _, pid, credit, _) => {
            match message::send(vm, *pid, credit, bits, event) {
                Sent::Done(_) | Sent::Dropped => true,
                Sent::Gone => false,
            }
        }
        Tracer::Port(port) => {
            let heap = crate::heap::Heap::new(&vm.env, crate::heap::HeapOptions::default());
            crate::io::ports::trace_record(vm, *port, &event.message(vm, &heap, bits))
        }
        Tracer::Sink(sink) => {
            sink.event(vm, bits, event);
            true
        }
    }
}

/// Hands an event of this process to every session that wants one of the flags in `want`.
pub fn emit(vm: &Vm, body: &ProcessBody, want: u32, event: &Event<'_, '_>) {
    to_sessions(vm, body, want, event, None, |_| Some(None));
}

/// The same, asking for each session whether it wants it, and with which extra term. `requests`: of the message that the event is about, instead of the
/// process's own.
fn to_sessions<'h>(
    vm: &Vm,
    body: &ProcessBody,
    want: u32,
    event: &Event<'_, 'h>,
    requests: Option<&[(u32, u64)]>,
    mut filter: impl FnMut(&Session) -> Option<Option<Term<'h>>>,
) {
    let mut gone: SmallVec<[u32; 2]> = SmallVec::new();
    let mut at = 0;
    loop {
        // The settings are not held while a filter runs: it may change flags.
        let next = body.if_extra(|extra| {
            let trace = extra.traces.get(at)?;
            let tracer = trace.tracer.clone();
            Some((trace.session.clone(), trace.bits, tracer, trace.within))
        });
        let Some((session, bits, tracer, within)) = next else {
            break;
        };
        at += 1;
        let request = match requests {
            Some(requests) => scope::of(requests, session.id).unwrap_or(within.entered()),
            None => within.request(),
        };
        if request == 0 && session.scope.is_on() {
            continue;
        }
        if bits & want == 0 || !session.is_live() || tracer.pid() == Some(body.pid) {
            continue;
        }
        let Some(extra) = filter(&session) else {
            continue;
        };
        let event = Event {
            extra,
            request,
            ..*event
        };
        if !deliver(vm, &tracer, bits, &event) {
            gone.push(session.id);
        }
    }
    for session in gone {
        processes::forget(body, session, None);
    }
}

/// A message is sent or received: sessions may have specifications for these. `row` is what they match, `requests` those of a message received.
pub fn emit_message<'h>(
    vm: &Vm,
    body: &'h ProcessBody,
    want: u32,
    event: &Event<'_, 'h>,
    row: &[Term<'h>],
    requests: Option<&[(u32, u64)]>,
) {
    to_sessions(vm, body, want, event, requests, |session| {
        let filter = if want == flags::SEND {
            &session.send
        } else {
            &session.receive
        };
        let spec = match filter.read(Filter::clone) {
            Filter::All => return Some(None),
            Filter::Nothing => return None,
            Filter::Spec(spec) => spec,
        };
        let Some(spec) = &spec.spec else {
            return Some(None);
        };
        let verdict = specs::run(vm, body, spec, row, &Still(vm, body))?;
        apply(vm, body, session, &verdict);
        (!verdict.hidden).then(|| verdict.shown.map(|w| crate::interp::term_of(&body.heap, w)))
    });
}

/// Does what a specification asked for besides showing: flags of this process in this session, and of others.
pub fn apply(vm: &Vm, body: &ProcessBody, session: &Session, verdict: &Verdict) {
    let silent = verdict.silent;
    if silent.is_some() || verdict.enable | verdict.disable != 0 {
        processes::set_bits(body, session.id, |bits| {
            let bits = match silent {
                Some(true) => bits | flags::SILENT,
                Some(false) => bits & !flags::SILENT,
                None => bits,
            };
            (bits | verdict.enable) & !verdict.disable
        });
    }
    for (who, on, off) in &verdict.others {
        let who = crate::interp::term_of(&body.heap, *who);
        let Some(pid) = specs::process_of(vm, who) else {
            continue;
        };
        let (id, on, off) = (session.id, *on, *off);
        if pid == body.pid {
            processes::set_bits(body, id, |bits| (bits | on) & !off);
            continue;
        }
        let tracer = processes::of(body, id).map(|(_, tracer)| tracer);
        let errand = Signal::Errand(Box::new(move |vm, _, body| {
            if let Some(session) = vm.tracing.session(id) {
                processes::change(body, &session, off, false, None);
                if on != 0 {
                    processes::change(body, &session, on, true, tracer.as_ref());
                }
            }
        }));
        let _gone = vm.signal(pid, errand);
    }
}

/// The surroundings of a process that is not in the middle of a call.
pub struct Still<'a>(pub &'a Vm, pub &'a ProcessBody);

impl Surroundings for Still<'_> {
    fn caller<'h>(&self, _: &Cx<'h>, _: bool) -> Option<Term<'h>> {
        None
    }

    fn stacktrace<'h>(&self, cx: &Cx<'h>, depth: usize) -> Term<'h> {
        let frames = whereabouts::frames(self.0, self.1, depth);
        let places: Vec<Term<'h>> = frames.iter().map(|f| f.location(cx.heap())).collect();
        cx.heap().list(&places)
    }

    fn dump(&self, _: &Cx<'_>) -> String {
        whereabouts::dump(self.0, self.1)
    }
}
