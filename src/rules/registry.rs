//! The ordered list of rules. One rule is `rules/<id>.toml`, `src/rules/<group>/<id>.rs` and a line here.
//!
//! How they are run, and at which level, is for `rule` to say.

use super::rule::{Check, Rule};
use super::{asks, file, leftovers, links, metadata, people, sections, slate, tables, template};
use crate::text::similarity::did_you_mean;

macro_rules! rule {
    ($id:literal, $check:expr) => {
        Rule {
            id: $id,
            data: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/", $id, ".toml")),
            check: $check,
        }
    };
}

/// All rules, in the order in which they are listed: the file, its metadata, its sections and tables, its asks, the slate.
pub static RULES: &[Rule] = &[
    rule!("invalid-utf8", Check::File(file::invalid_utf8::check)),
    rule!("hidden-character", Check::File(file::hidden_character::check)),
    rule!("malformed-file-name", Check::Slate(file::malformed_file_name::check)),
    rule!("missing-title", Check::File(file::missing_title::check)),
    rule!("unreadable-metadata", Check::File(file::unreadable_metadata::check)),
    rule!("unclosed-block", Check::File(file::unclosed_block::check)),
    rule!("unbalanced-code", Check::File(file::unbalanced_code::check)),
    rule!("unsafe-html", Check::File(file::unsafe_html::check)),
    rule!("unbalanced-emphasis", Check::File(file::unbalanced_emphasis::check)),
    rule!("broken-table", Check::File(tables::broken_table::check)),
    rule!("misplaced-table", Check::File(tables::misplaced_table::check)),
    rule!("extra-cell", Check::File(tables::extra_cell::check)),
    rule!("missing-cell", Check::File(tables::missing_cell::check)),
    rule!("missing-pipe", Check::File(tables::missing_pipe::check)),
    rule!("missing-blank-line", Check::File(tables::missing_blank_line::check)),
    rule!("repeated-delimiter-row", Check::File(tables::repeated_delimiter_row::check)),
    rule!("unknown-directive", Check::File(template::unknown_directive::check)),
    rule!("malformed-directive", Check::File(template::malformed_directive::check)),
    rule!("mdbook-directive", Check::File(template::mdbook_directive::check)),
    rule!("misplaced-directive", Check::File(template::misplaced_directive::check)),
    rule!("foreign-directive", Check::File(template::foreign_directive::check)),
    rule!("empty-directive", Check::File(template::empty_directive::check)),
    rule!("missing-directive", Check::Slate(template::missing_directive::check)),
    rule!("repeated-directive", Check::Slate(template::repeated_directive::check)),
    rule!("extra-directive", Check::Slate(template::extra_directive::check)),
    rule!("unincluded-page", Check::File(template::unincluded_page::check)),
    rule!("misplaced-introduction", Check::Slate(template::misplaced_introduction::check)),
    rule!("malformed-front-matter", Check::File(template::malformed_front_matter::check)),
    rule!("unexpected-header", Check::Goal(tables::unexpected_header::check)),
    rule!("missing-row", Check::File(metadata::missing_row::check)),
    rule!("misspelled-row", Check::File(metadata::misspelled_row::check)),
    rule!("inconsistent-row", Check::File(metadata::inconsistent_row::check)),
    rule!("generated-row", Check::Goal(metadata::generated_row::check)),
    rule!("repeated-row", Check::Goal(metadata::repeated_row::check)),
    rule!("repeated-value", Check::Goal(metadata::repeated_value::check)),
    rule!("malformed-contact", Check::Goal(people::malformed_contact::check)),
    rule!("unknown-status", Check::Goal(metadata::unknown_status::check)),
    rule!("stale-status", Check::Slate(metadata::stale_status::check)),
    rule!("unknown-value", Check::Goal(metadata::unknown_value::check)),
    rule!("unfilled-placeholder", Check::Goal(leftovers::unfilled_placeholder::check)),
    rule!("unfinished-value", Check::File(metadata::unfinished_value::check)),
    rule!("altered-placeholder", Check::Goal(leftovers::altered_placeholder::check)),
    rule!("malformed-tracking-issue", Check::Goal(metadata::malformed_tracking_issue::check)),
    rule!("foreign-tracking-issue", Check::Slate(metadata::foreign_tracking_issue::check)),
    rule!("missing-tracking-issue", Check::Goal(metadata::missing_tracking_issue::check)),
    rule!("redundant-short-title", Check::Goal(metadata::redundant_short_title::check)),
    rule!("malformed-champion", Check::Goal(people::malformed_champion::check)),
    rule!("unknown-theme", Check::Goal(metadata::unknown_theme::check)),
    rule!("unknown-highlight", Check::Goal(metadata::unknown_highlight::check)),
    rule!("missing-section", Check::Goal(sections::missing_section::check)),
    rule!("incomplete-goal", Check::Goal(sections::incomplete_goal::check)),
    rule!("misspelled-section", Check::Goal(sections::misspelled_section::check)),
    rule!("malformed-heading", Check::Goal(file::malformed_heading::check)),
    rule!("misplaced-heading", Check::Goal(sections::misplaced_heading::check)),
    rule!("repeated-section", Check::Goal(sections::repeated_section::check)),
    rule!("empty-section", Check::Goal(sections::empty_section::check)),
    rule!("missing-table", Check::Goal(tables::missing_table::check)),
    rule!("extra-table", Check::Goal(tables::extra_table::check)),
    rule!("misplaced-task-table", Check::Goal(tables::misplaced_task_table::check)),
    rule!("repeated-subgoal", Check::Goal(sections::repeated_subgoal::check)),
    rule!("leftover-instruction", Check::Goal(leftovers::leftover_instruction::check)),
    rule!("leftover-heading", Check::Goal(leftovers::leftover_heading::check)),
    rule!("leftover-owner", Check::Goal(leftovers::leftover_owner::check)),
    rule!("leftover-todo", Check::File(leftovers::leftover_todo::check)),
    rule!("leftover-row", Check::Goal(leftovers::leftover_row::check)),
    rule!("malformed-funding", Check::Goal(tables::malformed_funding::check)),
    rule!("missing-ask", Check::Goal(asks::missing_ask::check)),
    rule!("missing-badge", Check::Goal(asks::missing_badge::check)),
    rule!("incomplete-badge", Check::Goal(asks::incomplete_badge::check)),
    rule!("unasked-team", Check::Goal(asks::unasked_team::check)),
    rule!("unknown-ask", Check::Goal(asks::unknown_ask::check)),
    rule!("unsuitable-team", Check::Goal(asks::unsuitable_team::check)),
    rule!("repeated-ask", Check::Goal(asks::repeated_ask::check)),
    rule!("unknown-level", Check::Goal(asks::unknown_level::check)),
    rule!("missing-level", Check::Goal(asks::missing_level::check)),
    rule!("conflicting-level", Check::Goal(asks::conflicting_level::check)),
    rule!("missing-team", Check::Goal(asks::missing_team::check)),
    rule!("unknown-team", Check::Goal(asks::unknown_team::check)),
    rule!("unbracketed-team", Check::Goal(asks::unbracketed_team::check)),
    rule!("outdated-team", Check::Goal(asks::outdated_team::check)),
    rule!("extra-team", Check::Goal(asks::extra_team::check)),
    rule!("unexpected-text", Check::Goal(asks::unexpected_text::check)),
    rule!("misplaced-person", Check::Goal(people::misplaced_person::check)),
    rule!("missing-champion", Check::Goal(people::missing_champion::check)),
    rule!("unasked-champion", Check::Goal(people::unasked_champion::check)),
    rule!("nonmember-champion", Check::Goal(people::nonmember_champion::check)),
    rule!("malformed-user", Check::Goal(people::malformed_user::check)),
    rule!("unmarked-user", Check::Slate(people::unmarked_user::check)),
    rule!("unseparated-users", Check::Goal(people::unseparated_users::check)),
    rule!("unknown-person", Check::Slate(people::unknown_person::check)),
    rule!("inconsistent-spelling", Check::Slate(people::inconsistent_spelling::check)),
    rule!("broken-link", Check::File(links::broken_link::check)),
    rule!("malformed-address", Check::File(links::malformed_address::check)),
    rule!("dead-link", Check::File(links::dead_link::check)),
    rule!("dead-anchor", Check::Slate(links::dead_anchor::check)),
    rule!("absolute-site-link", Check::File(links::absolute_site_link::check)),
    rule!("undefined-label", Check::File(links::undefined_label::check)),
    rule!("conflicting-definition", Check::File(links::conflicting_definition::check)),
    rule!("repeated-definition", Check::File(links::repeated_definition::check)),
    rule!("unused-definition", Check::File(links::unused_definition::check)),
    rule!("conflicting-linkifier", Check::File(links::conflicting_linkifier::check)),
    rule!("unescaped-at-sign", Check::File(links::unescaped_at_sign::check)),
    rule!("duplicate-title", Check::Slate(slate::duplicate_title::check)),
    rule!("duplicate-tracking-issue", Check::Slate(slate::duplicate_tracking_issue::check)),
    rule!("duplicate-theme", Check::Slate(slate::duplicate_theme::check)),
    rule!("empty-roadmap", Check::Slate(slate::empty_roadmap::check)),
    rule!("unlisted-goal", Check::Slate(slate::unlisted_goal::check)),
    rule!("unlisted-flagship", Check::Slate(slate::unlisted_flagship::check)),
    rule!("rejected-link", Check::Slate(links::rejected_link::check)),
    rule!("wrong-count", Check::Slate(template::wrong_count::check)),
    rule!("malformed-suppression", Check::Suppressions),
    rule!("unknown-rule", Check::Suppressions),
    rule!("unused-suppression", Check::Suppressions),
];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == name)
}

/// The name that may have been meant by `name`.
pub fn nearest_rule(name: &str) -> Option<&'static str> {
    did_you_mean(name, RULES.iter().map(|rule| rule.id))
}
