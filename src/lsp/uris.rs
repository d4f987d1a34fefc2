//! Addresses of files (`file:///a%20b.md`) and their paths.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;

/// The path of a file on this machine; nothing for what an editor has not saved under a name yet (`untitled:`), and for files that
/// are elsewhere.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("file:")).map(|_| &uri[5..])?;
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/')?),
        None => ("", rest),
    };
    if !(host.is_empty() || host.eq_ignore_ascii_case("localhost")) || !path.starts_with('/') {
        return None;
    }
    let bytes = decoded(path);
    // What no file can be called.
    if bytes.contains(&0) { None } else { path_from(bytes).map(|path| crate::sys::paths::lexical(&path)) }
}

#[cfg(unix)]
fn path_from(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes)))
}

#[cfg(not(unix))]
fn path_from(bytes: Vec<u8>) -> Option<PathBuf> {
    let text = String::from_utf8(bytes).ok()?;
    // `/c:/a.md` is `c:\a.md`.
    let is_drive = text.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if is_drive { &text[1..] } else { &text }))
}

/// The address of a file.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    let mut text = "file://".to_owned();
    for byte in bytes_of(path) {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri::from_str(&text).ok()
}

#[cfg(unix)]
fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Vec<u8> {
    format!("/{}", path.to_string_lossy().replace('\\', "/")).into_bytes()
}

fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_paths_and_back() {
        for (uri, path) in [
            ("file:///a/b.md", "/a/b.md"),
            ("file:///a%20b/gr%C3%BCn.md", "/a b/grün.md"),
            ("FILE:///a/./x/../b.md", "/a/b.md"),
            ("file://localhost/a.md", "/a.md"),
            ("file:/a.md", "/a.md"),
            ("file:///c%3A/a.md", "/c:/a.md"),
            ("file:///a%zz%2", "/a%zz%2"),
        ] {
            assert_eq!(path_of(uri), Some(PathBuf::from(path)), "{uri}");
        }
        for uri in [
            "untitled:Untitled-1",
            "http://a/b.md",
            "file://other/a.md",
            "file://",
            "file:a.md",
            "file:///a%00b",
            "",
            "f\u{e4}",
        ] {
            assert_eq!(path_of(uri), None, "{uri}");
        }
        for path in ["/a b/grün \u{1f600}%.md", "/c:/a#?.md"] {
            let uri = uri_of(Path::new(path)).unwrap();
            assert_eq!(path_of(uri.as_str()), Some(PathBuf::from(path)), "{}", uri.as_str());
        }
    }
}
