//! Loading in a running VM, by the functions themselves, over modules written as bytecode.

use crate::heap::{Heap, HeapOptions, OwnedTerm, Term};
use crate::vm::Vm;
use std::sync::Arc;
use transom_bytecode::*;

struct Fixture {
    heap: Heap,
    vm: Arc<Vm>,
}

/// `m:f/0` answers `answer`; `m:wait/0` waits for ever and never matches; `m:on_load/0` answers `ok`.
fn module(answer: i64, on_load: bool) -> Module {
    let entry = || Insn::Label { label: Label(1) };
    let f = vec![
        entry(),
        Insn::Move {
            src: Src::Small(answer),
            dst: Reg::X(0),
        },
        Insn::Return {},
    ];
    let wait = vec![
        entry(),
        Insn::LoopRec {
            empty: Label(2),
            dst: Reg::X(0),
        },
        Insn::LoopRecEnd { again: Label(1) },
        Insn::Label { label: Label(2) },
        Insn::Wait { again: Label(1) },
    ];
    let ok = vec![
        entry(),
        Insn::Move {
            src: Src::Atom(AtomIx(4)),
            dst: Reg::X(0),
        },
        Insn::Return {},
    ];
    let function = |(i, code): (usize, Vec<Insn>)| Function {
        name: AtomIx(i as u32 + 1),
        arity: 0,
        line: LineIx(i as u32),
        code,
    };
    Module {
        name: AtomIx(0),
        atoms: ["m", "f", "wait", "on_load", "ok"]
            .map(String::from)
            .to_vec(),
        functions: [f, wait, ok]
            .into_iter()
            .enumerate()
            .map(function)
            .collect(),
        exports: (0..2)
            .map(|i| Export {
                name: AtomIx(i + 1),
                arity: 0,
                function: FnIx(i),
            })
            .collect(),
        lines: (1..4).map(|line| Line { file: 0, line }).collect(),
        files: vec!["m.erl".into()],
        attributes: Const::list(vec![Const::Tuple(vec![
            Const::Atom(AtomIx(4)),
            Const::Int(answer),
        ])]),
        on_load: on_load.then_some(FnIx(2)),
        ..Module::default()
    }
}

impl Fixture {
    fn new() -> Fixture {
        let vm = Vm::builder().schedulers(2).build().expect("threads start");
        let heap = Heap::new(&vm.env, HeapOptions::default());
        Fixture { vm, heap }
    }

    fn atom<'a>(&'a self, text: &str) -> Term<'a> {
        Term::atom(self.vm.atoms().intern(text).expect("room"))
    }

    fn call<'a>(&'a self, m: &str, f: &str, args: &[Term<'a>]) -> OwnedTerm {
        let (_, host) = self.vm.spawn_call(m, f, args).expect("room for a process");
        let ended = host.wait();
        ended.value.unwrap_or(ended.reason)
    }

    /// Calls and compares with what `expected` builds.
    fn check<'a>(&'a self, m: &str, f: &str, args: &[Term<'a>], expected: Term<'a>) {
        let answer = self.call(m, f, args);
        let text = |t: Term<'_>| crate::io::text::pretty(&self.vm, t);
        assert!(
            crate::heap::eq_exact(answer.term(), expected),
            "{m}:{f}: {} instead of {}",
            text(answer.term()),
            text(expected)
        );
    }

    fn load<'a>(&'a self, answer: i64, expected: &[Term<'a>]) {
        let bytes = self.heap.binary(&module(answer, false).to_bytes());
        self.check(
            "erlang",
            "load_module",
            &[self.atom("m"), bytes],
            self.heap.tuple(expected),
        );
    }

    fn prepare(&self, m: &Module) -> OwnedTerm {
        let bytes = self.heap.binary(&m.to_bytes());
        self.call("erlang", "prepare_loading", &[self.atom("m"), bytes])
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        self.vm.shutdown();
    }
}

#[test]
fn two_versions_and_no_third_one() {
    let t = Fixture::new();
    let (m, ok) = (t.atom("m"), [t.atom("module"), t.atom("m")]);
    t.check("erlang", "module_loaded", &[m], t.atom("false"));
    t.load(1, &ok);
    t.check("m", "f", &[], t.heap.int(1));
    t.check("erlang", "module_loaded", &[m], t.atom("true"));
    t.check("erlang", "check_old_code", &[m], t.atom("false"));
    t.load(2, &ok);
    t.check("m", "f", &[], t.heap.int(2));
    t.check("erlang", "check_old_code", &[m], t.atom("true"));
    t.load(3, &[t.atom("error"), t.atom("not_purged")]);
    t.check("m", "f", &[], t.heap.int(2));
    t.check(
        "erts_internal",
        "purge_module",
        &[m, t.atom("prepare")],
        t.atom("true"),
    );
    t.check(
        "erts_internal",
        "purge_module",
        &[m, t.atom("prepare")],
        t.atom("busy"),
    );
    t.check(
        "erts_internal",
        "purge_module",
        &[m, t.atom("complete")],
        t.atom("true"),
    );
    t.load(3, &ok);
    t.check("m", "f", &[], t.heap.int(3));
    t.check(
        "erlang",
        "function_exported",
        &[m, t.atom("f"), t.heap.int(0)],
        t.atom("true"),
    );
    t.check(
        "erlang",
        "function_exported",
        &[m, t.atom("on_load"), t.heap.int(0)],
        t.atom("false"),
    );
}

#[test]
fn junk_changes_nothing() {
    let t = Fixture::new();
    let m = t.atom("m");
    t.load(1, &[t.atom("module"), m]);
    let bad = || t.heap.tuple(&[t.atom("error"), t.atom("badfile")]);
    t.check("erlang", "load_module", &[m, t.heap.binary(b"junk")], bad());
    let other = t.heap.binary(&module(2, false).to_bytes());
    t.check("erlang", "load_module", &[t.atom("other"), other], bad());
    t.check("m", "f", &[], t.heap.int(1));
    t.check("erlang", "check_old_code", &[m], t.atom("false"));
}

#[test]
fn processes_in_old_code_are_found() {
    let t = Fixture::new();
    let (m, ok) = (t.atom("m"), [t.atom("module"), t.atom("m")]);
    t.load(1, &ok);
    let (waiting, ended) = t.vm.spawn_call("m", "wait", &[]).expect("room");
    let pid = Term::pid(waiting);
    // Nothing is old yet.
    t.check("erlang", "check_process_code", &[pid, m], t.atom("false"));
    while t
        .vm
        .processes
        .get(waiting)
        .and_then(|p| p.cell.try_take(waiting.serial()))
        .is_none_or(|right| {
            let settled = right
                .as_ref()
                .is_some_and(|b| matches!(b.exec, crate::process::Exec::Code(pc) if pc != 0));
            let wake = right.release(None);
            t.vm.wake(waiting, wake);
            !settled
        })
    {
        std::thread::yield_now();
    }
    t.load(2, &ok);
    t.check("erlang", "check_process_code", &[pid, m], t.atom("true"));
    t.check(
        "erts_internal",
        "evacuate_old_code",
        &[pid, m],
        t.atom("true"),
    );
    let preparation = t.prepare(&module(3, false));
    let plan = t.call(
        "erts_internal",
        "reload_plan",
        &[t.heap.list(&[preparation.copy_to(&t.heap)])],
    );
    let plan = plan.term().as_tuple().expect("a triple");
    // The function it waits in is the same in all versions: it would be carried over.
    assert!(plan.get(0).is_some_and(|refusals| refusals.is_nil()));
    t.check("erts_internal", "carry_frames", &[pid, m], t.atom("false"));
    t.check("erlang", "check_process_code", &[pid, m], t.atom("false"));
    t.check("erlang", "exit", &[pid, t.atom("kill")], t.atom("true"));
    let reason = ended.wait().reason;
    assert!(reason.term().is_atom(crate::atoms::KILLED));
    t.check("erlang", "check_process_code", &[pid, m], t.atom("false"));
}

#[test]
fn preparations_are_finished_once() {
    let t = Fixture::new();
    let preparation = t.prepare(&module(7, false));
    let list = t.heap.list(&[preparation.copy_to(&t.heap)]);
    t.check(
        "erlang",
        "has_prepared_code_on_load",
        &[preparation.copy_to(&t.heap)],
        t.atom("false"),
    );
    t.check("erlang", "finish_loading", &[list], t.atom("ok"));
    t.check("m", "f", &[], t.heap.int(7));
    let again = t.call("erlang", "finish_loading", &[list]);
    let badarg = again.term().as_tuple().and_then(|e| e.get(0));
    assert!(badarg.is_some_and(|r| r.is_atom(crate::atoms::BADARG)));
    t.check("m", "f", &[], t.heap.int(7));
}

#[test]
fn on_load_runs_before_anybody_sees_the_code() {
    let t = Fixture::new();
    let m = t.atom("m");
    let preparation = t.prepare(&module(1, true));
    let list = t.heap.list(&[preparation.copy_to(&t.heap)]);
    let pending = t.heap.tuple(&[t.atom("on_load"), t.heap.list(&[m])]);
    t.check("erlang", "finish_loading", &[list], pending);
    t.check("erlang", "module_loaded", &[m], t.atom("false"));
    t.check("erlang", "call_on_load_function", &[m], t.atom("ok"));
    t.check(
        "erlang",
        "finish_after_on_load",
        &[m, t.atom("true")],
        t.atom("true"),
    );
    t.check("m", "f", &[], t.heap.int(1));
}

#[test]
fn modules_describe_themselves() {
    let t = Fixture::new();
    let m = t.atom("m");
    t.load(5, &[t.atom("module"), m]);
    let attributes = t.heap.list(&[t.heap.tuple(&[t.atom("ok"), t.heap.int(5)])]);
    t.check(
        "erlang",
        "get_module_info",
        &[m, t.atom("attributes")],
        attributes,
    );
    let f = |name: &str| t.heap.tuple(&[t.atom(name), t.heap.int(0)]);
    let functions = t.heap.list(&[f("f"), f("wait"), f("on_load")]);
    t.check(
        "erlang",
        "get_module_info",
        &[m, t.atom("functions")],
        functions,
    );
    let md5 = t.heap.binary(&code_hash(&module(5, false)));
    t.check("erlang", "get_module_info", &[m, t.atom("md5")], md5);
    t.check("erlang", "delete_module", &[m], t.atom("true"));
    t.check(
        "erlang",
        "delete_module",
        &[t.atom("nobody")],
        t.atom("undefined"),
    );
    t.check("erlang", "module_loaded", &[m], t.atom("false"));
    t.check("erlang", "check_old_code", &[m], t.atom("true"));
}

#[test]
fn a_swap_goes_back_to_the_version_before() {
    let t = Fixture::new();
    let ok = [t.atom("module"), t.atom("m")];
    t.load(1, &ok);
    t.load(2, &ok);
    t.check(
        "erts_internal",
        "swap_module",
        &[t.atom("m")],
        t.atom("true"),
    );
    t.check("m", "f", &[], t.heap.int(1));
}
