//! Calls that leave the module: export cells, built-in functions, funs, `apply`, undefined functions.
//! A call pushes its return address first (or drops its frame), then looks where it leads.

use super::control::push_return;
use super::errors::{self, Origin};
use super::frame::{Frame, a, b};
use super::machine::{Flow, Machine};
use super::order::{self, Order};
use super::setup::Autoload;
use crate::atoms;
use crate::bifs::{BifRow, Class, Cx};
use crate::code::words::LOp;
use crate::heap::{ObjKind, Term, Word};
use crate::process::body::{Mfa, process_flag};
use crate::process::saved_calls::Saved;
use crate::process::{Collection, Outcome};
use crate::sync::code_cells::CellRef;
use std::cell::Cell;

/// How the caller goes on after a call.
#[derive(Clone, Copy)]
pub(super) enum Tail {
    /// At the instruction so many words further on.
    Body(usize),
    /// Not at all: the frame of so many slots is dropped first.
    Last(u16),
    /// Not at all, there is no frame.
    Only,
}

impl Tail {
    #[inline(always)]
    pub(super) fn leave(self, f: &mut Frame) {
        match self {
            Tail::Body(n) => push_return(f, n),
            Tail::Last(n) => f.shrink(n),
            Tail::Only => {}
        }
    }
}

/// A built-in function called by name: directly, unless its cell was turned to something else (tracing).
#[inline(always)]
pub(super) fn call_bif(m: &mut Machine<'_>, f: &mut Frame, w: u64, tail: Tail) -> Flow {
    let cell = f.cell();
    let stub = cell.stub()[0].load(std::sync::atomic::Ordering::Relaxed);
    if stub as u16 != LOp::BifStub as u16 || cell.address(m.code_index) != cell.stub_address() {
        tail.leave(f);
        f.go(cell.address(m.code_index));
        return Flow::Entry;
    }
    let row = bif_row(&cell);
    run_bif(m, f, row, usize::from(a(w)), tail)
}

/// The row of a built-in function's cell: its stub carries the address.
#[inline(always)]
fn bif_row(cell: &CellRef) -> &'static BifRow {
    Frame::row_of(cell)
}

/// The stub of a built-in function, reached like a function of its own.
#[inline(never)]
pub(super) fn bif_stub(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    let row = f.row(1);
    run_bif(m, f, row, usize::from(a(w)), Tail::Only)
}

/// Calls a built-in function with `x0..arity` and goes on as `tail` says.
#[inline(never)]
fn run_bif(
    m: &mut Machine<'_>,
    f: &mut Frame,
    row: &'static BifRow,
    arity: usize,
    tail: Tail,
) -> Flow {
    f.spill(&m.body.heap);
    m.body.heap.clear_reserve();
    let left = Cell::new(m.left(f) - 1);
    m.body.at.set(f.address());
    let saves = m.body.has_flag(process_flag::SAVES_CALLS);
    if saves {
        save_bif(m, row);
    }
    let answer = match order::answered(m.body) {
        Some(answer) => answer,
        None => {
            let cx = Cx::new(&m.body.heap, m.body, m.vm, &left).on_scheduler();
            let args = f.args(&m.body.heap, arity);
            let here = match row.is_long {
                Some(is_long) if is_long(args) => cx.long(args),
                _ => Ok(()),
            };
            here.and_then(|()| (row.f)(&cx, args))
                .map(Term::raw)
                .map_err(Order::of)
        }
    };
    if saves {
        saved_bif(m, row, &answer);
    }
    m.set_left(f, left.get());
    m.after_allocation(f);
    match answer {
        Ok(v) => {
            f.set_x(0, v);
            come_back(f, tail);
            Flow::Go
        }
        Err(order) => obey(m, f, order, row, arity, tail),
    }
}

#[cold]
fn save_bif(m: &Machine<'_>, row: &BifRow) {
    let atoms = m.vm.atoms();
    if let (Ok(module), Ok(function)) = (atoms.intern(row.module), atoms.intern(row.name)) {
        let arity = row.arity;
        m.body.saved(Saved::Call(Mfa {
            module,
            function,
            arity,
        }));
    }
}

/// A call that waits is made again; one that sent is followed by what it did.
#[cold]
fn saved_bif(m: &Machine<'_>, row: &BifRow, answer: &Result<Word, Order>) {
    match answer {
        Err(Order::Again(_) | Order::Wait(_) | Order::Elsewhere(_)) => {
            m.body.if_extra(|extra| extra.save_calls.take_back());
        }
        Ok(_) if row.module == "erlang" && row.name == "send" => m.body.saved(Saved::Send),
        _ => {}
    }
}

/// Saves a call through an export cell. Built-in functions save themselves.
#[cold]
#[inline(never)]
pub(super) fn save(m: &Machine<'_>, cell: &CellRef) {
    if cell.bif.is_none() && m.body.has_flag(process_flag::SAVES_CALLS) {
        m.body.saved(Saved::Call(Mfa {
            module: cell.module,
            function: cell.name,
            arity: cell.arity,
        }));
    }
}

/// Goes on after a value is in `x0`.
#[inline(always)]
fn come_back(f: &mut Frame, tail: Tail) {
    match tail {
        Tail::Body(n) => f.step(n),
        Tail::Last(n) => super::control::dealloc_return(f, n),
        Tail::Only => super::control::ret(f),
    }
}

#[cold]
fn obey(
    m: &mut Machine<'_>,
    f: &mut Frame,
    order: Order,
    row: &'static BifRow,
    arity: usize,
    tail: Tail,
) -> Flow {
    let load = |f: &mut Frame, args: &[Word]| {
        args.iter()
            .enumerate()
            .for_each(|(i, w)| f.set_x(i as u16, *w));
    };
    match order {
        Order::Raise(e) => {
            // A stub was jumped to: the caller's position is on the stack.
            let here = !matches!(tail, Tail::Only) || Frame::op(f.fetch()) != LOp::BifStub;
            errors::raise_from_bif(m, f, e, row, arity, here)
        }
        Order::Call(module, name, args) => {
            load(f, &args);
            let cell = m.cell_of(module, name, args.len() as u8);
            if m.body.has_flag(process_flag::HIBERNATING) {
                return hibernate(m, f, &cell, args.len());
            }
            tail.leave(f);
            f.go(cell.address(m.code_index));
            Flow::Entry
        }
        Order::CallFun(args) => {
            load(f, &args);
            apply_fun(m, f, args.len() - 1, tail)
        }
        Order::Again(args) => {
            load(f, &args);
            m.leave(f, arity, Outcome::Yield)
        }
        Order::Wait(args) => {
            load(f, &args);
            m.leave(f, arity, Outcome::WaitInBif)
        }
        Order::Elsewhere(args) => {
            load(f, &args);
            order::ask(m.body, row);
            m.leave(f, arity, Outcome::Elsewhere)
        }
        Order::Signals(value) => {
            // An errand among the signals may collect: the value waits among the saved registers, which are roots.
            m.body.regs.push(value);
            m.body.at.set(f.address());
            if m.signals(f) == Flow::Stop {
                return Flow::Stop;
            }
            let value = m.body.regs.pop().expect("invariant: pushed just above");
            f.set_x(0, value);
            come_back(f, tail);
            Flow::Go
        }
        Order::Collect(value) => {
            f.set_x(0, value);
            come_back(f, tail);
            let everything = Collection {
                need: 0,
                full: true,
            };
            m.leave(f, 1, Outcome::Collect(everything))
        }
        Order::Yield(value) => {
            f.set_x(0, value);
            come_back(f, tail);
            m.leave(f, 1, Outcome::Yield)
        }
    }
}

/// A built-in function wants a fun called in its place. What cannot be called fails where the built-in function was called.
fn apply_fun(m: &mut Machine<'_>, f: &mut Frame, arity: usize, tail: Tail) -> Flow {
    let fun = f.x(arity as u16);
    let header = Frame::header(fun);
    let is_fun = header.is_kind(ObjKind::Fun) || header.is_kind(ObjKind::ExtFun);
    if is_fun && header.header_extra() as usize == arity && !is_gone(m, fun) {
        tail.leave(f);
        return enter_fun(m, f, arity);
    }
    // Reached through its stub (the first call of a process) the function shows itself: there is no caller to blame.
    let at_stub = Frame::op(f.fetch()) == LOp::BifStub;
    call_fun_slow(m, f, arity, if at_stub { Tail::Only } else { tail })
}

/// Throws the stack away but for the word that ends the process, and waits for a message. It sleeps at the stub of the function, not in
/// its code: it is in no version meanwhile and wakes in the one that is current then.
#[cold]
fn hibernate(m: &mut Machine<'_>, f: &mut Frame, cell: &CellRef, arity: usize) -> Flow {
    f.go(cell.address(m.code_index));
    f.spill(&m.body.heap);
    let frames = m.body.heap.stack().len() - 1;
    f.cut_stack(frames);
    if !m.body.mailbox.borrow().is_empty() {
        m.body.set_flag(process_flag::HIBERNATING, false);
        return Flow::Entry;
    }
    f.go(cell.stub_address());
    let flow = m.leave(f, arity, Outcome::Wait);
    m.body.collect_now(m.vm);
    m.body.mailbox.borrow_mut().shrink();
    flow
}

/// `CallFun` and its variants: the fun is in `x[arity]`. False when it is not an ordinary call.
#[inline(always)]
pub(super) fn call_fun_fast(f: &mut Frame, w: u64, tail: Tail) -> bool {
    let arity = a(w);
    let fun = f.x(arity);
    let header = Frame::header(fun);
    if header.is_kind(ObjKind::Fun) && header.header_extra() == u32::from(arity) {
        let code = Frame::fun_info(fun).code();
        if code != 0 {
            let free = header.header_size() - 2;
            for i in 0..free {
                f.set_x(arity + i as u16, Frame::field(fun, 2 + i));
            }
            tail.leave(f);
            f.go(code);
            return true;
        }
    }
    false
}

#[cold]
#[inline(never)]
pub(super) fn call_fun_slow(m: &mut Machine<'_>, f: &mut Frame, arity: usize, tail: Tail) -> Flow {
    let fun = f.x(arity as u16);
    let header = Frame::header(fun);
    let is_fun = header.is_kind(ObjKind::Fun) || header.is_kind(ObjKind::ExtFun);
    let other_arity = is_fun && header.header_extra() as usize != arity;
    if !is_fun || other_arity || is_gone(m, fun) {
        f.spill(&m.body.heap);
        let heap = &m.body.heap;
        let fun = Frame::term(heap, fun);
        let args = heap.list(f.args(heap, arity));
        let reason = if other_arity {
            let pair = heap.tuple(&[fun, args]);
            heap.tuple(&[Term::atom(atoms::BADARITY), pair])
        } else {
            heap.tuple(&[Term::atom(atoms::BADFUN), fun])
        };
        let reason = reason.raw();
        m.after_allocation(f);
        let origin = match Frame::op(f.fetch()) {
            LOp::BifStub => Origin::Called {
                module: Word::atom(atoms::ERLANG),
                name: Word::atom(atoms::APPLY),
                args: Word::small(2),
            },
            _ => Origin::Here,
        };
        return errors::raise(m, f, Class::Error, reason, origin);
    }
    tail.leave(f);
    enter_fun(m, f, arity)
}

/// A local fun whose code was purged while its module lives on in another version: nothing can bring it back but the same bytes.
fn is_gone(m: &Machine<'_>, fun: Word) -> bool {
    if !Frame::header(fun).is_kind(ObjKind::Fun) {
        return false;
    }
    let info = Frame::fun_info(fun);
    info.code() == 0 && m.vm.code().current(info.module).is_some()
}

/// Jumps into the fun in `x[arity]`; the return address is pushed.
fn enter_fun(m: &mut Machine<'_>, f: &mut Frame, arity: usize) -> Flow {
    let fun = f.x(arity as u16);
    let header = Frame::header(fun);
    if header.is_kind(ObjKind::ExtFun) && header.header_extra() as usize == arity {
        let cell = Frame::fun_cell(fun).unwrap_or_else(|| {
            let (module, name) = (Frame::field(fun, 1), Frame::field(fun, 2));
            m.cell_of(module.atom_value(), name.atom_value(), arity as u8)
        });
        save(m, &cell);
        f.go(cell.address(m.code_index));
        return Flow::Entry;
    }
    if !header.is_kind(ObjKind::Fun) || header.header_extra() as usize != arity || is_gone(m, fun) {
        // Only an order of a built-in function comes here; say what `call_fun` would say.
        f.push(Word::return_address(f.address()));
        let flow = call_fun_slow(m, f, arity, Tail::Only);
        return flow;
    }
    let info = Frame::fun_info(fun);
    if info.code() == 0 {
        return undefined(m, f, Undefined::Lambda(info.module, fun), arity);
    }
    for i in 0..header.header_size() - 2 {
        f.set_x((arity + i) as u16, Frame::field(fun, 2 + i));
    }
    f.go(info.code());
    Flow::Entry
}

/// `Apply` and its variants: module in `x[arity]`, function in `x[arity+1]`.
#[inline(never)]
pub(super) fn apply(m: &mut Machine<'_>, f: &mut Frame, w: u64, tail: Tail) -> Flow {
    let arity = a(w);
    let (module, name) = (f.x(arity), f.x(arity + 1));
    if !module.is_atom() || !name.is_atom() {
        f.spill(&m.body.heap);
        let heap = &m.body.heap;
        let args = heap.list(f.args(heap, usize::from(arity))).raw();
        m.after_allocation(f);
        return errors::operator_failed(m, f, atoms::BADARG, "apply", &[module, name, args]);
    }
    let cell = m.cell_of(module.atom_value(), name.atom_value(), arity as u8);
    save(m, &cell);
    tail.leave(f);
    f.go(cell.address(m.code_index));
    Flow::Entry
}

enum Undefined {
    Function(atoms::Atom, atoms::Atom),
    Lambda(atoms::Atom, Word),
}

/// The stub of a function that is not loaded: the image may have its module, else the error handler of the process may know.
#[cold]
#[inline(never)]
pub(super) fn undefined_function(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    let cell = f.cell();
    let arity = usize::from(a(w));
    match m.vm.autoload(cell.module) {
        // The next slice runs into the code, or into the stub again if the module has no such function.
        Autoload::Done
            if !cell.is_defined(m.code_index) && cell.is_defined(m.vm.code().active_index()) =>
        {
            return m.resume(f, arity, cell.stub_address());
        }
        Autoload::Later => return m.leave(f, arity, Outcome::Yield),
        Autoload::Done | Autoload::Absent => {}
    }
    if cell.address(m.code_index) != cell.stub_address() {
        f.go(cell.address(m.code_index));
        return Flow::Go;
    }
    undefined(m, f, Undefined::Function(cell.module, cell.name), arity)
}

fn undefined(m: &mut Machine<'_>, f: &mut Frame, what: Undefined, arity: usize) -> Flow {
    let handler = m
        .body
        .if_extra(|e| e.error_handler)
        .unwrap_or(atoms::ERROR_HANDLER);
    let (module, second, name) = match what {
        Undefined::Function(module, name) => (module, Word::atom(name), atoms::UNDEFINED_FUNCTION),
        Undefined::Lambda(module, fun) => (module, fun, atoms::UNDEFINED_LAMBDA),
    };
    let cell = m.cell_of(handler, name, 3);
    let wanted = module != handler;
    if wanted && !cell.is_defined(m.code_index) {
        match m.vm.autoload(handler) {
            Autoload::Done if cell.is_defined(m.vm.code().active_index()) => {
                return m.leave(f, arity, Outcome::Yield);
            }
            Autoload::Later => return m.leave(f, arity, Outcome::Yield),
            Autoload::Done | Autoload::Absent => {}
        }
    }
    f.spill(&m.body.heap);
    let heap = &m.body.heap;
    let args = heap.list(f.args(heap, arity)).raw();
    m.after_allocation(f);
    if !wanted || !cell.is_defined(m.code_index) {
        let origin = Origin::Called {
            module: Word::atom(module),
            name: second,
            args,
        };
        return errors::raise(m, f, Class::Error, Word::atom(atoms::UNDEF), origin);
    }
    f.set_x(0, Word::atom(module));
    f.set_x(1, second);
    f.set_x(2, args);
    f.go(cell.address(m.code_index));
    Flow::Entry
}

/// A guard function with an instruction of its own failed.
#[cold]
#[inline(never)]
pub(super) fn guard_failed(
    m: &mut Machine<'_>,
    f: &mut Frame,
    name: &str,
    args: &[Word],
    fail: u64,
) -> Flow {
    if fail != 0 {
        f.jump(fail as i64);
        return Flow::Go;
    }
    errors::operator_failed(m, f, atoms::BADARG, name, args)
}

/// `x0 ! x1`: the function `erlang:send/2` under its own name.
pub(super) fn send(m: &mut Machine<'_>, f: &mut Frame) -> Flow {
    let plain = m.body.trace_flags.get() & crate::trace::flags::SENDING == 0
        && !m.body.has_flag(process_flag::SAVES_CALLS);
    if f.x(0).is_pid() && plain {
        f.spill(&m.body.heap);
        let message = f.x(1);
        let (from, to) = (m.body.pid, f.x(0).pid_value());
        m.vm.send_plain(from, to, Frame::term(&m.body.heap, message));
        f.reds -= 2;
        f.set_x(0, message);
        f.step(1);
        return Flow::Go;
    }
    let row = m.vm.send_row();
    run_bif(m, f, row, 2, Tail::Body(1))
}

/// `Bif`: a guard function with operands from anywhere.
#[inline(never)]
pub(super) fn guard_bif(m: &mut Machine<'_>, f: &mut Frame, w: u64) -> Flow {
    let n = usize::from(b(w));
    let row = f.row(1);
    f.spill(&m.body.heap);
    let left = Cell::new(m.left(f));
    let answer = {
        let heap = &m.body.heap;
        let args: smallvec::SmallVec<[Term<'_>; 4]> = (0..n)
            .map(|i| Frame::term(heap, f.operand(3 + i)))
            .collect();
        let cx = Cx::new(heap, m.body, m.vm, &left);
        match (row.f)(&cx, &args) {
            Ok(t) => Ok(t.raw()),
            Err(_) if f.ext(2) != 0 => Err(None),
            Err(raise) => Err(Some((Order::of(raise), heap.list(&args).raw()))),
        }
    };
    m.after_allocation(f);
    match answer {
        Ok(v) => {
            f.set_r(a(w), v);
            f.step(3 + n);
            Flow::Go
        }
        Err(None) => {
            f.jump(f.ext(2) as i64);
            Flow::Go
        }
        Err(Some((Order::Raise(e), args))) => errors::raise_in_guard_bif(m, f, e, row, args),
        Err(Some(_)) => unreachable!("invariant: guard functions only raise"),
    }
}
