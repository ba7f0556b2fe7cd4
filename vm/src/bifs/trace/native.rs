//! Beneath `transom_tracer`: sessions that print through the VM's own formatter.

use std::fs::File;
use std::io::BufWriter;
use std::sync::Arc;

use transom_tracer::file::CaptureWriter;
use transom_tracer::limiter::Reason;
use transom_tracer::pattern::{Compiled, Predicate as Parsed, Target};
use transom_tracer::style;
use transom_tracer::term::Tree;

use super::aggregates::Aggregated;
use super::options::{BadOption, Options, Where, text};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{OwnedTerm, Pid, Term};
use crate::matchspec::{Purpose, compile};
use crate::process::reply::Answer;
use crate::trace::endings;
use crate::trace::formatter::{Formatter, totals_line};
use crate::trace::outcome::{Outcome, Predicate};
use crate::trace::output::Output;
use crate::trace::patterns::{Calls, Pattern};
use crate::trace::session::{LEGACY, Session};
use crate::trace::sink::{Kindred, Sink, Waiting};
use crate::trace::tracer::Tracer;
use crate::trace::{Scope, Spec};
use crate::vm::Vm;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "native_trace_start", 1, start),
    BifRow::new("erts_internal", "native_trace_pattern", 3, pattern),
    BifRow::new("erts_internal", "native_trace_stats", 1, stats),
    BifRow::new("erts_internal", "native_trace_list", 0, list),
    BifRow::new("erts_internal", "native_trace_pause", 2, pause),
    BifRow::new("erts_internal", "native_trace_wait", 1, wait),
    BifRow::new("erts_internal", "native_trace_end", 1, end),
    BifRow::new("erts_internal", "native_trace_ack", 1, ack),
    BifRow::new("erts_internal", "native_trace_totals", 1, totals),
];

/// Bytes of a ring: with what is being formatted, and vectors that doubled, four times as much is the bound of a session.
const RING: usize = 8 << 20;

fn error<'h>(cx: &Cx<'h>, reason: Term<'h>) -> Term<'h> {
    cx.heap().tuple(&[Term::atom(atoms::ERROR), reason])
}

fn ok<'h>(cx: &Cx<'h>, value: Term<'h>) -> Term<'h> {
    cx.heap().tuple(&[Term::atom(atoms::OK), value])
}

fn binary<'h>(cx: &Cx<'h>, text: &str) -> Term<'h> {
    cx.heap().binary(text.as_bytes())
}

/// `native_trace_start(Options)`: `{ok, Session}` or `{error, Reason}`.
fn start<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    args[0].as_map().ok_or_else(Raise::badarg)?;
    let options = Options { cx, map: args[0] };
    match begin(cx, &options) {
        Ok(session) => Ok(ok(cx, super::session_term(cx, &session)?)),
        Err(BadOption(key)) => {
            let bad = cx.atom_term("bad_option")?;
            Ok(error(cx, cx.heap().tuple(&[bad, binary(cx, &key)])))
        }
    }
}

fn begin(cx: &Cx<'_>, options: &Options<'_, '_>) -> Result<Arc<Session>, BadOption> {
    let vm = cx.vm();
    let name = options.text("name", "trace")?;
    let records = options.records()?;
    let redactor = options.redactor(&records)?;
    let config = options.config()?;
    let lease = options.lease()?;
    let totals = options.boolean("totals", true)?;
    let compat = options.boolean("compat", false)?;
    let style_name = options.text("style", "text")?;
    let style = style::by_name(&style_name, compat).ok_or_else(|| BadOption("style".to_owned()))?;
    let recording = options.recording()?;
    let owner = match options.get("owner") {
        None => Some(cx.process().pid),
        Some(none) if none.is_atom(atoms::NONE) => None,
        Some(pid) => Some(pid.as_pid().ok_or_else(|| BadOption("owner".to_owned()))?),
    };
    let (output, kindred, reader) = destination(options.output()?)?;
    if [owner, reader]
        .into_iter()
        .flatten()
        .any(|p| vm.processes.get(p).is_none())
    {
        return Err(BadOption("owner or output: no such process".to_owned()));
    }
    let id = vm.tracing.sessions.fresh_id();
    let ring = options.size("ring", RING)?.min(1 << 30);
    let sink = Sink::new(vm, id, config, redactor, ring, kindred, reader, recording);
    let tracer = Arc::new(Tracer::Sink(Arc::clone(&sink)));
    let now_ms = vm.clock.tick();
    let session = Session::new(id, name, owner, Some(tracer), lease, now_ms);
    vm.tracing.set_used();
    vm.tracing.tick(vm);
    let closing = Arc::clone(&session);
    let formatter = Formatter {
        vm: vm.weak(),
        session: Arc::clone(&session),
        sink,
        style,
        output,
        records: Arc::new(records),
        // Lines of text have no place in formats that programs read.
        totals: totals && matches!(style_name.as_str(), "text" | "dbg" | "recon" | "redbug"),
        closing: Box::new(move |vm| closing_text(vm, &closing)),
        rested_at: std::time::Duration::ZERO,
    };
    formatter
        .start()
        .map_err(|_| BadOption("no thread to be had".to_owned()))?;
    vm.tracing.sessions.add(Arc::clone(&session));
    endings::supervise(vm);
    Ok(session)
}

fn destination(to: Where) -> Result<(Output, Kindred, Option<Pid>), BadOption> {
    let create = |path: &str| {
        File::create(path)
            .map(BufWriter::new)
            .map_err(|e| BadOption(format!("{path}: {e}")))
    };
    let output = match &to {
        Where::Standard(error) => Output::Standard(*error),
        Where::File(path) => Output::File(create(path)?),
        Where::Capture(path) => {
            let writer = CaptureWriter::new(create(path)?);
            let writer = writer.map_err(|e| BadOption(format!("{path}: {e}")))?;
            Output::Capture(Some(Box::new(writer)))
        }
        Where::Process(pid) => Output::Process(*pid),
        Where::Events(pid) => Output::Events(*pid),
        Where::Messages(_) | Where::Nothing => Output::Nothing,
    };
    Ok(match to {
        Where::Messages(pid) => (output, Kindred::Messages(pid, Arc::default()), Some(pid)),
        Where::Process(pid) | Where::Events(pid) => (output, Kindred::Ring, Some(pid)),
        Where::Standard(_) | Where::File(_) | Where::Capture(_) | Where::Nothing => {
            (output, Kindred::Ring, None)
        }
    })
}

/// Aggregates of a session as text.
fn closing_text(vm: &Vm, session: &Session) -> String {
    let mut text = String::new();
    for aggregation in session.aggregations() {
        let name = |key: &[u8]| aggregation.key_text(vm, key);
        text.push_str(&aggregation.merged().text(&name, aggregation.unit()));
    }
    text
}

/// A parsed pattern's term on the heap; pids and the like from their text.
fn tree_term<'h>(cx: &Cx<'h>, tree: &Tree) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    Ok(match tree {
        Tree::Int(n) => heap.int(*n),
        Tree::Big(digits) => heap
            .int_parse(digits.as_bytes(), 10)
            .ok_or_else(Raise::badarg)?
            .map_err(|_| Raise::system_limit())?,
        Tree::Float(f) => heap.float(*f),
        Tree::Atom(text) => cx.atom_term(text)?,
        Tree::Binary(bytes) => heap.binary(bytes),
        Tree::Opaque(text) => {
            let pid = crate::trace::world::parse_pid(text);
            Term::pid(pid.ok_or_else(Raise::badarg)?)
        }
        Tree::Tuple(parts) => {
            let parts: Result<Vec<_>, _> = parts.iter().map(|p| tree_term(cx, p)).collect();
            heap.tuple(&parts?)
        }
        Tree::List(parts, tail) => {
            let parts: Result<Vec<_>, _> = parts.iter().map(|p| tree_term(cx, p)).collect();
            let tail = match tail {
                Some(tail) => tree_term(cx, tail)?,
                None => Term::NIL,
            };
            heap.list_with_tail(&parts?, tail)
        }
        Tree::Map(pairs) => {
            let mut made = Vec::with_capacity(pairs.len());
            for (k, v) in pairs {
                made.push((tree_term(cx, k)?, tree_term(cx, v)?));
            }
            heap.map_from_pairs(&made)
        }
    })
}

fn compiled_spec<'h>(cx: &Cx<'h>, tree: &Tree) -> Result<Result<Spec, String>, Raise<'h>> {
    let term = tree_term(cx, tree)?;
    Ok(spec_of(cx, term))
}

fn spec_of<'h>(cx: &Cx<'h>, term: Term<'h>) -> Result<Spec, String> {
    if term.is_nil() || term.is_atom(atoms::TRUE) {
        return Ok(Spec {
            term: OwnedTerm::new(Term::NIL),
            spec: None,
        });
    }
    let spec = compile(cx.atoms(), term, Purpose::Call).map_err(|problems| {
        let texts: Vec<String> = problems.into_iter().map(|p| p.text).collect();
        texts.join("; ")
    })?;
    Ok(Spec {
        term: OwnedTerm::new(term),
        spec: Some(spec).filter(|spec| !spec.is_trivial()),
    })
}

/// What a pattern sets on its functions.
struct Setting {
    scope: Scope,
    spec: Spec,
    predicates: Vec<Predicate>,
    count: bool,
    time: bool,
}

/// `native_trace_pattern(Session, Text | {{M,F,A}, MatchSpec, Flags}, Options)`: `{ok, Id, Matched, [Flag]}` or `{error, Reason}`.
fn pattern<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = super::session(cx, args[0])?;
    args[2].as_map().ok_or_else(Raise::badarg)?;
    let options = Options { cx, map: args[2] };
    if let Some(triple) = args[1].as_tuple().filter(|t| t.len() == 3) {
        let (Some(mfa), Some(spec), Some(flags)) = (triple.get(0), triple.get(1), triple.get(2))
        else {
            return Err(Raise::badarg());
        };
        let local = flags.iter_list().any(|f| f.is_atom(atoms::LOCAL));
        let spec = match spec_of(cx, spec) {
            Ok(spec) => spec,
            Err(problem) => return Ok(error(cx, binary(cx, &problem))),
        };
        let view = crate::view::TermView::new(mfa, cx.atoms());
        let label = transom_pretty::write(view, &transom_pretty::Options::default());
        let setting = Setting {
            scope: if local { Scope::Local } else { Scope::Global },
            spec,
            predicates: Vec::new(),
            count: false,
            time: false,
        };
        return set(cx, &session, mfa, &label, setting, &options);
    }
    let source = text(cx, args[1]).ok_or_else(Raise::badarg)?;
    let aggregated = match Aggregated::of(&options) {
        Ok(aggregated) => aggregated,
        Err(BadOption(key)) => return Ok(error(cx, binary(cx, &key))),
    };
    match aggregated.parse(cx.vm(), &source) {
        Ok(Target::Calls(compiled)) => calls(cx, &session, &source, &compiled, &options),
        Ok(Target::Send) => answer(cx, session.add_label(&source), 0, atoms::SEND),
        Ok(Target::Receive) => answer(cx, session.add_label(&source), 0, atoms::RECEIVE),
        Ok(Target::Procs) => answer(cx, session.add_label(&source), 0, atoms::PROCS),
        Err(problem) => {
            let at = cx.heap().uint(problem.at as u64);
            let reason = cx.heap().tuple(&[binary(cx, &problem.text), at]);
            Ok(error(cx, reason))
        }
    }
}

fn answer<'h>(cx: &Cx<'h>, id: u32, matched: usize, flag: Atom) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    Ok(heap.tuple(&[
        Term::atom(atoms::OK),
        heap.uint(u64::from(id)),
        heap.uint(matched as u64),
        heap.list(&[Term::atom(flag)]),
    ]))
}

fn calls<'h>(
    cx: &Cx<'h>,
    session: &Arc<Session>,
    source: &str,
    compiled: &Compiled,
    options: &Options<'_, 'h>,
) -> Result<Term<'h>, Raise<'h>> {
    let mut predicates = Vec::new();
    for parsed in &compiled.predicates {
        predicates.push(match parsed {
            Parsed::Exception => Predicate::Exception,
            Parsed::Duration(comparison, ns) => Predicate::Duration(*comparison, *ns),
            Parsed::Return { spec, arguments } => match compiled_spec(cx, spec)? {
                Ok(Spec {
                    spec: Some(spec), ..
                }) => Predicate::Return {
                    spec,
                    arguments: *arguments,
                },
                Ok(Spec { spec: None, .. }) => continue,
                Err(problem) => return Ok(error(cx, binary(cx, &problem))),
            },
        });
    }
    let spec = match compiled_spec(cx, &compiled.spec)? {
        Ok(spec) => spec,
        Err(problem) => return Ok(error(cx, binary(cx, &problem))),
    };
    let name = |name: &Option<String>| cx.atom_term(name.as_deref().unwrap_or("_"));
    let arity = match compiled.arity {
        Some(arity) => cx.heap().int(i64::from(arity)),
        None => Term::atom(atoms::UNDERSCORE),
    };
    let mfa = cx
        .heap()
        .tuple(&[name(&compiled.module)?, name(&compiled.function)?, arity]);
    let setting = Setting {
        scope: if compiled.global {
            Scope::Global
        } else {
            Scope::Local
        },
        spec,
        predicates,
        count: compiled.call_count,
        time: compiled.call_time,
    };
    set(cx, session, mfa, source, setting, options)
}

fn set<'h>(
    cx: &Cx<'h>,
    session: &Arc<Session>,
    mfa: Term<'h>,
    label: &str,
    setting: Setting,
    options: &Options<'_, 'h>,
) -> Result<Term<'h>, Raise<'h>> {
    let aggregation = match Aggregated::of(options) {
        Ok(aggregated) => aggregated.start(cx.vm()),
        Err(BadOption(key)) => return Ok(error(cx, binary(cx, &key))),
    };
    let enters = match scope(session, options) {
        Ok(enters) => enters,
        Err(BadOption(key)) => return Ok(error(cx, binary(cx, &key))),
    };
    let local = setting.scope == Scope::Local;
    let Ok(functions) = super::pattern::functions(cx, mfa, local) else {
        let why = "a function or arity cannot stand behind any module or function: name the module";
        return Ok(error(cx, binary(cx, why)));
    };
    let id = session.add_label(label);
    session.add_aggregation(aggregation.clone());
    let outcome = (!setting.predicates.is_empty()).then(|| {
        Arc::new(Outcome {
            predicates: setting.predicates,
        })
    });
    let calls = Calls {
        scope: setting.scope,
        spec: Arc::new(setting.spec),
        label: id,
        outcome,
        enters,
        aggregation,
    };
    let patterns = &cx.vm().tracing.patterns;
    patterns.change(
        cx.vm(),
        session,
        &functions,
        &mut |pattern: &mut Pattern| {
            if setting.count {
                pattern.count = Some(Arc::default());
            }
            if setting.time {
                pattern.time = Some(Arc::default());
            }
            pattern.calls = Some(calls.clone());
        },
    );
    answer(cx, id, functions.len(), atoms::CALL)
}

/// Does the pattern begin requests? Then the session shows nothing else; `follow` says where they lead.
fn scope(session: &Session, options: &Options<'_, '_>) -> Result<bool, BadOption> {
    if !options.boolean("scope", false)? {
        return Ok(false);
    }
    let (mut spawns, mut messages) = (true, true);
    if let Some(follow) = options.get("follow") {
        (spawns, messages) = (false, false);
        for way in follow.iter_list() {
            match text(options.cx, way).as_deref() {
                Some("spawns") => spawns = true,
                Some("messages") => messages = true,
                _ => return Err(BadOption("follow".to_owned())),
            }
        }
    }
    session.scope.turn_on(spawns, messages);
    // Points that are there already may have gates, which know nothing of requests.
    options
        .cx
        .vm()
        .tracing
        .patterns
        .reapply_all(options.cx.vm());
    Ok(true)
}

/// What is known of a session, as a map.
pub fn stats_term<'h>(cx: &Cx<'h>, session: &Session) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let mut pairs: Vec<(Term<'h>, Term<'h>)> = Vec::new();
    let mut put = |key: &str, value: Term<'h>| -> Result<(), Raise<'h>> {
        pairs.push((cx.atom_term(key)?, value));
        Ok(())
    };
    put("id", heap.uint(u64::from(session.id)))?;
    put("name", binary(cx, &session.name))?;
    put(
        "owner",
        session.owner.map_or(Term::atom(atoms::NONE), Term::pid),
    )?;
    put("bits", heap.uint(session.bits() as u64))?;
    let age = cx.vm().clock.tick().saturating_sub(session.started_ms);
    put("age_ms", heap.uint(age))?;
    let labels: Vec<Term<'h>> = session.labels().iter().map(|l| binary(cx, l)).collect();
    put("patterns", heap.list(&labels))?;
    let ended = session.sink().and_then(|s| s.limiter.ended());
    let state = if session.is_ended() {
        let reason = ended.map_or("stopped", Reason::text);
        heap.tuple(&[cx.atom_term("ended")?, cx.atom_term(reason)?])
    } else if session.is_paused() {
        cx.atom_term("paused")?
    } else {
        cx.atom_term("running")?
    };
    put("state", state)?;
    if let Some(sink) = session.sink() {
        let totals = sink.totals();
        put("matched", heap.uint(totals.matched))?;
        put("shown", heap.uint(totals.shown))?;
        put("lost", heap.uint(totals.lost))?;
        put("bytes", heap.uint(totals.bytes))?;
        put("held", heap.uint(sink.still_held()))?;
        put("factor", heap.uint(sink.limiter.sampling_factor()))?;
        put("ring_bytes", heap.uint(sink.ring.held() as u64))?;
        let mut suppressed = Vec::new();
        for reason in Reason::ALL {
            let count = totals.suppressed[*reason as usize];
            if count > 0 {
                suppressed.push((cx.atom_term(reason.text())?, heap.uint(count)));
            }
        }
        put("suppressed", heap.map_from_pairs(&suppressed))?;
    }
    Ok(heap.map_from_pairs(&pairs))
}

fn stats<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    match super::any_session(cx, args[0])? {
        Some(session) => stats_term(cx, &session),
        None => Ok(Term::atom(atoms::UNDEFINED)),
    }
}

fn totals<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = super::any_session(cx, args[0])?;
    let line = session
        .as_ref()
        .and_then(|s| s.sink())
        .map(|sink| totals_line(&sink.totals(), sink));
    Ok(line.map_or(Term::atom(atoms::UNDEFINED), |line| binary(cx, &line)))
}

fn list<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut rows = Vec::new();
    for session in cx.vm().tracing.all_sessions() {
        if session.id != LEGACY || session.bits() > 0 {
            rows.push(stats_term(cx, &session)?);
        }
    }
    Ok(cx.heap().list(&rows))
}

fn pause<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = super::session(cx, args[0])?;
    session.pause(args[1].is_atom(atoms::TRUE));
    cx.vm().tracing.patterns.reopen(session.id);
    Ok(Term::atom(atoms::OK))
}

/// `native_trace_end(Session)`: ends it; it stays in the listing. Its figures when its last line is written and its last bit gone; `undefined` if there is no such session.
fn end<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = match cx.process().answer::<Arc<Session>>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Ready(session) => session,
        Answer::Gone => return Ok(Term::atom(atoms::UNDEFINED)),
        Answer::Unasked => {
            let session = super::any_session(cx, args[0])?;
            let Some(session) = session.filter(|s| s.id != LEGACY) else {
                return Ok(Term::atom(atoms::UNDEFINED));
            };
            if !session.is_ended() || session.sink().is_some() {
                endings::end(
                    cx.vm(),
                    &session,
                    Reason::Stopped,
                    Some(asked(cx, &session)),
                );
                return Err(Raise::wait(args));
            }
            session
        }
    };
    stats_term(cx, &session)
}

/// Answers the calling process with the session: whoever takes its handle away meanwhile does not take what it came to.
fn asked(cx: &Cx<'_>, session: &Arc<Session>) -> Waiting {
    let reply = cx.process().ask(cx.vm());
    let session = Arc::clone(session);
    Box::new(move || reply.answer(session))
}

/// `native_trace_wait(Session)`: `{Stats, Aggregates}` when its last line is written; `undefined` if there is no such session.
fn wait<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let session = match cx.process().answer::<Arc<Session>>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Ready(session) => session,
        Answer::Gone => return Ok(Term::atom(atoms::UNDEFINED)),
        Answer::Unasked => {
            let Some(session) = super::any_session(cx, args[0])? else {
                return Ok(Term::atom(atoms::UNDEFINED));
            };
            let Some(sink) = session.sink() else {
                return outcome(cx, &session);
            };
            sink.when_finished(asked(cx, &session));
            return Err(Raise::wait(args));
        }
    };
    outcome(cx, &session)
}

/// What an ended session came to.
fn outcome<'h>(cx: &Cx<'h>, session: &Session) -> Result<Term<'h>, Raise<'h>> {
    let stats = stats_term(cx, session)?;
    let rows = super::aggregates::rows(cx, session);
    Ok(cx.heap().tuple(&[stats, rows]))
}

/// `native_trace_ack(Id)`: the reader has dealt with a chunk.
fn ack<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let id = args[0]
        .as_small()
        .and_then(|id| u32::try_from(id).ok())
        .ok_or_else(Raise::badarg)?;
    if let Some(session) = cx.vm().tracing.session(id)
        && let Some(sink) = session.sink()
    {
        sink.acknowledge();
    }
    Ok(Term::atom(atoms::OK))
}
