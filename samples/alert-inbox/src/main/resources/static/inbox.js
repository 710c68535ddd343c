// Adds what has come since, without touching what is being read.
const messages = document.getElementById("messages");

function showLocalTimes(root) {
	for (const time of root.querySelectorAll("time")) {
		const date = new Date(time.dateTime);
		const today = date.toDateString() === new Date().toDateString();
		time.title = time.dateTime;
		time.textContent = today ? date.toLocaleTimeString() : date.toLocaleString();
	}
}

async function refresh() {
	const newest = messages.firstElementChild?.dataset.id ?? 0;
	const response = await fetch("/?after=" + newest);
	const page = new DOMParser().parseFromString(await response.text(), "text/html");
	const top = page.getElementById("top");
	const heightBefore = document.documentElement.scrollHeight;
	showLocalTimes(page);
	document.getElementById("top").replaceWith(top);
	messages.prepend(...page.getElementById("messages").children);
	while (messages.childElementCount > top.dataset.shown) {
		messages.lastElementChild.remove();
	}
	if (window.scrollY > 0) {
		window.scrollBy(0, document.documentElement.scrollHeight - heightBefore);
	}
}

async function refreshForever() {
	try {
		await refresh();
	}
	catch {
		const watchdog = document.querySelector(".watchdog");
		watchdog.className = "watchdog late";
		watchdog.textContent = "The inbox does not answer";
	}
	setTimeout(refreshForever, 2000);
}

showLocalTimes(document);
setTimeout(refreshForever, 2000);
