//! The pattern language of tracing for Erlang: text to a match specification as a term, and the records a module knows.
//!
//! `redbug`, `recon_rec` and `transom trace` speak one language because they compile through the one compiler of the tracer
//! crate. Nothing is set here: the answer is a value, so a pattern can be looked at before it is used.

use crate::atoms::{self, Atom};
use crate::bifs::erlang::identity::{list_to_pid, list_to_port, list_to_ref};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::vm::Vm;
use transom_tracer::pattern::{Comparison, Compiled, Definitions, Predicate, Target, parse_target};
use transom_tracer::term::Tree;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "trace_compile", 1, trace_compile),
    BifRow::new("erts_internal", "module_records", 1, module_records),
];

/// Records of what is loaded now. A pattern that names a module not loaded yet is an error; the caller loads it and asks again.
struct Loaded<'v>(&'v Vm);

impl Loaded<'_> {
    fn records(&self, module: Atom) -> Vec<(Atom, Vec<Atom>)> {
        let Some(instance) = self.0.code().current(module) else {
            return Vec::new();
        };
        let atom = |ix: transom_bytecode::AtomIx| instance.atoms[ix.index()];
        let fields = |r: &transom_bytecode::RecordDef| {
            r.fields.iter().map(|f| atom(f.name)).collect::<Vec<Atom>>()
        };
        instance
            .meta
            .records
            .iter()
            .map(|r| (atom(r.name), fields(r)))
            .collect()
    }
}

impl Definitions for Loaded<'_> {
    fn record(&self, module: &str, name: &str) -> Option<Vec<String>> {
        let atoms = self.0.atoms();
        let (module, name) = (atoms.existing(module)?, atoms.existing(name)?);
        let (_, fields) = self
            .records(module)
            .into_iter()
            .find(|(known, _)| *known == name)?;
        Some(
            fields
                .into_iter()
                .map(|f| atoms.text(f).to_owned())
                .collect(),
        )
    }
}

/// `module_records(Module)`: `[{Name, [Field]}]`, in the order of the source.
fn module_records<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = args[0].as_atom().ok_or_else(Raise::badarg)?;
    let heap = cx.heap();
    let records = Loaded(cx.vm()).records(module);
    Ok(heap.list_from(records.into_iter().map(|(name, fields)| {
        let fields = heap.list_from(fields.into_iter().map(Term::atom));
        heap.tuple(&[Term::atom(name), fields])
    })))
}

/// `trace_compile(Text)`, Text as characters or a UTF-8 binary: `{ok, {Mfa, MatchSpec, Flags}, Predicates}`, `{event, send | 'receive' |
/// procs}` or `{error, {Text, At}}` with the character, from 0, where it was noticed.
fn trace_compile<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let text = text_of(args[0]).ok_or_else(Raise::badarg)?;
    cx.bump(text.len() as i64 / 10);
    let event = |name| Ok(heap.tuple(&[cx.atom_term("event")?, Term::atom(name)]));
    match parse_target(&text, &Loaded(cx.vm())) {
        Ok(Target::Send) => event(atoms::SEND),
        Ok(Target::Receive) => event(atoms::RECEIVE),
        Ok(Target::Procs) => event(atoms::PROCS),
        Ok(Target::Calls(compiled)) => calls(cx, &compiled),
        Err(error) => Ok(heap.tuple(&[
            Term::atom(atoms::ERROR),
            heap.tuple(&[heap.string(&error.text), heap.int(error.at as i64)]),
        ])),
    }
}

fn text_of(t: Term<'_>) -> Option<String> {
    if let Some(bytes) = t.as_binary() {
        return String::from_utf8(bytes.to_vec()).ok();
    }
    let mut list = t.iter_list();
    let text: Option<String> = list
        .by_ref()
        .map(|c| char::from_u32(u32::try_from(c.as_usize()?).ok()?))
        .collect();
    text.filter(|_| list.tail().is_nil())
}

fn calls<'h>(cx: &Cx<'h>, compiled: &Compiled) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let predicates = compiled
        .predicates
        .iter()
        .map(|p| predicate(cx, p))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(heap.tuple(&[
        Term::atom(atoms::OK),
        term(cx, &compiled.to_term())?,
        heap.list(&predicates),
    ]))
}

fn predicate<'h>(cx: &Cx<'h>, predicate: &Predicate) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    Ok(match predicate {
        Predicate::Return { spec, arguments } => heap.tuple(&[
            cx.atom_term("return")?,
            term(cx, spec)?,
            Term::atom(Atom::from_bool(*arguments)),
        ]),
        Predicate::Duration(comparison, ns) => {
            let sign = match comparison {
                Comparison::Greater => ">",
                Comparison::GreaterEq => ">=",
                Comparison::Less => "<",
                Comparison::LessEq => "=<",
            };
            heap.tuple(&[
                cx.atom_term("duration")?,
                cx.atom_term(sign)?,
                heap.int(i64::try_from(*ns).unwrap_or(i64::MAX)),
            ])
        }
        Predicate::Exception => cx.atom_term("exception")?,
    })
}

/// The term a tree stands for. Trees are as deep as the parser lets them be, so recursion is bounded.
fn term<'h>(cx: &Cx<'h>, tree: &Tree) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let all = |trees: &[Tree]| {
        trees
            .iter()
            .map(|t| term(cx, t))
            .collect::<Result<Vec<_>, _>>()
    };
    Ok(match tree {
        Tree::Int(value) => heap.int(*value),
        Tree::Big(digits) => match heap.int_parse(digits.as_bytes(), 10) {
            Some(Ok(value)) => value,
            Some(Err(_)) | None => return Err(Raise::system_limit()),
        },
        Tree::Float(value) => heap.float(*value),
        Tree::Atom(text) => cx.atom_term(text)?,
        Tree::List(items, tail) => {
            let tail = match tail {
                Some(tail) => term(cx, tail)?,
                None => Term::NIL,
            };
            heap.list_with_tail(&all(items)?, tail)
        }
        Tree::Tuple(items) => heap.tuple(&all(items)?),
        Tree::Map(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(k, v)| Ok((term(cx, k)?, term(cx, v)?)))
                .collect::<Result<Vec<_>, Raise<'h>>>()?;
            heap.map_from_pairs(&pairs)
        }
        Tree::Binary(bytes) => heap.binary(bytes),
        Tree::Opaque(text) => {
            let characters = [heap.string(text)];
            if text.starts_with("#Port") {
                list_to_port(cx, &characters)?
            } else if text.starts_with("#Ref") {
                list_to_ref(cx, &characters)?
            } else {
                list_to_pid(cx, &characters)?
            }
        }
    })
}
