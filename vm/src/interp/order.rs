//! What a built-in function answered, without borrows: the interpreter's own copy of a [`Raise`], and the answer of a long call that ran on
//! a thread of its own while the scheduler did other things.
//!
//! ```text
//!  scheduler                    pool                             scheduler
//!  call ── Elsewhere ── ask ──> answer (heap, no code) ── wake ──> the same call: answered
//! ```
//! The thread of the pool holds the run right, so it may use the heap; it runs no Erlang code, so it needs no slice boundaries.

use super::errors::Exception;
use super::frame::Frame;
use crate::atoms::Atom;
use crate::bifs::{BifRow, Cx, Raise, Why};
use crate::heap::{Term, Word};
use crate::process::ProcessBody;
use crate::process::body::process_flag::ELSEWHERE;
use crate::vm::Vm;
use std::cell::Cell;

/// A [`Raise`] without borrows, so that the machine can be used again; its words are used before anything collects, or are roots.
pub(crate) enum Order {
    Raise(Exception),
    Call(Atom, Atom, Vec<Word>),
    CallFun(Vec<Word>),
    Again(Vec<Word>),
    Wait(Vec<Word>),
    Elsewhere(Vec<Word>),
    Signals(Word),
    Collect(Word),
    Yield(Word),
}

impl Order {
    pub(super) fn of(raise: Raise<'_>) -> Order {
        let words = |args: &[Term<'_>]| args.iter().map(|t| t.raw()).collect::<Vec<Word>>();
        match *raise.0 {
            Why::Raise(r) => Order::Raise(Exception {
                class: r.class,
                reason: r.reason.raw(),
                args: r.args.map(Term::raw),
                stack: r.stack.map(Term::raw),
                info: r.info,
                details: r.details.map(Term::raw),
                by_caller: r.by_caller,
            }),
            Why::Trap(t) => Order::Call(t.module, t.function, words(&t.args)),
            Why::TrapFun(a) => Order::CallFun(words(&a.args)),
            Why::Again(a) => Order::Again(words(&a.args)),
            Why::Wait(a) => Order::Wait(words(&a.args)),
            Why::Elsewhere(a) => Order::Elsewhere(words(&a.args)),
            Why::Signals(v) => Order::Signals(v.raw()),
            Why::Collect(v) => Order::Collect(v.raw()),
            Why::Yield(v) => Order::Yield(v.raw()),
        }
    }

    fn visit_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        match self {
            Order::Raise(e) => {
                visit(&mut e.reason);
                [&mut e.args, &mut e.stack, &mut e.details]
                    .into_iter()
                    .flatten()
                    .for_each(visit);
            }
            Order::Call(_, _, args)
            | Order::CallFun(args)
            | Order::Again(args)
            | Order::Wait(args)
            | Order::Elsewhere(args) => args.iter_mut().for_each(visit),
            Order::Signals(value) | Order::Collect(value) | Order::Yield(value) => visit(value),
        }
    }
}

/// A long call: what is called, and its answer once there is one. The arguments are the saved registers.
pub struct Elsewhere {
    row: &'static BifRow,
    answer: Option<Result<Word, Order>>,
}

impl Elsewhere {
    /// The words of the answer, for the collector.
    pub fn visit_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        match &mut self.answer {
            Some(Ok(value)) => visit(value),
            Some(Err(order)) => order.visit_roots(visit),
            None => {}
        }
    }
}

/// The process is to leave its scheduler for this call.
pub(super) fn ask(body: &ProcessBody, row: &'static BifRow) {
    body.set_flag(ELSEWHERE, true);
    body.with_extra(|extra| extra.elsewhere = Some(Elsewhere { row, answer: None }));
}

/// On a thread of the pool that holds the run right: makes the call.
pub(crate) fn answer(vm: &Vm, body: &mut ProcessBody) {
    let row = body.if_extra(|extra| extra.elsewhere.as_ref().map(|e| e.row));
    let Some(row) = row else { return };
    let left = Cell::new(0);
    let answer = {
        let body = &*body;
        let args: smallvec::SmallVec<[Term<'_>; 4]> = body
            .regs
            .iter()
            .map(|w| Frame::term(&body.heap, *w))
            .collect();
        let cx = Cx::new(&body.heap, body, vm, &left).on_thread();
        (row.f)(&cx, &args).map(Term::raw).map_err(Order::of)
    };
    let used = left.get().unsigned_abs();
    body.reductions.set(body.reductions.get() + used);
    body.with_extra(|extra| {
        extra.elsewhere = Some(Elsewhere {
            row,
            answer: Some(answer),
        });
    });
}

/// The answer of the call that is being made again.
#[inline(always)]
pub(super) fn answered(body: &ProcessBody) -> Option<Result<Word, Order>> {
    if !body.has_flag(ELSEWHERE) {
        return None;
    }
    take_answer(body)
}

#[cold]
fn take_answer(body: &ProcessBody) -> Option<Result<Word, Order>> {
    body.set_flag(ELSEWHERE, false);
    body.if_extra(|extra| extra.elsewhere.take())
        .and_then(|elsewhere| elsewhere.answer)
}
