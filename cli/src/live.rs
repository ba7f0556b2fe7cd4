//! A VM as a program among others: its control socket, the signals it answers, its end.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1,
    SIGUSR2, SIGWINCH,
};
use signal_hook::iterator::{Handle, Signals};
use transom_vm::atoms;
use transom_vm::heap::{Heap, HeapOptions, OwnedTerm, Term};
use transom_vm::io::signals::{Disposition, SignalHost};
use transom_vm::process::host::{Ended, HostWait};
use transom_vm::vm::Vm;

use crate::arguments::{CompilerOptions, VmOptions};
use crate::control::metrics;
use crate::control::server::{self, Server};
use crate::script::Header;
use crate::{report, uncaught};

/// What others may know of it, and how it listens.
#[derive(Default)]
pub struct LiveOptions {
    /// `--name`
    pub name: Option<String>,
    /// `--no-control`
    pub no_control: bool,
    /// `--watch`
    pub watch: bool,
    /// Ctrl-C belongs to the console.
    pub console: bool,
    /// Called as `escript`: another status after an exception, reports on standard output.
    pub escript: bool,
    /// `--metrics-port`
    pub metrics_port: Option<u16>,
    /// `--metrics-token`
    pub metrics_token: Option<PathBuf>,
}

impl LiveOptions {
    /// Opens the control socket, if it is wanted.
    fn listen(&self, vm: &Arc<Vm>) -> Result<Option<Server>, String> {
        match (self.no_control, self.name.as_deref()) {
            (true, Some(_)) => {
                Err("--name is for others to attach by, --no-control keeps them out".to_owned())
            }
            (true, None) => Ok(None),
            (false, name) => server::start(vm, name).map(Some),
        }
    }
}

/// A VM that listens and answers signals.
pub struct Live {
    pub vm: Arc<Vm>,
    /// Called as `escript`.
    pub escript: bool,
    server: Option<Server>,
    metrics: Option<metrics::Server>,
    handle: Option<Handle>,
}

/// Where the program was when its first VM began: a restart begins there.
static STARTED_IN: OnceLock<PathBuf> = OnceLock::new();
/// The code mode that `init:restart/1` asks for; `init` takes it out of the environment.
const MODE_VARIABLE: &str = "TRANSOM_CODE_MODE";
/// Status after SIGINT.
const INTERRUPTED: i32 = 130;
/// Status of an escript that ended in an exception, as in OTP.
const ESCRIPT_FAILED: i32 = 127;
/// What was said to clients before the end is sent within this time, or not at all.
const LAST_WORDS: Duration = Duration::from_millis(300);

impl Live {
    /// Opens the control socket and takes the signals. Without a name a socket that cannot be opened is no reason not to run.
    pub fn new(vm: Arc<Vm>, options: &LiveOptions) -> Result<Live, String> {
        if let Ok(folder) = std::env::current_dir() {
            STARTED_IN.get_or_init(|| folder);
        }
        let server = match options.listen(&vm) {
            Ok(server) => server,
            Err(message) if options.name.is_some() => return Err(message),
            Err(_) => None,
        };
        let metrics = match (options.metrics_port, &options.metrics_token) {
            (Some(port), token) => Some(metrics::start(&vm, port, token.as_deref())?),
            (None, Some(_)) => return Err("--metrics-token goes with --metrics-port".to_owned()),
            (None, None) => None,
        };
        let handle = take_signals(&vm, options.console);
        Ok(Live {
            vm,
            escript: options.escript,
            server,
            metrics,
            handle,
        })
    }

    /// Boots the system and applies a function; `flags` goes to `init:main/4`.
    pub fn start(
        &self,
        flags: &[(&str, Flag<'_>)],
        module: &str,
        function: &str,
        args: &[Term<'_>],
    ) -> Option<Arc<HostWait>> {
        let vm = &self.vm;
        let heap = Heap::new(&vm.env, HeapOptions::default());
        let atom = |text: &str| vm.atoms().intern(text).map(Term::atom).ok();
        let pairs: Option<Vec<_>> = flags
            .iter()
            .map(|(key, value)| Some((atom(key)?, value.term(&heap, vm)?)))
            .collect();
        let options = heap.map_from_pairs(&pairs?);
        let args: Vec<Term<'_>> = args.iter().map(|a| heap.copy_in(*a)).collect();
        let call = [options, atom(module)?, atom(function)?, heap.list(&args)];
        vm.spawn_call("init", "main", &call)
            .ok()
            .map(|(_, wait)| wait)
    }

    /// Waits for the function or the halt, stops everything; the exit status.
    pub fn finish(mut self, wait: &HostWait) -> u8 {
        let status = loop {
            if let Some(ended) = wait.wait_for(Duration::from_millis(20)) {
                if ended.uncaught {
                    let_logger_finish(&self.vm);
                }
                break self.status_of(&ended);
            }
            if self.vm.halted().is_some() {
                break 0;
            }
        };
        let status = self.vm.halted().unwrap_or(status);
        self.server = None;
        self.metrics = None;
        let since = Instant::now();
        while self.vm.io.channels.waiting() && since.elapsed() < LAST_WORDS {
            std::thread::sleep(Duration::from_millis(5));
        }
        if let Some(handle) = self.handle.take() {
            handle.close();
        }
        self.vm.shutdown();
        match self.vm.wants_restart() {
            Some(mode) => again(&mode),
            None => status as u8,
        }
    }

    /// The status of a program that has ended, or has not: an exit that is none of an error is one here, but not for `escript`.
    fn status_of(&self, ended: &Ended) -> i32 {
        if ended.value.is_some() {
            return 0;
        }
        if !ended.uncaught
            && !self.escript
            && let Some(status) = orderly(ended.reason.term())
        {
            return status;
        }
        // An exception has had its report: a script's goes on to the place in its source.
        if ended.uncaught {
            let line = uncaught::source_line(&self.vm, ended.reason.term(), report::colour());
            if let Some(line) = line.filter(|_| !self.escript) {
                eprintln!("{line}");
            }
        } else {
            let who = if self.escript { "escript" } else { "transom" };
            let reason = transom_vm::io::text::pretty(&self.vm, ended.reason.term());
            eprintln!("{who}: exception exit: {reason}");
        }
        if self.escript { ESCRIPT_FAILED } else { 1 }
    }
}

/// The status that exit reasons stand for which supervisors take for orderly ones: `normal`, `shutdown`, `{shutdown, STATUS}`.
fn orderly(reason: Term<'_>) -> Option<i32> {
    if reason.is_atom(atoms::NORMAL) || reason.is_atom(atoms::SHUTDOWN) {
        return Some(0);
    }
    let pair = reason.as_tuple()?;
    let status = pair.get(1)?.as_small()?;
    (pair.len() == 2 && pair.get(0)?.is_atom(atoms::SHUTDOWN) && (0..=255).contains(&status))
        .then_some(status as i32)
}

/// The program of this process anew, with the arguments and the directory it was started with: what `init:restart/0` means where all
/// memory is the VM's. The process stays the same, as its number shows.
fn again(mode: &str) -> u8 {
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return not_again(&error),
    };
    let mut command = Command::new(program);
    command.args(std::env::args_os().skip(1));
    command.env(MODE_VARIABLE, mode);
    if let Some(folder) = STARTED_IN.get() {
        command.current_dir(folder);
    }
    not_again(&command.exec())
}

fn not_again(error: &std::io::Error) -> u8 {
    eprintln!("transom: cannot start this program again: {error}; start it by hand");
    1
}

/// Runs a function of the library in a VM of its own, for nobody to attach to; what it answers is the exit status.
pub fn call(
    module: &str,
    function: &str,
    args: &dyn for<'h> Fn(&'h Heap) -> Vec<Term<'h>>,
) -> Result<u8, String> {
    let (failed, value) = answer(module, function, args)?;
    let status = value.and_then(|v| v.term().as_small());
    Ok(status.and_then(|n| u8::try_from(n).ok()).unwrap_or(failed))
}

/// The same, for its value; with the exit status that there is without one.
pub fn answer(
    module: &str,
    function: &str,
    args: &dyn for<'h> Fn(&'h Heap) -> Vec<Term<'h>>,
) -> Result<(u8, Option<OwnedTerm>), String> {
    let quiet = LiveOptions {
        no_control: true,
        ..LiveOptions::default()
    };
    let live = Live::new(VmOptions::default().start()?, &quiet)?;
    let heap = Heap::new(&live.vm.env, HeapOptions::default());
    let Some(wait) = live.start(&[], module, function, &args(&heap)) else {
        return Err("no room for a process".to_owned());
    };
    let failed = live.finish(&wait);
    let value = wait.wait_for(Duration::ZERO).and_then(|ended| ended.value);
    Ok((failed, value))
}

/// A value for `init:main/4`.
pub enum Flag<'a> {
    Atom(&'a str),
    Text(&'a str),
    Texts(&'a [String]),
    Bytes(&'a [u8]),
    Code(&'a CodeFlags),
    /// Flags of the command line with their values.
    Flags(&'a [(String, Vec<String>)]),
}

impl Flag<'_> {
    fn term<'h>(&self, heap: &'h Heap, vm: &Vm) -> Option<Term<'h>> {
        Some(match self {
            Flag::Atom(text) => Term::atom(vm.atoms().intern(text).ok()?),
            Flag::Text(text) => heap.string(text),
            Flag::Texts(texts) => heap.list_from(texts.iter().map(|t| heap.string(t))),
            Flag::Bytes(bytes) => heap.binary(bytes),
            Flag::Code(flags) => return flags.term(heap, vm),
            Flag::Flags(flags) => heap.list(&pairs(flags, heap, vm)?),
        })
    }
}

/// `{Flag, [Value]}` of each.
fn pairs<'h>(flags: &[(String, Vec<String>)], heap: &'h Heap, vm: &Vm) -> Option<Vec<Term<'h>>> {
    let pair = |(name, values): &(String, Vec<String>)| {
        let name = Term::atom(vm.atoms().intern(name).ok()?);
        let values = heap.list_from(values.iter().map(|v| heap.string(v)));
        Some(heap.tuple(&[name, values]))
    };
    flags.iter().map(pair).collect()
}

/// SIGTERM: the orderly end, at once when it comes again. SIGINT: the end with 130. SIGUSR1: a snapshot on standard error.
/// What a program asks for comes first (`os:set_signal/2`).
fn take_signals(vm: &Arc<Vm>, console: bool) -> Option<Handle> {
    let mut signals = vec![SIGTERM, SIGUSR1];
    if !console {
        signals.push(SIGINT);
    }
    let mut signals = Signals::new(signals).ok()?;
    let handle = signals.handle();
    vm.io.signals.serve(Box::new(Wanted(handle.clone())));
    let vm = Arc::downgrade(vm);
    let terms = AtomicUsize::new(0);
    let work = move || {
        for signal in &mut signals {
            let Some(vm) = vm.upgrade() else { return };
            if name_of(signal).is_some_and(|name| vm.signal_arrived(name)) {
                continue;
            }
            match signal {
                SIGINT => vm.halt(INTERRUPTED),
                SIGTERM if terms.fetch_add(1, Ordering::Relaxed) > 0 => vm.halt(0),
                SIGTERM => drop(vm.spawn_call("init", "stop", &[])),
                SIGUSR1 => drop(vm.spawn_call("transom_snapshot", "signal", &[])),
                // Asked for once and given back: as if nobody had asked.
                other => drop(signal_hook::low_level::emulate_default_handler(other)),
            }
        }
    };
    std::thread::Builder::new()
        .name("transom-signals".to_owned())
        .spawn(work)
        .ok()?;
    Some(handle)
}

/// Erlang's names of the signals a program may ask for.
const NAMED: [(i32, &str); 11] = [
    (SIGHUP, "sighup"),
    (SIGQUIT, "sigquit"),
    (SIGABRT, "sigabrt"),
    (SIGALRM, "sigalrm"),
    (SIGTERM, "sigterm"),
    (SIGUSR1, "sigusr1"),
    (SIGUSR2, "sigusr2"),
    (SIGCHLD, "sigchld"),
    (SIGTSTP, "sigtstp"),
    (SIGCONT, "sigcont"),
    (SIGWINCH, "sigwinch"),
];

fn name_of(signal: i32) -> Option<&'static str> {
    NAMED
        .iter()
        .find(|(number, _)| *number == signal)
        .map(|(_, name)| *name)
}

/// Takes the signals programs ask for.
struct Wanted(Handle);

impl SignalHost for Wanted {
    fn set(&self, name: &'static str, how: Disposition) {
        let number = NAMED.iter().find(|(_, known)| *known == name);
        if let Some((number, _)) = number
            && how != Disposition::Default
        {
            // A signal that cannot be taken (SIGSTOP) stays what it is.
            let _refused = self.0.add_signal(*number);
        }
    }
}

/// The logger prints what it was sent before it answers a request: one that changes nothing.
fn let_logger_finish(vm: &Vm) {
    let handler = vm.atoms().intern("no_such_handler").map(Term::atom);
    if let Ok(handler) = handler
        && let Ok((_, wait)) = vm.spawn_call("logger", "remove_handler", &[handler])
    {
        let _printed_or_late = wait.wait_for(Duration::from_secs(2));
    }
}

/// A VM that is started when it is first needed: by the compiler for parse transforms and behaviours, or to run the program.
pub struct LazyVm {
    options: VmOptions,
    code: CodeFlags,
    vm: OnceLock<Result<Arc<Vm>, String>>,
}

/// What `init:get_argument/1` says about code: `-pa`, `-I`, `-D`.
#[derive(Clone, Default)]
pub struct CodeFlags {
    pub code_path: Vec<String>,
    pub include: Vec<String>,
    pub defines: Vec<String>,
    /// Those of a script's `%%!` line.
    pub others: Vec<(String, Vec<String>)>,
}

impl CodeFlags {
    /// From the options of the command line.
    pub fn of(options: &CompilerOptions) -> CodeFlags {
        let define = |(name, value): &(String, Option<String>)| match value {
            Some(value) => format!("{name}={value}"),
            None => name.clone(),
        };
        CodeFlags {
            code_path: options.code_path.clone(),
            include: options
                .include
                .iter()
                .map(|d| d.to_string_lossy().into_owned())
                .collect(),
            defines: options.defines.iter().map(define).collect(),
            others: Vec::new(),
        }
    }

    /// With what the head of a script asks for.
    pub fn with(mut self, header: &Header) -> CodeFlags {
        self.others.extend(header.flags.iter().cloned());
        self
    }

    /// As the value of `flags`.
    fn term<'h>(&self, heap: &'h Heap, vm: &Vm) -> Option<Term<'h>> {
        let all = [
            ("pa", &self.code_path),
            ("I", &self.include),
            ("D", &self.defines),
        ];
        let mut flags = Vec::new();
        for (name, values) in all {
            let name = Term::atom(vm.atoms().intern(name).ok()?);
            for value in values {
                let value = heap.list(&[heap.string(value)]);
                flags.push(heap.tuple(&[name, value]));
            }
        }
        flags.extend(pairs(&self.others, heap, vm)?);
        Some(heap.list(&flags))
    }
}

impl LazyVm {
    /// Nothing is started yet.
    pub fn new(options: VmOptions, code: CodeFlags) -> LazyVm {
        LazyVm {
            options,
            code,
            vm: OnceLock::new(),
        }
    }

    /// The VM, booted.
    pub fn get(&self) -> Result<Arc<Vm>, String> {
        self.vm.get_or_init(|| self.boot()).clone()
    }

    fn boot(&self) -> Result<Arc<Vm>, String> {
        let vm = self.options.start()?;
        let no_room = || "no room for the first process".to_owned();
        {
            let heap = Heap::new(&vm.env, HeapOptions::default());
            let flags = vm.atoms().intern("flags").map_err(|_| no_room())?;
            let flags = (
                Term::atom(flags),
                self.code.term(&heap, &vm).ok_or_else(no_room)?,
            );
            let options = heap.map_from_pairs(&[flags]);
            let (_, wait) = vm
                .spawn_call("init", "boot", &[options])
                .map_err(|_| no_room())?;
            wait.wait();
        }
        Ok(vm)
    }
}
