//! The reload programs under tests/reloading: what `erl` 25 answered is in the `.out` files, what is replaced in them and why in
//! `replacements.txt` and in [`general`]. Each runs plain and under the stress modes.

use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use transom_tests::{expect, program::Transom, scratch::Scratch, tree};

const PROGRAMS: [&str; 10] = [
    "g01_api",
    "g02_loops",
    "g03_funs",
    "g06_check",
    "g07_atomic",
    "g10_stack",
    "g12_calls",
    "g14_behaviours",
    "g15_trace",
    "g16_release",
];

/// The programs wait for fixed times, which slow modes stretch: the stress is milder than in the language suite.
const MODES: [(&str, &[&str]); 3] = [
    ("plain", &[]),
    ("one", &["--schedulers", "1"]),
    ("gc", &["--gc-stress=500"]),
];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (mode, options) in MODES {
        for program in PROGRAMS {
            let name = format!("reloading::{mode}::{program}");
            trials.push(Trial::test(name, move || run(program, mode, options)));
        }
        for (file, scenario) in scenarios() {
            let name = format!("reloading::{mode}::{scenario}");
            trials.push(Trial::test(name, move || {
                let file = tree::root().join("tests/reloading").join(file);
                let stdout = alone(&file, &[&scenario], mode, options)?;
                expect::compare(&["ok".to_owned()], &stdout).map_err(Failed::from)
            }));
        }
        trials.push(Trial::test(
            format!("reloading::{mode}::pairs"),
            move || pairs(mode, options),
        ));
    }
    // Only where every collection takes place elsewhere is a process often in the middle of a function when it is looked at.
    trials.push(Trial::test(
        "reloading::elsewhere::contexts_on_their_way",
        || {
            let file = tree::root().join("tests/reloading/scenarios_more.erl");
            let options = &["--gc-elsewhere", "0"];
            let stdout = alone(&file, &["contexts_on_their_way"], "elsewhere", options)?;
            expect::compare(&["ok".to_owned()], &stdout).map_err(Failed::from)
        },
    ));
    trials
}

/// The names that the files of scenarios know.
fn scenarios() -> Vec<(&'static str, String)> {
    const FILES: [(&str, &str); 2] = [
        ("scenarios.erl", include_str!("../reloading/scenarios.erl")),
        (
            "scenarios_more.erl",
            include_str!("../reloading/scenarios_more.erl"),
        ),
    ];
    let named = |line: &str| {
        Some(
            line.strip_prefix("test(")?
                .split_once(") -> ")?
                .0
                .to_owned(),
        )
    };
    let of = |(file, text): (&'static str, &'static str)| {
        text.lines().filter_map(named).map(move |name| (file, name))
    };
    FILES.into_iter().flat_map(of).collect()
}

/// Runs a program in a directory of its own and answers what it printed.
fn alone(file: &Path, args: &[&str], mode: &str, options: &[&str]) -> Result<String, Failed> {
    let stem = file.file_stem().unwrap_or_default().display();
    let scratch = Scratch::new(&format!("{stem}-{}-{mode}", args.join("-")))?;
    let mut all = vec!["run".to_owned(), "--no-control".to_owned()];
    all.extend(options.iter().map(|o| (*o).to_owned()));
    all.push(file.display().to_string());
    all.extend(args.iter().map(|a| (*a).to_owned()));
    let output = Transom::new(all)
        .in_scratch(&scratch)
        .deadline(Duration::from_secs(120))
        .output();
    if output.status != Some(0) {
        return Err(format!("{}\n{}", output.stdout, output.stderr).into());
    }
    Ok(output.stdout)
}

/// Two modules switched together under calls that cross between them; `TRANSOM_PAIRS_MS` says for how long.
fn pairs(mode: &str, options: &[&str]) -> Result<(), Failed> {
    let ms = std::env::var("TRANSOM_PAIRS_MS").unwrap_or_else(|_| "2000".to_owned());
    let file = tree::root().join("benches/reload/pairs.erl");
    let stdout = alone(&file, &[&ms], mode, options)?;
    let figure = |name: &str| {
        let line = stdout.lines().find_map(|l| l.strip_prefix(name));
        let value = line.and_then(|v| v.trim().parse::<u64>().ok());
        value.ok_or_else(|| Failed::from(format!("no figure '{name}' in {stdout}")))
    };
    let (mixed, seen) = (
        figure("pairs that saw two versions")?,
        figure("the same, modules loaded one after the other")?,
    );
    if mixed != 0 || figure("pairs of calls")? == 0 || figure("switches of both modules")? == 0 {
        return Err(stdout.into());
    }
    // One scheduler runs nobody between the two loads often enough to count on.
    if mode != "one" && seen == 0 {
        return Err(format!("mixed versions would not be noticed: {stdout}").into());
    }
    Ok(())
}

fn run(program: &str, mode: &str, options: &[&str]) -> Result<(), Failed> {
    let folder = tree::root().join("tests/reloading");
    let scratch = Scratch::new(&format!("{program}-{mode}"))?;
    let shown = folder.display().to_string();
    let mut args = vec!["run".to_owned(), "--no-control".to_owned()];
    args.extend(options.iter().map(|o| (*o).to_owned()));
    args.extend([
        format!("{shown}/run.erl"),
        shown.clone(),
        program.to_owned(),
    ]);
    let output = Transom::new(args)
        .in_scratch(&scratch)
        .deadline(Duration::from_secs(120))
        .output();
    let recorded = std::fs::read_to_string(folder.join(format!("{program}.out")))?;
    let here = |text: &str| general(text, scratch.path(), &folder);
    let expected = replaced(program, &here(&recorded), &folder.join("replacements.txt"))?;
    let answer = expect::compare(&expected, &here(&output.stdout).join("\n"));
    answer.map_err(|why| Failed::from(format!("{why}\n{}", output.stderr)))
}

/// What is replaced everywhere: the scratch directory, the name of module files, the place in the loader's C source, the hash of a fun,
/// and positions in library modules.
fn general(text: &str, scratch: &Path, folder: &Path) -> Vec<String> {
    let text = text
        .replace(&format!("{}/scratch/", scratch.display()), "scratch/")
        .replace("TMP/", "scratch/")
        .replace(&format!("{}/", folder.display()), "")
        .replace("m.beam", "m.tbc");
    text.lines()
        .map(|l| numbers(&numbers(&positions(l), "#Fun<m.0."), "beam/beam_load.c("))
        .map(|l| l.replace("beam/beam_load.c(N): ", ""))
        .collect()
}

/// The digits behind each `mark` become `N`.
fn numbers(line: &str, mark: &str) -> String {
    let mut parts = line.split(mark);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(mark);
        out.push('N');
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

/// Line numbers in frames of library modules.
fn positions(line: &str) -> String {
    const FILES: [&str; 10] = [
        "code",
        "gen",
        "gen_statem",
        "sys",
        "proc_lib",
        "init",
        "gen_event",
        "lists",
        "supervisor",
        "release_handler",
    ];
    let mut line = numbers(line, "{file,\"gen_server.erl\"},{line,");
    for file in FILES {
        line = numbers(&line, &format!("{{file,\"{file}.erl\"}},{{line,"));
    }
    let mut out = String::new();
    let mut rest = line.as_str();
    while let Some(at) = rest.find("{line,") {
        let head = &rest[..at];
        let frame = ["{code,", "{gen,", "{gen_statem,", "{release_handler,"]
            .iter()
            .filter_map(|m| head.rfind(m))
            .max();
        let tail = &rest[at + 6..];
        out.push_str(head);
        out.push_str("{line,");
        rest = tail;
        if frame.is_some_and(|f| !head[f..].contains("]}")) {
            out.push('N');
            rest = tail.trim_start_matches(|c: char| c.is_ascii_digit() || c == 'N');
        }
    }
    out.push_str(rest);
    out
}

/// Applies the program's own replacements; one that finds nothing to replace is a mistake.
fn replaced(program: &str, recorded: &[String], file: &Path) -> Result<Vec<String>, Failed> {
    let text = std::fs::read_to_string(file)?;
    let mut lines = text
        .lines()
        .skip_while(|l| *l != format!("== {program}"))
        .skip(1)
        .take_while(|l| !l.starts_with("== "))
        .peekable();
    let mut out = recorded.join("\n");
    out.push('\n');
    while let Some(line) = lines.next() {
        if !line.starts_with("# ") {
            continue;
        }
        let mut take = |mark: &str| {
            let mut block = String::new();
            while let Some(l) = lines.next_if(|l| l.starts_with(mark)) {
                block.push_str(&l[2..]);
                block.push('\n');
            }
            block
        };
        let (from, to) = (take("- "), take("+ "));
        if !out.contains(&from) {
            return Err(format!("replacements.txt: nothing to replace: {from}").into());
        }
        out = out.replacen(&from, &to, 1);
    }
    Ok(out.lines().map(str::to_owned).collect())
}
