//! Processes written in Rust exercise table, signals, schedulers and timers without an interpreter.

use super::body::{Outcome, Slice, process_flag};
use super::host::HostWait;
use super::links::{Peer, Watched};
use super::spawn::{SpawnOptions, Start};
use super::{Ending, Native, ProcessBody, Signal, relate};
use crate::atoms;
use crate::heap::{OwnedTerm, Pid, Term};
use crate::sched::timers::Receiver;
use crate::vm::Vm;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

fn vm(schedulers: usize) -> Arc<Vm> {
    Vm::builder()
        .schedulers(schedulers)
        .build()
        .expect("threads")
}

/// Takes the oldest message, if there is one.
fn receive(slice: &mut Slice<'_>) -> Option<OwnedTerm> {
    if slice.body.mailbox.borrow().is_empty()
        && let Some(_ending) = slice.handle_signals()
    {
        return None;
    }
    let mut mailbox = slice.body.mailbox.borrow_mut();
    mailbox.reset();
    let message = mailbox.peek(&slice.body.heap).map(OwnedTerm::new)?;
    mailbox.remove();
    Some(message)
}

fn start(vm: &Vm, body: impl Native + 'static) -> (Pid, Arc<HostWait>) {
    let host = Arc::new(HostWait::default());
    let options = SpawnOptions {
        host: Some(host.clone()),
        ..SpawnOptions::default()
    };
    (
        vm.spawn(Start::Native(Box::new(body)), options)
            .expect("room"),
        host,
    )
}

fn done() -> Outcome {
    Outcome::Exit(Ending::normal(None))
}

fn ended(host: &HostWait) -> String {
    let ended = host
        .wait_for(Duration::from_secs(20))
        .expect("the process ends in time");
    format!("{:?}", ended.reason)
        .trim_start_matches("Atom(")
        .trim_end_matches(')')
        .to_owned()
}

#[test]
fn a_ring_passes_a_token() {
    for schedulers in [1, 2, 4] {
        let vm = vm(schedulers);
        const RING: usize = 100;
        const LAPS: i64 = 200;
        let (last, host) = start(&vm, {
            let mut first: Option<Pid> = None;
            move |slice: &mut Slice<'_>| {
                while let Some(message) = receive(slice) {
                    match (message.term().as_pid(), message.term().as_small()) {
                        (Some(pid), _) => {
                            first = Some(pid);
                            slice
                                .vm
                                .send_message(pid, Term::small(LAPS).expect("small"));
                        }
                        (_, Some(0)) => return done(),
                        (_, Some(n)) => slice.vm.send_message(
                            first.expect("told first"),
                            Term::small(n - 1).expect("small"),
                        ),
                        (None, None) => unreachable!(),
                    }
                }
                Outcome::Wait
            }
        });
        let mut next = last;
        for _ in 0..RING {
            let to = next;
            next = vm
                .spawn_native(move |slice: &mut Slice<'_>| {
                    while let Some(message) = receive(slice) {
                        slice.vm.send_message(to, message.term());
                    }
                    Outcome::Wait
                })
                .expect("room");
        }
        vm.send_message(last, Term::pid(next));
        assert_eq!(ended(&host), "normal");
        vm.shutdown();
    }
}

#[test]
fn messages_of_one_sender_keep_their_order() {
    let vm = vm(4);
    const SENDERS: usize = 8;
    const EACH: i64 = 2_000;
    let (to, host) = start(&vm, {
        let mut last = [0i64; SENDERS];
        move |slice: &mut Slice<'_>| {
            while let Some(message) = receive(slice) {
                let value = message.term().as_small().expect("a number");
                let (who, n) = ((value % SENDERS as i64) as usize, value / SENDERS as i64);
                assert_eq!(n, last[who] + 1);
                last[who] = n;
                if last == [EACH; SENDERS] {
                    return done();
                }
            }
            Outcome::Wait
        }
    });
    for who in 0..SENDERS as i64 {
        let mut n = 0;
        vm.spawn_native(move |slice: &mut Slice<'_>| {
            for _ in 0..100 {
                n += 1;
                slice
                    .vm
                    .send_message(to, Term::small(n * SENDERS as i64 + who).expect("small"));
            }
            if n == EACH { done() } else { Outcome::Yield }
        })
        .expect("room");
    }
    assert_eq!(ended(&host), "normal");
    vm.shutdown();
}

fn waits(_: &mut Slice<'_>) -> Outcome {
    Outcome::Wait
}

/// Runs a closure once inside a fresh process that then waits.
fn once(mut work: impl FnMut(&Vm, &ProcessBody) + Send + 'static) -> impl Native + 'static {
    let mut ran = false;
    move |slice: &mut Slice<'_>| {
        if !std::mem::replace(&mut ran, true) {
            work(slice.vm, slice.body);
        }
        Outcome::Wait
    }
}

#[test]
fn an_exit_travels_along_links() {
    let vm = vm(2);
    let (a, host_a) = start(&vm, waits);
    let (b, host_b) = start(
        &vm,
        once(move |vm, body| assert!(relate::link(vm, body, Peer::Process(a)))),
    );
    vm.spawn_native(once(move |vm, body| {
        assert!(relate::link(vm, body, Peer::Process(b)));
        relate::send_exit(vm, body, a, Term::atom(atoms::BADARG));
    }))
    .expect("room");
    assert_eq!(ended(&host_a), "badarg");
    assert_eq!(ended(&host_b), "badarg");
    vm.shutdown();
}

#[test]
fn kill_becomes_killed_and_normal_is_ignored() {
    let vm = vm(2);
    let (a, host_a) = start(&vm, waits);
    vm.spawn_native(once(move |vm, body| {
        relate::send_exit(vm, body, a, Term::atom(atoms::NORMAL));
        relate::send_exit(vm, body, a, Term::atom(atoms::KILL));
    }))
    .expect("room");
    assert_eq!(ended(&host_a), "killed");
    vm.shutdown();
}

#[test]
fn trapped_exits_and_downs_are_messages() {
    let vm = vm(2);
    let (a, _host) = start(&vm, waits);
    let heard: Arc<parking_lot::Mutex<Vec<String>>> = Arc::default();
    let seen = heard.clone();
    let mut phase = 0;
    let (_, host) = start(&vm, move |slice: &mut Slice<'_>| {
        if phase == 0 {
            phase = 1;
            slice.body.set_flag(process_flag::TRAP_EXIT, true);
            relate::link(slice.vm, slice.body, Peer::Process(a));
            relate::monitor(slice.vm, slice.body, 77, Watched::Process(a), None, None);
            relate::send_exit(slice.vm, slice.body, a, Term::atom(atoms::SHUTDOWN));
        }
        while let Some(message) = receive(slice) {
            seen.lock().push(format!("{message:?}"));
            if seen.lock().len() == 2 {
                return done();
            }
        }
        Outcome::Wait
    });
    assert_eq!(ended(&host), "normal");
    let heard = heard.lock();
    assert!(
        heard[0].contains("EXIT") && heard[0].contains("shutdown"),
        "{heard:?}"
    );
    assert!(
        heard[1].contains("DOWN") && heard[1].contains("shutdown"),
        "{heard:?}"
    );
    vm.shutdown();
}

#[test]
fn timers_send_and_can_be_cancelled() {
    for seed in [None, Some(7)] {
        let mut builder = Vm::builder().schedulers(2);
        if let Some(seed) = seed {
            builder = builder.seed(seed);
        }
        let vm = builder.build().expect("threads");
        let mut started = false;
        let (_, host) = start(&vm, move |slice: &mut Slice<'_>| {
            if !std::mem::replace(&mut started, true) {
                let me = Receiver::Process(slice.body.pid);
                let vm = slice.vm;
                vm.start_message_timer(1, vm.clock.due_in_ms(30), me, OwnedTerm::atom(atoms::OK));
                vm.start_message_timer(
                    2,
                    vm.clock.due_in_ms(10),
                    me,
                    OwnedTerm::atom(atoms::ERROR),
                );
                assert!(vm.read_message_timer(2).is_some());
                assert!(vm.cancel_message_timer(2).is_some());
                assert_eq!(vm.cancel_message_timer(2), None);
            }
            match receive(slice) {
                Some(message) => Outcome::Exit(Ending::silent(message)),
                None => Outcome::Wait,
            }
        });
        assert_eq!(ended(&host), "ok");
        vm.shutdown();
    }
}

#[test]
fn names_and_timers_end_with_their_process() {
    let vm = vm(2);
    let (a, host) = start(&vm, waits);
    vm.start_message_timer(
        9,
        vm.clock.due_in_ms(3_600_000),
        Receiver::Process(a),
        OwnedTerm::atom(atoms::OK),
    );
    assert!(vm.register_process(atoms::LOGGER, a));
    assert!(!vm.register_process(atoms::LOGGER, a));
    vm.spawn_native(once(move |vm, body| {
        relate::send_exit(vm, body, a, Term::atom(atoms::KILL))
    }))
    .expect("room");
    assert_eq!(ended(&host), "killed");
    assert_eq!(vm.registry.whereis(atoms::LOGGER), None);
    assert_eq!(vm.read_message_timer(9), None);
    vm.shutdown();
}

#[test]
fn the_table_is_bounded_and_slots_come_back() {
    let vm = Vm::builder()
        .schedulers(2)
        .max_processes(100)
        .build()
        .expect("threads");
    let mut pids = Vec::new();
    while let Ok(pid) = vm.spawn_native(waits) {
        pids.push(pid);
    }
    assert_eq!(pids.len(), 100);
    for pid in &pids {
        let kill = super::signal::ExitSignal {
            from: Peer::Process(*pid),
            reason: OwnedTerm::atom(atoms::KILL),
            linked: false,
            carried: crate::trace::seq::Carried::Nothing,
        };
        vm.send_signal(*pid, Signal::Exit(Box::new(kill)));
    }
    while vm.processes.count() > 0 {
        std::thread::yield_now();
    }
    assert!(vm.spawn_native(waits).is_ok());
    assert!(
        vm.signal(pids[0], Signal::Wake).is_err(),
        "an old pid reaches nobody"
    );
    vm.shutdown();
}

#[test]
fn spawn_storm_on_several_schedulers() {
    let vm = vm(4);
    let finished = Arc::new(AtomicU64::new(0));
    fn tree(depth: u32, finished: Arc<AtomicU64>) -> impl Native + 'static {
        move |slice: &mut Slice<'_>| {
            if depth > 0 {
                for _ in 0..2 {
                    let boxed: Box<dyn Native> = Box::new(tree(depth - 1, finished.clone()));
                    slice
                        .vm
                        .spawn(Start::Native(boxed), SpawnOptions::default())
                        .expect("room");
                }
            }
            finished.fetch_add(1, Ordering::Relaxed);
            done()
        }
    }
    vm.spawn_native(tree(13, finished.clone())).expect("room");
    while finished.load(Ordering::Relaxed) < (1 << 14) - 1 || vm.processes.count() > 0 {
        std::thread::yield_now();
    }
    vm.shutdown();
}

#[test]
fn equal_seeds_give_equal_schedules() {
    let run = |seed: u64| {
        let vm = Vm::builder().seed(seed).build().expect("threads");
        let order: Arc<parking_lot::Mutex<Vec<i64>>> = Arc::default();
        let log = order.clone();
        let (_, host) = start(&vm, move |slice: &mut Slice<'_>| {
            for who in 0..20 {
                let log = log.clone();
                let mut left = 5;
                slice
                    .vm
                    .spawn_native(move |_: &mut Slice<'_>| {
                        log.lock().push(who);
                        left -= 1;
                        if left == 0 { done() } else { Outcome::Yield }
                    })
                    .expect("room");
            }
            done()
        });
        ended(&host);
        while vm.processes.count() > 0 {
            std::thread::yield_now();
        }
        vm.shutdown();

        order.lock().clone()
    };
    assert_eq!(run(5), run(5));
    assert_ne!(run(5), run(6));
}
