package io.flowforge.observability.integration;

import java.util.concurrent.atomic.AtomicInteger;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A query is part of the request it is made for, and of nothing where nobody asked.
 */
class JdbcTests {

	private static final String QUERY = "select cast(? as varchar)";

	private static final String VALUE = "4111-1111-1111-1111";

	private static final OtlpReceiver receiver = OtlpReceiver.start();

	private static final TestService service = TestService.start(
			new Class<?>[] { QueryController.class, QueryingIndicator.class },
			"flowforge.observability.otlp.endpoint=" + receiver.endpoint(), "without.jdbc=",
			"flowforge.observability.health.interval=50ms");

	@AfterAll
	static void stop() {
		service.close();
		receiver.close();
	}

	@Test
	void queryIsASpanOfTheRequestWithoutItsValues() {
		ReceivedTrace trace = ReceivedTrace.of(service.send("/query"), receiver);
		Span request = trace.awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, "/query");
		Span query = trace.awaitSpan(Span.SpanKind.SPAN_KIND_CLIENT, "query");
		assertThat(query.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(query.toString()).contains(QUERY);
		assertThat(receiver.spans()).noneMatch((span) -> span.toString().contains(VALUE));
		assertThat(receiver.logRecords()).noneMatch((line) -> line.toString().contains(VALUE));
	}

	@Test
	void failedQueryIsAnErrorOfItsDatabase() {
		ReceivedTrace trace = ReceivedTrace.of(service.send("/failed-query"), receiver);
		Span query = trace.awaitSpan(Span.SpanKind.SPAN_KIND_CLIENT, "query");
		assertThat(query.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(query.toString()).contains("org.h2.Driver");
	}

	@Test
	void pollOfTheHealthIndicatorsLeavesNoSpans() {
		QueryingIndicator indicator = service.context().getBean(QueryingIndicator.class);
		await().until(() -> indicator.polls.get() > 3);
		ReceivedTrace.of(service.send("/query"), receiver).awaitSpan(Span.SpanKind.SPAN_KIND_SERVER, "/query");
		assertThat(receiver.spans()).noneMatch((span) -> span.toString().contains(QueryingIndicator.QUERY));
	}

	@RestController
	static class QueryController {

		private final JdbcClient jdbc;

		QueryController(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/query")
		String query() {
			return this.jdbc.sql(QUERY).param(VALUE).query(String.class).single();
		}

		@GetMapping("/failed-query")
		String failedQuery() {
			return this.jdbc.sql("select 1 / ?").param(0).query(String.class).single();
		}

	}

	static class QueryingIndicator implements HealthIndicator {

		private static final String QUERY = "select count(*) from information_schema.tables";

		private final AtomicInteger polls = new AtomicInteger();

		private final JdbcClient jdbc;

		QueryingIndicator(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@Override
		public Health health() {
			this.polls.incrementAndGet();
			return Health.up().withDetail("tables", this.jdbc.sql(QUERY).query(Long.class).single()).build();
		}

	}

}
