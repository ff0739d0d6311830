// Says beside each contact's hours whether it is open now, by the agency's clock. Without it, the hours stand as they are.
const { zone, holidays, open, closed } = document.getElementById("open_now").dataset;
const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: zone, weekday: "short", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
}).formatToParts(new Date());
const now = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
const day = String(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(now.weekday) + 1);
const time = `${now.hour}:${now.minute}`;
const holiday = holidays.split(" ").includes(`${now.year}-${now.month}-${now.day}`);
for (const hours of document.querySelectorAll("#open_now .hours")) {
  const lines = [...hours.querySelectorAll("[data-week]")];
  // Days said in words are not understood here, and so nothing is said.
  if (lines.some((line) => !line.dataset.week)) continue;
  const within = (span) => span.split("-")[0] <= time && time < span.split("-")[1];
  const isOpen = !holiday && lines.some((line) => line.dataset.week.includes(day) && line.dataset.clock.split(" ").some(within));
  const tag = document.createElement("p");
  tag.className = isOpen ? "tag open" : "tag";
  tag.textContent = isOpen ? open : closed;
  hours.prepend(tag);
}
