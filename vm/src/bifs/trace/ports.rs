//! Opening trace ports; `dbg:trace_port/2` is made of it. Their records and threads: `trace/port_writer`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::atoms;
use crate::bifs::io::blocking::{blocking, error_term};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::ports::Device;
use crate::io::text::text_of;
use crate::trace::port_writer::{Limit, Target, Wrap, Writer};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[BifRow::new("erts_internal", "open_trace_port", 2, open)];

/// `open_trace_port(file, Name | {Name, Suffix, Limit, Count}) | (ip, {Port, Records})`: `Port`, or `{error, Posix}`. `Limit` is a number of bytes or
/// `{time, Ms}`.
fn open<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (name, target) = target(cx, args[0], args[1]).ok_or_else(Raise::badarg)?;
    let opened: std::io::Result<Arc<Writer>> = blocking(cx, args, move || Writer::open(target))?;
    let writer = match opened {
        Ok(writer) => writer,
        Err(error) => return error_term(cx, &error),
    };
    let cell = cx
        .vm()
        .open_port(cx.process(), name, |_| Device::Trace(Arc::clone(&writer)));
    match cell {
        Some(cell) => Ok(Term::port(cell.id)),
        None => {
            writer.close();
            Err(Raise::system_limit())
        }
    }
}

fn target(cx: &Cx<'_>, kind: Term<'_>, what: Term<'_>) -> Option<(String, Target)> {
    let number = |t: Term<'_>| t.as_small().filter(|n| *n >= 0);
    match (cx.atoms().text(kind.as_atom()?), what.as_tuple()) {
        ("file", None) => {
            let name = file_name(cx, what)?;
            Some((
                format!("trace_file_drv n {name}"),
                Target::File(PathBuf::from(name)),
            ))
        }
        ("file", Some(parts)) if parts.len() == 4 => {
            let name = file_name(cx, parts.get(0)?)?;
            let suffix = file_name(cx, parts.get(1)?)?;
            let limit = parts.get(2)?;
            let limit = match limit.as_tuple() {
                Some(time) if time.len() == 2 && time.get(0)?.is_atom(atoms::TIME) => {
                    Limit::Time(Duration::from_millis(number(time.get(1)?)? as u64))
                }
                Some(_) => return None,
                None => Limit::Bytes(number(limit)? as u64),
            };
            let count = u32::try_from(number(parts.get(3)?)?)
                .ok()
                .filter(|n| *n > 0)?;
            let shown = format!("trace_file_drv w {name} {suffix}");
            let wrap = Wrap {
                name: name.into_bytes(),
                suffix: suffix.into_bytes(),
                limit,
                count,
            };
            Some((shown, Target::Wrap(wrap)))
        }
        ("ip", Some(pair)) if pair.len() == 2 => {
            let port = u16::try_from(number(pair.get(0)?)?).ok()?;
            let records = number(pair.get(1)?)? as usize;
            let shown = format!("trace_ip_drv {port} {records}");
            Some((shown, Target::Socket(port, records)))
        }
        _ => None,
    }
}

/// A name as text; atoms are taken too.
fn file_name(cx: &Cx<'_>, t: Term<'_>) -> Option<String> {
    if let Some(name) = t.as_atom() {
        return Some(cx.atoms().text(name).to_owned());
    }
    if let Some(bytes) = t.as_binary() {
        return String::from_utf8(bytes.into_owned()).ok();
    }
    text_of(t)
}
