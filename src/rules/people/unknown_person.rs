//! A person who is not in the roster: a misspelled name, one that nobody can have, or a champion who is in no team.

use hashbrown::{HashMap, HashSet};

use crate::diagnostics::finding::Finding;
use crate::model::mentions::{Mention, Role, Standing};
use crate::model::placeholders::is_placeholder_user;
use crate::model::slate::{File, Slate};
use crate::policy::roster::Known;
use crate::rules::context::LintContext;
use crate::text::ids::FileId;
use crate::text::person_index::{Few, abbreviated};
use crate::text::similarity::did_you_mean;
use crate::text::user_names::user_at;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let in_tables = cx.all_mentions().filter(|mention| mention.role != Role::Note);
    let in_text = cx.slate.files.iter().flat_map(|file| strangers(cx, file));
    let unknown = in_tables.filter(|mention| mention.standing == Standing::Unknown).chain(in_text);
    let unknown: Vec<&Mention> = unknown.collect();
    if unknown.is_empty() {
        return vec![];
    }
    let search = Search::new(cx.slate, &unknown);
    let mut near: HashMap<(&str, Option<&str>, bool), Option<&str>> = HashMap::new();
    let mut reported = HashSet::new();
    let mut findings = Vec::new();
    for &mention in unknown.iter().filter(|mention| cx.wants(mention.file)) {
        let (login, team) = (mention.login(cx.slate), mention.team(cx.slate));
        let is_owner = matches!(mention.role, Role::Owner | Role::Text);
        let near = *near.entry((login, team, is_owner)).or_insert_with(|| match is_owner {
            true => search.owner(login),
            false => search.person(login, team),
        });
        // The same name in several places of a file is one mistake.
        if let Some(finding) = judge(cx.slate, mention, near)
            && reported.insert((mention.file, login))
        {
            findings.push((mention.file, finding));
        }
    }
    findings
}

/// The users in running text whom the roster does not know. What is in tables has a role of its own.
fn strangers<'c>(cx: &'c LintContext<'_>, file: &File) -> &'c [Mention] {
    cx.memo(file).strangers.get_or_init(|| {
        let signs = file.marks("@").filter(|(_, sign)| file.document.table_at(*sign).is_none());
        let users = signs.filter_map(|(text, sign)| {
            let login = user_at(file.source.slice(text), (sign.start - text.start) as usize)?;
            Some(Mention::new(cx.slate, file.id, text.part(login.start - 1..login.end), Role::Text))
        });
        users.filter(|mention| mention.standing == Standing::Unknown).collect()
    })
}

fn judge(slate: &Slate, mention: &Mention, near: Option<&str>) -> Option<Finding> {
    let (login, role) = (mention.login(slate), mention.role);
    // Anybody may be named in a text, and what follows an `@` may be something else.
    if role == Role::Text && near.is_none() {
        return None;
    }
    if let Some(Known::Team(_) | Known::Archived(_) | Known::Merged { .. }) = slate.roster.team(login) {
        let help = match role {
            Role::Owner => format!("use `[{login}]`, or `@name` for the members who do the work"),
            _ => "use the member who answers for this: `@name`".to_owned(),
        };
        return Some(Finding::new(mention.span, format!("`{login}` is a team, not a user")).help(help));
    }
    if is_placeholder_user(slate, login) {
        // In the metadata that is reported by `unfilled-placeholder`.
        let finding = Finding::new(mention.span, format!("placeholder user `@{login}`"));
        let help = "name the owner, `@name`, or use `![Help wanted][]`";
        return (role == Role::Owner).then(|| finding.help(help));
    }
    let finding = Finding::new(mention.span, format!("unknown user `@{login}`"));
    let Some(near) = near else {
        if !can_be_login(login) {
            let message = format!("`@{login}` cannot be a GitHub user: names have only letters, digits, and hyphens");
            return Some(Finding::new(mention.span, message).help("check the spelling"));
        }
        // A goal may be the work of somebody who is in no team, and who was in one may have left it since. A champion is a member.
        let need_not_be = !matches!(role, Role::Champion(_)) || slate.is_closed;
        let help = "name a member of the team, or add the user to `[users]` in goals.toml";
        return (!need_not_be).then(|| finding.help(help));
    };
    let person = slate.roster.person(near).filter(|person| person.name != person.login);
    let name = person.map_or(String::new(), |person| format!(" ({})", person.name));
    Some(finding.help(format!("did you mean `@{near}`{name}?")))
}

/// Whether GitHub would take a name.
fn can_be_login(name: &str) -> bool {
    const LONGEST: usize = 39;
    name.len() <= LONGEST && !name.contains('_') && !name.starts_with('-')
}

/// Whom a name that the roster does not know may have been meant for.
struct Search<'s> {
    slate: &'s Slate,
    /// How often each unknown name is used, by the name in lower case.
    uses: HashMap<String, usize>,
    /// The unknown names that are used several times, which is seldom by mistake.
    familiar: Few<'s>,
}

impl<'s> Search<'s> {
    fn new(slate: &'s Slate, unknown: &[&Mention]) -> Search<'s> {
        let mut uses: HashMap<String, usize> = HashMap::new();
        let mut familiar = Vec::new();
        for login in unknown.iter().map(|mention| mention.login(slate)) {
            let count = uses.entry(login.to_lowercase()).or_default();
            *count += 1;
            if *count == 2 {
                familiar.push((login, ""));
            }
        }
        Search { slate, uses, familiar: Few::new(familiar) }
    }

    /// The point of contact, or the champion of a team: one of its members before anybody else.
    fn person(&self, login: &str, team: Option<&str>) -> Option<&'s str> {
        let roster = &self.slate.roster;
        let team = team.and_then(|team| roster.team_record(team));
        let members = || team.iter().flat_map(|team| &team.members).map(|member| member.login.as_str());
        let name = |login: &'s str| roster.person(login).map_or("", |person| person.name.as_str());
        let of_team = team.map(|_| Few::new(members().map(|login| (login, name(login)))));
        of_team
            .and_then(|members| members.did_you_mean(login))
            .or_else(|| roster.person_meant(login).map(|person| person.login.as_str()))
            .or_else(|| did_you_mean(login, members()))
            .or_else(|| abbreviated(login, members()))
            .or_else(|| self.more_familiar(login))
    }

    /// One who does work: only where one letter is wrong in a name that is nowhere else in the slate.
    fn owner(&self, login: &str) -> Option<&'s str> {
        if self.uses.get(&login.to_lowercase()).is_some_and(|count| *count > 1) {
            return None;
        }
        let near = self.slate.roster.person_by_letter(login).map(|person| person.login.as_str());
        near.or_else(|| self.more_familiar(login))
    }

    fn more_familiar(&self, login: &str) -> Option<&'s str> {
        let is_used_once = self.uses.get(&login.to_lowercase()).is_none_or(|count| *count == 1);
        if is_used_once { self.familiar.nearest_by_letter(login) } else { None }
    }
}
