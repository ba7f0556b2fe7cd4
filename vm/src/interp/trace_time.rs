//! `call_time` and `call_memory`: the clock of a process goes from one traced function to the next one it calls, and back when that returns.
//!
//! Calls of which nothing else is wanted have records of their own kind (see [`super::trace_return`]).

use super::frame::Frame;
use super::machine::{Flow, Machine};
use super::trace_return::{DISTINCT, WORDS};
use crate::heap::Word;
use crate::process::ProcessBody;
use crate::process::body::{Mfa, Timing, process_flag};
use crate::trace::patterns::Entry;
use crate::vm::Vm;

/// The word of a record that is only timed, if there is one.
pub(super) fn timed_at(m: &Machine<'_>, at: usize) -> Option<i64> {
    let trampoline = m.vm.tracing.trampoline();
    match m.body.heap.stack().get(at..at + WORDS) {
        Some([to, count, record])
            if to.is_return_address()
                && to.return_target() == trampoline
                && count.is_small()
                && record.is_small() =>
        {
            Some(record.small_value())
        }
        Some(_) | None => None,
    }
}

/// A record whose end is only timed has no tuple: its word is a small integer with two slots, its own and that of the function whose clock ran before
/// (0: none), each with the low bits of the slot's generation.
mod timed {
    use super::Machine;

    const GENERATION_BITS: u32 = 8;
    const BITS: u32 = 29;

    /// A slot as it is now, never 0.
    pub(super) fn place(m: &Machine<'_>, slot: u32) -> i64 {
        let watch = m.vm.tracing.patterns.slots.slot(slot).watch();
        let generation = watch as u32 & ((1 << GENERATION_BITS) - 1);
        i64::from((slot + 1) << GENERATION_BITS | generation)
    }

    /// The slot of a place, if it is still the same.
    pub(super) fn slot(m: &Machine<'_>, at: i64) -> Option<u32> {
        let number = (at >> GENERATION_BITS) as u32;
        let slot = number.checked_sub(1)?;
        (place(m, slot) == at).then_some(slot)
    }

    pub(super) fn pack(own: i64, previous: i64) -> i64 {
        own << BITS | previous
    }

    pub(super) fn unpack(word: i64) -> (i64, i64) {
        (word >> BITS, word & ((1 << BITS) - 1))
    }
}

/// The same for a call of which only the time or the memory is wanted.
pub(super) fn push_timed(m: &mut Machine<'_>, f: &mut Frame, slot: u32, mfa: Mfa, now: i64) {
    let own = timed::place(m, slot);
    let trampoline = m.vm.tracing.trampoline();
    for at in 0..DISTINCT {
        let known = match m.body.heap.stack().get(at * WORDS..at * WORDS + WORDS) {
            Some([to, count, record])
                if to.is_return_address()
                    && to.return_target() == trampoline
                    && count.is_small() =>
            {
                (count.small_value(), *record)
            }
            Some(_) | None => break,
        };
        if known.1.is_small() && timed::unpack(known.1.small_value()).0 == own {
            switch(m, Some(mfa), slot, now, 1);
            f.set_y((at * WORDS + 1) as u16, Word::small(known.0 + 1));
            return;
        }
        if at + 1 == DISTINCT {
            return;
        }
    }
    let previous = switch(m, Some(mfa), slot, now, 1);
    let previous = previous.map_or(0, |timing| timed::place(m, timing.slot));
    f.reload(&m.body.heap);
    if !f.room(WORDS + 1) && m.collect(f, WORDS + 1, usize::from(mfa.arity)) == Flow::Stop {
        return;
    }
    f.push(Word::small(timed::pack(own, previous)));
    f.push(Word::small(1));
    f.push(Word::return_address(trampoline));
    f.spill(&m.body.heap);
}

/// A call that was only timed has ended: the clock of the one before runs on.
pub(super) fn timed_ended(m: &Machine<'_>, word: i64) {
    let now = m.vm.clock.since_start_ns();
    let (_, previous) = timed::unpack(word);
    let slots = &m.vm.tracing.patterns.slots;
    slots.reading(|| {
        let slot = timed::slot(m, previous);
        let mfa = slot.and_then(|slot| slots.read(slot, |point| point.map(|point| point.mfa)));
        switch(m, mfa, slot.unwrap_or(0), now, 0);
    });
}

/// The clock of `call_time` goes from the function that ran to another one; answers the one that ran. Time is own time: what a traced function
/// that it calls takes is that one's.
pub(super) fn switch(
    m: &Machine<'_>,
    to: Option<Mfa>,
    slot: u32,
    now: i64,
    calls: u64,
) -> Option<Timing> {
    let words = m.body.heap.allocated_words();
    let next = to.map(|mfa| Timing {
        mfa,
        slot,
        since_ns: now,
        since_words: words,
        calls,
    });
    let before = match next {
        Some(next) => {
            m.body.set_flag(process_flag::TIMED, true);
            m.body.with_extra(|extra| extra.timing.replace(next))
        }
        None => {
            m.body.set_flag(process_flag::TIMED, false);
            m.body.if_extra(|extra| extra.timing.take())
        }
    };
    if let Some(before) = &before {
        account(m, before, now, words);
    }
    before
}

/// Adds to the accounts of a function in all sessions.
fn account(m: &Machine<'_>, timing: &Timing, now: i64, words: u64) {
    let ns = (now - timing.since_ns).max(0) as u64;
    let used = words.saturating_sub(timing.since_words);
    m.vm.tracing.patterns.slots.read(timing.slot, |point| {
        for entry in point
            .iter()
            .filter(|p| p.mfa == timing.mfa)
            .flat_map(|p| &p.entries)
        {
            if let Some(time) = &entry.pattern.time {
                time.add(m.lane, m.body.pid, timing.calls, ns);
            }
            if let Some(memory) = &entry.pattern.memory {
                memory.add(m.lane, m.body.pid, timing.calls, used);
            }
        }
    });
}

/// Does anybody still want to know how long the function runs?
fn is_timed(vm: &Vm, timing: &Timing) -> bool {
    let timed = |entry: &Entry| entry.pattern.time.is_some() || entry.pattern.memory.is_some();
    vm.tracing.patterns.slots.read(timing.slot, |point| {
        let point = point.filter(|p| p.mfa == timing.mfa);
        point.is_some_and(|p| p.entries.iter().any(timed))
    })
}

/// The process leaves its scheduler (`false`) or gets one: the clock of `call_time` stands still meanwhile. Once nobody wants the time of the function
/// that runs, the process has no clock any more: a loop that never returns would keep it for ever.
pub(crate) fn clock_runs(vm: &Vm, body: &ProcessBody, runs: bool) {
    let wanted = body.if_extra(|extra| extra.timing.as_ref().is_some_and(|t| is_timed(vm, t)));
    if runs && !wanted {
        body.set_flag(process_flag::TIMED, false);
        body.if_extra(|extra| extra.timing = None);
        return;
    }
    body.if_extra(|extra| {
        if let Some(timing) = &mut extra.timing {
            let now = vm.clock.since_start_ns();
            // The time out of the scheduler is taken off by moving the start.
            if runs {
                timing.since_ns += now - extra.paused_ns;
            } else {
                extra.paused_ns = now;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use crate::atoms;
    use crate::process::body::{Mfa, Timing, process_flag};
    use crate::process::host::HostWait;
    use crate::process::spawn::{SpawnOptions, Start};
    use crate::process::{Ending, Outcome, Slice};
    use crate::trace::patterns::{Entry, Pattern, Point};
    use crate::vm::Vm;

    /// A process in the middle of a function whose time is taken: the clock comes along from slice to slice, and once nobody wants that time any more, the
    /// next slice finds neither a clock nor the flag that makes slices look for one.
    #[test]
    fn the_clock_leaves_a_process_with_the_pattern() {
        let vm = Vm::builder().schedulers(1).build().expect("threads");
        let mfa = Mfa {
            module: atoms::LISTS,
            function: atoms::MAP,
            arity: 2,
        };
        vm.tracing.set_used();
        let slots = Arc::clone(&vm.tracing.patterns.slots);
        let slot = slots.take().expect("room");
        let pattern = Pattern {
            time: Some(Arc::default()),
            ..Pattern::default()
        };
        let session = Arc::clone(&vm.tracing.legacy);
        let point = Point {
            mfa,
            global: false,
            version: 1,
            slot,
            counted: false,
            entries: vec![Entry { session, pattern }],
        };
        slots.publish(slot, Some(point), 0);
        // In each slice: 1 the flag is set, 2 there is a clock.
        let seen: Arc<[AtomicU32; 4]> = Arc::default();
        let mut at = 0;
        let body = {
            let seen = Arc::clone(&seen);
            move |slice: &mut Slice<'_>| {
                let body = &*slice.body;
                let clock = body.if_extra(|extra| extra.timing.is_some());
                let flags = u32::from(body.has_flag(process_flag::TIMED)) | u32::from(clock) << 1;
                seen[at].store(flags, Ordering::Relaxed);
                match at {
                    0 => {
                        body.set_flag(process_flag::TIMED, true);
                        body.with_extra(|extra| {
                            extra.timing = Some(Timing {
                                mfa,
                                slot,
                                since_ns: 0,
                                since_words: 0,
                                calls: 1,
                            });
                        });
                    }
                    1 => slots.publish(slot, None, 0),
                    _ => {}
                }
                at += 1;
                match at {
                    4 => Outcome::Exit(Ending::normal(None)),
                    _ => Outcome::Yield,
                }
            }
        };
        let host = Arc::new(HostWait::default());
        let options = SpawnOptions {
            host: Some(host.clone()),
            ..SpawnOptions::default()
        };
        vm.spawn(Start::Native(Box::new(body)), options)
            .expect("room");
        host.wait_for(Duration::from_secs(20)).expect("it ends");
        let seen: Vec<u32> = seen.iter().map(|s| s.load(Ordering::Relaxed)).collect();
        assert_eq!(seen, [0, 3, 0, 0]);
        vm.shutdown();
    }
}
