//! What the first user's own account says of its work, and where the sample site shows it. A row of the account a test's line:
//! the page, and what must stand there.

use super::SAMPLE;
use super::dom::Element;

/// A row of the account: its number, what it says, a page, and texts that the page shows.
type Fact = (u8, &'static str, &'static str, &'static [&'static str]);

const FACTS: &[Fact] = &[
    (1, "procedures are cut", "/thu-tuc/cat-giam/", &["Giảm giấy tờ", "Nộp kèm bản sao", "Thủ tục đã bãi bỏ"]),
    (1, "procedures are abolished", "/thu-tuc/cap-lai-an-toan-thuc-pham/", &["đã bị bãi bỏ", "MH-03/QĐ-UBND"]),
    (
        1,
        "the province publishes the list",
        "/van-ban/quyet-dinh-cong-bo-danh-muc/",
        &["MH-01/QĐ-UBND", "Ủy ban nhân dân"],
    ),
    (
        2,
        "procedures are posted",
        "/thu-tuc/ban-buon-ruou/",
        &["Trụ sở", "Trang thông tin", "10/12/2025|10 tháng 12 năm 2025"],
    ),
    (3, "workflows are kept current", "/thu-tuc/ban-buon-ruou/", &["Quy trình điện tử", "MH-02/QĐ-UBND"]),
    (4, "dossiers go to the provincial centre", "/thu-tuc/ban-buon-ruou/", &["Trung tâm Phục vụ hành chính công"]),
    (
        4,
        "dossiers go to the provincial centre",
        "/dia-chi/",
        &["Quầy Sở Công Thương tại Trung tâm Phục vụ hành chính công tỉnh"],
    ),
    (5, "results come by post", "/thu-tuc/ban-buon-ruou/", &["qua bưu chính"]),
    (6, "addresses that receive feedback", "/dia-chi/", &["Văn phòng Sở Công Thương", "vanphong@example.gov.vn"]),
    (7, "a suggestion box", "/dia-chi/", &["Hòm thư góp ý tại cổng trụ sở", "Mở vào sáng thứ Sáu", "thái độ"]),
    (8, "a reception room with rules", "/tiep-cong-dan/", &["Phòng tiếp công dân", "MH-08/QĐ-SCT", "Giám đốc Sở"]),
    (8, "a unit in charge of the room", "/dia-chi/", &["nay Văn phòng Sở phụ trách"]),
    (9, "a column for feedback", "/dia-chi/", &["Chuyên mục kiến nghị, phản ánh", "socongthuong.hatinh.gov.vn"]),
    (9, "a form for feedback", "/gop-y/", &["Gửi phản ánh, kiến nghị"]),
    (9, "answers to feedback", "/hoi-dap/", &["Gửi góp ý ở đâu|góp ý"]),
    (
        10,
        "no feedback on rules",
        "/thong-ke/phan-anh-quy-dinh-2026-q3/",
        &["không tiếp nhận", "Báo cáo không phát sinh", "Hòm thư góp ý"],
    ),
    (10, "no feedback on rules", "/thong-ke/phan-anh-quy-dinh-2026-q1/", &["Báo cáo không phát sinh"]),
    (11, "complaints are settled in time", "/thong-ke/khieu-nai-2026-q1/", &["Khiếu nại", "không cộng với loại khác"]),
    (11, "denunciations are settled in time", "/thong-ke/to-cao-2026-q1/", &["Tố cáo", "Tỷ lệ đúng hạn"]),
    (
        12,
        "eleven directives",
        "/bao-cao/dan-van-2026-9-thang/",
        &[
            "114-KL/TW",
            "33/CT-TTg",
            "06-CT/TU",
            "269-QĐ/TU",
            "03/CT-UBND",
            "301-CTr/BDVTU-BCSĐUBND",
            "12-NQ/TU",
            "01-KL/TW",
            "05-CT/TW",
            "29-KL/TU",
            "1567-CV/TU",
        ],
    ),
    (
        12,
        "a directive and who cites it",
        "/van-ban/ket-luan-114-kl-tw/",
        &["ngày 14 tháng 7 năm 2015", "Được viện dẫn tại", "Báo cáo công tác dân vận 9 tháng"],
    ),
    (12, "a directive", "/van-ban/chi-thi-33-ct-ttg/", &["ngày 26 tháng 11 năm 2021"]),
    (12, "a directive", "/van-ban/chi-thi-06-ct-tu/", &["ngày 14 tháng 01 năm 2016"]),
    (12, "a directive", "/van-ban/quyet-dinh-269-qd-tu/", &["ngày 30 tháng 11 năm 2021"]),
    (12, "a directive", "/van-ban/chi-thi-03-ct-ubnd/", &["ngày 24 tháng 01 năm 2022"]),
    (12, "a directive", "/van-ban/chuong-trinh-301-ctr/", &["ngày 25 tháng 5 năm 2022"]),
    (12, "a directive", "/van-ban/nghi-quyet-12-nq-tu/", &["ngày 26 tháng 5 năm 2022"]),
    (12, "a directive", "/van-ban/ket-luan-01-kl-tw/", &["ngày 18 tháng 5 năm 2021"]),
    (12, "a directive", "/van-ban/chi-thi-05-ct-tw/", &["ngày 15 tháng 5 năm 2016"]),
    (12, "a directive", "/van-ban/ket-luan-29-kl-tu/", &["ngày 22 tháng 7 năm 2021"]),
    (12, "a directive", "/van-ban/cong-van-1567-cv-tu/", &["ngày 16 tháng 02 năm 2023"]),
    (13, "law is explained to staff", "/bao-cao/dan-van-2026-9-thang/", &["Phổ biến chủ trương, pháp luật"]),
    (
        14,
        "six movements",
        "/bao-cao/dan-van-2026-9-thang/",
        &["Dân vận khéo", "COVID-19", "nông thôn mới", "đô thị văn minh", "đời sống văn hóa", "phong cách Hồ Chí Minh"],
    ),
    (15, "training and inspection", "/bao-cao/dan-van-2026-9-thang/", &["Bồi dưỡng kỹ năng", "Kiểm tra hằng năm"]),
    (
        16,
        "staff conferences in two units",
        "/bao-cao/dan-van-2026-9-thang/",
        &["người lao động của Văn phòng Sở", "người lao động của Trung tâm Khuyến công và Xúc tiến thương mại"],
    ),
    (17, "internal rules", "/van-ban/quy-che-van-hoa-cong-vu/", &["Quy chế văn hóa công vụ", "Nội bộ|nội bộ"]),
    (17, "internal rules", "/van-ban/quy-che-dan-chu/", &["Quy chế thực hiện dân chủ"]),
    (17, "internal rules", "/van-ban/quy-che-lam-viec/", &["Quy chế làm việc"]),
    (17, "internal rules", "/van-ban/quy-tac-ung-xu/", &["Quy tắc ứng xử"]),
    (
        18,
        "a direct dialogue",
        "/hoi-dap/doi-thoai-nguoi-lao-dong-2026/",
        &["Đối thoại trực tiếp", "Câu hỏi được trả lời ở đây", "trực quầy"],
    ),
    (18, "an indirect one, answered there", "/hoi-dap/che-do-truc-quay/", &["Đối thoại gián tiếp", "Được trả lời tại"]),
    (
        19,
        "unions and veterans",
        "/bao-cao/dan-van-2026-9-thang/",
        &["Công đoàn ngành Công Thương Hà Tĩnh", "Đoàn Thanh niên", "Hội Cựu chiến binh", "Hiến máu", "bão lũ"],
    ),
    (20, "a people's inspection board", "/bao-cao/dan-van-2026-9-thang/", &["Ban Thanh tra nhân dân"]),
    (
        21,
        "information systems",
        "/bao-cao/dan-van-2026-9-thang/",
        &["quản lý văn bản", "Phần mềm quản lý cán bộ", "Phần mềm kế toán", "Phần mềm dịch vụ công"],
    ),
    (22, "five limitations", "/bao-cao/dan-van-2026-9-thang/", &["Hạn chế", "cụ thể hóa", "áp đặt"]),
    (23, "five groups of tasks", "/bao-cao/dan-van-2026-9-thang/", &["Nhiệm vụ", "Khắc phục", "cải cách hành chính"]),
    (24, "signed by role", "/bao-cao/dan-van-2026-9-thang/", &["Phó Chánh Văn phòng"]),
];

#[test]
fn every_row_of_the_account_is_on_a_page() {
    let mut missing = Vec::new();
    for (row, says, address, texts) in FACTS {
        let page = Element::parse(SAMPLE.text(&super::file_at(address))).text();
        let shown = |text: &&&str| text.split('|').any(|form| page.contains(form));
        let absent = texts.iter().filter(|text| !shown(text));
        missing.extend(absent.map(|text| format!("row {row} ({says}): {address} does not show `{text}`")));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!((1..=24).all(|row| FACTS.iter().any(|fact| fact.0 == row)), "a row is not looked for");
}

#[test]
fn the_report_has_five_limitations_each_with_a_task_and_five_tasks_each_with_a_limitation() {
    let page = Element::parse(SAMPLE.text("bao-cao/dan-van-2026-9-thang/index.html"));
    for (own, other) in [("limitation_", "#task_"), ("task_", "#limitation_")] {
        let all = page.all();
        let items: Vec<_> = all.iter().filter(|e| e.attr("id").is_some_and(|id| id.starts_with(own))).collect();
        let leads =
            |item: &&&&Element| item.named("a").any(|a| a.attr("href").is_some_and(|href| href.starts_with(other)));
        assert_eq!((items.len(), items.iter().filter(leads).count()), (5, 5), "{own}");
    }
}

#[test]
fn law_that_moved_is_shown_as_it_is_now() {
    let shows = |address: &str, texts: &[&str]| {
        let page = Element::parse(SAMPLE.text(&super::file_at(address))).text();
        texts.iter().for_each(|text| assert!(page.contains(text), "{address} does not show `{text}`"));
    };
    shows("/van-ban/luat-thanh-tra-2022/", &["11/2022/QH15", "Được thay thế bởi", "84/2025/QH15"]);
    shows("/van-ban/luat-thanh-tra-2025/", &["84/2025/QH15", "Thay thế"]);
    shows("/thu-tuc/co-quan/thanh-tra-so/", &["Thanh tra Sở Công Thương"]);
}

#[test]
fn every_page_of_a_record_has_its_heading_and_summary_in_english() {
    let pages = SAMPLE.pages().filter(|(path, page)| path.starts_with("en/") && !page.contains("http-equiv"));
    let mut headings = 0;
    for (path, page) in pages {
        let page = Element::parse(page);
        let shown = page.all().into_iter().filter(|e| e.name == "h1" || e.attr("class") == Some("lead"));
        for element in shown {
            headings += 1;
            let foreign = element.all().into_iter().any(|inner| inner.attr("lang").is_some());
            assert!(!foreign, "{path}: {}", element.text());
        }
    }
    assert!(headings > 100, "{headings}");
}
