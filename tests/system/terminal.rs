//! `transom console` as a person meets it: keys typed on a pseudo-terminal, and what then stands on the screen.

use libtest_mimic::{Failed, Trial};
use transom_tests::scratch::Scratch;
use transom_tests::terminal::{Start, Terminal, key};
use transom_tests::{tour, tree};

pub fn trials() -> Vec<Trial> {
    let all: &[(&str, fn() -> Result<(), Failed>)] = &[
        ("an_expression_waits_for_its_dot", dot),
        ("arrow_keys_edit_and_recall", recall),
        ("history_lives_across_runs", history),
        ("tab_completes_all_kinds_of_names", completion),
        ("output_of_others_stands_above_the_line", above),
        ("traces_stand_above_the_line", traces_above),
        ("a_trace_comes_before_the_result", trace_order),
        ("ctrl_c_cancels_and_interrupts", interrupts),
        ("ctrl_d_leaves", leaves),
        ("a_pasted_session_loses_its_prompts", paste),
        ("words_have_colours", colours),
        ("what_is_typed_early_waits", early),
        ("an_unfinished_line_stands_before_the_prompt", unfinished),
        ("programs_read_lines", lines),
        ("ctrl_g_switches_between_jobs", jobs),
        ("ctrl_g_stops_what_does_not_end", runaway),
        ("errors_show_their_place", places),
        ("errors_come_with_hints", hints),
        ("the_first_five_minutes_are_as_documented", first_minutes),
    ];
    all.iter()
        .map(|(name, test)| Trial::test(format!("terminal::{name}"), *test))
        .collect()
}

fn console(home: &Scratch) -> Result<Terminal, Failed> {
    let terminal = Start::new(["console", "--no-control"], home.path()).run()?;
    terminal.at("1> ")?;
    Ok(terminal)
}

/// Ctrl-C, and the empty prompt that follows.
fn cancel(t: &Terminal, prompt: &str) -> Result<(), Failed> {
    t.keys(key::CTRL_C);
    t.at(prompt)?;
    // Keys that come together with Ctrl-C go with it.
    std::thread::sleep(std::time::Duration::from_millis(100));
    Ok(())
}

fn dot() -> Result<(), Failed> {
    let home = Scratch::new("dot")?;
    let t = console(&home)?;
    t.line("lists:seq(1,");
    t.line("  \"two. three\" =:= x,");
    t.until("no complaint yet", |s| s.contains("two. three"))?;
    cancel(&t, "1> ")?;
    t.line("X = lists:seq(1,");
    t.line("3).");
    t.at("2> ")?;
    t.expect("\n[1,2,3]\n")?;
    // Alt-Enter is a new line wherever the cursor stands, even behind a dot.
    t.keys(format!("X.{}hd(X).{}", key::ALT_ENTER, key::ENTER));
    t.expect("3> ")?;
    t.at("4> ")?;
    t.line("begin % not here.");
    t.line("'a. ', $., 1.5 end.");
    t.at("5> ")?;
    t.expect("\n1.5\n").map_err(Failed::from)
}

fn recall() -> Result<(), Failed> {
    let home = Scratch::new("recall")?;
    let t = console(&home)?;
    t.line("Alpha = 1.");
    t.at("2> ")?;
    t.line("Alpha + 1.");
    t.at("3> ")?;
    t.keys(key::UP);
    t.at("3> Alpha + 1.")?;
    t.keys(key::UP);
    t.at("3> Alpha = 1.")?;
    t.keys(key::DOWN);
    t.at("3> Alpha + 1.")?;
    t.keys(format!(
        "{0}{1}40{2}",
        key::LEFT,
        key::BACKSPACE,
        key::ENTER
    ));
    t.at("4> ")?;
    t.expect("\n41\n")?;
    t.keys(format!("9.{}1{}", key::HOME, key::ENTER));
    t.at("5> ")?;
    t.expect("\n19\n")?;
    t.keys(format!("{}pha =", key::CTRL_R));
    t.expect("Alpha = 1.")?;
    t.keys(key::ENTER);
    t.at("6> ").map_err(Failed::from)
}

fn history() -> Result<(), Failed> {
    let home = Scratch::new("history")?;
    let mut t = console(&home)?;
    t.line("lists:map(fun(X) -> X end,");
    t.line("  [kept]).");
    t.at("2> ")?;
    t.keys(key::CTRL_D);
    equal(t.ended()?, 0)?;
    let t = console(&home)?;
    t.keys(key::UP);
    t.expect("1> lists:map(fun(X) -> X end,")?;
    t.expect("[kept]).")?;
    t.keys(key::ENTER);
    t.at("2> ")?;
    t.expect("\n[kept]\n").map_err(Failed::from)
}

fn completion() -> Result<(), Failed> {
    let home = Scratch::new("completion")?;
    home.write("some_file_to_find.txt", "found")?;
    let t = console(&home)?;
    t.keys(format!("orddi{}", key::TAB));
    t.at("1> orddict:")?;
    t.keys(format!("upd{0}", key::TAB));
    // Functions of that name with their arities, and what they are for.
    t.expect("update/3")?;
    t.expect("update/4")?;
    t.expect("update_counter/3")?;
    cancel(&t, "1> ")?;
    t.keys(format!("lists:seq{0}", key::TAB));
    t.expect("seq/2                   The integers from From to To")?;
    cancel(&t, "1> ")?;
    t.line("LongVariable = 5, rd(person, {name, phone_number}).");
    t.at("2> ")?;
    t.keys(format!("LongV{}", key::TAB));
    t.at("2> LongVariable")?;
    cancel(&t, "2> ")?;
    t.keys(format!("#per{}", key::TAB));
    t.at("2> #person{")?;
    t.keys(format!("phon{}", key::TAB));
    t.at("2> #person{phone_number")?;
    cancel(&t, "2> ")?;
    t.keys(format!("file:read_file(\"some_f{}", key::TAB));
    t.at("2> file:read_file(\"some_file_to_find.txt")?;
    t.line("\").");
    t.at("3> ")?;
    t.expect("{ok,<<\"found\">>}")?;
    t.keys(format!("catch_ex{}", key::TAB));
    t.at("3> catch_exception(").map_err(Failed::from)
}

/// The text that stands on the line above the last one.
fn above_last(screen: &str) -> Option<&str> {
    screen.trim_end().lines().rev().nth(1)
}

fn above() -> Result<(), Failed> {
    let home = Scratch::new("above")?;
    let t = console(&home)?;
    t.line("spawn(fun() -> receive after 400 -> io:format(\"from ~s~n\", [below]) end end).");
    t.at("2> ")?;
    t.keys("half a li");
    t.until("the output above the line", |s| {
        above_last(s) == Some("from below") && s.trim_end().lines().last() == Some("2> half a li")
    })?;
    cancel(&t, "2> ")?;
    t.line("spawn(fun() -> receive after 400 -> [io:format(\"~w~n\", [N]) || N <- lists:seq(1, 5)] end end).");
    t.at("3> ")?;
    t.line("lists:seq(1,");
    t.keys("2");
    t.until("five lines above two", |s| {
        s.contains("\n1\n2\n3\n4\n5\n3> lists:seq(1,\n")
    })?;
    t.line(").");
    t.at("4> ")?;
    t.expect("\n[1,2]\n").map_err(Failed::from)
}

fn traces_above() -> Result<(), Failed> {
    let home = Scratch::new("traces")?;
    let t = console(&home)?;
    t.line("dbg:tracer(), dbg:p(all, c), dbg:tp(lists, seq, 2, []).");
    t.at("2> ")?;
    t.line("spawn(fun() -> receive after 400 -> lists:seq(1, 2) end end).");
    t.at("3> ")?;
    t.keys("foo");
    t.until("the trace above the line", |s| {
        above_last(s).is_some_and(|l| l.ends_with("call lists:seq(1,2)"))
            && s.trim_end().lines().last() == Some("3> foo")
    })
    .map_err(Failed::from)
}

fn trace_order() -> Result<(), Failed> {
    let home = Scratch::new("order")?;
    let t = console(&home)?;
    t.line("dbg:tracer(), dbg:p(self(), c), dbg:tp(lists, seq, x).");
    t.at("2> ")?;
    for round in 0..20 {
        t.line("lists:seq(1, 3).");
        t.at(&format!("{}> ", round + 3))?;
    }
    let all = t.all();
    let lines: Vec<&str> = all.lines().skip_while(|l| !l.starts_with("2> ")).collect();
    for group in lines.chunks(4).take(20) {
        let right = group[0].ends_with("> lists:seq(1, 3).")
            && group[1].ends_with("call lists:seq(1,3)")
            && group[2].ends_with("returned from lists:seq/2 -> [1,2,3]")
            && group[3] == "[1,2,3]";
        if !right {
            return Err(format!("not in this order: {group:#?}").into());
        }
    }
    Ok(())
}

fn interrupts() -> Result<(), Failed> {
    let home = Scratch::new("interrupts")?;
    let mut t = console(&home)?;
    t.keys("no such thing");
    t.at("1> no such thing")?;
    cancel(&t, "1> ")?;
    t.line("X = 5.");
    t.at("2> ")?;
    // The editor has given the terminal back when the evaluation runs.
    t.line("io:format(\"runs~n\"), receive after infinity -> x end.");
    t.expect("\nruns")?;
    t.keys(key::CTRL_C);
    t.at("3> ")?;
    t.expect("** exception exit: killed")?;
    t.line("X.");
    t.at("4> ")?;
    t.expect("\n5\n")?;
    // A loop that never waits.
    t.line("io:format(\"loops~n\"), (fun L() -> L() end)().");
    t.expect("\nloops")?;
    t.keys(key::CTRL_C);
    t.at("5> ")?;
    for _ in 0..5 {
        t.keys(key::CTRL_C);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    t.line("X + 1.");
    t.at("6> ")?;
    t.expect("\n6\n")?;
    t.keys(key::CTRL_D);
    equal(t.ended()?, 0)
}

fn leaves() -> Result<(), Failed> {
    let home = Scratch::new("leaves")?;
    let mut t = console(&home)?;
    // Not in the middle of a line.
    t.keys(format!("1 + 1{}", key::CTRL_D));
    t.line(".");
    t.at("2> ")?;
    t.keys(key::CTRL_D);
    equal(t.ended()?, 0)?;
    let mut t = console(&home)?;
    t.line("halt(7).");
    equal(t.ended()?, 7)?;
    let mut t = console(&home)?;
    t.line("q().");
    equal(t.ended()?, 0)
}

fn paste() -> Result<(), Failed> {
    let home = Scratch::new("paste")?;
    let t = console(&home)?;
    let session = "1> X = 1,\r.. Y = 2.\r2\r2> lists:map(\r   fun(Z) -> Z + X end, [1]).\r[2]\r(a@b)3> X + Y.\r3\r";
    t.keys(format!("\x1b[200~{session}\x1b[201~"));
    t.keys(key::ENTER);
    t.at("4> ")?;
    t.expect("\n[2]\n")?;
    t.expect("\n3\n")?;
    t.line("{X, Y}.");
    t.at("5> ")?;
    t.expect("{1,2}").map_err(Failed::from)
}

fn colours() -> Result<(), Failed> {
    let home = Scratch::new("colours")?;
    let t = Start::new(["console", "--no-control"], home.path())
        .colours()
        .run()?;
    t.at("1> ")?;
    t.keys("case Var of 5 -> \"text\" end. % c");
    t.at("1> case Var of 5 -> \"text\" end. % c")?;
    let bytes = String::from_utf8_lossy(&t.bytes()).into_owned();
    for part in [
        "\x1b[1mcase",
        "\x1b[36mVar",
        "\x1b[35m5",
        "\x1b[32m\"text\"",
        "\x1b[2m% c",
    ] {
        if !bytes.contains(part) {
            return Err(format!("no {part:?} in {bytes:?}").into());
        }
    }
    let plain = console(&home)?;
    plain.keys("case Var of 5 -> x end.");
    plain.at("1> case Var of 5 -> x end.")?;
    let bytes = String::from_utf8_lossy(&plain.bytes()).into_owned();
    equal(bytes.contains("\x1b[36m"), false)
}

fn early() -> Result<(), Failed> {
    let home = Scratch::new("early")?;
    let t = console(&home)?;
    t.line("receive after 500 -> first end.");
    std::thread::sleep(std::time::Duration::from_millis(100));
    t.keys("second");
    t.at("2> second")?;
    t.expect("\nfirst\n2> second")?;
    t.line(".");
    t.at("3> ")?;
    t.expect("\nsecond\n").map_err(Failed::from)
}

fn unfinished() -> Result<(), Failed> {
    let home = Scratch::new("unfinished")?;
    let t = console(&home)?;
    t.line("io:format(\"your name: \"), io:get_line(\"\").");
    t.at("your name: ")?;
    t.line("Ann");
    t.at("2> ")?;
    t.expect("your name: Ann\n\"Ann\\n\"\n")
        .map_err(Failed::from)
}

fn lines() -> Result<(), Failed> {
    let home = Scratch::new("lines")?;
    let t = console(&home)?;
    t.line("io:get_line(\"name? \").");
    t.at("name? ")?;
    t.line("Bob. Ann");
    t.at("2> ")?;
    t.expect("\"Bob. Ann\\n\"")?;
    // What programs read is no command of the shell.
    t.keys(key::UP);
    t.at("2> io:get_line(\"name? \").")?;
    cancel(&t, "2> ")?;
    t.line("io:get_password().");
    std::thread::sleep(std::time::Duration::from_millis(300));
    t.keys("hidden");
    t.until("stars for characters", |s| s.contains("******"))?;
    t.keys(key::ENTER);
    t.at("3> ")?;
    t.expect("\"hidden")?;
    t.line("io:read(\"term: \").");
    t.at("term: ")?;
    t.line("{a,");
    t.line("b}.");
    t.at("4> ")?;
    t.expect("{ok,{a,b}}").map_err(Failed::from)
}

fn jobs() -> Result<(), Failed> {
    let home = Scratch::new("jobs")?;
    let mut t = console(&home)?;
    t.line("X = 1.");
    t.at("2> ")?;
    t.keys(key::CTRL_G);
    t.at(" --> ")?;
    t.expect("User switch command")?;
    t.line("h");
    t.expect("  c [nn]            - connect to job\n  i [nn]            - interrupt job\n  k [nn]            - kill job\n  j                 - list all jobs\n  s [shell]         - start local shell\n  r [node [shell]]  - start remote shell\n  q                 - quit erlang\n  ? | h             - this message\n --> ")?;
    t.line("j");
    t.expect("\n   1* {shell,start,[init]}\n")?;
    t.line("s");
    t.at(" --> ")?;
    t.line("j");
    t.expect("\n   1  {shell,start,[init]}\n   2* {shell,start,[]}\n")?;
    t.line("c");
    t.at("1> ")?;
    // A shell of its own: other numbers, other bindings.
    t.line("X.");
    t.expect("* 1:1: variable 'X' is unbound")?;
    t.line("Y = 2.");
    t.at("3> ")?;
    // A job that is not connected is held at its next output.
    t.line("spawn(fun() -> receive after 300 -> io:format(\"held~w~n\", [1]) end end).");
    t.at("4> ")?;
    t.keys(key::CTRL_G);
    t.at(" --> ")?;
    t.line("c 1");
    t.at("2> ")?;
    t.line("receive after 600 -> X end.");
    t.at("3> ")?;
    equal(t.screen().contains("held1"), false)?;
    // A line that was left for the menu is there again.
    t.keys("X + 4");
    t.at("3> X + 4")?;
    t.keys(key::CTRL_G);
    t.at(" --> ")?;
    t.line("c 2");
    t.expect("held1")?;
    t.at("4> ")?;
    t.line("Y.");
    t.at("5> ")?;
    t.keys(key::CTRL_G);
    t.at(" --> ")?;
    for (command, answer) in [
        ("c 9", "Unknown job"),
        ("k 9", "Unknown job"),
        ("zz", "Unknown command"),
    ] {
        t.line(command);
        t.expect(&format!("--> {command}\n{answer}\n"))?;
        t.at(" --> ")?;
    }
    t.line("k 2");
    t.at(" --> ")?;
    t.line("c");
    t.expect("--> c\nUnknown job\n")?;
    t.line("c 1");
    t.at("3> X + 4")?;
    t.line(".");
    t.at("4> ")?;
    t.expect("\n5\n")?;
    t.keys(key::CTRL_G);
    t.at(" --> ")?;
    t.line("q");
    equal(t.ended()?, 0)
}

fn runaway() -> Result<(), Failed> {
    let home = Scratch::new("runaway")?;
    let t = console(&home)?;
    t.line("X = 1.");
    t.at("2> ")?;
    t.line("io:format(\"runs~n\"), receive after infinity -> ok end.");
    t.expect("\nruns")?;
    t.keys(key::CTRL_G);
    t.at(" --> ")?;
    t.line("i");
    t.at(" --> ")?;
    t.line("c");
    t.at("3> ")?;
    t.expect("** exception exit: killed")?;
    t.line("X.");
    t.at("4> ")?;
    t.expect("\n1\n").map_err(Failed::from)
}

fn places() -> Result<(), Failed> {
    let home = Scratch::new("places")?;
    home.write(
        "faulty.erl",
        "-module(faulty).\n-export([f/1]).\nf(X) ->\n    {ok, Y} = X,\n    Y.\n",
    )?;
    let t = console(&home)?;
    t.line("lists:map(fun(X) -> X end, [1, 2.");
    t.at("1> ")?;
    t.expect("* 1:33: syntax error before: '.'\n")?;
    t.expect("\n1 | lists:map(fun(X) -> X end, [1, 2.\n  |                                 ^\n")?;
    t.line("{ok,");
    t.line(" Unknown}.");
    t.at("2> ")?;
    t.expect("* 2:2: variable 'Unknown' is unbound\n")?;
    t.expect("\n2 |  Unknown}.\n  |  ^^^^^^^\n")?;
    t.line("c(faulty).");
    t.at("3> ")?;
    t.line("faulty:f(5).");
    t.at("4> ")?;
    t.expect("** exception error: no match of right hand side value 5\n     in function  faulty:f/1 (faulty.erl, line 4)\n")?;
    t.expect("faulty.erl:4:5\n")?;
    t.expect("\n4 |     {ok, Y} = X,\n  |     ^^^^^^^^^^^^\n")
        .map_err(Failed::from)
}

fn hints() -> Result<(), Failed> {
    let home = Scratch::new("hints")?;
    let t = Start::new(["console", "--no-control"], home.path())
        .size(60, 80)
        .run()?;
    t.at("1> ")?;
    let all = [
        ("Counter = 5, rd(person, {name, age}).", "person"),
        ("Conuter.", "help: did you mean Counter?"),
        ("lists:sqe(1, 2).", "help: did you mean lists:seq?"),
        ("lists:seq(1).", "help: lists:seq has arities 2, 3"),
        ("lsits:seq(1, 2).", "help: did you mean lists?"),
        ("flsuh().", "help: did you mean flush?"),
        (
            "Counter = 6.",
            "help: Counter is bound to 5; f(Counter) forgets it",
        ),
        ("#persn{}.", "help: did you mean person?"),
        ("#person{nmae = 1}.", "help: did you mean name?"),
        ("#person{x = 1}.", "help: its fields are name, age"),
    ];
    for (number, (line, answer)) in all.iter().enumerate() {
        t.line(line);
        t.at(&format!("{}> ", number + 2))?;
        t.expect(answer)?;
    }
    Ok(())
}

fn first_minutes() -> Result<(), Failed> {
    let home = Scratch::new("minutes")?;
    let played = tour::play(&home, false)?;
    let page = tour::page(&tour::transcript(&played));
    let documented = std::fs::read_to_string(tree::root().join("docs/first-minutes.md"))?;
    if page == documented {
        return Ok(());
    }
    let differing = page.lines().zip(documented.lines()).find(|(a, b)| a != b);
    Err(format!("docs/first-minutes.md is not what the console shows: {differing:?} (the program first-minutes makes it anew)").into())
}

fn equal<T: PartialEq + std::fmt::Debug>(found: T, wanted: T) -> Result<(), Failed> {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("{found:?} instead of {wanted:?}").into())
    }
}
