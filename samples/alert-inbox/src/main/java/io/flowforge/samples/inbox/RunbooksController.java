package io.flowforge.samples.inbox;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The runbooks that the links of the alerts lead to, as pages about the service of the
 * alert.
 */
@RestController
class RunbooksController {

	private static final String INDEX = "README.md";

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; img-src data:; "
			+ "form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

	/**
	 * All of them, by folder and file: what is not among them cannot be asked for.
	 */
	private final Map<String, Page> pages = new TreeMap<>();

	private final PageTemplate template = new PageTemplate("runbook.html", CONTENT_SECURITY_POLICY);

	private final URI prometheus;

	RunbooksController(@Value("${inbox.prometheus-page-url}") URI prometheus) throws IOException {
		this.prometheus = prometheus;
		Parser parser = Parser.builder().build();
		for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/pages/*/*.md")) {
			String markdown = file.getContentAsString(StandardCharsets.UTF_8);
			String title = markdown.lines().findFirst().orElse("").replaceFirst("^# ", "");
			String[] path = file.getURL().getPath().split("/");
			this.pages.put(path[path.length - 2] + "/" + path[path.length - 1],
					new Page(title, parser.parse(markdown)));
		}
	}

	@GetMapping("/runbooks")
	ResponseEntity<Void> index() {
		// Links of the index are relative to its folder.
		return ResponseEntity.status(HttpStatus.FOUND).location(URI.create("/runbooks/")).build();
	}

	@GetMapping(path = "/runbooks/", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> list() {
		return page("runbooks", INDEX, null, null);
	}

	// Runbooks link to pages of the other folder.
	@GetMapping(path = "/{folder:runbooks|how-to}/{file}", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> page(@PathVariable String folder, @PathVariable String file,
			@RequestParam(required = false) @Nullable String application,
			@RequestParam(required = false) @Nullable String environment) {
		Page page = this.pages.get(folder + "/" + file);
		if (page == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such page.");
		}
		RunbookSubject subject = new RunbookSubject(application, environment);
		return this.template.fill(
				Map.of("title", Html.escape(page.title()), "subject", subject.toHtml(), "body", render(page, subject)));
	}

	private String render(Page page, RunbookSubject subject) {
		HtmlRenderer renderer = HtmlRenderer.builder()
			.escapeHtml(true)
			.sanitizeUrls(true)
			.nodeRendererFactory((context) -> new QueryRenderer(context, subject, this.prometheus))
			.build();
		return renderer.render(page.document());
	}

	/**
	 * A page.
	 *
	 * @param title its first line
	 * @param document what is on it
	 */
	private record Page(String title, Node document) {

	}

}
