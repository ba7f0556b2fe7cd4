//! Receive: the scan of the mailbox, waiting, time-outs, markers. A process that waits resumes at the receive's `loop_rec`, which looks
//! again from where it was; the time-out instruction asks the timer itself, so it does not matter what woke the process.

use super::errors;
use super::frame::{Frame, a, b, bc};
use super::machine::{Flow, Machine};
use crate::atoms;
use crate::code::words::LOp;
use crate::heap::{Term, Word};
use crate::process::Outcome;
use crate::process::body::process_flag::SAVES_CALLS;
use crate::process::mailbox::{Origin, Place, Removed, Tagged};
use crate::process::saved_calls::Saved;
use crate::trace::{flags, scope, seq};

/// The largest time-out, in milliseconds.
const MAX_TIMEOUT: i64 = 0xffff_ffff;

/// `LoopRec`
#[inline(never)]
pub(super) fn loop_rec(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    f.spill(&m.body.heap);
    let mut found = peek(m);
    if found.is_none() {
        // Who is asked where it is (a purge, a plan) must not forget this instruction.
        m.body.at.set(f.address());
        if m.signals(f) == Flow::Stop {
            return Flow::Stop;
        }
        f.spill(&m.body.heap);
        found = peek(m);
    }
    m.after_allocation(f);
    match found {
        Some(message) => {
            f.set_r(a(w), message);
            f.step(1);
        }
        None => f.jump(bc(w)),
    }
    Flow::Go
}

fn peek(m: &Machine<'_>) -> Option<Word> {
    m.body
        .mailbox
        .borrow_mut()
        .peek(&m.body.heap)
        .map(Term::raw)
}

/// `RemoveMessage`
#[inline(never)]
pub(super) fn remove(m: &mut Machine<'_>, f: &mut Frame) {
    if m.body.has_flag(SAVES_CALLS) {
        m.body.saved(Saved::Receive);
    }
    let removed = m.body.mailbox.borrow_mut().remove();
    match removed {
        Removed::Plain(origin) => {
            let bits = m.body.trace_flags.get();
            if bits & flags::TOKEN != 0 && origin == Origin::Process {
                seq::set(m.body, None);
            }
            if bits & flags::REQUEST != 0 {
                scope::taken(m.body, &[]);
            }
        }
        Removed::Tagged(tagged) => cargo_taken(m, *tagged),
    }
    m.vm.cancel_receive_timer(m.body);
    f.step(1);
}

/// The token of the message takes the place of the process's own, and so do its requests.
#[cold]
fn cargo_taken(m: &Machine<'_>, tagged: Tagged) {
    match (tagged.message, tagged.cargo.token) {
        (Place::Here(message), Some(token)) => {
            seq::arrives(m.vm, m.body, token, message.term(&m.body.heap));
        }
        (_, Some(_) | None) => seq::set(m.body, None),
    }
    scope::taken(m.body, &tagged.cargo.requests);
}

/// `LoopRecEnd`: a reduction for each message passed over, so that a long mailbox does not hold the scheduler for ever.
#[inline(never)]
pub(super) fn next(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    let kept = m.body.mailbox.borrow_mut().next_kept(&m.body.heap);
    let message = kept.map(Term::raw);
    f.jump(bc(w));
    let left = m.left(f) - 1;
    m.set_left(f, left);
    if left <= 0 {
        return m.leave(f, 0, Outcome::Yield);
    }
    // What was looked at before needs no more than a place.
    let again = f.fetch();
    if let (Some(message), LOp::LoopRec) = (message, Frame::op(again)) {
        f.set_r(a(again), message);
        f.step(1);
    }
    Flow::Go
}

/// `Wait`
#[inline(never)]
pub(super) fn wait(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    f.jump(bc(w));
    m.leave(f, 0, Outcome::Wait)
}

/// `WaitTimeout`
#[inline(never)]
pub(super) fn wait_timeout(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    let time = f.r(a(w));
    let timer = m.body.receive_timer.get();
    if timer.fired || time == Word::small(0) {
        m.vm.cancel_receive_timer(m.body);
        f.step(1);
        return Flow::Go;
    }
    if timer.key.is_none() && time != Word::atom(atoms::INFINITY) {
        if !time.is_small() || !(0..=MAX_TIMEOUT).contains(&time.small_value()) {
            return errors::error_atom(m, f, atoms::TIMEOUT_VALUE);
        }
        m.vm.start_receive_timer(m.body, time.small_value() as u64);
    }
    f.jump(bc(w));
    m.leave(f, 0, Outcome::Wait)
}

/// `Timeout`
#[inline(never)]
pub(super) fn timeout(m: &mut Machine<'_>, f: &mut Frame) {
    if m.body.has_flag(SAVES_CALLS) {
        m.body.saved(Saved::Timeout);
    }
    m.body.mailbox.borrow_mut().reset();
    m.vm.cancel_receive_timer(m.body);
    if m.body.trace_flags.get() & flags::RECEIVE != 0 {
        f.spill(&m.body.heap);
        crate::trace::points::timed_out(m.vm, m.body);
        m.after_allocation(f);
    }
    f.step(1);
}

/// `RecvMark`: the number the next message will have.
#[inline(never)]
pub(super) fn mark(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    let end = m.body.mailbox.borrow().end();
    f.set_r(a(w), Word::small(end as i64));
    f.step(1);
}

/// `RecvBind`: the mark in the slot belongs to this reference.
#[inline(never)]
pub(super) fn bind(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    let (slot, reference) = (f.r(a(w)), f.r(b(w)));
    if slot.is_small()
        && let Some(r) = Frame::term(&m.body.heap, reference).as_ref()
    {
        m.body
            .mailbox
            .borrow_mut()
            .bind_mark(r.id().0, slot.small_value() as u64);
    }
    f.step(1);
}

/// `RecvUse`: the next scan starts where that reference's mark is.
#[inline(never)]
pub(super) fn use_mark(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    if let Some(r) = Frame::term(&m.body.heap, f.r(a(w))).as_ref() {
        m.body.mailbox.borrow_mut().use_mark(r.id().0);
    }
    f.step(1);
}
