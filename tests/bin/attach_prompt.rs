//! How long `transom attach` takes to its first prompt, in milliseconds: `cargo run --release -p transom-tests --bin attach-prompt [TIMES]`.
#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::time::Instant;

use transom_tests::program;
use transom_tests::running::Running;
use transom_tests::terminal::Start;

fn main() -> ExitCode {
    if let Some(code) = program::act_as_program() {
        return code;
    }
    let times = std::env::args().nth(1).map_or(Ok(50), |text| text.parse());
    match times {
        Ok(times) if times > 0 => match measure(times) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                eprintln!("attach-prompt: {message}");
                ExitCode::FAILURE
            }
        },
        _ => {
            eprintln!("attach-prompt takes how often to attach, a number above 0");
            ExitCode::from(2)
        }
    }
}

fn measure(times: usize) -> Result<(), String> {
    let words = |e: &dyn std::fmt::Display| e.to_string();
    let args = ["run", "--name", "clerk", "tests/control/clerk.erl"];
    let vm = Running::start("attach-prompt", "clerk", &args).map_err(|e| format!("{e:?}"))?;
    vm.answers("command", &["clerk", "status", "0"])
        .map_err(|e| format!("{e:?}"))?;
    let mut all = Vec::with_capacity(times);
    for _ in 0..times {
        let started = Instant::now();
        let console = Start::new(["attach", "clerk"], vm.directory.path())
            .run()
            .map_err(|e| words(&e))?;
        console.at("1> ")?;
        all.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    let first = all[0];
    all.sort_by(f64::total_cmp);
    println!(
        "first {first:.1}, then from {:.1} to {:.1}, median {:.1}",
        all[0],
        all[times - 1],
        all[times / 2]
    );
    Ok(())
}
