package io.flowforge.observability.integration;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Spring Cloud Gateway, on both of its servers: a request and the service that it is
 * routed to are one trace, and ids in paths make no series of their own.
 */
class GatewayTests {

	private final OtlpReceiver receiver = OtlpReceiver.start();

	private final TestService called = CalledService.start(this.receiver);

	@AfterEach
	void stop() {
		this.called.close();
		this.receiver.close();
	}

	@Test
	void requestGoesThroughTheServletGatewayInOneTrace() throws Exception {
		JavaRun run = route("webmvc", Neighbours.REACTIVE, Neighbours.JERSEY);
		assertThat(awaitRequests()).extracting(Span::getName).containsExactly("GET /orders/{id}", "GET /orders/{id}");
		assertThat(routesOfMetrics(run, "http_server_requests_seconds_count")).contains("/orders/{id}")
			.doesNotContain("/orders/1");
		assertThat(routesOfMetrics(run, "http_client_requests_seconds_count")).containsExactly("none");
		assertThat(run.lines()).contains("METRIC flowforge_http_requests_total{failed=\"false\",slow=\"false\"} 3.0");
	}

	@Test
	void requestGoesThroughTheReactiveGatewayInOneTrace() throws Exception {
		JavaRun run = route("webflux", Neighbours.SERVLET);
		assertThat(awaitRequests()).extracting(Span::getName).containsExactly("http get", "http get");
		assertThat(routesOfMetrics(run, "http_server_requests_seconds_count")).contains("UNKNOWN")
			.doesNotContain("/orders/1");
		// Of the gateway itself, whose threads change within a request.
		assertThat(this.receiver.logRecords()).filteredOn((line) -> line.getBody().getStringValue().equals("Hello"))
			.isNotEmpty()
			.allSatisfy((line) -> assertThat(line.getTraceId().isEmpty()).isFalse());
	}

	private JavaRun route(String server, String... without) throws Exception {
		String[] excluded = Stream.concat(Stream.of(without), Stream.of(Neighbours.OTHERS)).toArray(String[]::new);
		String route = "--spring.cloud.gateway.server." + server + ".routes[0].";
		JavaRun run = JavaRun.of(Neighbours.with(Neighbours.classPath(excluded), "gateway-" + server),
				NeighbourService.class, Map.of(), "--spring.application.name=gateway", "--server.port=0",
				"--server.address=127.0.0.1", "--flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
				"--flowforge.observability.alerts.latency-p99=60s",
				"--" + NeighbourService.PATHS + "=/orders/1,/orders/2", route + "id=orders",
				route + "uri=" + CalledService.url(this.called), route + "predicates[0]=Path=/orders/{id}",
				route + "filters[0]=SetPath=/called");
		assertThat(run.lines()).as("%s", run.lines())
			.anyMatch((line) -> line.startsWith("RESPONSE /orders/1 200 "))
			.anyMatch((line) -> line.startsWith("RESPONSE /orders/2 200 "));
		return run;
	}

	/**
	 * Await what the gateway made of the two requests that it routed.
	 * @return the spans of the requests, after a look at what is below each
	 */
	private List<Span> awaitRequests() {
		List<Span> answers = await()
			.until(() -> this.receiver.spans().stream().filter((span) -> span.getName().equals("GET /called")).toList(),
					(spans) -> spans.stream().filter((span) -> isServer(span)).count() == 2)
			.stream()
			.filter(GatewayTests::isServer)
			.toList();
		assertThat(answers).extracting(Span::getTraceId).doesNotHaveDuplicates();
		return answers.stream().map((answer) -> {
			Span call = parentOf(answer);
			assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
			Span request = parentOf(call);
			assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
			assertThat(request.getParentSpanId()).isEqualTo(ByteString.EMPTY);
			return request;
		}).toList();
	}

	private static boolean isServer(Span span) {
		return span.getKind() == Span.SpanKind.SPAN_KIND_SERVER;
	}

	private Span parentOf(Span child) {
		return this.receiver.spans()
			.stream()
			.filter((span) -> span.getTraceId().equals(child.getTraceId())
					&& span.getSpanId().equals(child.getParentSpanId()))
			.findFirst()
			.orElseThrow();
	}

	private static List<String> routesOfMetrics(JavaRun run, String metric) {
		return run.lines()
			.stream()
			.filter((line) -> line.startsWith("METRIC " + metric + "{"))
			.map((line) -> line.replaceFirst(".*[{,]uri=\"([^\"]*)\".*", "$1"))
			.toList();
	}

}
