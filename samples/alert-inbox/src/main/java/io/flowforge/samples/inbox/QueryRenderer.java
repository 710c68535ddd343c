package io.flowforge.samples.inbox;

import java.net.URI;
import java.util.Map;
import java.util.Set;

import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

import org.springframework.web.util.UriUtils;

/**
 * Writes the queries of a runbook, about the service that it is opened for. One click
 * asks Prometheus.
 */
final class QueryRenderer implements NodeRenderer {

	private final HtmlWriter html;

	private final RunbookSubject subject;

	private final URI prometheus;

	QueryRenderer(HtmlNodeRendererContext context, RunbookSubject subject, URI prometheus) {
		this.html = context.getWriter();
		this.subject = subject;
		this.prometheus = prometheus;
	}

	@Override
	public Set<Class<? extends Node>> getNodeTypes() {
		return Set.of(FencedCodeBlock.class);
	}

	@Override
	public void render(Node node) {
		FencedCodeBlock block = (FencedCodeBlock) node;
		String language = block.getInfo();
		String query = this.subject.in(block.getLiteral());
		this.html.line();
		this.html.tag("pre");
		this.html.tag("code", language.isEmpty() ? Map.of() : Map.of("class", "language-" + language));
		this.html.text(query);
		this.html.tag("/code");
		this.html.tag("/pre");
		if (language.equals("promql")) {
			this.html.line();
			this.html.tag("p", Map.of("class", "ask"));
			this.html.raw(Html.link(graph(query), "Ask Prometheus"));
			this.html.tag("/p");
		}
		this.html.line();
	}

	// As of the last hour: what has come and gone is seen, too.
	private String graph(String query) {
		return this.prometheus.toString().replaceFirst("/$", "") + "/graph?g0.tab=0&g0.range_input=1h&g0.expr="
				+ UriUtils.encode(query.strip(), "UTF-8");
	}

}
