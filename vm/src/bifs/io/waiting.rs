//! Built-in functions that wait for a port: the first call asks, the next ones look for the answer.

use crate::bifs::{Cx, Raise};
use crate::heap::{Port, Term};
use crate::io::ports::PortCell;
use crate::io::ports::port::{CLOSED, Fault, Outcome};
use crate::process::reply::Answer;
use std::sync::Arc;

/// Where a waiting function stands.
pub enum Stage<T> {
    /// Nothing was asked yet.
    First,
    /// The answer.
    Answered(Result<T, Fault>),
}

/// Looks for an answer; `Err` waits on.
pub fn stage<'h, T: 'static>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Stage<T>, Raise<'h>> {
    match cx.process().answer::<Outcome>() {
        Answer::Unasked => Ok(Stage::First),
        Answer::Pending => Err(Raise::wait(args)),
        Answer::Gone => Ok(Stage::Answered(Err(CLOSED))),
        Answer::Ready(outcome) => Ok(Stage::Answered(outcome.map(|value| {
            *value
                .downcast::<T>()
                .expect("invariant: who asked knows the kind of answer")
        }))),
    }
}

/// The open port a term names: an identifier.
pub fn port_of<'h>(term: Term<'h>) -> Result<Port, Raise<'h>> {
    match term.kind() {
        crate::heap::Kind::Port(port) => Ok(port),
        _ => Err(Raise::badarg()),
    }
}

/// The open port that a term is; `None` if it is closed, `badarg` if the term is no port.
pub fn cell_of<'h>(cx: &Cx<'h>, term: Term<'h>) -> Result<Option<Arc<PortCell>>, Raise<'h>> {
    let vm = cx.vm();
    vm.io.poller.touch(vm);
    Ok(vm.io.ports.find(port_of(term)?))
}

/// `{error, Name}`
pub fn fault_term<'h>(cx: &Cx<'h>, fault: Fault) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx
        .heap()
        .tuple(&[Term::atom(crate::atoms::ERROR), cx.atom_term(fault.0)?]))
}

/// `{ok, Value}`
pub fn ok<'h>(cx: &Cx<'h>, value: Term<'h>) -> Term<'h> {
    cx.heap().tuple(&[Term::atom(crate::atoms::OK), value])
}

/// Milliseconds or `infinity`.
pub fn timeout<'h>(term: Term<'h>) -> Result<Option<u64>, Raise<'h>> {
    if term.is_atom(crate::atoms::INFINITY) {
        return Ok(None);
    }
    term.as_usize()
        .map(|ms| Some(ms as u64))
        .ok_or_else(Raise::badarg)
}
