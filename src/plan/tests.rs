use super::{Plan, base_path, file_of};
use crate::plan::{Names, SectionNames};
use crate::site::{self, Options, Site};
use crate::source::Snapshot;

const VI: &str = "procedure: thu-tuc\nfield: linh-vuc\nsimplified: cat-giam\nagency: co-quan\nposting: niem-yet\npage: trang\n\
    contact: dia-chi\nreception: tiep-cong-dan\nstatistics: thong-ke\nreport: bao-cao\ndocument: van-ban\nanswer: hoi-dap\n\
    update: thong-bao\nfeedback: gop-y\nsearch: tim-kiem\ndata: du-lieu\nstatus: tinh-trang\n";

const SITE: &str = "title: Cổng\nagency: so\nbase_url: https://a.vn/cong/\n";

fn names() -> Names {
    let names: SectionNames = serde_yaml::from_str(VI).unwrap();
    Names::from([("vi".to_owned(), names)])
}

/// Plans a site of one agency and these files.
fn plan(files: &[(&str, &str)]) -> (Site, Plan, Vec<String>) {
    let fixed = [("content/site.yaml", SITE), ("content/agencies/so.yaml", "title: Sở\n")];
    let given = |path| files.iter().any(|(other, _)| *other == path);
    let fixed = fixed.into_iter().filter(|(path, _)| !given(*path));
    let snapshot = Snapshot::from_texts(fixed.chain(files.iter().copied()));
    let site = site::load(&snapshot, &Options::default()).site.unwrap();
    let (plan, faults) = Plan::new(&site, &names(), &snapshot);
    let told = |fault: &crate::diagnostic::Diagnostic| {
        format!("{} {}@{}", fault.code, snapshot.file(fault.place.file).path, fault.place.start)
    };
    let faults = faults.iter().map(told).collect();
    (site, plan, faults)
}

#[test]
fn every_section_has_its_page_even_without_records() {
    let (_, plan, faults) = plan(&[]);
    assert_eq!(faults, Vec::<String>::new());
    for address in ["/", "/thu-tuc/", "/thu-tuc/cat-giam/", "/thu-tuc/co-quan/so/", "/dia-chi/", "/404.html", "/gop-y/"]
    {
        assert!(plan.exists(address), "{address}");
    }
    assert!(!plan.exists("/thu-tuc"));
}

#[test]
fn an_alias_is_a_page_that_redirects() {
    let (_, plan, faults) = plan(&[("content/pages/a.md", "---\ntitle: A\naliases: [/cu/, /Trang-Cu.aspx]\n---\n")]);
    assert_eq!(faults, Vec::<String>::new());
    let redirects: Vec<_> = plan.redirects.iter().map(|redirect| (redirect.file(), redirect.target.as_str())).collect();
    assert_eq!(redirects, [("cu/index.html".into(), "/a/"), ("Trang-Cu.aspx".into(), "/a/")]);
}

#[test]
fn an_alias_that_is_taken_is_told_at_the_alias() {
    let (_, _, faults) =
        plan(&[("content/pages/a.md", "---\ntitle: A\naliases:\n- /Thu-tuc/\n- /robots.txt/x/\n---\n")]);
    assert_eq!(faults, ["route-collision content/pages/a.md@24", "route-collision content/pages/a.md@36"]);
}

#[test]
fn words_of_addresses_are_no_ids() {
    let update = "title: A\nkind: notice\ndate: 2026-01-01\n";
    let (_, _, faults) = plan(&[
        ("content/pages/thu-tuc.md", "---\ntitle: A\n---\n"),
        ("content/pages/vi.md", "---\ntitle: A\n---\n"),
        ("content/updates/trang.yaml", update),
        ("content/updates/thu-tuc.yaml", update),
    ]);
    let told = |path| format!("route-collision {path}@0");
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(faults.contains(&told("content/pages/thu-tuc.md")) && faults.contains(&told("content/updates/trang.yaml")));
}

#[test]
fn files_that_differ_in_letter_case_are_told() {
    let (_, _, faults) = plan(&[("content/files/A.txt", "a"), ("content/files/a.txt", "b")]);
    assert_eq!(faults, ["route-collision content/files/a.txt@0"]);
}

#[test]
fn long_lists_have_parts() {
    let page = "title: A\nkind: notice\ndate: 2026-01-01\n";
    let files: Vec<_> = (0..51).map(|n| (format!("content/updates/a{n}.yaml"), page)).collect();
    let (_, plan, _) = plan(&files.iter().map(|(path, text)| (path.as_str(), *text)).collect::<Vec<_>>());
    assert!(plan.exists("/thong-bao/trang/2/") && !plan.exists("/thong-bao/trang/3/"));
}

#[test]
fn addresses_stand_below_the_base() {
    let (_, plan, _) = plan(&[]);
    assert_eq!(plan.href("/dia-chi/#a"), "/cong/dia-chi/#a");
    assert_eq!(base_path("https://a.vn"), "");
}

#[test]
fn a_folder_is_its_index() {
    assert_eq!(["/", "/a/", "/a", "/a.html"].map(file_of), ["index.html", "a/index.html", "a/index.html", "a.html"]);
}

const PROCEDURE: &str = "title: A\ncode: '1.000001'\nfield: Rượu\nonline_level: none\nchannels: [{method: direct}]\nsteps: [{text: Nộp.}]\n";

#[test]
fn what_can_be_used_has_a_sheet_for_the_notice_board() {
    let gone = "withdrawn: {on: 2026-01-01, reason: Sai}\n";
    let (_, plan, _) = plan(&[
        ("content/procedures/a.yaml", PROCEDURE),
        ("content/procedures/b.yaml", &format!("{}{gone}", PROCEDURE.replace("1.000001", "1.000002"))),
    ]);
    for address in ["/thu-tuc/a/niem-yet/", "/thu-tuc/linh-vuc/ruou/niem-yet/", "/dia-chi/niem-yet/"] {
        assert!(plan.exists(address), "{address}");
    }
    assert!(plan.exists("/thu-tuc/b/") && !plan.exists("/thu-tuc/b/niem-yet/"));
}

#[test]
fn a_site_may_want_no_sheets() {
    let site = format!("{SITE}outputs: {{posting_sheets: false}}\n");
    let (_, plan, _) = plan(&[("content/site.yaml", site.as_str()), ("content/procedures/a.yaml", PROCEDURE)]);
    assert!(plan.exists("/thu-tuc/a/") && !plan.exists("/thu-tuc/a/niem-yet/") && !plan.exists("/dia-chi/niem-yet/"));
}
