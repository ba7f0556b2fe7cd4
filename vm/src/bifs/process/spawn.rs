//! `spawn`, `spawn_link`, `spawn_monitor`, `spawn_opt`, `spawn_request` in all arities.
//!
//! A function comes as a fun or as module, name and arguments; a node may stand in front. A process spawned with a fun starts as
//! `erlang:apply(Fun, [])`, as `process_info` shows it. There is no way to another node: what is to run there becomes a process here that
//! warns and ends with `noconnection`, as in Erlang/OTP.

use super::spawn_options::{self, Parsed};
use super::ties::MonitorOptions;
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{OwnedTerm, Pid, Term};
use crate::process::body::{Extra, Mfa};
use crate::process::links::{Link, Monitor, Peer, Watched};
use crate::process::spawn::{SpawnOptions, Start};
use crate::process::{ProcessBody, Signal};
use crate::trace::seq::{Answer, Cargo, SpawnRequest, Token};
use crate::trace::{flags, points, seq};
use smallvec::SmallVec;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "spawn", 1, spawn),
    BifRow::new("erlang", "spawn", 2, spawn),
    BifRow::new("erlang", "spawn", 3, spawn),
    BifRow::new("erlang", "spawn", 4, spawn),
    BifRow::new("erlang", "spawn_link", 1, spawn_link),
    BifRow::new("erlang", "spawn_link", 2, spawn_link),
    BifRow::new("erlang", "spawn_link", 3, spawn_link),
    BifRow::new("erlang", "spawn_link", 4, spawn_link),
    BifRow::new("erlang", "spawn_monitor", 1, spawn_monitor),
    BifRow::new("erlang", "spawn_monitor", 2, spawn_monitor),
    BifRow::new("erlang", "spawn_monitor", 3, spawn_monitor),
    BifRow::new("erlang", "spawn_monitor", 4, spawn_monitor),
    BifRow::new("erlang", "spawn_opt", 2, spawn_opt),
    BifRow::new("erlang", "spawn_opt", 3, spawn_opt),
    BifRow::new("erlang", "spawn_opt", 4, spawn_opt),
    BifRow::new("erlang", "spawn_opt", 5, spawn_opt),
    BifRow::new("erlang", "spawn_request", 1, spawn_request),
    BifRow::new("erlang", "spawn_request", 2, spawn_request_2),
    BifRow::new("erlang", "spawn_request", 3, spawn_request_3),
    BifRow::new("erlang", "spawn_request", 4, spawn_request_4),
    BifRow::new("erlang", "spawn_request", 5, spawn_request_options),
    BifRow::new("erlang", "spawn_request_abandon", 1, spawn_request_abandon),
];

/// A function to start with.
struct Function<'h> {
    /// Where, if not on this node.
    elsewhere: Option<Atom>,
    module: Atom,
    name: Atom,
    args: SmallVec<[Term<'h>; 4]>,
}

/// Why a spawn did not happen.
enum Failed {
    BadArgument,
    Full,
    /// An unknown option of a request: answered by message.
    BadOption,
    /// A request for another node: answered by message.
    NoConnection,
}

impl Failed {
    fn raise<'h>(self) -> Raise<'h> {
        match self {
            Failed::BadArgument | Failed::BadOption => Raise::badarg(),
            Failed::NoConnection => Raise::error_atom(atoms::NOCONNECTION),
            Failed::Full => Raise::system_limit(),
        }
    }
}

/// Which funs a spawn takes; the others fail in the process that they start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Funs {
    All,
    /// On another node only those without arguments.
    CheckedElsewhere,
    WithoutArguments,
}

/// Reads `[Node,] Fun` or `[Node,] M, F, Args`.
fn function<'h>(cx: &Cx<'h>, args: &[Term<'h>], funs: Funs) -> Result<Function<'h>, Failed> {
    let mut elsewhere = None;
    let args = match args.len() {
        2 | 4 => {
            let node = args[0].as_atom().ok_or(Failed::BadArgument)?;
            if !is_here(cx, args[0]) {
                elsewhere = Some(node);
            }
            &args[1..]
        }
        _ => args,
    };
    if let [fun] = args {
        let arity = fun.as_fun().ok_or(Failed::BadArgument)?.arity();
        let checked = match funs {
            Funs::All => false,
            Funs::CheckedElsewhere => elsewhere.is_some(),
            Funs::WithoutArguments => true,
        };
        if checked && arity != 0 {
            return Err(Failed::BadArgument);
        }
        return Ok(Function {
            elsewhere,
            module: atoms::ERLANG,
            name: atoms::APPLY,
            args: [*fun, Term::NIL].into_iter().collect(),
        });
    }
    let (module, name) = (args[0].as_atom(), args[1].as_atom());
    let (Some(module), Some(name)) = (module, name) else {
        return Err(Failed::BadArgument);
    };
    let mut list = args[2].iter_list();
    let args: SmallVec<[Term<'h>; 4]> = list.by_ref().collect();
    if !list.tail().is_nil() || args.len() > 255 {
        return Err(Failed::BadArgument);
    }
    Ok(Function {
        elsewhere,
        module,
        name,
        args,
    })
}

/// What runs here in place of a function of another node: `erts_internal:crasher(Node, M, F, Args, Options, noconnection)`.
fn crasher<'h>(
    cx: &Cx<'h>,
    function: &Function<'h>,
    node: Atom,
    options: Term<'h>,
) -> Function<'h> {
    let args = [
        Term::atom(node),
        Term::atom(function.module),
        Term::atom(function.name),
        cx.heap().list(&function.args),
        options,
        Term::atom(atoms::NOCONNECTION),
    ];
    Function {
        elsewhere: None,
        module: atoms::ERTS_INTERNAL,
        name: atoms::CRASHER,
        args: args.into_iter().collect(),
    }
}

/// How the caller asked, as a sequential trace shows it.
#[derive(Clone, Copy)]
struct Asked<'h> {
    options: Term<'h>,
    reply_tag: Term<'h>,
    answer: Answer,
    /// Names the request; else the monitor does.
    reference: Option<Term<'h>>,
}

impl<'h> Asked<'h> {
    /// With these options, and the pid as result.
    fn with(options: Term<'h>) -> Asked<'h> {
        Asked {
            options,
            reply_tag: Term::atom(atoms::SPAWN_REPLY),
            answer: Answer::Result,
            reference: None,
        }
    }
}

/// What was made.
struct Made<'h> {
    pid: Pid,
    monitor: Option<Term<'h>>,
    /// The token of the message that answers a request.
    token: Option<Box<Token>>,
}

/// Makes the process with its ties on both sides.
fn make<'h>(
    cx: &Cx<'h>,
    function: &Function<'h>,
    mut parsed: Parsed,
    asked: Asked<'h>,
) -> Result<Made<'h>, Failed> {
    if let Some(node) = function.elsewhere {
        let crasher = crasher(cx, function, node, asked.options);
        return make(cx, &crasher, parsed, asked);
    }
    let (vm, body, heap) = (cx.vm(), cx.process(), cx.heap());
    let monitor = parsed
        .monitor
        .map(|options| (heap.env().fresh_ref(), options));
    let reference = monitor
        .as_ref()
        .map(|(id, options)| heap.reference(*id, options.alias.map(|_| body.pid)));
    parsed.spawn.link = parsed.link;
    parsed.spawn.monitor = monitor.as_ref().map(|(id, _)| id.0);
    if let Some(max) = parsed.max_heap {
        parsed.spawn.extra = Some(Box::new(Extra {
            max_heap: Some(max),
            ..Extra::default()
        }));
    }
    inherit(cx, parsed.link, &mut parsed.spawn);
    let start = Start::Call {
        module: function.module,
        function: function.name,
        args: &function.args,
    };
    let asked = Asked {
        reference: reference.or(asked.reference),
        ..asked
    };
    let mut token = None;
    let pid = vm
        .spawn_after(start, parsed.spawn, |child| {
            if body.trace_flags.get() != 0 {
                token = tell(cx, child, function, parsed.link, asked);
            }
        })
        .map_err(|_| Failed::Full)?;
    // Signals of the child wait in the inbox until this slice looks, so the caller's side is in place before any of them counts.
    if parsed.link {
        body.with_relations(|r| r.links.insert(Peer::Process(pid), Link::Live));
    }
    if let Some((id, options)) = monitor {
        let watched = Watched::Process(pid);
        let tag = options.tag;
        body.with_relations(|r| {
            r.monitors.insert(id.0, Monitor { watched, tag });
            if let Some(mode) = options.alias {
                r.aliases.insert(id.0, mode);
            }
        });
    }
    Ok(Made {
        pid,
        monitor: reference,
        token,
    })
}

/// Events of a spawn, while the child is not reachable yet: so they come before any of its own.
#[cold]
fn tell<'h>(
    cx: &Cx<'h>,
    child: &ProcessBody,
    function: &Function<'h>,
    linked: bool,
    asked: Asked<'h>,
) -> Option<Box<Token>> {
    let (vm, body) = (cx.vm(), cx.process());
    let mfa = Mfa {
        module: function.module,
        function: function.name,
        arity: function.args.len() as u8,
    };
    points::spawned(vm, body, child.pid, mfa, &function.args);
    if linked {
        points::process_event(vm, body, atoms::LINK, Term::pid(child.pid));
    }
    if body.trace_flags.get() & flags::TOKEN == 0 {
        return None;
    }
    let heap = cx.heap();
    // OTP runs what `spawn_request` asks for through a function of its own, and that is what its token shows.
    let through = [heap.tuple(&[
        Term::atom(mfa.module),
        Term::atom(mfa.function),
        heap.list(&function.args),
    ])];
    let (mfa, args): (Mfa, &[Term<'h>]) = match asked.answer {
        Answer::Result => (mfa, &function.args),
        Answer::Message | Answer::None => {
            let init = Mfa {
                module: atoms::ERTS_INTERNAL,
                function: atoms::SPAWN_INIT,
                arity: 1,
            };
            (init, &through)
        }
    };
    let request = SpawnRequest {
        reference: asked.reference.unwrap_or_else(|| heap.make_ref()),
        mfa,
        args,
        options: asked.options,
        reply_tag: asked.reply_tag,
        answer: asked.answer,
    };
    seq::spawned(vm, body, child, &request)
}

/// Trace flags that the child starts with: its parent's, or those for all new processes.
fn inherit(cx: &Cx<'_>, link: bool, spawn: &mut SpawnOptions) {
    let body = cx.process();
    if body.trace_flags.get() != 0 {
        let on_link = if link { flags::SET_ON_LINK } else { 0 };
        let on_first_link = if link { flags::SET_ON_FIRST_LINK } else { 0 };
        spawn.traces = crate::trace::processes::inherited(
            body,
            flags::SET_ON_SPAWN | on_link,
            flags::SET_ON_FIRST_SPAWN | on_first_link,
        );
    }
    cx.vm().tracing.add_new_processes(&mut spawn.traces);
    crate::trace::scope::pass_on(body, &mut spawn.traces);
}

/// What `spawn` and `spawn_link` start. `(Node, Fun)` stands for `(Node, erlang, apply, [Fun, []])`, and fails as that.
fn plain_function<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Function<'h>, Raise<'h>> {
    function(cx, args, Funs::All).map_err(|failed| match args {
        [node, fun] if fun.as_fun().is_some() && node.as_atom().is_none() => {
            let heap = cx.heap();
            let through = heap.list(&[*fun, Term::NIL]);
            let (module, name) = (Term::atom(atoms::ERLANG), Term::atom(atoms::APPLY));
            failed
                .raise()
                .with_args(heap.list(&[*node, module, name, through]))
        }
        _ => failed.raise(),
    })
}

fn spawn<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let function = plain_function(cx, args)?;
    make(cx, &function, Parsed::basics(cx), Asked::with(Term::NIL))
        .map(|made| Term::pid(made.pid))
        .map_err(Failed::raise)
}

fn spawn_link<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let function = plain_function(cx, args)?;
    let parsed = Parsed {
        link: true,
        ..Parsed::basics(cx)
    };
    let options = cx.heap().list(&[Term::atom(atoms::LINK)]);
    make(cx, &function, parsed, Asked::with(options))
        .map(|made| Term::pid(made.pid))
        .map_err(Failed::raise)
}

fn spawn_monitor<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let function = function(cx, args, Funs::WithoutArguments).map_err(Failed::raise)?;
    let parsed = Parsed {
        monitor: Some(MonitorOptions::default()),
        ..Parsed::basics(cx)
    };
    let options = cx.heap().list(&[Term::atom(atoms::MONITOR)]);
    let made = make(cx, &function, parsed, Asked::with(options)).map_err(Failed::raise)?;
    Ok(with_monitor(cx, &made))
}

fn with_monitor<'h>(cx: &Cx<'h>, made: &Made<'h>) -> Term<'h> {
    match made.monitor {
        Some(reference) => cx.heap().tuple(&[Term::pid(made.pid), reference]),
        None => Term::pid(made.pid),
    }
}

fn spawn_opt<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (options, rest) = args
        .split_last()
        .expect("invariant: at least two arguments");
    let function = function(cx, rest, Funs::CheckedElsewhere).map_err(Failed::raise)?;
    let parsed = spawn_options::parse(cx, *options, false).ok_or_else(Raise::badarg)?;
    let made = make(cx, &function, parsed, Asked::with(*options)).map_err(Failed::raise)?;
    Ok(with_monitor(cx, &made))
}

/// The options of a request that this node reads.
fn sender_options<'h>(cx: &Cx<'h>, options: Term<'h>) -> Term<'h> {
    let own = options.iter_list().filter(|option| {
        if let Some(tuple) = option.as_tuple() {
            let key = tuple.get(0).and_then(|key| key.as_atom());
            let known = [atoms::MONITOR, atoms::REPLY, atoms::REPLY_TAG];
            return tuple.len() == 2 && key.is_some_and(|key| known.contains(&key));
        }
        matches!(option.as_atom(), Some(atoms::LINK | atoms::MONITOR))
    });
    cx.heap().list_from(own)
}

/// Spawns and answers by message `{ReplyTag, ReqId, ok|error, Pid|Reason}`.
fn request<'h>(cx: &Cx<'h>, target: &[Term<'h>], options: Term<'h>) -> Result<Term<'h>, Raise<'h>> {
    let function = function(cx, target, Funs::WithoutArguments).map_err(Failed::raise)?;
    options.list_len().ok_or_else(Raise::badarg)?;
    let heap = cx.heap();
    let parsed = match function.elsewhere {
        None => spawn_options::parse(cx, options, true),
        // What the process is to be like is for the other node to read.
        Some(_) => spawn_options::parse(cx, sender_options(cx, options), true),
    };
    let tag = parsed
        .as_ref()
        .and_then(|p| p.reply_tag.as_ref())
        .map_or(Term::atom(atoms::SPAWN_REPLY), |tag| tag.copy_to(heap));
    let reply = parsed.as_ref().map_or((true, true), |p| p.reply);
    let fresh = heap.make_ref();
    let asked = Asked {
        options,
        reply_tag: tag,
        answer: if reply.0 {
            Answer::Message
        } else {
            Answer::None
        },
        reference: Some(fresh),
    };
    let made = match parsed {
        Some(_) if function.elsewhere.is_some() => Err(Failed::NoConnection),
        Some(parsed) => make(cx, &function, parsed, asked),
        None => Err(Failed::BadOption),
    };
    let mut token = None;
    let (reference, wanted, kind, value) = match made {
        Ok(made) => {
            token = made.token;
            let reference = made.monitor.unwrap_or(fresh);
            (reference, reply.0, atoms::OK, Term::pid(made.pid))
        }
        Err(failed) => {
            let reason = match failed {
                Failed::BadArgument => atoms::BADARG,
                Failed::BadOption => cx.atom("badopt")?,
                Failed::NoConnection => atoms::NOCONNECTION,
                Failed::Full => atoms::SYSTEM_LIMIT,
            };
            (fresh, reply.1, atoms::ERROR, Term::atom(reason))
        }
    };
    if wanted {
        let message = heap.tuple(&[tag, reference, Term::atom(kind), value]);
        let me = cx.process().pid;
        match token {
            Some(token) => {
                let tagged = Box::new((OwnedTerm::new(message), Cargo::from(*token), me));
                let _sent_to_itself = cx.vm().signal(me, Signal::Tagged(tagged));
            }
            None => cx.vm().send_message(me, message),
        }
    }
    Ok(reference)
}

fn spawn_request<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    request(cx, args, Term::NIL)
}

/// `(Fun, Options)` or `(Node, Fun)`.
fn spawn_request_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[0].as_fun().is_some() {
        request(cx, &args[..1], args[1])
    } else {
        request(cx, args, Term::NIL)
    }
}

/// `(Node, Fun, Options)`, `(Node, M, F)` without arguments, or `(M, F, Args)`.
fn spawn_request_3<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[1].as_fun().is_some() {
        request(cx, &args[..2], args[2])
    } else if args[2].as_atom().is_some() {
        request(cx, &[args[0], args[1], args[2], Term::NIL], Term::NIL)
    } else {
        request(cx, args, Term::NIL)
    }
}

/// `(Node, M, F, Args)` or `(M, F, Args, Options)`. With this node and no list of arguments the rest is a request of its own.
fn spawn_request_4<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[2].as_atom().is_none() {
        request(cx, &args[..3], args[3])
    } else if args[3].as_atom().is_some() && is_here(cx, args[0]) {
        spawn_request_3(cx, &args[1..])
    } else {
        request(cx, args, Term::NIL)
    }
}

/// `(Node, M, F, Args, Options)`, with the same exception.
fn spawn_request_options<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[3].as_atom().is_some() && is_here(cx, args[0]) {
        return spawn_request_4(cx, &args[1..]);
    }
    request(cx, &args[..4], args[4])
}

fn is_here(cx: &Cx<'_>, node: Term<'_>) -> bool {
    node.as_atom()
        .is_some_and(|node| cx.atoms().text(node) == cx.vm().options.node)
}

/// Spawns on this node are answered before anyone could abandon them.
fn spawn_request_abandon<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if args[0].as_ref().is_some() {
        Ok(Term::FALSE)
    } else {
        Err(Raise::badarg())
    }
}
