//! `transom console`: the shell in a VM of its own.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::os::unix::net::UnixStream;

use super::Status;
use crate::arguments::{CompilerOptions, Values, VmOptions, unknown};
use crate::console;
use crate::control::client::{self, Terminal, Want};
use crate::control::server;
use crate::live::{CodeFlags, Flag, Live, LiveOptions};

pub(super) const HELP: &str = "\
Usage: transom console [--name NAME] [-pa DIR] [OPTIONS OF THE VM]

The interactive shell. When standard input is no terminal, expressions are read from it.
-pa DIR: bytecode files, and .erl sources compiled on first use; -I DIR, -D NAME[=VALUE] for these and for c/1.
help(). lists the commands; Tab completes; Ctrl-C cancels or interrupts; Ctrl-D leaves; Ctrl-G is job control.
";

/// `transom console`
pub fn console(arguments: Vec<OsString>) -> Status {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut vm, mut live) = (VmOptions::default(), LiveOptions::default());
    let mut compiler = CompilerOptions::default();
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        let long = match arg {
            lexopt::Arg::Long(name) => name.to_owned(),
            lexopt::Arg::Short('h') => "help".to_owned(),
            lexopt::Arg::Short(letter) => {
                let option = lexopt::Arg::Short(letter);
                let mut values = Values(&mut parser);
                if !compiler.take(&option, &mut || values.text())? {
                    return Err(unknown(&option));
                }
                continue;
            }
            other => return Err(unknown(&other)),
        };
        let mut values = Values(&mut parser);
        match long.as_str() {
            "help" => {
                print!("{HELP}");
                return Ok(0);
            }
            "no-control" => live.no_control = true,
            "name" => {
                let name = values.text()?.to_string_lossy().into_owned();
                vm.name(&name);
                live.name = Some(name);
            }
            long => {
                let option = lexopt::Arg::Long(long);
                if !vm.take(&option, &mut values)? {
                    return Err(unknown(&option));
                }
            }
        }
    }
    let interactive = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    live.console = interactive;
    let live = Live::new(vm.start()?, &live)?;
    let code = CodeFlags::of(&compiler);
    Ok(if interactive {
        on_terminal(live, &code)
    } else {
        piped(live, &code)
    })
}

/// The shell on standard input and output, as they are.
fn piped(live: Live, code: &CodeFlags) -> u8 {
    let flags = [
        ("log", Flag::Atom("standard_io")),
        ("script", Flag::Text("console")),
        ("flags", Flag::Code(code)),
    ];
    let options = live.vm.atoms().intern("piped");
    let args: Vec<_> = options
        .into_iter()
        .map(transom_vm::heap::Term::atom)
        .collect();
    match live.start(&flags, "shell", "server", &args) {
        Some(wait) => live.finish(&wait),
        None => 1,
    }
}

/// The shell behind a pair of sockets, the editor before it.
fn on_terminal(live: Live, code: &CodeFlags) -> u8 {
    let flags = [
        ("log", Flag::Atom("standard_io")),
        ("script", Flag::Text("console")),
        ("flags", Flag::Code(code)),
        ("keep", Flag::Atom("true")),
    ];
    let Some(wait) = live.start(&flags, "erlang", "node", &[]) else {
        return 1;
    };
    match converse(&live) {
        Ok(status) => live.vm.halt(i32::from(status)),
        Err(message) => {
            eprintln!("transom: {message}");
            live.vm.halt(1);
        }
    }
    live.finish(&wait)
}

fn converse(live: &Live) -> Result<u8, String> {
    let (near, far) = UnixStream::pair().map_err(|e| e.to_string())?;
    let vm = live.vm.clone();
    std::thread::Builder::new()
        .name("transom-shell".to_owned())
        .spawn(move || server::converse(&vm, far))
        .map_err(|e| e.to_string())?;
    let terminal = Terminal {
        own: true,
        ..Terminal::here()
    };
    let near = client::ask(near, &Want::Console, &terminal).map_err(|e| e.to_string())?;
    let status = console::run(near)?;
    Ok(live.vm.halted().map_or(status, |n| n as u8))
}
