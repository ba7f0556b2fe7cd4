//! Exceptions: raw stack traces, the search for a handler, what a `catch` answers, the end of a process that catches nothing.
//!
//! A raw stack is a tuple: what goes in front (below), then return addresses as small integers, nearest first. It names code, so it is
//! turned into the list that programs see (`build_stacktrace`) only when somebody asks; `erlang:raise/3` may put a finished list in its place.
//! In front: `[]` nothing, a list: the arguments of the nearest frame, `{M, F, Args, Info}`: one more frame, `{Args, Map}`: arguments
//! and an `error_info` map of the nearest frame.

use super::frame::{Frame, a, b, c};
use super::machine::{Flow, Machine};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Class, ErrorInfo};
use crate::code::words::{ERROR_REASONS, LOp};
use crate::code::{ModuleInstance, Place};
use crate::heap::{Heap, Kind, OwnedTerm, Term, Word};
use crate::process::Ending;
use crate::process::body::{Mfa, OldFrame};

/// An exception as raw words; nothing collects between its making and [`raise`].
pub(crate) struct Exception {
    pub(super) class: Class,
    pub(super) reason: Word,
    pub(super) args: Option<Word>,
    pub(super) stack: Option<Word>,
    pub(super) info: ErrorInfo,
    pub(super) details: Option<Word>,
    pub(super) by_caller: bool,
}

/// Where an exception comes from.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// The current instruction.
    Here,
    /// The current function did not accept these arguments (a list).
    HereWithArgs(Word),
    /// The current instruction, with arguments (a list, or `[]` for none) and an `error_info` map for the nearest frame.
    HereWithDetails(Word, Word),
    /// A function that the current instruction called, which has no code of its own (built in).
    Callee {
        module: Word,
        name: Word,
        args: Word,
    },
    /// The same, with the return address already on the stack.
    Called {
        module: Word,
        name: Word,
        args: Word,
    },
    /// A list, or a raw stack, from an earlier exception.
    Given(Word),
}

/// Raises; the loop goes on at the handler, or the process ends.
#[cold]
#[inline(never)]
pub(super) fn raise(
    m: &mut Machine<'_>,
    f: &mut Frame,
    class: Class,
    reason: Word,
    origin: Origin,
) -> Flow {
    raise_with(m, f, class, reason, origin, ErrorInfo::default())
}

/// An error of the current instruction with an `error_info` map.
#[cold]
pub(super) fn error_explained(m: &mut Machine<'_>, f: &mut Frame, reason: Atom, map: Word) -> Flow {
    let origin = Origin::HereWithDetails(Term::NIL.raw(), map);
    raise(m, f, Class::Error, Word::atom(reason), origin)
}

fn raise_with(
    m: &mut Machine<'_>,
    f: &mut Frame,
    class: Class,
    reason: Word,
    origin: Origin,
    info: ErrorInfo,
) -> Flow {
    f.spill(&m.body.heap);
    m.body.heap.clear_reserve();
    let raw = match origin {
        Origin::Given(w) => w,
        _ => raw_stack(m, f, origin, info).raw(),
    };
    if let Some(instance) = m.vm.code().instance_at(f.address()) {
        instance.count_exception(f.address());
    }
    let found = m
        .body
        .heap
        .stack()
        .iter()
        .position(|w| w.is_catch())
        .map(|at| (at, m.body.heap.stack()[at].catch_payload()));
    if m.vm.code().is_watched() {
        note_escape(m, f, found.map(|(at, _)| at), class, reason);
    }
    if m.vm.tracing.any_records() {
        let words = found.map_or(usize::MAX, |(at, _)| at);
        let handler = found.map(|(_, handler)| handler);
        super::trace_return::unwound(m, words, class, reason, handler);
    }
    let Some((at, handler)) = found else {
        let reason = exit_reason(m, class, reason, raw);
        let ending = match class {
            Class::Exit => Ending::silent(reason),
            Class::Error | Class::Throw => Ending::uncaught(reason),
        };
        return m.end(f, ending);
    };
    let w = Frame::word_at(handler);
    let slot = usize::from(a(w));
    if Frame::op(w) == LOp::CatchEnd {
        let value = caught_value(m, class, reason, raw);
        m.after_allocation(f);
        f.cut_stack(at - slot);
        f.go(handler);
        f.set_x(0, value);
    } else {
        m.after_allocation(f);
        f.cut_stack(at - slot);
        f.go(handler);
        f.set_x(0, Word::atom(class.atom()));
        f.set_x(1, reason);
        f.set_x(2, raw);
    }
    // The handler's first instruction clears the slot.
    Flow::Go
}

/// Tells the watchers of reloads which frames the exception leaves: all before the frame with the handler, which is `handler` words down
/// the stack.
#[cold]
fn note_escape(m: &Machine<'_>, f: &Frame, handler: Option<usize>, class: Class, reason: Word) {
    let stack = m.body.heap.stack();
    let left = &stack[..handler.unwrap_or(stack.len())];
    let returns = left.iter().filter(|w| w.is_return_address());
    let callers = returns.map(|w| w.return_target() - 8);
    let frames = std::iter::once(f.address()).chain(callers);
    let ends = handler.is_none()
        && !(class == Class::Exit
            && crate::process::exit::is_orderly(Frame::term(&m.body.heap, reason)));
    // The last return address before the handler leads into the frame that has it.
    let count = match handler {
        Some(_) => frames.clone().count() - 1,
        None => usize::MAX,
    };
    m.vm.code().escaped(frames.take(count), ends);
}

/// What `catch` answers.
fn caught_value(m: &Machine<'_>, class: Class, reason: Word, raw: Word) -> Word {
    let heap = &m.body.heap;
    let term = Frame::term(heap, reason);
    let exit = Term::atom(atoms::BIG_EXIT);
    match class {
        Class::Throw => reason,
        Class::Exit => heap.tuple(&[exit, term]).raw(),
        Class::Error => {
            let pair = heap.tuple(&[term, stacktrace(m, raw)]);
            heap.tuple(&[exit, pair]).raw()
        }
    }
}

/// The exit reason of a process that did not catch.
fn exit_reason(m: &Machine<'_>, class: Class, reason: Word, raw: Word) -> OwnedTerm {
    let heap = &m.body.heap;
    let term = Frame::term(heap, reason);
    let whole = match class {
        Class::Exit => term,
        Class::Error => heap.tuple(&[term, stacktrace(m, raw)]),
        Class::Throw => {
            let nocatch = heap.tuple(&[Term::atom(atoms::NOCATCH), term]);
            heap.tuple(&[nocatch, stacktrace(m, raw)])
        }
    };
    OwnedTerm::new(whole)
}

fn raw_stack<'h>(m: &'h Machine<'_>, f: &Frame, origin: Origin, info: ErrorInfo) -> Term<'h> {
    let heap = &m.body.heap;
    let depth = m.vm.backtrace_depth();
    let mut words: smallvec::SmallVec<[Term<'_>; 12]> = smallvec::SmallVec::new();
    let (front, here) = match origin {
        Origin::Here | Origin::Given(_) => (Term::NIL, true),
        Origin::HereWithArgs(args) => (Frame::term(heap, args), true),
        Origin::HereWithDetails(args, map) => {
            let parts = [Frame::term(heap, args), Frame::term(heap, map)];
            (heap.tuple(&parts), true)
        }
        Origin::Callee { module, name, args } => {
            (extra_frame(heap, module, name, args, info), true)
        }
        Origin::Called { module, name, args } => {
            (extra_frame(heap, module, name, args, info), false)
        }
    };
    words.push(front);
    let point = |address: u64| Term::small((address >> 3) as i64).expect("addresses fit");
    let mut room = depth;
    if here && room > 0 {
        // Stored like a return address: the word behind the instruction.
        words.push(point(f.address() + 8));
        room -= 1;
    }
    let mut last = 0;
    for w in heap.stack().iter().filter(|w| w.is_return_address()) {
        if room == 0 {
            break;
        }
        let target = w.return_target();
        // A recursion's repeated frames count once, as in Erlang/OTP.
        if target != last && target != m.vm.tracing.trampoline() {
            words.push(point(target));
            room -= 1;
        }
        last = target;
    }
    heap.tuple(&words)
}

fn extra_frame<'h>(
    heap: &'h Heap,
    module: Word,
    name: Word,
    args: Word,
    info: ErrorInfo,
) -> Term<'h> {
    let t = |w| Frame::term(heap, w);
    let details = match info.module {
        None => Term::NIL,
        Some(by) => {
            let key = Term::atom(atoms::MODULE);
            let mut pairs = vec![(key, Term::atom(by))];
            if let Some(cause) = info.cause {
                pairs.push((Term::atom(atoms::CAUSE), Term::atom(cause)));
            }
            let map = heap.map_from_pairs(&pairs);
            let entry = heap.tuple(&[Term::atom(atoms::ERROR_INFO), map]);
            heap.list(&[entry])
        }
    };
    heap.tuple(&[t(module), t(name), t(args), details])
}

/// The list of `{M, F, ArityOrArgs, Location}` that a raw stack stands for.
pub(super) fn stacktrace<'h>(m: &'h Machine<'_>, raw: Word) -> Term<'h> {
    let heap = &m.body.heap;
    let Some(tuple) = Frame::term(heap, raw).as_tuple() else {
        return Frame::term(heap, raw);
    };
    m.body.if_extra(|extra| extra.old_frames.clear());
    let mut frames = Vec::new();
    let mut args = None;
    let mut info = None;
    for (i, t) in tuple.iter().enumerate() {
        match (i, t.kind()) {
            (0, Kind::Tuple(pair)) if pair.len() == 2 => {
                args = pair.get(0).filter(|a| a.as_cons().is_some());
                info = pair.get(1);
            }
            (0, Kind::Tuple(_)) => frames.push(t),
            (0, Kind::Cons(_)) => args = Some(t),
            (_, Kind::Small(point)) => {
                if let Some(frame) = location(m, point as u64 * 8 - 8, args.take(), info.take()) {
                    frames.push(frame);
                }
            }
            // In front stands an empty list when there is nothing, also for a function without arguments.
            _ => {}
        }
    }
    heap.list(&frames)
}

fn location<'h>(
    m: &'h Machine<'_>,
    address: u64,
    args: Option<Term<'h>>,
    info: Option<Term<'h>>,
) -> Option<Term<'h>> {
    let heap = &m.body.heap;
    let (instance, place) = m.vm.code().locate(address)?;
    let function = &instance.functions[place.function];
    if !instance.is_current() {
        note_old_frame(m, &instance, &place);
    }
    let mut details = smallvec::SmallVec::<[Term<'h>; 3]>::new();
    if let Some((file, line)) = place.line {
        details.push(heap.tuple(&[Term::atom(atoms::FILE), heap.string(&file)]));
        details.push(heap.tuple(&[Term::atom(atoms::LINE), heap.int(i64::from(line))]));
    }
    details.extend(info.map(|map| heap.tuple(&[Term::atom(atoms::ERROR_INFO), map])));
    let details = heap.list(&details);
    let arity = args.unwrap_or_else(|| heap.int(i64::from(function.arity)));
    Some(heap.tuple(&[
        Term::atom(instance.module),
        Term::atom(function.name),
        arity,
        details,
    ]))
}

/// Frames of code that is not current are remembered beside the stack trace, whose terms are OTP's: reports name the version.
#[cold]
fn note_old_frame(m: &Machine<'_>, instance: &ModuleInstance, place: &Place) {
    let function = &instance.functions[place.function];
    let mfa = Mfa {
        module: instance.module,
        function: function.name,
        arity: function.arity,
    };
    let frame = OldFrame {
        mfa,
        line: place.line.as_ref().map_or(0, |l| l.1),
        version: instance.version,
    };
    m.body.with_extra(|extra| extra.old_frames.push(frame));
}

/// `BuildStacktrace`
#[cold]
#[inline(never)]
pub(super) fn build_stacktrace(m: &mut Machine<'_>, f: &mut Frame, w: u64) {
    f.spill(&m.body.heap);
    let list = stacktrace(m, f.r(a(w))).raw();
    m.after_allocation(f);
    f.set_r(b(w), list);
    f.step(1);
}

/// `Raise`: class, reason and stack from registers.
#[cold]
#[inline(never)]
pub(super) fn reraise(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    let class = f.r(a(w));
    let class = class
        .is_atom()
        .then(|| class.atom_value())
        .and_then(Class::from_atom);
    let (reason, stack) = (f.r(b(w)), f.r(c(w)));
    match class {
        Some(class) => raise(m, f, class, reason, Origin::Given(stack)),
        None => raise(m, f, Class::Error, Word::atom(atoms::BADARG), Origin::Here),
    }
}

/// `Error0`, `Error1`: one of the reasons with its own instruction.
#[cold]
#[inline(never)]
pub(super) fn error(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    let name = ERROR_REASONS[usize::from(b(w))];
    let reason = if Frame::op(w) == LOp::Error0 {
        Word::atom(name)
    } else {
        f.spill(&m.body.heap);
        let heap = &m.body.heap;
        let value = Frame::term(heap, f.r(a(w)));
        let reason = heap.tuple(&[Term::atom(name), value]).raw();
        m.after_allocation(f);
        reason
    };
    raise(m, f, Class::Error, reason, Origin::Here)
}

/// `FuncClause`
#[cold]
#[inline(never)]
pub(super) fn function_clause(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    super::binaries::settle(m, f, usize::from(a(w)), true);
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let args = heap.list(f.args(heap, usize::from(a(w)))).raw();
    m.after_allocation(f);
    let reason = Word::atom(atoms::FUNCTION_CLAUSE);
    raise(m, f, Class::Error, reason, Origin::HereWithArgs(args))
}

/// Plain `error:Reason` of the current instruction.
#[cold]
#[inline(never)]
pub(super) fn error_atom(m: &mut Machine<'_>, f: &mut Frame, reason: Atom) -> Flow {
    raise(m, f, Class::Error, Word::atom(reason), Origin::Here)
}

/// `error:{Reason, Value}` of the current instruction.
#[cold]
#[inline(never)]
pub(super) fn error_value(m: &mut Machine<'_>, f: &mut Frame, reason: Atom, value: Word) -> Flow {
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let reason = heap
        .tuple(&[Term::atom(reason), Frame::term(heap, value)])
        .raw();
    m.after_allocation(f);
    raise(m, f, Class::Error, reason, Origin::Here)
}

/// An operator or guard function of module erlang failed on these arguments.
#[cold]
#[inline(never)]
pub(super) fn operator_failed(
    m: &mut Machine<'_>,
    f: &mut Frame,
    reason: Atom,
    name: &str,
    args: &[Word],
) -> Flow {
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let args = heap
        .list_from(args.iter().map(|w| Frame::term(heap, *w)))
        .raw();
    let name = m.vm.atoms().intern(name).unwrap_or(atoms::UNDEFINED);
    m.after_allocation(f);
    let origin = Origin::Callee {
        module: Word::atom(atoms::ERLANG),
        name: Word::atom(name),
        args,
    };
    raise_with(
        m,
        f,
        Class::Error,
        Word::atom(reason),
        origin,
        erts_errors(m),
    )
}

fn erts_errors(m: &Machine<'_>) -> ErrorInfo {
    ErrorInfo {
        module: m.vm.atoms().intern("erl_erts_errors").ok(),
        cause: None,
    }
}

/// Which module explains a built-in function's errors.
fn explainer(m: &Machine<'_>, row: &BifRow, info: ErrorInfo) -> ErrorInfo {
    if info.module.is_some() {
        return info;
    }
    match row.module {
        "erlang" | "persistent_term" | "counters" | "atomics" => ErrorInfo {
            cause: info.cause,
            ..erts_errors(m)
        },
        "lists" | "maps" | "ets" | "re" | "binary" | "math" | "unicode" => ErrorInfo {
            module: m.vm.atoms().intern("erl_stdlib_errors").ok(),
            cause: info.cause,
        },
        "os" => ErrorInfo {
            module: m.vm.atoms().intern("erl_kernel_errors").ok(),
            cause: info.cause,
        },
        _ => info,
    }
}

fn names(m: &Machine<'_>, row: &BifRow) -> (Word, Word) {
    let atom = |s| Word::atom(m.vm.atoms().intern(s).unwrap_or(atoms::UNDEFINED));
    (atom(row.module), atom(row.name))
}

/// A built-in function raised; its arguments are still in `x0..arity`. `here`: the current instruction called it.
#[cold]
pub(super) fn raise_from_bif(
    m: &mut Machine<'_>,
    f: &mut Frame,
    e: Exception,
    row: &BifRow,
    arity: usize,
    here: bool,
) -> Flow {
    if let Some(stack) = e.stack {
        return raise(m, f, e.class, e.reason, Origin::Given(stack));
    }
    if e.by_caller || e.class != Class::Error {
        let origin = match (e.args, e.details) {
            (args, Some(map)) if here => {
                Origin::HereWithDetails(args.unwrap_or(Term::NIL.raw()), map)
            }
            (Some(args), _) if here => Origin::HereWithArgs(args),
            _ => Origin::Here,
        };
        return raise(m, f, e.class, e.reason, origin);
    }
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let args = e
        .args
        .unwrap_or_else(|| heap.list(f.args(heap, arity)).raw());
    m.after_allocation(f);
    raise_bif_frame(m, f, &e, row, args, here)
}

/// The same for the `bif` instruction.
#[cold]
pub(super) fn raise_in_guard_bif(
    m: &mut Machine<'_>,
    f: &mut Frame,
    e: Exception,
    row: &BifRow,
    args: Word,
) -> Flow {
    raise_bif_frame(m, f, &e, row, args, true)
}

fn raise_bif_frame(
    m: &mut Machine<'_>,
    f: &mut Frame,
    e: &Exception,
    row: &BifRow,
    args: Word,
    here: bool,
) -> Flow {
    let info = explainer(m, row, e.info);
    let (module, name) = names(m, row);
    let origin = if here {
        Origin::Callee { module, name, args }
    } else {
        Origin::Called { module, name, args }
    };
    raise_with(m, f, e.class, e.reason, origin, info)
}
