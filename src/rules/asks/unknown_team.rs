//! An unknown team.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal};
use crate::rules::context::LintContext;
use crate::text::source::Spanned;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let asks = goal.asks().map(|(_, ask)| ask);
    let asked = asks.flat_map(|ask| &ask.teams).map(|team| &team.name);
    let championed = goal.champions.iter().map(|champion| &champion.team);
    // Template text is reported by `unfilled-placeholder`.
    let written = asked.chain(championed).filter(|team| !goal::is_placeholder_text(&team.value));
    let unknown = written.filter(|team| cx.slate.roster.team(&team.value).is_none());
    let finding = |team: &Spanned<String>| {
        let name = team.value.as_str();
        if name.is_empty() {
            return Finding::new(team.span, "empty brackets").help("add the name of a team");
        }
        let meant = cx.slate.roster.resolve(name);
        let fix = meant.filter(|meant| meant.certain).map(|meant| (team.span, meant.name.to_owned()));
        let help = match meant {
            Some(meant) if meant.certain => format!("use `[{}]`", meant.name),
            Some(meant) => format!("did you mean `[{}]`?", meant.name),
            None if name.starts_with('@') => "name a team here, and move the person to the notes".to_owned(),
            None => "use the name of the team in the Rust team repository".to_owned(),
        };
        Finding::new(team.span, format!("unknown team `{name}`")).help(help).maybe_fix(fix)
    };
    unknown.map(finding).collect()
}
