//! What module `seq_trace` stands on: the running process's token, `print`, the system tracer, the end of all tokens.

use std::sync::Arc;

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term};
use crate::process::Signal;
use crate::process::reply::Answer;
use crate::trace::seq;
use crate::trace::sink::ReplyOnDrop;
use crate::trace::tracer::Tracer;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "seq_trace", 2, seq_trace),
    BifRow::new("erlang", "seq_trace_info", 1, seq_trace_info),
    BifRow::new("erlang", "seq_trace_print", 1, seq_trace_print),
    BifRow::new("erlang", "seq_trace_print", 2, seq_trace_print_label),
    BifRow::new("erts_internal", "seq_trace_token", 1, seq_trace_token),
    BifRow::new("erts_internal", "seq_trace_reset", 0, seq_trace_reset),
];

/// `seq_trace(Component, Value)`: answers the component's old value.
fn seq_trace<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    seq::set_component(cx.process(), cx.heap(), name, args[1]).ok_or_else(Raise::badarg)
}

/// `seq_trace_token([])`: the token ends; answers what it was.
fn seq_trace_token<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if !args[0].is_nil() {
        return Err(Raise::badarg());
    }
    let old = whole(cx);
    seq::set(cx.process(), None);
    Ok(old)
}

fn whole<'h>(cx: &Cx<'h>) -> Term<'h> {
    match seq::token(cx.process()) {
        Some(token) => seq::token_term(cx.heap(), &token),
        None => Term::NIL,
    }
}

/// `seq_trace_info(Component)`: `{Component, Value}`; the whole token for `token`.
fn seq_trace_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    let heap = cx.heap();
    let token = seq::token(cx.process());
    let value = match (name, &token) {
        (atoms::TOKEN, _) => return Ok(whole(cx)),
        (atoms::LABEL | atoms::SERIAL, None) => return Ok(Term::NIL),
        (atoms::LABEL, Some(token)) => token.label.copy_to(heap),
        (atoms::SERIAL, Some(token)) => heap.tuple(&[heap.int(token.last), heap.int(token.serial)]),
        _ => {
            let bit = seq::flag(name).ok_or_else(Raise::badarg)?;
            Term::bool(token.is_some_and(|token| token.flags & bit != 0))
        }
    };
    Ok(heap.tuple(&[args[0], value]))
}

fn seq_trace_print<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(Term::bool(seq::print(cx.vm(), cx.process(), args[0])))
}

/// `seq_trace_print(Label, Info)`: only if the token has that label.
fn seq_trace_print_label<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let token = seq::token(cx.process());
    let same = token.is_some_and(|t| crate::heap::eq_exact(t.label.term(), args[0]));
    Ok(Term::bool(
        same && seq::print(cx.vm(), cx.process(), args[1]),
    ))
}

/// Takes all tokens from all processes and the messages that wait; answers when all have.
fn seq_trace_reset<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    match cx.process().answer::<()>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Ready(()) | Answer::Gone => return Ok(Term::TRUE),
        Answer::Unasked => {}
    }
    let vm = cx.vm();
    let reply = ReplyOnDrop::new(cx.process().ask(vm));
    // The caller too: messages to itself may still be on their way.
    for pid in vm.processes.pids() {
        let part = Arc::clone(&reply);
        let errand = Signal::Errand(Box::new(move |_, _, body| {
            seq::reset(body);
            drop(part);
        }));
        let _gone = vm.signal(pid, errand);
    }
    drop(reply);
    Err(Raise::wait(args))
}

/// The system tracer as a term; `false` without one, or when it has died.
pub fn system_tracer<'h>(cx: &Cx<'h>) -> Term<'h> {
    let tracer = cx.vm().tracing.seq_tracer();
    shown(cx, tracer.as_deref())
}

fn shown<'h>(cx: &Cx<'h>, tracer: Option<&Tracer>) -> Term<'h> {
    let vm = cx.vm();
    let lives = |tracer: &&Tracer| match tracer {
        Tracer::Process(pid, _) | Tracer::Module(_, _, pid, ..) => vm.processes.get(*pid).is_some(),
        Tracer::Port(port) => crate::io::ports::is_open(vm, *port),
        Tracer::Sink(_) => true,
    };
    match tracer.filter(lives) {
        Some(tracer) => super::info::tracer_term(cx, tracer),
        None => Term::FALSE,
    }
}

/// `system_flag(sequential_tracer, Tracer)`: answers the one before.
pub fn set_system_tracer<'h>(cx: &Cx<'h>, tracer: Term<'h>) -> Result<Term<'h>, Raise<'h>> {
    let new = match (tracer.kind(), tracer.as_tuple()) {
        (Kind::Atom(atoms::FALSE), _) => None,
        (_, Some(pair)) => match (pair.len(), pair.get(0), pair.get(1)) {
            (2, Some(module), Some(state)) => {
                Some(super::sessions::module_tracer(cx, module, state, false)?)
            }
            _ => return Err(Raise::badarg()),
        },
        _ => Some(super::sessions::simple_tracer(cx, tracer)?),
    };
    let old = cx.vm().tracing.set_seq_tracer(new);
    Ok(shown(cx, old.as_deref()))
}
