//! Calls that reach a trace point, and the way back out of them.
//!
//! Return tracing puts two words under the traced function, which the collector and the stack walkers read like any others:
//!
//! ```text
//!   before the call's first instruction        with return tracing
//!   | return address of the caller |            | return address of LOp::TraceReturn |
//!                                               | {Module, Function, Arity, Kinds}   |
//!                                               | return address of the caller       |
//! ```
//! So tail calls stay tail calls, a return goes through `TraceReturn`, and an exception finds the records between itself and its handler.
//! A function that calls itself in a tail finds its own record on top and does not put a second one there.

use std::sync::atomic::Ordering;

use super::frame::Frame;
use super::machine::Machine;
use crate::atoms::{self, Atom};
use crate::bifs::{Class, Cx};
use crate::heap::{Heap, Term, Word};
use crate::matchspec::{Actions, Evaluation, MatchSpec, matches, run_body, run_guards};
use crate::process::ProcessBody;
use crate::process::body::Mfa;
use crate::trace::{Scope, Spec, flags, message, patterns};

/// What a record under a traced function asks for.
mod kinds {
    pub const RETURN: i64 = 1;
    pub const EXCEPTION: i64 = 2;
    pub const RETURN_TO: i64 = 4;
    pub const META: i64 = 8;
    pub const TIME: i64 = 16;
}

/// A call reached a trace point: counts and reports it; answers the word to run in its place.
#[cold]
#[inline(never)]
pub(super) fn traced(m: &mut Machine<'_>, f: &mut Frame) -> u64 {
    f.spill(&m.body.heap);
    let Some(point) = m.vm.tracing.point(f.address()) else {
        return f.fetch();
    };
    let arity = usize::from(point.mfa.arity);
    if let Some(pattern) = &point.pattern {
        let mut kinds = 0;
        if let Some(counter) = &pattern.count
            && !counter.paused.load(Ordering::Relaxed)
        {
            counter.calls.fetch_add(1, Ordering::Relaxed);
        }
        if pattern
            .time
            .as_ref()
            .is_some_and(|t| !t.paused.load(Ordering::Relaxed))
            && m.body.trace_flags.get() & flags::CALL != 0
        {
            kinds |= kinds::TIME;
        }
        let bits = m.body.trace_flags.get();
        if let Some((scope, spec)) = &pattern.calls
            && bits & flags::CALL != 0
            && (*scope == Scope::Local || point.global)
        {
            kinds |= call_event(m, f, point.mfa, spec, arity);
            if *scope == Scope::Local && bits & flags::RETURN_TO != 0 {
                kinds |= kinds::RETURN_TO;
            }
        }
        if let Some((tracer, spec)) = &pattern.meta
            && *tracer != m.body.pid
        {
            kinds |= meta_event(m, f, point.mfa, *tracer, spec, arity);
        }
        if kinds != 0 {
            push_record(m, f, point.mfa, kinds, arity);
        }
    }
    m.after_allocation(f);
    if point.global {
        f.go(patterns::target(m.vm, point.mfa));
        return f.fetch();
    }
    point.original
}

/// What a match specification did besides matching, without borrows; the word is used before anything collects.
#[derive(Default)]
struct Outcome {
    kinds: i64,
    message: Option<Word>,
    hidden: bool,
    enable: u32,
    disable: u32,
    silent: Option<bool>,
}

/// The same while the specification runs.
#[derive(Default)]
struct Effects<'h> {
    kinds: i64,
    /// `{message, Term}`: what is shown in addition; `false` shows nothing.
    message: Option<Term<'h>>,
    hidden: bool,
    enable: u32,
    disable: u32,
    silent: Option<bool>,
    caller: Option<Term<'h>>,
    caller_line: Option<Term<'h>>,
}

impl<'h> Actions<'h> for Effects<'h> {
    fn action(&mut self, cx: &Cx<'h>, name: Atom, args: &[Term<'h>]) -> Option<Term<'h>> {
        let yes = Some(Term::atom(atoms::TRUE));
        match (name, args) {
            (atoms::RETURN_TRACE, []) => self.kinds |= kinds::RETURN,
            (atoms::EXCEPTION_TRACE, []) => self.kinds |= kinds::RETURN | kinds::EXCEPTION,
            (atoms::CALLER, []) => {
                return Some(self.caller.unwrap_or(Term::atom(atoms::UNDEFINED)));
            }
            (atoms::CALLER_LINE, []) => {
                return Some(self.caller_line.unwrap_or(Term::atom(atoms::UNDEFINED)));
            }
            (atoms::MESSAGE, [shown]) => {
                self.hidden = shown.is_atom(atoms::FALSE);
                self.message = (!self.hidden && !shown.is_atom(atoms::TRUE)).then_some(*shown);
            }
            (atoms::SILENT, [mode]) => match mode.as_atom() {
                Some(atoms::TRUE) => self.silent = Some(true),
                Some(atoms::FALSE) => self.silent = Some(false),
                _ => return Some(Term::atom(atoms::FALSE)),
            },
            (atoms::ENABLE_TRACE, [flag]) => self.enable |= flag.as_atom().and_then(flags::bit)?,
            (atoms::DISABLE_TRACE, [flag]) => {
                self.disable |= flag.as_atom().and_then(flags::bit)?
            }
            (atoms::TRACE, [off, on]) => {
                self.disable |= all_bits(*off)?;
                self.enable |= all_bits(*on)?;
            }
            (atoms::IS_SEQ_TRACE, []) => return Some(Term::atom(atoms::FALSE)),
            (atoms::GET_SEQ_TOKEN, []) => return Some(Term::NIL),
            (atoms::DISPLAY, [shown]) => {
                let text = transom_pretty::write(
                    crate::view::TermView::new(*shown, cx.atoms()),
                    &transom_pretty::Options::default(),
                );
                eprintln!("{text}");
            }
            (atoms::PROCESS_DUMP, []) => return Some(cx.heap().binary(b"")),
            _ => return None,
        }
        yes
    }
}

/// The bits of a list of flags.
fn all_bits(list: Term<'_>) -> Option<u32> {
    let mut iter = list.iter_list();
    let bits = iter
        .by_ref()
        .map(|flag| flag.as_atom().and_then(flags::bit))
        .try_fold(0, |all, bit| bit.map(|b| all | b));
    bits.filter(|_| iter.tail().is_nil())
}

/// Runs a specification on the arguments. `None` when no clause takes them.
fn evaluate(m: &Machine<'_>, f: &Frame, spec: &MatchSpec, arity: usize) -> Option<Outcome> {
    let heap = &m.body.heap;
    let args = f.args(heap, arity);
    let list = heap.list(args);
    let left = std::cell::Cell::new(0);
    let cx = Cx::new(heap, m.body, m.vm, &left);
    for clause in &spec.clauses {
        let Some(bindings) = matches(clause, list) else {
            continue;
        };
        let evaluation = Evaluation {
            cx: &cx,
            whole: list,
            bindings: &bindings,
        };
        let mut effects = Effects {
            caller: caller(m, heap, false),
            caller_line: caller(m, heap, true),
            ..Effects::default()
        };
        if run_guards(&evaluation, clause, &mut effects) {
            run_body(&evaluation, clause, &mut effects);
            let Effects {
                kinds,
                message,
                hidden,
                enable,
                disable,
                silent,
                ..
            } = effects;
            return Some(Outcome {
                kinds,
                message: message.map(Term::raw),
                hidden,
                enable,
                disable,
                silent,
            });
        }
    }
    None
}

/// Where the traced function was called from: `{M, F, A}`, or with the file and line.
fn caller<'h>(m: &'h Machine<'_>, heap: &'h Heap, with_line: bool) -> Option<Term<'h>> {
    let stack = heap.stack();
    let trampoline = m.vm.tracing.trampoline();
    let to = stack
        .iter()
        .filter(|w| w.is_return_address())
        .map(|w| w.return_target())
        .find(|t| *t != trampoline)?;
    let (instance, place) = m.vm.code().locate(to - 8)?;
    let function = &instance.functions[place.function];
    let mfa = [
        Term::atom(instance.module),
        Term::atom(function.name),
        heap.int(i64::from(function.arity)),
    ];
    if !with_line {
        return Some(heap.tuple(&mfa));
    }
    let (file, line) = place.line.unwrap_or_default();
    let place = heap.tuple(&[heap.string(&file), heap.int(i64::from(line))]);
    Some(heap.tuple(&[mfa[0], mfa[1], mfa[2], place]))
}

/// `{M, F, Args}`, or with the arity in their place.
fn called<'s>(heap: &'s Heap, mfa: Mfa, args: &[Term<'_>], arity_only: bool) -> Term<'s> {
    let last = if arity_only {
        heap.int(args.len() as i64)
    } else {
        let copies: Vec<Term<'s>> = args.iter().map(|a| heap.copy_in(*a)).collect();
        heap.list(&copies)
    };
    heap.tuple(&[Term::atom(mfa.module), Term::atom(mfa.function), last])
}

/// Sends the call event of a traced process; answers what its record must ask for.
fn call_event(m: &Machine<'_>, f: &Frame, mfa: Mfa, spec: &Spec, arity: usize) -> i64 {
    let body: &ProcessBody = m.body;
    let effects = match &spec.spec {
        Some(spec) => match evaluate(m, f, spec, arity) {
            Some(effects) => effects,
            None => return 0,
        },
        None => Outcome::default(),
    };
    if let Some(silent) = effects.silent {
        let bits = body.trace_flags.get();
        body.trace_flags.set(if silent {
            bits | flags::SILENT
        } else {
            bits & !flags::SILENT
        });
    }
    body.trace_flags
        .set((body.trace_flags.get() | effects.enable) & !effects.disable);
    let bits = body.trace_flags.get();
    if bits & flags::SILENT != 0 {
        return 0;
    }
    if !effects.hidden {
        let args = f.args(&body.heap, arity);
        message::send(m.vm, body, atoms::CALL, |heap| {
            let mut parts = vec![called(heap, mfa, args, bits & flags::ARITY != 0)];
            parts.extend(
                effects
                    .message
                    .map(|w| heap.copy_in(Frame::term(&m.body.heap, w))),
            );
            parts
        });
    }
    effects.kinds
}

/// The same for a meta pattern: any process, a tracer of its own, always with a time stamp.
fn meta_event(
    m: &Machine<'_>,
    f: &Frame,
    mfa: Mfa,
    tracer: crate::heap::Pid,
    spec: &Spec,
    arity: usize,
) -> i64 {
    let effects = match &spec.spec {
        Some(spec) => match evaluate(m, f, spec, arity) {
            Some(effects) => effects,
            None => return 0,
        },
        None => Outcome::default(),
    };
    if !effects.hidden {
        let args = f.args(&m.body.heap, arity);
        message::send_to(
            m.vm,
            tracer,
            m.body.pid,
            atoms::CALL,
            flags::TIMESTAMP,
            |heap| {
                let mut parts = vec![called(heap, mfa, args, false)];
                parts.extend(
                    effects
                        .message
                        .map(|w| heap.copy_in(Frame::term(&m.body.heap, w))),
                );
                parts
            },
        );
    }
    if effects.kinds == 0 {
        0
    } else {
        effects.kinds | kinds::META
    }
}

/// Puts the record and the way through `TraceReturn` under the function, unless the same is there already.
fn push_record(m: &mut Machine<'_>, f: &mut Frame, mfa: Mfa, kinds: i64, arity: usize) {
    let trampoline = m.vm.tracing.trampoline();
    let same = {
        let stack = m.body.heap.stack();
        matches!(stack, [top, record, ..] if top.is_return_address() && top.return_target() == trampoline
            && Record::of(Frame::term(&m.body.heap, *record)).is_some_and(|r| r.mfa == mfa && r.kinds == kinds))
    };
    if same && kinds & kinds::TIME == 0 {
        return;
    }
    f.reload(&m.body.heap);
    if !f.room(8) && m.collect(f, 8, arity) == super::machine::Flow::Stop {
        return;
    }
    f.spill(&m.body.heap);
    let started = if kinds & kinds::TIME != 0 {
        m.vm.clock.monotonic_ns()
    } else {
        0
    };
    let heap = &m.body.heap;
    let record = heap
        .tuple(&[
            Term::atom(mfa.module),
            Term::atom(mfa.function),
            heap.int(i64::from(mfa.arity)),
            heap.int(kinds),
            heap.int(started),
        ])
        .raw();
    m.after_allocation(f);
    f.push(record);
    f.push(Word::return_address(trampoline));
    f.spill(&m.body.heap);
}

struct Record {
    mfa: Mfa,
    kinds: i64,
    started: i64,
}

impl Record {
    fn of(t: Term<'_>) -> Option<Record> {
        let t = t.as_tuple().filter(|t| t.len() == 5)?;
        let number = |i: usize| t.get(i).and_then(|n| n.as_small());
        Some(Record {
            mfa: Mfa {
                module: t.get(0)?.as_atom()?,
                function: t.get(1)?.as_atom()?,
                arity: number(2)? as u8,
            },
            kinds: number(3)?,
            started: number(4).unwrap_or(0),
        })
    }
}

fn mfa_term<'s>(heap: &'s Heap, mfa: Mfa) -> Term<'s> {
    heap.tuple(&[
        Term::atom(mfa.module),
        Term::atom(mfa.function),
        heap.int(i64::from(mfa.arity)),
    ])
}

/// A traced function has returned with `x0`: reports it and goes on in the caller.
#[cold]
#[inline(never)]
pub(super) fn trace_return(m: &mut Machine<'_>, f: &mut Frame) {
    let record = f.pop();
    f.spill(&m.body.heap);
    if let Some(record) = Record::of(Frame::term(&m.body.heap, record)) {
        let value = Frame::term(&m.body.heap, f.x(0));
        report(m, &record, atoms::RETURN_FROM, Some(value), None);
        if record.kinds & kinds::RETURN_TO != 0 && m.body.trace_flags.get() & flags::RETURN_TO != 0
        {
            let to = caller(m, &m.body.heap, false).unwrap_or(Term::atom(atoms::UNDEFINED));
            message::send(m.vm, m.body, atoms::RETURN_TO, |heap| {
                vec![heap.copy_in(to)]
            });
        }
    }
    m.after_allocation(f);
    super::control::ret(f);
}

fn report(
    m: &Machine<'_>,
    record: &Record,
    tag: Atom,
    value: Option<Term<'_>>,
    exception: Option<(Class, Term<'_>)>,
) {
    if record.kinds & kinds::TIME != 0 {
        let spent = (m.vm.clock.monotonic_ns() - record.started).max(0) as u64;
        m.vm.tracing.add_time(record.mfa, m.body.pid, spent);
    }
    let wanted = if exception.is_some() {
        kinds::EXCEPTION
    } else {
        kinds::RETURN
    };
    if record.kinds & wanted == 0 {
        return;
    }
    if record.kinds & kinds::META != 0 {
        if let Some(tracer) =
            m.vm.tracing
                .pattern(record.mfa)
                .and_then(|p| p.meta.as_ref().map(|(t, _)| *t))
        {
            message::send_to(m.vm, tracer, m.body.pid, tag, flags::TIMESTAMP, |heap| {
                outcome(heap, record.mfa, value, exception)
            });
        }
    } else if m.body.trace_flags.get() & flags::CALL != 0 {
        message::send(m.vm, m.body, tag, |heap| {
            outcome(heap, record.mfa, value, exception)
        });
    }
}

/// `{M, F, Arity}` and the value, or class and reason.
fn outcome<'s>(
    heap: &'s Heap,
    mfa: Mfa,
    value: Option<Term<'_>>,
    exception: Option<(Class, Term<'_>)>,
) -> Vec<Term<'s>> {
    let last = match (value, exception) {
        (Some(value), _) => heap.copy_in(value),
        (None, Some((class, reason))) => {
            heap.tuple(&[Term::atom(class.atom()), heap.copy_in(reason)])
        }
        (None, None) => Term::NIL,
    };
    vec![mfa_term(heap, mfa), last]
}

/// An exception leaves every traced function whose record lies in the first `words` words of the stack.
#[cold]
pub(super) fn unwound(m: &Machine<'_>, words: usize, class: Class, reason: Word) {
    let trampoline = m.vm.tracing.trampoline();
    let heap = &m.body.heap;
    let stack = heap.stack();
    for at in 0..words.min(stack.len()).saturating_sub(1) {
        if stack[at].is_return_address()
            && stack[at].return_target() == trampoline
            && let Some(record) = Record::of(Frame::term(heap, stack[at + 1]))
        {
            report(
                m,
                &record,
                atoms::EXCEPTION_FROM,
                None,
                Some((class, Frame::term(heap, reason))),
            );
        }
    }
}
