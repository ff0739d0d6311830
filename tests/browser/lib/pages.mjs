// One page of each template, in Vietnamese and in English; what is printed is in Vietnamese only. `pages.test.mjs` tells a template that is missing here.

export const PAGES = {
  'home.html': ['/', '/en/'],
  'list.html': ['/thu-tuc/', '/en/procedures/'],
  'procedure.html': ['/thu-tuc/ban-buon-ruou/', '/en/procedures/ban-buon-ruou/'],
  'contacts.html': ['/dia-chi/', '/en/contacts/'],
  'reception.html': ['/tiep-cong-dan/', '/en/reception/'],
  'statistics-list.html': ['/thong-ke/', '/en/statistics/'],
  'statistics.html': ['/thong-ke/phan-anh-hanh-vi-2026-q1/', '/en/statistics/phan-anh-hanh-vi-2026-q1/'],
  'report.html': ['/bao-cao/dan-van-2026-9-thang/', '/en/reports/dan-van-2026-9-thang/'],
  'document.html': ['/van-ban/nghi-dinh-105-2017/', '/en/documents/nghi-dinh-105-2017/'],
  'answer.html': ['/hoi-dap/gui-gop-y-o-dau/', '/en/answers/gui-gop-y-o-dau/'],
  'update.html': ['/thong-bao/bai-bo-thu-tuc-cap-lai/', '/en/updates/bai-bo-thu-tuc-cap-lai/'],
  'page.html': ['/gioi-thieu/', '/en/gioi-thieu/'],
  'feedback.html': ['/gop-y/', '/en/feedback/'],
  'search.html': ['/tim-kiem/', '/en/search/'],
  'data.html': ['/du-lieu/', '/en/data/'],
  'state.html': ['/tinh-trang/', '/en/status/'],
  'not-found.html': ['/404.html', '/en/404.html'],
  'sheet-procedure.html': ['/thu-tuc/ban-buon-ruou/niem-yet/'],
  'sheet-field.html': ['/thu-tuc/linh-vuc/luu-thong-hang-hoa-trong-nuoc/niem-yet/'],
  'sheet-poster.html': ['/dia-chi/niem-yet/'],
};

/** Templates of pages that the inbox shows; `feedback.test.mjs` looks at them. */
const INBOX = ['inbox-check.html', 'inbox-form.html', 'inbox-receipt.html', 'inbox-track.html', 'inbox-words.html'];

/** Templates that are no pages of the site: what others are made of, redirects, which nobody looks at, what is gone, and the inbox's. */
export const NO_PAGES = [...INBOX, 'base.html', 'components.html', 'redirect.html', 'sheet.html', 'tombstone.html'];

/** The five templates that most visits go to. */
export const MAIN = ['home.html', 'list.html', 'procedure.html', 'contacts.html', 'feedback.html'];

/** Every page with its template and language. */
export const all = Object.entries(PAGES).flatMap(([template, paths]) =>
  paths.map((path, index) => ({ template, language: ['vi', 'en'][index], path })),
);
