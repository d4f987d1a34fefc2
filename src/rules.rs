//! The ordered list of rules. One rule is `rules/<id>.toml`, `src/rules/<id>.rs` and two lines here.

mod altered_placeholder;
mod broken_table;
mod conflicting_level;
mod dead_anchor;
mod empty_directive;
mod foreign_champion;
mod glued_line;
mod incomplete_badge;
mod inconsistent_spelling;
mod invalid_utf8;
mod leftover_heading;
mod leftover_instruction;
mod leftover_owner;
mod leftover_row;
mod malformed_champion;
mod malformed_contact;
mod malformed_funding;
mod malformed_tracking_issue;
mod malformed_user;
mod misplaced_directive;
mod misplaced_person;
mod misplaced_table;
mod missing_ask;
mod missing_badge;
mod missing_cell;
mod missing_champion;
mod missing_level;
mod missing_page;
mod missing_pipe;
mod missing_row;
mod missing_section;
mod missing_table;
mod missing_team;
mod missing_title;
mod missing_tracking_issue;
mod outdated_team;
mod repeated_ask;
mod repeated_delimiter_row;
mod repeated_row;
mod repeated_subgoal;
mod surplus_cell;
mod surplus_table;
mod surplus_team;
mod unasked_champion;
mod unasked_team;
mod unbracketed_team;
mod unexpected_header;
mod unfilled_placeholder;
mod unknown_ask;
mod unknown_directive;
mod unknown_highlight;
mod unknown_level;
mod unknown_person;
mod unknown_status;
mod unknown_team;
mod unknown_theme;
mod unknown_value;
mod unmarked_user;
mod unreadable_metadata;
mod unseparated_users;
mod unsuitable_team;

use crate::rule::{Check, Rule};

macro_rules! rule {
    ($id:literal, $check:expr) => {
        Rule { id: $id, data: include_str!(concat!("../rules/", $id, ".toml")), check: $check }
    };
}

/// All rules, in the order in which they are listed: the file, its metadata, its sections and tables, its asks, the slate.
pub static RULES: &[Rule] = &[
    rule!("invalid-utf8", Check::File(invalid_utf8::check)),
    rule!("missing-title", Check::File(missing_title::check)),
    rule!("unreadable-metadata", Check::File(unreadable_metadata::check)),
    rule!("broken-table", Check::File(broken_table::check)),
    rule!("misplaced-table", Check::File(misplaced_table::check)),
    rule!("surplus-cell", Check::File(surplus_cell::check)),
    rule!("missing-cell", Check::File(missing_cell::check)),
    rule!("missing-pipe", Check::File(missing_pipe::check)),
    rule!("glued-line", Check::File(glued_line::check)),
    rule!("repeated-delimiter-row", Check::File(repeated_delimiter_row::check)),
    rule!("unknown-directive", Check::File(unknown_directive::check)),
    rule!("misplaced-directive", Check::File(misplaced_directive::check)),
    rule!("empty-directive", Check::File(empty_directive::check)),
    rule!("unexpected-header", Check::Goal(unexpected_header::check)),
    rule!("missing-row", Check::File(missing_row::check)),
    rule!("repeated-row", Check::Goal(repeated_row::check)),
    rule!("malformed-contact", Check::Goal(malformed_contact::check)),
    rule!("unknown-status", Check::Goal(unknown_status::check)),
    rule!("unknown-value", Check::Goal(unknown_value::check)),
    rule!("unfilled-placeholder", Check::Goal(unfilled_placeholder::check)),
    rule!("altered-placeholder", Check::Goal(altered_placeholder::check)),
    rule!("malformed-tracking-issue", Check::Goal(malformed_tracking_issue::check)),
    rule!("missing-tracking-issue", Check::Goal(missing_tracking_issue::check)),
    rule!("malformed-champion", Check::Goal(malformed_champion::check)),
    rule!("unknown-theme", Check::Goal(unknown_theme::check)),
    rule!("unknown-highlight", Check::Goal(unknown_highlight::check)),
    rule!("missing-section", Check::Goal(missing_section::check)),
    rule!("missing-table", Check::Goal(missing_table::check)),
    rule!("surplus-table", Check::Goal(surplus_table::check)),
    rule!("repeated-subgoal", Check::Goal(repeated_subgoal::check)),
    rule!("leftover-instruction", Check::Goal(leftover_instruction::check)),
    rule!("leftover-heading", Check::Goal(leftover_heading::check)),
    rule!("leftover-owner", Check::Goal(leftover_owner::check)),
    rule!("leftover-row", Check::Goal(leftover_row::check)),
    rule!("malformed-funding", Check::Goal(malformed_funding::check)),
    rule!("missing-ask", Check::Goal(missing_ask::check)),
    rule!("missing-badge", Check::Goal(missing_badge::check)),
    rule!("incomplete-badge", Check::Goal(incomplete_badge::check)),
    rule!("unasked-team", Check::Goal(unasked_team::check)),
    rule!("unknown-ask", Check::Goal(unknown_ask::check)),
    rule!("unsuitable-team", Check::Goal(unsuitable_team::check)),
    rule!("repeated-ask", Check::Goal(repeated_ask::check)),
    rule!("unknown-level", Check::Goal(unknown_level::check)),
    rule!("missing-level", Check::Goal(missing_level::check)),
    rule!("conflicting-level", Check::Goal(conflicting_level::check)),
    rule!("missing-team", Check::Goal(missing_team::check)),
    rule!("unknown-team", Check::Goal(unknown_team::check)),
    rule!("unbracketed-team", Check::Goal(unbracketed_team::check)),
    rule!("outdated-team", Check::Goal(outdated_team::check)),
    rule!("surplus-team", Check::Goal(surplus_team::check)),
    rule!("misplaced-person", Check::Goal(misplaced_person::check)),
    rule!("missing-champion", Check::Goal(missing_champion::check)),
    rule!("unasked-champion", Check::Goal(unasked_champion::check)),
    rule!("foreign-champion", Check::Goal(foreign_champion::check)),
    rule!("malformed-user", Check::Goal(malformed_user::check)),
    rule!("unmarked-user", Check::Slate(unmarked_user::check)),
    rule!("unseparated-users", Check::Goal(unseparated_users::check)),
    rule!("unknown-person", Check::Slate(unknown_person::check)),
    rule!("inconsistent-spelling", Check::Slate(inconsistent_spelling::check)),
    rule!("missing-page", Check::File(missing_page::check)),
    rule!("dead-anchor", Check::Slate(dead_anchor::check)),
    rule!("malformed-suppression", Check::Suppressions),
    rule!("unknown-rule", Check::Suppressions),
    rule!("unused-suppression", Check::Suppressions),
];
