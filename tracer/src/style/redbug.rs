//! The output of `redbug`. Source: its documentation and recorded output.

use transom_pretty::CharRange;

use super::line::Line;
use super::{Identity, Style, World, gap_line, time_of_day};
use crate::capture::Captured;
use crate::event::{Event, Kind};

/// `print_time_unit`; the time is UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeUnit {
    #[default]
    Second,
    Millisecond,
    Microsecond,
}

/// The style of `redbug`, with its print options.
#[derive(Clone, Debug)]
pub struct Redbug {
    /// With the known bug of the original: an exception prints like a returned `{Class,Reason}`.
    pub compat: bool,
    pub unit: TimeUnit,
    pub depth: i64,
    pub print_return: bool,
    pub print_node: bool,
}

impl Default for Redbug {
    fn default() -> Self {
        Redbug {
            compat: false,
            unit: TimeUnit::Second,
            depth: 999_999,
            print_return: true,
            print_node: false,
        }
    }
}

impl Style for Redbug {
    fn event(&mut self, event: &Event, world: &dyn World, out: &mut String) {
        if event.kind() == Kind::Gap {
            out.push_str(&gap_line(event));
            return;
        }
        let (hour, minute, second, us) = time_of_day(event.header.wall_us);
        let fraction = match self.unit {
            TimeUnit::Second => String::new(),
            TimeUnit::Millisecond => format!(".{:03}", us / 1000),
            TimeUnit::Microsecond => format!(".{us:06}"),
        };
        out.push_str(&format!("\n% {hour:02}:{minute:02}:{second:02}{fraction} "));
        let subject = self.process(event.subject(), world);
        let mut line = Line::new(out, true, world.printable());
        line.text(&subject).text("\n% ");
        self.body(&mut line, event, world);
        line.text("\n");
    }
}

impl Redbug {
    fn body(&self, line: &mut Line<'_>, event: &Event, world: &dyn World) {
        match event.kind() {
            Kind::Call => {
                self.call(line, event);
                if let Some(extra) = event.extra() {
                    self.stack(line, extra);
                }
            }
            Kind::ReturnFrom | Kind::ExceptionFrom => self.returned(line, event),
            Kind::Send | Kind::SendToNonExisting => {
                let receiver = self.process(event.payload(1), world);
                line.text(&receiver)
                    .text(" <<< ")
                    .p_depth(event.payload(0), self.depth);
            }
            Kind::Receive => {
                line.text("<<< ").p_depth(event.payload(0), self.depth);
            }
            // The original knows no others.
            other => {
                line.text(other.tag());
                for at in 0..other.payload() {
                    line.text(" ").p_depth(event.payload(at), self.depth);
                }
            }
        }
    }

    fn call(&self, line: &mut Line<'_>, event: &Event) {
        let Some(mfa) = event.mfa(0) else {
            line.p_depth(event.payload(0), self.depth);
            return;
        };
        line.atom(mfa.module).text(":").atom(mfa.function);
        match mfa.args() {
            None => {
                line.text(&format!("/{}", mfa.arity()));
            }
            Some(args) => {
                line.text("(");
                for (at, arg) in args.into_iter().enumerate() {
                    line.text(if at > 0 { ", " } else { "" })
                        .separate_depth(arg, self.depth);
                }
                line.text(")");
            }
        }
    }

    fn returned(&self, line: &mut Line<'_>, event: &Event) {
        match event.mfa(0) {
            Some(mfa) => line.mfa(mfa.module, mfa.function, mfa.arity()),
            None => line.p(event.payload(0)),
        };
        if event.kind() == Kind::ExceptionFrom
            && !self.compat
            && let Some([class, reason]) = event
                .payload(1)
                .as_tuple()
                .and_then(|t| <[_; 2]>::try_from(t).ok())
        {
            line.text(" ** exception ")
                .p(class)
                .text(":")
                .p_depth(reason, self.depth);
        } else if self.print_return {
            line.text(" -> ").p_depth(event.payload(1), self.depth);
        } else {
            line.text(" -> '...'");
        }
    }

    /// Stack frames as `[{M,F,A}]`; the line of each ends in a space.
    fn stack(&self, line: &mut Line<'_>, extra: Captured<'_>) {
        let Some((frames, _)) = extra.as_list() else {
            return;
        };
        for frame in frames {
            if let Some([module, function, arity]) =
                frame.as_tuple().and_then(|t| <[_; 3]>::try_from(t).ok())
                && let (Some(module), Some(function), Some(arity)) =
                    (module.as_atom(), function.as_atom(), arity.as_int())
            {
                line.text("\n%   ")
                    .atom(module)
                    .text(":")
                    .atom(function)
                    .text(&format!("/{arity} "));
            }
        }
    }

    fn process(&self, process: Captured<'_>, world: &dyn World) -> String {
        let mut text = String::new();
        let mut line = Line::new(&mut text, true, CharRange::Latin1);
        if self.print_node {
            line.atom(&world.node()).text(" ");
        }
        match process.as_opaque() {
            None => {
                // A registered name, or `{Name,Node}`.
                line.p(process);
            }
            Some(pid) => match world.identity(pid) {
                Identity::Registered(name) => {
                    line.atom(&name);
                }
                Identity::Initial(module, function, arity) => {
                    line.w(process)
                        .text("({")
                        .atom(&module)
                        .text(",")
                        .atom(&function);
                    line.text(&format!(",{arity}}})"));
                }
                Identity::Dead => {
                    line.w(process).text("(dead)");
                }
            },
        }
        text
    }
}

/// The line that `redbug` ends with.
pub fn done(reason: &str, answer: u64) -> String {
    format!("redbug done, {reason} - {answer}\n")
}

/// A number as `call_count` and `call_time` show it: with `k`, `M`, `G`, `T` or `P` from 1000 up.
pub fn human(number: f64) -> String {
    let mut scaled = number;
    let mut unit = "";
    for next in ["k", "M", "G", "T", "P"] {
        if scaled < 1000.0 {
            break;
        }
        scaled /= 1000.0;
        unit = next;
    }
    if unit.is_empty() {
        if number.fract() == 0.0 {
            format!("{number:.0}")
        } else {
            format!("{number}")
        }
    } else {
        format!("{scaled:.1}{unit}")
    }
}

/// The hint before the last line, if the reason has one.
pub fn hint(reason: &str) -> Option<&'static str> {
    match reason {
        "msg_queue" => Some("you might want to set the max_queue option (see redbug:help/0)\n"),
        "arg_length" | "arg_size" => {
            Some("you might want to set the max_msg_size option (see redbug:help/0)\n")
        }
        _ => None,
    }
}
