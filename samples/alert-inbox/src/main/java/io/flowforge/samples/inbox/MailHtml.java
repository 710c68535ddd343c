package io.flowforge.samples.inbox;

import org.jsoup.Jsoup;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * Makes the HTML of a mail safe to show in a frame. The frame runs no script and loads
 * nothing, but on its way there a browser still connects to what a {@code link} or an
 * image names, and so tells the sender that somebody looks.
 */
final class MailHtml {

	private static final Safelist SAFELIST = Safelist.relaxed()
		.removeTags("img")
		.addTags("center", "font", "hr", "s")
		.addAttributes(":all", "style")
		.addAttributes("font", "color")
		.addAttributes("table", "border", "cellpadding", "cellspacing", "bgcolor", "align")
		.addAttributes("td", "bgcolor", "align", "valign")
		.removeProtocols("a", "href", "ftp");

	/** In front of the mail, whose parts must not be wider than the frame. */
	private static final String FRAME = """
			<!DOCTYPE html><base target="_blank"><style>
			html { overflow: hidden }
			body { font: 16px/1.4 sans-serif; color: #222222; margin: 0; padding: 12px; overflow-wrap: anywhere }
			* { max-width: 100% !important; box-sizing: border-box }
			table { table-layout: fixed }
			pre { white-space: pre-wrap }
			</style>
			""";

	private MailHtml() {
	}

	/**
	 * Return a document for the frame.
	 * @param html what anybody may have sent
	 * @return a document that loads nothing and runs nothing
	 */
	static String safe(String html) {
		// As a document and not as a part of one, where the title would stay as text.
		return FRAME + new Cleaner(SAFELIST).clean(Jsoup.parse(html)).body().html();
	}

}
