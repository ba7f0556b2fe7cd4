//! Expectations written beside the lines that print: `% expect: TEXT`, in order.

/// The lines a test file says it prints.
pub fn expected_lines(source: &str) -> Vec<String> {
    source
        .lines()
        .filter_map(|line| match line.split_once("% expect: ") {
            Some((_, text)) => Some(text.to_owned()),
            None => line
                .trim_start()
                .strip_prefix("% expect:")
                .map(|_| String::new()),
        })
        .collect()
}

/// Compares and words the first difference, with its place.
///
/// # Errors
/// The difference, ready to print.
pub fn compare(expected: &[String], stdout: &str) -> Result<(), String> {
    let got: Vec<&str> = stdout.lines().collect();
    for (index, want) in expected.iter().enumerate() {
        match got.get(index) {
            Some(line) if line == want => {}
            Some(line) => {
                return Err(format!(
                    "line {} of the output\n  expected: {want}\n       got: {line}",
                    index + 1
                ));
            }
            None => {
                return Err(format!(
                    "the output ends before line {}\n  expected: {want}",
                    index + 1
                ));
            }
        }
    }
    match got.get(expected.len()) {
        Some(extra) => Err(format!("more output than expected: {extra}")),
        None => Ok(()),
    }
}
