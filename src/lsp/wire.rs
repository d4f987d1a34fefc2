//! Messages as bytes: a header with their length, and JSON.
//!
//! A client is no more trusted than a file: headers and messages have a most, and no memory is taken for bytes that only a header
//! promises.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// The longest message, in bytes: a file of the largest size that is read, with room for its escapes.
const MAX_MESSAGE: u64 = 80 << 20;
/// The longest line of a header, in bytes.
const MAX_HEADER_LINE: u64 = 4 << 10;
/// The most lines of a header.
const MAX_HEADER_LINES: usize = 32;

/// What comes from a client.
#[derive(Debug)]
pub(super) enum Received {
    /// A message.
    Message(Message),
    /// A message that is no JSON: why.
    Malformed(String),
    /// JSON that is no message of the protocol: its id, where it has one, and why.
    Invalid(Value, &'static str),
    /// A message that was too large to be read, and is left out: why.
    Skipped(String),
    /// What no message can be read after: why.
    Broken(String),
    /// The client has closed the stream.
    End,
}

/// Reads one message.
pub(super) fn read(from: &mut impl BufRead) -> Received {
    let length = match header(from) {
        Ok(Some(length)) => length,
        Ok(None) => return Received::End,
        Err(error) => return broken(&error),
    };
    if length > MAX_MESSAGE {
        return skip(from, length);
    }
    let mut bytes = Vec::new();
    match from.take(length).read_to_end(&mut bytes) {
        // Who goes away amid a message has gone away.
        Ok(read) if (read as u64) < length => Received::End,
        Ok(_) => match serde_json::from_slice(&bytes) {
            // A request whose id cannot be kept is read as a notification, and would wait for its answer for ever.
            Ok(Message::Notification(_)) if has_id(&bytes) => unread(&bytes),
            Ok(message) => Received::Message(message),
            Err(_) => unread(&bytes),
        },
        Err(error) => broken(&error),
    }
}

/// Reads over a message that is too large.
fn skip(from: &mut impl BufRead, length: u64) -> Received {
    match io::copy(&mut from.take(length), &mut io::sink()) {
        Ok(read) if read < length => Received::End,
        Ok(_) => {
            Received::Skipped(format!("message of {length} bytes is larger than {} MiB: skipped", MAX_MESSAGE >> 20))
        }
        Err(error) => broken(&error),
    }
}

/// What of a message is read that may be no message.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    id: Value,
    method: Option<IgnoredAny>,
}

fn has_id(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Envelope>(bytes).is_ok_and(|envelope| !envelope.id.is_null())
}

/// What is wrong with bytes that are no message. However deeply they are nested, what is ignored is read without a bound.
fn unread(bytes: &[u8]) -> Received {
    if let Err(error) = serde_json::from_slice::<IgnoredAny>(bytes) {
        return Received::Malformed(format!("message is no JSON: {error}"));
    }
    // A structure can be read from a list too.
    let is_list = bytes.trim_ascii_start().starts_with(b"[");
    let (envelopes, why) = match is_list {
        true => (serde_json::from_slice::<Vec<Envelope>>(bytes).unwrap_or_default(), "message is a list of messages"),
        false => (Vec::from_iter(serde_json::from_slice::<Envelope>(bytes)), "message has no `method`"),
    };
    let Ok([Envelope { id, method }]) = <[Envelope; 1]>::try_from(envelopes) else {
        return Received::Invalid(Value::Null, if is_list { why } else { "message is no request or notification" });
    };
    let is_deep = serde_json::from_slice::<Value>(bytes).is_err();
    let id = if id.is_number() || id.is_string() { id } else { Value::Null };
    Received::Invalid(
        id,
        match method {
            _ if is_list => why,
            Some(_) if is_deep => "message is nested too deeply",
            Some(_) => "message is no request or notification of the protocol",
            None => why,
        },
    )
}

fn broken(error: &io::Error) -> Received {
    match error.kind() {
        io::ErrorKind::InvalidData => Received::Broken(error.to_string()),
        // Reading fails where the other end is gone.
        _ => Received::End,
    }
}

/// Reads a header up to the empty line that ends it; the length that it states, or nothing where the stream ends before it.
fn header(from: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    for number in 0..MAX_HEADER_LINES {
        let mut line = Vec::new();
        from.by_ref().take(MAX_HEADER_LINE).read_until(b'\n', &mut line)?;
        if line.is_empty() && number == 0 {
            return Ok(None);
        }
        let Some(text) = line.strip_suffix(b"\r\n").or_else(|| line.strip_suffix(b"\n")) else {
            return Err(invalid(format!("malformed header: {}", excerpt(&line))));
        };
        if text.is_empty() {
            return length.map(Some).ok_or_else(|| invalid("header without `Content-Length`".to_owned()));
        }
        let text = String::from_utf8_lossy(text);
        let Some((name, value)) = text.split_once(':') else {
            return Err(invalid(format!("malformed header: {}", excerpt(text.as_bytes()))));
        };
        if name.trim().eq_ignore_ascii_case("Content-Length") {
            let value = value.trim();
            let stated = value
                .parse::<u64>()
                .map_err(|_| invalid(format!("malformed `Content-Length`: `{}`", excerpt(value.as_bytes()))))?;
            length = Some(stated);
        }
    }
    Err(invalid(format!("header of more than {MAX_HEADER_LINES} lines")))
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// The beginning of what was read, for a message.
fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    crate::text::sanitize::sanitize(&text.chars().take(60).collect::<String>()).into_owned()
}

/// Writes one message.
pub(super) fn write(message: &Message, to: &mut impl Write) -> io::Result<()> {
    message.write(to)
}

/// Writes that a message could not be read; its id is null where it is not known.
pub(super) fn write_error(id: &Value, code: ErrorCode, why: &str, to: &mut impl Write) -> io::Result<()> {
    let error = json!({ "code": code as i32, "message": why });
    let text = json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string();
    write!(to, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(bytes: &[u8]) -> String {
        match read(&mut io::Cursor::new(bytes)) {
            Received::Message(Message::Notification(one)) => format!("notification {}", one.method),
            Received::Message(message) => format!("{message:?}"),
            Received::Malformed(_) => "malformed".to_owned(),
            Received::Invalid(id, why) => format!("{id}: {why}"),
            Received::Skipped(why) => why,
            Received::Broken(why) => why,
            Received::End => "end".to_owned(),
        }
    }

    #[test]
    fn messages_are_read_by_their_length() {
        let text = "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        let length = text.len();
        for header in [
            format!("Content-Length: {length}\r\n\r\n"),
            format!("content-length:{length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n"),
            format!("Content-Length: {length}\n\n"),
        ] {
            assert_eq!(received(format!("{header}{text}").as_bytes()), "notification exit");
        }
        assert_eq!(received(b""), "end");
        assert_eq!(received(b"Content-Length: 10\r\n\r\n{"), "end");
        assert_eq!(received(b"Content-Length: 1\r\n\r\n{"), "malformed");
        assert_eq!(received(b"Content-Length: 2\r\n\r\n[]"), "null: message is a list of messages");
    }

    #[test]
    fn what_is_no_message_says_why() {
        for (bytes, why) in [
            (&b"GET / HTTP/1.1\r\n\r\n"[..], "malformed header: GET / HTTP/1.1"),
            (b"Content-Length: 104857600\r\n\r\n{}", "end"),
            (b"Content-Length: 99999999999999999999\r\n\r\n", "malformed `Content-Length`: `99999999999999999999`"),
            (b"Content-Length: -1\r\n\r\n", "malformed `Content-Length`: `-1`"),
            (b"X: y\r\n\r\n", "header without `Content-Length`"),
            (b"no line end", "malformed header: no line end"),
        ] {
            assert_eq!(received(bytes), why);
        }
        assert!(received(&[b'x'; 1 << 20]).starts_with("malformed header: xxx"));
        assert_eq!(received("X: y\r\n".repeat(100).as_bytes()), "header of more than 32 lines");
    }
}
