package io.flowforge.observability.web.accesslog;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients of this world say they are.
 */
class UserAgentFamilyTests {

	private static final String WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) ";

	@ParameterizedTest
	@CsvSource(nullValues = "null", delimiter = '|',
			textBlock = """
					null | none
					''   | none
					Mozilla/5.0 (X11; Linux x86_64) {} Chrome/141.0.0.0 Safari/537.36 | Chrome
					Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1 | Chrome
					Mozilla/5.0 (Windows NT 10.0; Win64; x64) {} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.3537.57 | Edge
					Mozilla/5.0 (Linux; Android 10; K) {} Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.3537.57 | Edge
					Mozilla/5.0 (Windows NT 10.0; Win64; x64) {} Chrome/141.0.0.0 Safari/537.36 OPR/122.0.0.0 | Opera
					Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18 | Opera
					Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0 | Firefox
					Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {} FxiOS/144.0 Mobile/15E148 Safari/605.1.15 | Firefox
					Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {} Version/26.0 Safari/605.1.15 | Safari
					Mozilla/5.0 {} compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/141.0.0.0 Safari/537.36 | bot
					Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html) | bot
					curl/8.5.0 | curl
					Java/17.0.16 | Java
					Java-http-client/17.0.16 | Java
					Apache-HttpClient/5.5 (Java/17.0.16) | Apache-HttpClient
					Go-http-client/2.0 | Go
					python-requests/2.32.5 | Python
					Python/3.13 aiohttp/3.13.0 | Python
					okhttp/5.1.0 | okhttp
					kube-probe/1.34 | kube-probe
					Prometheus/3.5.0 | Prometheus
					my-own-client/1.0 | other
					""")
	void isOneOfAFewWords(String userAgent, String family) {
		String full = (userAgent != null) ? userAgent.replace("{} ", WEBKIT) : null;
		assertThat(UserAgentFamily.of(full)).isEqualTo(family);
	}

}
