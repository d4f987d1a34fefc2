//! The parts of the engine by themselves, on one process's time: `cargo bench --bench parts`.
//!
//! Each is measured with the slate of `fixtures/2025h1` and with one of ten times its goals, so that growth shows too.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)] // what criterion makes has no words; a surprise may stop it

use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use goals::output::Style;
use goals::output::findings::{self, Checked};
use goals::{ConfigFiles, Counts, Document, FrontMatter, Levels, Project, Slate, Source, lint, rfc};

/// The slate that is measured.
const PERIOD: &str = "2025h1";

/// The texts of the slate, and of so many copies of each goal.
fn sources(copies: usize) -> Vec<Source> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(PERIOD);
    let mut paths: Vec<_> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        sources.push(Source::from_bytes(format!("{PERIOD}/{name}"), bytes.clone()));
        let is_goal = String::from_utf8_lossy(&bytes).contains("| Point of contact") && name != "TEMPLATE.md";
        for copy in (1..copies).filter(|_| is_goal) {
            sources.push(Source::from_bytes(format!("{PERIOD}/{copy}-{name}"), bytes.clone()));
        }
    }
    sources
}

fn project() -> Project {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    Project::open(&fixtures, ConfigFiles::default(), None).unwrap()
}

fn slate(project: &Project, sources: Vec<Source>) -> Slate {
    project.slate(PERIOD, None, false, sources).unwrap().slate
}

fn parts(criterion: &mut Criterion) {
    let project = project();
    let levels = Levels::built_in().unwrap();
    criterion.bench_function("open", |bencher| bencher.iter(self::project));
    for copies in [1, 10] {
        let sources = sources(copies);
        let slate = slate(&project, sources.clone());
        let findings = lint(&slate, None, &levels);
        let bytes = sources.iter().map(|source| source.text().len() as u64).sum();
        let mut group = criterion.benchmark_group("slate");
        group.sample_size(20).throughput(Throughput::Bytes(bytes));
        let id = |part: &str| BenchmarkId::new(part, format!("{} files", sources.len()));
        group.bench_function(id("parse"), |bencher| {
            bencher.iter(|| sources.iter().map(Document::parse).collect::<Vec<_>>());
        });
        group.bench_function(id("parse and extract"), |bencher| {
            bencher.iter(|| self::slate(&project, sources.clone()));
        });
        group.bench_function(id("rules"), |bencher| bencher.iter(|| lint(&slate, None, &levels)));
        group.bench_function(id("draw"), |bencher| {
            let counts = Counts { files: 0, goals: 0 };
            let checked = Checked { slate: &slate, root: &project.root, findings: &findings, suppressed: 0, counts };
            bencher.iter(|| {
                let mut length = 0;
                findings::findings(&checked, None, &project.root, Style::default(), &mut |text| length += text.len());
                length
            });
        });
        group.bench_function(id("assemble"), |bencher| {
            bencher.iter(|| rfc::assemble(&slate, &project.config, &FrontMatter::default()).unwrap());
        });
        group.finish();
    }
}

criterion_group!(benches, parts);
criterion_main!(benches);
