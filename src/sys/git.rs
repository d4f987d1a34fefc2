//! The files of another commit, read with the `git` command. Nothing is checked out, written or fetched.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hashbrown::HashMap;

use super::error::Error;
use super::paths::{lexical, repository_top, shown};
use super::tree::{Entry, Tree};
use crate::text::source::MAX_FILE_SIZE;

/// How many links may lead from one to the next.
const MAX_LINKS: usize = 8;

/// How the variables begin by which git is told what to do. Hooks and aliases set them for the programs that they run: the
/// directory alone says which repository is meant, and nothing else which history it has.
const OF_GIT: &str = "GIT_";
/// Those of them that add configuration, such as which directories of other owners are safe, and say where it lies.
const OF_CONFIGURATION: &str = "GIT_CONFIG_";

/// The files of a commit, each at the path that it has or had in the work tree.
pub struct Commit {
    top: PathBuf,
    files: HashMap<PathBuf, Blob>,
    directories: BTreeMap<PathBuf, Vec<Entry>>,
    objects: Mutex<Objects>,
}

/// A file as git names it.
struct Blob {
    id: String,
    is_link: bool,
}

impl Commit {
    /// The merge base of `revision` and HEAD in the repository that `directory` lies in.
    pub fn merge_base(directory: &Path, revision: &str) -> Result<Commit, Error> {
        // It would be an option.
        if revision.is_empty() || revision.starts_with('-') {
            return Err(unknown(revision).help("specify a branch, a tag, or a commit, such as `origin/main`"));
        }
        // Git is asked at the top of the checkout: below it, whoever opens a pull request may have added what looks like a
        // repository.
        let real = directory.canonicalize().unwrap_or_else(|_| directory.to_path_buf());
        let checkout = repository_top(&real);
        if !checkout.join(".git").exists() {
            return Err(no_repository(directory, NO_REPOSITORY));
        }
        let depth = real.strip_prefix(&checkout).map_or(0, |below| below.components().count());
        let top = directory.ancestors().nth(depth).unwrap_or(directory);
        if is_submodule(&checkout) && !std::env::current_dir().is_ok_and(|current| current.starts_with(&checkout)) {
            return Err(Error::of(top, "is a submodule, and `--since` is about the repository around it")
                .help("run this in the submodule, whose history is its own, or omit `--since`"));
        }
        let directory = checkout.as_path();
        git(directory, &["rev-parse", "--git-dir"])?.map_err(|said| no_repository(directory, &said))?;
        let commit = format!("{revision}^{{commit}}");
        let base = match git(directory, &["merge-base", &commit, "HEAD"])? {
            Ok(base) => text(&base),
            Err(_) => return Err(why_no_base(directory, revision)?),
        };
        let listing = git(directory, &["ls-tree", "-r", "-z", "--full-tree", &base])?
            .map_err(|said| Error::new(format!("git failed to list the files of {base}: {said}")).help(FETCH_ALL))?;
        Ok(Commit::list(top, directory, &listing))
    }

    fn list(top: &Path, directory: &Path, listing: &[u8]) -> Commit {
        let mut files = HashMap::new();
        let mut directories: BTreeMap<PathBuf, Vec<Entry>> = BTreeMap::new();
        // `MODE TYPE ID<tab>PATH`, each followed by a zero byte.
        for line in listing.split(|&byte| byte == 0) {
            let Some(tab) = line.iter().position(|&byte| byte == b'\t') else { continue };
            let fields = String::from_utf8_lossy(&line[..tab]);
            let mut fields = fields.split(' ');
            let (Some(mode), Some("blob"), Some(id)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let path = top.join(path(&line[tab + 1..]));
            let mut below = Entry { path: path.clone(), is_directory: false, is_link: false };
            while let Some(above) = below.path.parent().map(Path::to_path_buf) {
                let known = directories.contains_key(&above);
                directories.entry(above.clone()).or_default().push(below);
                if known || above == top {
                    break;
                }
                below = Entry { path: above, is_directory: true, is_link: false };
            }
            files.insert(path, Blob { id: id.to_owned(), is_link: mode == "120000" });
        }
        directories.values_mut().for_each(|entries| entries.sort());
        let objects = Objects { directory: directory.to_path_buf(), process: None, missing: None };
        Commit { top: top.to_path_buf(), files, directories, objects: Mutex::new(objects) }
    }

    /// Why something that the commit holds could not be read. Whatever was read from it then is no answer.
    pub fn missing(&self) -> Option<Error> {
        self.objects().missing.as_ref().map(|(_, failure)| failure.clone())
    }

    /// Whether a file below the repository's top differs from that of today, or is in one of the two alone. Ends of lines do not
    /// count: a checkout may write others than the repository holds.
    pub fn differs(&self, path: &Path) -> bool {
        let lines = |bytes: Vec<u8>| bytes.into_iter().filter(|byte| *byte != b'\r').collect::<Vec<u8>>();
        let before = self.is_file(path).then(|| self.read(path).ok().map(lines));
        let today = path.is_file().then(|| std::fs::read(path).ok().map(lines));
        (before.is_some() || path.starts_with(&self.top)) && before != today
    }

    fn objects(&self) -> MutexGuard<'_, Objects> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file at a path, through links.
    fn find(&self, path: &Path) -> Result<Option<&Blob>, Error> {
        let mut path = path.to_path_buf();
        for _ in 0..MAX_LINKS {
            match self.files.get(&path) {
                Some(blob) if blob.is_link => {
                    let target = self.objects().read(&blob.id)?;
                    path = lexical(&path.parent().unwrap_or(Path::new("")).join(self::path(&target)));
                }
                found => return Ok(found),
            }
        }
        Ok(None)
    }
}

impl Tree for Commit {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Error> {
        match self.find(path)? {
            Some(blob) => self.objects().read(&blob.id),
            None => Err(Error::new(format!("{}: no such file in this revision", shown(path)))),
        }
    }

    fn entries(&self, directory: &Path) -> Result<Vec<Entry>, Error> {
        let none = || Error::new(format!("{}: no such directory in this revision", shown(directory)));
        self.directories.get(directory).cloned().ok_or_else(none)
    }

    fn is_file(&self, path: &Path) -> bool {
        matches!(self.find(path), Ok(Some(_)))
    }
}

/// A `git cat-file --batch` that is asked for one object after the other, started with the first.
struct Objects {
    directory: PathBuf,
    process: Option<Batch>,
    /// What could not be read, by its name, and why: of several the first by name, whoever was asked for first.
    missing: Option<(String, Error)>,
}

struct Batch {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    fn read(&mut self, id: &str) -> Result<Vec<u8>, Error> {
        let read = self.ask(id);
        if let Err(failure) = &read
            && self.missing.as_ref().is_none_or(|(first, _)| id < first.as_str())
        {
            self.missing = Some((id.to_owned(), failure.clone()));
        }
        read
    }

    fn ask(&mut self, id: &str) -> Result<Vec<u8>, Error> {
        let lost = |error: &dyn std::fmt::Display| Error::new(format!("git failed to read {id}: {error}"));
        if self.process.is_none() {
            self.process = Some(Batch::start(&self.directory)?);
        }
        let Some(batch) = &mut self.process else { return Err(lost(&"failed to run it")) };
        writeln!(batch.questions, "{id}").and_then(|()| batch.questions.flush()).map_err(|error| lost(&error))?;
        let mut head = String::new();
        batch.answers.read_line(&mut head).map_err(|error| lost(&error))?;
        // `ID TYPE SIZE`, or `ID missing`.
        let size = head.trim_end().split(' ').nth(2).and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| lost(&"missing from this clone").help(FETCH_ALL))?;
        let mut answer = (&mut batch.answers).take(size + 1);
        if size > MAX_FILE_SIZE {
            std::io::copy(&mut answer, &mut std::io::sink()).map_err(|error| lost(&error))?;
            return Ok(Vec::new());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        answer.read_to_end(&mut bytes).map_err(|error| lost(&error))?;
        if bytes.pop() != Some(b'\n') {
            return Err(lost(&"unexpected end of output"));
        }
        Ok(bytes)
    }
}

impl Batch {
    fn start(directory: &Path) -> Result<Batch, Error> {
        let mut child = command(directory, &["cat-file", "--batch"])?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| no_git(&error))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(questions), Some(answers)) => Ok(Batch { child, questions, answers: BufReader::new(answers) }),
            _ => Err(Error::new("git failed to read files")),
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // It would end by itself without further requests; nothing that it still does is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What to do where commits or files are missing from a clone.
const FETCH_ALL: &str =
    "fetch the full history: `git fetch --unshallow`, or in a workflow, `fetch-depth: 0` for `actions/checkout`";

/// What git is told beside the configuration of its user: a repository without a checkout is never the one that the project lies
/// in, be it committed into it, and no program of anyone's runs.
const SETTINGS: [&str; 3] = ["safe.bareRepository=explicit", "core.fsmonitor=false", "core.hooksPath=/dev/null"];

/// What git is told by variables: English, no questions, no locks, and nothing from a remote. Versions before 2.45 do not know
/// that they are not to fetch what is missing; they may use no protocol for it.
const ENVIRONMENT: [(&str, &str); 5] = [
    ("LC_ALL", "C"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", ""),
];

/// Runs git; the answer is what it printed, or what it complained of.
fn git(directory: &Path, args: &[&str]) -> Result<Result<Vec<u8>, String>, Error> {
    let output = command(directory, args)?.stdin(Stdio::null()).output().map_err(|error| no_git(&error))?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or_default();
    Ok(Err(first.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()))
}

fn command(directory: &Path, args: &[&str]) -> Result<Command, Error> {
    let mut command = Command::new("git");
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", outside(&path, directory).ok_or_else(|| no_git(&ErrorKind::NotFound.into()))?);
    }
    command.args(["--no-replace-objects", "--no-pager"]).args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    command.args(args).current_dir(directory);
    for (name, _) in std::env::vars_os() {
        let name_bytes = name.as_encoded_bytes();
        if name_bytes.starts_with(OF_GIT.as_bytes()) && !name_bytes.starts_with(OF_CONFIGURATION.as_bytes()) {
            command.env_remove(name);
        }
    }
    command.envs(ENVIRONMENT);
    // Where this is no repository after all, the one around it is not meant.
    if let Some(above) = directory.parent() {
        command.env("GIT_CEILING_DIRECTORIES", above);
    }
    Ok(command)
}

/// The directories of `PATH` that are not in the checkout, where whoever opens a pull request may have added a `git`: those that
/// are relative would be looked for there, and others may lie in it, such as that of programs from npm. `None` where no
/// directory is left.
fn outside(path: &OsStr, checkout: &Path) -> Option<OsString> {
    let is_outside = |part: &PathBuf| {
        part.is_absolute() && !part.canonicalize().unwrap_or_else(|_| part.clone()).starts_with(checkout)
    };
    let parts: Vec<PathBuf> = std::env::split_paths(path).filter(is_outside).collect();
    if parts.is_empty() { None } else { std::env::join_paths(parts).ok() }
}

/// Whether a checkout is that of a submodule: it lies in another one, and its `.git` is a file that names one of the `modules`.
/// That of a worktree names one of the `worktrees`.
fn is_submodule(checkout: &Path) -> bool {
    let Ok(link) = std::fs::read_to_string(checkout.join(".git")) else { return false };
    let kind = |part: Component<'_>| ["modules", "worktrees"].into_iter().find(|kind| part.as_os_str() == *kind);
    let is_module = link
        .strip_prefix("gitdir:")
        .and_then(|target| Path::new(target.trim()).components().rev().find_map(kind))
        .is_some_and(|kind| kind == "modules");
    is_module && checkout.parent().is_some_and(|above| repository_top(above).join(".git").exists())
}

/// What git says where there is none.
const NO_REPOSITORY: &str = "not a git repository";

fn no_git(error: &std::io::Error) -> Error {
    Error::new(format!("failed to run `git` for `--since`: {error}")).help("install git, or omit `--since`")
}

fn no_repository(directory: &Path, said: &str) -> Error {
    let directory = shown(directory);
    if said.contains(NO_REPOSITORY) {
        return Error::new(format!("{directory}: not in a git repository"))
            .help("run `--since` in a clone of the goals repository, or omit it");
    }
    Error::new(format!("{directory}: git failed to read the repository: {said}"))
}

fn unknown(revision: &str) -> Error {
    Error::new(format!("unknown revision `{revision}`"))
}

/// Why two commits have no merge base, and what to run.
fn why_no_base(directory: &Path, revision: &str) -> Result<Error, Error> {
    let knows = |name: &str| -> Result<bool, Error> {
        Ok(git(directory, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?.is_ok())
    };
    if !knows("HEAD")? {
        return Ok(Error::new("this repository has no commits yet").help("omit `--since`"));
    }
    let shallow = git(directory, &["rev-parse", "--is-shallow-repository"])?;
    let is_shallow = shallow.is_ok_and(|said| text(&said) == "true");
    if !knows(revision)? {
        let remote = format!("origin/{revision}");
        let failure = unknown(revision);
        return Ok(if knows(&remote)? {
            failure.help(format!("did you mean `{remote}`?"))
        } else if is_shallow {
            failure.help(FETCH_ALL)
        } else {
            failure.help(format!(
                "fetch it, for example with `git fetch origin`, or use another revision than `{revision}`"
            ))
        });
    }
    Ok(if is_shallow {
        Error::new(format!("this clone is too shallow to find the merge base of `{revision}` and HEAD")).help(FETCH_ALL)
    } else {
        Error::new(format!("`{revision}` and HEAD have no common ancestor"))
            .help("use the branch that this one is based on")
    })
}

/// A line that git printed.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
