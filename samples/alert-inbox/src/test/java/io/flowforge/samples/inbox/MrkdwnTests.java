package io.flowforge.samples.inbox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slack's mark-up as HTML.
 */
class MrkdwnTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			*bold*               | <strong>bold</strong>
			a _b_ ~c~            | a <em>b</em> <s>c</s>
			snake_case_name      | snake_case_name
			2 * 3 * 4            | 2 * 3 * 4
			`a *b* <c>`          | <code>a *b* &lt;c&gt;</code>
			```x _y_ z```        | <pre>x _y_ z</pre>
			&lt;b&gt; &amp;amp;  | &lt;b&gt; &amp;amp;
			<!here>              | @here
			<@U1>                | @U1
			'<#C1|ops>'          | #ops
			a < b > c            | a &lt; b &gt; c
			""")
	void rendersAsSlackDoes(String mrkdwn, String html) {
		assertThat(Mrkdwn.toHtml(mrkdwn)).isEqualTo(html);
	}

	@Test
	void linksKeepTheirAddressWhole() {
		assertThat(Mrkdwn.toHtml("*<https://x.example/a_b_c?d=*e*&f=1|the _graph_>*")).isEqualTo(
				"<strong><a class=\"\" href=\"https://x.example/a_b_c?d=*e*&amp;f=1\" target=\"_blank\" rel=\"noopener noreferrer\">the _graph_</a></strong>");
	}

	@Test
	void newLinesAreKept() {
		assertThat(Mrkdwn.toHtml("a\nb")).isEqualTo("a<br>b");
	}

	@Test
	void plainTextHasLinksAndNothingElse() {
		assertThat(Mrkdwn.plainToHtml("*a* `b` <https://x.example>")).startsWith("*a* `b` <a ")
			.endsWith(">https://x.example</a>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "<javascript:alert(1)|click>", "<data:text/html,x|click>",
			"<https://x.example\"onmouseover=alert(1)|click>", "<https://x.example|<img src=x onerror=alert(1)>>",
			"`<img src=x onerror=alert(1)>`", "```<svg onload=alert(1)>```", "\uE000", "*\uE000*\uE000" })
	void hostileTextIsOnlyText(String mrkdwn) {
		assertThat(Mrkdwn.toHtml(mrkdwn)).doesNotContainPattern("<(?!/?(code|pre|strong|a)\\b)")
			.doesNotContainPattern("<[^>]*\\son\\w+=")
			.doesNotContain("href=\"javascript", "href=\"data");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<", "*", "`", "```", "_a", "<a", "~ ", "\uE000" })
	@Timeout(30)
	void aMegabyteOfOneThingTakesNoTime(String part) {
		String text = part.repeat(Inbox.MAX_MESSAGE_SIZE / part.length());
		assertThat(Mrkdwn.toHtml(text)).isNotNull();
	}

}
