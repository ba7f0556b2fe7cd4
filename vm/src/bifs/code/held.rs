//! Funs of modules that somebody holds: in variables, dictionaries and mailboxes of processes, in ETS tables, in persistent terms. An edit of
//! such a fun's function lets it die with its version, and no stack shows that.

use hashbrown::{HashMap, HashSet};

use super::{atom_arg, badarg, sweep};
use crate::atoms::Atom;
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::CodeServer;
use crate::heap::{FunRef, Kind, Term};
use crate::process::reply::Answer;
use crate::process::{ProcessBody, Signal};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "held_funs", 1, held_outside),
    BifRow::new("erts_internal", "held_funs", 2, held_by),
    BifRow::new("erts_internal", "sweep_funs", 2, sweep_funs),
];

/// Terms looked at in one process or table; what lies beyond is not counted.
const MOST_TERMS: usize = 2_000_000;
/// Objects of a table between two looks at its lock.
const OBJECTS_AT_ONCE: usize = 256;

/// Where a process holds a fun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Place {
    Variables,
    Dictionary,
    Mailbox,
    Table,
    PersistentTerm,
}

impl Place {
    fn text(self) -> &'static str {
        match self {
            Place::Variables => "variables",
            Place::Dictionary => "dictionary",
            Place::Mailbox => "mailbox",
            Place::Table => "table",
            Place::PersistentTerm => "persistent_term",
        }
    }
}

/// A lambda, and the version of its module whose code it runs; 0 when that code is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Lambda {
    module: Atom,
    function: Atom,
    arity: u8,
    version: u32,
}

/// Counts of funs of some modules.
struct Count<'a> {
    code: &'a CodeServer,
    modules: &'a [Atom],
    seen: HashSet<u64>,
    left: usize,
    found: HashMap<(Place, Lambda), usize>,
}

impl<'a> Count<'a> {
    fn new(code: &'a CodeServer, modules: &'a [Atom]) -> Count<'a> {
        Count {
            code,
            modules,
            seen: HashSet::new(),
            left: MOST_TERMS,
            found: HashMap::new(),
        }
    }

    /// Everything a term reaches, each object once.
    fn term(&mut self, place: Place, t: Term<'_>) {
        let mut todo = vec![t];
        while let Some(t) = todo.pop() {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            if t.raw().is_pointer() && !self.seen.insert(t.raw().0) {
                continue;
            }
            match t.kind() {
                Kind::Cons(c) => todo.extend([c.tail(), c.head()]),
                Kind::Tuple(t) => todo.extend(t.iter()),
                Kind::Map(m) => todo.extend(m.iter().flat_map(|(k, v)| [k, v])),
                Kind::Fun(f) => {
                    if let Some(info) = f.info() {
                        self.fun(place, info);
                        todo.extend(f.free());
                    }
                }
                Kind::Small(_) | Kind::Big(_) | Kind::Float(_) | Kind::Atom(_) | Kind::Nil => {}
                Kind::Bits(_) | Kind::MatchCtx(_) => {}
                Kind::Pid(_) | Kind::Port(_) | Kind::Ref(_) => {}
            }
        }
    }

    fn fun(&mut self, place: Place, info: FunRef) {
        if !self.modules.contains(&info.module) {
            return;
        }
        let here = self.code.instance_at(info.code());
        let lambda = Lambda {
            module: info.module,
            function: info.function,
            arity: info.full_arity(),
            version: here.map_or(0, |i| i.version),
        };
        *self.found.entry((place, lambda)).or_default() += 1;
    }

    fn process(&mut self, body: &ProcessBody) {
        let heap = &body.heap;
        let plain = |w: &&crate::heap::Word| !w.is_return_address() && !w.is_catch();
        for w in heap.stack().iter().filter(plain).chain(&body.regs) {
            self.term(Place::Variables, crate::interp::term_of(heap, *w));
        }
        // The same fun in a variable and in the dictionary is held twice.
        self.seen.clear();
        for (key, value) in body.dict.borrow().iter(heap) {
            self.term(Place::Dictionary, key);
            self.term(Place::Dictionary, value);
        }
        self.seen.clear();
        body.mailbox
            .borrow()
            .each(heap, &mut |m| self.term(Place::Mailbox, m));
    }
}

type Found = Vec<(Place, Lambda, usize)>;

fn sorted(count: Count<'_>) -> Found {
    let all = count.found.into_iter().map(|((p, l), n)| (p, l, n));
    let mut all: Found = all.collect();
    all.sort_by_key(|(p, l, _)| (*p, l.module.0, l.function.0, l.version));
    all
}

/// `{Holder, Place, Module, Function, Arity, Version, Count}`.
fn rows<'h>(cx: &Cx<'h>, holder: Term<'h>, found: Found) -> Result<Vec<Term<'h>>, Raise<'h>> {
    let heap = cx.heap();
    let row = |(place, lambda, n): (Place, Lambda, usize)| {
        Ok(heap.tuple(&[
            holder,
            cx.atom_term(place.text())?,
            Term::atom(lambda.module),
            Term::atom(lambda.function),
            heap.int(lambda.arity.into()),
            heap.int(lambda.version.into()),
            heap.int(n as i64),
        ]))
    };
    found.into_iter().map(row).collect()
}

fn modules<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Vec<Atom>, Raise<'h>> {
    if t.list_len().is_none() {
        return Err(badarg(cx));
    }
    t.iter_list().map(|m| atom_arg(cx, m)).collect()
}

/// `sweep_funs(Modules, From)`: `{Rows, Busy, Next}` of a stretch of the process table, as [`super::sweep`] has it.
fn sweep_funs<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let modules = modules(cx, args[0])?;
    let mut all = Vec::new();
    let stretch = sweep::sweep(cx, sweep::from(cx, args[1])?, |body| {
        let mut count = Count::new(cx.vm().code(), &modules);
        count.process(body);
        if !count.found.is_empty() {
            all.push((body.pid, sorted(count)));
        }
    });
    let mut found = Vec::new();
    for (pid, funs) in all {
        found.extend(rows(cx, Term::pid(pid), funs)?);
    }
    let heap = cx.heap();
    Ok(heap.tuple(&[
        heap.list(&found),
        heap.list_from(stretch.busy.into_iter().map(Term::pid)),
        sweep::next(cx, stretch.next)?,
    ]))
}

/// `held_funs(Pid, Modules)`: the rows of a process that runs.
fn held_by<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(|| badarg(cx))?;
    let modules = modules(cx, args[1])?;
    match cx.process().answer::<Found>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Gone => return Ok(Term::NIL),
        Answer::Ready(found) => return Ok(cx.heap().list(&rows(cx, args[0], found)?)),
        Answer::Unasked => {}
    }
    let reply = cx.process().ask(cx.vm());
    let errand = Signal::Errand(Box::new(move |vm, _, body| {
        let mut count = Count::new(vm.code(), &modules);
        count.process(body);
        reply.answer(sorted(count));
    }));
    if cx.vm().signal(pid, errand).is_err() {
        let _gone: Answer<Found> = cx.process().answer();
        return Ok(Term::NIL);
    }
    Err(Raise::wait(args))
}

/// `held_funs(Modules)`: the rows of ETS tables, as `{ets, Name}`, and of persistent terms, as `{persistent_term, Key}`.
fn held_outside<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let modules = modules(cx, args[0])?;
    let (vm, heap) = (cx.vm(), cx.heap());
    let mut found = Vec::new();
    for table in vm.ets.all() {
        let mut count = Count::new(vm.code(), &modules);
        let mut position = table.start(false);
        while table.walk(&mut position, OBJECTS_AT_ONCE, |o| {
            // An object may be replaced by another at its address meanwhile.
            count.seen.clear();
            count.term(Place::Table, o.term());
        }) {}
        if !count.found.is_empty() {
            let holder = heap.tuple(&[cx.atom_term("ets")?, Term::atom(table.name())]);
            found.extend(rows(cx, holder, sorted(count))?);
        }
    }
    let mut kept = Vec::new();
    vm.persistent_terms.each(&mut |key, value| {
        let mut count = Count::new(vm.code(), &modules);
        count.term(Place::PersistentTerm, key);
        count.term(Place::PersistentTerm, value);
        if !count.found.is_empty() {
            kept.push((heap.copy_in(key), sorted(count)));
        }
    });
    for (key, funs) in kept {
        let holder = heap.tuple(&[cx.atom_term("persistent_term")?, key]);
        found.extend(rows(cx, holder, funs)?);
    }
    Ok(heap.list(&found))
}
