//! A Mermaid sequence chart: processes as participants, messages, spawns and calls as arrows.

use std::collections::HashMap;

use super::line::{NO_RECORDS, one_line};
use super::native::call_name;
use super::{Style, World};
use crate::capture::Captured;
use crate::event::{Event, Kind};

/// Labels are cut to that many characters.
const LABEL: usize = 60;

/// A sequence diagram in Mermaid's language.
#[derive(Clone, Debug, Default)]
pub struct Mermaid {
    participants: HashMap<String, usize>,
}

impl Style for Mermaid {
    fn begin(&mut self, out: &mut String) {
        out.push_str("sequenceDiagram\n");
    }

    fn event(&mut self, event: &Event, _world: &dyn World, out: &mut String) {
        let from = self.participant(event.subject(), out);
        let term = |at| label(&one_line(event.payload(at), &NO_RECORDS));
        match event.kind() {
            Kind::Send | Kind::SendToNonExisting => {
                let to = self.participant(event.payload(1), out);
                let arrow = if event.kind() == Kind::Send {
                    "->>"
                } else {
                    "-x"
                };
                out.push_str(&format!("    P{from}{arrow}P{to}: {}\n", term(0)));
            }
            Kind::Spawn => {
                let child = self.participant(event.payload(0), out);
                out.push_str(&format!("    P{from}-)P{child}: spawn {}\n", term(1)));
            }
            Kind::Call => {
                let args = event.mfa(0).and_then(|mfa| mfa.args()).map(|args| {
                    args.into_iter()
                        .map(|arg| one_line(arg, &NO_RECORDS))
                        .collect::<Vec<_>>()
                        .join(", ")
                });
                let name = event.mfa(0).map_or(String::new(), |mfa| {
                    format!("{}:{}", mfa.module, mfa.function)
                });
                let text = args.map_or_else(
                    || call_name(event).unwrap_or_default(),
                    |args| format!("{name}({args})"),
                );
                out.push_str(&format!("    P{from}->>P{from}: {}\n", label(&text)));
            }
            Kind::ReturnFrom | Kind::ExceptionFrom => {
                let name = call_name(event).unwrap_or_default();
                out.push_str(&format!(
                    "    Note right of P{from}: {} = {}\n",
                    label(&name),
                    term(1)
                ));
            }
            Kind::Exit => out.push_str(&format!("    Note over P{from}: exit {}\n", term(0))),
            _ => {}
        }
    }
}

impl Mermaid {
    fn participant(&mut self, process: Captured<'_>, out: &mut String) -> usize {
        let name = one_line(process, &NO_RECORDS);
        let next = self.participants.len();
        let number = *self.participants.entry(name.clone()).or_insert(next);
        if number == next && self.participants.len() > next {
            out.push_str(&format!("    participant P{number} as {}\n", label(&name)));
        }
        number
    }
}

/// Text that Mermaid takes for nothing but text.
fn label(text: &str) -> String {
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == LABEL {
            out.push_str("...");
            break;
        }
        match c {
            ';' | '#' | '<' | '>' => out.push_str(&format!("#{};", u32::from(c))),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
