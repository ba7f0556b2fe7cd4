//! Golden listings: one module per family of instructions; together they show every opcode.
//! `UPDATE_GOLDEN=1 cargo test -p transom-bytecode` rewrites the files after a change of the listing's form.

use transom_bytecode::Insn as I;
use transom_bytecode::listing::module_text;
use transom_bytecode::*;

mod golden;
use golden::compare;

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

fn at(n: u32) -> I {
    I::Label { label: l(n) }
}

fn base(functions: Vec<(u8, Vec<I>)>) -> Module {
    let names = [
        "m",
        "first",
        "second",
        "third",
        "fourth",
        "erlang",
        "self",
        "lists",
        "reverse",
        "hello world",
        "ok",
    ];
    let names = names.map(String::from).to_vec();
    let function = |(i, (arity, code)): (usize, (u8, Vec<I>))| Function {
        name: AtomIx(i as u32 + 1),
        arity,
        line: LineIx(i as u32),
        code: [vec![at(1)], code].concat(),
    };
    Module {
        name: AtomIx(0),
        atoms: names,
        consts: vec![
            Const::list(b"text".iter().map(|&b| Const::Int(b.into())).collect()),
            Const::Tuple(vec![Const::Atom(AtomIx(9)), Const::float(1.5), Const::Nil]),
            Const::Map(vec![(Const::Atom(AtomIx(10)), Const::binary(*b"bytes"))]),
            Const::Bits {
                bytes: vec![1, 0xa0],
                last: 3,
            },
            Const::Big {
                negative: true,
                magnitude: vec![1, 0, 0, 0, 0, 0, 0, 0, 2],
            },
            Const::List {
                items: vec![Const::Int(1)],
                tail: Box::new(Const::Int(2)),
            },
            Const::ExportFun {
                module: AtomIx(7),
                name: AtomIx(8),
                arity: 1,
            },
        ],
        imports: vec![
            Import {
                module: AtomIx(5),
                name: AtomIx(6),
                arity: 0,
            },
            Import {
                module: AtomIx(7),
                name: AtomIx(8),
                arity: 1,
            },
        ],
        functions: functions.into_iter().enumerate().map(function).collect(),
        lambdas: vec![Lambda {
            function: FnIx(0),
            free: 1,
            uniq: 0,
        }],
        files: vec!["m.erl".into(), "m.hrl".into()],
        lines: [(0, 3), (0, 8), (0, 15), (1, 2)]
            .map(|(file, line)| Line { file, line })
            .to_vec(),
        ..Module::default()
    }
}

fn control() -> Module {
    let mut m = base(vec![
        (
            2,
            vec![
                I::Line { line: LineIx(0) },
                I::Allocate {
                    n: 2,
                    words: 0,
                    live: 2,
                },
                I::Move {
                    src: r(X1),
                    dst: Y1,
                },
                I::Swap { a: X0, b: X1 },
                I::Call { function: FnIx(0) },
                I::Line { line: LineIx(3) },
                I::CallExt {
                    import: ImportIx(1),
                },
                I::Move {
                    src: Src::Const(ConstIx(6)),
                    dst: X1,
                },
                I::CallFun { arity: 1 },
                I::Move {
                    src: Src::Atom(AtomIx(9)),
                    dst: X1,
                },
                I::Move {
                    src: Src::Const(ConstIx(5)),
                    dst: X2,
                },
                I::Apply { arity: 1 },
                I::Deallocate { n: 2 },
                I::TestHeap { words: 4, live: 1 },
                I::Jump { target: l(2) },
                at(2),
                I::Return {},
            ],
        ),
        (
            1,
            vec![
                I::SelectVal {
                    src: r(X0),
                    default: l(9),
                    arms: vec![
                        ValueArm {
                            value: Src::Small(-1),
                            label: l(2),
                        },
                        ValueArm {
                            value: Src::Atom(AtomIx(10)),
                            label: l(3),
                        },
                    ],
                },
                at(2),
                I::Allocate {
                    n: 1,
                    words: 0,
                    live: 1,
                },
                I::CallLast {
                    function: FnIx(1),
                    n: 1,
                },
                at(3),
                I::CallOnly { function: FnIx(1) },
                at(4),
                I::CallExtLast {
                    import: ImportIx(1),
                    n: 0,
                },
                at(5),
                I::CallExtOnly {
                    import: ImportIx(1),
                },
                at(6),
                I::CallFunLast { arity: 0, n: 1 },
                at(7),
                I::CallFunOnly { arity: 0 },
                at(8),
                I::ApplyLast { arity: 0, n: 3 },
                at(9),
                I::ApplyOnly { arity: 0 },
            ],
        ),
    ]);
    m.exports.push(Export {
        name: AtomIx(2),
        arity: 1,
        function: FnIx(1),
    });
    m.on_load = Some(FnIx(1));
    m.source = Some("src/m.erl".into());
    m.records.push(RecordDef {
        name: AtomIx(9),
        fields: vec![
            RecordField {
                name: AtomIx(10),
                default: None,
            },
            RecordField {
                name: AtomIx(8),
                default: None,
            },
        ],
    });
    m
}

fn exceptions() -> Module {
    base(vec![
        (
            1,
            vec![
                I::Allocate {
                    n: 2,
                    words: 0,
                    live: 1,
                },
                I::Try {
                    slot: Y0,
                    handler: l(2),
                },
                I::Call { function: FnIx(0) },
                I::TryEnd { slot: Y0 },
                I::Deallocate { n: 2 },
                I::Return {},
                at(2),
                I::TryCase { slot: Y0 },
                I::Move {
                    src: r(X2),
                    dst: Y1,
                },
                I::BuildStacktrace {
                    src: r(X2),
                    dst: X2,
                },
                I::EqExact {
                    fail: l(3),
                    a: r(X0),
                    b: Src::Atom(AtomIx(10)),
                },
                I::Raise {
                    class: r(X0),
                    reason: r(X1),
                    stack: r(Y1),
                },
                at(3),
                I::Catch {
                    slot: Y0,
                    handler: l(4),
                },
                at(4),
                I::CatchEnd { slot: Y0 },
                I::Badmatch { src: r(X0) },
            ],
        ),
        (1, vec![I::FuncClause {}]),
        (
            1,
            vec![
                I::CaseClause { src: r(X0) },
                I::IfClause {},
                I::TryClause { src: r(X0) },
                I::ElseClause {
                    src: Src::Const(ConstIx(1)),
                },
                I::Badrecord {
                    src: Src::Const(ConstIx(0)),
                },
            ],
        ),
    ])
}

fn tests() -> Module {
    let (fail, src) = (l(2), r(X0));
    let b = Src::Small(7);
    base(vec![(
        2,
        vec![
            I::IsInteger { fail, src },
            I::IsFloat { fail, src },
            I::IsNumber { fail, src },
            I::IsAtom { fail, src },
            I::IsBoolean { fail, src },
            I::IsPid { fail, src },
            I::IsReference { fail, src },
            I::IsPort { fail, src },
            I::IsNil { fail, src },
            I::IsList { fail, src },
            I::IsCons { fail, src },
            I::IsTuple { fail, src },
            I::IsBinary { fail, src },
            I::IsBitstring { fail, src },
            I::IsMap { fail, src },
            I::IsFunction { fail, src },
            I::IsFunction2 {
                fail,
                src,
                arity: Src::Small(2),
            },
            I::IsTuple { fail, src },
            I::TestArity { fail, src, n: 3 },
            I::IsTaggedTuple {
                fail,
                src,
                n: 3,
                tag: AtomIx(9),
            },
            I::EqExact { fail, a: src, b },
            I::NeExact { fail, a: src, b },
            I::Eq { fail, a: src, b },
            I::Ne { fail, a: src, b },
            I::Lt { fail, a: src, b },
            I::Ge { fail, a: src, b },
            I::SelectArity {
                src,
                default: fail,
                arms: vec![ArityArm {
                    arity: 2,
                    label: fail,
                }],
            },
            at(2),
            I::IfClause {},
        ],
    )])
}

fn data() -> Module {
    let fail = l(2);
    let raise = Label::RAISE;
    let (a, b, dst) = (r(X0), Src::Small(3), X2);
    let pair = MapPair {
        key: Src::Atom(AtomIx(10)),
        value: r(X1),
    };
    let mut code = vec![
        I::TestHeap { words: 16, live: 2 },
        I::PutList {
            head: r(X0),
            tail: Src::Nil,
            dst,
        },
        I::PutTuple {
            dst: X1,
            elems: vec![Src::Atom(AtomIx(9)), r(X0), Src::Const(ConstIx(4))],
        },
        I::MakeFun {
            dst,
            lambda: LambdaIx(0),
            free: vec![r(X0)],
        },
        I::GetElem {
            src: r(X1),
            index: 2,
            dst,
        },
        I::IsCons { fail, src: a },
        I::GetList {
            src: a,
            hd: X1,
            tl: X2,
        },
        I::GetHd { src: a, dst },
        I::GetTl { src: a, dst },
        I::PutMapAssoc {
            fail: raise,
            src: Src::Const(ConstIx(2)),
            dst,
            pairs: vec![pair],
        },
        I::PutMapExact {
            fail,
            src: r(X2),
            dst,
            pairs: vec![pair],
        },
        I::GetMapElements {
            fail,
            src: r(X2),
            fetch: vec![MapFetch { key: b, dst: X1 }],
        },
        I::HasMapFields {
            fail,
            src: r(X2),
            keys: vec![b, r(X1)],
        },
    ];
    let arith = [
        I::Add {
            fail: raise,
            a,
            b,
            dst,
        },
        I::Sub {
            fail: raise,
            a,
            b,
            dst,
        },
        I::Mul {
            fail: raise,
            a,
            b,
            dst,
        },
        I::IntDiv { fail, a, b, dst },
        I::Rem { fail, a, b, dst },
        I::Band { fail, a, b, dst },
        I::Bor { fail, a, b, dst },
        I::Bxor { fail, a, b, dst },
        I::Bsl { fail, a, b, dst },
        I::Bsr { fail, a, b, dst },
        I::Bif {
            fail: raise,
            import: ImportIx(0),
            dst: X0,
            args: vec![],
        },
    ];
    code.extend(arith);
    code.extend([at(2), I::IfClause {}]);
    base(vec![(2, code)])
}

fn receive() -> Module {
    base(vec![(
        2,
        vec![
            I::Allocate {
                n: 2,
                words: 0,
                live: 2,
            },
            I::Move {
                src: r(X1),
                dst: Y1,
            },
            I::RecvMark { slot: Y0 },
            I::RecvBind {
                slot: Y0,
                reference: r(Y1),
            },
            I::RecvUse { reference: r(Y1) },
            I::Send {},
            at(2),
            I::LoopRec {
                empty: l(4),
                dst: X0,
            },
            I::EqExact {
                fail: l(3),
                a: r(X0),
                b: r(Y1),
            },
            I::RemoveMessage {},
            I::RecvClear { slot: Y0 },
            I::Deallocate { n: 2 },
            I::Return {},
            at(3),
            I::LoopRecEnd { again: l(2) },
            at(4),
            I::WaitTimeout {
                again: l(2),
                src: Src::Small(500),
            },
            I::Timeout {},
            at(5),
            I::Wait { again: l(5) },
        ],
    )])
}

fn binaries() -> Module {
    let (fail, ctx, dst, flags) = (l(2), X1, X2, SegFlags::NONE);
    let size = Src::Small(8);
    let segment = |kind, value, size, unit, flags| Segment {
        kind,
        value,
        size,
        unit,
        flags,
    };
    base(vec![(
        1,
        vec![
            I::BsStartMatch {
                fail,
                src: r(X0),
                dst: X1,
            },
            I::BsMatchString {
                fail,
                ctx,
                bits: 11,
                value: ConstIx(3),
            },
            I::BsGetInteger {
                fail,
                ctx,
                size,
                unit: 1,
                flags: SegFlags::LITTLE.with(SegFlags::SIGNED),
                dst,
            },
            I::BsGetFloat {
                fail,
                ctx,
                size,
                unit: 8,
                flags,
                dst,
            },
            I::BsGetBinary {
                fail,
                ctx,
                size: None,
                unit: 8,
                dst,
            },
            I::BsGetBinary {
                fail,
                ctx,
                size: Some(size),
                unit: 8,
                dst,
            },
            I::BsGetUtf8 {
                fail,
                ctx,
                flags,
                dst,
            },
            I::BsGetUtf16 {
                fail,
                ctx,
                flags: SegFlags::NATIVE,
                dst,
            },
            I::BsGetUtf32 {
                fail,
                ctx,
                flags,
                dst,
            },
            I::BsSkipBits {
                fail,
                ctx,
                size,
                unit: 256,
            },
            I::BsSkipUtf8 { fail, ctx, flags },
            I::BsSkipUtf16 { fail, ctx, flags },
            I::BsSkipUtf32 { fail, ctx, flags },
            I::BsTestUnit { fail, ctx, unit: 8 },
            I::BsGetPosition { ctx, dst },
            I::BsSetPosition { ctx, src: r(X2) },
            I::BsTestTail { fail, ctx, bits: 0 },
            I::BsGetTail { ctx, dst },
            I::BsCreateBin {
                fail: Label::RAISE,
                dst: X0,
                segments: vec![
                    segment(SegKind::Append, r(X0), None, 8, flags),
                    segment(
                        SegKind::Integer,
                        Src::Small(258),
                        Some(Src::Small(16)),
                        1,
                        SegFlags::LITTLE,
                    ),
                    segment(
                        SegKind::Float,
                        Src::Const(ConstIx(4)),
                        Some(Src::Small(64)),
                        1,
                        flags,
                    ),
                    segment(SegKind::Binary, r(X2), Some(size), 8, flags),
                    segment(SegKind::Utf8, Src::Small(955), None, 1, flags),
                    segment(SegKind::Utf16, Src::Small(955), None, 1, SegFlags::LITTLE),
                    segment(SegKind::Utf32, Src::Small(955), None, 1, flags),
                    segment(SegKind::String, Src::Const(ConstIx(3)), None, 1, flags),
                ],
            },
            I::Return {},
            at(2),
            I::IfClause {},
        ],
    )])
}

fn all() -> [(&'static str, Module); 6] {
    [
        ("control", control()),
        ("exceptions", exceptions()),
        ("tests", tests()),
        ("data", data()),
        ("receive", receive()),
        ("binaries", binaries()),
    ]
}

#[test]
fn listings_are_as_recorded() {
    for (name, m) in all() {
        compare(&format!("tests/golden/{name}.txt"), &module_text(&m));
    }
}

#[test]
fn the_golden_listings_show_every_opcode() {
    let shown: std::collections::HashSet<Op> = all()
        .iter()
        .flat_map(|(_, m)| &m.functions)
        .flat_map(|f| &f.code)
        .map(I::op)
        .collect();
    let missing: Vec<_> = OPS
        .iter()
        .filter(|o| !shown.contains(&o.op))
        .map(|o| o.mnemonic)
        .collect();
    assert!(
        missing.is_empty(),
        "opcodes in no golden listing: {missing:?}"
    );
}

#[test]
fn receive_and_binaries_verify() {
    for m in [receive(), binaries()] {
        if let Err(e) = verify(m) {
            panic!("{e}");
        }
    }
}
