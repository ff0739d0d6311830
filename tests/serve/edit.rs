//! The forms of `serve --edit`, over HTTP as a browser without script uses them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::{PoisonError, RwLockReadGuard};

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use minhbach::record::shape::{CountKey, Shape, Type};
use minhbach::schema::Subject;

use crate::{BUSY, PATIENCE, Served, program, write};

const EDIT: &str = "/.minhbach/edit/";

/// A form's fields, in order.
type Pairs = Vec<(String, String)>;

/// A served site whose records can be edited, and the key.
struct Desk {
    served: Served,
    cookie: String,
    _busy: RwLockReadGuard<'static, ()>,
}

/// An answer: its status, its `Location`, its body.
struct Answered {
    status: u16,
    location: String,
    body: String,
}

impl Desk {
    fn new(prepare: impl FnOnce(&Path)) -> Desk {
        Desk::of(Served::with(&["--edit"], prepare))
    }

    fn sample() -> Desk {
        Desk::of(Served::of(&["--edit"], &["-q"], |_| {}))
    }

    fn of(served: Served) -> Desk {
        let busy = BUSY.read().unwrap_or_else(PoisonError::into_inner);
        let address = served.next_address();
        let path = address.split_once(served.host()).unwrap().1.to_owned();
        let (status, answer) = served.get(&path);
        assert_eq!(status, 303, "{answer}");
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Desk { served, cookie, _busy: busy }
    }

    fn request(&self, head: &str, headers: &str, body: &str) -> Answered {
        let host = self.served.host();
        let request = format!(
            "{head} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // A server that refuses a body may not read it to its end.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let answer = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let location = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default().to_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answered { status, location, body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answered {
        self.request(&format!("GET {EDIT}{path}"), &format!("Cookie: {}\r\n", self.cookie), "")
    }

    fn post(&self, path: &str, pairs: &[(String, String)]) -> Answered {
        let headers = format!(
            "Cookie: {}\r\nOrigin: http://{}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            self.cookie,
            self.served.host()
        );
        self.request(&format!("POST {EDIT}{path}"), &headers, &encoded(pairs))
    }

    /// Opens a record's form.
    fn open(&self, name: &str) -> Pairs {
        let answered = self.get(&format!("record?name={name}"));
        assert_eq!(answered.status, 200, "{name}: {}", answered.body);
        form(&answered.body)
    }

    fn act(&self, name: &str, pairs: &[(String, String)], act: &str) -> Answered {
        let mut pairs = pairs.to_vec();
        pairs.push(("do".into(), act.into()));
        self.post(&format!("record?name={name}"), &pairs)
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.served.root().join(path)).unwrap()
    }
}

fn encoded(pairs: &[(String, String)]) -> String {
    let text = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    pairs.iter().map(|(name, value)| format!("{}={}", text(name), text(value))).collect::<Vec<_>>().join("&")
}

/// What a browser would send of the form that posts, without a button.
fn form(page: &str) -> Pairs {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let mut pairs = Pairs::new();
    gather(&dom.document, false, &mut pairs);
    pairs
}

fn gather(node: &Handle, within: bool, pairs: &mut Pairs) {
    let mut within = within;
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attrs = attrs.borrow();
        let get = |key: &str| attrs.iter().find(|attr| &*attr.name.local == key).map(|attr| attr.value.to_string());
        let named = get("name").unwrap_or_default();
        let value = get("value").unwrap_or_default();
        match &*name.local {
            "form" => within = get("method").as_deref() == Some("post"),
            "input" if within && !named.is_empty() => {
                let is_box = get("type").as_deref() == Some("checkbox");
                if !is_box || get("checked").is_some() {
                    pairs.push((named, value));
                }
            }
            "textarea" if within => {
                // As a browser: the line ends that it sends.
                let text = text_of(node);
                pairs.push((named, text.replace('\n', "\r\n")));
            }
            "select" if within => pairs.push((named, chosen(node).unwrap_or_default())),
            _ => {}
        }
    }
    node.children.borrow().iter().for_each(|child| gather(child, within, pairs));
}

fn text_of(node: &Handle) -> String {
    let children = node.children.borrow();
    children
        .iter()
        .map(|child| match &child.data {
            NodeData::Text { contents } => contents.borrow().to_string(),
            _ => String::new(),
        })
        .collect()
}

fn chosen(node: &Handle) -> Option<String> {
    for child in node.children.borrow().iter() {
        if let NodeData::Element { attrs, .. } = &child.data {
            let attrs = attrs.borrow();
            let get = |key: &str| attrs.iter().find(|attr| &*attr.name.local == key).map(|attr| attr.value.to_string());
            if get("selected").is_some() {
                return get("value");
            }
        }
    }
    None
}

fn set(pairs: &mut Pairs, name: &str, value: &str) {
    let field = pairs.iter_mut().find(|(known, _)| known == name);
    field.unwrap_or_else(|| panic!("there is no field {name}")).1 = value.to_owned();
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    &pairs.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("there is no field {name}")).1
}

#[test]
fn a_form_that_is_saved_untouched_changes_no_byte_of_any_record() {
    let desk = Desk::sample();
    let mut names = vec!["site".to_owned()];
    for entry in walkdir::WalkDir::new(desk.served.root().join("content")).into_iter().map(Result::unwrap) {
        let below = entry.path().strip_prefix(desk.served.root().join("content")).unwrap().to_str().unwrap().to_owned();
        let Some((folder, file)) = below.split_once('/') else { continue };
        let Some(kind) = minhbach::record::kind::KindName::from_folder(folder) else { continue };
        let (stem, _) = file.rsplit_once('.').unwrap();
        if !stem.contains('.') {
            names.push(format!("{}:{stem}", kind.word()));
        }
    }
    assert!(names.len() > 90, "{}", names.len());
    for name in names {
        let pairs = desk.open(&name);
        let answered = desk.act(&name, &pairs, "save");
        assert_eq!(answered.status, 303, "{name}: {}", answered.body);
        assert!(answered.location.ends_with("done=same"), "{name}: {}", answered.location);
    }
}

#[test]
fn only_what_a_person_changed_is_changed_in_the_file() {
    let before =
        "# Về cơ quan\r\ntitle: 'Cơ quan một'   # tên\r\nla: \"giữ\" # lạ\r\n\r\nshort_title: CQ1\r\n# cuối\r\n";
    let desk = Desk::new(|root| write(root, "content/agencies/mot.yaml", before));
    let mut pairs = desk.open("agency:mot");
    set(&mut pairs, "title", "Cơ quan 'hai'");
    set(&mut pairs, "code", "H27");
    set(&mut pairs, "dissolved_on", "2026-01-31");
    assert_eq!(desk.act("agency:mot", &pairs, "save").status, 303);
    let after = "# Về cơ quan\r\ntitle: 'Cơ quan ''hai'''   # tên\r\nla: \"giữ\" # lạ\r\n\r\nshort_title: CQ1\r\ncode: H27\r\ndissolved_on: 2026-01-31\r\n# cuối\r\n";
    assert_eq!(desk.read("content/agencies/mot.yaml"), after);
}

#[test]
fn lists_grow_shrink_and_change_their_order_with_their_comments() {
    let before =
        "title: Thông báo\nkind: notice\ndate: 2026-01-02\naliases:\n  # một\n  - /mot/\n  - /hai/ # hai\n  - /ba/\n";
    let front = |yaml: &str, body: &str| format!("---\n{yaml}---\n\n{body}\n");
    let desk = Desk::new(|root| write(root, "content/updates/tin.md", &front(before, "Nội dung.")));
    let pairs = desk.open("update:tin");
    let pairs = form(&desk.act("update:tin", &pairs, "remove:aliases.2").body);
    let pairs = form(&desk.act("update:tin", &pairs, "up:aliases.1").body);
    let mut pairs = form(&desk.act("update:tin", &pairs, "add:aliases").body);
    set(&mut pairs, "aliases.2", "/moi/");
    set(&mut pairs, "body", "Đoạn một.\r\n\r\n- mục");
    assert_eq!(desk.act("update:tin", &pairs, "save").status, 303);
    let after =
        "title: Thông báo\nkind: notice\ndate: 2026-01-02\naliases:\n  - /hai/ # hai\n  # một\n  - /mot/\n  - /moi/\n";
    assert_eq!(desk.read("content/updates/tin.md"), front(after, "Đoạn một.\n\n- mục"));
}

#[test]
fn a_new_record_is_made_filled_in_and_its_faults_told_at_their_fields() {
    let desk = Desk::new(|_| {});
    let made = desk.post(
        "new",
        &[("kind".into(), "update".into()), ("title".into(), "Nghỉ lễ: cả Sở".into()), ("id".into(), String::new())],
    );
    assert_eq!(
        (made.status, made.location.as_str()),
        (303, "/.minhbach/edit/record?name=update:nghi-le-ca-so&done=new")
    );
    let mut pairs = desk.open("update:nghi-le-ca-so");
    set(&mut pairs, "kind", "notice");
    set(&mut pairs, "date", "hôm nay");
    let checked = desk.post("check?name=update:nghi-le-ca-so", &pairs);
    let checked: serde_json::Value = serde_json::from_str(&checked.body).unwrap();
    let fields: Vec<&str> =
        checked["faults"].as_array().unwrap().iter().map(|fault| fault["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["date"], "{checked}");
    assert!(checked["preview"].is_null());
    set(&mut pairs, "date", "24/11/2026");
    let checked: serde_json::Value =
        serde_json::from_str(&desk.post("check?name=update:nghi-le-ca-so", &pairs).body).unwrap();
    assert_eq!(checked["faults"].as_array().unwrap().len(), 0, "{checked}");
    let preview = checked["preview"].as_str().unwrap().strip_prefix(EDIT).unwrap().to_owned();
    assert!(desk.get(&preview).body.contains("Nghỉ lễ: cả Sở"));
    assert!(!desk.read("content/updates/nghi-le-ca-so.md").contains("2026-11-24"), "a check writes nothing");
    assert_eq!(desk.act("update:nghi-le-ca-so", &pairs, "save").status, 303);
    assert!(desk.read("content/updates/nghi-le-ca-so.md").contains("\ndate: 2026-11-24\n"));
}

#[test]
fn a_missing_key_is_told_at_its_field_also_in_an_item() {
    let text = "title: A\ntype: one_stop\naccepts: [dossier]\nphones:\n  - number: \"0239 3855 123\"\n  - label: Văn thư\naddress:\n  street: Số 1\n  province: Tỉnh\n";
    let desk = Desk::new(|root| write(root, "content/contacts/mot.yaml", text));
    let pairs = desk.open("contact:mot");
    let checked: serde_json::Value = serde_json::from_str(&desk.post("check?name=contact:mot", &pairs).body).unwrap();
    let errors = checked["faults"].as_array().unwrap().iter().filter(|fault| fault["error"] == true);
    let fields: Vec<&str> = errors.map(|fault| fault["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["phones.1.number", "address.commune"], "{checked}");
}

#[test]
fn what_somebody_changed_meanwhile_is_not_overwritten() {
    let desk = Desk::new(|_| {});
    let mut pairs = desk.open("page:mot");
    set(&mut pairs, "title", "Từ biểu mẫu");
    let theirs = "---\ntitle: Từ nơi khác\n---\n\nNội dung.\n";
    write(&desk.served.root(), "content/pages/mot.md", theirs);
    let answered = desk.act("page:mot", &pairs, "save");
    assert_eq!(answered.status, 409);
    assert!(answered.body.contains("Từ biểu mẫu"), "what was typed is still there");
    assert_eq!(desk.read("content/pages/mot.md"), theirs);
}

#[test]
fn a_fault_that_has_one_meaning_is_mended_by_a_button() {
    let desk = Desk::new(|root| write(root, "content/pages/hai.md", "---\ntitel: Trang hai # tên\n---\n\nNội dung.\n"));
    let pairs = desk.open("page:hai");
    let answered = desk.act("page:hai", &pairs, "mend:unknown-key:");
    assert_eq!(answered.status, 303, "{}", answered.body);
    assert_eq!(desk.read("content/pages/hai.md"), "---\ntitle: Trang hai # tên\n---\n\nNội dung.\n");
}

#[test]
fn what_a_form_cannot_show_stays() {
    let text = "---\ntitle: Trang\naliases: /mot-chu/\nmenu: [la]\n---\n\nNội dung.\n";
    let desk = Desk::new(|root| write(root, "content/pages/hai.md", text));
    let mut pairs = desk.open("page:hai");
    assert_eq!((value(&pairs, "aliases~keep"), value(&pairs, "menu~keep")), ("1", "1"));
    set(&mut pairs, "title", "Trang khác");
    assert_eq!(desk.act("page:hai", &pairs, "save").status, 303);
    assert_eq!(desk.read("content/pages/hai.md"), text.replace("title: Trang\n", "title: Trang khác\n"));
}

#[test]
fn records_are_withdrawn_and_renamed() {
    let desk = Desk::new(|_| {});
    let pairs: Pairs = vec![
        ("on".into(), "2026-11-24".into()),
        ("reason".into(), "Hết hiệu lực.".into()),
        ("successor".into(), String::new()),
    ];
    assert_eq!(desk.post("withdraw?name=page:mot", &pairs).status, 303);
    let withdrawn = "---\ntitle: Trang một\nwithdrawn:\n  on: 2026-11-24\n  reason: Hết hiệu lực.\n---\n\nNội dung.\n";
    assert_eq!(desk.read("content/pages/mot.md"), withdrawn);
    let mut emptied = desk.open("page:mot");
    set(&mut emptied, "withdrawn.on", "");
    set(&mut emptied, "withdrawn.reason", "");
    assert_eq!(desk.act("page:mot", &emptied, "save").status, 303);
    assert_eq!(desk.read("content/pages/mot.md"), "---\ntitle: Trang một\n---\n\nNội dung.\n");
    assert_eq!(desk.post("withdraw?name=page:mot", &pairs).status, 303);
    let shown = desk.post("rename?name=page:mot", &[("id".into(), "hai".into())]);
    assert!(
        shown.status == 200 && shown.body.contains("content/pages/mot.md → content/pages/hai.md"),
        "{}",
        shown.body
    );
    assert_eq!(desk.read("content/pages/mot.md"), withdrawn, "nothing is done before it was seen");
    let renamed = desk.post("rename?name=page:mot", &form_with_do(&shown.body, "rename"));
    assert_eq!(renamed.status, 303, "{}", renamed.body);
    assert!(desk.read("content/pages/hai.md").contains("/mot/"));
}

fn form_with_do(page: &str, act: &str) -> Pairs {
    let mut pairs = form(page);
    pairs.push(("do".into(), act.into()));
    pairs
}

/// Every key of a shape has a field: lists get an item, each way of saying something is chosen in turn.
fn explore(desk: &Desk, name: &str, pairs: &[(String, String)], shape: &Shape, above: &str, seen: &mut usize) {
    for field in &shape.fields {
        let below = if above.is_empty() { field.key.to_owned() } else { format!("{above}.{}", field.key) };
        *seen += 1;
        explore_type(desk, name, pairs, &field.ty, &below, seen);
    }
}

fn explore_type(desk: &Desk, name: &str, pairs: &[(String, String)], ty: &Type, at: &str, seen: &mut usize) {
    let act = |pairs: &[(String, String)], act: &str| {
        let answered = desk.act(name, pairs, act);
        assert_eq!(answered.status, 200, "{name} {at}: {}", answered.body);
        form(&answered.body)
    };
    match ty {
        Type::Map(shape) | Type::Translated(shape) => explore(desk, name, pairs, shape, at, seen),
        Type::Either(types) => {
            for (way, ty) in types.iter().enumerate() {
                let mut pairs = pairs.to_vec();
                set(&mut pairs, &format!("{at}~as"), &way.to_string());
                let pairs = act(&pairs, "refresh");
                if !matches!(ty, Type::Word([_])) {
                    explore_type(desk, name, &pairs, ty, at, seen);
                }
            }
        }
        Type::List(item) if matches!(**item, Type::Word(_)) => assert_eq!(value(pairs, &format!("{at}~set")), "1"),
        Type::List(item) => {
            let count = value(pairs, &format!("{at}~count")).to_owned();
            let pairs = act(pairs, &format!("add:{at}"));
            explore_type(desk, name, &pairs, item, &format!("{at}.{count}"), seen);
        }
        Type::Counts(CountKey::Word(words)) => {
            words.iter().for_each(|word| drop(value(pairs, &format!("{at}.{}", word.word)).to_owned()));
        }
        Type::Counts(_) => {
            let pairs = act(pairs, &format!("add:{at}"));
            assert_eq!((value(&pairs, &format!("{at}.0.key")), value(&pairs, &format!("{at}.0.count"))), ("", ""));
        }
        Type::Levels(_) => assert_eq!(value(pairs, &format!("{at}~keep")), "1"),
        _ => drop(value(pairs, at).to_owned()),
    }
}

#[test]
fn every_key_of_every_kind_has_a_field() {
    let desk = Desk::new(|_| {});
    for subject in Subject::all() {
        let name = match subject {
            Subject::Site => "site".to_owned(),
            Subject::Record(kind) => {
                let pairs =
                    [("kind".into(), kind.word().into()), ("title".into(), "Mới".into()), ("id".into(), "moi".into())];
                assert_eq!(desk.post("new", &pairs).status, 303, "{kind:?}");
                format!("{}:moi", kind.word())
            }
        };
        let pairs = desk.open(&name);
        let mut seen = 0;
        explore(&desk, &name, &pairs, &subject.shape(), "", &mut seen);
        assert!(seen >= subject.shape().fields.len(), "{name}");
    }
}

#[test]
fn nobody_comes_in_without_the_key() {
    let desk = Desk::new(|_| {});
    let paths = [
        "",
        "record?name=page:mot",
        "new",
        "style.css",
        "script.js",
        "preview/page-mot/mot/",
        "?token=",
        "?token=0000",
    ];
    for path in paths {
        assert_eq!(desk.request(&format!("GET {EDIT}{path}"), "", "").status, 403, "{path}");
    }
    let wrong = format!("Cookie: {}0\r\n", desk.cookie);
    assert_eq!(desk.request(&format!("GET {EDIT}"), &wrong, "").status, 403);
    let host = desk.served.host();
    let content = "Content-Type: application/x-www-form-urlencoded\r\n";
    let body = encoded(&form_with_do(&desk.get("record?name=page:mot").body, "save"));
    let post = format!("POST {EDIT}record?name=page:mot");
    let cookie = format!("Cookie: {}\r\n", desk.cookie);
    assert_eq!(desk.request(&post, &format!("{content}Origin: http://{host}\r\n"), &body).status, 403, "no cookie");
    assert_eq!(desk.request(&post, &format!("{content}{cookie}"), &body).status, 403, "no origin");
    let foreign = format!("{content}{cookie}Origin: http://evil.example\r\n");
    assert_eq!(desk.request(&post, &foreign, &body).status, 421, "another origin");
    let port = host.rsplit(':').next().unwrap();
    let (status, _) = desk
        .served
        .ask(&format!("GET {EDIT} HTTP/1.1\r\nHost: evil.example:{port}\r\n{cookie}Connection: close\r\n\r\n"));
    assert_eq!(status, 421, "another host");
    let large = format!("title={}", "x".repeat(9 << 20));
    let own = format!("{content}{cookie}Origin: http://{host}\r\n");
    let answered = desk.request(&post, &own, &large);
    assert!([413, 0].contains(&answered.status), "too large: {}", answered.status);
    assert_eq!(desk.request(&format!("DELETE {EDIT}record?name=page:mot"), &own, "").status, 405);
    assert_eq!(desk.read("content/pages/mot.md"), "---\ntitle: Trang một\n---\n\nNội dung.\n");
}

#[test]
fn only_the_sites_own_records_are_opened_and_made() {
    let desk = Desk::new(|root| {
        std::fs::write(root.parent().unwrap().join("secret.yaml"), "title: bí mật\n").unwrap();
        std::os::unix::fs::symlink(
            root.parent().unwrap().join("secret.yaml"),
            root.join("content/agencies/lien-ket.yaml"),
        )
        .unwrap();
    });
    let names = [
        "page:../site",
        "page:../../secret",
        "../secret",
        "page:%2e%2e%2fsite",
        "page:/etc/passwd",
        "agency:lien-ket",
        "files:x",
        "",
        "page:",
        "site.yaml",
    ];
    for name in names {
        let answered = desk.get(&format!("record?name={name}"));
        assert!(answered.status == 404 && !answered.body.contains("bí mật"), "{name}");
        assert_eq!(desk.post(&format!("record?name={name}"), &[]).status, 404, "{name}");
    }
    for id in ["../x", "a/b", "..", "a.b", "A b"] {
        let pairs: Pairs = vec![("kind".into(), "page".into()), ("title".into(), "x".into()), ("id".into(), id.into())];
        assert_eq!(desk.post("new", &pairs).status, 422, "{id}");
        assert_eq!(desk.post("rename?name=page:mot", &[("id".into(), id.into())]).status, 422, "{id}");
    }
    for path in ["preview/../../site.yaml", "preview/x/../../..", "..%2f..%2fcontent/site.yaml", "style.css/../../x"] {
        assert_eq!(desk.get(path).status, 404, "{path}");
    }
}

#[test]
fn without_edit_there_are_no_forms_and_with_it_no_other_machine_is_let_in() {
    let served = Served::new();
    for path in
        ["/.minhbach/edit", "/.minhbach/edit/", "/.minhbach/edit/record?name=page:mot", "/.minhbach/edit/style.css"]
    {
        assert_eq!(served.get(path).0, 404, "{path}");
    }
    for interface in ["0.0.0.0", "::", "192.0.2.1"] {
        let called =
            program().args(["serve", "--edit", "-p", "0", "-i", interface, "-r"]).arg(served.root()).output().unwrap();
        assert_eq!(called.status.code(), Some(2), "{interface}");
        assert!(String::from_utf8(called.stderr).unwrap().contains("`--edit`"));
    }
}
