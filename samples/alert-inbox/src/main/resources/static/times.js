// Shows times in the reader's own zone, and counts down to those that are near.

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const DATE = new Intl.DateTimeFormat(undefined,
	{ weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });

export function showLocalTimes(root) {
	for (const time of root.querySelectorAll("time")) {
		const date = new Date(time.dateTime);
		const today = date.toDateString() === new Date().toDateString();
		time.title = time.dateTime;
		time.textContent = (today ? TIME : DATE).format(date);
	}
}

export function tickCountdowns() {
	const page = document.getElementById("page");
	let ahead = 0;
	let told = "";
	setInterval(() => {
		if (page.dataset.time !== told) {
			told = page.dataset.time;
			ahead = Number(told) - Date.now();
		}
		for (const countdown of document.querySelectorAll("[data-until]")) {
			const text = inWords(Number(countdown.dataset.until) - Date.now() - ahead);
			if (countdown.textContent !== text) {
				countdown.textContent = text;
			}
		}
	}, 250);
}

function inWords(milliseconds) {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	return seconds < 60 ? seconds + " s" : Math.floor(seconds / 60) + " min " + seconds % 60 + " s";
}
