//! The default handler of `dbg`, byte for byte. Source: its documentation and recorded output.

use super::line::{Line, stamp_term};
use super::{Style, World, gap_line};
use crate::capture::Captured;
use crate::event::{Event, Kind, Mfa};

/// Lines as OTP's `dbg` prints them.
#[derive(Clone, Copy, Debug)]
pub struct Dbg;

impl Style for Dbg {
    fn event(&mut self, event: &Event, world: &dyn World, out: &mut String) {
        if event.kind() == Kind::Gap {
            out.push_str(&gap_line(event));
            return;
        }
        let mut line = Line::new(out, true, world.printable());
        if event.kind() == Kind::SeqTrace {
            seq_trace(&mut line, event);
            return;
        }
        if event.kind() == Kind::Drop {
            line.text("*** Dropped ")
                .p(event.payload(0))
                .text(" messages.\n");
            return;
        }
        if event.kind() == Kind::Garbage {
            line.text("** tracer received garbage: ")
                .p(event.payload(0))
                .text("\n");
            return;
        }
        line.text("(").p(event.subject()).text(") ");
        body(&mut line, event);
        if let Some(stamp) = stamp_term(event.header.stamp) {
            line.text(" (Timestamp: ").p(stamp.view()).text(")");
        }
        line.text("\n");
    }
}

fn body(line: &mut Line<'_>, event: &Event) {
    match event.kind() {
        Kind::Receive => {
            line.text("<< ").p(event.payload(0));
        }
        Kind::Send => {
            line.p(event.payload(1)).text(" ! ").p(event.payload(0));
        }
        Kind::Call => {
            line.text("call ");
            function(line, event, 0);
            if let Some(extra) = event.extra() {
                line.text(" (").p(extra).text(")");
            }
        }
        Kind::ReturnFrom => {
            line.text("returned from ");
            function(line, event, 0);
            line.text(" -> ").p(event.payload(1));
        }
        Kind::ReturnTo => {
            line.text("returning to ");
            function(line, event, 0);
        }
        Kind::Spawn => {
            line.text("spawn ").p(event.payload(0)).text(" as ");
            function(line, event, 1);
        }
        other => {
            line.atom(other.tag());
            let payload = (0..other.payload()).map(|at| event.payload(at));
            for term in payload.chain(event.extra()) {
                line.text(" ").separate(term);
            }
        }
    }
}

/// `m:f(a,b)` or `m:f/2`.
fn function(line: &mut Line<'_>, event: &Event, at: usize) {
    let Some(mfa) = event.mfa(at) else {
        line.separate(event.payload(at));
        return;
    };
    let Mfa {
        module, function, ..
    } = mfa;
    line.atom(module).text(":").atom(function);
    let Some(args) = mfa.args() else {
        line.text(&format!("/{}", mfa.arity()));
        return;
    };
    line.text("(");
    for (at, arg) in args.into_iter().enumerate() {
        line.text(if at > 0 { "," } else { "" }).separate(arg);
    }
    line.text(")");
}

fn seq_trace(line: &mut Line<'_>, event: &Event) {
    line.text("SeqTrace ");
    if let Some(stamp) = stamp_term(event.header.stamp) {
        line.p(stamp.view()).text(" ");
    }
    line.text("[").p(event.payload(0)).text("]: ");
    let parts = event.payload(1).as_tuple().unwrap_or_default();
    let what = parts.first().and_then(Captured::as_atom).unwrap_or("");
    match (what, &parts[..]) {
        ("send", [_, serial, from, to, message]) => {
            line.text("(")
                .p(*from)
                .text(") ")
                .p(*to)
                .text(" ! ")
                .p(*message);
            line.text(" [Serial: ").p(*serial).text("]\n");
        }
        ("receive", [_, serial, from, to, message]) => {
            line.text("(").p(*to).text(") << ").p(*message);
            line.text(" [Serial: ")
                .p(*serial)
                .text(", From: ")
                .p(*from)
                .text("]\n");
        }
        ("print", [_, serial, from, _, info]) => {
            line.text("-> ")
                .p(*info)
                .text(" [Serial: ")
                .p(*serial)
                .text(", From: ")
                .p(*from)
                .text("]\n");
        }
        _ => {
            line.p(event.payload(1)).text("\n");
        }
    }
}
