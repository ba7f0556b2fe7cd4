//! Criterion benches of the parts: `cargo bench -p transom-benches [-- NAME]`. Whole workloads beside `erl` are `benches/compare`'s.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use transom_bytecode::{Module, verify};
use transom_compiler::host::NoHost;
use transom_compiler::lexer::Lexer;
use transom_compiler::span::FileId;
use transom_compiler::{CompileOptions, Options, compile, parse_module};
use transom_vm::atoms::AtomTable;
use transom_vm::etf::{DecodeOptions, EncodeOptions, decode, encode};
use transom_vm::heap::{Heap, HeapEnv, HeapOptions, OwnedTerm, Term, Word};
use transom_vm::matchspec::{self, Purpose};
use transom_vm::view::TermView;
use transom_vm::vm::Vm;

/// The workloads of `benches/compare` are the source text too: real code of middling size.
const SOURCE: &str = include_str!("../erl/bench.erl");

/// What the benches inside a VM call.
const PROGRAM: &str = "
-module(parts).
-export([loop/1, calls/1, echo/1, send/1, ets/1, collect/1]).
loop(N) -> loop(N, 0).
loop(0, A) -> A;
loop(N, A) -> loop(N - 1, A + N).
calls(N) when N < 2 -> N;
calls(N) -> calls(N - 1) + calls(N - 2).
send(N) ->
    P = spawn(parts, echo, [self()]),
    send(P, N).
send(P, 0) -> P ! stop, ok;
send(P, N) -> P ! {ping, N}, receive {pong, N} -> send(P, N - 1) end.
echo(To) -> receive {ping, N} -> To ! {pong, N}, echo(To); stop -> ok end.
ets(N) -> T = ets:new(t, [set, public]), ets(T, N), ets:delete(T).
ets(_, 0) -> ok;
ets(T, N) -> ets:insert(T, {N, N * 2}), [{_, _}] = ets:lookup(T, N), ets(T, N - 1).
collect(0) -> ok;
collect(N) -> _ = make(12), collect(N - 1).
make(0) -> {};
make(D) -> {make(D - 1), make(D - 1)}.
";

fn compiled(source: &str, name: &str) -> Module {
    match compile(source.as_bytes(), name, &CompileOptions::default(), &NoHost) {
        Ok(compiled) => compiled.module,
        Err(failed) => panic!("the benches' source compiles: {:?}", failed.diagnostics),
    }
}

fn compiler(c: &mut Criterion) {
    let mut group = c.benchmark_group("compiler");
    group.throughput(Throughput::Bytes(SOURCE.len() as u64));
    group.bench_function("lexer", |b| {
        b.iter(|| {
            let mut lexer = Lexer::new(SOURCE, FileId::default());
            let mut tokens = 0;
            while lexer.next_with_trivia().is_some() {
                tokens += 1;
            }
            tokens
        });
    });
    group.bench_function("parser", |b| {
        b.iter(|| {
            parse_module(SOURCE.as_bytes(), "bench.erl", &Options::default(), &NoHost)
                .forms
                .len()
        });
    });
    group.bench_function("compile", |b| {
        b.iter(|| compiled(SOURCE, "bench.erl").functions.len())
    });
    let module = compiled(SOURCE, "bench.erl");
    group.bench_function("verify", |b| {
        b.iter_batched(
            || module.clone(),
            |m| verify(m).is_ok(),
            criterion::BatchSize::SmallInput,
        );
    });
    let bytes = module.to_bytes();
    group.bench_function("read file", |b| {
        b.iter(|| Module::from_bytes(black_box(&bytes)).is_ok())
    });
    group.finish();
}

/// A VM with the program and no library.
fn vm() -> Arc<Vm> {
    let vm = Vm::builder()
        .schedulers(1)
        .build()
        .expect("the system gives threads");
    vm.load(compiled(PROGRAM, "parts.erl"))
        .expect("compiled code loads");
    vm
}

fn run(vm: &Vm, function: &str, n: i64) {
    let n = Term::small(n).expect("small");
    let (_, wait) = vm
        .spawn_call("parts", function, &[n])
        .expect("there is room for a process");
    assert!(wait.wait().value.is_some(), "{function} returns");
}

fn machine(c: &mut Criterion) {
    let vm = vm();
    let mut group = c.benchmark_group("vm");
    for (name, function, n, elements) in [
        ("dispatch: loop of 100,000", "loop", 100_000, 100_000),
        ("dispatch: calls, fib 20", "calls", 20, 21_891),
        ("message there and back, 1,000", "send", 1_000, 1_000),
        ("ets insert and lookup, 1,000", "ets", 1_000, 1_000),
        ("collection: trees of 4,096 leaves, 20", "collect", 20, 20),
    ] {
        group.throughput(Throughput::Elements(elements));
        group.bench_function(name, |b| b.iter(|| run(&vm, function, n)));
    }
    group.finish();
    vm.shutdown();
}

fn env() -> Arc<HeapEnv> {
    HeapEnv::new(Arc::new(AtomTable::default()))
}

/// `N` tuples `{I, [a, "text"], #{k => I}}` in a list.
fn sample(heap: &Heap, n: i64) -> Term<'_> {
    let a = Term::atom(heap.env().atoms.intern("a").expect("room for an atom"));
    heap.list_from((0..n).map(|i| {
        let list = heap.list(&[a, heap.string("text")]);
        let map = heap.map_from_pairs(&[(a, heap.int(i))]);
        heap.tuple(&[heap.int(i), list, map])
    }))
}

fn heaps(c: &mut Criterion) {
    let env = env();
    let mut group = c.benchmark_group("heap");
    group.bench_function("full collection of 1,000 live tuples", |b| {
        let mut heap = Heap::new(&env, HeapOptions::default());
        let mut roots = [sample(&heap, 1_000).raw()];
        b.iter(|| heap.collect_full(0, &mut [&mut roots]));
    });
    group.bench_function("minor collection of a dead nursery", |b| {
        b.iter_batched(
            || {
                let heap = Heap::new(&env, HeapOptions::default());
                let _garbage = sample(&heap, 100);
                heap
            },
            |mut heap| {
                heap.collect(0, &mut [&mut [Word::NIL]]);
                heap
            },
            criterion::BatchSize::SmallInput,
        );
    });
    let heap = Heap::new(&env, HeapOptions::default());
    let term = sample(&heap, 100);
    group.bench_function("copy as a message", |b| {
        b.iter(|| OwnedTerm::new(black_box(term)))
    });
    let external = encode(&env.atoms, term, EncodeOptions::default());
    group.throughput(Throughput::Bytes(external.len() as u64));
    group.bench_function("term to binary", |b| {
        b.iter(|| encode(&env.atoms, term, EncodeOptions::default()))
    });
    let options = DecodeOptions {
        safe: false,
        node: "nonode@nohost",
        export: &|_, _, _, _| Some(0),
    };
    group.bench_function("binary to term", |b| {
        b.iter(|| {
            let heap = Heap::new(&env, HeapOptions::default());
            decode(&heap, &external, options).is_ok()
        });
    });
    group.finish();
}

fn terms(c: &mut Criterion) {
    let env = env();
    let heap = Heap::new(&env, HeapOptions::default());
    let atom = |text: &str| Term::atom(env.atoms.intern(text).expect("room for an atom"));
    // [{{'$1', '_', '$2'}, [{'>', '$1', 10}], ['$2']}]
    let head = heap.tuple(&[atom("$1"), atom("_"), atom("$2")]);
    let guard = heap.tuple(&[atom(">"), atom("$1"), heap.int(10)]);
    let clause = heap.tuple(&[head, heap.list(&[guard]), heap.list(&[atom("$2")])]);
    let spec = heap.list(&[clause]);
    let mut group = c.benchmark_group("terms");
    group.bench_function("match spec: compile", |b| {
        b.iter(|| matchspec::compile(&env.atoms, black_box(spec), Purpose::Table).is_ok());
    });
    let compiled = matchspec::compile(&env.atoms, spec, Purpose::Table).expect("a specification");
    let object = heap.tuple(&[heap.int(11), heap.string("text"), atom("value")]);
    group.bench_function("match spec: match", |b| {
        b.iter(|| matchspec::matches(&compiled.clauses[0], black_box(object)).is_some());
    });
    let term = sample(&heap, 20);
    let view = TermView::new(term, &env.atoms);
    let options = transom_pretty::Options::default();
    group.bench_function("formatter: ~p", |b| {
        b.iter(|| transom_pretty::print(black_box(view), &options))
    });
    group.bench_function("formatter: ~w", |b| {
        b.iter(|| transom_pretty::write(black_box(view), &options))
    });
    group.finish();
}

criterion_group!(parts, compiler, machine, heaps, terms);
criterion_main!(parts);
