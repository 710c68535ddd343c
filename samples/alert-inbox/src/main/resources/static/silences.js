// Silences alerts and ends silences. What comes of it is said beside the button.

// A form of another site cannot set a header: the server asks for this one.
const HEADERS = { "Content-Type": "application/json", "X-Alert-Inbox": "page" };

export function listenForSilences(update) {
	document.addEventListener("submit", (event) => {
		event.preventDefault();
		const form = event.target;
		const { alertname, environment, application, cluster } = form.dataset;
		const data = new FormData(form);
		const silence = {
			alertname, environment, application, cluster, minutes: Number(data.get("minutes")), comment: data.get("comment"),
		};
		const request = () => fetch("/api/silences", { method: "POST", headers: HEADERS, body: JSON.stringify(silence) });
		send(form.closest(".control"), event.submitter, [request], update);
	});
	document.addEventListener("click", (event) => {
		const button = event.target.closest("[data-unsilence]");
		if (button) {
			const requests = button.dataset.unsilence.split(" ")
				.map((id) => () => fetch("/api/silences/" + id, { method: "DELETE", headers: HEADERS }));
			send(button.closest(".control"), button, requests, update);
		}
	});
	document.addEventListener("keydown", (event) => {
		const open = event.key === "Escape" && event.target.closest(".silence[open]");
		if (open) {
			open.open = false;
			open.querySelector("summary").focus();
		}
	});
}

// Where Alertmanager has no page of its own, links to it lead here: #/silences/new?filter={alertname="…",…}. A link without a
// cluster means the first that there is.
export function openLinkedSilence() {
	const filter = decodeURIComponent(location.hash).match(/^#\/silences\/new\?filter=\{(.*)\}$/s)?.[1] ?? "";
	const label = (name) => filter.match(new RegExp(`(?:^|,)${name}="((?:[^"\\\\]|\\\\.)*)"`))?.[1].replace(/\\(["\\])/g, "$1") ?? "";
	const form = [...document.querySelectorAll(".silence form")].find(({ dataset }) =>
		["alertname", "environment", "application"].every((name) => dataset[name] === label(name))
			&& ["", dataset.cluster].includes(label("cluster")));
	if (form) {
		form.parentElement.open = true;
		form.scrollIntoView({ block: "center" });
		form.querySelector("input").focus();
	}
}

async function send(control, button, requests, update) {
	const outcome = control.querySelector(".outcome");
	outcome.textContent = "";
	button.disabled = true;
	try {
		for (const request of requests) {
			const response = await request();
			if (!response.ok) {
				outcome.textContent = (await response.json()).error;
				return;
			}
		}
		control.querySelector("details")?.removeAttribute("open");
		await update();
		document.getElementById(control.id)?.querySelector("summary, button")?.focus();
	}
	catch {
		outcome.textContent = "The inbox does not answer.";
	}
	finally {
		button.disabled = false;
	}
}
