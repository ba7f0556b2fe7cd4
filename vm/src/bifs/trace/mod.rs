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

use crate::atoms;
use crate::bifs::{Cx, Raise};
use crate::heap::Term;
use crate::trace::session::Session;

/// `{trace_session, Id}`, or `default` for the legacy session.
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
    let id = session_id(t).ok_or_else(Raise::badarg)?;
    Ok(cx.vm().tracing.session(id))
}

/// The number in `{trace_session, Id}`.
pub fn session_id(t: Term<'_>) -> Option<u32> {
    let t = t.as_tuple().filter(|t| t.len() == 2)?;
    if !t.get(0)?.is_atom(atoms::TRACE_SESSION) {
        return None;
    }
    u32::try_from(t.get(1)?.as_small()?).ok()
}

/// The handle of a session.
pub fn session_term<'h>(cx: &Cx<'h>, id: u32) -> Term<'h> {
    let heap = cx.heap();
    heap.tuple(&[Term::atom(atoms::TRACE_SESSION), heap.uint(u64::from(id))])
}
