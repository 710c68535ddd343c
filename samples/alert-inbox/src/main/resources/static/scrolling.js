// Changes the page without moving what is being read.

export function holdingStill(change) {
	const anchor = whatIsRead();
	const before = anchor?.getBoundingClientRect().top;
	change();
	if (anchor?.isConnected) {
		window.scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
	}
}

// Where the reader is active, else the first thing below the header, unless the reader is at the top of the page: there,
// news should come into view.
function whatIsRead() {
	const active = document.activeElement;
	if (active && active !== document.body && isVisible(active)) {
		return active;
	}
	if (window.scrollY === 0) {
		return null;
	}
	return [...document.querySelectorAll(".alert, .card, .event")].reverse().find(startsAbove)
		?? [...document.querySelectorAll(".alert, .card")].find(isVisible);
}

function startsAbove(element) {
	const box = element.getBoundingClientRect();
	const header = document.getElementById("top").getBoundingClientRect().bottom;
	return box.top <= header && box.bottom > header;
}

function isVisible(element) {
	const box = element.getBoundingClientRect();
	return box.bottom > 0 && box.top < window.innerHeight;
}
