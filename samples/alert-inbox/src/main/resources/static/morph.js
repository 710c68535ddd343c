// Makes an element like another one and touches only what differs, so that focus, selection, a half-typed comment and what
// somebody has opened stay as they are. Elements with an id are found again by it.

// What the reader or a script of this page decides.
const OWN_ATTRIBUTES = { DETAILS: ["open"], IFRAME: ["style"] };

export function morph(current, fresh) {
	if (fresh.hasAttribute("data-kept")) {
		return;
	}
	copyAttributes(current, fresh);
	if (!fresh.hasAttribute("data-own")) {
		morphChildren(current, fresh);
	}
}

function copyAttributes(current, fresh) {
	const own = OWN_ATTRIBUTES[current.tagName] ?? [];
	for (const { name, value } of fresh.attributes) {
		if (!own.includes(name) && current.getAttribute(name) !== value) {
			current.setAttribute(name, value);
		}
	}
	for (const { name } of [...current.attributes]) {
		if (!own.includes(name) && !fresh.hasAttribute(name)) {
			current.removeAttribute(name);
		}
	}
}

function morphChildren(current, fresh) {
	const wanted = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
	const known = new Map();
	for (const child of [...current.children]) {
		if (child.id && !wanted.has(child.id)) {
			child.remove();
		}
		else if (child.id) {
			known.set(child.id, child);
		}
	}
	let next = current.firstChild;
	for (const child of [...fresh.childNodes]) {
		const match = child.id ? known.get(child.id) : isAlike(next, child) ? next : null;
		if (!match) {
			current.insertBefore(child, next);
			continue;
		}
		if (match === next) {
			next = next.nextSibling;
		}
		else {
			current.insertBefore(match, next);
		}
		if (match.nodeType === Node.ELEMENT_NODE) {
			morph(match, child);
		}
		else if (match.nodeValue !== child.nodeValue) {
			match.nodeValue = child.nodeValue;
		}
	}
	while (next) {
		const rest = next.nextSibling;
		next.remove();
		next = rest;
	}
}

function isAlike(node, other) {
	return node && !node.id && node.nodeName === other.nodeName;
}
