//! The interpreter: one loop over loaded code, instruction bodies by family.
//!
//! Reading order: this file (the loop), `frame` (hot state, all raw access), `control`, `terms`, `conditions`, `arith`, `machine` (entering, leaving,
//! collecting), `calls`, `errors`, `receive`, `maps`, `binaries`, `construct`, `bits`, `numbers`.
//!
//! The hot state stays in locals: bodies are inlined, and whatever is not gets a copy of the frame (`slow!`), so that the
//! frame itself never has an address.

mod arith;
mod binaries;
mod bits;
mod calls;
mod conditions;
mod construct;
mod control;
mod errors;
mod frame;
mod machine;
mod maps;
pub mod numbers;
mod order;
mod receive;
pub mod setup;
mod terms;
mod trace;
pub(crate) mod trace_return;
pub(crate) mod trace_time;

use crate::code::words::{Arith, LOp};
use crate::heap::{ObjKind, Word};
use crate::process::body::process_flag::SAVES_CALLS;
use crate::process::{Outcome, Slice};
use arith as ar;
use binaries as bin;
use calls::Tail;
use conditions as cd;
use control as ct;
use frame::{Frame, Registers, a, b, bc, c, hi, lo};
use machine::{Flow, Machine};

pub(crate) use machine::may_go_on;
pub use order::Elsewhere;
pub(crate) use order::answer as answer_elsewhere;
pub use setup::{LoadError, Runtime, install};

/// A word as a term: for places that kept one raw because no lifetime could be given, while nothing collected. The word must belong to that heap, to
/// a literal, or to memory that outlives the borrow.
pub(crate) fn term_of(heap: &crate::heap::Heap, w: Word) -> crate::heap::Term<'_> {
    Frame::term(heap, w)
}

/// Runs a slice of a process that runs Erlang code.
pub fn run(slice: &mut Slice<'_>) -> Outcome {
    let careful = slice.vm.options.gc_stress != 0 || slice.body.has_flag(SAVES_CALLS);
    let mut regs = Registers::new();
    let (mut m, f) = Machine::enter(slice, &mut regs);
    if careful {
        dispatch::<true>(&mut m, f);
    } else {
        dispatch::<false>(&mut m, f);
    }
    let left = m.reductions_left();
    let outcome = std::mem::replace(&mut m.outcome, Outcome::Yield);
    slice.reductions = left;
    outcome
}

/// Runs something outside of the loop's own machine code: inlined bodies of slow paths would cost the hot ones their registers.
#[inline(never)]
fn apart<'s, R>(
    m: &mut Machine<'s>,
    f: &mut Frame,
    body: impl FnOnce(&mut Machine<'s>, &mut Frame) -> R,
) -> R {
    body(m, f)
}

/// Runs until the slice ends. With `CAREFUL` every collection point asks the heap whether it wants to collect, and external calls may be saved.
#[inline(never)]
fn dispatch<const CAREFUL: bool>(m: &mut Machine<'_>, entered: Frame) {
    // A local of its own: the argument has an address, which would keep the hot state in memory.
    let mut f = entered.copied();
    // Calls a function that is not inlined with a copy of the frame.
    macro_rules! slow {
        ($body:expr) => {{
            let mut g = f.copied();
            let answer = apart(&mut *m, &mut g, $body);
            f = g.copied();
            answer
        }};
    }
    // After a call: `f` is at the entry of what was called.
    macro_rules! called {
        () => {{
            f.reds -= 1;
            if f.reds <= 0
                && slow!(move |m: &mut Machine<'_>, g: &mut Frame| m.out_of_reductions(g))
                    == Flow::Stop
            {
                return;
            }
        }};
    }
    macro_rules! flow {
        ($body:expr) => {
            match slow!($body) {
                Flow::Go => {}
                Flow::Entry => called!(),
                Flow::Stop => return,
            }
        };
    }
    macro_rules! call_fun {
        ($w:ident, $tail:expr) => {
            if calls::call_fun_fast(&mut f, $w, $tail) {
                called!();
            } else {
                let (arity, tail) = (usize::from(a($w)), $tail);
                flow!(
                    move |m: &mut Machine<'_>, g: &mut Frame| calls::call_fun_slow(
                        m, g, arity, tail
                    )
                );
            }
        };
    }
    macro_rules! room {
        ($words:expr, $live:expr) => {
            if CAREFUL || !f.room($words) {
                let (words, live) = ($words, $live);
                flow!(
                    move |m: &mut Machine<'_>, g: &mut Frame| m.collect_or_leave(
                        g,
                        words,
                        usize::from(live)
                    )
                );
            }
        };
    }
    macro_rules! saved {
        () => {
            if CAREFUL {
                calls::save(&*m, &f.cell());
            }
        };
    }
    macro_rules! reserve {
        ($words:expr) => {
            m.body.heap.reserve_to(f.htop, $words)
        };
    }
    // Tests of R[a] with the fail distance in c.
    macro_rules! test {
        ($w:ident, $words:literal, $ok:expr) => {{
            let ok = $ok;
            cd::test(&mut f, $w, $words, ok);
        }};
    }
    macro_rules! arith {
        ($set:ident, $w:ident, $fast:expr, $op:expr, $p:expr, $q:expr) => {{
            let (p, q) = ($p, $q);
            match $fast(p, q) {
                Some(v) => {
                    f.$set(c($w), v);
                    f.step(1);
                }
                None => {
                    let float = if const { ar::has_floats($op) } {
                        ar::float::<{ $op as u8 }>(&m.body.heap, f.htop, f.sp, p, q)
                    } else {
                        None
                    };
                    if let Some(v) = float {
                        f.took(2);
                        f.$set(c($w), v);
                        f.step(1);
                    } else {
                        let (at, dst) = (f.pc, c($w));
                        flow!(move |m: &mut Machine<'_>, g: &mut Frame| ar::body_slow(
                            m, g, $op, p, q, dst
                        ));
                        // An exception has moved on to its handler.
                        if f.pc == at {
                            f.step(1);
                        }
                    }
                }
            }
        }};
    }
    loop {
        let mut w = f.fetch();
        loop {
            match Frame::op(w) {
                LOp::MoveRR => ct::move_rr(&mut f, w),
                LOp::MoveXX => ct::move_xx(&mut f, w),
                LOp::MoveXY => ct::move_xy(&mut f, w),
                LOp::MoveYX => ct::move_yx(&mut f, w),
                LOp::MoveKR => ct::move_kr(&mut f, w),
                LOp::MoveWX => {
                    f.set_x(a(w), ct::wide(w));
                    f.step(1);
                }
                LOp::MoveWY => {
                    f.set_y(a(w), ct::wide(w));
                    f.step(1);
                }
                LOp::Move2XY => ct::two(&mut f, w, ct::xy),
                LOp::Move3XY => ct::three(&mut f, w, ct::xy),
                LOp::Move2YX => ct::two(&mut f, w, ct::yx),
                LOp::Move3YX => ct::three(&mut f, w, ct::yx),
                LOp::Move2XX => ct::two(&mut f, w, ct::xx),
                LOp::Move3XX => ct::three(&mut f, w, ct::xx),
                LOp::Move2 => ct::two(&mut f, w, ct::rr),
                LOp::Move3 => ct::three(&mut f, w, ct::rr),
                LOp::SwapRR => ct::swap(&mut f, w),
                LOp::Jump => f.jump((w as i64) >> 16),
                LOp::Call => {
                    ct::call(&mut f, w);
                    called!();
                }
                LOp::CallLast => {
                    f.shrink(a(w));
                    f.jump(bc(w));
                    called!();
                }
                LOp::CallOnly => {
                    f.jump(bc(w));
                    called!();
                }
                LOp::Move2XXCall => {
                    ct::xx(&mut f, a(w));
                    ct::xx(&mut f, b(w));
                    let to = f.ext(1) as i64;
                    ct::push_return(&mut f, 2);
                    f.jump(to);
                    called!();
                }
                LOp::Move2YXCall => {
                    ct::yx(&mut f, a(w));
                    ct::yx(&mut f, b(w));
                    let to = f.ext(1) as i64;
                    ct::push_return(&mut f, 2);
                    f.jump(to);
                    called!();
                }
                LOp::Move2XXCallOnly => {
                    ct::xx(&mut f, a(w));
                    ct::xx(&mut f, b(w));
                    f.jump(f.ext(1) as i64);
                    called!();
                }
                LOp::AddYICall => {
                    let n = i64::from(hi(a(w)) as u8 as i8);
                    let (p, q) = (f.y(lo(a(w))), Word::small(n));
                    match ar::add(p, q) {
                        Some(v) => {
                            f.set_x(0, v);
                            ct::call(&mut f, w);
                            called!();
                        }
                        None => {
                            let at = f.pc;
                            flow!(move |m: &mut Machine<'_>, g: &mut Frame| ar::body_slow(
                                m,
                                g,
                                Arith::Add,
                                p,
                                q,
                                0
                            ));
                            if f.pc == at {
                                ct::call(&mut f, w);
                                called!();
                            }
                        }
                    }
                }
                LOp::MoveXXCall => {
                    ct::xx(&mut f, a(w));
                    ct::call(&mut f, w);
                    called!();
                }
                LOp::MoveYXCall => {
                    ct::yx(&mut f, a(w));
                    ct::call(&mut f, w);
                    called!();
                }
                LOp::MoveXXCallOnly => {
                    ct::xx(&mut f, a(w));
                    f.jump(bc(w));
                    called!();
                }
                LOp::AddICallOnly => {
                    let (p, q) = (f.x(lo(a(w))), cd::short(w));
                    match ar::add(p, q) {
                        Some(v) => {
                            f.set_x(hi(a(w)), v);
                            f.fail(w);
                            called!();
                        }
                        None => {
                            let at = f.pc;
                            flow!(move |m: &mut Machine<'_>, g: &mut Frame| ar::body_slow(
                                m,
                                g,
                                Arith::Add,
                                p,
                                q,
                                hi(a(w))
                            ));
                            if f.pc == at {
                                f.fail(w);
                                called!();
                            }
                        }
                    }
                }
                LOp::CallExt => {
                    saved!();
                    let to = f.cell().address(m.code_index);
                    ct::push_return(&mut f, 2);
                    f.go(to);
                    called!();
                }
                LOp::CallExtLast => {
                    saved!();
                    let to = f.cell().address(m.code_index);
                    f.shrink(b(w));
                    f.go(to);
                    called!();
                }
                LOp::CallExtOnly => {
                    saved!();
                    let to = f.cell().address(m.code_index);
                    f.go(to);
                    called!();
                }
                LOp::CallBif => flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::call_bif(
                    m,
                    g,
                    w,
                    Tail::Body(2)
                )),
                LOp::CallBifLast => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::call_bif(
                        m,
                        g,
                        w,
                        Tail::Last(b(w))
                    ))
                }
                LOp::CallBifOnly => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::call_bif(
                        m,
                        g,
                        w,
                        Tail::Only
                    ))
                }
                LOp::CallFun => call_fun!(w, Tail::Body(1)),
                LOp::CallFunLast => call_fun!(w, Tail::Last(b(w))),
                LOp::CallFunOnly => call_fun!(w, Tail::Only),
                LOp::Apply => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::apply(
                        m,
                        g,
                        w,
                        Tail::Body(1)
                    ))
                }
                LOp::ApplyLast => flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::apply(
                    m,
                    g,
                    w,
                    Tail::Last(b(w))
                )),
                LOp::ApplyOnly => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::apply(
                        m,
                        g,
                        w,
                        Tail::Only
                    ))
                }
                LOp::Return => ct::ret(&mut f),
                LOp::DeallocReturn => ct::dealloc_return(&mut f, a(w)),
                LOp::MoveXReturn => {
                    f.set_x(0, f.x(a(w)));
                    ct::ret(&mut f);
                }
                LOp::MoveWReturn => {
                    f.set_x(0, ct::wide(w));
                    ct::ret(&mut f);
                }
                LOp::MoveYDeallocReturn => {
                    f.set_x(0, f.y(a(w)));
                    ct::dealloc_return(&mut f, b(w));
                }
                LOp::MoveWDeallocReturn => {
                    f.set_x(0, ct::wide(w));
                    ct::dealloc_return(&mut f, a(w));
                }
                LOp::Allocate => {
                    let n = usize::from(a(w));
                    room!(n + usize::from(b(w)), c(w));
                    f.grow(n);
                    reserve!(usize::from(b(w)));
                    f.step(1);
                }
                LOp::AllocateMove => {
                    room!(usize::from(lo(a(w))), hi(a(w)));
                    f.grow(usize::from(lo(a(w))));
                    f.set_y(c(w), f.x(b(w)));
                    f.step(1);
                }
                LOp::AllocateMove2 => {
                    room!(usize::from(lo(a(w))), hi(a(w)));
                    f.grow(usize::from(lo(a(w))));
                    ct::xy(&mut f, b(w));
                    ct::xy(&mut f, c(w));
                    f.step(1);
                }
                LOp::AllocateGetList => {
                    room!(usize::from(lo(a(w))), hi(a(w)));
                    let l = f.rb(lo(b(w)));
                    f.grow(usize::from(lo(a(w))));
                    f.set_rb(hi(b(w)), Frame::head(l));
                    f.set_rb(c(w), Frame::tail(l));
                    f.step(1);
                }
                LOp::Deallocate => {
                    f.shrink(a(w));
                    f.step(1);
                }
                LOp::TestHeap => {
                    room!(usize::from(a(w)), c(w));
                    reserve!(usize::from(a(w)));
                    f.step(1);
                }
                LOp::TestHeapK => {
                    room!(f.ext(1) as usize, c(w));
                    reserve!(f.ext(1) as usize);
                    f.step(2);
                }
                LOp::BifStub => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::bif_stub(m, g, w))
                }
                LOp::UndefStub => {
                    flow!(
                        move |m: &mut Machine<'_>, g: &mut Frame| calls::undefined_function(
                            m, g, w
                        )
                    )
                }
                LOp::Trace => {
                    // A traced entry: report, then run the original word in this place.
                    let slot = Frame::trace_slot(m.vm, w);
                    w = if m.body.trace_flags.get() == 0 && slot.flags() & !trace::COUNTED == 0 {
                        if slot.flags() != 0 {
                            slot.count();
                        }
                        slot.original()
                    } else {
                        slow!(move |m: &mut Machine<'_>, g: &mut Frame| trace::traced(m, g, w))
                    };
                    continue;
                }
                LOp::TraceReturn => {
                    slow!(
                        move |m: &mut Machine<'_>, g: &mut Frame| trace_return::trace_return(m, g)
                    );
                }
                LOp::ExitNormal | LOp::ExitHost => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| m.end_normal(g))
                }

                LOp::Try => {
                    let to = f.pc.wrapping_offset(bc(w) as isize).expose_provenance() as u64;
                    f.set_y(a(w), Word::catch(to));
                    f.step(1);
                }
                LOp::TryEnd | LOp::TryCase | LOp::CatchEnd => {
                    f.set_y(a(w), Word::NIL);
                    f.step(1);
                }
                LOp::Raise => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| errors::reraise(m, g, w))
                }
                LOp::BuildStacktrace => {
                    slow!(
                        move |m: &mut Machine<'_>, g: &mut Frame| errors::build_stacktrace(m, g, w)
                    )
                }
                LOp::FuncClause => {
                    flow!(
                        move |m: &mut Machine<'_>, g: &mut Frame| errors::function_clause(m, g, w)
                    )
                }
                LOp::Error1 | LOp::Error0 => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| errors::error(m, g, w))
                }

                LOp::IsIntegerR => test!(w, 1, cd::integer(f.r(a(w)))),
                LOp::IsFloatR => test!(w, 1, cd::float(f.r(a(w)))),
                LOp::IsNumberR => test!(w, 1, cd::number(f.r(a(w)))),
                LOp::IsAtomR => test!(w, 1, f.r(a(w)).is_atom()),
                LOp::IsBooleanR => test!(w, 1, cd::boolean(f.r(a(w)))),
                LOp::IsPidR => test!(w, 1, cd::pid(f.r(a(w)))),
                LOp::IsReferenceR => test!(w, 1, cd::reference(f.r(a(w)))),
                LOp::IsPortR => test!(w, 1, cd::port(f.r(a(w)))),
                LOp::IsNilR => test!(w, 1, f.r(a(w)).is_nil()),
                LOp::IsNilX => test!(w, 1, f.x(a(w)).is_nil()),
                LOp::IsListR => test!(w, 1, cd::list(f.r(a(w)))),
                LOp::IsConsR => test!(w, 1, f.r(a(w)).is_list()),
                LOp::IsConsX => test!(w, 1, f.x(a(w)).is_list()),
                LOp::IsTupleR => test!(w, 1, cd::tuple(f.r(a(w)))),
                LOp::IsBinaryR => test!(w, 1, cd::binary(f.r(a(w)))),
                LOp::IsBitstringR => test!(w, 1, cd::bitstring(f.r(a(w)))),
                LOp::IsMapR => test!(w, 1, cd::map(f.r(a(w)))),
                LOp::IsFunctionR => test!(w, 1, cd::function(f.r(a(w)))),
                LOp::IsFunction2RR => test!(w, 1, cd::function2(&f, w)),
                LOp::TestArityR => test!(
                    w,
                    1,
                    Frame::header(f.r(a(w))).header_size() == usize::from(b(w))
                ),
                LOp::TestArityK => {
                    test!(
                        w,
                        2,
                        Frame::header(f.r(a(w))).header_size() as u64 == f.ext(1)
                    )
                }
                LOp::IsTupleArityR => test!(w, 1, cd::tuple_of(f.r(a(w)), b(w))),
                LOp::IsTupleArityX => test!(w, 1, cd::tuple_of(f.x(a(w)), b(w))),
                LOp::IsTaggedTupleX => test!(w, 2, cd::tagged(f.x(a(w)), &f, w)),
                LOp::IsTaggedTupleR => test!(w, 2, cd::tagged(f.r(a(w)), &f, w)),
                LOp::IsConsGetListX => cd::cons_get_list_x(&mut f, w),
                LOp::IsConsGetList => cd::cons_get_list(&mut f, w),
                LOp::EqExactRR => test!(w, 1, cd::eq_exact(&m.body.heap, f.r(a(w)), f.r(b(w)))),
                LOp::EqExactRK => test!(w, 2, f.r(a(w)).0 == f.ext(1)),
                LOp::EqExactXK => test!(w, 2, f.x(a(w)).0 == f.ext(1)),
                LOp::EqExactXI => test!(w, 1, f.x(a(w)) == cd::short(w)),
                LOp::EqExactRI => test!(w, 1, f.r(a(w)) == cd::short(w)),
                LOp::NeExactRR => test!(w, 1, !cd::eq_exact(&m.body.heap, f.r(a(w)), f.r(b(w)))),
                LOp::NeExactRK => test!(w, 2, f.r(a(w)).0 != f.ext(1)),
                LOp::NeExactRI => test!(w, 1, f.r(a(w)) != cd::short(w)),
                LOp::EqRR => test!(w, 1, cd::eq(&m.body.heap, f.r(a(w)), f.r(b(w)))),
                LOp::NeRR => test!(w, 1, !cd::eq(&m.body.heap, f.r(a(w)), f.r(b(w)))),
                LOp::LtRR => test!(
                    w,
                    1,
                    cd::less(m.vm.atoms(), &m.body.heap, f.r(a(w)), f.r(b(w)))
                ),
                LOp::GeRR => test!(
                    w,
                    1,
                    !cd::less(m.vm.atoms(), &m.body.heap, f.r(a(w)), f.r(b(w)))
                ),
                LOp::LtRI => test!(
                    w,
                    1,
                    cd::less(m.vm.atoms(), &m.body.heap, f.r(a(w)), cd::short(w))
                ),
                LOp::GeRI => test!(
                    w,
                    1,
                    !cd::less(m.vm.atoms(), &m.body.heap, f.r(a(w)), cd::short(w))
                ),
                LOp::LtXI => test!(
                    w,
                    1,
                    cd::less(m.vm.atoms(), &m.body.heap, f.x(a(w)), cd::short(w))
                ),
                LOp::GeXI => test!(
                    w,
                    1,
                    !cd::less(m.vm.atoms(), &m.body.heap, f.x(a(w)), cd::short(w))
                ),
                LOp::LtIR => test!(
                    w,
                    1,
                    cd::less(m.vm.atoms(), &m.body.heap, cd::short(w), f.r(a(w)))
                ),
                LOp::GeIR => test!(
                    w,
                    1,
                    !cd::less(m.vm.atoms(), &m.body.heap, cd::short(w), f.r(a(w)))
                ),
                LOp::LtXX => test!(
                    w,
                    1,
                    cd::less(m.vm.atoms(), &m.body.heap, f.x(a(w)), f.x(b(w)))
                ),
                LOp::GeXX => test!(
                    w,
                    1,
                    !cd::less(m.vm.atoms(), &m.body.heap, f.x(a(w)), f.x(b(w)))
                ),
                LOp::SelectLinear => cd::select_linear(&mut f, w),
                LOp::SelectBinary => cd::select_binary(&mut f, w),
                LOp::SelectDense => cd::select_dense(&mut f, w),
                LOp::SelectArity => cd::select_arity(&mut f, w),

                LOp::GetListRRR => terms::get_list(&mut f, w),
                LOp::GetHdRR => terms::get_hd(&mut f, w),
                LOp::GetTlRR => terms::get_tl(&mut f, w),
                LOp::GetElemR => terms::get_elem_r(&mut f, w),
                LOp::GetElemX => terms::get_elem_x(&mut f, w),
                LOp::GetElem2 => terms::get_elem2(&mut f, w),
                LOp::PutListRRR => terms::put_list(&mut f, w),
                LOp::TestHeapPutList => {
                    room!(usize::from(lo(a(w))), hi(a(w)));
                    reserve!(usize::from(lo(a(w))));
                    let l = terms::cons_bytes(&mut f, w);
                    f.set_rb(c(w), l);
                    f.step(1);
                }
                LOp::TestHeapPutListReturn => {
                    room!(usize::from(lo(a(w))), hi(a(w)));
                    let l = terms::cons_bytes(&mut f, w);
                    f.set_x(0, l);
                    ct::ret(&mut f);
                }
                LOp::TestHeapPutListDeallocReturn => {
                    room!(usize::from(lo(a(w))), hi(a(w)));
                    let l = terms::cons_bytes(&mut f, w);
                    f.set_x(0, l);
                    ct::dealloc_return(&mut f, c(w));
                }
                LOp::PutListDeallocReturn => {
                    let l = terms::cons_bytes(&mut f, w);
                    f.set_x(0, l);
                    ct::dealloc_return(&mut f, a(w));
                }
                LOp::PutTuple => terms::put_tuple(&mut f, w),
                LOp::PutTuple2 => terms::put_tuple2(&mut f, w),
                LOp::PutTuple3 => terms::put_tuple3(&mut f, w),
                LOp::PutTagged2 => terms::put_tagged2(&mut f, w),
                LOp::PutTagged3 => terms::put_tagged3(&mut f, w),
                LOp::MakeFun => terms::make_fun(&mut f, w, Word::pid(m.body.pid)),
                LOp::PutMapAssoc => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| maps::put(m, g, w, false))
                }
                LOp::PutMapExact => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| maps::put(m, g, w, true))
                }
                LOp::GetMapElements => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| maps::get_many(
                        &m.body.heap,
                        g,
                        w
                    ))
                }
                LOp::GetMapElement1 => maps::get_one(&m.body.heap, &mut f, w),
                LOp::HasMapFields => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| maps::has_fields(
                        &m.body.heap,
                        g,
                        w
                    ))
                }

                LOp::AddRR => arith!(set_r, w, ar::add, Arith::Add, f.r(a(w)), f.r(b(w))),
                LOp::AddXX => arith!(set_x, w, ar::add, Arith::Add, f.x(a(w)), f.x(b(w))),
                LOp::AddRI => arith!(set_r, w, ar::add, Arith::Add, f.r(a(w)), cd::short(w)),
                LOp::AddXI => arith!(set_x, w, ar::add, Arith::Add, f.x(a(w)), cd::short(w)),
                LOp::AddYI => arith!(set_x, w, ar::add, Arith::Add, f.y(a(w)), cd::short(w)),
                LOp::SubRR => arith!(set_r, w, ar::sub, Arith::Sub, f.r(a(w)), f.r(b(w))),
                LOp::SubXX => arith!(set_x, w, ar::sub, Arith::Sub, f.x(a(w)), f.x(b(w))),
                LOp::SubIR => arith!(set_r, w, ar::sub, Arith::Sub, cd::short(w), f.r(a(w))),
                LOp::MulRR => arith!(set_r, w, ar::mul, Arith::Mul, f.r(a(w)), f.r(b(w))),
                LOp::IntDivRR => arith!(set_r, w, ar::int_div, Arith::IntDiv, f.r(a(w)), f.r(b(w))),
                LOp::RemRR => arith!(set_r, w, ar::rem, Arith::Rem, f.r(a(w)), f.r(b(w))),
                LOp::RemRI => arith!(set_r, w, ar::rem, Arith::Rem, f.r(a(w)), cd::short(w)),
                LOp::IntDivRI => arith!(
                    set_r,
                    w,
                    ar::int_div,
                    Arith::IntDiv,
                    f.r(a(w)),
                    cd::short(w)
                ),
                LOp::BandRR => arith!(set_r, w, ar::band, Arith::Band, f.r(a(w)), f.r(b(w))),
                LOp::BandRI => arith!(set_r, w, ar::band, Arith::Band, f.r(a(w)), cd::short(w)),
                LOp::BorRR => arith!(set_r, w, ar::bor, Arith::Bor, f.r(a(w)), f.r(b(w))),
                LOp::BxorRR => arith!(set_r, w, ar::bxor, Arith::Bxor, f.r(a(w)), f.r(b(w))),
                LOp::BslRR => arith!(set_r, w, ar::bsl, Arith::Bsl, f.r(a(w)), f.r(b(w))),
                LOp::BsrRR => arith!(set_r, w, ar::bsr, Arith::Bsr, f.r(a(w)), f.r(b(w))),
                LOp::ArithFail => {
                    let op = Arith::ALL[(f.ext(1) & 15) as usize];
                    match ar::fast(op)(f.r(a(w)), f.r(b(w))) {
                        Some(v) => {
                            f.set_r(c(w), v);
                            f.step(3);
                        }
                        None => slow!(move |m: &mut Machine<'_>, g: &mut Frame| ar::guard(m, g, w)),
                    }
                }
                LOp::AddDeallocReturn => {
                    let (p, q) = (f.rb(lo(a(w))), f.rb(hi(a(w))));
                    match ar::add(p, q) {
                        Some(v) => {
                            f.set_x(0, v);
                            ct::dealloc_return(&mut f, b(w));
                        }
                        None => {
                            let at = f.pc;
                            flow!(move |m: &mut Machine<'_>, g: &mut Frame| ar::body_slow(
                                m,
                                g,
                                Arith::Add,
                                p,
                                q,
                                0
                            ));
                            if f.pc == at {
                                ct::dealloc_return(&mut f, b(w));
                            }
                        }
                    }
                }
                LOp::Bif => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::guard_bif(m, g, w))
                }
                LOp::FloatDivide => {
                    let (p, q) = (f.operand(3), f.operand(4));
                    let quotient = ar::float::<{ ar::DIVIDE }>(&m.body.heap, f.htop, f.sp, p, q);
                    if let Some(v) = quotient {
                        f.took(2);
                        f.set_r(a(w), v);
                        f.step(5);
                    } else {
                        flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::guard_bif(m, g, w));
                    }
                }
                LOp::SelfR => {
                    f.set_r(b(w), Word::pid(m.body.pid));
                    f.step(1);
                }
                LOp::TupleSizeRR => {
                    let h = Frame::header(f.r(a(w)));
                    if h.is_kind(ObjKind::Tuple) {
                        f.set_r(b(w), Word::small(h.header_size() as i64));
                        f.step(2);
                    } else {
                        flow!(
                            move |m: &mut Machine<'_>, g: &mut Frame| calls::guard_failed(
                                m,
                                g,
                                "tuple_size",
                                &[g.r(a(w))],
                                g.ext(1)
                            )
                        );
                    }
                }
                LOp::ElementRR | LOp::ElementIR => {
                    let n = if Frame::op(w) == LOp::ElementIR {
                        Word::small(i64::from(a(w)))
                    } else {
                        f.r(a(w))
                    };
                    let t = f.r(b(w));
                    let h = Frame::header(t);
                    let index = n.small_value();
                    if h.is_kind(ObjKind::Tuple)
                        && n.is_small()
                        && index >= 1
                        && index as usize <= h.header_size()
                    {
                        f.set_r(c(w), Frame::field(t, index as usize - 1));
                        f.step(2);
                    } else {
                        flow!(
                            move |m: &mut Machine<'_>, g: &mut Frame| calls::guard_failed(
                                m,
                                g,
                                "element",
                                &[n, t],
                                g.ext(1)
                            )
                        );
                    }
                }
                LOp::HdRR | LOp::TlRR => {
                    let l = f.r(a(w));
                    let head = Frame::op(w) == LOp::HdRR;
                    if l.is_list() {
                        f.set_r(b(w), if head { Frame::head(l) } else { Frame::tail(l) });
                        f.step(2);
                    } else {
                        let name = if head { "hd" } else { "tl" };
                        flow!(
                            move |m: &mut Machine<'_>, g: &mut Frame| calls::guard_failed(
                                m,
                                g,
                                name,
                                &[l],
                                g.ext(1)
                            )
                        );
                    }
                }
                LOp::CompareRR => {
                    let v = cd::compare_value(
                        m.vm.atoms(),
                        &m.body.heap,
                        f.ext(1),
                        f.r(a(w)),
                        f.r(b(w)),
                    );
                    f.set_r(c(w), v);
                    f.step(2);
                }

                LOp::LoopRec => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::loop_rec(m, g, w))
                }
                LOp::RemoveMessage => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::remove(m, g))
                }
                LOp::LoopRecEnd => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::next(m, g, w))
                }
                LOp::Wait => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::wait(m, g, w))
                }
                LOp::WaitTimeout => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::wait_timeout(m, g, w))
                }
                LOp::Timeout => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::timeout(m, g))
                }
                LOp::Send => flow!(move |m: &mut Machine<'_>, g: &mut Frame| calls::send(m, g)),
                LOp::RecvMark => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::mark(m, g, w))
                }
                LOp::RecvBind => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::bind(m, g, w))
                }
                LOp::RecvUse => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| receive::use_mark(m, g, w))
                }
                LOp::RecvClear => {
                    f.set_r(a(w), Word::NIL);
                    f.step(1);
                }

                LOp::BsStartMatch => {
                    let src = f.r(a(w));
                    if Frame::is_kind(src, ObjKind::MatchCtx) {
                        Frame::context(src).begin();
                        f.set_r(b(w), src);
                        f.step(1);
                    } else if let Some(ctx) = m.body.heap.context_at(f.htop, f.sp, src) {
                        f.took(5);
                        f.set_r(b(w), ctx);
                        f.step(1);
                    } else {
                        slow!(move |m: &mut Machine<'_>, g: &mut Frame| bin::start_match(m, g, w));
                    }
                }
                LOp::BsGetIntegerK => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| bin::get_integer_k(m, g, w))
                }
                LOp::BsGetBytes => bin::get_bytes(&mut f, w),
                LOp::BsGetByte => bin::get_byte(&mut f, w),
                LOp::BsGetInteger => slow!(move |m: &mut Machine<'_>, g: &mut Frame| bin::take(
                    m,
                    g,
                    w,
                    bin::Take::Integer
                )),
                LOp::BsGetFloat => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| bin::take(
                        m,
                        g,
                        w,
                        bin::Take::Float
                    ))
                }
                LOp::BsGetBinary => slow!(move |m: &mut Machine<'_>, g: &mut Frame| bin::take(
                    m,
                    g,
                    w,
                    bin::Take::Binary
                )),
                LOp::BsGetUtf => {
                    slow!(move |_: &mut Machine<'_>, g: &mut Frame| bin::utf(g, w, true))
                }
                LOp::BsSkipBits => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| bin::take(
                        m,
                        g,
                        w,
                        bin::Take::Skip
                    ))
                }
                LOp::BsSkipUtf => {
                    slow!(move |_: &mut Machine<'_>, g: &mut Frame| bin::utf(g, w, false))
                }
                LOp::BsTestTail => bin::test_tail(&mut f, w),
                LOp::BsTestUnit => bin::test_unit(&mut f, w),
                LOp::BsGetTail => {
                    let ctx = Frame::context(f.r(a(w)));
                    if let Some(rest) = m.body.heap.rest_at(f.htop, f.sp, ctx) {
                        f.took(4);
                        f.set_r(b(w), rest);
                        f.step(1);
                    } else {
                        slow!(move |m: &mut Machine<'_>, g: &mut Frame| bin::get_tail(m, g, w));
                    }
                }
                LOp::BsGetPosition => bin::get_position(&mut f, w),
                LOp::BsSetPosition => bin::set_position(&mut f, w),
                LOp::BsMatchString => {
                    slow!(move |m: &mut Machine<'_>, g: &mut Frame| bin::match_string(m, g, w))
                }
                LOp::BsCreateBin => {
                    flow!(move |m: &mut Machine<'_>, g: &mut Frame| construct::create(m, g, w))
                }
            }
            break;
        }
    }
}
