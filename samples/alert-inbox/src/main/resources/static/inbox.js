// Keeps the open page up to date: asks for a new one every two seconds and puts into this one what has changed.
import { fitMails } from "./mail-frames.js";
import { morph } from "./morph.js";
import { holdingStill } from "./scrolling.js";
import { listenForSilences, openLinkedSilence } from "./silences.js";
import { showLocalTimes, tickCountdowns } from "./times.js";

const INTERVAL = 2000;

async function update() {
	const response = await fetch("/?after=" + document.getElementById("page").dataset.newest);
	if (!response.ok) {
		throw new Error("The inbox answers with " + response.status);
	}
	const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
	showLocalTimes(fresh);
	if (document.title !== fresh.title) {
		document.title = fresh.title;
		document.getElementById("icon").href = fresh.getElementById("icon").href;
	}
	morph(document.getElementById("top"), fresh.getElementById("top"));
	holdingStill(() => morph(document.getElementById("page"), fresh.getElementById("page")));
}

async function updateForever() {
	try {
		await update();
	}
	catch {
		const watchdog = document.getElementById("watchdog");
		watchdog.className = "watchdog late";
		watchdog.textContent = "The inbox does not answer";
	}
	setTimeout(updateForever, INTERVAL);
}

showLocalTimes(document);
tickCountdowns();
fitMails();
listenForSilences(update);
setTimeout(updateForever, INTERVAL);
window.addEventListener("hashchange", openLinkedSilence);
openLinkedSilence();
