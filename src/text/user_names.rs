//! GitHub user names in text: `@name`.

/// The user name of a text that is exactly one `@name`.
pub(crate) fn single_user(text: &str) -> Option<&str> {
    let login = text.strip_prefix('@')?;
    (!login.is_empty() && login.bytes().all(is_login_byte)).then_some(login)
}

/// The users that a text names, without `@`: not in code, not inside an address, not after a word character.
pub(crate) fn users(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'@', &bytes[at..]) {
        let start = at + next + 1;
        let (login, is_user) = at_sign(text, start - 1);
        at = login.end;
        if is_user {
            found.push(login);
        }
    }
    found
}

/// The user that the sign at `at` names, without it; see [`users`].
pub(crate) fn user_at(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let (login, is_user) = at_sign(text, at);
    is_user.then_some(login)
}

/// What could be a user name behind a sign, and whether it is one.
fn at_sign(text: &str, at: usize) -> (std::ops::Range<usize>, bool) {
    let (bytes, start) = (text.as_bytes(), at + 1);
    let length = bytes[start..].iter().take_while(|&&byte| is_login_byte(byte)).count();
    let before = at.checked_sub(1).map(|before| bytes[before]);
    let alone =
        before.is_none_or(|byte| !is_login_byte(byte) && !matches!(byte, b'@' | b'/' | b'.' | b'`' | b'+' | b'\\'));
    (start..start + length, alone && length > 0)
}

/// Whether a word without `@` can only be this user: it is spelled like the login, and has a hyphen, a digit, or a capital amid small letters in it. Any other
/// word may be someone else's first name, or an ordinary word.
pub(crate) fn is_surely_login(word: &str, login: &str) -> bool {
    let has_sign = word.bytes().any(|byte| byte == b'-' || byte.is_ascii_digit());
    let is_mixed = || word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) && word.contains(char::is_lowercase);
    word == login && (has_sign || is_mixed())
}

pub(crate) fn is_login_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_one_user_and_nothing_else() {
        assert_eq!(single_user("@ada-l_1"), Some("ada-l_1"));
        for odd in ["", "@", "ada", "@ada @bob", "@ada,", "@ada!", "[@ada]"] {
            assert_eq!(single_user(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_plain_word_is_nobody_for_sure() {
        assert!(is_surely_login("mara-okafor", "mara-okafor") && is_surely_login("kofi42", "kofi42"));
        assert!(is_surely_login("MaraO", "MaraO") && !is_surely_login("Mara", "Mara"));
        for (word, login) in
            [("Alex", "alex"), ("locks", "locks"), ("Kofi42", "kofi42"), ("Mara-Okafor", "mara-okafor")]
        {
            assert!(!is_surely_login(word, login), "{word}");
        }
    }

    #[test]
    fn users_are_found_where_they_stand_alone() {
        let text = "@ada, (@bob) a@b.c https://x.org/@eve @@x `@f` @";
        let found: Vec<_> = users(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["ada", "bob"]);
    }
}
