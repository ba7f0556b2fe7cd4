//! The functions that set tracing: `erlang:trace/3`, `trace_pattern/2,3`, `trace_info/2`, `trace_delivered/1`, `match_spec_test/3`, and beneath modules `trace`
//! and `transom_tracer` the same for any session, in `erts_internal`.

pub mod aggregates;
pub mod compile;
pub mod info;
pub mod native;
pub mod options;
pub mod pattern;
pub mod ports;
pub mod process;
pub mod seq;
pub mod sessions;
pub mod spec_test;
pub mod system;

use std::sync::Arc;

use crate::atoms::{self, Atom};
use crate::bifs::{Cx, Raise};
use crate::heap::Term;
use crate::trace::session::Session;

/// The session of a handle: `{Strong, {Name, Id}}` or the weak `{Name, Id}` of module `trace`, `{trace_session, Id}` of `transom_tracer`, or `default` for the
/// legacy session. A strong handle keeps its session alive: see [`sessions`].
pub fn session<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Arc<Session>, Raise<'h>> {
    let live = |session: &Arc<Session>| !session.is_ended();
    let found = any_session(cx, t)?.into_iter().find(live);
    if found.is_none() {
        // It may have ended while the caller waited for an answer about it: that question is closed with the call.
        *cx.process().reply.borrow_mut() = None;
    }
    found.ok_or_else(Raise::badarg)
}

/// The same, ended ones included.
pub fn any_session<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Option<Arc<Session>>, Raise<'h>> {
    if t.is_atom(atoms::DEFAULT) {
        return Ok(Some(Arc::clone(&cx.vm().tracing.legacy)));
    }
    let (name, id) = weak_handle(t).ok_or_else(Raise::badarg)?;
    let named = |s: &Arc<Session>| match s.sink() {
        Some(_) => name == atoms::TRACE_SESSION,
        None => s.name == cx.atoms().text(name),
    };
    Ok(cx.vm().tracing.session(id).filter(named))
}

/// Name and number in a handle, weak or strong.
fn weak_handle<'h>(t: Term<'h>) -> Option<(Atom, u32)> {
    let pair = |t: Term<'h>| t.as_tuple().filter(|t| t.len() == 2);
    let mut handle = pair(t)?;
    if handle.get(0)?.as_ref().is_some() {
        handle = pair(handle.get(1)?)?;
    }
    let id = u32::try_from(handle.get(1)?.as_small()?).ok()?;
    Some((handle.get(0)?.as_atom()?, id))
}

/// The handle that says which session it is and does not keep it alive. Sessions with a formatter of the VM live as long as their owner.
pub fn session_term<'h>(cx: &Cx<'h>, session: &Session) -> Result<Term<'h>, Raise<'h>> {
    let name = match session.sink() {
        Some(_) => Term::atom(atoms::TRACE_SESSION),
        None => cx.atom_term(&session.name)?,
    };
    Ok(numbered(cx, name, session.id))
}

/// A name and a number.
pub fn numbered<'h>(cx: &Cx<'h>, name: Term<'h>, id: u32) -> Term<'h> {
    let heap = cx.heap();
    heap.tuple(&[name, heap.uint(u64::from(id))])
}
