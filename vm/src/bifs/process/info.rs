//! `process_info/1,2`, `process_display/2`. One's own answer is built at once; another's by whoever holds its run right: the asker, when the
//! other is idle and has no unread signals, else the other itself, by an errand.

use super::flags::max_heap_term;
use super::heap_sizes;
use super::spawn_options::priority_name;
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, HeapOptions, OwnedTerm, RefId, Term};
use crate::process::body::process_flag as pf;
use crate::process::links::{AliasMode, Link, Peer, Watched, Watcher};
use crate::process::saved_calls::Saved;
use crate::process::{ProcessBody, whereabouts};
use crate::sync::run_right::flag;
use crate::trace::seq;
use crate::vm::Vm;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "process_info", 1, process_info_1),
    BifRow::new("erlang", "process_info", 2, process_info_2),
    BifRow::new("erlang", "process_display", 2, process_display),
];

/// What `process_info/1` shows, in its order.
const COMMON: &[Atom] = &[
    atoms::REGISTERED_NAME,
    atoms::CURRENT_FUNCTION,
    atoms::INITIAL_CALL,
    atoms::STATUS,
    atoms::MESSAGE_QUEUE_LEN,
    atoms::LINKS,
    atoms::DICTIONARY,
    atoms::TRAP_EXIT,
    atoms::ERROR_HANDLER,
    atoms::PRIORITY,
    atoms::GROUP_LEADER,
    atoms::TOTAL_HEAP_SIZE,
    atoms::HEAP_SIZE,
    atoms::STACK_SIZE,
    atoms::REDUCTIONS,
    atoms::GARBAGE_COLLECTION,
    atoms::SUSPENDING,
];

/// What can be told of a process without its doing.
const FREE: &[Atom] = &[
    atoms::STATUS,
    atoms::MESSAGE_QUEUE_LEN,
    atoms::REDUCTIONS,
    atoms::REGISTERED_NAME,
    atoms::INITIAL_CALL,
    atoms::TRAP_EXIT,
    atoms::ERROR_HANDLER,
    atoms::PRIORITY,
    atoms::GROUP_LEADER,
    atoms::HEAP_SIZE,
    atoms::GARBAGE_COLLECTION,
];

/// Who is asked about, and where the answer is built.
struct View<'a, 'h> {
    vm: &'a Vm,
    body: &'a ProcessBody,
    /// The state word's flags when the question came.
    flags: u64,
    /// It asks about itself.
    own: bool,
    /// Reductions that are not counted yet, because they are of this slice.
    used: usize,
    out: &'h Heap,
}

impl<'h> View<'_, 'h> {
    fn atom(&self, atom: Atom) -> Term<'h> {
        Term::atom(atom)
    }

    fn int(&self, value: usize) -> Term<'h> {
        self.out.int(value as i64)
    }

    fn pair(&self, key: Atom, value: Term<'h>) -> Term<'h> {
        self.out.tuple(&[Term::atom(key), value])
    }

    fn copied<'t>(&self, term: Term<'t>) -> Term<'h> {
        self.out.copy_in(term)
    }

    /// The value of one item; `None` for an unknown one.
    fn item(&self, item: Atom) -> Option<Term<'h>> {
        self.place_item(item)
            .or_else(|| self.tie_item(item))
            .or_else(|| self.memory_item(item))
            .or_else(|| self.setting_item(item))
    }

    fn place_item(&self, item: Atom) -> Option<Term<'h>> {
        let out = self.out;
        let undefined = self.atom(atoms::UNDEFINED);
        Some(match item {
            atoms::CURRENT_FUNCTION => {
                whereabouts::current(self.vm, self.body).map_or(undefined, |place| place.mfa(out))
            }
            atoms::CURRENT_LOCATION => whereabouts::current(self.vm, self.body)
                .map_or(undefined, |place| place.location(out)),
            atoms::CURRENT_STACKTRACE => out.list_from(
                whereabouts::frames(self.vm, self.body, self.vm.backtrace_depth())
                    .iter()
                    .map(|place| place.location(out)),
            ),
            atoms::BACKTRACE => out.binary(self.backtrace().as_bytes()),
            atoms::INITIAL_CALL => {
                let call = self.body.initial_call;
                out.tuple(&[
                    Term::atom(call.module),
                    Term::atom(call.function),
                    self.int(usize::from(call.arity)),
                ])
            }
            atoms::STATUS => self.atom(self.status()),
            atoms::REGISTERED_NAME => {
                match self.vm.registry.name_of(Peer::Process(self.body.pid)) {
                    Some(name) => self.atom(name),
                    None => Term::NIL,
                }
            }
            atoms::PARENT => self.body.parent.map_or(undefined, Term::pid),
            atoms::CATCHLEVEL => self.int(
                self.body
                    .heap
                    .stack()
                    .iter()
                    .filter(|word| word.is_catch())
                    .count(),
            ),
            _ => return None,
        })
    }

    fn backtrace(&self) -> String {
        let atoms = self.vm.atoms();
        let mut text = String::new();
        for place in whereabouts::frames(self.vm, self.body, 64) {
            let line = place
                .line
                .as_ref()
                .map_or(String::new(), |(file, line)| format!(" ({file}:{line})"));
            text.push_str(&format!(
                "{}:{}/{}{line}\n",
                atoms.text(place.module),
                atoms.text(place.function),
                place.arity
            ));
        }
        text
    }

    fn status(&self) -> Atom {
        let is = |bit: u64| self.flags & bit != 0;
        if self.own {
            atoms::RUNNING
        } else if is(flag::EXITING) {
            atoms::EXITING
        } else if is(flag::SUSPENDED) {
            atoms::SUSPENDED
        } else if !is(flag::ACTIVE) {
            atoms::WAITING
        } else if is(flag::RUNNING) {
            atoms::RUNNING
        } else {
            atoms::RUNNABLE
        }
    }

    fn tie_item(&self, item: Atom) -> Option<Term<'h>> {
        let (out, body) = (self.out, self.body);
        Some(match item {
            atoms::MESSAGE_QUEUE_LEN => self.int(body.mailbox.borrow().len()),
            atoms::MESSAGES => {
                let messages = body.mailbox.borrow_mut().all(&body.heap);
                out.list_from(messages.into_iter().map(|message| self.copied(message)))
            }
            atoms::LINKS => {
                let links = body.if_relations(|r| {
                    r.links
                        .iter()
                        .filter(|(_, link)| **link == Link::Live)
                        .map(|(peer, _)| peer)
                        .collect::<Vec<_>>()
                });
                out.list_from(links.into_iter().map(Peer::term))
            }
            atoms::MONITORS => {
                let monitors = body.if_relations(|r| {
                    r.monitors
                        .iter()
                        .map(|(_, monitor)| monitor.watched)
                        .collect::<Vec<_>>()
                });
                out.list_from(monitors.into_iter().map(|watched| self.watched(watched)))
            }
            atoms::MONITORED_BY => {
                let by = body.if_relations(|r| {
                    let pids = r.watchers.iter().filter_map(|(_, watcher)| match watcher {
                        Watcher::Process(pid, _) => Some(*pid),
                        Watcher::Host(_) => None,
                    });
                    pids.collect::<Vec<_>>()
                });
                out.list_from(by.into_iter().map(Term::pid))
            }
            atoms::DICTIONARY => {
                let dict = body.dict.borrow();
                out.list_from(
                    dict.iter(&body.heap)
                        .map(|(key, value)| out.tuple(&[self.copied(key), self.copied(value)])),
                )
            }
            atoms::SUSPENDING => {
                let suspending = body.if_extra(|extra| extra.suspending.clone());
                out.list_from(suspending.into_iter().map(|(pid, count)| {
                    out.tuple(&[Term::pid(pid), self.int(count as usize), self.int(0)])
                }))
            }
            item if item.index() == self.aliases_item() => {
                let aliases = body.if_relations(|r| {
                    r.aliases
                        .iter()
                        .map(|(id, mode): (u64, &AliasMode)| (id, *mode))
                        .collect::<Vec<_>>()
                });
                out.list_from(
                    aliases
                        .into_iter()
                        .map(|(id, _)| out.reference(RefId(id), Some(body.pid))),
                )
            }
            _ => return None,
        })
    }

    /// `aliases` is no common atom.
    fn aliases_item(&self) -> usize {
        self.vm
            .atoms()
            .existing("aliases")
            .map_or(usize::MAX, Atom::index)
    }

    fn named(&self, name: Atom) -> Term<'h> {
        self.out
            .tuple(&[Term::atom(name), Term::atom(atoms::NONODE)])
    }

    fn watched(&self, watched: Watched) -> Term<'h> {
        match watched {
            Watched::Process(pid) => self.pair(atoms::PROCESS, Term::pid(pid)),
            Watched::Name(name, _) => self.pair(atoms::PROCESS, self.named(name)),
            Watched::PortName(name, _) => self.pair(atoms::PORT, self.named(name)),
            Watched::Port(port) => self.pair(atoms::PORT, Term::port(port)),
            Watched::TimeOffset => self.pair(atoms::TIME_OFFSET, Term::atom(atoms::CLOCK_SERVICE)),
        }
    }

    fn memory_item(&self, item: Atom) -> Option<Term<'h>> {
        let sizes = self.body.heap.sizes();
        Some(match item {
            atoms::TOTAL_HEAP_SIZE => self.int(self.body.heap.total_words()),
            atoms::HEAP_SIZE => self.int(sizes.heap_block_size),
            atoms::STACK_SIZE => self.int(sizes.stack_size),
            atoms::MEMORY => self.int(self.body.memory()),
            atoms::REDUCTIONS => self.int(self.body.reductions.get() as usize + self.used),
            atoms::GARBAGE_COLLECTION => self.collection_settings(),
            atoms::GARBAGE_COLLECTION_INFO => {
                let rows = [
                    (atoms::OLD_HEAP_BLOCK_SIZE, sizes.old_heap_block_size),
                    (atoms::HEAP_BLOCK_SIZE, sizes.heap_block_size),
                    (atoms::MBUF_SIZE, sizes.mbuf_size),
                    (atoms::RECENT_SIZE, sizes.recent_size),
                    (atoms::STACK_SIZE, sizes.stack_size),
                    (atoms::OLD_HEAP_SIZE, sizes.old_heap_size),
                    (atoms::HEAP_SIZE, sizes.heap_size),
                    (atoms::BIN_VHEAP_SIZE, sizes.bin_vheap_size),
                    (atoms::BIN_VHEAP_BLOCK_SIZE, sizes.bin_vheap_block_size),
                    (atoms::BIN_OLD_VHEAP_SIZE, sizes.bin_old_vheap_size),
                    (
                        atoms::BIN_OLD_VHEAP_BLOCK_SIZE,
                        sizes.bin_old_vheap_block_size,
                    ),
                ];
                self.out.list_from(
                    rows.into_iter()
                        .map(|(key, words)| self.pair(key, self.int(words))),
                )
            }
            atoms::BINARY => self.binaries(),
            _ => return None,
        })
    }

    /// `[{Id, Bytes, Holders}]`
    fn binaries(&self) -> Term<'h> {
        let held = self.body.heap.binaries();
        self.out
            .list_from(held.into_iter().map(|(id, bytes, holders)| {
                self.out
                    .tuple(&[self.int(id), self.int(bytes), self.int(holders)])
            }))
    }

    fn collection_settings(&self) -> Term<'h> {
        let usual = HeapOptions::default();
        let (min, vmin, sweep, max) = self.body.if_extra(|e| {
            (
                e.min_heap_size,
                e.min_bin_vheap_size,
                e.fullsweep_after,
                e.max_heap,
            )
        });
        self.out.list(&[
            self.pair(atoms::MAX_HEAP_SIZE, max_heap_term(self.out, max)),
            self.pair(
                atoms::MIN_BIN_VHEAP_SIZE,
                self.int(vmin.unwrap_or(usual.min_bin_vheap_size)),
            ),
            self.pair(
                atoms::MIN_HEAP_SIZE,
                self.int(min.unwrap_or(heap_sizes::LEAST)),
            ),
            self.pair(
                atoms::FULLSWEEP_AFTER,
                self.int(sweep.unwrap_or(usual.fullsweep_after) as usize),
            ),
            self.pair(
                atoms::MINOR_GCS,
                self.int(self.body.heap.minor_gcs() as usize),
            ),
        ])
    }

    fn last_calls(&self) -> Term<'h> {
        let Some(calls) = self.body.if_extra(|extra| extra.save_calls.all()) else {
            return Term::bool(false);
        };
        let terms: Vec<Term<'h>> = calls
            .into_iter()
            .map(|saved| match saved {
                Saved::Call(mfa) => self.out.tuple(&[
                    Term::atom(mfa.module),
                    Term::atom(mfa.function),
                    self.int(usize::from(mfa.arity)),
                ]),
                Saved::Send => Term::atom(atoms::SEND),
                Saved::Receive => Term::atom(atoms::RECEIVE),
                Saved::Timeout => Term::atom(atoms::TIMEOUT),
            })
            .collect();
        self.out.list(&terms)
    }

    fn setting_item(&self, item: Atom) -> Option<Term<'h>> {
        let body = self.body;
        Some(match item {
            atoms::TRAP_EXIT => Term::bool(body.has_flag(pf::TRAP_EXIT)),
            atoms::SENSITIVE => Term::bool(body.has_flag(pf::SENSITIVE)),
            atoms::LAST_CALLS => self.last_calls(),
            atoms::ASYNC_DIST => Term::bool(body.has_flag(pf::ASYNC_DIST)),
            atoms::ERROR_HANDLER => self.atom(
                body.if_extra(|extra| extra.error_handler)
                    .unwrap_or(atoms::ERROR_HANDLER),
            ),
            atoms::PRIORITY => self.atom(priority_name(
                (self.flags & flag::PRIORITY) >> flag::PRIORITY_SHIFT,
            )),
            atoms::GROUP_LEADER => Term::pid(body.group_leader.get()),
            atoms::MESSAGE_QUEUE_DATA => self.atom(if body.has_flag(pf::OFF_HEAP_MESSAGES) {
                atoms::OFF_HEAP
            } else {
                atoms::ON_HEAP
            }),
            atoms::MIN_HEAP_SIZE => self.int(
                body.if_extra(|extra| extra.min_heap_size)
                    .unwrap_or(heap_sizes::LEAST),
            ),
            atoms::MIN_BIN_VHEAP_SIZE => self.int(
                body.if_extra(|extra| extra.min_bin_vheap_size)
                    .unwrap_or(HeapOptions::default().min_bin_vheap_size),
            ),
            atoms::FULLSWEEP_AFTER => self.int(
                body.if_extra(|extra| extra.fullsweep_after)
                    .unwrap_or(HeapOptions::default().fullsweep_after) as usize,
            ),
            atoms::MAX_HEAP_SIZE => max_heap_term(self.out, body.if_extra(|extra| extra.max_heap)),
            atoms::TRACE => {
                self.int((body.trace_flags.get() & !crate::trace::flags::INTERNAL) as usize)
            }
            atoms::SEQUENTIAL_TRACE_TOKEN => match seq::token(body) {
                Some(token) => seq::token_term(self.out, &token),
                None => Term::NIL,
            },
            atoms::LABEL => match body.if_extra(|extra| extra.label) {
                Some(label) => self.copied(label.term(&body.heap)),
                None => self.atom(atoms::UNDEFINED),
            },
            _ => return None,
        })
    }
}

/// What was asked: names, and dictionary keys.
enum Question {
    One(Item),
    /// `{Item, Value}` for each.
    Many(Vec<Item>),
    /// `process_info/1`: the usual ones, the name only if there is one.
    Common,
}

enum Item {
    Named(Atom),
    /// `{dictionary, Key}`
    Key(OwnedTerm),
}

fn parse_item(term: Term<'_>) -> Option<Item> {
    if let Some(name) = term.as_atom() {
        return Some(Item::Named(name));
    }
    let tuple = term.as_tuple().filter(|tuple| tuple.len() == 2)?;
    tuple.get(0)?.is_atom(atoms::DICTIONARY).then_some(())?;
    tuple.get(1).map(|key| Item::Key(OwnedTerm::new(key)))
}

fn parse_question(term: Term<'_>) -> Option<Question> {
    if let Some(item) = parse_item(term) {
        return Some(Question::One(item));
    }
    let mut items = term.iter_list();
    let parsed: Option<Vec<Item>> = items.by_ref().map(parse_item).collect();
    (items.tail().is_nil()).then_some(Question::Many(parsed?))
}

/// The whole answer; `None` when an item is unknown.
fn answer<'h>(view: &View<'_, 'h>, question: &Question) -> Option<Term<'h>> {
    let value = |item: &Item| match item {
        Item::Named(name) => Some((Term::atom(*name), view.item(*name)?)),
        Item::Key(key) => {
            let found = view
                .body
                .dict
                .borrow()
                .get(&view.body.heap, key.term())
                .map(|value| view.copied(value));
            let name = view.pair(atoms::DICTIONARY, view.copied(key.term()));
            Some((name, found.unwrap_or(Term::atom(atoms::UNDEFINED))))
        }
    };
    match question {
        // Asked alone, a process without a name answers [].
        Question::One(Item::Named(atoms::REGISTERED_NAME))
            if view.item(atoms::REGISTERED_NAME)?.is_nil() =>
        {
            Some(Term::NIL)
        }
        Question::One(item) => value(item).map(|(key, value)| view.out.tuple(&[key, value])),
        Question::Many(items) => {
            let pairs: Option<Vec<Term<'h>>> = items
                .iter()
                .map(|item| value(item).map(|(key, value)| view.out.tuple(&[key, value])))
                .collect();
            Some(view.out.list(&pairs?))
        }
        Question::Common => {
            let pairs = COMMON.iter().filter_map(|name| {
                let value = view.item(*name)?;
                (*name != atoms::REGISTERED_NAME || !value.is_nil())
                    .then(|| view.pair(*name, value))
            });
            Some(view.out.list_from(pairs))
        }
    }
}

/// `None` inside: an unknown item.
type Answered = Option<OwnedTerm>;

fn ask<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    question: impl FnOnce() -> Option<Question>,
) -> Result<Term<'h>, Raise<'h>> {
    let pid = args[0].as_pid().ok_or_else(Raise::badarg)?;
    let (vm, body) = (cx.vm(), cx.process());
    let question = question().ok_or_else(Raise::badarg)?;
    let Some(process) = vm.processes.slot(pid.slot()) else {
        return Ok(Term::atom(atoms::UNDEFINED));
    };
    // Unread signals are handled first: a message sent to oneself counts.
    if pid == body.pid && body.reply.borrow().is_none() && process.inbox.is_empty() {
        let flags = process.cell.flags(pid.serial()).unwrap_or(0);
        let view = View {
            vm,
            body,
            flags,
            own: true,
            used: (body.given.get() - cx.reductions_left()).max(0) as usize,
            out: cx.heap(),
        };
        return answer(&view, &question).ok_or_else(Raise::badarg);
    }
    if body.reply.borrow().is_none()
        && process.inbox.is_empty()
        && let Some(flags) = process.cell.flags(pid.serial())
        && let Some(right) = process.cell.try_take(pid.serial())
    {
        let found = right.as_ref().map(|other| {
            let view = View {
                vm,
                body: other,
                flags,
                own: false,
                used: 0,
                out: cx.heap(),
            };
            let found = answer(&view, &question);
            count_question(other, &question);
            found
        });
        let wake = right.release(None);
        vm.wake(pid, wake);
        return match found {
            Some(answer) => answer.ok_or_else(Raise::badarg),
            None => Ok(Term::atom(atoms::UNDEFINED)),
        };
    }
    let gone = Some(OwnedTerm::atom(atoms::UNDEFINED));
    let own = pid == body.pid;
    let found: Answered =
        super::control::ask_process(cx, args, pid, gone, move |vm, process, other| {
            by_itself(vm, process.cell.flags(pid.serial()), own, other, &question)
        })?;
    found
        .map(|found| cx.heap().adopt(found))
        .ok_or_else(Raise::badarg)
}

/// The asked process answers; the answer is built aside, so that the question leaves nothing on its heap.
fn by_itself(
    vm: &Vm,
    flags: Option<u64>,
    own: bool,
    other: &ProcessBody,
    question: &Question,
) -> Answered {
    let aside = Heap::new(&vm.env, HeapOptions::default());
    let view = View {
        vm,
        body: other,
        flags: flags.unwrap_or(0),
        own,
        used: 0,
        out: &aside,
    };
    let found = answer(&view, question).map(OwnedTerm::new);
    count_question(other, question);
    found
}

/// An answer that the process itself has to give costs it a reduction, as in OTP.
fn count_question(asked: &ProcessBody, question: &Question) {
    let free = |item: &Item| matches!(item, Item::Named(name) if FREE.contains(name));
    let costs = match question {
        Question::One(item) => !free(item),
        Question::Many(items) => !items.iter().all(free),
        Question::Common => true,
    };
    let reductions = &asked.reductions;
    reductions.set(reductions.get() + u64::from(costs));
}

fn process_info_1<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    ask(cx, args, || Some(Question::Common))
}

fn process_info_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let answer = ask(cx, args, || parse_question(args[1]))?;
    // Of a process that is gone nothing is asked; an item that is none is an error all the same.
    if answer.is_atom(atoms::UNDEFINED) && !can_be_asked(cx, args[1]) {
        return Err(Raise::badarg());
    }
    Ok(answer)
}

/// Are these items of `process_info/2`? The caller can be asked the same.
fn can_be_asked(cx: &Cx<'_>, items: Term<'_>) -> bool {
    let aside = Heap::new(cx.heap().env(), HeapOptions::default());
    let view = View {
        vm: cx.vm(),
        body: cx.process(),
        flags: 0,
        own: true,
        used: 0,
        out: &aside,
    };
    parse_question(items).is_some_and(|question| answer(&view, &question).is_some())
}

/// `process_display(Pid, backtrace)`: to standard error.
fn process_display<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if !args[1].is_atom(atoms::BACKTRACE) {
        return Err(Raise::badarg());
    }
    let answer = ask(cx, args, || {
        Some(Question::One(Item::Named(atoms::BACKTRACE)))
    })?;
    let text = answer
        .as_tuple()
        .and_then(|tuple| tuple.get(1))
        .and_then(Term::as_binary)
        .ok_or_else(Raise::badarg)?;
    eprint!("{}", String::from_utf8_lossy(&text));
    Ok(Term::TRUE)
}
