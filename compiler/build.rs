//! Generates the parser from `src/grammar.lalrpop`; runs again only when the grammar changes.

fn main() {
    println!("cargo::rerun-if-changed=src/grammar.lalrpop");
    let out = std::env::var_os("OUT_DIR").expect("cargo says where generated files go");
    lalrpop::Configuration::new()
        .set_in_dir("src")
        .set_out_dir(out)
        .process()
        .unwrap_or_else(|error| {
            eprintln!("{error}");
            std::process::exit(1);
        });
}
