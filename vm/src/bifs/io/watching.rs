//! Notices of changes in directories, from the operating system. A notice says only that something changed: whoever gets it looks for
//! himself, so that nothing depends on what a system reports, and notices can be few.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::files::path;
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, HeapOptions, Resource, ResourceBox, Term};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erts_internal", "watch_directories", 1, watch_directories),
    BifRow::new("erts_internal", "watch_taken", 1, watch_taken),
];

/// What the reference of a watch holds; with it the watch ends.
struct Watch {
    /// A message is under way, or in the mailbox.
    told: Arc<AtomicBool>,
    _watcher: RecommendedWatcher,
}

/// Reading changes nothing.
fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

/// `watch_directories([Directory])`: `{ok, Watch}`, and `{directory_changed}` to the caller for every change in one of them until
/// [`watch_taken`] says that the message was seen; `{error, Text}` where that cannot be had. The watch ends with its reference.
fn watch_directories<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut directories = Vec::new();
    for t in args[0].iter_list() {
        directories.push(path(t).ok_or_else(Raise::badarg)?);
    }
    let told = Arc::new(AtomicBool::new(false));
    let (flag, vm, pid) = (Arc::clone(&told), cx.vm().weak(), cx.process().pid);
    let tell = move |event: notify::Result<Event>| {
        // What went wrong in watching is a reason to look, too.
        if event.is_ok_and(|e| !is_change(&e)) || flag.swap(true, Ordering::AcqRel) {
            return;
        }
        if let Some(vm) = vm.upgrade() {
            let heap = Heap::new(&vm.env, HeapOptions::default());
            if let Ok(tag) = vm.atoms().intern("directory_changed") {
                vm.send_message(pid, heap.tuple(&[Term::atom(tag)]));
            }
        }
    };
    let watch = notify::recommended_watcher(tell).and_then(|mut watcher| {
        for directory in &directories {
            watcher.watch(Path::new(directory), RecursiveMode::NonRecursive)?;
        }
        Ok(Watch {
            told,
            _watcher: watcher,
        })
    });
    let heap = cx.heap();
    Ok(match watch {
        Ok(watch) => {
            let resource = Resource::new(ResourceBox(Box::new(watch)));
            let reference = heap.magic_ref(heap.env().fresh_ref(), resource);
            heap.tuple(&[Term::atom(atoms::OK), reference])
        }
        Err(e) => {
            let text = heap.binary(e.to_string().as_bytes());
            heap.tuple(&[Term::atom(atoms::ERROR), text])
        }
    })
}

/// The message of a watch was seen: the next change is told again.
fn watch_taken<'h>(_: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let resource = args[0].as_ref().and_then(|r| r.resource());
    let resource = resource.ok_or_else(Raise::badarg)?;
    let watch = resource
        .0
        .downcast_ref::<Watch>()
        .ok_or_else(Raise::badarg)?;
    watch.told.store(false, Ordering::Release);
    Ok(Term::atom(atoms::OK))
}
