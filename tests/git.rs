//! Attacks on `--since`: what a checkout, an environment or a repository may hold so that git answers something else or runs
//! a program of its own.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::path::Path;

use common::{GOAL, Place, commit, git, has, output, path_variable, show};

/// A goal with a status that nobody knows.
fn faulty() -> String {
    GOAL.replace("Proposed ", "Proposd  ")
}

/// A repository whose main has a goal without faults, with a branch checked out that broke it.
fn broken() -> Place {
    let place = Place::with(&[("src/2025h1/a.md", GOAL)]);
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "begin");
    git(place.path(), &["checkout", "--quiet", "-b", "branch"]);
    place.write("src/2025h1/a.md", faulty().as_bytes());
    commit(place.path(), "the branch");
    place
}

/// Runs `goals lint --since main` with these variables besides the one by which programs are found.
fn since(directory: &Path, more: &[&str], environment: &[(&str, &str)]) -> String {
    let path = path_variable();
    let environment = [&[("PATH", path.as_str())], environment].concat();
    let args = [&["lint", "--since", "main", "--format", "short"], more].concat();
    show(&args, &output(directory, &args, b"", &environment))
}

/// Fails unless the fault that the branch brought is told.
fn is_told(text: &str) {
    assert!(text.contains("2025h1/a.md:6:22: error[unknown-status]"), "{text}");
    assert!(text.ends_with("exit code 1\n"), "{text}");
}

/// Writes a program.
fn program(place: &Place, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    place.write(name, format!("#!/bin/sh\n{script}\n").as_bytes());
    std::fs::set_permissions(place.path().join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_git_of_the_checkout_is_never_run() {
    if !has("git", "a_git_of_the_checkout_is_never_run") {
        return;
    }
    let place = broken();
    let harmed = place.path().join("harmed");
    let at = |name: &str| place.path().join(name).display().to_string();
    for name in ["git", "node_modules/.bin/git"] {
        program(&place, name, &format!("touch {}", harmed.display()));
    }
    let real = path_variable();
    // What is relative in the variable, or empty, is looked for where git is asked: at the top of the checkout.
    let (top, below) = (at("."), at("node_modules/.bin"));
    let elsewhere = Place::new();
    let linked = elsewhere.path().join("bin").display().to_string();
    std::os::unix::fs::symlink(&below, &linked).unwrap();
    for first in ["", ".", "./", "node_modules/.bin", "..//.", &top, &below, &linked] {
        is_told(&since(place.path(), &[], &[("PATH", &format!("{first}:{real}"))]));
        is_told(&since(&place.path().join("src"), &[], &[("PATH", &format!("{first}:{real}:{first}"))]));
        assert!(!harmed.exists(), "with `{first}` in PATH");
    }
    // With nothing else in it there is no git.
    for only in ["", ".", "node_modules/.bin:", &below] {
        let run = since(place.path(), &[], &[("PATH", only)]);
        assert!(run.contains("failed to run `git` for `--since`") && run.ends_with("exit code 2\n"), "{run}");
        assert!(!harmed.exists(), "with `{only}` as PATH");
    }
}

#[test]
fn no_program_that_a_repository_names_is_run() {
    if !has("git", "no_program_that_a_repository_names_is_run") {
        return;
    }
    let place = broken();
    let at = place.path();
    let harmed = at.join("harmed");
    let harm = format!("touch {}; false", harmed.display());
    // A repository comes with its configuration where it is unpacked from an archive.
    place.write(".gitattributes", b"* filter=harm diff=harm merge=harm working-tree-encoding=UTF-16\n");
    for name in ["post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"] {
        program(&place, &format!(".git/hooks/{name}"), &harm);
    }
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.ls-tree",
        "pager.cat-file",
        "core.editor",
        "core.askPass",
        "core.sshCommand",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "credential.helper",
        "diff.external",
        "diff.harm.textconv",
        "diff.harm.command",
        "filter.harm.smudge",
        "filter.harm.clean",
        "filter.harm.process",
        "gpg.program",
        "uploadpack.packObjectsHook",
        "alias.ls-tree",
        "alias.merge-base",
    ] {
        let value = if key.starts_with("alias") { format!("!{harm}") } else { harm.clone() };
        git(at, &["config", key, &value]);
    }
    is_told(&since(at, &[], &[]));
    assert!(!harmed.exists());

    // A clone without the object of the base asks its remote for it, by a program that its configuration names. Old versions of
    // git do not know the variable that forbids it.
    git(at, &["config", "extensions.partialClone", "origin"]);
    for (key, value) in [("url", "/nowhere"), ("promisor", "true"), ("uploadpack", &harm)] {
        git(at, &["config", &format!("remote.origin.{key}"), value]);
    }
    for protocol in ["file", "ext"] {
        git(at, &["config", &format!("protocol.{protocol}.allow"), "always"]);
    }
    let id = git(at, &["rev-parse", "main:src/2025h1/a.md"]);
    std::fs::remove_file(at.join(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    let tools = Place::new();
    program(&tools, "git", &format!("unset GIT_NO_LAZY_FETCH\nPATH={} exec git \"$@\"", path_variable()));
    let old = format!("{}:{}", tools.path().display(), path_variable());
    for url in ["/nowhere", &format!("ext::sh -c \"touch {}\"", harmed.display()), "ssh://nowhere.invalid/x"] {
        git(at, &["config", "remote.origin.url", url]);
        for path in [&old, &path_variable()] {
            let run = since(at, &[], &[("PATH", path)]);
            assert!(run.contains("missing from this clone") && run.ends_with("exit code 2\n"), "{url}: {run}");
            assert!(!harmed.exists(), "{url}");
        }
    }
}

#[test]
fn variables_of_git_change_no_base() {
    if !has("git", "variables_of_git_change_no_base") {
        return;
    }
    let place = broken();
    let at = place.path();
    // Another history, whose only commit has the fault.
    let other = Place::with(&[("src/2025h1/a.md", &faulty())]);
    git(other.path(), &["init", "--quiet"]);
    commit(other.path(), "old");
    let (here, there) = (git(at, &["rev-parse", "HEAD"]), git(other.path(), &["rev-parse", "HEAD"]));
    let base = git(at, &["rev-parse", "main"]);
    place.write("grafts", format!("{here} {there}\n{base} {there}\n").as_bytes());
    place.write("shallow", format!("{here}\n").as_bytes());
    let file = |name: &str| at.join(name).display().to_string();
    let objects = other.path().join(".git/objects").display().to_string();
    let trace = file("trace");
    for (name, value) in [
        ("GIT_GRAFT_FILE", file("grafts")),
        ("GIT_SHALLOW_FILE", file("shallow")),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", objects),
        ("GIT_CEILING_DIRECTORIES", at.display().to_string()),
        ("GIT_NAMESPACE", "other".to_owned()),
        ("GIT_TRACE", trace.clone()),
        ("GIT_TRACE2_EVENT", trace.clone()),
        ("GIT_EXEC_PATH", file("nowhere")),
        ("GIT_COMMON_DIR", other.path().join(".git").display().to_string()),
        ("GIT_DEFAULT_HASH", "sha256".to_owned()),
        ("GIT_NO_REPLACE_OBJECTS", "0".to_owned()),
        ("GIT_LITERAL_PATHSPECS", "1".to_owned()),
    ] {
        is_told(&since(at, &[], &[(name, &value)]));
        assert!(!Path::new(&trace).exists(), "{name} writes a file");
    }
    // What git complains of is told, not what it is traced with.
    let traced =
        show(&[], &output(at, &["lint", "--since", "nowhere"], b"", &[("PATH", &path_variable()), ("GIT_TRACE", "1")]));
    assert!(traced.contains("unknown revision `nowhere`") && !traced.contains("trace"), "{traced}");
}

#[test]
fn the_repository_around_a_broken_one_is_not_asked() {
    if !has("git", "the_repository_around_a_broken_one_is_not_asked") {
        return;
    }
    // A project unpacked from an archive into a clone whose main has the same fault at the same path from its own top.
    let place = Place::with(&[("src/2025h1/a.md", &faulty())]);
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "old");
    place.write("unpacked/src/2025h1/a.md", faulty().as_bytes());
    place.write("unpacked/.git/description", b"no repository");
    let run = since(&place.path().join("unpacked"), &[], &[]);
    assert!(run.contains("not in a git repository") && run.ends_with("exit code 2\n"), "{run}");
}

#[test]
fn a_submodule_is_no_part_of_the_repository_around_it() {
    if !has("git", "a_submodule_is_no_part_of_the_repository_around_it") {
        return;
    }
    let place = Place::with(&[("docs/src/2025h1/a.md", GOAL), ("docs/goals.toml", "")]);
    let at = place.path();
    git(at, &["init", "--quiet"]);
    commit(at, "begin");
    git(at, &["checkout", "--quiet", "-b", "branch"]);
    // The branch has another repository in the place of the directory, whose main has had the fault for ever.
    let other = Place::with(&[("src/2025h1/a.md", &faulty()), ("goals.toml", "")]);
    git(other.path(), &["init", "--quiet"]);
    commit(other.path(), "old");
    git(at, &["rm", "-r", "--quiet", "docs"]);
    git(at, &["submodule", "--quiet", "add", other.path().to_str().unwrap(), "docs"]);
    commit(at, "the branch");
    let run = since(at, &["docs"], &[]);
    assert!(run.contains("docs: is a submodule") && run.ends_with("exit code 2\n"), "{run}");
    // Whoever is in it asks for its own history.
    let inside = since(&at.join("docs"), &[], &[]);
    assert!(inside.ends_with("exit code 0\n"), "{inside}");
}
