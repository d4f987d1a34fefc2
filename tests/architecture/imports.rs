//! Which file imports which, read from the sources: `use` declarations and paths that begin with `crate`, `super` or `goals`.

use std::collections::{BTreeMap, BTreeSet};

/// The modules of the crate: their paths (`text::source`; `main` and `lib` for the two roots) with the code of their files.
#[derive(Debug, Default)]
pub(crate) struct Modules {
    code: BTreeMap<String, String>,
    /// What a module hands on: the name there, and the path that it refers to.
    handed_on: BTreeMap<(String, String), String>,
}

/// One import: where it leads, and what it takes from there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Import {
    /// The module that imports.
    pub(crate) from: String,
    /// The module that is imported.
    pub(crate) to: String,
}

impl Modules {
    /// Takes files by their names (`src/text/source.rs`), each with its code, without comments and unit tests.
    pub(crate) fn new(files: &[(String, String)]) -> Modules {
        let mut modules = Modules::default();
        for (name, code) in files {
            let path = name.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
            modules.code.insert(path.replace('/', "::"), code.clone());
        }
        for (module, code) in modules.code.clone() {
            for (path, is_public) in uses(&code) {
                let name = path.rsplit(" as ").next().unwrap_or(&path).rsplit("::").next().unwrap_or(&path).to_owned();
                let path = path.split(" as ").next().unwrap_or(&path);
                if is_public && let Some(path) = modules.absolute(&module, path) {
                    modules.handed_on.insert((module.clone(), name), path);
                }
            }
        }
        modules
    }

    /// Every import of one file by another; what a module only hands on of its own children is none.
    pub(crate) fn imports(&self) -> BTreeSet<Import> {
        let mut found = BTreeSet::new();
        for (module, code) in &self.code {
            let declared = uses(code).into_iter().filter(|(path, is_public)| {
                let path = path.split(" as ").next().unwrap_or(path);
                let is_child = self.absolute(module, path).is_some_and(|path| path.starts_with(&format!("{module}::")));
                !(*is_public && (is_child || module == "lib"))
            });
            let named = paths(code);
            for path in declared.map(|(path, _)| path).chain(named) {
                let path = path.split(" as ").next().unwrap_or(&path);
                let target = self.absolute(module, path).and_then(|path| self.module_of(&path, 0));
                if let Some(to) = target.filter(|to| to != module) {
                    found.insert(Import { from: module.clone(), to });
                }
            }
        }
        found
    }

    /// A path from the crate's root; `None` where it leads to another crate.
    fn absolute(&self, module: &str, path: &str) -> Option<String> {
        let mut above: Vec<&str> = module.split("::").filter(|part| !matches!(*part, "lib" | "main")).collect();
        let mut parts: Vec<&str> = path.split("::").collect();
        match parts[0] {
            "crate" => return Some(parts[1..].join("::")),
            "goals" => return Some(format!("lib::{}", parts[1..].join("::"))),
            "super" => {
                while parts.first() == Some(&"super") {
                    above.pop()?;
                    parts.remove(0);
                }
            }
            "self" => {
                parts.remove(0);
            }
            first => {
                let child = [above.as_slice(), &[first]].concat().join("::");
                if !self.code.contains_key(&child) {
                    return None;
                }
            }
        }
        Some([above, parts].concat().join("::"))
    }

    /// The module in which the item at a path is, followed through all that hand it on.
    fn module_of(&self, path: &str, depth: usize) -> Option<String> {
        let parts: Vec<&str> = path.split("::").collect();
        let (module, rest) = (1..=parts.len()).rev().find_map(|length| {
            let module = parts[..length].join("::");
            self.code.contains_key(&module).then_some((module, &parts[length..]))
        })?;
        match rest.first() {
            Some(item) if depth < 8 => match self.handed_on.get(&(module.clone(), (*item).to_owned())) {
                Some(path) => self.module_of(path, depth + 1),
                // The library's face has the modules themselves, too.
                None if module == "lib" => self.module_of(&rest.join("::"), depth + 1),
                None => Some(module),
            },
            _ => Some(module),
        }
    }
}

/// Files that import each other in a circle, if there is one: in the order of the imports.
pub(crate) fn circle(imports: &BTreeSet<Import>) -> Option<Vec<String>> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for import in imports {
        next.entry(&import.from).or_default().push(&import.to);
    }
    let mut done = BTreeSet::new();
    for start in next.keys() {
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((module, at)) = way.last_mut() {
            let (module, to) = (*module, next.get(*module).and_then(|all| all.get(*at)));
            *at += 1;
            match to {
                Some(to) if way.iter().any(|(module, _)| module == to) => {
                    let circle = way.iter().map(|(module, _)| (*module).to_owned()).skip_while(|module| module != to);
                    return Some(circle.chain([(*to).to_owned()]).collect());
                }
                Some(to) if !done.contains(to) => way.push((to, 0)),
                Some(_) => {}
                None => {
                    done.insert(module);
                    way.pop();
                }
            }
        }
    }
    None
}

/// The paths of all `use` declarations, each with whether it is public.
fn uses(code: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("use ") {
        let line = rest[..at].rsplit('\n').next().unwrap_or_default().trim_start();
        let is_public = line.starts_with("pub");
        let is_use = line.is_empty() || is_public && (line.trim_end() == "pub" || line.trim_end().ends_with(')'));
        rest = &rest[at + 4..];
        if !is_use {
            continue;
        }
        let end = rest.find(';').unwrap_or(rest.len());
        found.extend(expand(&rest[..end]).into_iter().map(|path| (path, is_public)));
        rest = &rest[end..];
    }
    found
}

/// `a::{b, c::{self, d}}` as `a::b`, `a::c`, `a::c::d`.
fn expand(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inner)) = tree.split_once('{') else {
        return vec![tree.trim_end_matches("::self").to_owned()];
    };
    let inner = inner.trim_end().trim_end_matches('}').trim_end();
    let inner = &tree[before.len() + 1..before.len() + 1 + tree[before.len() + 1..].rfind('}').unwrap_or(inner.len())];
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| expand(&format!("{}{}", before.trim(), part.trim()))).collect()
}

/// Paths in the code itself that begin at a root.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for root in ["crate::", "super::", "goals::"] {
        for (at, _) in code.match_indices(root) {
            let is_part = code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '"' | '`'));
            let line = code[..at].rsplit('\n').next().unwrap_or_default().trim_start();
            if is_part || line.starts_with("use ") || line.starts_with("pub") && line.contains(" use ") {
                continue;
            }
            let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
            let end = code[at..].find(|c| !is_path(c)).map_or(code.len(), |length| at + length);
            found.push(code[at..end].trim_end_matches(':').to_owned());
        }
    }
    found
}

#[test]
fn imports_are_read_to_the_end() {
    let files = [
        ("src/lib.rs", "mod a;\nmod b;\npub use a::c::Thing;\n"),
        ("src/a/mod.rs", "pub(crate) mod c;\npub(crate) mod d;\npub use c::Thing;\n"),
        ("src/a/c.rs", "use std::fmt;\n\npub struct Thing;\n"),
        ("src/a/d.rs", "use super::{c::{self, Thing}, Other};\n"),
        ("src/b.rs", "use crate::a::Thing;\n\nfn f() -> crate::a::d::X {}\n"),
        ("src/main.rs", "mod cli;\nuse cli::x;\n"),
        ("src/cli.rs", "use goals::Thing;\nfn x() { goals::b::y() }\n"),
    ];
    let files: Vec<(String, String)> = files.map(|(name, code)| (name.to_owned(), code.to_owned())).into();
    let found = Modules::new(&files).imports();
    let found: Vec<String> = found.iter().map(|import| format!("{} > {}", import.from, import.to)).collect();
    assert_eq!(found, ["a::d > a", "a::d > a::c", "b > a::c", "b > a::d", "cli > a::c", "cli > b", "main > cli"]);
}

#[test]
fn a_circle_is_found() {
    let import = |from: &str, to: &str| Import { from: from.to_owned(), to: to.to_owned() };
    let mut imports = BTreeSet::from([import("a", "b"), import("b", "c"), import("d", "b"), import("a", "c")]);
    assert_eq!(circle(&imports), None);
    imports.insert(import("c", "d"));
    assert_eq!(circle(&imports).unwrap(), ["b", "c", "d", "b"]);
}
