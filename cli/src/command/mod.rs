//! The commands.

use std::ffi::OsString;

use transom_compiler::diagnostic::did_you_mean;

mod build;
mod bundle;
mod capture;
mod completions;
mod detach;
mod dump;
mod manual;
pub mod names;
mod new;
pub mod options;
mod project;
mod remote;
mod run;
mod shell;

const HELP: &str = "\
transom - runs Erlang programs on a virtual machine made to be watched and changed while it runs

Usage: transom COMMAND [OPTIONS] ...
       transom FILE [ARGS...]

Commands:
  run FILE|DIR|- [ARGS...]  compile in memory and run
  eval 'EXPRS'              evaluate expressions and print the last value
  test [DIR|FILES]          run EUnit tests
  check FILES               compile without running
  compile FILES -o DIR      write bytecode files
  bundle FILE|DIR -o OUT    write one executable: the virtual machine and the program
  console                   the interactive shell (so does `transom` alone on a terminal)
  ps                        the running VMs of this user
  attach NAME|PID           a console inside a running VM; --eval 'EXPRS' prints a value
  stop NAME|PID             end a VM in order, its supervision trees first
  top, snapshot, metrics, trace, reload, drift, history, diff, undo NAME|PID [ARGS...]
                            what a running VM does, and changing it
  command NAME|PID CMD ...  a command that the program registered
  capture replay|query|diff FILE...
                            saved traces, offline
  new [app|lib|script] NAME  a project with a supervised server, a test, a README; a library; a script
  completions SHELL         for bash, zsh or fish; `transom man` prints the manual page
  dump --stage STAGE FILE   show what the compiler made of a file: tokens, forms, core, bytecode

`transom COMMAND --help` tells more about a command.
";

/// What a command answers: an exit status, or what was wrong with its arguments.
pub type Status = Result<u8, String>;

/// Whether the first argument asks for help.
fn wants_help(arguments: &[OsString]) -> bool {
    arguments
        .first()
        .is_some_and(|first| first == "-h" || first == "--help")
}

/// Runs the command that the first argument names.
pub fn dispatch(mut arguments: Vec<OsString>) -> Status {
    if arguments.is_empty() {
        return shell::console(arguments);
    }
    let first = arguments.remove(0);
    match first.to_str() {
        Some("-h" | "--help" | "help") => {
            print!("{HELP}");
            Ok(0)
        }
        Some("-V" | "--version") => {
            println!("transom {}", env!("CARGO_PKG_VERSION"));
            Ok(0)
        }
        Some("run") => run::run(arguments),
        Some("console" | "shell") => shell::console(arguments),
        Some("eval") => run::eval(arguments),
        Some("check") => build::check(arguments),
        Some("compile") => build::compile(arguments),
        Some("bundle") => bundle::bundle(arguments),
        Some("test") => project::test(arguments),
        Some("dump") => dump::dump(arguments),
        Some("capture") => capture::capture(arguments),
        Some("new") => new::new(arguments),
        Some("completions") => completions::completions(arguments),
        Some("man") => manual::manual(&arguments),
        Some("ps") => remote::ps(arguments),
        Some("attach") => remote::attach(arguments),
        Some("command") => remote::command(arguments),
        Some(thin) if remote::THIN.contains(&thin) => {
            let command = thin.to_owned();
            remote::thin(&command, arguments)
        }
        Some(other) if is_no_file(other) => Err(no_command(other)),
        _ => {
            arguments.insert(0, first);
            run::run(arguments)
        }
    }
}

/// Whether a first argument can only be meant as a command: what has an extension or a directory is a file, if only a missing one.
fn is_no_file(word: &str) -> bool {
    !word.starts_with('-') && !word.contains(['/', '.']) && !std::path::Path::new(word).exists()
}

fn no_command(word: &str) -> String {
    let all = completions::commands();
    let near = did_you_mean(word, all.iter().map(|(name, _)| *name));
    let meant = near.map_or_else(String::new, |name| format!("did you mean {name}? "));
    format!("no command and no file is called '{word}' ({meant}see transom --help)")
}
