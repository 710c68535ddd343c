package io.flowforge.samples.inbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * Writes HTML that stays harmless whatever was posted.
 */
final class Html {

	private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s<>\"']+", Pattern.CASE_INSENSITIVE);

	private Html() {
	}

	static String escape(String text) {
		return HtmlUtils.htmlEscape(text, "UTF-8");
	}

	static boolean isWebAddress(String url) {
		return WEB_ADDRESS.matcher(url).matches();
	}

	/**
	 * A link that opens in a new tab; only its text if it leads anywhere but to the web.
	 * @param url where it leads
	 * @param text what is shown
	 * @return its HTML
	 */
	static String link(String url, String text) {
		return link(url, text, "");
	}

	static String link(String url, String text, String cssClass) {
		if (!isWebAddress(url)) {
			return escape(text);
		}
		return "<a class=\"%s\" href=\"%s\" target=\"_blank\" rel=\"noopener noreferrer\">%s</a>".formatted(cssClass,
				escape(url), escape(text));
	}

	/**
	 * Plain text with its web addresses made clickable, as mail programs do.
	 * @param text plain text
	 * @return its HTML
	 */
	static String fromPlainText(String text) {
		StringBuilder html = new StringBuilder();
		Matcher matcher = WEB_ADDRESS.matcher(text);
		int end = 0;
		while (matcher.find()) {
			html.append(escape(text.substring(end, matcher.start()))).append(link(matcher.group(), matcher.group()));
			end = matcher.end();
		}
		return html.append(escape(text.substring(end))).toString().replace("\r", "").replace("\n", "<br>");
	}

}
