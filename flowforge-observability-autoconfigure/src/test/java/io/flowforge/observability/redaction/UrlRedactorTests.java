package io.flowforge.observability.redaction;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UrlRedactor}.
 */
class UrlRedactorTests {

	private final UrlRedactor urls = redactor();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					# user info
					http://user:pw@host/path                      | http://host/path
					http://user@host:8080/                        | http://host:8080/
					http://:pw@host                               | http://host
					http://user:p@w@host/path                     | http://host/path
					http://user:p%40w@host                        | http://host
					http://user:p=w@host?a=b                      | http://host?a=b
					http://user:p/w@host/path                     | http://host/path
					http://user:p?w#@host/path                    | http://host/path
					http://user:pw@[::1]:8080/path                | http://[::1]:8080/path
					ftp://user:pw@host/file                       | ftp://host/file
					mongodb+srv://user:pw@one,two/db?w=1          | mongodb+srv://one,two/db?w=1
					jdbc:postgresql://user:pw@host/db             | jdbc:postgresql://host/db
					redis://:pw@host:6379/0                       | redis://host:6379/0
					# parameters, with the words of redaction.keys
					http://host/path?api_key=s&page=2             | http://host/path?api_key=[redacted]&page=2
					http://host/path?page=2&access_token=s        | http://host/path?page=2&access_token=[redacted]
					http://host/path?apiKey=s#top                 | http://host/path?apiKey=[redacted]#top
					http://host?X-Api-Key=s                       | http://host?X-Api-Key=[redacted]
					http://host?client_secret=s&Password=t        | http://host?client_secret=[redacted]&Password=[redacted]
					http://host?token=s&token=t&token             | http://host?token=[redacted]&token=[redacted]&token
					http://host?filter[password]=s                | http://host?filter[password]=[redacted]
					http://host?token=a=b==                       | http://host?token=[redacted]
					http://host?token=a/b?c                       | http://host?token=[redacted]
					http://host?token=a;b                         | http://host?token=[redacted]
					http://host?token=s?page=2                    | http://host?token=[redacted]?page=2
					http://host?a=1;token=s;b=2                   | http://host?a=1;token=[redacted];b=2
					http://host?a=1&amp;token=s&amp;b=2           | http://host?a=1&amp;token=[redacted]&amp;b=2
					http://host/cb#access_token=s&state=x         | http://host/cb#access_token=[redacted]&state=x
					http://host/#/cb?id_token=s                   | http://host/#/cb?id_token=[redacted]
					http://host/a;token=s?b=2                     | http://host/a;token=[redacted]?b=2
					jdbc:sqlserver://host;user=sa;password=a/b;encrypt=true | jdbc:sqlserver://host;user=sa;password=[redacted];encrypt=true
					jdbc:mysql://host/db?user=root&password=s     | jdbc:mysql://host/db?user=root&password=[redacted]
					http://host?%74oken=s                         | http://host?%74oken=[redacted]
					http://host?api%5Fkey=s&api+key=t             | http://host?api%5Fkey=[redacted]&api+key=[redacted]
					http://host?pass%zz%=1&token%=s               | http://host?pass%zz%=1&token%=[redacted]
					# signatures and sessions
					http://host?sig=s&sigma=1&sv=2                | http://host?sig=[redacted]&sigma=1&sv=2
					http://host?AWSAccessKeyId=s&Signature=t&Expires=1 | http://host?AWSAccessKeyId=[redacted]&Signature=[redacted]&Expires=1
					http://host?X-Amz-Credential=s&X-Amz-Signature=t | http://host?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]
					http://host?x-amz-security-token=s            | http://host?x-amz-security-token=[redacted]
					http://host?X-Goog-Signature=s&GoogleAccessId=t | http://host?X-Goog-Signature=[redacted]&GoogleAccessId=[redacted]
					http://host/app;jsessionid=s?page=2           | http://host/app;jsessionid=[redacted]?page=2
					http://host/app;JSESSIONID=s.node1            | http://host/app;JSESSIONID=[redacted]
					# a URL in a URL
					http://host?next=http://user:pw@other/?token=s | http://host?next=http://other/?token=[redacted]
					http://host?next=https%3A%2F%2Fuser%3Apw%40other%2F&a=1 | http://host?next=[redacted]&a=1
					http://host?next=%2Fcb%3Ftoken%3Ds&a=1        | http://host?next=[redacted]&a=1
					http://host?next=%2Fcb%3Fn%3D%252Fx%253Ftoken%253Ds | http://host?next=[redacted]
					http://host?next=https%3A%2F%2Fother%2F%3Fa%3D1 | http://host?next=https%3A%2F%2Fother%2F%3Fa%3D1
					# parts of URLs
					/path?token=s&page=2                          | /path?token=[redacted]&page=2
					token=s&page=2                                | token=[redacted]&page=2
					page=2&token=s                                | page=2&token=[redacted]
					# sentences
					GET http://user:pw@host/a?token=s failed      | GET http://host/a?token=[redacted] failed
					I/O error on "http://u:p@host?sig=s": refused | I/O error on "http://host?sig=[redacted]": refused
					<http://u:p@one> and <http://u:p@two?token=s> | <http://one> and <http://two?token=[redacted]>
					Moved from http://u:p@one to http://u:p@two   | Moved from http://one to http://two
					""")
	void secretsAreTakenOutAndTheRestStays(String text, String expected) {
		assertThat(this.urls.redact(text)).isEqualTo(expected);
		assertThat(this.urls.redact(expected)).as("redacted again").isSameAs(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "://", "?", "a://", "Hello", "http.request.method", "GET /orders/{id}",
			"http://host/path?page=2&size=10&sort=name,asc#top", "https://[::1]:8443/", "http://host:8080/@handle",
			"https://registry/@scope/package", "http://host/users?email=ann@example.com", "file:///C:/data/a=b",
			"http://host:port/path", "Mail ann@example.com about http://host:8080", "a == b && c != d",
			"Unknown key password = hunter2", "{customer=c-17, order=4711}", "jar:file:/app.jar!/BOOT-INF/lib",
			"http://host?token&secret=", "?q=a%3D1&r=12%3A30", "http://host/token/secret/sig" })
	void textWithoutSecretsIsReturnedAsItIs(String text) {
		assertThat(this.urls.redact(text)).isSameAs(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http.request.method", "http://host:8080/orders/17?page=2&size=10&sort=name,asc#top",
			"Order 4711 of customer=c-17 at https://shop.example.com/orders/4711?view=full was placed" })
	void textWithoutSecretsCostsNoMemory(String text) {
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		for (int warmUp = 0; warmUp < 100; warmUp++) {
			this.urls.redact(text);
		}
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int times = 0; times < 1000; times++) {
			this.urls.redact(text);
		}
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
	}

	static Stream<String> longTexts() {
		return Stream
			.of("a", "=", "://", "://@", "://x:y/", "http://x:y/?", "?", ";", "?a", ";a;", "&a=", "?token=", ";token=a",
					"?=", ";=", "&=", "#=", ";a=", ";a==", "?=?", ";=/", "%3D", "?a=%3D", "?a=%253D", "?a=%25", "--",
					"t-o", "token", "api-", "@", ":", "[redacted]", "\\", "\u2028",
					"http://user:password@host/?token=s ")
			.map((part) -> "http://h?" + part.repeat(1_000_000 / part.length()));
	}

	// A million characters each: were the time to grow with their square, it would take
	// hours.
	@ParameterizedTest
	@MethodSource("longTexts")
	void timeGrowsWithTheLengthOnly(String text) {
		assertThat(CompletableFuture.supplyAsync(() -> this.urls.redact(text))).succeedsWithin(Duration.ofSeconds(20))
			.asString()
			.doesNotContain("user:password");
	}

	@Test
	void everyBeginningOfAUrlIsTaken() {
		String url = "http://user:pa55@host/a;jsessionid=pa55?x=%zz&sig=pa55&n=%2F%3Ftoken%3Dpa55#token=pa55";
		for (int length = 0; length <= url.length(); length++) {
			String redacted = this.urls.redact(url.substring(0, length));
			assertThat(redacted).satisfiesAnyOf((text) -> assertThat(text).doesNotContain("pa55"),
					(text) -> assertThat(text).as("not yet known to be user info").isEqualTo("http://user:pa55"));
		}
	}

	@Test
	void wordsAndNamesOfTheUserReplaceTheDefault() {
		UrlRedactor own = redactor("keys=iban", "url-parameters=q");
		assertThat(own.redact("http://u:p@host?IBAN=s&Q=t&query=u&token=v&sig=w"))
			.isEqualTo("http://host?IBAN=[redacted]&Q=[redacted]&query=u&token=v&sig=w");
	}

	@Test
	void starStandsForEveryParameter() {
		assertThat(redactor("url-parameters=*").redact("http://host/path?page=2&size=3"))
			.isEqualTo("http://host/path?page=[redacted]&size=[redacted]");
	}

	@Test
	void withoutWordsUrlsStayAsTheyAre() {
		String url = "http://user:pw@host?token=s&sig=t";
		assertThat(redactor("keys=").redact(url)).isSameAs(url);
	}

	private static UrlRedactor redactor(String... properties) {
		MockEnvironment environment = new MockEnvironment();
		for (String property : properties) {
			int equals = property.indexOf('=');
			environment.setProperty("flowforge.observability.redaction." + property.substring(0, equals),
					property.substring(equals + 1));
		}
		return new UrlRedactor(SecretKeys.of(environment));
	}

}
