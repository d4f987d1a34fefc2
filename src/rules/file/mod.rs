//! Rules about a file as a whole: its name, its bytes, its title, blocks that are left open.

pub(crate) mod conflict_marker;
pub(crate) mod garbled_text;
pub(crate) mod hidden_character;
pub(crate) mod invalid_utf8;
pub(crate) mod malformed_file_name;
pub(crate) mod malformed_heading;
pub(crate) mod missing_title;
pub(crate) mod unbalanced_code;
pub(crate) mod unbalanced_emphasis;
pub(crate) mod unclosed_block;
pub(crate) mod unreadable_metadata;
pub(crate) mod unsafe_html;
