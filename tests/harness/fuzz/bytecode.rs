//! Mutated bytecode files: refused by reader or verifier, or run safely. Cases run in child processes, so that a crash is seen and
//! the next case goes on; what a case runs is bounded in time and memory.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use transom_bytecode::file::hash128;
use transom_bytecode::{Insn, Module, verify};
use transom_compiler::host::NoHost;
use transom_compiler::{CompileOptions, compile};
use transom_vm::atoms;
use transom_vm::heap::{Heap, HeapOptions, OwnedTerm, Term};
use transom_vm::process::Signal;
use transom_vm::process::links::Peer;
use transom_vm::process::signal::ExitSignal;
use transom_vm::vm::Vm;

use super::corpus::Source;
use super::{Random, Report, mutate_bytes};

/// Every so many sources make a seed.
const STRIDE: usize = 9;
/// A function that runs longer is killed.
const RUN: Duration = Duration::from_millis(20);
/// A VM sees so many modules before the next takes its place.
const MODULES_A_VM: usize = 200;
const MEMORY: usize = 256 << 20;
/// Modules that a case may call: no files, ports, programs, no end of the VM.
const PURE: &[&str] = &["erlang", "lists", "maps", "binary", "math"];
const IMPURE: &[&str] = &[
    "halt",
    "open_port",
    "load_nif",
    "load_module",
    "purge_module",
    "delete_module",
    "system_flag",
    "process_flag",
    "garbage_collect",
    "trace",
    "trace_pattern",
    "suspend_process",
    "processes",
    "ports",
    "list_to_pid",
    "group_leader",
    "set_cookie",
];

/// The modules that cases start from.
pub fn seeds(sources: &[Source]) -> Vec<Module> {
    sources
        .iter()
        .step_by(STRIDE)
        .filter_map(|s| {
            compile(
                s.text.as_bytes(),
                &s.name,
                &CompileOptions::default(),
                &NoHost,
            )
            .ok()
        })
        .map(|compiled| compiled.module)
        .collect()
}

/// The file of a case.
pub fn mutated(seeds: &[Module], seed: u64, number: u64) -> Vec<u8> {
    let mut random = Random::of(seed, number);
    let mut module = random.pick(seeds).clone();
    match random.below(10) {
        // Damage as a disk does it: the hash finds it.
        0 => {
            let mut bytes = module.to_bytes();
            mutate_bytes(&mut bytes, &mut random);
            bytes
        }
        // Damage with a hash that fits.
        1..=4 => {
            let mut bytes = module.to_bytes();
            let mut body = bytes.split_off(24);
            mutate_bytes(&mut body, &mut random);
            bytes[8..24].copy_from_slice(&hash128(&body));
            bytes.extend(body);
            bytes
        }
        // Well-formed files with odd code.
        _ => {
            for _ in 0..=random.below(3) {
                mutate_code(&mut module, &mut random);
            }
            module.to_bytes()
        }
    }
}

fn mutate_code(module: &mut Module, random: &mut Random) {
    let donor = random.below(module.functions.len());
    let donated: Vec<Insn> = module
        .functions
        .get(donor)
        .map(|f| f.code.clone())
        .unwrap_or_default();
    let which = random.below(module.functions.len());
    let Some(code) = module.functions.get_mut(which).map(|f| &mut f.code) else {
        return;
    };
    if code.len() < 2 || donated.is_empty() {
        return;
    }
    let at = random.below(code.len());
    match random.below(6) {
        0 => drop(code.remove(at)),
        1 => {
            let copy = code[at].clone();
            code.insert(at, copy);
        }
        2 => {
            let with = random.below(code.len());
            code.swap(at, with);
        }
        3 => code[at] = random.pick(&donated).clone(),
        4 => code.insert(at, random.pick(&donated).clone()),
        _ => mutate_operands(&mut code[at], random),
    }
}

/// Changes a byte of an instruction's encoding, if an instruction comes of it.
fn mutate_operands(insn: &mut Insn, random: &mut Random) {
    let mut bytes = Vec::new();
    insn.encode(&mut bytes);
    let at = random.below(bytes.len());
    bytes[at] = if random.below(2) == 0 {
        random.byte()
    } else {
        bytes[at] ^ 1 << random.below(3)
    };
    let mut reader = transom_bytecode::reader::Reader::new(&bytes);
    if let Ok(other) = Insn::decode(&mut reader) {
        *insn = other;
    }
}

/// Runs cases in this process; says on standard output which is next, then what became of it.
pub fn child(seeds: &[Module], seed: u64, numbers: std::ops::Range<u64>) {
    let mut place = Place::default();
    let mut out = std::io::stdout();
    for number in numbers {
        let _parent_gone = writeln!(out, "case {number}").and_then(|()| out.flush());
        let answer = place.judge(&mutated(seeds, seed, number), number);
        let _parent_gone = writeln!(out, "{answer}").and_then(|()| out.flush());
    }
    place.close();
}

/// The VM that accepted modules run in.
#[derive(Default)]
struct Place {
    vm: Option<Arc<Vm>>,
    modules: usize,
}

impl Place {
    fn vm(&mut self, number: u64) -> Arc<Vm> {
        let used_up = self.modules >= MODULES_A_VM
            || self.vm.as_ref().is_some_and(|vm| vm.halted().is_some());
        if used_up {
            self.close();
        }
        self.modules += 1;
        let make = || {
            let builder = Vm::builder()
                .schedulers(1)
                .memory_limit(MEMORY)
                .max_processes(1_000);
            // Every other VM collects at every opportunity.
            let builder = if (number / MODULES_A_VM as u64).is_multiple_of(2) {
                builder.gc_stress(1)
            } else {
                builder
            };
            builder.build().expect("the system gives threads")
        };
        self.vm.get_or_insert_with(make).clone()
    }

    fn close(&mut self) {
        if let Some(vm) = self.vm.take() {
            vm.shutdown();
        }
        self.modules = 0;
    }

    fn judge(&mut self, bytes: &[u8], number: u64) -> &'static str {
        let Ok(mut module) = Module::from_bytes(bytes) else {
            return "refused by the reader";
        };
        let name = format!("fuzz_{number}");
        if let Some(text) = module.atoms.get_mut(module.name.index()) {
            text.clone_from(&name);
        }
        let Ok(verified) = verify(module) else {
            return "refused by the verifier";
        };
        if !is_pure(&verified) {
            return "accepted, not run: calls what touches the world";
        }
        let calls: Vec<(String, u8)> = verified
            .exports
            .iter()
            .map(|e| (verified.atom(e.name).to_owned(), e.arity))
            .collect();
        let vm = self.vm(number);
        if vm.load_verified(vec![verified]).is_err() {
            return "refused by the loader";
        }
        for (function, arity) in calls.iter().take(8) {
            call(&vm, &name, function, *arity, number);
        }
        "run"
    }
}

fn is_pure(module: &Module) -> bool {
    module.on_load.is_none()
        && module.imports.iter().all(|i| {
            PURE.contains(&module.atom(i.module)) && !IMPURE.contains(&module.atom(i.name))
        })
}

/// Calls a function with arguments of several kinds and waits, not for long.
fn call(vm: &Arc<Vm>, module: &str, function: &str, arity: u8, number: u64) {
    let heap = Heap::new(&vm.env, HeapOptions::default());
    let kinds = [
        heap.int(3),
        heap.list(&[heap.int(1), heap.int(2), heap.int(3)]),
        Term::atom(atoms::OK),
        heap.binary(b"some bytes"),
        heap.tuple(&[Term::atom(atoms::OK), heap.int(1)]),
        heap.map_from_pairs(&[(Term::atom(atoms::OK), heap.float(1.5))]),
        heap.int(-1),
        Term::NIL,
    ];
    let args: Vec<Term<'_>> = (0..u64::from(arity))
        .map(|i| kinds[((i + number) % 8) as usize])
        .collect();
    let Ok((pid, wait)) = vm.spawn_call(module, function, &args) else {
        return;
    };
    if wait.wait_for(RUN).is_none() {
        let kill = ExitSignal {
            from: Peer::Process(pid),
            reason: OwnedTerm::atom(atoms::KILL),
            linked: false,
        };
        vm.send_signal(pid, Signal::Exit(Box::new(kill)));
        let _killed = wait.wait_for(Duration::from_secs(5));
    }
}

/// Cases by a child process after another: `command` starts one that calls [`child`] for the range given to it. After a crash the next child
/// goes on behind the case that was its end.
pub fn parent(
    command: &dyn Fn(std::ops::Range<u64>) -> Command,
    numbers: std::ops::Range<u64>,
    batch: u64,
) -> Report {
    let mut report = Report::default();
    let mut next = numbers.start;
    while next < numbers.end {
        let range = next..(next + batch).min(numbers.end);
        next = range.end;
        let mut child = command(range.clone())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a program can start itself");
        let lines = BufReader::new(child.stdout.take().expect("stdout is a pipe")).lines();
        let mut open = None;
        for line in lines.map_while(Result::ok) {
            match line
                .strip_prefix("case ")
                .and_then(|n| n.parse::<u64>().ok())
            {
                Some(number) => open = Some(number),
                None => {
                    if let Some(number) = open.take() {
                        report.note(number, Ok(line));
                    }
                }
            }
        }
        let status = child.wait().expect("a child can be waited for");
        if !status.success() || open.is_some() {
            let number = open.unwrap_or(range.start);
            report.note(number, Err(format!("the process ended: {status}")));
            next = number + 1;
        }
    }
    report
}
