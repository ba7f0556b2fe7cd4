//! Versions, publishing and purging, with a specialiser that writes one word per function, and a scheduler that the test plays.

use super::*;
use crate::atoms::AtomTable;
use crate::code::one_word::OneWord;
use crate::code::{ModuleInstance, Origin, PublishError, Step};
use crate::heap::HeapEnv;
use crate::sync::code_cells::{CODE_INDICES, CellRef};
use transom_bytecode::*;

/// Keeps what waits for the schedulers until the test lets them pass.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<Vec<Box<dyn FnOnce() + Send>>>>);

impl Quiesce for Held {
    fn after_slices(&self, done: Box<dyn FnOnce() + Send>) {
        lock(&self.0).push(done);
    }
}

impl Held {
    fn pass(&self) {
        let waiting = std::mem::take(&mut *lock(&self.0));
        waiting.into_iter().for_each(|done| done());
    }
}

struct Vm {
    server: Arc<CodeServer>,
    atoms: Arc<AtomTable>,
    held: Held,
}

impl Vm {
    fn new() -> Vm {
        let atoms = Arc::new(AtomTable::default());
        let cells = CellTable::new(Box::new(|_| [0; 4]));
        let server = CodeServer::new(HeapEnv::new(Arc::clone(&atoms)), cells, Box::new(OneWord));
        let held = Held::default();
        server.set_quiesce(Box::new(held.clone()));
        Vm {
            server,
            atoms,
            held,
        }
    }

    fn atom(&self, text: &str) -> Atom {
        self.atoms.intern(text).expect("room")
    }

    /// A module whose exported functions without arguments answer `answer`; each has a lambda.
    fn prepare(&self, name: &str, functions: &[&str], answer: i64) -> Arc<ModuleInstance> {
        let mut m = Module {
            atoms: vec![name.into()],
            files: vec![format!("{name}.erl")],
            ..Module::default()
        };
        for (i, f) in functions.iter().enumerate() {
            let ix = i as u32;
            m.atoms.push((*f).into());
            m.lines.push(Line {
                file: 0,
                line: 10 * (ix + 1),
            });
            let code = vec![
                Insn::Label { label: Label(1) },
                Insn::Move {
                    src: Src::Small(answer),
                    dst: Reg::X(0),
                },
                Insn::Return {},
            ];
            m.functions.push(Function {
                name: AtomIx(ix + 1),
                arity: 0,
                line: LineIx(ix),
                code,
            });
            m.exports.push(Export {
                name: AtomIx(ix + 1),
                arity: 0,
                function: FnIx(ix),
            });
            m.lambdas.push(Lambda {
                function: FnIx(ix),
                free: 0,
                uniq: 0,
            });
        }
        let hash = code_hash(&m);
        let verified = verify(m).expect("sound");
        self.server
            .prepare(verified, hash, Origin::Memory)
            .expect("fits")
    }

    fn publish(&self, step: Step) -> Result<(), PublishError> {
        self.server.publish(step, Box::new(|| ()))
    }

    fn load(&self, instance: &Arc<ModuleInstance>) -> Result<(), PublishError> {
        let done = self.publish(Step {
            load: vec![Arc::clone(instance)],
            ..Step::default()
        });
        self.held.pass();
        done
    }

    fn purge(&self, module: &str) -> bool {
        let m = self.atom(module);
        let _ = self.server.begin_purge(m, false);
        let done = self.server.finish_purge(m);
        self.held.pass();
        done
    }

    fn cell(&self, module: &str, name: &str) -> CellRef {
        self.server
            .cells()
            .ensure(self.atom(module), self.atom(name), 0)
    }
}

#[test]
fn a_prepared_module_is_invisible_until_it_is_published() {
    let vm = Vm::new();
    let v1 = vm.prepare("m", &["f", "g"], 1);
    let (m, f) = (vm.atom("m"), vm.atom("f"));
    assert!(!vm.server.is_exported(m, f, 0));
    assert!(vm.server.current(m).is_none());
    vm.load(&v1).expect("first load");
    assert!(vm.server.is_exported(m, f, 0));
    assert_eq!(vm.server.loaded(), [m]);
    for i in 0..CODE_INDICES {
        assert_eq!(vm.cell("m", "g").address(i), v1.entry_address(1));
    }
}

#[test]
fn a_slice_in_progress_keeps_what_it_saw() {
    let vm = Vm::new();
    let (a1, b1) = (vm.prepare("a", &["f"], 1), vm.prepare("b", &["f"], 1));
    vm.publish(Step {
        load: vec![a1.clone(), b1.clone()],
        ..Step::default()
    })
    .expect("first load");
    vm.held.pass();
    let slice = vm.server.active_index();
    let (a2, b2) = (vm.prepare("a", &["f"], 2), vm.prepare("b", &["f"], 2));
    vm.publish(Step {
        load: vec![a2.clone(), b2.clone()],
        ..Step::default()
    })
    .expect("both");
    let seen = |index| {
        [
            vm.cell("a", "f").address(index),
            vm.cell("b", "f").address(index),
        ]
    };
    assert_eq!(seen(slice), [a1.entry_address(0), b1.entry_address(0)]);
    assert_eq!(
        seen(vm.server.active_index()),
        [a2.entry_address(0), b2.entry_address(0)]
    );
    // Until the slice ends nothing else may be published: its index could be filled under its feet.
    let c = vm.prepare("c", &["f"], 1);
    assert_eq!(
        vm.publish(Step {
            load: vec![c.clone()],
            ..Step::default()
        }),
        Err(PublishError::Busy)
    );
    vm.held.pass();
    assert_eq!(seen(slice), [a2.entry_address(0), b2.entry_address(0)]);
    vm.load(&c).expect("settled");
}

#[test]
fn removed_exports_become_undefined() {
    let vm = Vm::new();
    vm.load(&vm.prepare("m", &["f", "gone"], 1)).expect("v1");
    vm.load(&vm.prepare("m", &["f"], 2)).expect("v2");
    assert!(!vm.server.is_exported(vm.atom("m"), vm.atom("gone"), 0));
    assert_eq!(
        vm.cell("m", "gone").address(0),
        vm.cell("m", "gone").stub_address()
    );
}

#[test]
fn at_most_two_versions() {
    let vm = Vm::new();
    let m = vm.atom("m");
    vm.load(&vm.prepare("m", &["f"], 1)).expect("v1");
    vm.load(&vm.prepare("m", &["f"], 2)).expect("v2");
    let v3 = vm.prepare("m", &["f"], 3);
    assert_eq!(vm.load(&v3), Err(PublishError::NotPurged(vec![m])));
    assert_eq!(
        vm.publish(Step {
            delete: vec![m],
            ..Step::default()
        }),
        Err(PublishError::NotPurged(vec![m]))
    );
    assert!(vm.purge("m"));
    assert!(!vm.purge("m"));
    vm.load(&v3).expect("there is room again");
    assert_eq!(vm.server.current(m).map(|i| i.version), Some(3));
}

#[test]
fn a_refused_step_changes_nothing() {
    let vm = Vm::new();
    vm.load(&vm.prepare("a", &["f"], 1)).expect("a1");
    vm.load(&vm.prepare("a", &["f"], 2)).expect("a2");
    let (b, a3) = (vm.prepare("b", &["f"], 1), vm.prepare("a", &["f"], 3));
    let before = vm.cell("a", "f").address(0);
    let both = Step {
        load: vec![b.clone(), a3],
        ..Step::default()
    };
    assert_eq!(
        vm.publish(both),
        Err(PublishError::NotPurged(vec![vm.atom("a")]))
    );
    assert!(vm.server.current(vm.atom("b")).is_none());
    assert!(!vm.cell("b", "f").is_defined(vm.server.active_index()));
    assert_eq!(vm.cell("a", "f").address(0), before);
    let twice = Step {
        load: vec![b.clone(), b],
        ..Step::default()
    };
    assert_eq!(
        vm.publish(twice),
        Err(PublishError::Duplicated(vec![vm.atom("b")]))
    );
    let missing = Step {
        delete: vec![vm.atom("x")],
        ..Step::default()
    };
    assert_eq!(
        vm.publish(missing),
        Err(PublishError::NotLoaded(vec![vm.atom("x")]))
    );
}

#[test]
fn delete_leaves_old_code_and_a_load_finds_room_beside_it() {
    let vm = Vm::new();
    let m = vm.atom("m");
    let v1 = vm.prepare("m", &["f"], 1);
    vm.load(&v1).expect("v1");
    vm.publish(Step {
        delete: vec![m],
        ..Step::default()
    })
    .expect("delete");
    vm.held.pass();
    assert!(vm.server.current(m).is_none() && vm.server.old(m).is_some());
    assert!(!vm.server.is_exported(m, vm.atom("f"), 0));
    vm.load(&vm.prepare("m", &["f"], 2)).expect("as in Erlang");
    assert_eq!(vm.server.old(m).map(|i| i.id), Some(v1.id));
}

#[test]
fn a_rollback_swaps_the_roles() {
    let vm = Vm::new();
    let m = vm.atom("m");
    let v1 = vm.prepare("m", &["f", "old"], 1);
    vm.load(&v1).expect("v1");
    let v2 = vm.prepare("m", &["f", "new"], 2);
    vm.load(&v2).expect("v2");
    vm.publish(Step {
        swap: vec![m],
        ..Step::default()
    })
    .expect("rollback");
    vm.held.pass();
    assert_eq!(vm.server.current(m).map(|i| i.id), Some(v1.id));
    assert_eq!(vm.server.old(m).map(|i| i.id), Some(v2.id));
    assert_eq!(vm.cell("m", "f").address(0), v1.entry_address(0));
    assert!(vm.server.is_exported(m, vm.atom("old"), 0));
    assert!(!vm.server.is_exported(m, vm.atom("new"), 0));
}

#[test]
fn funs_live_with_their_code_and_the_same_bytes_revive_them() {
    let vm = Vm::new();
    let v1 = vm.prepare("m", &["f"], 1);
    let fun = v1.lambdas[0].0;
    vm.load(&v1).expect("v1");
    assert_eq!(fun.code(), v1.entry_address(0));
    vm.load(&vm.prepare("m", &["f"], 2)).expect("v2");
    assert_eq!(fun.code(), v1.entry_address(0));
    vm.purge("m");
    assert_eq!(fun.code(), 0);
    let again = vm.prepare("m", &["f"], 1);
    assert!(again.lambdas[0].0 == fun && again.hash == v1.hash);
    vm.load(&again).expect("v1 once more");
    assert_eq!(fun.code(), again.entry_address(0));
    // Loading equal bytes twice and purging the first leaves the funs to the second.
    vm.purge("m");
    let third = vm.prepare("m", &["f"], 1);
    vm.load(&third).expect("again");
    vm.purge("m");
    assert_eq!(fun.code(), third.entry_address(0));
}

#[test]
fn a_purge_that_is_called_off_keeps_the_funs() {
    let vm = Vm::new();
    let v1 = vm.prepare("m", &["f"], 1);
    vm.load(&v1).expect("v1");
    vm.load(&vm.prepare("m", &["f"], 2)).expect("v2");
    let m = vm.atom("m");
    assert!(
        vm.server
            .begin_purge(m, false)
            .is_ok_and(|old| old.is_some())
    );
    assert!(
        vm.server.begin_purge(m, false).is_err(),
        "one purge at a time"
    );
    assert_eq!(v1.lambdas[0].0.code(), 0);
    vm.server.abort_purge(m);
    assert_eq!(v1.lambdas[0].0.code(), v1.entry_address(0));
}

#[test]
fn addresses_lead_to_version_function_and_line() {
    let vm = Vm::new();
    let v1 = vm.prepare("m", &["f", "g"], 1);
    vm.load(&v1).expect("v1");
    let v2 = vm.prepare("m", &["f", "g"], 2);
    vm.load(&v2).expect("v2");
    for v in [&v1, &v2] {
        let (found, place) = vm.server.locate(v.entry_address(1)).expect("it is code");
        assert_eq!(found.id, v.id);
        assert_eq!(
            place,
            Place {
                function: 1,
                line: Some(("m.erl".into(), 20))
            }
        );
    }
    assert!(
        vm.server
            .locate(v1.range().end)
            .is_none_or(|(i, _)| i.id != v1.id)
    );
    assert!(
        v1.range().is_entered_by(v1.range().end | 4)
            && !v1.range().is_entered_by(v1.range().start | 4)
    );
    let (gone, weak) = (v1.entry_address(0), Arc::downgrade(&v1));
    drop(v1);
    vm.purge("m");
    assert!(vm.server.instance_at(gone).is_none_or(|i| i.id == v2.id));
    // Epochs free the table's copy when they advance; only that they eventually do is promised.
    for _ in 0..10_000 {
        if weak.upgrade().is_none() {
            return;
        }
        crossbeam::epoch::pin().flush();
    }
    panic!("the purged instance is still held");
}

#[test]
fn one_on_load_at_a_time() {
    let vm = Vm::new();
    let (a, b) = (vm.prepare("m", &["f"], 1), vm.prepare("m", &["f"], 2));
    assert!(vm.server.set_pending(&a));
    assert!(!vm.server.set_pending(&b));
    assert_eq!(
        vm.server.take_pending(vm.atom("m")).map(|i| i.id),
        Some(a.id)
    );
    vm.server.discard(&a);
    vm.held.pass();
    assert_eq!(a.lambdas[0].0.code(), 0);
}
