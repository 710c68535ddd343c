// Gives the frame of a mail the height of the mail, so that it needs no scroll bar of its own.

const MAX_HEIGHT = 20000;

export function fitMails() {
	// Neither bubbles, hence the capturing.
	document.addEventListener("load", ({ target }) => target.tagName === "IFRAME" && fit(target), true);
	document.addEventListener("toggle", ({ target }) => target.querySelectorAll("iframe").forEach(fit), true);
	window.addEventListener("resize", fitOpen);
	// One that is open from the start may have been loaded before this was.
	fitOpen();
}

function fitOpen() {
	document.querySelectorAll("details[open] iframe").forEach(fit);
}

function fit(frame) {
	const mail = frame.contentDocument?.documentElement;
	const isLoaded = frame.contentDocument?.URL === frame.src;
	if (mail && isLoaded && frame.checkVisibility()) {
		// From zero: a mail that is as high as its frame would make it grow for ever.
		frame.style.height = "0";
		frame.style.height = Math.min(mail.scrollHeight, MAX_HEIGHT) + "px";
	}
}
