//! Aggregates inside the VM: counts, sums and histograms by key, without an event leaving the trace point.
//!
//! Each scheduler has a table of its own and writes to it alone; a reader merges copies. Tables are bounded: keys beyond
//! the bound are counted together under one entry, so that the totals stay true.

use std::collections::HashMap;

/// What is kept of the values of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Count,
    Sum,
    /// Distribution, for percentiles.
    Histogram,
}

/// Each power of two is split into that many parts, so that a percentile is off by an eighth at most.
const PARTS: u64 = 4;
const BUCKETS: usize = 64 * PARTS as usize;

/// The values of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub count: u64,
    pub sum: u64,
    pub min: u64,
    pub max: u64,
    /// Empty unless a histogram is kept.
    buckets: Vec<u64>,
}

impl Cell {
    fn new(measure: Measure) -> Cell {
        let buckets = if measure == Measure::Histogram {
            vec![0; BUCKETS]
        } else {
            Vec::new()
        };
        Cell {
            count: 0,
            sum: 0,
            min: u64::MAX,
            max: 0,
            buckets,
        }
    }

    fn add(&mut self, value: u64) {
        self.count += 1;
        self.sum = self.sum.saturating_add(value);
        self.min = self.min.min(value);
        self.max = self.max.max(value);
        if let Some(bucket) = self.buckets.get_mut(bucket_of(value)) {
            *bucket += 1;
        }
    }

    fn merge(&mut self, other: &Cell) {
        self.count += other.count;
        self.sum = self.sum.saturating_add(other.sum);
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        for (bucket, more) in self.buckets.iter_mut().zip(&other.buckets) {
            *bucket += more;
        }
    }

    /// The sum by the number; 0 of nothing.
    pub fn mean(&self) -> f64 {
        if self.count == 0 {
            0.0
        } else {
            self.sum as f64 / self.count as f64
        }
    }

    /// The value below which `percent` of all lie, to an eighth; 0 without a histogram.
    pub fn percentile(&self, percent: f64) -> u64 {
        let wanted =
            ((self.count as f64 * percent / 100.0).ceil() as u64).clamp(1, self.count.max(1));
        let mut seen = 0;
        for (at, count) in self.buckets.iter().enumerate() {
            seen += count;
            if seen >= wanted {
                return bounds(at).1.min(self.max).max(self.min);
            }
        }
        0
    }

    /// Counts by powers of two: the least value of each and how many, empty ones at the ends left out.
    pub fn powers(&self) -> Vec<(u64, u64)> {
        let rows: Vec<(u64, u64)> = self
            .buckets
            .chunks(PARTS as usize)
            .enumerate()
            .map(|(power, parts)| (if power == 0 { 0 } else { 1 << power }, parts.iter().sum()))
            .collect();
        let used = |row: &(u64, u64)| row.1 > 0;
        match (rows.iter().position(used), rows.iter().rposition(used)) {
            (Some(first), Some(last)) => rows[first..=last].to_vec(),
            _ => Vec::new(),
        }
    }
}

fn bucket_of(value: u64) -> usize {
    if value < 2 {
        return usize::try_from(value).expect("0 or 1");
    }
    let power = u64::from(value.ilog2());
    // The two bits behind the leading one.
    let part = if power >= 2 {
        (value >> (power - 2)) & (PARTS - 1)
    } else {
        (value & 1) * 2
    };
    usize::try_from(power * PARTS + part).expect("a bucket number")
}

/// The least and the greatest value of a bucket.
fn bounds(bucket: usize) -> (u64, u64) {
    let (power, part) = (bucket as u64 / PARTS, bucket as u64 % PARTS);
    if power == 0 {
        return (part, part);
    }
    if power == 1 {
        return (2 + part / 2, 2 + part / 2);
    }
    let step = 1u64 << (power - 2);
    let least = (PARTS + part) << (power - 2);
    (least, least + (step - 1))
}

/// One scheduler's table, or a merged one.
#[derive(Clone, Debug)]
pub struct Aggregate {
    measure: Measure,
    cells: HashMap<Box<[u8]>, Cell>,
    max_keys: usize,
    /// All keys beyond the bound.
    rest: Cell,
}

impl Aggregate {
    /// A table of at most `max_keys` keys. A key is any bytes: a captured term, a name.
    pub fn new(measure: Measure, max_keys: usize) -> Aggregate {
        Aggregate {
            measure,
            cells: HashMap::new(),
            max_keys,
            rest: Cell::new(measure),
        }
    }

    /// What is measured.
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// One value more under a key.
    pub fn add(&mut self, key: &[u8], value: u64) {
        if let Some(cell) = self.cells.get_mut(key) {
            cell.add(value);
        } else if self.cells.len() < self.max_keys {
            let mut cell = Cell::new(self.measure);
            cell.add(value);
            self.cells.insert(key.into(), cell);
        } else {
            self.rest.add(value);
        }
    }

    /// Adds all of `other`, another scheduler's table of the same kind.
    pub fn merge(&mut self, other: &Aggregate) {
        for (key, cell) in &other.cells {
            if let Some(mine) = self.cells.get_mut(key) {
                mine.merge(cell);
            } else if self.cells.len() < self.max_keys {
                self.cells.insert(key.clone(), cell.clone());
            } else {
                self.rest.merge(cell);
            }
        }
        self.rest.merge(&other.rest);
    }

    /// What was measured under a key.
    pub fn get(&self, key: &[u8]) -> Option<&Cell> {
        self.cells.get(key)
    }

    /// What was counted under keys that found no place.
    pub fn rest(&self) -> &Cell {
        &self.rest
    }

    /// Keys by falling count (or sum, if that is measured), then by key.
    pub fn rows(&self) -> Vec<(&[u8], &Cell)> {
        let weight = |cell: &Cell| {
            if self.measure == Measure::Sum {
                cell.sum
            } else {
                cell.count
            }
        };
        let mut rows: Vec<(&[u8], &Cell)> = self
            .cells
            .iter()
            .map(|(key, cell)| (&**key, cell))
            .collect();
        rows.sort_unstable_by(|(key_a, a), (key_b, b)| {
            weight(b).cmp(&weight(a)).then_with(|| key_a.cmp(key_b))
        });
        rows
    }

    /// A table as text; `name` shows a key, `unit` stands behind values.
    pub fn text(&self, name: &dyn Fn(&[u8]) -> String, unit: &str) -> String {
        let mut out = String::new();
        for (key, cell) in self.rows() {
            self.push_row(&mut out, &name(key), cell, unit);
        }
        if self.rest.count > 0 {
            self.push_row(&mut out, "(all others)", &self.rest, unit);
        }
        out
    }

    fn push_row(&self, out: &mut String, name: &str, cell: &Cell, unit: &str) {
        match self.measure {
            Measure::Count => out.push_str(&format!("{:>12}  {name}\n", cell.count)),
            Measure::Sum => {
                let (sum, count, mean) = (cell.sum, cell.count, cell.mean());
                out.push_str(&format!(
                    "{sum:>14} {unit}  {count:>10} times  {mean:>10.1} {unit} each  {name}\n"
                ));
            }
            Measure::Histogram => {
                let [p50, p90, p99] = [50.0, 90.0, 99.0].map(|p| cell.percentile(p));
                out.push_str(&format!(
                    "{name}: {} times, min {} p50 {p50} p90 {p90} p99 {p99} max {} {unit}\n",
                    cell.count, cell.min, cell.max
                ));
                let rows = cell.powers();
                let most = rows
                    .iter()
                    .map(|(_, count)| *count)
                    .max()
                    .unwrap_or(1)
                    .max(1);
                for (least, count) in rows {
                    let bar = "@".repeat(usize::try_from(count * 40 / most).unwrap_or(40));
                    out.push_str(&format!("{least:>14} {count:>10} |{bar:<40}|\n"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Aggregate, BUCKETS, Measure, bounds, bucket_of};

    #[test]
    fn each_value_lies_in_its_bucket_and_buckets_ascend() {
        let values = (0..2000)
            .chain((0..64).flat_map(|p| [(1u64 << p) - 1, 1 << p, (1 << p) + (1 << p) / 2]))
            .chain([u64::MAX]);
        for value in values {
            let bucket = bucket_of(value);
            let (least, greatest) = bounds(bucket);
            assert!(
                bucket < BUCKETS && (least..=greatest).contains(&value),
                "{value} in {bucket}: {least}..={greatest}"
            );
        }
    }

    #[test]
    fn percentiles_are_off_by_an_eighth_at_most() {
        let mut table = Aggregate::new(Measure::Histogram, 10);
        for value in 1..=10_000 {
            table.add(b"f", value);
        }
        let cell = table.get(b"f").expect("there");
        for (percent, exact) in [
            (50.0, 5000.0),
            (90.0, 9000.0),
            (99.0, 9900.0),
            (100.0, 10_000.0),
        ] {
            let given = cell.percentile(percent) as f64;
            assert!((given - exact).abs() <= exact / 4.0, "{percent}: {given}");
        }
        assert_eq!(
            (cell.count, cell.min, cell.max, cell.sum),
            (10_000, 1, 10_000, 50_005_000)
        );
    }

    #[test]
    fn merging_loses_nothing_and_keys_are_bounded() {
        let mut merged = Aggregate::new(Measure::Sum, 5);
        for scheduler in 0..4u64 {
            let mut table = Aggregate::new(Measure::Sum, 5);
            for n in 0..100u64 {
                table.add(&[(n % 8) as u8], scheduler * 100 + n);
            }
            merged.merge(&table);
        }
        let rows = merged.rows();
        assert_eq!(rows.len(), 5);
        let total = rows.iter().map(|(_, cell)| cell.sum).sum::<u64>() + merged.rest().sum;
        assert_eq!(
            total,
            (0..4u64)
                .flat_map(|s| (0..100).map(move |n| s * 100 + n))
                .sum::<u64>()
        );
        assert!(rows.windows(2).all(|pair| pair[0].1.sum >= pair[1].1.sum));
        assert!(
            merged
                .text(&|key| format!("{key:?}"), "us")
                .contains("(all others)")
        );
    }
}
