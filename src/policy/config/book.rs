//! What mdBook's `book.toml` says of the goals: the preprocessor's own table, where the pages are, and where they are published.

use std::path::PathBuf;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::foreign::{Entry, ForeignFile, entry};
use super::linkifier::Linkifier;
use super::site::{Repository, is_address, is_domain, is_path, site};
use crate::policy::values::{self, Fault};
use crate::sys::error::Error;
use crate::text::similarity::{did_you_mean, normalize};
use crate::text::source::Source;

/// What is read of the file.
#[derive(Default)]
pub(super) struct Book {
    pub(super) src: Option<PathBuf>,
    pub(super) links: Vec<(String, String)>,
    pub(super) linkifiers: Vec<Linkifier>,
    pub(super) users: Vec<(String, String)>,
    pub(super) ignore_users: Vec<String>,
    pub(super) repository: Option<Repository>,
    /// Where a page is edited, with `{path}` for its path from the root.
    pub(super) edit_url: Option<String>,
    /// Where the pages are published.
    pub(super) site: Option<String>,
    /// Where they would be published without a domain of their own, and were before.
    pub(super) former_site: Option<String>,
    pub(super) redirects: Vec<String>,
    pub(super) warnings: Vec<Error>,
}

/// Our keys, each with the table that it belongs to.
const KEYS: [(&str, &[&str]); 10] = [
    ("src", &["book"]),
    ("links", GOALS),
    ("linkifiers", GOALS),
    ("users", GOALS),
    ("ignore_users", GOALS),
    // Read by whoever renders the pages.
    ("issues", GOALS),
    ("git-repository-url", HTML),
    ("site-url", HTML),
    ("cname", HTML),
    ("redirect", HTML),
];
const GOALS: &[&str] = &["preprocessor", "goals"];
const HTML: &[&str] = &["output", "html"];
/// The tables of the file in which one of our keys may be by mistake.
const TABLES: [&[&str]; 6] = [&[], &["book"], &["preprocessor"], GOALS, &["output"], HTML];

/// Reads the file.
pub(super) fn read(source: &Arc<Source>) -> Book {
    let mut file = ForeignFile::new(source);
    let mut book = Book::default();
    if let Some(root) = file.parse() {
        if let Some(table) = file.table(&root, "book") {
            book.src = file.string(table, "src").map(|path| PathBuf::from(*path.get_ref()));
        }
        let preprocessors = file.table(&root, "preprocessor");
        if let Some(table) = preprocessors.and_then(|table| file.table(table, "goals")) {
            add_goals(&mut book, &mut file, table);
        }
        let renderers = file.table(&root, "output");
        if let Some(table) = renderers.and_then(|table| file.table(table, "html")) {
            add_html(&mut book, &mut file, table);
        }
        TABLES.iter().for_each(|path| misplaced(&mut file, &root, path));
    }
    book.warnings = file.finish();
    book
}

fn add_goals(book: &mut Book, file: &mut ForeignFile<'_>, goals: &DeTable<'_>) {
    book.links = texts(file, goals, "links", link);
    book.linkifiers = texts(file, goals, "linkifiers", linkifier);
    book.ignore_users = file.strings(former_home(goals).unwrap_or(goals), "ignore_users").unwrap_or_default();
    book.users = texts(file, goals, "users", user);
}

/// The table of users, if the list of ignored ones is there, as in the first half of 2025, and not at its own place.
fn former_home<'t>(goals: &'t DeTable<'t>) -> Option<&'t DeTable<'t>> {
    let users = entry(goals, "users")?.1.get_ref().as_table()?;
    let is_there = entry(users, "ignore_users").is_some_and(|(_, list)| list.get_ref().is_array());
    (is_there && entry(goals, "ignore_users").is_none()).then_some(users)
}

/// The entries of a table of texts that can be read.
fn texts<T>(
    file: &mut ForeignFile<'_>,
    goals: &DeTable<'_>,
    name: &str,
    read: impl Fn(&mut ForeignFile<'_>, Entry<'_>) -> Option<T>,
) -> Vec<T> {
    let Some(table) = file.table(goals, name) else { return vec![] };
    let mut found = Vec::new();
    for entry in table {
        let key = entry.0.get_ref().as_ref();
        let is_ours = KEYS.iter().any(|(known, _)| *known == key);
        if entry.1.get_ref().as_str().is_some() || !(is_ours || is_dotted(entry)) {
            found.extend(read(file, entry));
        } else if is_dotted(entry) {
            dotted(file, &[GOALS, &[name]].concat(), entry);
        } else if name != "users" || former_home(goals).is_none() {
            moved(file, &[GOALS, &[name]].concat(), entry);
        }
    }
    found
}

fn link(file: &mut ForeignFile<'_>, entry: Entry<'_>) -> Option<(String, String)> {
    let address = file.text(entry, "use a URL: `\"label\" = \"https://…\"`")?;
    let label = entry.0.get_ref();
    file.check(entry.0.span(), || values::label(label).map(|fault| (fault.message("label", label), fault.help)))?;
    let of_url = |fault: Fault| (fault.message("URL", address.get_ref()), fault.help);
    file.check(address.span(), || values::url(address.get_ref()).map(of_url))?;
    Some((label.to_string(), (*address.get_ref()).to_owned()))
}

fn user(file: &mut ForeignFile<'_>, entry: Entry<'_>) -> Option<(String, String)> {
    let name = file.text(entry, "use the name to be shown: `\"@user\" = \"…\"`")?;
    let user = entry.0.get_ref();
    let login = user.strip_prefix('@').unwrap_or(user);
    file.check(entry.0.span(), || values::name(login).map(|fault| (fault.message("user name", user), fault.help)))?;
    let of_name = |fault: Fault| (fault.message("display name", name.get_ref()), fault.help);
    file.check(name.span(), || values::display_name(name.get_ref()).map(of_name))?;
    Some((user.to_string(), (*name.get_ref()).to_owned()))
}

fn linkifier(file: &mut ForeignFile<'_>, entry: Entry<'_>) -> Option<Linkifier> {
    let address = file.text(entry, "use the URL of the link: `\"pattern\" = \"https://…/$1\"`")?;
    match Linkifier::new(entry.0.get_ref(), address.get_ref()) {
        Ok(linkifier) => Some(linkifier),
        Err(fault) => {
            let span = if fault.is_of_address { address.span() } else { entry.0.span() };
            file.warn(span, fault.message, fault.help);
            None
        }
    }
}

fn add_html(book: &mut Book, file: &mut ForeignFile<'_>, html: &DeTable<'_>) {
    if let Some(table) = file.table(html, "redirect") {
        for entry in table {
            let help = "use the page that it leads to: `\"/old.html\" = \"new.html\"`";
            book.redirects.extend(file.text(entry, help).map(|_| entry.0.get_ref().to_string()));
        }
    }
    let repository = file.string(html, "git-repository-url");
    if let Some(address) = &repository
        && !is_address(address.get_ref())
    {
        let message = format!("invalid URL `{}`", address.get_ref());
        file.warn(address.span(), message, "use the full URL of the repository: `https://github.com/…`");
    }
    book.repository = repository.and_then(|address| Repository::of_address(address.get_ref()));
    // It is mdBook's own; one that is no use to us is no fault.
    let edit_url = entry(html, "edit-url-template").and_then(|(_, template)| template.get_ref().as_str());
    let is_use = |template: &&str| template.strip_suffix("{path}").is_some_and(is_address);
    book.edit_url = edit_url.filter(is_use).map(str::to_owned);
    let path = site_path(file, html);
    let former = book.repository.as_ref().map(Repository::site);
    match (entry(html, "cname"), &book.repository) {
        // Without a path, and with a wrong one, nobody knows where on the site the pages are.
        (None, Some(repository)) => book.site = path.flatten().map(|path| repository.site_at(&path)),
        (None, None) => {}
        (Some(_), _) => {
            let domain = domain(file, html);
            book.site = domain.zip(path.map(Option::unwrap_or_default)).map(|(domain, path)| site(&domain, &path));
            book.former_site = former.filter(|former| Some(former) != book.site.as_ref());
        }
    }
}

/// The path of the pages on their site: none if it is not stated, or if it cannot be used.
fn site_path(file: &mut ForeignFile<'_>, html: &DeTable<'_>) -> Option<Option<String>> {
    if entry(html, "site-url").is_none() {
        return Some(None);
    }
    let path = file.string(html, "site-url")?;
    if is_path(path.get_ref()) {
        return Some(Some((*path.get_ref()).to_owned()));
    }
    let message = format!("invalid path `{}`", path.get_ref());
    file.warn(path.span(), message, "use the path of the pages on their site: `/` or `/goals/`");
    None
}

fn domain(file: &mut ForeignFile<'_>, html: &DeTable<'_>) -> Option<String> {
    let domain = file.string(html, "cname")?;
    let name = *domain.get_ref();
    if is_domain(name) {
        return Some(name.to_owned());
    }
    let bare = name.split_once("://").map_or(name, |(_, rest)| rest);
    let bare = bare.split('/').next().unwrap_or(bare).trim();
    let help = if is_domain(bare) { format!("use `{bare}`") } else { "use a domain: `goals.example.org`".to_owned() };
    file.warn(domain.span(), format!("invalid domain `{name}`"), help);
    None
}

/// Warns of our keys in a table that is not theirs.
fn misplaced(file: &mut ForeignFile<'_>, root: &DeTable<'_>, path: &[&str]) {
    let table = path.iter().try_fold(root, |table, name| table.get(*name)?.get_ref().as_table());
    for entry in table.into_iter().flatten() {
        let (key, value) = (entry.0.get_ref().as_ref(), entry.1.get_ref());
        let home = KEYS.iter().find(|(known, _)| *known == key).map(|(_, home)| *home);
        match home {
            // Tables there are those of programs by that name; mdBook itself has one named `links`.
            Some(_) if value.is_table() && (path == ["output"] || (path == ["preprocessor"] && key == "links")) => {}
            // Nearly every program has something of this name.
            Some(["book"]) if !path.is_empty() => {}
            Some(home) if home != path => moved(file, path, entry),
            None if !path.is_empty() && is_dotted(entry) => dotted(file, path, entry),
            None if path == GOALS || path == HTML => misspelled(file, path, entry),
            _ => {}
        }
    }
}

/// Warns of a key that is one of ours but for letter case and hyphens.
fn misspelled(file: &mut ForeignFile<'_>, path: &[&str], entry: Entry<'_>) {
    let key = entry.0.get_ref();
    let ours = KEYS.iter().filter(|(_, home)| *home == path).map(|(known, _)| *known);
    let near = match path {
        GOALS => did_you_mean(key, ours),
        _ => {
            let key = normalize(key);
            ours.into_iter().find(|known| key == normalize(known))
        }
    };
    if let Some(near) = near {
        file.warn(entry.0.span(), format!("unknown key `{key}`"), format!("did you mean `{near}`?"));
    }
}

/// Warns of one of our keys in the table at `path`.
fn moved(file: &mut ForeignFile<'_>, path: &[&str], entry: Entry<'_>) {
    let key = entry.0.get_ref();
    let Some((_, home)) = KEYS.iter().find(|(known, _)| known == key) else { return };
    let place = if path.is_empty() { "above the first header".to_owned() } else { format!("in `{}`", header(path)) };
    file.warn(entry.0.span(), format!("`{key}` has no effect {place}"), format!("move it below `{}`", header(home)));
}

/// Whether an entry is a whole path below a header, as in `preprocessor.goals.users = …` below `[book]`.
fn is_dotted(entry: Entry<'_>) -> bool {
    let is_top = KEYS.iter().any(|(_, home)| home.first() == Some(&entry.0.get_ref().as_ref()));
    is_top && entry.1.get_ref().is_table()
}

/// Warns of a whole path below a header.
fn dotted(file: &mut ForeignFile<'_>, path: &[&str], entry: Entry<'_>) {
    let mut written = vec![entry.0.get_ref().as_ref()];
    let mut value = entry.1.get_ref();
    while let DeValue::Table(table) = value
        && let (Some((key, inner)), 1) = (table.iter().next(), table.len())
    {
        written.push(key.get_ref().as_ref());
        value = inner.get_ref();
    }
    let (key, above) = written.split_last().unwrap_or((&"", &[]));
    let message = format!("`{}` is read as a key of `{}`", written.join("."), header(path));
    file.warn(entry.0.span(), message, format!("write `{key}` below `{}`", header(above)));
}

fn header(path: &[&str]) -> String {
    format!("[{}]", path.join("."))
}
