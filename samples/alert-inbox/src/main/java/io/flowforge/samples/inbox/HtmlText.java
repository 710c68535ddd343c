package io.flowforge.samples.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.samples.inbox.Message.Link;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.HtmlUtils;

/**
 * What a person would read in a piece of HTML, and could click on. Goes through it once,
 * whatever it is like: mail comes from anybody.
 */
final class HtmlText {

	private static final Set<String> LINES = Set.of("div", "li", "tr");

	private static final Set<String> PARAGRAPHS = Set.of("blockquote", "h1", "h2", "h3", "h4", "hr", "ol", "p", "pre",
			"table", "ul");

	private static final Set<String> NOT_READ = Set.of("head", "script", "style", "title");

	private static final Pattern HREF = Pattern.compile("\\shref\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"']+))",
			Pattern.CASE_INSENSITIVE);

	private final String html;

	private final StringBuilder text = new StringBuilder();

	private final List<Link> links = new ArrayList<>();

	private @Nullable String linkTarget;

	private int linkStart;

	HtmlText(String html) {
		this.html = html;
		int position = 0;
		while (position < html.length()) {
			int tagStart = html.indexOf('<', position);
			int tagEnd = (tagStart < 0) ? -1 : html.indexOf('>', tagStart);
			if (tagEnd < 0) {
				read(html.substring(position));
				break;
			}
			read(html.substring(position, tagStart));
			position = readTag(tagStart, tagEnd);
		}
	}

	/**
	 * The text, with a line per paragraph, list item or table row.
	 * @return plain text
	 */
	String text() {
		StringBuilder lines = new StringBuilder();
		boolean gap = false;
		for (String line : this.text.toString().split("\n")) {
			if (line.isBlank()) {
				gap = true;
				continue;
			}
			if (!lines.isEmpty()) {
				lines.append(gap ? "\n\n" : "\n");
			}
			lines.append(line.strip());
			gap = false;
		}
		return lines.toString();
	}

	/**
	 * The links to the web.
	 * @return links in the order of the text
	 */
	List<Link> links() {
		return List.copyOf(this.links);
	}

	private void read(String encoded) {
		String read = HtmlUtils.htmlUnescape(encoded.replaceAll("\\s+", " "));
		this.text.append(isAtLineStart() ? read.stripLeading() : read);
	}

	private int readTag(int start, int end) {
		if (this.html.startsWith("<!--", start)) {
			int commentEnd = this.html.indexOf("-->", start);
			return (commentEnd < 0) ? this.html.length() : commentEnd + 3;
		}
		String tag = this.html.substring(start + 1, end);
		String name = tag.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
		if (NOT_READ.contains(name)) {
			return closingTagOf(name, end);
		}
		if (name.equals("a")) {
			beginLink(tag);
		}
		else if (name.equals("/a")) {
			endLink();
		}
		else if (name.equals("td") || name.equals("th")) {
			this.text.append(' ');
		}
		else if (name.equals("br") || name.equals("br/")) {
			this.text.append('\n');
		}
		else {
			readBlock(name.startsWith("/") ? name.substring(1) : name);
		}
		return end + 1;
	}

	private void readBlock(String name) {
		if (PARAGRAPHS.contains(name)) {
			this.text.append("\n\n");
		}
		else if (LINES.contains(name) && !isAtLineStart()) {
			this.text.append('\n');
		}
	}

	private boolean isAtLineStart() {
		return this.text.isEmpty() || this.text.charAt(this.text.length() - 1) == '\n';
	}

	private int closingTagOf(String name, int from) {
		int position = from;
		while ((position = this.html.indexOf("</", position)) >= 0) {
			if (this.html.regionMatches(true, position + 2, name, 0, name.length())) {
				return position;
			}
			position += 2;
		}
		return this.html.length();
	}

	private void beginLink(String tag) {
		Matcher matcher = HREF.matcher(tag);
		this.linkTarget = null;
		if (matcher.find()) {
			String value = matcher.group(1);
			value = (value != null) ? value : matcher.group(2);
			value = (value != null) ? value : matcher.group(3);
			this.linkTarget = HtmlUtils.htmlUnescape(value).strip();
		}
		this.linkStart = this.text.length();
	}

	private void endLink() {
		if (this.linkTarget != null && Html.isWebAddress(this.linkTarget)) {
			this.links.add(new Link(this.text.substring(this.linkStart).strip(), this.linkTarget));
		}
		this.linkTarget = null;
	}

}
