//! A test per rule: a function that is fine but for the one thing, and the rule it must be rejected by.

use super::*;
use crate::module::*;
use crate::operand::*;
use crate::ops::Insn;

const X0: Reg = Reg::X(0);
const X1: Reg = Reg::X(1);
const X2: Reg = Reg::X(2);
const Y0: Reg = Reg::Y(0);
const Y1: Reg = Reg::Y(1);

fn r(reg: Reg) -> Src {
    Src::Reg(reg)
}

fn l(n: u32) -> Label {
    Label(n)
}

fn at(n: u32) -> Insn {
    Insn::Label { label: l(n) }
}

/// A module with one function `f/2` of that code (the entry label is added), a lambda of it with one free variable, an import
/// `erlang:self/0` (0), `lists:last/1` (1), and constants.
fn module(code: Vec<Insn>) -> Module {
    let mut all = vec![at(1)];
    all.extend(code);
    Module {
        atoms: ["m", "f", "erlang", "self", "lists", "last"].map(String::from).to_vec(),
        consts: vec![
            Const::Tuple(vec![Const::Int(1), Const::Int(2)]),
            Const::list(vec![Const::Int(1)]),
            Const::Map(vec![(Const::Int(1), Const::Int(2))]),
            Const::binary(*b"abc"),
        ],
        imports: vec![
            Import { module: AtomIx(2), name: AtomIx(3), arity: 0 },
            Import { module: AtomIx(4), name: AtomIx(5), arity: 1 },
        ],
        exports: vec![Export { name: AtomIx(1), arity: 2, function: FnIx(0) }],
        functions: vec![Function { name: AtomIx(1), arity: 2, line: LineIx(0), code: all }],
        lambdas: vec![Lambda { function: FnIx(0), free: 1, uniq: 0 }],
        files: vec!["m.erl".into()],
        lines: vec![Line { file: 0, line: 1 }],
        ..Module::default()
    }
}

fn accept(code: Vec<Insn>) -> Verified<Module> {
    match verify(module(code)) {
        Ok(v) => v,
        Err(e) => panic!("{e}"),
    }
}

fn reject(rule: Rule, code: Vec<Insn>) {
    reject_module(rule, module(code));
}

fn reject_module(rule: Rule, m: Module) {
    match verify(m) {
        Ok(_) => panic!("accepted, but {} ({}) does not hold", rule.code(), rule.text()),
        Err(e) => assert_eq!(e.rule, rule, "{e}"),
    }
}

fn reject_changed(rule: Rule, change: impl FnOnce(&mut Module)) {
    let mut m = module(vec![Insn::Return {}]);
    change(&mut m);
    reject_module(rule, m);
}

/// The code between `allocate 2` and the return.
fn framed(code: Vec<Insn>) -> Vec<Insn> {
    let mut all = vec![Insn::Allocate { n: 2, words: 0, live: 2 }];
    all.extend(code);
    all.extend([Insn::Deallocate { n: 2 }, Insn::Return {}]);
    all
}

#[test]
fn tables_are_checked() {
    use Rule::*;
    reject_changed(AtomIndex, |m| m.name = AtomIx(6));
    reject_changed(AtomIndex, |m| m.atoms[0] = "å".repeat(256));
    reject_changed(AtomIndex, |m| m.consts.push(Const::Tuple(vec![Const::Atom(AtomIx(99))])));
    reject_changed(LineIndex, |m| m.lines[0].file = 1);
    reject_changed(LineIndex, |m| m.functions[0].line = LineIx(1));
    reject_changed(CodeIndex, |m| m.exports[0].function = FnIx(1));
    reject_changed(CodeIndex, |m| m.lambdas[0].function = FnIx(1));
    reject_changed(Export, |m| m.exports[0].arity = 1);
    reject_changed(Export, |m| m.exports.push(m.exports[0]));
    reject_changed(Export, |m| m.functions.push(m.functions[0].clone()));
    reject_changed(Lambda, |m| m.lambdas[0].free = 3);
    reject_changed(OnLoad, |m| m.on_load = Some(FnIx(0)));
    reject_changed(OnLoad, |m| m.on_load = Some(FnIx(7)));
}

#[test]
fn constants_are_in_normal_form() {
    let reject_const = |c: Const| reject_changed(Rule::ConstForm, |m| m.consts.push(c));
    let big = |negative, magnitude: &[u8]| Const::Big { negative, magnitude: magnitude.to_vec() };
    reject_const(big(false, &[1, 2]));
    reject_const(big(true, &[0, 0, 0, 0, 0, 0, 0, 0x80]));
    reject_const(big(false, &[1, 0, 0, 0, 0, 0, 0, 0, 1, 0]));
    reject_const(Const::float(f64::NAN));
    reject_const(Const::Bits { bytes: vec![0xff], last: 4 });
    reject_const(Const::Bits { bytes: vec![], last: 3 });
    reject_const(Const::Map(vec![(Const::Int(1), Const::Nil), (Const::Int(1), Const::Nil)]));
    reject_const(Const::List { items: vec![], tail: Box::new(Const::Nil) });
    let mut deep = Const::Nil;
    for _ in 0..1_002 {
        deep = Const::Tuple(vec![deep]);
    }
    reject_const(deep);
    let mut m = module(vec![Insn::Return {}]);
    m.consts.push(big(false, &[0, 0, 0, 0, 0, 0, 0, 0x80]));
    m.consts.push(Const::Map(vec![(Const::Int(1), Const::Nil), (Const::float(1.0), Const::Nil)]));
    assert!(verify(m).is_ok());
}

#[test]
fn operands_stay_in_range() {
    use Rule::*;
    let to_x0 = |src| vec![Insn::Move { src, dst: X0 }, Insn::Return {}];
    reject(AtomIndex, to_x0(Src::Atom(AtomIx(9))));
    reject(ConstIndex, to_x0(Src::Const(ConstIx(9))));
    reject(SmallRange, to_x0(Src::Small(MAX_SMALL + 1)));
    reject(Limit, to_x0(r(Reg::X(1024))));
    reject(CodeIndex, vec![Insn::CallOnly { function: FnIx(1) }]);
    reject(CodeIndex, vec![Insn::CallExtOnly { import: ImportIx(2) }]);
    reject(LineIndex, vec![Insn::Line { line: LineIx(1) }, Insn::Return {}]);
    reject(Limit, vec![Insn::CallFunOnly { arity: 256 }]);
    reject(Limit, vec![Insn::Allocate { n: 40_000, words: 0, live: 0 }, Insn::Return {}]);
    reject(Limit, vec![Insn::TestHeap { words: 1 << 25, live: 0 }, Insn::Return {}]);
    reject(Bif, vec![Insn::Bif { fail: l(0), import: ImportIx(1), dst: X0, args: vec![r(X0)] }, Insn::Return {}]);
    reject(Bif, vec![Insn::Bif { fail: l(0), import: ImportIx(0), dst: X0, args: vec![r(X0)] }, Insn::Return {}]);
    accept(vec![Insn::Bif { fail: l(0), import: ImportIx(0), dst: X0, args: vec![] }, Insn::Return {}]);
    reject(SlotOnly, framed(vec![Insn::RecvMark { slot: X0 }]));
}

#[test]
fn labels_and_ends() {
    use Rule::*;
    reject(Labels, vec![Insn::Jump { target: l(2) }]);
    reject(Labels, vec![Insn::Jump { target: l(1) }, at(1), Insn::Return {}]);
    reject(Labels, vec![Insn::Return {}, at(4_000_000), Insn::Return {}]);
    reject(RaiseLabel, vec![Insn::Jump { target: l(0) }]);
    reject(RaiseLabel, vec![Insn::IsAtom { fail: l(0), src: r(X0) }, Insn::Return {}]);
    reject(End, vec![Insn::Move { src: r(X1), dst: X0 }]);
    reject(End, vec![]);
    let mut m = module(vec![Insn::Return {}]);
    m.functions[0].code.remove(0);
    reject_module(Labels, m);
}

#[test]
fn selects_and_segments() {
    use Rule::*;
    let arm = |value, n| ValueArm { value, label: l(n) };
    let select = |arms| vec![Insn::SelectVal { src: r(X0), default: l(2), arms }, at(2), Insn::Return {}];
    accept(select(vec![arm(Src::Small(1), 2), arm(Src::Atom(AtomIx(1)), 2)]));
    reject(Select, select(vec![arm(Src::Small(1), 2), arm(Src::Small(1), 2)]));
    reject(Select, select(vec![arm(Src::Nil, 2)]));
    let make = |segments| vec![Insn::BsCreateBin { fail: l(0), dst: X0, segments }, Insn::Return {}];
    let segment = |kind, value, size, unit| crate::operand::Segment { kind, value, size, unit, flags: SegFlags::NONE };
    let eight = Some(Src::Small(8));
    accept(make(vec![segment(SegKind::Append, r(X0), None, 1), segment(SegKind::Integer, r(X1), eight, 1)]));
    accept(make(vec![segment(SegKind::String, Src::Const(ConstIx(3)), None, 1)]));
    reject(Segment, make(vec![segment(SegKind::Integer, r(X0), None, 1)]));
    reject(Segment, make(vec![segment(SegKind::Utf8, r(X0), eight, 1)]));
    reject(Segment, make(vec![segment(SegKind::Binary, r(X0), None, 0)]));
    reject(Segment, make(vec![segment(SegKind::Binary, r(X0), None, 1), segment(SegKind::Append, r(X1), None, 1)]));
    reject(Segment, make(vec![segment(SegKind::String, r(X0), None, 1)]));
    reject(Initialised, make(vec![segment(SegKind::Integer, r(X0), Some(r(X2)), 1)]));
}

#[test]
fn registers_are_initialised() {
    use Rule::*;
    reject(Initialised, vec![Insn::Move { src: r(X2), dst: X0 }, Insn::Return {}]);
    // One way in writes x2, the other does not.
    let join = |on_both| {
        let mut code = vec![
            Insn::IsAtom { fail: l(2), src: r(X0) },
            Insn::Move { src: Src::Nil, dst: X2 },
            Insn::Jump { target: l(3) },
            at(2),
        ];
        if on_both {
            code.push(Insn::Move { src: r(X1), dst: X2 });
        }
        code.extend([at(3), Insn::Move { src: r(X2), dst: X0 }, Insn::Return {}]);
        code
    };
    accept(join(true));
    reject(Initialised, join(false));
    reject(Initialised, vec![Insn::Call { function: FnIx(0) }, Insn::Move { src: r(X1), dst: X0 }, Insn::Return {}]);
    reject(Initialised, framed(vec![Insn::Move { src: r(X1), dst: Y0 }, Insn::Send {}, Insn::Move { src: r(X1), dst: X0 }]));
    reject(Live, vec![Insn::TestHeap { words: 2, live: 3 }, Insn::Return {}]);
    reject(Initialised, vec![Insn::TestHeap { words: 2, live: 1 }, Insn::Move { src: r(X1), dst: X0 }, Insn::Return {}]);
}

#[test]
fn frames_match() {
    use Rule::*;
    accept(framed(vec![
        Insn::Move { src: r(X1), dst: Y1 },
        Insn::Call { function: FnIx(0) },
        Insn::Move { src: r(Y1), dst: X0 },
    ]));
    reject(Frame, vec![Insn::Move { src: r(Y0), dst: X0 }, Insn::Return {}]);
    reject(Frame, framed(vec![Insn::Move { src: r(X0), dst: Reg::Y(2) }]));
    reject(FrameSize, vec![Insn::Allocate { n: 1, words: 0, live: 1 }, Insn::Return {}]);
    reject(FrameSize, vec![Insn::Allocate { n: 1, words: 0, live: 1 }, Insn::Deallocate { n: 2 }, Insn::Return {}]);
    reject(FrameSize, vec![Insn::Deallocate { n: 0 }, Insn::Return {}]);
    reject(FrameSize, framed(vec![Insn::Allocate { n: 1, words: 0, live: 1 }]));
    reject(FrameSize, framed(vec![Insn::CallLast { function: FnIx(0), n: 1 }]));
    reject(FrameSize, framed(vec![Insn::CallOnly { function: FnIx(0) }]));
    reject(
        FrameSize,
        vec![Insn::IsAtom { fail: l(2), src: r(X0) }, Insn::Allocate { n: 1, words: 0, live: 1 }, at(2), Insn::Return {}],
    );
}

#[test]
fn heap_words_are_reserved() {
    use Rule::*;
    let cons = Insn::PutList { head: r(X0), tail: r(X1), dst: X0 };
    let need = |words| Insn::TestHeap { words, live: 2 };
    accept(vec![need(4), cons.clone(), cons.clone(), Insn::Return {}]);
    accept(vec![Insn::PutTuple { dst: X0, elems: vec![] }, Insn::Return {}]);
    reject(Reserve, vec![need(3), cons.clone(), cons.clone(), Insn::Return {}]);
    reject(Reserve, vec![need(2), Insn::PutTuple { dst: X0, elems: vec![r(X0), r(X1)] }, Insn::Return {}]);
    reject(Reserve, vec![need(3), Insn::MakeFun { dst: X0, lambda: LambdaIx(0), free: vec![r(X1)] }, Insn::Return {}]);
    // Arithmetic may allocate a big integer.
    let add = Insn::Add { fail: l(0), a: r(X0), b: r(X1), dst: X0 };
    reject(Reserve, vec![need(2), add, cons.clone(), Insn::Return {}]);
    // Only one of two ways reserves.
    reject(Reserve, vec![Insn::IsAtom { fail: l(2), src: r(X0) }, need(2), at(2), cons.clone(), Insn::Return {}]);
    // Reserves replace each other.
    reject(Reserve, vec![need(2), need(1), cons, Insn::Return {}]);
    reject(Lambda, vec![need(8), Insn::MakeFun { dst: X0, lambda: LambdaIx(0), free: vec![] }, Insn::Return {}]);
}

#[test]
fn types_are_proven() {
    use Rule::*;
    let elem = |index| Insn::GetElem { src: r(X0), index, dst: X0 };
    let is_tuple = Insn::IsTuple { fail: l(2), src: r(X0) };
    let arity = |n| Insn::TestArity { fail: l(2), src: r(X0), n };
    let end = [Insn::Return {}, at(2), Insn::FuncClause {}];
    let code = |insns: &[Insn]| insns.iter().cloned().chain(end.iter().cloned()).collect::<Vec<_>>();
    accept(code(&[is_tuple.clone(), arity(2), elem(1)]));
    accept(code(&[Insn::IsTaggedTuple { fail: l(2), src: r(X0), n: 2, tag: AtomIx(0) }, elem(1)]));
    accept(code(&[Insn::Move { src: Src::Const(ConstIx(0)), dst: X0 }, elem(1)]));
    reject(NotTuple, code(&[elem(0)]));
    reject(NotTuple, code(&[arity(2)]));
    reject(NotTuple, code(&[is_tuple.clone(), elem(0)]));
    reject(NotTuple, code(&[is_tuple.clone(), arity(2), elem(2)]));
    // A copy made before the test is not proven by it.
    let copy = Insn::Move { src: r(X0), dst: X1 };
    reject(NotTuple, code(&[copy, is_tuple.clone(), arity(2), Insn::GetElem { src: r(X1), index: 0, dst: X0 }]));
    let arms = vec![ArityArm { arity: 1, label: l(3) }, ArityArm { arity: 2, label: l(4) }];
    let select = Insn::SelectArity { src: r(X0), default: l(2), arms };
    let by_size = |index| vec![is_tuple.clone(), select.clone(), at(3), elem(0), Insn::Return {}, at(4), elem(index)];
    accept(code(&by_size(1)));
    reject(NotTuple, code(&by_size(2)));
    let hd = Insn::GetHd { src: r(X0), dst: X0 };
    accept(code(&[Insn::IsCons { fail: l(2), src: r(X0) }, hd.clone()]));
    reject(NotCons, code(&[Insn::IsList { fail: l(2), src: r(X0) }, hd]));
    let values = |dst| Insn::GetMapElements { fail: l(2), src: r(X0), fetch: vec![MapFetch { key: r(X1), dst }] };
    let is_map = Insn::IsMap { fail: l(2), src: r(X0) };
    accept(code(&[is_map.clone(), values(X0)]));
    reject(NotMap, code(&[values(X0)]));
    reject(NotMap, code(&[Insn::HasMapFields { fail: l(2), src: r(X0), keys: vec![Src::Nil] }]));
    reject(Destinations, code(&[is_map, values(X1)]));
    reject(Destinations, code(&[Insn::GetList { src: Src::Const(ConstIx(1)), hd: X0, tl: X0 }]));
}

/// `try` around a call, with `before` ahead of its end and `handler` as the handler after `try_case`.
fn protected(before: Vec<Insn>, handler: Vec<Insn>) -> Vec<Insn> {
    let mut code = vec![Insn::Allocate { n: 2, words: 0, live: 2 }, Insn::Try { slot: Y0, handler: l(2) }];
    code.extend(before);
    code.extend([Insn::TryEnd { slot: Y0 }, Insn::Jump { target: l(3) }, at(2), Insn::TryCase { slot: Y0 }]);
    code.extend(handler);
    code.extend([at(3), Insn::Deallocate { n: 2 }, Insn::Return {}]);
    code
}

#[test]
fn catches_nest() {
    use Rule::*;
    let call = || Insn::Call { function: FnIx(0) };
    let again = || Insn::CallFun { arity: 0 };
    accept(protected(vec![call()], vec![]));
    accept(protected(vec![call()], vec![Insn::Raise { class: r(X0), reason: r(X1), stack: r(X2) }]));
    accept(protected(vec![call()], vec![Insn::BuildStacktrace { src: r(X2), dst: X0 }]));
    reject(RawStack, protected(vec![call()], vec![Insn::BuildStacktrace { src: r(X1), dst: X0 }]));
    reject(Ordinary, protected(vec![call()], vec![Insn::Move { src: r(X2), dst: X0 }]));
    reject(CatchSlot, protected(vec![Insn::Move { src: r(Y0), dst: X0 }], vec![]));
    reject(CatchSlot, protected(vec![Insn::Move { src: r(X0), dst: Y0 }], vec![]));
    reject(CatchNesting, protected(vec![Insn::Deallocate { n: 2 }, Insn::Return {}, at(4)], vec![]));
    reject(CatchNesting, protected(vec![Insn::CallLast { function: FnIx(0), n: 2 }], vec![]));
    reject(CatchNesting, protected(vec![Insn::TryEnd { slot: Y0 }], vec![]));
    reject(
        CatchNesting,
        protected(
            vec![Insn::Try { slot: Y1, handler: l(5) }, Insn::Jump { target: l(3) }, at(5), Insn::TryCase { slot: Y1 }],
            vec![],
        ),
    );
    reject(HandlerReached, protected(vec![Insn::Jump { target: l(2) }], vec![]));
    reject(Handler, protected(vec![Insn::Try { slot: Y1, handler: l(3) }], vec![]));
    reject(Handler, framed(vec![Insn::TryCase { slot: Y0 }]));
    // x registers do not survive an exception, slots do, as they were at any point of the region.
    reject(Initialised, protected(vec![call()], vec![Insn::Move { src: r(Reg::X(3)), dst: X0 }]));
    let write = |src| Insn::Move { src, dst: Y1 };
    let elem = Insn::GetElem { src: r(Y1), index: 1, dst: X0 };
    let tuple = Src::Const(ConstIx(0));
    reject(NotTuple, protected(vec![write(tuple), call(), write(Src::Nil), again()], vec![elem.clone()]));
    reject(NotTuple, protected(vec![call(), write(tuple)], vec![elem.clone()]));
    let mut code = protected(vec![call(), write(tuple), again()], vec![elem]);
    code.insert(1, write(tuple));
    accept(code);
}

#[test]
fn old_style_catch_falls_into_its_end() {
    let code = |fall: Vec<Insn>| {
        let mut code = vec![Insn::Catch { slot: Y0, handler: l(2) }];
        code.extend(fall);
        code.extend([at(2), Insn::CatchEnd { slot: Y0 }]);
        framed(code)
    };
    accept(code(vec![Insn::Call { function: FnIx(0) }]));
    accept(code(vec![]));
    reject(
        Rule::CatchNesting,
        framed(vec![
            Insn::IsAtom { fail: l(2), src: r(X0) },
            Insn::Catch { slot: Y0, handler: l(2) },
            at(2),
            Insn::CatchEnd { slot: Y0 },
        ]),
    );
    reject(Rule::Ordinary, code(vec![Insn::TestHeap { words: 0, live: 0 }]));
    reject(
        Rule::CatchNesting,
        framed(vec![Insn::Catch { slot: Y0, handler: l(2) }, Insn::TryEnd { slot: Y0 }, at(2), Insn::CatchEnd { slot: Y0 }]),
    );
}

#[test]
fn match_contexts_stay_among_their_kind() {
    use Rule::*;
    let start = Insn::BsStartMatch { fail: l(2), src: r(X0), dst: X1 };
    let byte = |ctx| Insn::BsGetInteger { fail: l(2), ctx, size: Src::Small(8), unit: 1, flags: SegFlags::NONE, dst: X2 };
    let code = |insns: Vec<Insn>| insns.into_iter().chain([Insn::Return {}, at(2), Insn::IfClause {}]).collect::<Vec<_>>();
    accept(code(vec![start.clone(), byte(X1), Insn::BsGetTail { ctx: X1, dst: X0 }]));
    reject(Context, code(vec![byte(X1)]));
    reject(Ordinary, code(vec![start.clone(), Insn::Move { src: r(X1), dst: X0 }]));
    reject(
        Ordinary,
        code(vec![start.clone(), Insn::TestHeap { words: 2, live: 2 }, Insn::PutList { head: r(X1), tail: Src::Nil, dst: X0 }]),
    );
    reject(Ordinary, code(vec![start.clone(), Insn::CallOnly { function: FnIx(0) }]));
    reject(Ordinary, code(vec![start.clone(), Insn::EqExact { fail: l(2), a: r(X1), b: r(X0) }]));
    // A register that holds a context on one way and a term on the other is neither.
    reject(Ordinary, code(vec![Insn::IsAtom { fail: l(3), src: r(X1) }, start.clone(), at(3), byte(X1)]));
    let position = Insn::BsGetPosition { ctx: X1, dst: X2 };
    let back = |ctx| Insn::BsSetPosition { ctx, src: r(X2) };
    accept(code(vec![start.clone(), position.clone(), back(X1)]));
    reject(Position, code(vec![start.clone(), Insn::Move { src: Src::Small(3), dst: X2 }, back(X1)]));
    let other = Insn::BsStartMatch { fail: l(2), src: r(X0), dst: Reg::X(3) };
    reject(Position, code(vec![start.clone(), other, position.clone(), back(Reg::X(3))]));
    reject(Ordinary, code(vec![start.clone(), position, Insn::Add { fail: l(2), a: r(X2), b: Src::Small(1), dst: X0 }]));
    reject(MatchString, code(vec![start, Insn::BsMatchString { fail: l(2), ctx: X1, bits: 25, value: ConstIx(3) }]));
}

#[test]
fn marks_stay_in_their_slots() {
    accept(framed(vec![
        Insn::RecvMark { slot: Y0 },
        Insn::RecvBind { slot: Y0, reference: r(X0) },
        Insn::RecvClear { slot: Y0 },
    ]));
    reject(Rule::Mark, framed(vec![Insn::RecvBind { slot: Y0, reference: r(X0) }]));
    reject(Rule::Ordinary, framed(vec![Insn::RecvMark { slot: Y0 }, Insn::Move { src: r(Y0), dst: X0 }]));
}

#[test]
fn receive_loops_converge() {
    let code = accept(framed(vec![
        at(2),
        Insn::LoopRec { empty: l(4), dst: X0 },
        Insn::IsTuple { fail: l(3), src: r(X0) },
        Insn::RemoveMessage {},
        Insn::Jump { target: l(5) },
        at(3),
        Insn::LoopRecEnd { again: l(2) },
        at(4),
        Insn::WaitTimeout { again: l(2), src: Src::Small(100) },
        Insn::Timeout {},
        Insn::Move { src: Src::Nil, dst: X0 },
        at(5),
    ]));
    let mut seen = 0;
    for_each_state(&code, FnIx(0), &mut |_, s| seen += usize::from(s.y.is_some()));
    assert_eq!(seen, 13);
}

#[test]
fn facts_are_shown() {
    let m = accept(vec![
        Insn::IsInteger { fail: l(2), src: r(X0) },
        Insn::EqExact { fail: l(2), a: r(X1), b: Src::Small(3) },
        Insn::Return {},
        at(2),
        Insn::FuncClause {},
    ]);
    let mut at_return = None;
    for_each_state(&m, FnIx(0), &mut |pc, s| {
        if pc == 3 {
            at_return = Some((s.x(0), s.x(1)));
        }
    });
    assert_eq!(at_return, Some((Ty::Int, Ty::Small)));
}

#[test]
fn work_is_bounded() {
    // Many wide states at many joins: given up before it takes long or much memory.
    let mut code = vec![Insn::Allocate { n: 30_000, words: 0, live: 2 }];
    for i in 0..3_000 {
        code.extend([
            Insn::IsAtom { fail: l(i + 2), src: r(X0) },
            Insn::Move { src: Src::Small(1), dst: Y0 },
            at(i + 2),
            Insn::Move { src: Src::Nil, dst: Y0 },
        ]);
    }
    code.extend([Insn::Deallocate { n: 30_000 }, Insn::Return {}]);
    let started = std::time::Instant::now();
    reject(Rule::TooComplex, code);
    assert!(started.elapsed().as_secs() < 5);
}

#[test]
fn a_hundred_thousand_clauses_pass() {
    let mut code = vec![];
    for i in 0..100_000 {
        code.extend([
            Insn::EqExact { fail: l(i + 2), a: r(X0), b: Src::Small(i64::from(i)) },
            Insn::Move { src: Src::Small(i64::from(i) + 1), dst: X0 },
            Insn::Return {},
            at(i + 2),
        ]);
    }
    code.push(Insn::FuncClause {});
    let started = std::time::Instant::now();
    accept(code);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn errors_name_the_place() {
    let e = verify(module(vec![Insn::Move { src: r(X2), dst: X0 }, Insn::Return {}])).expect_err("x2 is not initialised");
    assert_eq!(
        e.to_string(),
        "module m, function f/2, instruction 1 `move x2 x0`: X(2) is not initialised \
         (V20: A register is initialised before it is read.)"
    );
}

#[test]
fn every_rule_has_a_test() {
    let source: String = include_str!("tests.rs").split_whitespace().collect();
    for (rule, code, _) in RULES {
        let name = format!("{rule:?}");
        let used = source.contains(&format!("({name},")) || source.contains(&format!("Rule::{name},"));
        assert!(used, "no test rejects by {code} {name}");
    }
}
