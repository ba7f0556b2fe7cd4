//! The sequential trace: a token that a process hands on with every message, so that one chain of causes can be followed through the system.
//!
//! ```text
//!   A: token, clock 1  ── message + copy of the token {Last 0, Serial 1} ──>  B: takes it out of its mailbox: has the token now, clock 1
//! ```
//! Serials are Lamport clocks: a process counts what it sends with a token, and goes on from the largest number it has received. Events go to one system
//! tracer for the whole VM, on the credit of any tracer process. Without a token nothing is paid: the bit [`flags::TOKEN`] is one of those that sending
//! tests anyway, and a message says what it carries by the kind of its mailbox entry.

use std::sync::Arc;

use super::event::stamp_term;
use super::scope::Requests;
use super::tracer::Tracer;
use super::{flags, message};
use crate::atoms::{self, Atom};
use crate::heap::{Heap, HeapOptions, OwnedTerm, Pid, Term};
use crate::process::ProcessBody;
use crate::process::body::Mfa;
use crate::vm::Vm;

/// Bits of a token's flags, as `get_token/0` shows them.
pub mod bits {
    pub const SEND: u32 = 1;
    pub const RECEIVE: u32 = 2;
    pub const PRINT: u32 = 4;
    pub const TIMESTAMP: u32 = 8;
    pub const STRICT_MONOTONIC_TIMESTAMP: u32 = 16;
    pub const MONOTONIC_TIMESTAMP: u32 = 32;
}

/// What travels with a message.
#[derive(Clone)]
pub struct Token {
    pub flags: u32,
    pub label: Arc<OwnedTerm>,
    pub serial: i64,
    /// Who gave it that serial.
    pub from: Pid,
    /// The serial its sender had received last.
    pub last: i64,
}

/// What one process knows: its token, the serial it counted to, the one it received last. Both numbers outlive the token.
#[derive(Clone, Default)]
pub struct Standing {
    token: Option<Token>,
    clock: i64,
    last: i64,
}

/// What travels with a message: the token of the sequential trace, and requests of sessions with a scope.
pub struct Cargo {
    pub token: Option<Token>,
    pub requests: Requests,
}

impl From<Token> for Cargo {
    fn from(token: Token) -> Cargo {
        Cargo {
            token: Some(token),
            requests: Requests::new(),
        }
    }
}

/// What a message says to its receiver's token when it is taken out of the mailbox.
pub enum Carried {
    /// Sent by a process without a token: the receiver's ends.
    Nothing,
    /// Made by the VM (a timer, a monitor, a port): the receiver's stays.
    Silence,
    Cargo(Box<Cargo>),
}

impl Carried {
    /// The requests that the message belongs to.
    pub fn requests(&self) -> &[(u32, u64)] {
        match self {
            Carried::Nothing | Carried::Silence => &[],
            Carried::Cargo(cargo) => &cargo.requests,
        }
    }
}

impl From<Option<Box<Cargo>>> for Carried {
    fn from(cargo: Option<Box<Cargo>>) -> Carried {
        cargo.map_or(Carried::Nothing, Carried::Cargo)
    }
}

/// The token of a process.
pub fn token(body: &ProcessBody) -> Option<Token> {
    if body.trace_flags.get() & flags::TOKEN == 0 {
        return None;
    }
    body.if_extra(|extra| extra.seq.token.clone())
}

/// Gives a process a token, or takes it away.
pub fn set(body: &ProcessBody, token: Option<Token>) {
    let old = body.trace_flags.get();
    if token.is_some() {
        body.trace_flags.set(old | flags::TOKEN);
        body.with_extra(|extra| extra.seq.token = token);
    } else if old & flags::TOKEN != 0 {
        body.trace_flags.set(old & !flags::TOKEN);
        body.if_extra(|extra| extra.seq.token = None);
    }
}

/// Takes the standing of a process that ends.
pub fn take_standing(body: &ProcessBody) -> Option<Standing> {
    (body.trace_flags.get() & flags::TOKEN != 0)
        .then(|| body.if_extra(|extra| std::mem::take(&mut extra.seq)))
}

impl Standing {
    /// Counts one more step of this process; answers the token that goes with it.
    fn advance(&mut self, me: Pid) -> Option<Token> {
        let token = self.token.as_mut()?;
        self.clock += 1;
        token.serial = self.clock;
        token.last = self.last;
        token.from = me;
        Some(token.clone())
    }

    fn received(&mut self, token: &Token) {
        self.last = token.serial;
        self.clock = self.clock.max(token.serial);
    }

    /// A process that ends tells a link: the message its exit signal becomes if the other traps exits.
    pub fn exit_leaves(&mut self, vm: &Vm, me: Pid, to: Pid, reason: Term<'_>) -> Carried {
        let Some(token) = self.advance(me) else {
            return Carried::Nothing;
        };
        let heap = Heap::new(&vm.env, HeapOptions::default());
        let reason = borrowed(&heap, reason);
        let message = heap.tuple(&[Term::atom(atoms::BIG_EXIT), Term::pid(me), reason]);
        output(vm, &token, Step::Send, me, Term::pid(to), message);
        Carried::Cargo(Box::new(Cargo::from(token)))
    }
}

fn advance(body: &ProcessBody) -> Option<Token> {
    body.if_extra(|extra| extra.seq.advance(body.pid))
}

/// The process sends a message to `to` (a pid, port or alias as written): the token that goes with it. `receiver`: the process that gets it. The system
/// tracer gets none: what it does is no part of what it shows.
#[cold]
pub fn leaves(
    vm: &Vm,
    body: &ProcessBody,
    to: Term<'_>,
    receiver: Option<Pid>,
    message: Term<'_>,
) -> Option<Box<Token>> {
    if receiver.is_some_and(|pid| vm.processes.get(pid).is_none()) {
        return None;
    }
    let token = advance(body)?;
    output(vm, &token, Step::Send, body.pid, to, message);
    let tracer = vm.tracing.seq_tracer();
    let reads = receiver.is_some() && tracer.as_ref().and_then(|t| t.pid()) == receiver;
    (!reads).then(|| Box::new(token))
}

/// A message with a token was taken out of the mailbox.
#[cold]
pub fn arrives(vm: &Vm, body: &ProcessBody, token: Token, message: Term<'_>) {
    output(
        vm,
        &token,
        Step::Receive,
        token.from,
        Term::pid(body.pid),
        message,
    );
    body.with_extra(|extra| extra.seq.received(&token));
    set(body, Some(token));
}

/// `seq_trace:print`: a step of its own. `false` without a token.
pub fn print(vm: &Vm, body: &ProcessBody, info: Term<'_>) -> bool {
    let Some(token) = advance(body) else {
        return false;
    };
    output(vm, &token, Step::Print, body.pid, Term::NIL, info);
    true
}

/// How a child is asked for; OTP shows spawning as two messages.
pub struct SpawnRequest<'a, 'h> {
    pub reference: Term<'h>,
    pub mfa: Mfa,
    pub args: &'a [Term<'h>],
    pub options: Term<'h>,
    pub reply_tag: Term<'h>,
    /// An answer is given: as a message, or as the result of the call.
    pub answer: Answer,
}

/// What becomes of the answer to a spawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The caller has it as its result.
    Result,
    /// A message of its own follows, with the child's token.
    Message,
    None,
}

/// A child begins with its parent's token. Answers the token for the message that answers a `spawn_request`.
#[cold]
pub fn spawned(
    vm: &Vm,
    parent: &ProcessBody,
    child: &ProcessBody,
    asked: &SpawnRequest<'_, '_>,
) -> Option<Box<Token>> {
    let token = advance(parent)?;
    let heap = Heap::new(&vm.env, HeapOptions::default());
    let own = |t: Term<'_>| borrowed(&heap, t);
    let args: Vec<Term<'_>> = asked.args.iter().map(|a| own(*a)).collect();
    let (me, other) = (Term::pid(parent.pid), Term::pid(child.pid));
    let request = heap.tuple(&[
        Term::atom(atoms::SPAWN_REQUEST),
        own(asked.reference),
        me,
        Term::pid(parent.group_leader.get()),
        super::event::mfa_term(&heap, asked.mfa),
        own(asked.options),
        own(asked.reply_tag),
        heap.list(&args),
    ]);
    output(vm, &token, Step::Send, parent.pid, other, request);
    arrives(vm, child, token, request);
    let answer = advance(child)?;
    if asked.answer == Answer::None {
        return None;
    }
    let reply = heap.tuple(&[
        own(asked.reply_tag),
        own(asked.reference),
        Term::atom(atoms::OK),
        other,
    ]);
    output(vm, &answer, Step::Send, child.pid, me, reply);
    if asked.answer == Answer::Result {
        output(vm, &answer, Step::Receive, child.pid, me, reply);
        // Its token stays the one it had; only the numbers go on.
        parent.if_extra(|extra| extra.seq.received(&answer));
    }
    Some(Box::new(answer))
}

#[derive(Clone, Copy)]
enum Step {
    Send,
    Receive,
    Print,
}

impl Step {
    fn flag(self) -> u32 {
        match self {
            Step::Send => bits::SEND,
            Step::Receive => bits::RECEIVE,
            Step::Print => bits::PRINT,
        }
    }

    fn tag(self) -> Atom {
        match self {
            Step::Send => atoms::SEND,
            Step::Receive => atoms::RECEIVE,
            Step::Print => atoms::PRINT,
        }
    }
}

fn borrowed<'s>(heap: &'s Heap, t: Term<'_>) -> Term<'s> {
    crate::interp::term_of(heap, t.raw())
}

/// The trace flag that asks for the same time stamp.
fn stamp_bits(flags: u32) -> u32 {
    if flags & bits::TIMESTAMP != 0 {
        flags::TIMESTAMP
    } else if flags & bits::STRICT_MONOTONIC_TIMESTAMP != 0 {
        flags::STRICT_MONOTONIC_TIMESTAMP
    } else if flags & bits::MONOTONIC_TIMESTAMP != 0 {
        flags::MONOTONIC_TIMESTAMP
    } else {
        0
    }
}

/// `{seq_trace, Label, {Tag, {Last, Serial}, From, To, Message}[, Stamp]}` to the system tracer, if the token's flags and a tracer are there.
fn output(vm: &Vm, token: &Token, step: Step, from: Pid, to: Term<'_>, message: Term<'_>) {
    if token.flags & step.flag() == 0 {
        return;
    }
    let Some(tracer) = vm.tracing.seq_tracer() else {
        return;
    };
    let build = |heap: &Heap| {
        let serial = heap.tuple(&[heap.int(token.last), heap.int(token.serial)]);
        let info = heap.tuple(&[
            Term::atom(step.tag()),
            serial,
            Term::pid(from),
            borrowed(heap, to),
            borrowed(heap, message),
        ]);
        let label = borrowed(heap, token.label.term());
        let mut all = vec![Term::atom(atoms::SEQ_TRACE), label, info];
        all.extend(stamp_term(vm, heap, stamp_bits(token.flags)));
        OwnedTerm::new(heap.tuple(&all))
    };
    let there = match &*tracer {
        Tracer::Process(pid, credit) | Tracer::Module(_, _, pid, credit, _) => {
            let bytes = 8 * (crate::heap::size_words(message) + token.label.words() + 24);
            message::send_built(vm, *pid, credit, bytes, build) != message::Sent::Gone
        }
        Tracer::Port(port) => {
            let heap = Heap::new(&vm.env, HeapOptions::default());
            crate::io::ports::trace_record(vm, *port, &build(&heap))
        }
        Tracer::Sink(_) => true,
    };
    if !there {
        vm.tracing.set_seq_tracer(None);
    }
}

/// The token as `get_token/0` answers it.
pub fn token_term<'h>(heap: &'h Heap, token: &Token) -> Term<'h> {
    heap.tuple(&[
        heap.int(i64::from(token.flags)),
        token.label.copy_to(heap),
        heap.int(token.serial),
        Term::pid(token.from),
        heap.int(token.last),
    ])
}

/// The bit of a flag's name.
pub fn flag(name: Atom) -> Option<u32> {
    Some(match name {
        atoms::SEND => bits::SEND,
        atoms::RECEIVE => bits::RECEIVE,
        atoms::PRINT => bits::PRINT,
        atoms::TIMESTAMP => bits::TIMESTAMP,
        atoms::MONOTONIC_TIMESTAMP => bits::MONOTONIC_TIMESTAMP,
        atoms::STRICT_MONOTONIC_TIMESTAMP => bits::STRICT_MONOTONIC_TIMESTAMP,
        _ => return None,
    })
}

/// Changes one component of the running process's token, which comes to be if there was none; answers what it was. `None`: no such component or value.
pub fn set_component<'h>(
    body: &ProcessBody,
    heap: &'h Heap,
    name: Atom,
    value: Term<'_>,
) -> Option<Term<'h>> {
    let mut new = token(body).unwrap_or_else(|| Token {
        flags: 0,
        label: Arc::new(OwnedTerm::new(heap.int(0))),
        serial: 0,
        from: body.pid,
        last: 0,
    });
    let old = match name {
        atoms::LABEL => {
            let old = new.label.copy_to(heap);
            new.label = Arc::new(OwnedTerm::new(value));
            old
        }
        atoms::SERIAL => {
            let pair = value.as_tuple().filter(|pair| pair.len() == 2)?;
            let part = |i| pair.get(i)?.as_small();
            let (last, serial) = (part(0)?, part(1)?);
            let old = heap.tuple(&[heap.int(new.last), heap.int(new.serial)]);
            new.last = last;
            new.serial = serial;
            body.with_extra(|extra| {
                extra.seq.last = last;
                extra.seq.clock = serial;
            });
            old
        }
        _ => {
            let bit = flag(name)?;
            let on = match value.as_atom()? {
                atoms::TRUE => true,
                atoms::FALSE => false,
                _ => return None,
            };
            let old = new.flags & bit != 0;
            new.flags = if on {
                new.flags | bit
            } else {
                new.flags & !bit
            };
            Term::bool(old)
        }
    };
    set(body, Some(new));
    Some(old)
}

/// Ends the sequential trace of a process: its own token, and those of messages that wait.
pub fn reset(body: &ProcessBody) {
    set(body, None);
    body.mailbox.borrow_mut().forget_tokens();
}
