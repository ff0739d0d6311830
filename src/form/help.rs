//! What a person should know at a field: what it is for, else how its value is typed.

use crate::diagnostic::Message;
use crate::record::shape::{Form, Type};
use crate::say;

/// The help at a field of a form: `kind` is `procedure` or `site`, `name` the field's, such as `channels.0.fees`.
pub fn of(kind: &str, name: &str, ty: &Type) -> Option<Message> {
    let keys: Vec<&str> = name.split('.').filter(|step| step.parse::<usize>().is_err()).collect();
    // Of an item in a list, the list has said it.
    let is_item = name.rsplit('.').next().is_some_and(|step| step.parse::<usize>().is_ok());
    (!is_item).then(|| purpose(kind, &keys.join("."))).flatten().or_else(|| typed(ty))
}

/// How a value is typed, where that needs to be said.
fn typed(ty: &Type) -> Option<Message> {
    match ty {
        Type::Markdown => Some(say!(
            "Để một dòng trống giữa hai đoạn. Gạch đầu dòng: bắt đầu dòng bằng `- `. Chữ đậm: `**chữ**`.",
            "An empty line between two paragraphs. A list: begin each line with `- `. Bold: `**words**`."
        )),
        Type::Decimal { .. } => Some(say!("Một số; phần nghìn cách bằng dấu chấm cũng được.", "A number.")),
        Type::Degrees { .. } => Some(say!("Số độ, như `18.343`.", "Degrees, such as `18.343`.")),
        Type::File => Some(say!(
            "Chép tệp vào thư mục `content/files` trước, rồi chọn ở đây.",
            "Copy the file into the folder `content/files` first, then choose it here."
        )),
        Type::Formed(form) => formed(*form),
        _ => None,
    }
}

fn formed(form: Form) -> Option<Message> {
    match form {
        Form::Code => Some(say!("Như `2.001620`.", "Such as `2.001620`.")),
        Form::Symbol => Some(say!("Như `63/2010/NĐ-CP`.", "Such as `63/2010/NĐ-CP`.")),
        Form::Phone => Some(say!("Như `0239 3855 123`.", "Such as `0239 3855 123`.")),
        Form::Email => Some(say!("Như `gopy@example.gov.vn`.", "Such as `gopy@example.gov.vn`.")),
        Form::Url => Some(say!("Địa chỉ web, bắt đầu bằng `https://`.", "A web address that begins with `https://`.")),
        Form::HttpsUrl => {
            Some(say!("Địa chỉ web, bắt đầu bằng `https://`.", "A web address that begins with `https://`."))
        }
        Form::Id => Some(say!(
            "Chữ thường không dấu, số và dấu gạch nối, như `doi-thoai`.",
            "Lower-case letters, digits and hyphens, such as `dialogue`."
        )),
        Form::SitePath => Some(say!("Như `/thu-tuc/ten-cu/`.", "Such as `/procedures/old/`.")),
        Form::Time => Some(say!("Giờ, như `07:30`.", "A time such as `07:30`.")),
        Form::CheckCode => {
            Some(say!("Tên của nhắc nhở, như `review-overdue`.", "The name of a check, such as `review-overdue`."))
        }
        Form::LanguageCode | Form::TimeZone => None,
    }
}

/// What a key is for, where its label does not say it.
fn purpose(kind: &str, keys: &str) -> Option<Message> {
    let own = match kind {
        "procedure" => procedure(keys),
        "contact" => contact(keys),
        "document" => document(keys),
        "statistics" => statistics(keys),
        "report" => report(keys),
        "answer" => answer(keys),
        "update" => update(keys),
        _ => None,
    };
    own.or_else(|| common(keys))
}

fn common(keys: &str) -> Option<Message> {
    Some(match keys {
        "summary" => say!("Một hai câu cho danh sách và trang tìm kiếm.", "One or two sentences for lists and search."),
        "draft" => say!("Chọn Có thì chưa đăng. Điền xong, chọn Không.", "Yes keeps it from being published."),
        "publish_on" => {
            say!("Trước ngày này trang chưa hiện. Để trống: hiện ngay.", "It shows from this day on. Empty: at once.")
        }
        "expire_on" => say!("Sau ngày này trang không hiện nữa.", "It does not show after this day."),
        "updated_on" => say!("Ngày nội dung thay đổi gần nhất.", "The day of the last change."),
        "change_note" => {
            say!("Thay đổi gì, vì sao; hiện ở cuối trang.", "What changed and why; shown at the end of the page.")
        }
        "next_review_on" => say!("Quá ngày này máy nhắc rà soát lại.", "You are reminded after this day."),
        "banner" => say!(
            "Một câu khẩn hiện trên đầu trang. Xong việc thì xóa.",
            "An urgent word above the page. Remove it afterwards."
        ),
        "allow" => say!("Cho qua một nhắc nhở của máy đến một ngày, có lý do.", "Silences one warning until a day."),
        "aliases" => say!("Địa chỉ cũ sẽ dẫn đến trang này.", "Old addresses that lead here."),
        "withdrawn" => say!("Trang ở lại và ghi rõ đã thu hồi.", "The page stays and says that it is withdrawn."),
        "withdrawn.reason" | "reason" => say!("Người dân sẽ đọc câu này.", "People will read this."),
        "menu" => say!(
            "Đưa trang vào danh mục cuối trang; số nhỏ đứng trước.",
            "Puts the page into the menu; small numbers come first."
        ),
        _ => return None,
    })
}

fn procedure(keys: &str) -> Option<Message> {
    Some(match keys {
        "code" => say!("Mã trên Cổng dịch vụ công quốc gia, như `2.001620`.", "The national code, such as `2.001620`."),
        "title" => say!("Tên chính thức theo quyết định công bố.", "The official name."),
        "plain_title" => {
            say!("Tên người dân hay gọi; dùng làm tên trang.", "What people call it; it becomes the heading.")
        }
        "status" => say!("Để trống là đang áp dụng.", "Empty means in use."),
        "internal" => say!("Có: thủ tục giữa các cơ quan, người dân không làm.", "Yes: between agencies only."),
        "applicants" => {
            say!("Mỗi loại đối tượng một mục: Cá nhân, Doanh nghiệp…", "One each: individuals, businesses…")
        }
        "decision" => say!(
            "Quyết định công bố thủ tục. Chưa có trong danh sách thì thêm văn bản trước.",
            "Add the document first where it is not in the list."
        ),
        "submit_at" => say!(
            "Nơi nhận hồ sơ. Chưa có thì thêm đầu mối trước.",
            "Where dossiers are received. Add the contact first where it is not in the list."
        ),
        "online_level" => say!(
            "Toàn trình: làm hết qua mạng. Một phần: có lúc phải đến.",
            "Full: all of it online. Partial: some of it."
        ),
        "channels" => say!(
            "Mỗi cách nộp một mục, có thời hạn và phí riêng.",
            "One for each way to submit, with its time and fees."
        ),
        "channels.case" | "dossiers.case" => {
            say!("Chỉ điền khi có nhiều trường hợp.", "Only where there are several cases.")
        }
        "channels.url" => {
            say!("Chỉ cho nộp trực tuyến. Để trống thì dùng địa chỉ chung của trang.", "For online only.")
        }
        "channels.fees" => say!("Chưa nêu không có nghĩa là miễn phí.", "Not stated does not mean free."),
        "channels.fees.kind" => say!("Theo Luật Phí và lệ phí.", "By law."),
        "channels.fees.amount" => say!("Viết số, như 1200000 hoặc 1.200.000.", "Digits, such as 1200000."),
        "channels.fees.basis" => say!("Văn bản quy định mức thu.", "The document that sets it."),
        "steps" => say!("Theo thứ tự; mỗi bước nói ai làm gì.", "In order; who does what."),
        "dossiers" => {
            say!("Giấy tờ phải nộp. Có nhiều trường hợp thì mỗi trường hợp một mục.", "The papers; one entry a case.")
        }
        "requirements" => {
            say!("Không có yêu cầu, điều kiện gì thì chọn Không có.", "Choose None where there are none.")
        }
        "legal_basis" => say!(
            "Chọn văn bản; muốn nêu điều, khoản thì đổi cách ghi.",
            "Choose the documents; change the way to name articles."
        ),
        "keywords" => say!("Từ khác mà người dân dùng để tìm.", "Other words that people search by."),
        "posted_at" => say!("Đã dán ở đâu, từ ngày nào.", "Where it is posted, since when."),
        _ => return None,
    })
}

fn contact(keys: &str) -> Option<Message> {
    Some(match keys {
        "accepts" => say!("Nơi này nhận những việc gì.", "What is received here."),
        "not_for" => say!("Việc không nhận ở đây; không trùng với phần trên.", "What is not received here."),
        "role" => say!("Bộ phận hoặc chức danh, không ghi tên người.", "A role, not a person's name."),
        "response_days" => say!("Số ngày làm việc đến khi trả lời.", "Working days to an answer."),
        "tested_on" => say!("Ngày gần nhất có người gọi thử, gửi thử.", "When somebody last tried it."),
        "hours" => say!("Sáng một mục, chiều một mục.", "One span each, morning and afternoon."),
        "reception.sessions.chair" => say!("Ghi chức vụ, không ghi tên.", "A role, not a name."),
        _ => return None,
    })
}

fn document(keys: &str) -> Option<Message> {
    Some(match keys {
        "title" => say!("Trích yếu.", "What it is about."),
        "type" => say!("Luật, Nghị định, Quyết định…", "Law, decree, decision…"),
        "force" => say!("Chưa biết thì để trống.", "Leave empty where you do not know."),
        "verified_on" => say!(
            "Ngày gần nhất có người kiểm tra hiệu lực; quá sáu tháng máy nhắc.",
            "When somebody last checked its force."
        ),
        "implements" | "amends" | "replaces" => {
            say!("Chiều ngược lại máy tự ghi.", "The other way round is made by itself.")
        }
        _ => return None,
    })
}

fn statistics(keys: &str) -> Option<Message> {
    Some(match keys {
        "category" => say!("Ba loại không bao giờ cộng với nhau.", "They are never added together."),
        "opening" => say!("Bằng tồn cuối kỳ trước.", "What was open at the end of the period before."),
        "closing" => say!(
            "Tồn đầu kỳ + tiếp nhận − đã giải quyết − không thụ lý − chuyển − rút.",
            "Opening and received, less what was dealt with."
        ),
        "zero_report" => say!(
            "Khi kỳ này không có đơn nào: ai kiểm tra kênh nào, ngày nào.",
            "Where nothing came in: which channels were checked, when."
        ),
        "corrects" => say!("Bản sai được giữ lại; bản này là bản đính chính.", "The record that this one corrects."),
        "by_class" | "by_channel" => say!("Cộng lại bằng số tiếp nhận.", "They add up to what was received."),
        "inbox_digest" => say!("Máy tự ghi; không điền tay.", "Made by the program."),
        _ => return None,
    })
}

fn report(keys: &str) -> Option<Message> {
    Some(match keys {
        "signer_role" => say!("Chức vụ, không ghi tên.", "A role, not a name."),
        "statistics" => say!("Số liệu lấy từ đây, không gõ lại trong bài.", "Figures are taken from there."),
        "tasks.addresses" => {
            say!("ID của hạn chế mà nhiệm vụ này khắc phục.", "The limitations that this task addresses, by ID.")
        }
        "tasks.continues" => {
            say!("Nhiệm vụ của kỳ trước mà kỳ này làm tiếp.", "The task of the last report that goes on.")
        }
        "limitations.id" | "tasks.id" => {
            say!("Tên ngắn để nhắc đến, như `doi-thoai`.", "A short name, such as `dialogue`.")
        }
        _ => return None,
    })
}

fn answer(keys: &str) -> Option<Message> {
    Some(match keys {
        "question" => say!(
            "Bỏ tên, số điện thoại, số căn cước, mã hồ sơ trước khi đăng.",
            "Without names, phone numbers and ID numbers."
        ),
        "body" => say!("Câu trả lời.", "The answer itself."),
        "reason" => say!("Bắt buộc khi không thụ lý.", "Required for a refusal."),
        _ => return None,
    })
}

fn update(keys: &str) -> Option<Message> {
    Some(match keys {
        "affects" => say!("Thủ tục, đầu mối… mà thông báo này nói đến.", "What this notice is about."),
        "corrects" => say!("Bắt buộc khi là đính chính.", "Required for a correction."),
        _ => return None,
    })
}
