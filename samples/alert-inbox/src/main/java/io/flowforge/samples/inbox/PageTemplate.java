package io.flowforge.samples.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.ResponseEntity;

/**
 * A page with places such as <code>{{title}}</code>. It goes out with headers that keep
 * what was put in from loading or running anything.
 */
final class PageTemplate {

	private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

	private final String html;

	private final String contentSecurityPolicy;

	PageTemplate(String file, String contentSecurityPolicy) throws IOException {
		this.html = new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
		this.contentSecurityPolicy = contentSecurityPolicy;
	}

	/**
	 * Make the page.
	 * @param values the HTML for each place; one without a value is left empty
	 * @return the response
	 */
	ResponseEntity<String> fill(Map<String, String> values) {
		// In one go: what is put in may itself look like a place to put something.
		return respond(
				PLACE.matcher(this.html)
					.replaceAll((place) -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), ""))),
				this.contentSecurityPolicy);
	}

	static ResponseEntity<String> respond(String html, String contentSecurityPolicy) {
		return ResponseEntity.ok()
			.header("Content-Security-Policy", contentSecurityPolicy)
			.header("Referrer-Policy", "no-referrer")
			.header("X-Content-Type-Options", "nosniff")
			.body(html);
	}

}
