package io.flowforge.samples.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns Slack's mark-up into harmless HTML.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Slack on
 * formatting</a>
 */
final class Mrkdwn {

	private static final Pattern BRACKETS = Pattern.compile("<([^\\s<>][^<>\\n]*)>");

	private static final Pattern CODE_OR_BRACKETS = Pattern
		.compile(BRACKETS.pattern() + "|```([\\s\\S]+?)```|`([^`\\n]+)`");

	private static final Pattern BOLD = Pattern.compile("(?<![\\w*])\\*(?=\\S)([^*\\n]+)(?<=\\S)\\*(?![\\w*])");

	private static final Pattern ITALIC = Pattern.compile("(?<!\\w)_(?=\\S)([^_\\n]+)(?<=\\S)_(?!\\w)");

	private static final Pattern STRUCK = Pattern.compile("(?<![\\w~])~(?=\\S)([^~\\n]+)(?<=\\S)~(?![\\w~])");

	// A character for private use keeps the place of what formatting must not look into:
	// an underscore in a URL is not italic.
	private static final String PLACE = "\uE000";

	private Mrkdwn() {
	}

	/**
	 * HTML for a text with links and formatting.
	 * @param text text as posted to Slack
	 * @return its HTML
	 */
	static String toHtml(String text) {
		Deque<String> kept = new ArrayDeque<>();
		String html = keep(CODE_OR_BRACKETS, text, kept);
		html = BOLD.matcher(html).replaceAll("<strong>$1</strong>");
		html = ITALIC.matcher(html).replaceAll("<em>$1</em>");
		html = STRUCK.matcher(html).replaceAll("<s>$1</s>");
		return putBack(html, kept);
	}

	/**
	 * HTML for a text without formatting; links are recognised everywhere.
	 * @param text text as posted to Slack
	 * @return its HTML
	 */
	static String plainToHtml(String text) {
		Deque<String> kept = new ArrayDeque<>();
		return putBack(keep(BRACKETS, text, kept), kept);
	}

	private static String keep(Pattern pattern, String text, Deque<String> kept) {
		return escape(pattern.matcher(text.replace(PLACE, "")).replaceAll((match) -> {
			kept.add(render(match));
			return PLACE;
		}));
	}

	private static String putBack(String html, Deque<String> kept) {
		return Pattern.compile(PLACE)
			.matcher(html.replace("\n", "<br>"))
			.replaceAll((match) -> Matcher.quoteReplacement(kept.remove()));
	}

	private static String render(MatchResult match) {
		if (match.group(1) != null) {
			return renderBrackets(match.group(1));
		}
		if (match.group(2) != null) {
			return "<pre>" + escape(match.group(2).strip()).replace("\n", "<br>") + "</pre>";
		}
		return "<code>" + escape(match.group(3)) + "</code>";
	}

	// Links, and mentions of people, groups and channels.
	private static String renderBrackets(String content) {
		String[] targetAndLabel = content.split("\\|", 2);
		String target = targetAndLabel[0];
		String label = targetAndLabel[targetAndLabel.length - 1];
		boolean labelled = targetAndLabel.length > 1;
		if (target.startsWith("#") || target.startsWith("@")) {
			return escape((labelled ? target.charAt(0) : "") + label);
		}
		if (target.startsWith("!")) {
			return escape(labelled ? label : "@" + target.substring(1));
		}
		return Html.link(decode(target), decode(label));
	}

	private static String escape(String text) {
		return Html.escape(decode(text));
	}

	// Slack's three entities.
	static String decode(String text) {
		return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
	}

}
