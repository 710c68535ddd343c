package io.flowforge.samples.inbox;

import io.flowforge.samples.inbox.Message.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read in HTML.
 */
class HtmlTextTests {

	@Test
	void readsLinesAndParagraphs() {
		String html = """
				<html><head><title>no</title><style>p { color: red }</style></head><body><!-- no -->
				<h1>Title</h1><p>One
				  line &amp; <b>more</b></p><table><tr><td>Team</td><td>checkout</td></tr>
				<tr><td>Since</td><td>14:03</td></tr></table><div>a<br/>b</div><div>c</div>
				<SCRIPT>no()</SCRIPT>end""";
		assertThat(new HtmlText(html).text())
			.isEqualTo("Title\n\nOne line & more\n\nTeam checkout\nSince 14:03\n\na\nb\nc\nend");
	}

	@Test
	void findsLinksToTheWebOnly() {
		String html = """
				<a class=x href="https://x.example/?a=1&amp;b=2">The <b>graph</b></a>
				<A HREF='http://y.example'>y</A> <a href=https://z.example>z</a>
				<a href="javascript:alert(1)">no</a> <a name="here">no</a> <a href="mailto:a@b.example">no</a>""";
		assertThat(new HtmlText(html).links()).containsExactly(new Link("The graph", "https://x.example/?a=1&b=2"),
				new Link("y", "http://y.example"), new Link("z", "https://z.example"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "<", "a<b", "<a href=https://x.example", "<style>", "<!--", "</a>", "<a>", "<>", "< >" })
	void brokenHtmlIsRead(String html) {
		assertThat(new HtmlText(html).links()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "<", ">", "<>", "<a href=https://x.example>", "<style>", "</", "<!--", "&", "<div>", "  " })
	@Timeout(30)
	void aMegabyteOfOneThingTakesNoTime(String part) {
		String html = part.repeat(Inbox.MAX_MESSAGE_SIZE / part.length());
		assertThat(new HtmlText(html).text()).isNotNull();
	}

}
