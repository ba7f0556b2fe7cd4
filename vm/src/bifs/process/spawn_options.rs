//! The option list of `spawn_opt` and `spawn_request`.

use super::heap_sizes;
use super::ties::{MonitorOptions, monitor_options};
use crate::atoms;
use crate::bifs::Cx;
use crate::heap::{OwnedTerm, Term};
use crate::process::body::{MaxHeap, process_flag};
use crate::process::spawn::SpawnOptions;

/// Run-queue level of a priority's name.
pub fn priority_level(name: Term<'_>) -> Option<u8> {
    match name.as_atom()? {
        atoms::LOW => Some(0),
        atoms::NORMAL => Some(1),
        atoms::HIGH => Some(2),
        atoms::MAX => Some(3),
        _ => None,
    }
}

/// The name of a run-queue level.
pub fn priority_name(level: u64) -> atoms::Atom {
    [atoms::LOW, atoms::NORMAL, atoms::HIGH, atoms::MAX][(level & 3) as usize]
}

/// A `max_heap_size` value: words, or a map, whose unknown keys do not count. Of bounds below the least heap only 0 (none) is one.
pub fn max_heap(value: Term<'_>) -> Option<MaxHeap> {
    let mut parsed = MaxHeap {
        size: 0,
        kill: true,
        error_logger: true,
        include_shared_binaries: false,
    };
    if let Some(map) = value.as_map() {
        for (key, value) in map.iter() {
            let on = || match value.as_atom()? {
                atoms::TRUE => Some(true),
                atoms::FALSE => Some(false),
                _ => None,
            };
            match key.as_atom() {
                Some(atoms::SIZE) => parsed.size = value.as_usize()?,
                Some(atoms::KILL) => parsed.kill = on()?,
                Some(atoms::ERROR_LOGGER) => parsed.error_logger = on()?,
                Some(atoms::INCLUDE_SHARED_BINARIES) => parsed.include_shared_binaries = on()?,
                _ => {}
            }
        }
        map.get(Term::atom(atoms::SIZE))?;
    } else {
        parsed.size = value.as_usize()?;
    }
    (parsed.size == 0 || parsed.size >= heap_sizes::LEAST).then_some(parsed)
}

/// Everything a spawn may be told.
pub struct Parsed {
    pub spawn: SpawnOptions,
    pub link: bool,
    pub monitor: Option<MonitorOptions>,
    pub max_heap: Option<MaxHeap>,
    pub reply_tag: Option<OwnedTerm>,
    /// `spawn_request`: is an answer wanted for success, for failure?
    pub reply: (bool, bool),
}

impl Parsed {
    /// What every spawn of this process starts from.
    pub fn basics(cx: &Cx<'_>) -> Parsed {
        let body = cx.process();
        let defaults = cx.vm().heap_defaults.values();
        Parsed {
            spawn: SpawnOptions {
                parent: Some(body.pid),
                group_leader: Some(body.group_leader.get()),
                heap: defaults.heap_options(),
                ..SpawnOptions::default()
            },
            link: false,
            monitor: None,
            max_heap: defaults.max_heap,
            reply_tag: None,
            reply: (true, true),
        }
    }
}

/// Reads an option list; `None` for a bad one. `request`: the options of `spawn_request` are allowed too.
pub fn parse(cx: &Cx<'_>, list: Term<'_>, request: bool) -> Option<Parsed> {
    let mut parsed = Parsed::basics(cx);
    let mut items = list.iter_list();
    for item in items.by_ref() {
        match item.as_atom() {
            Some(atoms::LINK) => parsed.link = true,
            Some(atoms::MONITOR) => parsed.monitor = Some(MonitorOptions::default()),
            Some(_) => return None,
            None => pair(&mut parsed, item, request)?,
        }
    }
    items.tail().is_nil().then_some(parsed)
}

fn pair(parsed: &mut Parsed, item: Term<'_>, request: bool) -> Option<()> {
    let tuple = item.as_tuple().filter(|tuple| tuple.len() == 2)?;
    let (key, value) = (tuple.get(0)?.as_atom()?, tuple.get(1)?);
    let spawn = &mut parsed.spawn;
    match key {
        atoms::MONITOR => parsed.monitor = Some(monitor_options(value)?),
        atoms::PRIORITY => spawn.priority = priority_level(value)?,
        atoms::MIN_HEAP_SIZE => spawn.heap.min_heap_size = heap_sizes::min_heap(value)?,
        atoms::MIN_BIN_VHEAP_SIZE => {
            spawn.heap.min_bin_vheap_size = heap_sizes::min_virtual_heap(value)?
        }
        atoms::FULLSWEEP_AFTER => spawn.heap.fullsweep_after = heap_sizes::fullsweep_after(value)?,
        atoms::MAX_HEAP_SIZE => {
            let max = max_heap(value)?;
            spawn.heap.max_heap_size = max.kills_above();
            parsed.max_heap = Some(max);
        }
        atoms::MESSAGE_QUEUE_DATA => match value.as_atom()? {
            atoms::OFF_HEAP => spawn.flags |= process_flag::OFF_HEAP_MESSAGES,
            atoms::ON_HEAP => spawn.flags &= !process_flag::OFF_HEAP_MESSAGES,
            _ => return None,
        },
        atoms::ASYNC_DIST => match value.as_atom()? {
            atoms::TRUE | atoms::FALSE => {}
            _ => return None,
        },
        atoms::REPLY_TAG if request => parsed.reply_tag = Some(OwnedTerm::new(value)),
        atoms::REPLY if request => {
            parsed.reply = match value.as_atom()? {
                atoms::YES => (true, true),
                atoms::NO => (false, false),
                atoms::SUCCESS_ONLY => (true, false),
                atoms::ERROR_ONLY => (false, true),
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}
