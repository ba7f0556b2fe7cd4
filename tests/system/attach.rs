//! `transom attach`: several people in one running system, each with a shell and traces of their own, and what they leave behind (nothing).

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use transom_tests::program::under_test;
use transom_tests::terminal::{Start, Terminal, key};

use super::control::Clerk;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("attach::several_consoles_do_not_meet", several),
        Trial::test("attach::leaving_leaves_the_vm_running", leaving),
        Trial::test("attach::a_killed_console_leaves_nothing", killed),
        Trial::test("attach::a_thousand_killed_clients_leave_nothing", thousand),
        Trial::test("attach::the_prompt_is_there_at_once", prompt),
        Trial::test("attach::lines_of_ten_megabytes", long_lines),
        Trial::test(
            "attach::a_console_that_does_not_read_holds_itself_only",
            slow,
        ),
    ]
}

/// A console in the VM, at its first prompt.
fn attach(vm: &Clerk) -> Result<Terminal, Failed> {
    let terminal = Start::new(["attach", "clerk"], vm.directory.path()).run()?;
    terminal.at("1> ")?;
    Ok(terminal)
}

fn eval(vm: &Clerk, expression: &str) -> String {
    let output = vm
        .transom(&["attach", "clerk", "--eval", expression])
        .output();
    output.stdout.trim_end().to_owned()
}

fn several() -> Result<(), Failed> {
    let vm = Clerk::start("several")?;
    let consoles = [attach(&vm)?, attach(&vm)?, attach(&vm)?];
    for (n, console) in consoles.iter().enumerate() {
        console.line(&format!("X = {n}."));
        console.at("2> ")?;
        console.line("P = spawn_link(fun L() -> receive {trace, _, call, {_, _, [A, _]}} -> io:format(\"saw ~w~n\", [A]), L() end end).");
        console.at("3> ")?;
        console.line("T = trace:session_create(mine, P, []).");
        console.at("4> ")?;
        console.line(
            "{trace:process(T, self(), true, [call]), trace:function(T, {lists, seq, 2}, [], [])}.",
        );
        console.at("5> ")?;
        console.expect("{1,1}")?;
    }
    for (n, console) in consoles.iter().enumerate() {
        console.line(&format!("X = {n}, lists:seq({n}, {n})."));
        console.at("6> ")?;
        console.expect(&format!("\n[{n}]\n"))?;
        console.expect(&format!("saw {n}\n"))?;
    }
    for (n, console) in consoles.iter().enumerate() {
        // Each saw its own call, once, and nobody else's.
        let screen = console.all();
        let calls = screen.matches("\nsaw ").count();
        let own = screen.matches(&format!("\nsaw {n}\n")).count();
        if (calls, own) != (1, 1) {
            return Err(format!("console {n} saw {calls} calls\n{screen}").into());
        }
    }
    Ok(())
}

fn leaving() -> Result<(), Failed> {
    let vm = Clerk::start("leaving")?;
    drop(attach(&vm)?);
    let before = vm.at_rest();
    for leave in [key::CTRL_D, "exit(self(), kill).\r\x04"] {
        let mut console = attach(&vm)?;
        console.keys(leave);
        let status = console.ended()?;
        if status != 0 {
            return Err(format!("status {status} after {leave:?}").into());
        }
        vm.is_as_before(&before)?;
    }
    // The menu's `q` leaves the console, not the system.
    let mut console = attach(&vm)?;
    console.keys(key::CTRL_G);
    console.at(" --> ")?;
    console.line("s");
    console.line("s");
    console.line("q");
    console.ended()?;
    vm.is_as_before(&before)
}

/// What a person may have going when the connection is cut: traces, linked processes, a table, a program, jobs, an evaluation.
const BUSY: &[&str] = &[
    "T = trace:session_create(mine, self(), []), trace:function(T, {clerk, serve, 1}, true, [local]), trace:process(T, all, true, [call, send]).",
    "recon_trace:calls({lists, seq, '_'}, 100), ok.",
    "P = spawn_link(fun() -> receive after infinity -> ok end end), Tab = ets:new(t, []).",
    "Port = open_port({spawn, \"cat\"}, []).",
];

fn killed() -> Result<(), Failed> {
    let vm = Clerk::start("cut")?;
    // The first one starts services that stay.
    let first = attach(&vm)?;
    first.line("recon_trace:calls({lists, seq, '_'}, 100), recon_trace:clear().");
    first.at("2> ")?;
    first.line("port_close(open_port({spawn, \"cat\"}, [])).");
    first.at("3> ")?;
    drop(first);
    std::thread::sleep(Duration::from_millis(300));
    let before = vm.at_rest();
    for round in 0..6 {
        let mut console = attach(&vm)?;
        for (n, line) in BUSY.iter().enumerate() {
            console.line(line);
            console.at(&format!("{}> ", n + 2))?;
        }
        match round % 3 {
            0 => console.line("receive after infinity -> ok end."),
            1 => console.keys("half a line"),
            _ => {
                console.keys(key::CTRL_G);
                console.at(" --> ")?;
                console.line("s");
                console.at(" --> ")?;
                console.line("c");
                console.at("1> ")?;
            }
        }
        std::thread::sleep(Duration::from_millis(50));
        console.kill();
        vm.is_as_before(&before)?;
        let traced = eval(
            &vm,
            "{erlang:trace_info({clerk, serve, 1}, all), erlang:trace_info({lists, seq, 2}, all), [S || S <- trace:session_info(all), is_tuple(S)]}",
        );
        if traced != "{{all,false},{all,false},[]}" {
            return Err(format!("traces are left: {traced}").into());
        }
    }
    Ok(())
}

/// What the clients of the next test have typed when they die.
const TYPED: [&str; 6] = [
    "",
    "1 + 1.\nhalf a li",
    "timer:sleep(100000).\n",
    "recon_trace:calls({clerk, serve, '_'}, 1000).\n1.\n",
    "[io:format(\"~w~n\", [N]) || N <- lists:seq(1, 1000000)].\n",
    "P = spawn_link(fun() -> receive after infinity -> ok end end), open_port({spawn, \"cat\"}, []).\n2.\n",
];

/// Real programs, killed with -9 between their start and some 40 ms later, up to 25 of them at a time.
fn thousand() -> Result<(), Failed> {
    let vm = Clerk::start("thousand")?;
    let first = vm
        .transom(&["attach", "clerk"])
        .stdin("recon_trace:calls({clerk, serve, '_'}, 1), recon_trace:clear().\nport_close(open_port({spawn, \"cat\"}, [])).\n")
        .output();
    if first.status != Some(0) {
        return Err(format!("{first:?}").into());
    }
    let before = vm.at_rest();
    let mut seed = 20_261_130_u64;
    let mut random = move |bound: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % bound
    };
    let mut open: Vec<std::process::Child> = Vec::new();
    for number in 0..1_000 {
        let mut command = Command::new(std::env::current_exe()?);
        under_test(command.args(["attach", "clerk"]));
        let mut child = command
            .env("XDG_RUNTIME_DIR", vm.directory.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut stdin = child.stdin.take().ok_or("stdin is a pipe")?;
        stdin.write_all(TYPED[random(6) as usize].as_bytes())?;
        // Kept open: an end of the input would be an orderly end.
        child.stdin = Some(stdin);
        open.push(child);
        if open.len() == 25 {
            std::thread::sleep(Duration::from_millis(random(40)));
            for mut child in open.drain(..random(25) as usize + 1) {
                child.kill()?;
                child.wait()?;
            }
        }
        if number % 250 == 0 {
            // Served in between.
            let output = vm.command(&["status", "7"]);
            if output.status != Some(7) {
                return Err(format!("after {number} clients: {output:?}").into());
            }
        }
    }
    for mut child in open {
        child.kill()?;
        child.wait()?;
    }
    vm.is_as_before(&before)
}

/// The best of many starts, so that other programs on the machine do not count; `attach-prompt` measures them all.
fn prompt() -> Result<(), Failed> {
    const AT_ONCE: Duration = Duration::from_millis(50);
    let vm = Clerk::start("prompt")?;
    let (mut best, mut tries) = (Duration::MAX, 0);
    while best > AT_ONCE && tries < 300 {
        tries += 1;
        let started = Instant::now();
        let console = attach(&vm)?;
        best = best.min(started.elapsed());
        drop(console);
    }
    if best > AT_ONCE {
        return Err(format!("the first prompt took {best:?}").into());
    }
    Ok(())
}

fn long_lines() -> Result<(), Failed> {
    let vm = Clerk::start("long-lines")?;
    // The first one starts services that stay.
    drop(attach(&vm)?);
    let before = vm.at_rest();
    let mut input = b"length(\"".to_vec();
    input.resize(input.len() + (10 << 20), b'a');
    input.extend(b"\").\n1 + 1.\n");
    let output = vm.transom(&["attach", "clerk"]).stdin(input).output();
    let answers = output.stdout.contains("10485760\n") && output.stdout.contains("2\n");
    if output.status != Some(0) || !answers {
        let shown: String = output.stdout.chars().take(500).collect();
        return Err(format!("{:?}: {shown}\n{}", output.status, output.stderr).into());
    }
    vm.is_as_before(&before)
}

fn slow() -> Result<(), Failed> {
    let vm = Clerk::start("slow-console")?;
    // A console whose client is stopped while it is sent a flood.
    let flooded = attach(&vm)?;
    flooded.line("[io:format(\"~w~n\", [N]) || N <- lists:seq(1, 1000000)].");
    flooded.until("the flood", |s| s.contains("00\n"))?;
    let pid = flooded.pid().to_string();
    Command::new("kill").args(["-STOP", &pid]).status()?;
    let console = attach(&vm)?;
    // Each is answered as long as a person would wait.
    for prompt in 2..22 {
        console.line("lists:sum(lists:seq(1, 1000)).");
        console.at(&format!("{prompt}> "))?;
    }
    let memory = eval(&vm, "erlang:memory(total) < 200 bsl 20");
    if memory != "true" {
        return Err("the flood is kept in memory".into());
    }
    Command::new("kill").args(["-CONT", &pid]).status()?;
    flooded.keys(key::CTRL_C);
    flooded.at("2> ").map_err(Failed::from)
}
