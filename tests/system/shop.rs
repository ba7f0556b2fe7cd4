//! A day at the shop: the example application runs, and everything an operator does to it from other programs is done, in one test.

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use transom_tests::program::{Output, Transom};
use transom_tests::running::{PATIENCE, Running, contains, ended, equal, until};
use transom_tests::scratch::Scratch;
use transom_tests::tree;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("shop::a_day_with_an_operator", day),
        Trial::test("shop::its_own_tests_pass", own_tests),
    ]
}

/// What a sum of 50.00 is discounted by at first, and after the change.
const BEFORE: &str = "large(Sum) when Sum >= 50_00 -> 5;";
const AFTER: &str = "large(Sum) when Sum >= 50_00 -> 10;";

/// A copy of the example, to be changed.
pub fn copy(to: &Scratch) -> Result<PathBuf, Failed> {
    let example = tree::root().join("examples/shop");
    for extension in ["erl", "src", "hrl"] {
        for file in tree::files(&example, extension) {
            let name = Path::new("shop").join(file.strip_prefix(&example)?);
            to.write(name, std::fs::read(&file)?)?;
        }
    }
    Ok(to.path().join("shop"))
}

fn day() -> Result<(), Failed> {
    let scratch = Scratch::new("shop-source")?;
    let source = copy(&scratch)?;
    let shown = source.display().to_string();
    let mut vm = Running::start("shop", "shop", &["run", "--name", "shop", &shown])?;
    vm.answers("command", &["shop", "figures"])?;
    listed(&vm, &shown)?;
    attached(&vm)?;
    traced(&vm)?;
    changed(&vm, &source.join("src/shop_price.erl"))?;
    watched(&vm)?;
    ended(&vm.ask("stop", &[]), 0)?;
    equal(vm.status()?, Some(0))?;
    equal(vm.transom(&["ps"]).output().stdout.lines().count(), 1)
}

fn listed(vm: &Running, runs: &str) -> Result<(), Failed> {
    let table = vm.transom(&["ps"]).output();
    ended(&table, 0)?;
    let row: Vec<&str> = table
        .stdout
        .lines()
        .nth(1)
        .unwrap_or("")
        .split_whitespace()
        .collect();
    let pid = vm.child.id().to_string();
    equal(row.first().copied(), Some("shop"))?;
    equal(row.get(1).copied(), Some(pid.as_str()))?;
    equal(row.last().copied(), Some(runs))
}

/// The value of expressions inside.
fn value(vm: &Running, expressions: &str) -> Result<String, Failed> {
    let output = vm.ask("attach", &["--eval", expressions]);
    ended(&output, 0)?;
    Ok(output.stdout.trim().to_owned())
}

fn attached(vm: &Running) -> Result<(), Failed> {
    equal(value(vm, "shop_price:discount(50_00, 0)")?.as_str(), "5")?;
    until(PATIENCE, "orders are shipped", || {
        value(vm, "maps:get(shipped, shop_ledger:figures()) > 20").is_ok_and(|v| v == "true")
    })?;
    let session =
        "N = ets:info(shop_items, size).\nN * 2.\nwhereis(shop_till) =/= undefined.\nfoo:bar().\n";
    let output = vm.transom(&["attach", "shop"]).stdin(session).output();
    ended(&output, 0)?;
    for line in ["8\n", "16\n", "true\n", "undefined function foo:bar/0"] {
        contains(&output.stdout, line)?;
    }
    // A mistake in an expression is the client's alone.
    ended(&vm.ask("attach", &["--eval", "1 / 0"]), 1)
}

fn traced(vm: &Running) -> Result<(), Failed> {
    let args = [
        "shop_price:total/2 -> return",
        "--count",
        "6",
        "--time",
        "20",
        "--records",
        "shop_price",
    ];
    let output = vm.ask("trace", &args);
    ended(&output, 0)?;
    contains(&output.stdout, "shop_price:total([")?;
    contains(&output.stdout, "shop_price:total/2 -> ")?;
    contains(&output.stdout, "#line{")?;
    let table = vm.ask(
        "trace",
        &["shop_till:pay/2", "--aggregate", "count", "--time", "1"],
    );
    ended(&table, 0)?;
    contains(&table.stdout, "shop_till:pay/2")?;
    equal(value(vm, "trace:session_info(all)")?.as_str(), "[default]")
}

fn changed(vm: &Running, file: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(file)?;
    let save = |text: String| std::fs::write(file, text);
    equal(vm.ask("drift", &[]).stdout.contains("shop_price"), false)?;
    save(text.replace(BEFORE, AFTER))?;
    contains(&vm.ask("drift", &[]).stdout, "shop_price")?;
    let plan = vm.ask("reload", &["--dry-run"]);
    ended(&plan, 0)?;
    contains(&plan.stdout, "shop_price")?;
    equal(value(vm, "shop_price:discount(50_00, 0)")?.as_str(), "5")?;
    ended(&vm.ask("reload", &[]), 0)?;
    equal(value(vm, "shop_price:discount(50_00, 0)")?.as_str(), "10")?;
    // What does not compile changes nothing.
    save(text.replace(BEFORE, "large(Summ) when Sum >= 50_00 -> 20;"))?;
    let refused = vm.ask("reload", &[]);
    ended(&refused, 1)?;
    contains(&refused.stderr, "variable 'Sum' is unbound")?;
    contains(&refused.stderr, "18 | large(Summ) when Sum >= 50_00 -> 20;")?;
    equal(value(vm, "shop_price:discount(50_00, 0)")?.as_str(), "10")?;
    save(text)?;
    ended(&vm.ask("reload", &["--rollback"]), 0)?;
    equal(value(vm, "shop_price:discount(50_00, 0)")?.as_str(), "5")?;
    // No customer has noticed: nothing was restarted, orders go on.
    equal(
        value(vm, "supervisor:count_children(shop_sup)")?.contains("{active,6}"),
        true,
    )?;
    let before = shipped(vm)?;
    until(PATIENCE, "orders go on", || {
        shipped(vm).is_ok_and(|n| n > before)
    })
}

fn shipped(vm: &Running) -> Result<u64, Failed> {
    Ok(value(vm, "maps:get(shipped, shop_ledger:figures())")?.parse()?)
}

/// `top`, `snapshot`, `metrics`, and the program's own command.
fn watched(vm: &Running) -> Result<(), Failed> {
    let top = vm.ask("top", &["--sort", "memory", "--count", "50"]);
    ended(&top, 0)?;
    contains(&top.stdout, "shop_ledger")?;
    contains(&top.stdout, "CURRENT FUNCTION")?;
    let snapshot = vm.ask("snapshot", &[]);
    ended(&snapshot, 0)?;
    contains(&snapshot.stdout, "shop_crowd")?;
    contains(&snapshot.stdout, "gen_server:loop")?;
    let file = vm.directory.path().join("snapshot.json");
    let shown = file.display().to_string();
    ended(&vm.ask("snapshot", &["--json", "--output", &shown]), 0)?;
    let read = format!(
        "{{ok, B}} = file:read_file(\"{shown}\"), #{{<<\"processes\">> := Ps}} = json:decode(B),
         [T] = [P || #{{<<\"name\">> := <<\"shop_till\">>}} = P <- Ps],
         {{maps:get(<<\"messages\">>, T) >= 0, maps:get(<<\"stack\">>, T) =/= [], maps:get(<<\"memory\">>, T) > 0}}"
    );
    let parsed = Transom::new(["eval", &read]).output();
    ended(&parsed, 0)?;
    equal(parsed.stdout.trim(), "{true,true,true}")?;
    let metrics = vm.ask("metrics", &[]);
    ended(&metrics, 0)?;
    contains(&metrics.stdout, "\ntransom_processes ")?;
    let figures: Output = vm.ask("command", &["shop", "figures"]);
    ended(&figures, 0)?;
    contains(&figures.stdout, "revenue ")?;
    ended(&vm.ask("command", &["shop", "customers", "many"]), 2)
}

fn own_tests() -> Result<(), Failed> {
    let output = Transom::new(["test", "examples/shop"]).output();
    ended(&output, 0)?;
    equal(output.stdout.lines().last(), Some("11 passed, 0 failed"))
}
