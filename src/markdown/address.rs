//! Targets that are neither an address nor a path: what was typed wrongly, left out, or is still to be filled in.

use std::borrow::Cow;
use std::ops::Range;

use super::escape::unescaped;
use crate::text::user_names::is_login_byte;

/// What is wrong with a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// The bytes of the target that are wrong.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What takes the place of those bytes, where nothing else can be meant.
    pub text: Option<String>,
}

/// Placeholders of an address that is still to be written.
const PLACEHOLDERS: [&str; 20] = [
    "todo",
    "tbd",
    "tba",
    "xxx",
    "xxxx",
    "fixme",
    "fill me in",
    "fill-me-in",
    "placeholder",
    "url",
    "link",
    "href",
    "address",
    "path",
    "here",
    "insert",
    "...",
    "…",
    "?",
    "???",
];

/// Last parts of addresses that are placeholders for a number.
const NUMBERS: [&str; 14] =
    ["0000", "00000", "000000", "nnn", "nnnn", "nnnnn", "xxx", "xxxx", "xxxxx", "todo", "tbd", "???", "????", "?????"];

/// Ends of host names by which one without a scheme is known.
const DOMAINS: [&str; 12] = ["com", "org", "io", "net", "dev", "rs", "edu", "gov", "me", "page", "app", "eu"];

/// The schemes of the links that GitHub keeps; from any other it takes the address, and only the text is left. They are those
/// of its sanitizer (`ANCHOR_SCHEMES` of the gem html-pipeline) without two of its own programs.
const FOLLOWED: [&str; 6] = ["http", "https", "mailto", "irc", "ircs", "xmpp"];

/// What is wrong with a target, if it is no address and no path.
pub(crate) fn flaw(target: &str) -> Option<Flaw> {
    if is_plain_address(target) || is_plain_path(target) {
        return None;
    }
    // Before another dot a backslash would be an escape, which is never meant there.
    let is_way_up = target.starts_with("..\\") || target.starts_with(".\\");
    match unescaped(target) {
        Cow::Owned(_) if is_way_up => backslash(target),
        Cow::Borrowed(_) => flaw_of_plain(target),
        // What it means has other bytes than what is written, so none of these can be fixed.
        Cow::Owned(meaning) => flaw_of_plain(&meaning).map(|flaw| Flaw { range: 0..target.len(), text: None, ..flaw }),
    }
}

/// Whether a target is an address in which none of these flaws can be, as nearly all are: a host of letters, and a last part
/// that is no placeholder for a number.
fn is_plain_address(target: &str) -> bool {
    let Some(rest) = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://")) else { return false };
    let bytes = rest.as_bytes();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let host = bytes.iter().position(|byte| !is_name(byte)).unwrap_or(bytes.len());
    let is_host = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && matches!(bytes.get(host), None | Some(b'/' | b'?' | b'#'))
        && memchr::memchr(b'.', &bytes[..host]).is_some()
        && !rest.starts_with("http");
    let end = bytes.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    let last_part = memchr::memrchr2(b'/', b'#', &bytes[..end]).map_or(end, |mark| end - mark - 1);
    let is_end = match bytes[..end].last() {
        // No shorter or longer placeholder is known, and none ends otherwise.
        Some(b'0' | b'n' | b'N' | b'x' | b'X' | b'o' | b'O' | b'd' | b'D') => !(3..=6).contains(&last_part),
        Some(last) => last.is_ascii_alphanumeric(),
        None => false,
    };
    is_host && is_end && memchr::memchr2(b'\\', b'&', bytes).is_none()
}

/// Whether a target is a path to a page in which none of them can be.
fn is_plain_path(target: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let leads = target.starts_with("./") || target.starts_with("../");
    leads && target.ends_with(".md") && target.bytes().all(is_plain)
}

/// The same for a target without escapes.
fn flaw_of_plain(target: &str) -> Option<Flaw> {
    let checks = [placeholder, wrapped, scheme, host, account, repository, drive, backslash, unfollowed];
    if target.trim().is_empty() || target == "#" {
        return Some(new(0..target.len(), "link without a URL", "add the URL, or remove the brackets", None));
    }
    checks.into_iter().find_map(|check| check(target))
}

pub(crate) fn new(range: Range<usize>, message: &str, help: impl Into<String>, text: Option<String>) -> Flaw {
    Flaw { range, message: message.to_owned(), help: help.into(), text }
}

fn placeholder(target: &str) -> Option<Flaw> {
    let bare = target.trim_matches(['<', '>', '*', '_', '{', '}', '[', ']', '(', ')', ' ']);
    let rest = bare.strip_prefix("https://").or(bare.strip_prefix("http://")).unwrap_or(bare);
    if PLACEHOLDERS.iter().any(|word| word.eq_ignore_ascii_case(rest)) {
        return Some(new(0..target.len(), "placeholder in a URL", "replace it with the URL", None));
    }
    let (above, last) = target.trim_end_matches('/').rsplit_once(['/', '#'])?;
    let is_open = ["/pull", "/issues"].iter().any(|end| above.ends_with(end))
        && NUMBERS.iter().any(|number| number.eq_ignore_ascii_case(last));
    let is_number = is_open || target.ends_with("#0000");
    let range = above.len() + 1..target.len();
    is_number.then(|| new(range, "placeholder for a number", "add the number of the issue or pull request", None))
}

/// Marks that belong around or after an address.
fn wrapped(target: &str) -> Option<Flaw> {
    let inner = target.trim_matches(['<', '>', '`', '"', '\'', '(', '[', ']']).trim_end_matches([',', ';']);
    // A parenthesis at the end may belong to the address.
    let inner = if target.starts_with('(') { inner.trim_end_matches(')') } else { inner };
    if inner == target || inner.is_empty() || !is_address_like(inner) {
        return None;
    }
    Some(new(0..target.len(), "punctuation around this URL", format!("use `{inner}`"), Some(inner.to_owned())))
}

fn scheme(target: &str) -> Option<Flaw> {
    let end = target.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(target.len());
    let (word, rest) = target.split_at(end);
    if !rest.starts_with([':', '/', ';']) || !(4..=6).contains(&word.len()) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let meant = match lower.as_str() {
        "http" | "https" => lower.as_str(),
        _ if strsim::osa_distance(&lower, "https") <= 1 => "https",
        _ => return None,
    };
    let marks = rest.len() - rest.trim_start_matches([':', '/', ';', '.', ' ']).len();
    let after = &rest[marks..];
    // The scheme may be repeated.
    if lower == meant && &rest[..marks] == "://" {
        let second =
            ["https://", "http://", "https//", "http//", "https:/"].iter().find(|again| after.starts_with(*again))?;
        let _ = second;
        let range = 0..end + marks;
        return Some(new(range, "repeated URL scheme", "remove one of the two schemes", Some(String::new())));
    }
    if marks == 0 || after.is_empty() {
        return None;
    }
    let range = 0..end + marks;
    let text = format!("{meant}://");
    Some(new(range, "misspelled URL scheme", format!("use `{text}`"), Some(text)))
}

fn host(target: &str) -> Option<Flaw> {
    if let Some(rest) = target.strip_prefix("https://").or(target.strip_prefix("http://")) {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let range = target.len() - rest.len()..target.len() - rest.len() + host.len();
        let name = host.split(':').next().unwrap_or_default();
        if matches!(name, "localhost" | "127.0.0.1" | "0.0.0.0") {
            return Some(new(range, "URL points to the local machine", "use the published URL", None));
        }
        let is_odd = !host.contains(['.', '[']) || host.contains([',', '`', '"']) || host.starts_with('.');
        return is_odd.then(|| new(range, "invalid host name", "use the full URL: `https://…`", None));
    }
    if has_scheme(target) {
        let is_local = target.starts_with("file:");
        let help = "use a URL that others can open";
        return is_local.then(|| new(0..target.len(), "URL points to a local file", help, None));
    }
    let first = target.split(['/', '?', '#']).next().unwrap_or_default();
    let has_path = first.len() < target.len();
    let domain = first.rsplit_once('.').map(|(name, domain)| (name, domain.to_lowercase()));
    let is_host = domain.is_some_and(|(name, domain)| {
        let is_name = !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
            && !name.starts_with('.');
        is_name && (first.starts_with("www.") || (DOMAINS.contains(&domain.as_str()) && (has_path || domain != "rs")))
    });
    let message = "without `https://`, this is read as a file path";
    is_host.then(|| new(0..first.len(), message, format!("use `https://{first}`"), Some(format!("https://{first}"))))
}

fn account(target: &str) -> Option<Flaw> {
    if let Some(login) = target.strip_prefix('@') {
        let is_login = !login.is_empty() && login.bytes().all(is_login_byte);
        let help = format!("use only `{target}`, without a link, or `https://github.com/{login}`");
        return is_login.then(|| new(0..target.len(), "expected a URL, found a user name", help, None));
    }
    let (name, domain) = target.split_once('@')?;
    let is_mail =
        !has_scheme(target) && !name.is_empty() && !name.contains('/') && domain.contains('.') && !domain.contains('/');
    let text = format!("mailto:{target}");
    is_mail.then(|| new(0..target.len(), "missing `mailto:` in a mail address", format!("use `{text}`"), Some(text)))
}

/// `org/repo#1`, `org/repo/1` and the like, which GitHub makes links of and Markdown does not.
fn repository(target: &str) -> Option<Flaw> {
    let (path, number) = target.rsplit_once(['/', '#'])?;
    let path = path.strip_suffix("/issues").or(path.strip_suffix("/pull")).unwrap_or(path);
    let (owner, name) = path.split_once('/')?;
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if !is_word(owner) || !is_word(name) || number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = format!("https://github.com/{owner}/{name}/issues/{number}");
    Some(new(0..target.len(), "expected a URL, found an issue reference", format!("use `{text}`"), Some(text)))
}

/// A path from the drive of a local machine, such as `C:\goals\a.md`.
fn drive(target: &str) -> Option<Flaw> {
    let is_drive = matches!(target.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    let help = "use a relative path, or a URL that others can open";
    is_drive.then(|| new(0..target.len(), "path points to a local file", help, None))
}

fn backslash(target: &str) -> Option<Flaw> {
    let is_path = !has_scheme(target) && target.contains('\\') && target.to_lowercase().contains(".md");
    let text = target.replace('\\', "/");
    is_path.then(|| new(0..target.len(), "backslash in a path; use `/`", format!("use `{text}`"), Some(text)))
}

/// A scheme that does something other than link to a page, such as `javascript:`, or that is unknown.
fn unfollowed(target: &str) -> Option<Flaw> {
    let (scheme, _) = target.split_once(':').filter(|_| has_scheme(target))?;
    let is_followed = FOLLOWED.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let message = format!("GitHub removes links with the scheme `{scheme}:`");
    let help = match scheme.contains('.') {
        true => "remove `:` and what follows from the name of a file, or add `https://` before that of a host",
        false => "link to a web page (`https://…`) or mail address (`mailto:…`), or remove the link",
    };
    (!is_followed).then(|| new(0..scheme.len() + 1, &message, help, None))
}

/// Whether a text looks like the target of a link.
pub(crate) fn is_address_like(text: &str) -> bool {
    let text = text.trim();
    let is = |part: Option<&str>, other: &str| part.is_some_and(|part| part.eq_ignore_ascii_case(other));
    let begins = || STARTS.iter().any(|start| is(text.get(..start.len()), start));
    let is_page = || {
        let path = text.split('#').next().unwrap_or_default();
        is(path.len().checked_sub(3).and_then(|at| path.get(at..)), ".md")
    };
    text.len() > 2
        && (text.bytes().next().is_some_and(may_begin_address) && begins() || is_page())
        && !text.contains(char::is_whitespace)
}

/// What addresses and paths begin with, but for those that are known by their end.
const STARTS: [&str; 9] = ["https://", "http://", "www.", "./", "../", "https:/", "http:/", "github.com/", "mailto:"];

/// Whether a byte is the first one of these.
pub(crate) fn may_begin_address(byte: u8) -> bool {
    matches!(byte.to_ascii_lowercase(), b'h' | b'w' | b'.' | b'g' | b'm')
}

/// Where a full address begins within a text.
pub(crate) fn address_within(text: &str) -> Option<usize> {
    memchr::memchr(b':', text.as_bytes())?;
    ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()
}

/// An address without what browsers put before it.
pub(crate) fn without_scheme(address: &str) -> &str {
    ["https://", "http://", "www."].iter().fold(address, |mut rest, prefix| {
        while let Some(behind) = rest.strip_prefix(prefix) {
            rest = behind;
        }
        rest
    })
}

/// Whether a target begins with a scheme, such as `https:`; a single letter is none.
pub(crate) fn has_scheme(target: &str) -> bool {
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-');
    let scheme = target.bytes().take_while(is_of_scheme).count();
    scheme > 1 && target.as_bytes()[0].is_ascii_alphabetic() && target.as_bytes().get(scheme) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_target_is_known() {
        let text = |target: &str| {
            flaw(target).map(|flaw| {
                flaw.text.map(|text| format!("{}{text}{}", &target[..flaw.range.start], &target[flaw.range.end..]))
            })
        };
        for (target, meant) in [
            ("www.rust-lang.org/x", "https://www.rust-lang.org/x"),
            ("github.com/rust-lang/rust", "https://github.com/rust-lang/rust"),
            ("docs.rs/serde", "https://docs.rs/serde"),
            ("htps://x.org/a", "https://x.org/a"),
            ("https:/x.org", "https://x.org"),
            ("http//x.org", "http://x.org"),
            ("https:///x.org", "https://x.org"),
            ("https://https://x.org", "https://x.org"),
            ("(https://x.org/a)", "https://x.org/a"),
            ("https://x.org/a,", "https://x.org/a"),
            ("rust-lang/rfcs/3458", "https://github.com/rust-lang/rfcs/issues/3458"),
            ("rust-lang/rust#12", "https://github.com/rust-lang/rust/issues/12"),
            ("a@b.org", "mailto:a@b.org"),
            ("..\\2024h2\\a.md", "../2024h2/a.md"),
            ("..\\..\\a.md", "../../a.md"),
        ] {
            assert_eq!(text(target), Some(Some(meant.to_owned())), "{target}");
        }
        for target in [
            "",
            "#",
            "XXX",
            "https://TODO",
            "@ada",
            "https://github.com/a/b/issues/0000",
            "http://localhost/x",
            "https://",
            "https://github,com/x",
            "file:///x",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "zulip:x",
            "a.md:12",
            "x.org:80/a",
            "java&#115;cript:alert(1)",
            "javascript&colon;alert(1)",
            "x&period;org:80",
            "C:/goals/a.md",
            "C:\\goals\\a.md",
            "drafts\\_old\\a.md",
        ] {
            assert_eq!(text(target), Some(None), "{target}");
        }
    }

    #[test]
    fn addresses_and_paths_are_let_alone() {
        for target in [
            "a.md",
            "./a.md#b",
            "../2024h2/a.md",
            "/about/a.md",
            "#b",
            "https://x.org",
            "https://en.wikipedia.org/wiki/Rust_(x)",
            "https://web.archive.org/web/2020/https://x.org",
            "mailto:a@b.org",
            "main.rs",
            "img/a.png",
            "https://x.org/a?b=https://c.org",
            "https://github.com/rust-lang/rust/issues/1000",
            "http://x.org:80/",
            "HTTPS://x.org",
            "MAILTO:a@b.org",
            "irc://irc.libera.chat/x",
            "./a:b.md",
            "c:x",
            "foo\\_bar.md",
            "./README.md\\#x",
            "README\\.md",
            "README&#46;md",
            "a&amp;b.md",
            "https://x.org/?a=b&c=d;e",
            "../img/",
            "https://[::1]/x",
            "2025/11/a.html",
        ] {
            assert_eq!(flaw(target), None, "{target}");
        }
    }

    #[test]
    fn a_scheme_has_two_letters_at_least() {
        for address in ["https://x.org", "mailto:a@b.c", "zulip+x:y"] {
            assert!(has_scheme(address), "{address}");
        }
        for path in ["a.md", "./a:b.md", "c:x", "", "#a:b"] {
            assert!(!has_scheme(path), "{path}");
        }
    }
}
