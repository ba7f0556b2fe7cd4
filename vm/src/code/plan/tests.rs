//! Plans over two versions of small modules, with invented processes.

use super::*;
use crate::code::one_word::OneWord;
use crate::code::{Origin, Step};
use crate::heap::HeapEnv;
use crate::sync::code_cells::CellTable;
use transom_bytecode::*;

fn server() -> (Arc<CodeServer>, Arc<AtomTable>) {
    let atoms = Arc::new(AtomTable::default());
    let cells = CellTable::new(Box::new(|_| [0; 4]));
    (
        CodeServer::new(HeapEnv::new(Arc::clone(&atoms)), cells, Box::new(OneWord)),
        atoms,
    )
}

/// `name/0` with that body, exported or not, at line 10 times its number.
type F<'a> = (&'a str, bool, Vec<Insn>);

fn module(
    name: &str,
    functions: Vec<F<'_>>,
    calls: &[(&str, &str)],
    record: &[&str],
) -> Verified<Module> {
    let mut m = Module {
        atoms: vec![name.into()],
        files: vec![format!("{name}.erl")],
        ..Module::default()
    };
    let atom = |m: &mut Module, text: &str| {
        let found = m.atoms.iter().position(|a| a == text);
        AtomIx(found.unwrap_or_else(|| {
            m.atoms.push(text.into());
            m.atoms.len() - 1
        }) as u32)
    };
    for (module, f) in calls {
        let import = Import {
            module: atom(&mut m, module),
            name: atom(&mut m, f),
            arity: 0,
        };
        m.imports.push(import);
    }
    for (i, (f, exported, body)) in functions.into_iter().enumerate() {
        let (name, ix) = (atom(&mut m, f), i as u32);
        m.lines.push(Line {
            file: 0,
            line: 10 * (ix + 1),
        });
        let code = [vec![Insn::Label { label: Label(1) }], body].concat();
        m.functions.push(Function {
            name,
            arity: 0,
            line: LineIx(ix),
            code,
        });
        if exported {
            m.exports.push(Export {
                name,
                arity: 0,
                function: FnIx(ix),
            });
        }
    }
    if !record.is_empty() {
        let fields = record
            .iter()
            .map(|f| RecordField {
                name: atom(&mut m, f),
                default: None,
            })
            .collect();
        let name = atom(&mut m, "state");
        m.records.push(RecordDef { name, fields });
    }
    verify(m).expect("sound")
}

fn answer(n: i64) -> Vec<Insn> {
    vec![
        Insn::Move {
            src: Src::Small(n),
            dst: Reg::X(0),
        },
        Insn::Return {},
    ]
}

/// `loop() -> receive _ -> m:loop() end`, by the first import; or a local call.
fn loop_by(insn: Insn) -> Vec<Insn> {
    vec![
        Insn::LoopRec {
            empty: Label(2),
            dst: Reg::X(0),
        },
        Insn::RemoveMessage {},
        insn,
        Insn::Label { label: Label(2) },
        Insn::Wait { again: Label(1) },
    ]
}

fn prepare(server: &CodeServer, m: Verified<Module>) -> Arc<ModuleInstance> {
    let hash = code_hash(&m);
    server.prepare(m, hash, Origin::Memory).expect("fits")
}

fn load(server: &Arc<CodeServer>, m: Verified<Module>) -> Arc<ModuleInstance> {
    let instance = prepare(server, m);
    server
        .publish(
            Step {
                load: vec![instance.clone()],
                ..Step::default()
            },
            Box::new(|| ()),
        )
        .expect("room");
    instance
}

#[test]
fn a_plan_tells_functions_records_exports_and_processes() {
    let (server, atoms) = server();
    let qualified = || {
        loop_by(Insn::CallExtOnly {
            import: ImportIx(0),
        })
    };
    let local = || loop_by(Insn::CallOnly { function: FnIx(3) });
    let own = [("m", "loop")];
    let v1 = |n| {
        let f = vec![
            ("f", true, answer(n)),
            ("gone", true, answer(0)),
            ("loop", true, qualified()),
            ("stay", false, local()),
        ];
        module("m", f, &own, &["a", "b", "c"])
    };
    let i1 = load(&server, v1(1));
    load(
        &server,
        module(
            "user",
            vec![(
                "u",
                true,
                vec![Insn::CallExtOnly {
                    import: ImportIx(0),
                }],
            )],
            &[("m", "gone")],
            &[],
        ),
    );
    // Another version of loop/0, so that a process in it is affected.
    let touched = |body: Vec<Insn>| {
        [
            vec![Insn::Move {
                src: Src::Nil,
                dst: Reg::X(1),
            }],
            body,
        ]
        .concat()
    };
    let mut f = vec![
        ("f", true, answer(2)),
        ("added", false, answer(0)),
        ("loop", true, touched(qualified())),
    ];
    f.push((
        "stay",
        false,
        touched(loop_by(Insn::CallOnly { function: FnIx(3) })),
    ));
    let i2 = prepare(&server, module("m", f, &own, &["b", "a", "d"]));
    let at = |i: &ModuleInstance, f: usize| i.entry_address(f);
    let frames = |process, addresses| Frames { process, addresses };
    let p = plan(
        &server,
        &[i2],
        vec![
            frames("<1>", vec![7, at(&i1, 2)]),
            frames("<2>", vec![at(&i1, 3), at(&i1, 0)]),
            frames("<3>", vec![7]),
        ],
    );
    let m = &p.modules[0];
    let name = |a: &Atom| atoms.text(*a).to_owned();
    let functions: Vec<(String, Change)> = m
        .functions
        .iter()
        .map(|f| (name(&f.name), f.change))
        .collect();
    let expected = [
        ("f", Change::Changed),
        ("added", Change::New),
        ("loop", Change::Changed),
        ("stay", Change::Changed),
        ("gone", Change::Removed),
    ];
    assert_eq!(functions, expected.map(|(f, c)| (f.to_owned(), c)));
    assert_eq!((m.from, m.to, m.unchanged), (Some(1), 2, false));
    let r = &m.records[0];
    let fields = |all: &[Atom]| all.iter().map(name).collect::<Vec<_>>();
    assert_eq!(
        (fields(&r.added), fields(&r.removed), r.reordered),
        (vec!["d".to_owned()], vec!["c".to_owned()], true)
    );
    assert_eq!(name(&m.lost[0].name), "gone");
    assert_eq!(name(&m.lost[0].callers[0].0), "user");
    let processes: Vec<_> = p
        .processes
        .iter()
        .map(|p| (p.process, p.version, name(&p.function.0), p.line, p.fate))
        .collect();
    assert_eq!(
        processes,
        [
            ("<1>", 1, "loop".to_owned(), Some(30), Fate::Moves),
            ("<2>", 1, "stay".to_owned(), Some(40), Fate::Stays)
        ]
    );
    let texts: Vec<String> = p.refusals().iter().map(|r| r.text(&atoms)).collect();
    assert_eq!(
        texts,
        [
            "1 export(s) of m vanish but are called",
            "1 record(s) of m change shape"
        ]
    );
}

#[test]
fn processes_in_the_version_before_would_die() {
    let (server, atoms) = server();
    let v = |n| {
        module(
            "m",
            vec![("f", true, answer(n)), ("same", true, answer(0))],
            &[],
            &[],
        )
    };
    let i1 = load(&server, v(1));
    let i2 = load(&server, v(2));
    let i3 = prepare(&server, v(3));
    let frames = |process, i: &ModuleInstance, f| Frames {
        process,
        addresses: vec![i.entry_address(f)],
    };
    let p = plan(
        &server,
        &[i3],
        vec![
            frames(1, &i1, 0),
            frames(2, &i2, 1),
            frames(3, &i2, 0),
            // The same function in both: carried over.
            frames(4, &i1, 1),
        ],
    );
    let fates: Vec<Fate> = p.processes.iter().map(|p| p.fate).collect();
    assert_eq!(
        fates,
        [
            Fate::WouldDie,
            Fate::Unaffected,
            Fate::Stays,
            Fate::Unaffected
        ]
    );
    assert_eq!(
        p.refusals(),
        [Refusal::OldCodeInUse {
            module: atoms.intern("m").expect("room"),
            processes: 1
        }]
    );
}

#[test]
fn the_same_code_is_no_change() {
    let (server, _) = server();
    let v = || module("m", vec![("f", true, answer(1))], &[], &[]);
    load(&server, v());
    let p = plan::<u8>(&server, &[prepare(&server, v())], vec![]);
    assert!(p.is_empty() && p.refusals().is_empty());
    let q = plan::<u8>(
        &server,
        &[prepare(&server, module("n", vec![], &[], &[]))],
        vec![],
    );
    assert!(!q.is_empty());
}
